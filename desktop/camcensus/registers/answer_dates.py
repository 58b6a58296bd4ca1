"""The days in a spreadsheet of answers: none is guessed in a column that mixes two orders of day and month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from camcensus.model.claims import AnswerField
from camcensus.model.prose import listed
from camcensus.model.registers import CellProblem, SheetColumn, SheetRow
from camcensus.model.words import clean
from camcensus.registers.dates import date_in

ROWS_NAMED = 10


@dataclass(frozen=True, slots=True)
class Days:
    """ISO dates by row and field; `unsure` are those that can be read in two ways where the column does not tell which."""

    found: Mapping[tuple[int, AnswerField], str]
    unsure: frozenset[tuple[int, AnswerField]]
    problems: tuple[CellProblem, ...]


def read_days(rows: Sequence[SheetRow], columns: Mapping[AnswerField, SheetColumn]) -> Days:
    """The days of each column: 03/04/2026 has the day first, unless a date of that column can only have the month first."""
    found: dict[tuple[int, AnswerField], str] = {}
    unsure = set[tuple[int, AnswerField]]()
    problems = list[CellProblem]()
    for name, column in columns.items():
        cells = ((row.number, row.cells[column.place]) for row in rows if column.place < len(row.cells))
        read = {number: day for number, cell in cells if (day := date_in(cell)) is not None}
        month_first = next((number for number, (_, style) in read.items() if style == "month-first"), None)
        either = {number: None for number, (_, style) in read.items() if style == "day-first" and month_first is not None}
        found |= {(number, name): day for number, (day, _) in read.items() if number not in either}
        unsure |= {(number, name) for number in either}
        if either:
            named = listed([f"{number:,}" for number in either], ROWS_NAMED)
            where = f"{'row' if len(either) == 1 else 'rows'} {named}"
            say = (
                f"{clean(column.named, 60)}: row {month_first} has the month first, so a date like 03/04/2026 can be read in"
                f" two ways; those of {where} were left out. Write them like 2026-04-03."
            )
            problems.append(CellProblem(next(iter(either)), column.named, say))
    return Days(found, frozenset(unsure), tuple(problems))
