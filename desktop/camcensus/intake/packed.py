"""Looking through a packed spreadsheet (XLSX, ODS) before a reader is given it: what would fill the memory is refused.

The reader makes a whole rectangle of a sheet, so two cells a million rows apart would take all memory. What else would is
bounded by the process that it runs in (`apart`).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from camcensus.model.errors import IntakeError

MEMBERS_LIMIT = 2_000
UNPACKED_LIMIT_BYTES = 128 << 20
"""All parts of a file together: 200,000 rows of ten columns have some 60 MB."""
CELLS_LIMIT = 8_000_000
"""Of the rectangle around all cells of a sheet."""
WIDTH_LIMIT_COLUMNS = 16_384
"""As many as Excel and LibreOffice have."""
_PIECE_BYTES = 1 << 20
_OVERLAP_BYTES = 64

_XLSX = {"[content_types].xml", "xl/workbook.xml"}
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,3})([0-9]{1,40})\s*["']""")


def damaged(name: str) -> IntakeError:
    """The one sentence for a spreadsheet that cannot be opened."""
    return IntakeError(f"“{name}” is a damaged or protected spreadsheet; open it and save it again as XLSX or CSV.")


def check_packed(data: bytes, name: str) -> None:
    """Raises IntakeError for what is no XLSX or ODS, or would fill the memory.

    Every part is unpacked once, a piece at a time, and none is kept.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
            names = {member.filename.lower().replace("\\", "/") for member in members}
            # The reader tries one format after the other, so a file of two is none.
            if "xl/workbook.bin" in names or (names >= _XLSX) is ("content.xml" in names):
                raise IntakeError(f"“{name}” is no XLSX or ODS spreadsheet; save it as XLSX or CSV.")
            if len(members) > MEMBERS_LIMIT or len(names) != len(members):
                raise IntakeError(
                    f"“{name}” is no spreadsheet that a program writes; open it and save it again as XLSX or CSV."
                )
            left = UNPACKED_LIMIT_BYTES
            for member in members:
                left -= _look_through(packed, member, left, name)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, LookupError,
        expat.ExpatError,
    ) as error:  # fmt: skip
        raise damaged(name) from error


def _look_through(packed: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, name: str) -> int:
    """Unpacks one part; gives how long it is. Raises IntakeError for what is longer than `left`, or too large."""
    rows, columns, before, length = (1 << 62, 0), (1 << 62, 0), b"", 0
    is_table = not member.filename.lower().endswith((".png", ".jpeg", ".jpg", ".emf", ".bin"))
    reader = _reader() if member.filename.lower().endswith((".xml", ".rels")) else None
    with packed.open(member) as part:
        while piece := part.read(_PIECE_BYTES):
            length += len(piece)
            if length > left:
                raise IntakeError(
                    f"“{name}” holds more than {UNPACKED_LIMIT_BYTES >> 20} MiB unpacked; save the list alone as CSV."
                )
            if reader is not None:
                reader.Parse(piece, False)
            if not is_table:
                continue
            for letters, digits in _REFERENCE.findall(before + piece):
                row, column = int(digits), _column(letters)
                rows = (min(rows[0], row), max(rows[1], row))
                columns = (min(columns[0], column), max(columns[1], column))
            before = piece[-_OVERLAP_BYTES:]
    if reader is not None:
        reader.Parse(b"", True)
    if rows[1] and (rows[1] - rows[0] + 1) * max(1, columns[1] - columns[0] + 1) > CELLS_LIMIT:
        raise IntakeError(
            f"A sheet of “{name}” has cells too far apart; delete what is beside and below the list, and save it again."
        )
    return length


def _reader() -> expat.XMLParserType:
    """Reads XML to its end or raises expat.ExpatError: the spreadsheet's reader goes round for ever where an end is missing."""
    reader = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise ValueError("no spreadsheet declares a document type")

    reader.StartDoctypeDeclHandler = refuse
    return reader


def too_many_columns(name: str) -> IntakeError:
    """The sentence for a row that no spreadsheet program could hold."""
    return IntakeError(
        f"“{name}” has a row with more than {WIDTH_LIMIT_COLUMNS:,} columns, more than a spreadsheet can have; save the list "
        "alone, with one device in each row."
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
