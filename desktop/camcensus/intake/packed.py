"""Looking through a packed spreadsheet (XLSX, ODS) before a reader is given it: what would fill the memory is refused.

The reader makes a whole rectangle of a sheet and a text of its own for each cell, so two cells a million rows apart, one long
text that a million cells show, or one row repeated a million times would take all memory, from a file of a few kilobytes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from xml.parsers import expat

from camcensus.model.errors import IntakeError

MEMBERS_LIMIT = 2_000
UNPACKED_LIMIT_BYTES = 128 << 20
"""All parts of a file together: 200,000 rows of ten columns have some 60 MB."""
CELLS_LIMIT = 8_000_000
"""Of the rectangle around all cells of a sheet."""
WIDTH_LIMIT_COLUMNS = 16_384
"""As many as Excel and LibreOffice have."""
TEXT_LIMIT_BYTES = 256 << 20
"""Of all cells together, each text counted as often as cells show it."""
_PIECE_BYTES = 1 << 20
_OVERLAP_BYTES = 64

PackedKind = Literal["xlsx", "ods"]

_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,3})([0-9]{1,40})\s*["']""")
_SHARED_CELL = re.compile(rb"""\bt\s*=\s*["']s["']""")
_SHARED_VALUE = re.compile(rb"""<(?:\w+:)?c\b[^>]*\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})""")
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si[\s>/]")
_ODS_TOKEN = re.compile(
    rb"""<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>"""
)
_REST_OF_SHEET_ROWS = 10_000
"""More empty rows than that are the rest of the sheet, down to its last row."""
_REPEATED = {
    "rows": re.compile(rb"""number-rows-repeated\s*=\s*["']\s*([0-9]{1,12})"""),
    "columns": re.compile(rb"""number-columns-repeated\s*=\s*["']\s*([0-9]{1,12})"""),
}


def damaged(name: str) -> IntakeError:
    """The one sentence for a spreadsheet that cannot be opened."""
    return IntakeError(f"“{name}” is a damaged or protected spreadsheet; open it and save it again as XLSX or CSV.")


@dataclass(slots=True)
class _Seen:
    """What the parts of a file hold so far."""

    left: int = UNPACKED_LIMIT_BYTES
    shared_cells: int = 0
    longest_text: int = 0


def check_packed(data: bytes, name: str, kinds: tuple[PackedKind, ...] = ("xlsx",)) -> PackedKind:
    """Which of `kinds` a file is. Raises IntakeError for what is none, or would fill the memory.

    Every part is unpacked once, a piece at a time, and none is kept.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
            names = {member.filename.lower().replace("\\", "/") for member in members}
            kind = _kind(names)
            if kind is None or kind not in kinds:
                raise IntakeError(
                    f"“{name}” is no {' or '.join(one.upper() for one in kinds)} spreadsheet; save it as XLSX or CSV."
                )
            if len(members) > MEMBERS_LIMIT or len(names) != len(members):
                raise IntakeError(
                    f"“{name}” is no spreadsheet that a program writes; open it and save it again as XLSX or CSV."
                )
            seen = _Seen()
            for member in members:
                _look_through(packed, member, seen, name)
            if kind == "ods":
                _check_repeats(packed.read("content.xml"), name)
            elif seen.shared_cells * seen.longest_text > TEXT_LIMIT_BYTES:
                _check_shared(packed, members, name)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, LookupError,
        expat.ExpatError,
    ) as error:  # fmt: skip
        raise damaged(name) from error
    return kind


def _kind(names: set[str]) -> PackedKind | None:
    """The reader tries one format after the other, so a file of two is none."""
    xlsx = "[content_types].xml" in names and "xl/workbook.xml" in names
    ods = "content.xml" in names
    if "xl/workbook.bin" in names or xlsx is ods:
        return None
    return "xlsx" if xlsx else "ods"


def _look_through(packed: zipfile.ZipFile, member: zipfile.ZipInfo, seen: _Seen, name: str) -> None:
    """Unpacks one part and notes what it holds. Raises IntakeError for what is too large."""
    rows, columns, before = (1 << 62, 0), (1 << 62, 0), b""
    is_table = not member.filename.lower().endswith((".png", ".jpeg", ".jpg", ".emf", ".bin"))
    since_text: int | None = None
    reader = _reader() if member.filename.lower().endswith((".xml", ".rels")) else None
    with packed.open(member) as part:
        while piece := part.read(_PIECE_BYTES):
            seen.left -= len(piece)
            if seen.left < 0:
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
            seen.shared_cells += len(_SHARED_CELL.findall(piece))
            starts = [found.start() for found in _SHARED_TEXT.finditer(piece)]
            for start in starts:
                if since_text is not None:
                    seen.longest_text = max(seen.longest_text, since_text + start)
                since_text = -start
            if since_text is not None:
                since_text += len(piece)
                seen.longest_text = max(seen.longest_text, since_text)
            before = piece[-_OVERLAP_BYTES:]
    if reader is not None:
        reader.Parse(b"", True)
    if rows[1] and (rows[1] - rows[0] + 1) * max(1, columns[1] - columns[0] + 1) > CELLS_LIMIT:
        raise too_far_apart(name)


def _reader() -> expat.XMLParserType:
    """Reads XML to its end or raises expat.ExpatError: the spreadsheet's reader goes round for ever where an end is missing."""
    reader = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise ValueError("no spreadsheet declares a document type")

    reader.StartDoctypeDeclHandler = refuse
    return reader


