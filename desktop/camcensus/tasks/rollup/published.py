"""What is published of a roll-up: the declared tables in words of ours, with small rows joined; no free words of files.

Names and official numbers of organisations are all that a pack has of what files and lists say: kinds that no register has
are numbered, places and abilities that no program of ours writes are "other", and makers not on record are not named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from camcensus.model.addresses import without_addresses
from camcensus.model.body_kinds import KIND_WORDS
from camcensus.model.knowledge import Knowledge
from camcensus.model.prose import upper_first
from camcensus.model.words import clean
from camcensus.planning.disclosure import FEW
from camcensus.planning.joined_rows import HELD, ROW, JoinedRows, ShownPack, join_rows
from camcensus.store.rollup.holdings import KEYS, Holdings, row_id
from camcensus.store.rollup.packs import ShownTables
from camcensus.tasks.rollup.counted_tables import COUNTS_AS_WORDS
from camcensus.tasks.rollup.figures import ALL, BodyRow, Figures, code_words
from camcensus.tasks.rollup.published_declared import (
    PLACES,
    SEVERAL_KINDS,
    declared_tables,
    few_kinds,
    merge_few,
    value_of_ability,
)
from camcensus.tasks.rollup.published_kinds import published_kinds
from camcensus.tasks.rollup.published_questions import question_words
from camcensus.tasks.rollup.published_tables import PUBLISHED, FilledTable, PublishedTable
from camcensus.tasks.rollup.sections import known_words
from camcensus.tasks.rollup.ways import WaysTotal

SEVERAL = "Several together"
_BOTH_WAYS = ("by_type_and_way", "by_maker_and_way")
WITH_ANSWERS = (*_BOTH_WAYS, "by_question")
"""Tables that say something only where organisations answered."""
OF_ANSWERS = (*WITH_ANSWERS, "by_size", "missing")
"""Tables that say something where none sent a file."""
_BODIES = ("bodies", "bodies_proven")
_BY_KIND = {
    "by_type_and_maker": ("answered", "counted", "bodies_with_listed", "bodies_with_listed_proven", *_BODIES),
    "by_maker_and_way": (
        "counted",
        "users",
        "users_proven",
        *_BODIES,
        *(f"bodies_{way}" for way in ("measured", "recorded", "claimed")),
    ),
}
"""Tables that say of a kind of organisation what no table says of single ones, and their numbers."""
_NOT_KNOWN = "Not known"
_FIRST_YEAR = 1980
"""Who writes an earlier year of installation has mistyped it."""

type Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is published: the tables, the lists that are counted by their titles, and what all was judged by."""

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
    shown: ShownTables
    """What it shows of whose cameras, for the next pack; never published."""


def publication(
    figures: Figures, knowledge: Knowledge, last_year: int, holdings: Holdings, before: Sequence[ShownTables] = ()
) -> Publication:
    """The pack's tables, from figures that have all tables; `knowledge` says which makers and lists there are.

    No camera is installed after `last_year`. `holdings` say whose the cameras are, and `before` what earlier packs show.
    """
    totals = figures.totals
    held = {
        table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in figures.tables
    }  # fmt: skip
    held["bodies"] = [_body(one) for one in figures.bodies]
    held["missing"] = [{"name": name, "code": code, "type": kind} for code, name, kind in figures.missing]
    ways = ways_said(figures)
    of_kinds = held.get("by_type_and_way", [])
    few = few_kinds(_of_kinds(held["by_body_type"], "counted"), _of_kinds(of_kinds, "claimed"))
    numbers_of = _BY_KIND | {"by_type_and_way": [name for row in of_kinds[:1] for name in row if name != "body_type"]}
    for name, numbers in numbers_of.items():
        if name in held:
            held[name] = merge_few(held[name], few, numbers)
    left_out = {
        *(["missing"] if totals.asked is None else []),
        *(WITH_ANSWERS if figures.ways is None else _BOTH_WAYS if ways is None else []),
    }
    questions = question_words((row["question_id"] for row in held.get("by_question", [])), knowledge)
    kinds = published_kinds(figures) | {SEVERAL_KINDS: SEVERAL_KINDS}
    say = _PublishedWords(knowledge, questions, kinds, last_year)
    tables = []
    for table in PUBLISHED:
        rows = held[table.name] if table.name in held and table.name not in left_out else []
        if table.counts is not None:
            rows = [_owned(table.name, row, holdings) for row in rows]
        shown = [say.of(table.name, row) for row in rows if figures.reads or not _is_read(table.name, row)]
        tables.append((_of_interest(table, reads=figures.reads), shown))
    unsaid, were = frozenset[str](), None
    done: dict[str, JoinedRows] = {}
    while unsaid != were:  # what one table cannot show in its total, no other is to show in its rows
        were = unsaid
        for table, rows in tables:
            if table.counts is not None:
                for part, some in _parts(table, rows):
                    name = _part_name(table, part)
                    earlier = [pack[name] for pack in before if name in pack]
                    done[name] = join_rows(some, table.counts, unsaid, earlier)
                    unsaid |= done[name].unsaid
    filled = [_filled(table, rows, unsaid, done) for table, rows in tables]
    return Publication(
        tables=(*filled[:-2], *declared_tables(figures.tables, few, kinds), *filled[-2:]),
        simulation=figures.simulation,
        lists=tuple(knowledge.lists[name].title for name in figures.lists if name in knowledge.lists),
        list_version=figures.knowledge_version, reads=figures.reads, asked=totals.asked, answered=totals.answered,
        by_letter=None if ways is None else ways.replied - totals.answered,
        counted=totals.counted, claimed=0 if ways is None else ways.counted.claimed,
        shown={
            _part_name(table, part): ShownPack({row[ROW]: row[HELD] for row in some}, done[_part_name(table, part)].together)
            for table, rows in tables
            if table.counts is not None
            for part, some in _parts(table, rows)
        },
    )  # fmt: skip


