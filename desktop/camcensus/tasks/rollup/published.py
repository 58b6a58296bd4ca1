"""What is published of a roll-up, for the public or whole for those who asked; no free words of files in either.

The public's pack counts organisations and cameras. A count from 1 to 4 is "fewer than 5"; of what may help an attacker it says
how many organisations have it, of all together and never of a few, a kind or a place. Two packs can be held against each
other, and rows be taken from their total: what the pack says of itself says so.

Names and official numbers of organisations are all that a pack has of what files and lists say: kinds that no register has,
places and abilities that no program of ours writes are "other", and makers not on record are not named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from camcensus.model import frozen
from camcensus.model.addresses import without_addresses
from camcensus.model.body_kinds import KIND_WORDS
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, upper_first
from camcensus.planning.foi_counts import SMALL
from camcensus.tasks.rollup.drawn_tables import filled, is_read, of_interest
from camcensus.tasks.rollup.figures import ALL, BodyRow, Figures, code_words
from camcensus.tasks.rollup.kinds import COUNTS_AS_WORDS, kind_published
from camcensus.tasks.rollup.published_declared import OUT_OF, PLACES, declared_tables, value_of_ability
from camcensus.tasks.rollup.published_questions import question_words
from camcensus.tasks.rollup.published_tables import (
    FEWER,
    NOT_SHOWN,
    PUBLISHED,
    SECURITY,
    WITH_ANSWERS,
    FilledTable,
    Row,
)
from camcensus.tasks.rollup.sections import known_words

RULE = (
    f"In the pack for the public a count from 1 to {SMALL - 1} reads “{FEWER}”. Published flaws, the age of firmware and links "
    f"to a cloud are counted of all organisations together, and only where at least {SMALL} have it and {SMALL} with cameras, "
    "or of those named with a listed maker, have not. Costs and sensitive places are not in it. Nothing is done against taking "
    "one row, or one pack, from another."
)
WHOLE_RULE = "This pack is for those who asked for it: nothing is left out. Do not publish it."
OF_ANSWERS = (*WITH_ANSWERS, "by_size", "missing")
"""Tables that say something where none sent a file."""
_NOT_KNOWN = "Not known"
_FIRST_YEAR = 1980
"""Who writes an earlier year of installation has mistyped it."""


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
    held = {
        table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in figures.tables
    }  # fmt: skip
    held["bodies"] = [_body(one) for one in figures.bodies]
    held["missing"] = [{"name": name, "code": code, "type": kind} for code, name, kind in figures.missing]
    left_out = {*(["missing"] if totals.asked is None else []), *(WITH_ANSWERS if ways is None else [])}
    say = _PublishedWords(knowledge, last_year)
    drawn = []
    for declared in PUBLISHED:
        table = of_interest(declared, reads=figures.reads, whole=whole)
        rows = held[table.name] if table.name in held and table.name not in left_out else []
        shown = [say.of(table.name, row) for row in rows if figures.reads or not is_read(table.name, row)]
        drawn.append(filled(table, shown))
    tables = (*drawn[:-2], *declared_tables(figures.tables, whole=whole), *drawn[-2:])
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
    if table.table.name in SECURITY:
        rows = [row for row in rows if row.get("body_type", KIND_WORDS[ALL]) == KIND_WORDS[ALL]]
        show = partial(_of_many, with_cameras=with_cameras, named=named)
    rows = [row for row in rows if "sensitive" not in str(row.get("place_type", "")).casefold()]
    for row in rows:
        for column in table.columns:
            if column.kind == "number" and row[column.name] is not None:
                row[column.name] = (few if column.name in OUT_OF else show)(row[column.name])
    return replace(table, rows=tuple(tuple(row.values()) for row in rows))


def _of_many(number: int, *, with_cameras: int, named: Sequence[int]) -> int | str:
    """A number of organisations of `with_cameras`, where neither those that have it nor those that have it not are few."""
    if with_cameras >= 2 * SMALL and number < SMALL:
        return FEWER
    nearly_all = any(of - SMALL < number <= of for of in named)
    return number if SMALL <= number <= with_cameras - SMALL and not nearly_all else NOT_SHOWN


def _body(one: BodyRow) -> Row:
    listed = "yes" if one.listed_proven else "likely" if one.listed else "none found" if one.none_found else "not known"
    said = listed if one.counted else "not counted"
    return {
        "name": one.name, "code": one.code, "type": one.type, "listed": said, "known": known_words(one.is_measured),
        "cameras": one.cameras, "listed_cameras": one.listed, "listed_proven": one.listed_proven,
        "listed_most": one.listed_most, "not_known": one.not_known,
    }  # fmt: skip


class _PublishedWords:
    """Rows in words that are ours, of questions and kinds of organisations too."""

    def __init__(self, knowledge: Knowledge, last_year: int) -> None:
        self._knowledge, self._last_year = knowledge, last_year

    def of(self, table: str, row: Row) -> Row:
        """The row with its first columns as they are published."""
        row = dict(row)
        for name, words in (
            ("body_type", kind_published),
            ("type", kind_published),
            ("place", _place),
            ("capability", value_of_ability),
        ):
            if name in row:
                row[name] = words(row[name])
        if "maker" in row:
            self._name_maker(row)
        if "year" in row:
            row["year"] = str(row["year"])
        if "installed_year" in row:
            row["installed_year"] = self._year(row["installed_year"])
        if table == "by_list":
            said = self._knowledge.lists.get(row["list"])
            row["title"] = clean(said.title if said is not None else "Another list", 160)
        if "question_id" in row:
            row["question"] = question_words(row["question_id"], self._knowledge)
        if "counts_as" in row:
            row["counts_as"] = COUNTS_AS_WORDS.get(row["counts_as"], "Other")
        if "place_type" in row:
            row["place_type"] = upper_first(row["place_type"])
        if "code" in row:
            row |= {
                "name": without_addresses(clean(row["name"], 200)),
                "official_number": without_addresses(code_words(row["code"])),
                "body_type": row["type"],
            }
        return row

    def _year(self, year: int) -> str:
        return "Not recorded" if not year else str(year) if _FIRST_YEAR <= year <= self._last_year else "Another year"

    def _name_maker(self, row: Row) -> None:
        if row["maker"] == "not known":
            row |= {"maker_name": _NOT_KNOWN, "bodies": None, "bodies_proven": None}
            row |= dict.fromkeys(("cameras", "cameras_proven"), row["not_known"])
        elif row["maker"] in self._knowledge.manufacturers:
            row["maker_name"] = clean(self._knowledge.name_of(row["maker"]), 80)
        else:
            row["maker_name"] = "A maker that is not on record"


def _place(place: str) -> str:
    return upper_first(place if place in PLACES else "other")
