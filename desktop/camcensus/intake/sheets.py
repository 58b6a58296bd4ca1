"""Spreadsheets (XLSX, XLS, ODS) as rows of cells. What is computed in them is taken as it was last computed, never anew."""

from __future__ import annotations

import contextlib
import io
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from camcensus.intake.oldest_excel import check_oldest
from camcensus.intake.packed import CELLS_LIMIT, MEMBERS_LIMIT, UNPACKED_LIMIT_BYTES, check_packed, damaged

__all__ = ["CELLS_LIMIT", "MEMBERS_LIMIT", "SHEETS_LIMIT", "Sheet", "UNPACKED_LIMIT_BYTES", "read_book", "read_sheets"]

SHEETS_LIMIT = 50
OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet from its cell A1 on. `merged` are ranges of cells as (first row, first column, last row, last column), from 0."""

    name: str
    visible: bool
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


def read_sheets(data: bytes, name: str) -> Iterator[list[list[str]]]:
    """Each sheet of an XLSX as rows of texts. `name` is the file's, for sentences. Raises IntakeError."""
    check_packed(data, name)
    for sheet in _read(data, name, whole=False):
        yield [[cell_text(cell) for cell in row] for row in sheet.rows]


def read_book(data: bytes, name: str) -> Iterator[Sheet]:
    """Each sheet of an XLSX, XLS or ODS with its cells as the file types them. Raises IntakeError."""
    if data.startswith(OLE):
        check_oldest(data, name)
    else:
        check_packed(data, name, ("xlsx", "ods"))
    yield from _read(data, name, whole=True)


def _read(data: bytes, name: str, *, whole: bool) -> Iterator[Sheet]:
    import python_calamine

    try:
        with _quiet():
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, about in enumerate(book.sheets_metadata[:SHEETS_LIMIT]):
            if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            with _quiet():
                sheet = book.get_sheet_by_index(number)
                merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ()) if whole else ()
                rows = sheet.to_python(skip_empty_area=not whole)
            yield Sheet(about.name, about.visible is python_calamine.SheetVisibleEnum.Visible, rows, merged)
    except GeneratorExit:
        raise
    except BaseException as error:
        # A panic of the reader, which is written in Rust, is no Exception.
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        raise damaged(name) from error


_QUIET = threading.Lock()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Nothing reaches stderr: the reader, when it fails on a damaged file, prints a trace there before it raises."""
    with _QUIET, contextlib.ExitStack() as undo:
        with contextlib.suppress(OSError):
            before = os.dup(2)
            undo.callback(os.close, before)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            undo.callback(os.close, nowhere)
            os.dup2(nowhere, 2)
            undo.callback(os.dup2, before, 2)
        yield


def cell_text(cell: object) -> str:
    """A cell as text: no ".0" after a whole number, dates in ISO 8601."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return str(cell)
