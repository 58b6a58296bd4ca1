"""Spreadsheets (XLSX, XLS, ODS) as rows of cells. Computed cells have the value last saved; nothing is computed here."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from camcensus.intake.apart import OverLimitError, apart_within
from camcensus.intake.packed import WIDTH_LIMIT_COLUMNS, check_packed, damaged, too_many_columns
from camcensus.model import frozen
from camcensus.model.errors import IntakeError

__all__ = ["SHEETS_LIMIT", "Sheet", "read_book"]

SHEETS_LIMIT = 50
TIME_S, TIME_S_PER_MB = 10.0, 10.0
MEMORY_BYTES, MEMORY_TIMES, MEMORY_LIMIT_BYTES = 150 << 20, 100, 1536 << 20
"""What reading may need: so much for any file, so many times its size more, and never more than the last.

A sound XLSX unpacks to some ten times its size, and a cell of it takes some 100 bytes here.
"""
OLE = b"\xd0\xcf\x11\xe0"


@frozen
class Sheet:
    """A sheet from its cell A1 on. `merged` are ranges of cells as (first row, first column, last row, last column), from 0."""

    name: str
    visible: bool
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


def read_book(data: bytes, name: str) -> list[Sheet]:
    """Each sheet of an XLSX, XLS or ODS with its cells as the file types them. Raises IntakeError."""
    return _bounded(_sheets, data, name)


def _bounded[T](work: Callable[[bytes, str], T], data: bytes, name: str) -> T:
    """The work in a process of its own, with time and memory as a sound file of that size needs them."""
    memory = min(MEMORY_LIMIT_BYTES, MEMORY_BYTES + MEMORY_TIMES * len(data))
    try:
        return apart_within(TIME_S + TIME_S_PER_MB * len(data) / 1e6, memory, work, data, name)
    except OverLimitError as error:
        raise IntakeError(
            f"“{name}” needs more time or memory than a sound spreadsheet of its size; save the list alone as CSV."
        ) from error


def _sheets(data: bytes, name: str) -> list[Sheet]:
    if not data.startswith(OLE):  # an XLS is bounded by its process alone
        check_packed(data, name)
    return list(_read(data, name))


def _read(data: bytes, name: str) -> Iterator[Sheet]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, about in enumerate(book.sheets_metadata[:SHEETS_LIMIT]):
            if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(number)
            merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
            rows = sheet.to_python(skip_empty_area=False)
            if any(len(row) > WIDTH_LIMIT_COLUMNS for row in rows):
                raise too_many_columns(name)
            yield Sheet(about.name, about.visible is python_calamine.SheetVisibleEnum.Visible, rows, merged)
    except (GeneratorExit, IntakeError):
        raise
    except BaseException as error:
        # A panic of the reader, which is written in Rust, is no Exception.
        raise damaged(name) from error


def cell_text(cell: object) -> str:
    """A cell as text: no ".0" after a whole number, dates in ISO 8601."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return str(cell)
