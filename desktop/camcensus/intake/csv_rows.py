"""Rows of a text in a form that does not fill the memory: a cell takes ten times its length and more, once it is one."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from camcensus.intake.decoding import pieces
from camcensus.intake.packed import WIDTH_LIMIT_COLUMNS, too_many_columns
from camcensus.model.errors import IntakeError

CELLS_LIMIT = 300
"""Of a row no more cells are kept, and no list has as many columns."""
KEPT_LIMIT_BYTES, REMEMBERED = 160 << 20, 100_000
"""What the cells of a list may take: 100,000 rows with a text of its own in each of 25 columns, or more where they are alike.
And of how many texts it is known that they were there already."""


class CsvRows(Iterator[list[str]]):
    """The rows of a CSV text that was parted into lines, of each its first cells.

    Raises IntakeError for a line with more columns than a spreadsheet can have, csv.Error as `csv.reader` does and for a row
    of as many on several lines: a quotation mark is not closed, or is opened again on each of them.
    """

    def __init__(self, lines: Iterable[str], name: str, delimiter: str, *, strict: bool = False) -> None:
        self._name, self._delimiters = name, 0
        self._reader = csv.reader(self._counted(lines, delimiter), delimiter=delimiter, strict=strict)

    @property
    def line_num(self) -> int:
        """How many lines were read."""
        return self._reader.line_num

    def __next__(self) -> list[str]:
        self._delimiters = 0
        return next(self._reader)[:CELLS_LIMIT]

    def _counted(self, lines: Iterable[str], delimiter: str) -> Iterator[str]:
        for line in lines:
            of_line = sum(piece.count(delimiter) for piece in pieces(line))
            self._delimiters += of_line
            if of_line >= WIDTH_LIMIT_COLUMNS:
                raise too_many_columns(self._name)
            if self._delimiters >= WIDTH_LIMIT_COLUMNS:
                raise csv.Error("field larger than the columns of a spreadsheet")
            yield line


def kept[T](rows: Iterable[Sequence[str]], name: str, made: Callable[[str], T]) -> list[Sequence[T]]:
    """What is made of each cell, once of cells that are alike. Raises IntakeError where all of them would fill the memory."""
    held, once, taken = list[Sequence[T]](), dict[str, T](), 0
    for row in rows:
        for cell in row:
            if cell not in once:
                once[cell] = made(cell)
                taken += sys.getsizeof(cell)
        held.append(tuple([once[cell] for cell in row]))
        taken += sys.getsizeof(held[-1])
        if taken > KEPT_LIMIT_BYTES:
            raise IntakeError(f"“{name}” has more cells than any list; leave out columns, or split it.")
        if len(once) > REMEMBERED:
            once.clear()
    return held
