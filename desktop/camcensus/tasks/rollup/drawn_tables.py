"""Tables drawn from what is declared of their columns: for the window, for the auditor's report and for packs alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from camcensus.model.body_kinds import KIND_WORDS
from camcensus.model.words import clean, lower_first, upper_first
from camcensus.report.rollup import RollupHead, RollupSection, Value
from camcensus.tasks.rollup.figures import ALL
from camcensus.tasks.rollup.kinds import ABILITY_WORDS, COUNTS_AS_WORDS, kind_words
from camcensus.tasks.rollup.published_tables import (
    FEWER,
    NOT_SHOWN,
    PUBLISHED,
    WITH_ANSWERS,
    FilledTable,
    PublishedColumn,
    PublishedTable,
    Row,
)
from camcensus.tasks.rollup.section_rows import BESIDE, counted, share_words

_WORDS: Mapping[str, Callable[[Any], str]] = {
    "body_type": kind_words,
    "capability": lambda said: ABILITY_WORDS.get(said) or upper_first(said.replace("-", " ")),
    "counts_as": lambda said: COUNTS_AS_WORDS.get(said, upper_first(said)),
    "installed_year": lambda said: str(said or "Not recorded"),
    "year": str,
    "place_type": upper_first,
    "place": lambda said: upper_first(clean(said, 60)),
}
"""What a column of words holds, for auditors; any other as it is."""


def auditor_sections(held: Mapping[str, Sequence[Row]], names: Sequence[str], *, reads: bool) -> Iterator[RollupSection]:
    """The rows that tables have, whole, in the order of the declaration. `reads` is whether makers based in China are shown."""
    for declared in PUBLISHED:
        if declared.name in names and declared.name in held:
            rows = [row for row in held[declared.name] if reads or not is_read(declared.name, row)]
            said = [row | {name: words(row[name]) for name, words in _WORDS.items() if name in row} for row in rows]
            for row in said if declared.name == "by_maker" else ():
                if row["maker"] == "not known":
                    row |= {
                        "bodies": None,
                        "bodies_proven": None,
                        "cameras": row["not_known"],
                        "cameras_proven": row["not_known"],
                    }
            yield from drawn_sections(filled(of_interest(declared, reads=reads, whole=True), said))


def of_interest(table: PublishedTable, *, reads: bool, whole: bool) -> PublishedTable:
    """The table without our reading, where no list that is counted needs it, and without what only auditors have."""
    columns = tuple(one for one in table.columns if (whole or not one.inside) and (reads or "based_in_china" not in one.name))
    return replace(table, columns=columns)


def is_read(table: str, row: Row) -> bool:
    """Whether a row is there by our reading alone."""
    return table in ("by_type_and_maker", "by_maker_and_way") and not row["listed"]


def filled(table: PublishedTable, rows: Sequence[Row]) -> FilledTable:
    """The table with these rows; the last is the total where it is of all organisations."""
    has_total = sum(row.get("body_type") == KIND_WORDS[ALL] for row in rows) == 1
    return FilledTable(table, tuple(tuple(row.get(one.name) for one in table.columns) for row in rows), has_total)


def is_hidden(value: Any) -> bool:
    """Whether a count is not shown as a number."""
    return value in (FEWER, NOT_SHOWN)


def drawn_sections(one: FilledTable) -> Iterator[RollupSection]:
    """A table as one or more sections of a report; none where it has no row and often has none."""
    if not one.rows and (one.table.name in _OFTEN_EMPTY or one.of_all is not None):
        return
    places = {column.name: place for place, column in enumerate(one.columns)}
    for at, names in enumerate(one.table.paper or (tuple(places),)):
        drawn_alone = (column for column in one.columns if column.name in names and not column.name.endswith(BESIDE))
        columns = sorted(drawn_alone, key=lambda column: names.index(column.name))
        under = places.get(one.table.parted_by or "")
        rows = [row for row in one.rows if one.of_all is None or one.of_all in row]
        drawn = [
            (row, tuple(_with_second(_on_page(row, column, places), row, column, under) for column in columns)) for row in rows
        ]
        yield RollupSection(
            title=one.table.title if at == 0 else f"{one.table.title}: cameras",
            intro=one.table.meaning if at == 0 else "",
            heads=tuple(RollupHead(column.title, column.kind == "number", _SHARES.get(column.name, 1)) for column in columns),
            rows=tuple(
                said
                for row, said in drawn
                if all(column.kind != "number" for column in columns)
                or any(column.kind == "number" and row[places[column.name]] is not None for column in columns)
            ),
            total=one.total,
            new_page=one.table.name == "bodies",
        )


def _with_second(said: Value, row: Sequence[Any], column: PublishedColumn, under: int | None) -> Value:
    """A word with what its rows are parted by under it."""
    return said if under is None or column.kind != "words" else (str(said), f"by {lower_first(str(row[under]))}")


_SHORT = "< 5"
"""FEWER in a column of figures."""
_OFTEN_EMPTY = frozenset({"change", "missing", *WITH_ANSWERS})
_SHARES = {
    "title": 3, "question": 2.4, "name": 2.4, "official_number": 1.6, "capability": 2, "place": 1.6, "body_type": 1.6,
    "maker_name": 1.6, "year": 1.4, "counts_as": 2,
}  # fmt: skip
"""How wide columns of words are beside others."""


def _on_page(row: Sequence[Any], column: PublishedColumn, places: dict[str, int]) -> Value:
    value = row[places[column.name]]
    if value is None:
        return "–"
    if column.kind == "flag":
        return "yes" if value else "no"
    if isinstance(value, str):
        return _SHORT if value == FEWER else clean(value, 160)
    places_beside = (places.get(f"{column.name}{end}") for end in BESIDE)
    beside = [None if place is None else row[place] for place in places_beside]
    hidden = (f"{_SHORT} proven" for one in beside[:1] if is_hidden(one))
    of = next((row[places[name]] for name in ("users", "counted") if name in places), None)
    share = (
        [share_words(value, of)] if column.name == "bodies" and isinstance(of, int) and not any(map(is_hidden, beside)) else []
    )
    number, *under = counted(value, *(None if is_hidden(one) else one for one in beside))
    return number, *share, *under, *hidden
