"""What a pack has of the tables that their SQL declares: words of ours, and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from camcensus.model.body_kinds import KIND_WORDS
from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.records import CAPABILITIES
from camcensus.model.words import upper_first
from camcensus.store.rollup.declared import DeclaredColumn
from camcensus.store.rollup.tables import RollupTable
from camcensus.tasks.rollup.figures import ALL
from camcensus.tasks.rollup.kinds import ABILITY_WORDS, kind_published
from camcensus.tasks.rollup.published_tables import (
    FOR_THOSE_WHO_ASKED,
    OF_ORGANISATIONS,
    SECURITY,
    FilledTable,
    PublishedColumn,
    PublishedTable,
)
from camcensus.tasks.rollup.questions import WORDS, declared_cell

PLACES = frozenset(
    ["in a sensitive place", "not marked as sensitive", "inside", "outside", "not recorded"]
    + [kind.building for kind in ORGANISATIONS.values()]
)
_FROM_FILES = ("camera_type", "cloud_link", "decision", "progress")
_SAID_EVERYWHERE = frozenset({"not recorded", "not known", "undecided", "Not recorded", "Not known"})
_FLAW = re.compile(r"CVE-[0-9]{4}-[0-9]{4,7}")
_NUMBERS = ("number", "pence")
OUT_OF = ("counted", "asked", "answered")
"""Columns that others are out of."""
_OF_BODIES = ("bodies", *OUT_OF)


def declared_tables(tables: Sequence[RollupTable], *, whole: bool) -> Iterator[FilledTable]:
    """Those that a pack has; of what may help an attacker all columns where it is `whole`, else how many organisations.

    What a file says in no words of ours is "Other".
    """
    names = {*OF_ORGANISATIONS, *SECURITY, *(FOR_THOSE_WHO_ASKED if whole else ())}
    for table in tables:
        declared = table.declared
        if declared is None or table.name not in names:
            continue
        all_of_it = whole or table.name not in SECURITY
        kept = [one for one in declared.columns if all_of_it or one.kind != "number" or one.name.startswith(_OF_BODIES)]
        of_all = tuple(one.name for one in kept if one.kind != "kind")
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        yield FilledTable(
            PublishedTable(
                name=table.name, title=declared.title, meaning=declared.meaning, columns=tuple(map(_column, kept)),
                paper=(of_all,) if len(of_all) < len(kept) else (),
            ),
            tuple(tuple(_value(one, row) for one in kept) for row in rows),
            of_all=KIND_WORDS[ALL] if len(of_all) < len(kept) else None,
        )  # fmt: skip


def _column(one: DeclaredColumn) -> PublishedColumn:
    kind = "number" if one.kind in _NUMBERS else "flag" if one.kind == "yes" else "words"
    return PublishedColumn(one.name, one.heading, one.meaning, kind)  # type: ignore[arg-type]


def _value(one: DeclaredColumn, row: Mapping[str, Any]) -> Any:
    value = row[one.name]
    match one.kind:
        case "number" | "pence":
            return value
        case "yes":
            return int(bool(value))
        case "kind":
            return kind_published(value)
        case "ability":
            return value_of_ability(value)
        case "text":
            return value if _FLAW.fullmatch(value) else "Other"
        case "word" if one.name in _FROM_FILES and value not in WORDS.get(one.name, {}) and value not in _SAID_EVERYWHERE:
            return "Other"
        case "word" if one.name == "place":
            return upper_first(value if value in PLACES else "other")
        case _:
            return declared_cell(one, row)


def value_of_ability(ability: str) -> str:
    """What a camera can do, in words of ours."""
    known = ability if ability in CAPABILITIES or ability in ABILITY_WORDS else "another ability"
    return ABILITY_WORDS.get(known) or upper_first(known.replace("-", " "))
