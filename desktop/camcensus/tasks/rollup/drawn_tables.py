"""Tables in words, drawn from what their SQL declares: for the window, for the auditor's report and for packs alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from textwrap import wrap
from typing import Any

from camcensus.model import frozen
from camcensus.model.asset import CAMERA_TYPE_WORDS, DECISION_WORDS, INSIDE_OUTSIDE_WORDS, PROGRESS_WORDS
from camcensus.model.body_kinds import KIND_WORDS
from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.words import clean, lower_first, pounds, upper_first
from camcensus.planning.foi_counts import SMALL
from camcensus.report.rollup import RollupHead, RollupSection, Value
from camcensus.store.rollup.tables import DeclaredColumn, DeclaredTable, RollupTable
from camcensus.tasks.rollup.figures import ALL, Figures
from camcensus.tasks.rollup.kinds import ABILITY_WORDS, BESIDE, COUNTS_AS_WORDS, Rows, counted, kind_words, share_words

FEWER = f"fewer than {SMALL}"
NOT_SHOWN = "not shown"
"""Of what may help an attacker, where fewer than SMALL organisations have it not, or too few are counted."""
WITH_ANSWERS = ("by_type_and_way", "by_maker_and_way", "by_question")
"""Tables that say something only where organisations answered."""
OF_ANSWERS = (*WITH_ANSWERS, "by_region", "by_size", "missing")
"""Tables that say something where none sent a file."""
BY_NAME = ("missing", "bodies")
"""Tables of single organisations: the auditor's report has its own, with more in it."""
MOST_PRINTED = 60
"""Rows of a table that the report prints; CSV and the page have them all."""
MOST_COLUMNS = 9
"""Of a table on a page."""
LINE_CHARACTERS = 9
"""Of the heading of a column of figures."""
OF_ALL = (
    "This table, and others after it that name no kind of organisation, are of all that are counted. The same by kind is on "
    "the page and in the CSV files."
)
WORDS: Mapping[str, Mapping[str, str]] = {
    "camera_type": {str(key): words for key, words in CAMERA_TYPE_WORDS.items()},
    "decision": {str(key): words for key, words in DECISION_WORDS.items()} | {"keep-review": "Keep for now, then review"},
    "progress": {str(key): words for key, words in PROGRESS_WORDS.items()},
    "place": {str(key): words for key, words in INSIDE_OUTSIDE_WORDS.items()},
    "cloud_link": {"able": "Has one; whether it is on is not known", "on": "On", "off": "Off"},
    "flawed": {"any": "Any published flaw", "exploited": "One of which attacks are known"},
    "counts_as": COUNTS_AS_WORDS,
}
"""What a value of a column is called, where its first letter as a capital does not do."""
ALL_WORDS = KIND_WORDS[ALL]
_USE = {one.name: one for one in USE_QUESTIONS}
_SHORT = f"< {SMALL}"
"""FEWER in a column of figures."""


@frozen
class FilledTable:
    """A table with its rows in words. A count is a number, words where it is not shown, or None where it is not known."""

    table: DeclaredTable
    rows: tuple[tuple[Any, ...], ...]

    @property
    def columns(self) -> tuple[DeclaredColumn, ...]:
        return self.table.columns


