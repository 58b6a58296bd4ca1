"""CSV and the like as rows of cells, by the delimiter under which most headings are known."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from camcensus.intake.csv_rows import CsvRows, kept
from camcensus.intake.decoding import pieces
from camcensus.intake.heading_rows import find_heading
from camcensus.intake.packed import WIDTH_LIMIT_COLUMNS, too_many_columns
from camcensus.model.errors import IntakeError
from camcensus.model.registers import Cell
from camcensus.registers.columns import Headings

DELIMITERS = (",", ";", "\t", "|")
LINES_LIMIT = 1_000_000
_LINE_ENDS = ("\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
"""Where `str.splitlines` parts a text."""
ROWS_LIMIT = 100_000
COLUMNS_LIMIT = 200
SAMPLE_ROWS = 60
_GUARDED = re.compile(r"'+\s*[=+\-@＝＋－＠\t\r]")


def tidy(text: str) -> str | None:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").strip() or None


def delimited_rows(text: str, name: str, headings: Headings) -> list[Sequence[Cell]]:
    """A text as rows of cells, by the delimiter under which most headings are known and rows are equally long."""
    refuse_long(text, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    hint = re.match(r'"?sep=([,;|\t])"?\n', text, re.I)
    lines = text.split("\n")
    refuse_wide(lines, name)
    delimiter = hint[1] if hint else max(DELIMITERS, key=lambda one: _fits(lines, one, headings))
    rows: list[Sequence[Cell]] = [[] for _ in range(1 if hint else 0)]
    below = lines[len(rows) :] if hint else lines
    try:
        rows += kept(_rows(below, delimiter, name, strict=True), name, _cell)
    except csv.Error:
        # A quotation mark inside a cell that begins with one; it is read as it is.
        rows += kept(_rows(below, delimiter, name, strict=False), name, _cell)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _rows(lines: Sequence[str], delimiter: str, name: str, *, strict: bool) -> Iterator[list[str]]:
    reader = CsvRows((f"{line}\n" for line in lines), name, delimiter, strict=strict)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "field larger" in str(error):
                raise IntakeError(
                    f"Row {number + 1} of “{name}” has a quotation mark that is not closed, or a cell that is far too long; "
                    "correct that row and import the file again."
                ) from error
            if not strict:
                raise IntakeError(
                    f"Row {number + 1} of “{name}” cannot be read; save the file again as CSV or XLSX."
                ) from error
            raise
        number += 1
        if number > ROWS_LIMIT:
            raise too_many_rows(name)
        yield cells[:COLUMNS_LIMIT]


def too_many_rows(name: str) -> IntakeError:
    """The sentence for a register with more rows than any organisation has devices."""
    return IntakeError(f"“{name}” has more than {ROWS_LIMIT:,} rows; split it and import the parts one after the other.")


def refuse_long(text: str, name: str) -> None:
    """Raises IntakeError where a text has more lines than any list; once it is parted, each takes 50 bytes and more."""
    ends = sum(sum(map(piece.count, _LINE_ENDS)) for piece in pieces(text))
    if ends - text.count("\r\n") > LINES_LIMIT:
        raise IntakeError(f"“{name}” has more than {LINES_LIMIT:,} lines, and no list has; give the list alone.")


def refuse_wide(lines: Iterable[str], name: str) -> None:
    """Raises IntakeError where a line has more delimiters than a spreadsheet has columns, whichever of them it is."""
    if any(len(line) > WIDTH_LIMIT_COLUMNS and _widest(line) >= WIDTH_LIMIT_COLUMNS for line in lines):
        raise too_many_columns(name)


def _widest(line: str) -> int:
    """How often the delimiter stands in a line that is there most often."""
    counts = ([piece.count(one) for one in DELIMITERS] for piece in pieces(line))
    return max(map(sum, zip(*counts, strict=True)))


def _fits(lines: Sequence[str], delimiter: str, headings: Headings) -> tuple[int, int, int]:
    sample: list[list[Cell]] = []
    try:
        for cells in csv.reader((f"{line[:20_000]}\n" for line in lines[:SAMPLE_ROWS]), delimiter=delimiter):
            sample.append([tidy(cell) for cell in cells[:COLUMNS_LIMIT]])
    except csv.Error:
        return (0, 0, 0)
    widths = [len(cells) for cells in sample if any(cells)]
    usual = max(set(widths), key=widths.count, default=0)
    one_column = usual <= 1
    if one_column and headings.row == "an organisation":
        return (0, 0, 0)  # a question as the only heading is half of a row
    return (find_heading(sample, (), headings).known, 0 if one_column else widths.count(usual), 0 if one_column else usual)


def _cell(text: str) -> Cell:
    return tidy(_unguarded(text))


def _unguarded(cell: str) -> str:
    """Our own mark before what a spreadsheet would compute is taken off again."""
    return cell[1:] if _GUARDED.match(cell) else cell
