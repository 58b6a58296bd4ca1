"""The rows of a staff register as values by field: a cell that cannot be read is a sentence, the rest of its row stays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from camcensus.model.registers import (
    Cell,
    CellProblem,
    ColumnGuess,
    Listed,
    RegisterField,
    RegisterFile,
    SheetColumn,
    SheetNote,
    SheetRow,
    Value,
)
from camcensus.model.words import clean, count, long_date
from camcensus.registers.cells import Unreadable, kind_and_type, read_cell, text_of
from camcensus.registers.columns import named

PLACE_SEPARATOR = " > "
_LEVELS = re.compile(r"\s*[>›»|\\]\s*|\s+/\s+")


@dataclass(slots=True)
class _Dates:
    """How the dates of a column are written: rows whose dates can be read in two ways, and whether one is month first."""

    unsure: list[tuple[int, str, str]] = field(default_factory=list)
    month_first: int | None = None
    serials: int = 0
    months: int = 0


def read_rows(
    file: RegisterFile, mapping: Sequence[ColumnGuess]
) -> tuple[tuple[Listed, ...], tuple[CellProblem, ...], tuple[SheetNote, ...]]:
    """(rows, problems by row, notes). Rows that say nothing, or what another row says, are left out and noted."""
    wanted = [(guess.column, guess.field) for guess in mapping if guess.field is not None]
    rows: list[tuple[int, dict[RegisterField, Value]]] = []
    problems: list[CellProblem] = []
    notes: list[SheetNote] = []
    dates: dict[str, _Dates] = defaultdict(_Dates)
    for row in file.rows:
        if section := _section(row, len(file.columns)):
            notes.append(SheetNote(row.number, f"Row {row.number} has only “{clean(section, 60)}” and was left out."))
            continue
        values: dict[RegisterField, Value] = {}
        for column, name in wanted:
            cell = row.cells[column.place] if column.place < len(row.cells) else None
            if cell is None:
                continue
            try:
                told = _take(values, name, cell, column)
                if told is not None:
                    _remember(told, dates[column.named], row.number, name, text_of(cell))
            except Unreadable as error:
                problems.append(CellProblem(row.number, column.named, f"Row {row.number}: {named(column, name)} {error}."))
        if values:
            rows.append((row.number, values))
        elif not any(problem.row == row.number for problem in problems[-len(wanted) :]):
            notes.append(
                SheetNote(row.number, f"Row {row.number} has nothing in the columns that were chosen, and was left out.")
            )
    by_number = dict(rows)
    for heading, one in dates.items():
        _settle(heading, one, by_number, problems, notes)
    listed, repeated = _distinct(rows)
    problems.sort(key=lambda problem: problem.row)
    by_row: dict[int, list[CellProblem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.row].append(problem)
    found = tuple(Listed(number, values, tuple(by_row.get(number, ()))) for number, values in listed)
    return found, tuple(problems), tuple(sorted((*notes, *repeated), key=lambda note: note.row or 0))


def _section(row: SheetRow, columns: int) -> str | None:
    """The text of a heading inside the list ("Main block"), alone in a row of a wide list."""
    filled = [cell for cell in row.cells if cell is not None]
    return filled[0] if columns >= 4 and len(filled) == 1 and isinstance(filled[0], str) else None


def _take(values: dict[RegisterField, Value], name: RegisterField, cell: Cell, column: SheetColumn) -> str | None:
    """Read one cell into `values`; gives how it was told, None where there is one way only. Raises Unreadable."""
    if name in ("kind", "camera_type"):
        kind, found = kind_and_type(cell)
        if kind is None and found is None:
            read_cell(name, cell, column.heading)
            return None
        if kind is not None and (name == "kind" or kind != "camera"):
            values["kind"] = kind
        if found is not None:
            values.setdefault("camera_type", found)
        return None
    if name == "location":
        parts = [part.strip() for part in _LEVELS.split(text_of(cell)) if part.strip()]
        if len(parts) > 4:
            raise Unreadable("has more than four levels; write it like Elm Park > Main block > Ground > Hall")
        if parts:
            values[name] = PLACE_SEPARATOR.join(parts)
        return None
    value, told = read_cell(name, cell, column.heading)
    if value is not None and value != "":
        values[name] = value
    return told


def _remember(told: str, dates: _Dates, row: int, name: str, text: str) -> None:
    if told == "month":
        dates.months += 1
    elif told == "serial":
        dates.serials += 1
    elif told == "day-first":
        dates.unsure.append((row, name, text))
    elif told == "month-first":
        dates.month_first = dates.month_first or row


def _settle(
    heading: str,
    told: _Dates,
    rows: Mapping[int, dict[RegisterField, Value]],
    problems: list[CellProblem],
    notes: list[SheetNote],
) -> None:
    """Dates that can be read in two ways: day first, and said; asked where another date of the column is month first."""
    shown = clean(heading, 60)
    if told.serials:
        notes.append(
            SheetNote(None, f"“{shown}” gives {count(told.serials, 'date')} as a spreadsheet’s day number; they were read.")
        )
    if told.months:
        notes.append(SheetNote(None, f"“{shown}” gives months in {count(told.months, 'row')}; a month was counted as 30 days."))
    if not told.unsure:
        return
    if told.month_first is None:
        row, name, text = told.unsure[0]
        day = long_date(str(rows[row][cast(RegisterField, name)]))
        say = f"“{shown}” was read day first, as in the UK: {clean(text, 20)} (row {row}) is {day}."
        notes.append(SheetNote(None, say))
        return
    for row, name, text in told.unsure:
        rows[row].pop(cast(RegisterField, name), None)
        say = (
            f"Row {row}: {shown[:1].upper()}{shown[1:]} {clean(text, 20)} can be read in two ways, and row {told.month_first} "
            "has the month first; write it like 2026-04-03."
        )
        problems.append(CellProblem(row, heading, say))


def _distinct(
    rows: Sequence[tuple[int, dict[RegisterField, Value]]],
) -> tuple[list[tuple[int, dict[RegisterField, Value]]], list[SheetNote]]:
    """The rows without those that say word for word what another says, where that tells a device."""
    first: dict[frozenset[tuple[str, Value]], int] = {}
    kept, notes = list[tuple[int, dict[RegisterField, Value]]](), list[SheetNote]()
    for number, values in rows:
        key = frozenset(cast("dict[str, Value]", values).items())
        tells = any(name in values for name in ("record_id", "ref", "mac", "serial"))
        before = first.setdefault(key, number)
        if tells and before != number:
            notes.append(SheetNote(number, f"Row {number} says the same as row {before}, and was left out."))
        else:
            kept.append((number, values))
    return kept, notes