def rows_of(table: RollupTable, *, reads: bool) -> Rows:
    """Its rows by column, without those that are there by our reading alone where makers based in China are not shown."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    if table.name == "by_maker":
        for row in (one for one in rows if one["maker"] == "not known"):
            row.update(bodies=None, bodies_proven=None, cameras=row["not_known"], cameras_proven=row["not_known"])
    read_alone = table.name in ("by_type_and_maker", "by_maker_and_way") and not reads
    return [row for row in rows if row["listed"]] if read_alone else rows


def filled(
    table: DeclaredTable, rows: Rows, words: Callable[[DeclaredColumn, Mapping[str, Any]], Any], *, reads: bool, whole: bool
) -> FilledTable:
    """The table with these rows, without our reading where no counted list needs it, and what only auditors have."""
    columns = tuple(
        one for one in table.columns if (whole or one.more != "asked") and (reads or "based_in_china" not in one.name)
    )
    return FilledTable(replace(table, columns=columns), tuple(tuple(words(one, row) for one in columns) for row in rows))


def table_sections(figures: Figures, *, whole: bool = False) -> Iterator[RollupSection]:
    """The tables that have something to say: all rows and columns with `whole`, else what the report prints of them.

    Where nobody is counted by a file, what was answered comes first.
    """
    answers_first = not figures.totals.counted and figures.ways is not None
    said = whole
    for table in sorted(figures.tables, key=lambda one: answers_first and one.name not in WITH_ANSWERS):
        left_out = (
            (table.name in WITH_ANSWERS and figures.ways is None)
            or (table.name not in OF_ANSWERS and not figures.totals.answered)
            or table.name in BY_NAME
        )
        if table.declared is None or left_out:
            continue
        rows = rows_of(table, reads=figures.reads)
        made = filled(table.declared, rows, cell_words, reads=figures.reads, whole=True)
        for section in drawn_sections(made, whole=whole):
            if not said and table.declared.printed == ("body_type", ALL_WORDS):
                said = True
                yield replace(section, intro=f"{section.intro} {OF_ALL}")
            else:
                yield section


def drawn_sections(one: FilledTable, *, whole: bool = False) -> Iterator[RollupSection]:
    """A table as a section, or as two where it is too wide for a page; none of a report where it has no row.

    In a report what is the same for all rows is left out, and kinds are beside what they are kinds of.
    """
    table = one.table
    if not one.rows and (not whole or table.name in (*WITH_ANSWERS, "change")):
        return
    rows = [dict(zip((column.name for column in one.columns), row, strict=True)) for row in one.rows]
    total = sum(row.get("body_type") == ALL_WORDS for row in rows) == 1
    shown = [column for column in one.columns if column.kind != "id" and not column.name.endswith(BESIDE)]
    title, intro = table.title, table.meaning
    joins = False
    if not whole:
        of_all = all(row.get("body_type") == ALL_WORDS for row in rows) and shown[0].kind != "kind"
        printed = ("body_type", ALL_WORDS) if of_all else table.printed
        shown = [column for column in shown if column.more != "file"]
        if printed is not None:
            rows = [row for row in rows if row[printed[0]] == printed[1]]
            shown = [
                column
                for column in shown
                if column.name != printed[0] and not (printed[1] == ALL_WORDS and column.name == "counted")
            ]
            if printed[1] != ALL_WORDS:
                title, intro = f"{title}: {lower_first(printed[1])}", f"{intro} Others are on the page and in the CSV files."
        joins = printed is None and shown[1].kind == "kind"
    counts = [column.name for column in shown if column.is_count]
    rows = [row for row in rows if not counts or any(row[name] is not None for name in counts)]
    most = len(rows) if whole or table.name in BY_NAME else MOST_PRINTED
    cells = [[_on_page(column, row) for column in shown] for row in rows[:most]]
    heads = [
        RollupHead(_head(column), column.is_count, 2 if at == 0 else 1 if column.is_count else 1.4)
        for at, column in enumerate(shown)
    ]
    if joins:
        cells = [[_joined(str(first), str(second)), *rest] for first, second, *rest in cells]
        heads = heads[:1] + heads[2:]
    section = RollupSection(
        title=title, intro=intro, heads=tuple(heads), rows=tuple(map(tuple, cells)),
        total=total and len(rows) > 1 and not joins,
        note=f"{len(rows) - most:,} more rows are in {table.name}.csv." if len(rows) > most else "",
        nothing="Nothing is recorded.", new_page=table.name == "bodies" and not whole,
    )  # fmt: skip
    yield from [section] if whole else _fitting(section)


def _fitting(section: RollupSection) -> Iterator[RollupSection]:
    """One that is too wide for a page as two: of organisations, and of their cameras."""
    heads = section.heads
    lead = next((place for place, head in enumerate(heads) if head.figures), 0)
    at = next((place for place, head in enumerate(heads) if head.figures and head.word.startswith("Cameras")), 0)
    if len(heads) <= MOST_COLUMNS or at <= lead:
        yield section
        return
    yield replace(section, heads=heads[:at], rows=tuple(row[:at] for row in section.rows), note="")
    yield replace(
        section, title=f"{section.title}: cameras", intro="", heads=(*heads[:lead], *heads[at:]),
        rows=tuple((*row[:lead], *row[at:]) for row in section.rows),
    )  # fmt: skip


def _joined(first: str, kind: str) -> str:
    """ "Face detection, schools"."""
    return f"{first}, {kind if kind[:2].isupper() else lower_first(kind)}"


def _head(column: DeclaredColumn) -> str:
    """Its heading; that of figures in lines that leave room for the others."""
    words = column.heading
    return "\n".join(wrap(words, LINE_CHARACTERS, break_long_words=False)) if column.is_count else words


def is_hidden(value: Any) -> bool:
    """Whether a count is not shown as a number."""
    return value in (FEWER, NOT_SHOWN)


def _on_page(column: DeclaredColumn, row: Mapping[str, Any]) -> Value:
    """A value as it is drawn; under a number what is beside it, and under organisations their share."""
    value = row[column.name]
    if value is None:
        return "–"
    if isinstance(value, str):
        return _SHORT if value == FEWER else clean(value, 160)
    if column.kind == "yes":
        return "Yes" if value else "No"
    if column.kind == "pence":
        return pounds(value)
    beside = [row.get(f"{column.name}{end}") for end in BESIDE]
    hidden = (f"{_SHORT} proven" for one in beside[:1] if is_hidden(one))
    of = next((row[name] for name in ("users", "counted") if name in row), None)
    has_share = column.name == "bodies" and isinstance(of, int) and not any(map(is_hidden, beside))
    number, *under = counted(value, *(None if is_hidden(one) else one for one in beside))
    return number, *([share_words(value, of)] if has_share else []), *under, *hidden  # type: ignore[arg-type]


def cell_words(column: DeclaredColumn, row: Mapping[str, Any]) -> Any:
    """A value in words for auditors; a number as it is."""
    value = row[column.name]
    match column.kind:
        case "number" | "pence" | "yes":
            return value
        case "year":
            return str(value or "Not recorded")
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
            return clean(str(value), 160)
