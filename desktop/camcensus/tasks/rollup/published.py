"""What is published of a roll-up, for the public or whole for those who asked; no free words of files in either.

The public's pack counts organisations and cameras. A count from 1 to 4 is "fewer than 5"; of what may help an attacker it says
how many organisations have it, of all together and never of a few, a kind or a place. Two packs can be held against each
other, and rows be taken from their total: what the pack says of itself says so.

Names and official numbers of organisations are all that a pack has of what files and lists say: kinds that no register has,
places and abilities that no program of ours writes are "other", and makers not on record are not named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from camcensus.model import frozen
from camcensus.model.addresses import without_addresses
from camcensus.model.body_kinds import KIND_WORDS
from camcensus.model.knowledge import Knowledge
from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.records import CAPABILITIES
from camcensus.model.words import clean, upper_first
from camcensus.planning.foi_counts import SMALL
from camcensus.registers.answers import WHOLE_REQUEST
from camcensus.store.rollup.tables import DeclaredColumn
from camcensus.tasks.rollup.drawn_tables import FEWER, NOT_SHOWN, WITH_ANSWERS, WORDS, FilledTable, cell_words, filled, rows_of
from camcensus.tasks.rollup.figures import ALL, BodyRow, Figures, code_words
from camcensus.tasks.rollup.kinds import ABILITY_WORDS, Rows, kind_published
from camcensus.tasks.rollup.sections import known_words

RULE = (
    f"In the pack for the public a count from 1 to {SMALL - 1} reads “{FEWER}”. Published flaws, the age of firmware and links "
    f"to a cloud are counted of all organisations together, and only where at least {SMALL} have it and {SMALL} with cameras, "
    "or of those named with a listed maker, have not. Costs and sensitive places are not in it. Nothing is done against taking "
    "one row, or one pack, from another."
)
WHOLE_RULE = "This pack is for those who asked for it: nothing is left out. Do not publish it."
OUT_OF = ("counted", "asked", "answered")
"""Columns that others are out of."""
PLACES = frozenset(
    ["in a sensitive place", "not marked as sensitive", "inside", "outside", "not recorded"]
    + [kind.building for kind in ORGANISATIONS.values()]
)
_FROM_FILES = ("camera_type", "cloud_link", "decision", "progress", "counts_as")
_SAID_EVERYWHERE = frozenset({"not recorded", "not known", "undecided", "Not recorded", "Not known"})
_FLAW = re.compile(r"CVE-[0-9]{4}-[0-9]{4,7}")
_FIRST_YEAR = 1980
"""Who writes an earlier year of installation has mistyped it."""
_QUESTIONS: Mapping[str, str] = {
    "cameras": "How many cameras",
    "listed": "Cameras made by a listed maker",
    "not-known": "Cameras whose maker is not known",
    "maker:others": "Cameras made by any other maker",
    WHOLE_REQUEST.asks: "The whole request",
}


@frozen(kw_only=True)
class Publication:
    """What is published: the tables, the lists that are counted by their titles, and what all was judged by."""

    whole: bool
    tables: tuple[FilledTable, ...]
    lists: tuple[str, ...]
    list_version: str
    reads: bool
    simulation: str | None
    asked: int | None
    answered: int
    by_letter: int | None
    """Organisations that answered and sent no file; None where nobody answered anything."""
    counted: int
    claimed: int
    """Organisations that are counted by what they answered alone, in the tables of both."""

    @property
    def rule(self) -> str:
        """What is not shown, and why."""
        return WHOLE_RULE if self.whole else RULE

    def said(self, number: int) -> str:
        """A number as this pack shows it."""
        shown = number if self.whole else few(number)
        return shown if isinstance(shown, str) else f"{shown:,}"


def few(number: int) -> int | str:
    """The number as the public is told it."""
    return FEWER if 0 < number < SMALL else number


def publication(figures: Figures, knowledge: Knowledge, last_year: int, *, whole: bool) -> Publication:
    """The pack's tables, from figures that have all tables; `knowledge` says which makers and lists there are.

    No camera is installed after `last_year`. `whole` is for those who asked, and not for the public.
    """
    totals, ways = figures.totals, figures.ways
    left_out = {*(["missing"] if totals.asked is None else []), *(WITH_ANSWERS if ways is None else [])}
    say = _PublishedWords(knowledge, last_year)
    made: list[FilledTable] = []
    for table in figures.tables:
        declared = table.declared
        if declared is None or (declared.pack == "asked" and not whole):
            continue
        if declared.pack == "security" and not whole:
            kept = tuple(one for one in declared.columns if not one.is_count or one.name.startswith(("bodies", *OUT_OF)))
            declared = replace(declared, columns=kept)
        rows: Rows = []
        if table.name == "bodies":
            rows = list(map(_body, figures.bodies))
        elif table.name == "missing":
            rows = [{"name": name, "official_number": code, "body_type": kind} for code, name, kind in figures.missing]
        elif table.name not in left_out:
            rows = rows_of(table, reads=figures.reads)
        made.append(filled(declared, rows, say.value, reads=figures.reads, whole=whole))
    tables = tuple(made)
    if not whole:
        with_cameras = sum(one.cameras > 0 for one in figures.bodies)
        named = [
            sum(one.counted and one.listed_proven > 0 for one in figures.bodies),
            sum(one.listed > 0 for one in figures.bodies),
        ]
        tables = tuple(for_the_public(one, with_cameras=with_cameras, named=named) for one in tables)
    return Publication(
        whole=whole,
        tables=tables,
        simulation=figures.simulation,
        lists=tuple(knowledge.lists[name].title for name in figures.lists if name in knowledge.lists),
        list_version=figures.knowledge_version, reads=figures.reads, asked=totals.asked, answered=totals.answered,
        by_letter=None if ways is None else ways.replied - totals.answered,
        counted=totals.counted, claimed=0 if ways is None else ways.counted.claimed,
    )  # fmt: skip


def for_the_public(table: FilledTable, *, with_cameras: int, named: Sequence[int] = ()) -> FilledTable:
    """Without small counts; of what may help an attacker without what nearly all organisations have, too.

    `named` are how many organisations the pack says a maker of, by name: no flaw is told that nearly all of them have.
    """
    rows = [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]
    show: Callable[[int], int | str] = few
    if table.table.pack == "security":
        rows = [row for row in rows if row.get("body_type", KIND_WORDS[ALL]) == KIND_WORDS[ALL]]
        show = partial(_of_many, with_cameras=with_cameras, named=named)
    rows = [row for row in rows if "sensitive" not in str(row.get("place_type", "")).casefold()]
    for row in rows:
        for column in table.columns:
            if column.is_count and row[column.name] is not None:
                row[column.name] = (few if column.name in OUT_OF else show)(row[column.name])
    return replace(table, rows=tuple(tuple(row.values()) for row in rows))


def _of_many(number: int, *, with_cameras: int, named: Sequence[int]) -> int | str:
    """A number of organisations of `with_cameras`, where neither those that have it nor those that have it not are few."""
    if with_cameras >= 2 * SMALL and number < SMALL:
        return FEWER
    nearly_all = any(of - SMALL < number <= of for of in named)
    return number if SMALL <= number <= with_cameras - SMALL and not nearly_all else NOT_SHOWN


def _body(one: BodyRow) -> dict[str, Any]:
    listed = "yes" if one.listed_proven else "likely" if one.listed else "none found" if one.none_found else "not known"
    said = listed if one.counted else "not counted"
    return {
        "name": one.name, "official_number": one.code, "body_type": one.type, "listed": said,
        "known": known_words(one.is_measured), "cameras": one.cameras, "listed_cameras": one.listed,
        "listed_proven": one.listed_proven, "listed_most": one.listed_most, "not_known": one.not_known,
    }  # fmt: skip


class _PublishedWords:
    """Values in words that are ours: what files say in no words of ours is "Other"."""

    def __init__(self, knowledge: Knowledge, last_year: int) -> None:
        self._knowledge, self._last_year = knowledge, last_year

    def value(self, column: DeclaredColumn, row: Mapping[str, Any]) -> Any:
        """The value as it is published; a number as it is."""
        value = row[column.name]
        match column.kind:
            case "kind":
                return kind_published(value)
            case "ability":
                known = value if value in CAPABILITIES or value in ABILITY_WORDS else "another ability"
                return ABILITY_WORDS.get(known) or upper_first(known.replace("-", " "))
            case "maker":
                return self._maker(row["maker"])
            case "list":
                said = self._knowledge.lists.get(row["list"])
                return clean(said.title if said is not None else "Another list", 160)
            case "question":
                return self._question(row["question_id"])
            case "name":
                return without_addresses(clean(value, 200))
            case "code":
                return without_addresses(code_words(value))
            case "text":
                return value if _FLAW.fullmatch(value) else "Other"
            case "year" if column.name == "installed_year" and value and not _FIRST_YEAR <= value <= self._last_year:
                return "Another year"
            case "word" if column.name in _FROM_FILES and value not in {*WORDS.get(column.name, ()), *_SAID_EVERYWHERE}:
                return "Other"
            case "word" if column.name == "place":
                return upper_first(value if value in PLACES else "other")
            case _:
                return cell_words(column, row)

    def _maker(self, maker: str) -> str:
        if maker == "not known":
            return "Not known"
        known = maker in self._knowledge.manufacturers
        return clean(self._knowledge.name_of(maker), 80) if known else "A maker that is not on record"

    def _question(self, asks: str) -> str:
        if asks in _QUESTIONS:
            return _QUESTIONS[asks]
        if not asks.startswith("maker:"):
            return "Another question"
        makers = asks.removeprefix("maker:").split("+")
        if not all(maker in self._knowledge.manufacturers for maker in makers):
            return "Cameras of a maker that is not on record"
        return f"Cameras made by {' or '.join(map(self._maker, makers))}"
