"""What a pack has of the tables that their SQL declares: words of ours, and how many organisations there are of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from camcensus.model.body_kinds import KIND_WORDS
from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.prose import upper_first
from camcensus.model.records import CAPABILITIES
from camcensus.planning.disclosure import FEW
from camcensus.store.rollup.declared import DeclaredColumn
from camcensus.store.rollup.tables import RollupTable
from camcensus.tasks.rollup.figures import ALL
from camcensus.tasks.rollup.kinds import ABILITY_WORDS
from camcensus.tasks.rollup.published_tables import OF_ORGANISATIONS, FilledTable, PublishedColumn, PublishedTable
from camcensus.tasks.rollup.questions import WORDS, declared_cell

PLACES = frozenset(
    ["in a sensitive place", "not marked as sensitive", "inside", "outside", "not recorded"]
    + [kind.building for kind in ORGANISATIONS.values()]
)
_FROM_FILES = ("camera_type", "cloud_link", "decision", "progress")
_SAID_EVERYWHERE = frozenset({"not recorded", "not known", "undecided", "Not recorded", "Not known"})
_FLAW = re.compile(r"CVE-[0-9]{4}-[0-9]{4,7}")
SEVERAL_KINDS = "Several kinds together"
_DENOMINATORS = ("counted", "asked", "answered")


def declared_tables(
    tables: tuple[RollupTable, ...], few: Mapping[str, int], kinds: Mapping[str, str]
) -> Iterator[FilledTable]:  # fmt: skip
    """Those of OF_ORGANISATIONS; what a file says in no words of ours is "Other".

    `few` are kinds of which there are few organisations (`few_kinds`); `kinds` says what each kind is called.
    """
    for table in tables:
        declared = table.declared
        if declared is None or table.name not in OF_ORGANISATIONS:
            continue
        kept = [one for one in declared.columns if one.kind != "number" or one.name.startswith(("bodies", *_DENOMINATORS))]
        kept = [one for one in kept if one.kind not in ("pence", "typed", "id")]
        columns = tuple(map(_column, kept))
        numbers = [one.name for one in kept if one.kind == "number"]
        whole = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        rows = merge_few([{one.name: row[one.name] for one in kept} for row in whole], few, numbers)
        for row in rows:
            if row.get("body_type") == SEVERAL_KINDS and "counted" in row:
                row["counted"] = sum(few.values())  # also of kinds that have no such row
        of_all = tuple(one.name for one in kept if one.kind != "kind")
        yield FilledTable(
            PublishedTable(
                name=table.name, title=declared.title, meaning=declared.meaning, columns=columns,
                paper=(of_all,) if len(of_all) < len(kept) else (),
            ),
            tuple(tuple(_value(one, row, kinds) for one in kept) for row in rows),
            of_all=KIND_WORDS[ALL] if len(of_all) < len(kept) else None,
        )  # fmt: skip


def few_kinds(counted: Mapping[str, int], claimed: Mapping[str, int] = MappingProxyType({})) -> dict[str, int]:
    """Kinds of which fewer than FEW organisations count by a file, or answered; more until there are FEW of two kinds or more.

    What a table says of such a kind, it says of organisations that are named; what was answered is the difference of two
    tables, so FEW of each way stand together or none. `claimed` are counted by their answers alone. Kind -> how many by a file.
    """
    ways = {kind: (counted.get(kind, 0), claimed.get(kind, 0)) for kind in sorted({*counted, *claimed})}
    some = [kind for kind, both in ways.items() if any(0 < number < FEW for number in both)]
    rest = [kind for kind, both in ways.items() if any(both) and kind not in some]
    while some and rest:
        lacking = [0 < sum(ways[kind][way] for kind in some) < FEW for way in (0, 1)]
        if len(some) > 1 and not any(lacking):
            break
        rest.sort(key=lambda kind: (not any(a and b for a, b in zip(lacking, ways[kind], strict=True)), sum(ways[kind]), kind))
        some.append(rest.pop(0))
    return {kind: ways[kind][0] for kind in some}


def merge_few(rows: list[dict[str, Any]], few: Mapping[str, int], numbers: Sequence[str]) -> list[dict[str, Any]]:
    """The rows with those of the few kinds as one, where they are alike in all else but `numbers`, before that of all."""
    found: list[dict[str, Any]] = []
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        if row.get("body_type") not in few:
            found.append(row)
            continue
        key = tuple(value for name, value in row.items() if name != "body_type" and name not in numbers)
        if key not in merged:
            merged[key] = row | {"body_type": SEVERAL_KINDS}
            found.append(merged[key])
        else:
            for name in numbers:
                if row[name] is not None:
                    merged[key][name] = (merged[key][name] or 0) + row[name]
    return found


def _column(one: DeclaredColumn) -> PublishedColumn:
    kind = "organisations" if one.kind == "number" else "flag" if one.kind == "yes" else "words"
    return PublishedColumn(one.name, one.heading, one.meaning, kind)  # type: ignore[arg-type]


def _value(one: DeclaredColumn, row: Mapping[str, Any], kinds: Mapping[str, str]) -> Any:
    value = row[one.name]
    match one.kind:
        case "number":
            return value
        case "yes":
            return int(bool(value))
        case "kind":
            return kinds[value]
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
