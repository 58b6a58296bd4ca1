"""Lists as tables, read as rows with the line they are in: CSV, XLSX, XLS or ODS, bounded in size."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from camcensus.intake.csv_rows import CsvRows
from camcensus.intake.decoding import text_of
from camcensus.intake.delimited import DELIMITERS
from camcensus.intake.sheets import OLE, cell_text, read_book
from camcensus.model.errors import IntakeError, disk_error, open_file, shown

ROWS_LIMIT = 400_000
COLUMNS_LIMIT = 300

_ZIP = b"PK\x03\x04"
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A row of a table, or a paragraph of a page (one cell). `line` counts from 1, in the file or the sheet."""

    line: int
    cells: tuple[str, ...]


def rows_of(data: bytes, name: str) -> Iterator[PublishedRow]:
    """The rows of such a file's bytes; `name` is of the file, for sentences. Raises IntakeError, also half way."""
    is_book = data.startswith((_ZIP, OLE))
    return few(_of_sheets(data, name) if is_book else _of_delimited(text_of(data), name), name)


def few(rows: Iterator[PublishedRow], name: str) -> Iterator[PublishedRow]:
    """These rows, as far as a list may be long. Raises IntakeError."""
    for number, row in enumerate(rows):
        if number >= ROWS_LIMIT:
            raise IntakeError(f"“{name}” has more than {ROWS_LIMIT:,} rows, and no list that is read here has.")
        yield row


def bytes_of(path: Path, limit_bytes: int) -> bytes:
    """What is in a file. Raises IntakeError, also for one that is longer."""
    try:
        with open_file(path) as stream:
            data = stream.read(limit_bytes + 1)
    except OSError as error:
        raise IntakeError(str(disk_error(path, error))) from error
    if len(data) > limit_bytes:
        raise too_long(shown(path), limit_bytes)
    return data


def too_long(name: str, limit_bytes: int) -> IntakeError:
    """What is said of a file that is longer than any of its kind."""
    return IntakeError(f"“{name}” is longer than {limit_bytes >> 20} MiB, and no such file is; check what was saved.")


def _of_sheets(data: bytes, name: str) -> Iterator[PublishedRow]:
    for sheet in read_book(data, name):
        for line, row in enumerate(sheet.rows, 1):
            yield PublishedRow(line, tuple(cell_text(cell) for cell in row[:COLUMNS_LIMIT]))


def _of_delimited(text: str, name: str) -> Iterator[PublishedRow]:
    delimiter = max(DELIMITERS, key=text[:4096].count)
    reader = CsvRows((line[0] for line in _LINE.finditer(text)), name, delimiter)
    line = 1
    try:
        for row in reader:
            if any(row):
                yield PublishedRow(line, tuple(row[:COLUMNS_LIMIT]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise IntakeError(
            f"“{name}” cannot be read from line {line} on: a field is far too long, or a quotation mark is not closed."
        ) from error
