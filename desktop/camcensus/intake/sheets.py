"""Spreadsheets (XLSX) as rows of text. What is computed in them is taken as it was last computed; nothing is computed here.

The reader makes a whole rectangle of a sheet, so two cells a million rows apart would take all memory: a sheet's corners are
looked at before it is given to it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from camcensus.model.errors import IntakeError

MEMBERS_LIMIT = 2_000
UNPACKED_LIMIT_BYTES = 128 << 20
"""All parts of a file together: 200,000 rows of ten columns have some 60 MB."""
CELLS_LIMIT = 8_000_000
"""Of the rectangle around all cells of a sheet."""
SHEETS_LIMIT = 50
_PIECE_BYTES = 1 << 20
_OVERLAP_BYTES = 64

_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,3})([0-9]{1,10})\s*["']""")


def read_sheets(data: bytes, name: str) -> Iterator[list[list[str]]]:
    """Each sheet as rows of texts. `name` is the file's, for sentences. Raises IntakeError."""
    _check(data, name)
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number in range(min(len(book.sheet_names), SHEETS_LIMIT)):
            rows: list[list[Any]] = book.get_sheet_by_index(number).to_python()
            yield [[_text(cell) for cell in row] for row in rows]
    except GeneratorExit:
        raise
    except BaseException as error:
        # A panic of the reader, which is written in Rust, is no Exception.
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        raise IntakeError(
            f"“{name}” is a damaged or protected spreadsheet; open it and save it again as XLSX or CSV."
        ) from error


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return str(cell)


def _check(data: bytes, name: str) -> None:
    """Refuses what is no XLSX, or would fill the memory: every part is unpacked once, a piece at a time, and none is kept."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
            names = {member.filename for member in members}
            if "[Content_Types].xml" not in names or not any(re.fullmatch(r"xl/workbook\.xml", one) for one in names):
                raise IntakeError(f"“{name}” is no XLSX spreadsheet; save it as XLSX or CSV.")
            if len(members) > MEMBERS_LIMIT or len(names) != len(members):
                raise IntakeError(
                    f"“{name}” is no spreadsheet that a program writes; open it and save it again as XLSX or CSV."
                )
            left = UNPACKED_LIMIT_BYTES
            for member in members:
                left = _look_through(packed, member, left, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise IntakeError(
            f"“{name}” is a damaged or protected spreadsheet; open it and save it again as XLSX or CSV."
        ) from error


def _look_through(packed: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, name: str) -> int:
    """Unpacks one part; gives how many bytes the others may still have. Raises IntakeError for what is too large."""
    rows, columns, before = (1 << 62, 0), (1 << 62, 0), b""
    is_sheet = member.filename.startswith("xl/") and not member.filename.endswith((".png", ".jpeg", ".jpg"))
    with packed.open(member) as part:
        while piece := part.read(_PIECE_BYTES):
            left -= len(piece)
            if left < 0:
                raise IntakeError(
                    f"“{name}” holds more than {UNPACKED_LIMIT_BYTES >> 20} MiB unpacked; save the list alone as CSV."
                )
            if not is_sheet:
                continue
            for letters, digits in _REFERENCE.findall(before + piece):
                row, column = int(digits), _column(letters)
                rows = (min(rows[0], row), max(rows[1], row))
                columns = (min(columns[0], column), max(columns[1], column))
            before = piece[-_OVERLAP_BYTES:]
    if rows[1] and (rows[1] - rows[0] + 1) * max(1, columns[1] - columns[0] + 1) > CELLS_LIMIT:
        raise IntakeError(
            f"A sheet of “{name}” has cells too far apart; delete what is beside and below the list, and save it again."
        )
    return left


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