def ways_said(figures: Figures) -> WaysTotal | None:
    """The totals with answers; None too where so few are counted by them that the files would give them away."""
    ways = figures.ways
    return None if ways is None or 0 < ways.counted.claimed < FEW else ways


def _of_kinds(rows: Sequence[Row], number: str) -> dict[str, int]:
    return {row["body_type"]: row[number] for row in rows if row["body_type"] != ALL}


def _owned(table: str, row: Row, holdings: Holdings) -> Row:
    """The row with what it is known by, and whose its cameras are."""
    one = row_id(*(row[name] for name in KEYS[table]))
    return row | {ROW: one, HELD: holdings[table].get(one, {})}


def _part_name(table: PublishedTable, part: Any) -> str:
    return f"{table.name}: {part}" if table.parted_by else table.name


def _body(one: BodyRow) -> Row:
    listed = "yes" if one.listed_proven else "likely" if one.listed else "none found" if one.none_found else "not known"
    said = listed if one.counted else "not counted"
    return {"name": one.name, "code": one.code, "type": one.type, "listed": said, "known": known_words(one.is_measured)}


def _is_read(table: str, row: Row) -> bool:
    """Whether a row is there by our reading alone."""
    return table in ("by_type_and_maker", "by_maker_and_way") and not row["listed"]


def _of_interest(table: PublishedTable, *, reads: bool) -> PublishedTable:
    """The table without our reading, where no list that is counted needs it."""
    columns = tuple(one for one in table.columns if reads or "based_in_china" not in one.name)
    counts = None if table.counts is None else table.counts.only({one.name for one in columns})
    return replace(table, columns=columns, counts=counts)


class _PublishedWords:
    """Rows in words that are ours, of questions and kinds of organisations too."""

    def __init__(
        self, knowledge: Knowledge, questions: Mapping[str, str], kinds: Mapping[str, str], last_year: int
    ) -> None:  # fmt: skip
        self._knowledge, self._questions = knowledge, questions
        self._kinds, self._last_year = kinds, last_year

    def of(self, table: str, row: Row) -> Row:
        """The row with its first columns as they are published."""
        row = dict(row)
        for name, words in (
            ("body_type", self._kinds.__getitem__),
            ("type", self._kinds.__getitem__),
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
            row["question"] = self._questions[row["question_id"]]
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
            row |= {
                "maker_name": _NOT_KNOWN,
                "bodies": None,
                "bodies_proven": None,
                "cameras": row["not_known"],
                "cameras_proven": row["not_known"],
            }
        elif row["maker"] in self._knowledge.manufacturers:
            row["maker_name"] = clean(self._knowledge.name_of(row["maker"]), 80)
        else:
            row["maker_name"] = "A maker that is not on record"


def _place(place: str) -> str:
    return upper_first(place if place in PLACES else "other")


def _parts(table: PublishedTable, rows: list[Row]) -> Iterator[tuple[Any, list[Row]]]:
    """The rows that add up by themselves, without the total row, by what they are parted by."""
    rest = [row for row in rows if not _is_total(row)]
    for value, part in groupby(rest, key=lambda row: row[table.parted_by] if table.parted_by else None):
        yield value, list(part)


def _is_total(row: Row) -> bool:
    return bool(row.get("body_type") == KIND_WORDS[ALL])


def _filled(table: PublishedTable, rows: list[Row], unsaid: frozenset[str], done: Mapping[str, JoinedRows]) -> FilledTable:
    columns = [one.name for one in table.columns]
    if table.counts is None:
        return FilledTable(table, tuple(tuple(row.get(name) for name in columns) for row in rows))
    made: list[Row] = []
    for value, _ in _parts(table, rows):
        joined = done[_part_name(table, value)]
        made += joined.rows
        if joined.several is not None:
            made.append({table.parted_by or "": value, table.counts.key: SEVERAL, **joined.several})
    total = [{name: None if name in unsaid else value for name, value in row.items()} for row in rows if _is_total(row)]
    return FilledTable(table, tuple(tuple(row.get(name) for name in columns) for row in (*made, *total)), bool(total))
