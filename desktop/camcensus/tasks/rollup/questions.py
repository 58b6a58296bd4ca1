"""The tables that their SQL declares, in words: one section each, for the page whole, for the report what is printed of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from textwrap import wrap
from types import MappingProxyType
from typing import Any

from camcensus.model.asset import CAMERA_TYPE_WORDS, DECISION_WORDS, INSIDE_OUTSIDE_WORDS, PROGRESS_WORDS
from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.words import clean, lower_first, pounds, upper_first
from camcensus.report.rollup import RollupHead, RollupSection, Value
from camcensus.store.rollup.declared import ColumnKind, DeclaredColumn, DeclaredTable
from camcensus.store.rollup.tables import RollupTable
from camcensus.tasks.rollup.figures import ALL
from camcensus.tasks.rollup.kinds import ABILITY_WORDS, kind_words
from camcensus.tasks.rollup.section_rows import BESIDE, counted

MOST_PRINTED = 60
"""Rows of a table that the report prints; CSV and the page have them all."""
ALL_KINDS = ("body_type", ALL)
OF_ALL = (
    "This table, and others after it that name no kind of organisation, are of all that are counted. The same by kind is on "
    "the page and in the CSV files."
)
OTHER_ABILITIES = "Other abilities are on the page and in the CSV files."
MOST_COLUMNS = 9
"""Of a table on a page."""
LINE_CHARACTERS = 9
"""Of the heading of a column of figures."""
_FIGURES: frozenset[ColumnKind] = frozenset({"number", "pence"})
_NO_HEAD: frozenset[ColumnKind] = frozenset({"id"})
"""What only CSV has."""
WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "camera_type": {str(key): words for key, words in CAMERA_TYPE_WORDS.items()},
        "decision": {str(key): words for key, words in DECISION_WORDS.items()} | {"keep-review": "Keep for now, then review"},
        "progress": {str(key): words for key, words in PROGRESS_WORDS.items()},
        "place": {str(key): words for key, words in INSIDE_OUTSIDE_WORDS.items()},
        "cloud_link": {"able": "Has one; whether it is on is not known", "on": "On", "off": "Off"},
        "flawed": {"any": "Any published flaw", "exploited": "One of which attacks are known"},
    }
)
"""What a value of a column is called, where its first letter as a capital does not do."""
_USE = {one.name: one for one in USE_QUESTIONS}


def declared_sections(tables: tuple[RollupTable, ...], *, whole: bool = False) -> Iterator[RollupSection]:
    """A section for each declared table: all its rows with `whole`, else those that the report prints."""
    said = whole
    for table in tables:
        if (declared := table.declared) is None:
            continue
        section = declared_section(table, declared, whole=whole)
        if not said and declared.printed == ALL_KINDS:
            section, said = replace(section, intro=f"{section.intro} {OF_ALL}"), True
        yield from [section] if whole else _fitting(section)


def _fitting(section: RollupSection) -> Iterator[RollupSection]:
    """One that is too wide for a page as two: of organisations, and of their cameras."""
    at = next((place for place, head in enumerate(section.heads) if head.word.startswith("Cameras")), 0)
    if len(section.heads) <= MOST_COLUMNS or not at:
        yield section
        return
    yield replace(section, heads=section.heads[:at], rows=tuple(row[:at] for row in section.rows), note="")
    yield replace(
        section,
        title=f"{section.title}: cameras", intro="",
        heads=(section.heads[0], *section.heads[at:]), rows=tuple((row[0], *row[at:]) for row in section.rows),
    )  # fmt: skip


def declared_section(table: RollupTable, declared: DeclaredTable, *, whole: bool) -> RollupSection:
    """One of them. In the report what is the same for all rows stands under them, and kinds beside what they are kinds of."""
    printed = None if whole else declared.printed
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    if printed is not None:
        rows = [row for row in rows if row[printed[0]] == printed[1]]
    of_all = printed == ALL_KINDS
    left_out = {printed[0], *(["counted"] if of_all else [])} if printed is not None else set[str]()
    shown = [
        one
        for one in declared.columns
        if one.kind not in _NO_HEAD and not one.name.endswith(BESIDE) and one.name not in left_out
    ]
    joins = not whole and printed is None and shown[1].kind == "kind"
    cells: list[list[Value]] = [[_cell(one, row) for one in shown] for row in (rows if whole else rows[:MOST_PRINTED])]
    heads = [RollupHead(_head(one), one.kind in _FIGURES, 1.8 if at == 0 else 1.4) for at, one in enumerate(shown)]
    if joins:
        cells = [[_joined(str(first), str(second)), *rest] for first, second, *rest in cells]
        heads = heads[:1] + heads[2:]
    more = 0 if whole else max(0, len(rows) - MOST_PRINTED)
    return RollupSection(
        title=_title(declared, printed),
        intro=f"{declared.meaning} {OTHER_ABILITIES}" if printed is not None and not of_all else declared.meaning,
        heads=tuple(heads),
        rows=tuple(map(tuple, cells)),
        note=f"{more:,} more rows are on the page and in {table.name}.csv." if more else "",
        nothing="Nothing is recorded.",
    )


def _joined(first: str, kind: str) -> str:
    """ "Face detection, schools"."""
    return f"{first}, {kind if kind[:2].isupper() else lower_first(kind)}"


def _title(declared: DeclaredTable, printed: tuple[str, str] | None) -> str:
    if printed is None or printed[0] != "capability":
        return declared.title
    return f"{declared.title}: {lower_first(ABILITY_WORDS.get(printed[1], printed[1]))}"


def _head(column: DeclaredColumn) -> str:
    """Its heading; that of figures in lines that leave room for the others."""
    words = column.heading
    return "\n".join(wrap(words, LINE_CHARACTERS, break_long_words=False)) if column.kind in _FIGURES else words


def _cell(column: DeclaredColumn, row: Mapping[str, Any]) -> Value:
    """A value in words; under a number what is beside it."""
    value = row[column.name]
    if column.kind != "number" or value is None:
        return declared_cell(column, row)
    return counted(value, *(row.get(f"{column.name}{end}") for end in BESIDE))


def declared_cell(column: DeclaredColumn, row: Mapping[str, Any]) -> str:
    """A value in words, as the page and the report have it."""
    value = row[column.name]
    match column.kind:
        case "number":
            return "–" if value is None else f"{value:,}"
        case "pence":
            return pounds(value)
        case "year":
            return str(value or "Not recorded")
        case "yes":
            return "Yes" if value else "No"
        case "kind":
            return kind_words(value)
        case "ability":
            return ABILITY_WORDS.get(value) or upper_first(clean(value, 60).replace("-", " "))
        case "use":
            return _USE[value].title if value in _USE else clean(value, 60)
        case "use-answer":
            question = _USE.get(row["question"])
            return (question.answers.get(value) if question is not None else None) or upper_first(clean(value, 60))
        case "word":
            return WORDS.get(column.name, {}).get(value) or upper_first(clean(value, 60))
        case _:
            return clean(str(value), 80)