def too_far_apart(name: str) -> IntakeError:
    """The sentence for a sheet whose rectangle is too large."""
    return IntakeError(
        f"A sheet of “{name}” has cells too far apart; delete what is beside and below the list, and save it again."
    )


def too_many_columns(name: str) -> IntakeError:
    """The sentence for a row that no spreadsheet program could hold."""
    return IntakeError(
        f"“{name}” has a row with more than {WIDTH_LIMIT_COLUMNS:,} columns, more than a spreadsheet can have; save the list "
        "alone, with one device in each row."
    )


def too_much_text(name: str) -> IntakeError:
    """The sentence for a file whose cells show too much text altogether."""
    return IntakeError(
        f"The cells of “{name}” hold more than {TEXT_LIMIT_BYTES >> 20} MiB of text; save the list alone as CSV."
    )


def _check_shared(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    """The same texts counted one by one: how long each is, and how many cells show it."""
    lengths: list[int] = []
    for member in members:
        if "sharedstrings" in member.filename.lower():
            starts = [found.start() for found in _SHARED_TEXT.finditer(packed.read(member))] + [member.file_size]
            lengths += [after - start for start, after in pairwise(starts)]
    total = 0
    for member in members:
        if not member.filename.lower().endswith(".xml") or "sharedstrings" in member.filename.lower():
            continue
        for index in _SHARED_VALUE.findall(packed.read(member)):
            total += lengths[int(index)] if int(index) < len(lengths) else 0
        if total > TEXT_LIMIT_BYTES:
            raise too_much_text(name)


@dataclass(slots=True)
class _OdsRow:
    """One row of an ODS while its cells go by. The reader keeps each cell but the empty ones at the end."""

    times: int
    width: int = 0
    filled: int = 0
    text: int = 0
    last_empty: int = 0


def _check_repeats(content: bytes, name: str) -> None:
    """ODS writes one row or cell for many that are the same."""
    rows = widest = kept = text = 0
    row = _OdsRow(1)
    open_cell: tuple[int, int] | None = None
    for token in _ODS_TOKEN.finditer(content):
        closing, what, attributes = token[1] == b"/", token[2], token[3]
        if open_cell is not None:
            length, times = token.start() - open_cell[0], open_cell[1]
            row.text += length * times
            row.filled, row.last_empty = (row.width, 0) if length else (row.filled, times)
            open_cell = None
        if what == b"table":
            rows = widest = 0
        elif what == b"table-row" and not closing:
            row = _OdsRow(_times(attributes, "rows"))
        elif what == b"table-row":
            if row.filled or row.times < _REST_OF_SHEET_ROWS:
                rows += row.times
            widest = max(widest, row.filled)
            kept += (row.width - row.last_empty) * (row.times if row.filled else 1)
            text += row.text * row.times
            if rows * widest > CELLS_LIMIT or kept > 2 * CELLS_LIMIT:
                raise too_far_apart(name)
            if text > TEXT_LIMIT_BYTES:
                raise too_much_text(name)
        elif not closing:
            times = _times(attributes, "columns")
            row.width += times
            if not attributes.endswith(b"/"):
                open_cell = (token.end(), times)
            elif b"value" in attributes or b"formula" in attributes:
                row.filled, row.last_empty = row.width, 0
            else:
                row.last_empty = times


def _times(attributes: bytes, what: str) -> int:
    found = _REPEATED[what].search(attributes)
    return max(1, int(found[1])) if found else 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
