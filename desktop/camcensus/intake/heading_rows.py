"""Which rows of a sheet are its headings: one, or two that are joined; and which rows below are no devices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from camcensus.model import frozen
from camcensus.model.numbers import address_in, mac_in
from camcensus.model.registers import Cell
from camcensus.registers.columns import JOINT, RECORDER_WORDS, Headings, is_known
from camcensus.registers.plain_headings import is_whole, plain

LOOKED_AT_ROWS = 30
"""Headings stand among the first rows, under a title and who made the list."""
HEADING_MOST_CHARACTERS = 200

_TOTAL = re.compile(
    r"(?:grand |sub[ -]?)?totals?\b|sum\b|average\b|(?:net|gross|vat)(?: total| amount)?(?:[ @]*[\d.]+ ?%)?$|"
    r"(?:number|no\.?) of (?:cameras|devices|items)\b",
    re.I,
)
_TOTAL_BEHIND = re.compile(r"\btotals?\W*$", re.I)
_FIGURES = re.compile(r"[\d\s.,£%]+|=[A-Z0-9:(),.]+")
Merged = tuple[int, int, int, int]


@frozen
class SheetHeadings:
    """The headings by place, the numbers of the rows they are in, how many rows above have anything, and how many are known.

    `below` is the place of the first row after them.
    """

    texts: tuple[str, ...]
    numbers: tuple[int, ...]
    above: int
    known: int
    below: int

    def repeats(self, row: Sequence[Cell]) -> bool:
        """True for a row that says the headings once more, as lists do that were printed on many pages."""
        said = [(place, cell) for place, cell in enumerate(row) if cell is not None]
        return len(said) > 1 and all(
            isinstance(cell, str) and place < len(self.texts) and plain(cell) in map(plain, self.texts[place].split(JOINT))
            for place, cell in said
        )


def find_heading(rows: Sequence[Sequence[Cell]], merged: Sequence[Merged], headings: Headings) -> SheetHeadings:
    """The headings of a sheet; with none known, the first row that can be one; with none such, no headings at all."""
    best: tuple[int, int, tuple[str, ...]] | None = None
    known, looked = 1, rows[: LOOKED_AT_ROWS + 1]
    for at in range(min(len(rows), LOOKED_AT_ROWS)):
        one = tuple(_text(cell) for cell in rows[at])
        choices = [(1, one)]
        under = next((place for place in range(at + 1, len(looked)) if any(cell is not None for cell in looked[place])), at)
        if under > at and any(one):
            own = tuple(bool(text) and is_known(text, headings) for text in one)
            choices.append((under - at + 1, _joined(rows[at], rows[under], at, merged, own, apart=under > at + 1)))
        for tall, texts in choices:
            spans = tall > 1 and headings.row == "an organisation" and not _text(rows[at + tall - 1][0])
            number = len({
                plain(text) for text in texts
                if text and any(is_known(part, headings) for part in (text.split(JOINT) if spans else [text]))
            })  # fmt: skip
            single = sum(bool(text) for text in texts) <= 2 and not RECORDER_WORDS & {*plain(" ".join(texts)).split()}
            if number > known or (number == known == 1 and best is None and single and tall == 1):
                best, known = (at, tall, texts), number
    if best is None:
        return _unknown(rows)
    at, tall, texts = best
    above = sum(any(cell is not None for cell in row) for row in rows[:at])
    numbers = (at + 1,) if tall == 1 else (at + 1, at + tall)
    return SheetHeadings(texts, numbers, above, known, at + tall)


def _unknown(rows: Sequence[Sequence[Cell]]) -> SheetHeadings:
    """The first of the widest rows, where it has words only, and each once; else there are no headings."""
    first = next((at for at, row in enumerate(rows) if any(cell is not None for cell in row)), 0)
    looked = rows[:LOOKED_AT_ROWS]
    most = max((sum(cell is not None for cell in row) for row in looked), default=0)
    at = next((at for at, row in enumerate(looked) if sum(cell is not None for cell in ("", *row[1:])) == most), first)
    said = [cell for cell in rows[at] if cell is not None]
    words = [cell for cell in said if isinstance(cell, str) and not _is_data(cell)]
    if len(rows) > at + 1 and most > 1 and len(words) == len(said) == len({plain(word) for word in words}):
        above = sum(any(cell is not None for cell in row) for row in rows[:at])
        return SheetHeadings(tuple(_text(cell) for cell in rows[at]), (at + 1,), above, 0, at + 1)
    return SheetHeadings((), (), 0, 0, first)


def _is_data(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d\s./:,£$€-]+", cell) or mac_in(cell) or address_in(cell))


def _joined(
    upper: Sequence[Cell], lower: Sequence[Cell], at: int, merged: Sequence[Merged], own: Sequence[bool], *, apart: bool
) -> tuple[str, ...]:
    """Two rows of headings as one: what is over several columns goes before each of theirs. () where they are not that.

    What has nothing under it is its own column's heading. `own` says which cells above are known headings: with empty rows
    between (`apart`) all of them have to be, and to have nothing under them.
    """
    texts = [_text(cell) for cell in upper]
    under = [_text(cell) for cell in lower]
    width = max(len(texts), len(under))
    texts, under = texts + [""] * (width - len(texts)), under + [""] * (width - len(under))
    if any(cell is not None and (not isinstance(cell, str) or _is_data(cell)) for cell in lower) or not any(under):
        return ()
    if apart and any(text and (low or not known) for text, low, known in zip(texts, under, own, strict=False)):
        return ()
    lone = [place for place, text in enumerate(texts) if text]
    if len(lone) == 1 and any((one[0], one[1]) == (at, lone[0]) and (one[3] - one[1] + 1) * 4 >= width * 3 for one in merged):
        return ()  # a title, merged over the list
    tops = list(texts)
    for first_row, first, last_row, last in merged:
        if first_row <= at <= last_row and last > first:
            for place in range(first, min(last, width - 1) + 1):
                tops[place] = texts[first]
    if not any(first_row <= at <= last_row for first_row, _, last_row, _ in merged):
        if texts[0] and not any(texts[1:]) and (under[0] or not own[0]):
            return ()  # a title of the whole list
        groups = [place for place in range(width - 1) if texts[place] and under[place]]
        if len(groups) > 1 and sum(bool(texts[place + 1]) for place in groups) * 2 > len(groups):
            return ()  # each over one column: the facts of a recorder, above its cameras
        for place in range(1, width):
            if not texts[place] and under[place - 1] and under[place]:
                tops[place] = tops[place - 1]
    if all(texts[place] for place in range(width) if under[place]):
        # Every heading has its own above: that is a row of headings over a row of the list.
        return ()
    return tuple(
        f"{top}{JOINT}{low}" if top and low and plain(top) != plain(low) else low or top
        for top, low in zip(tops, under, strict=True)
    )


def totals_in(row: Sequence[Cell]) -> bool:
    """True for a row of totals: a text says so, and beside it are numbers and, if anything, what the total is of."""
    said = [cell for cell in row if cell is not None]
    texts = [" ".join(cell.split()) for cell in said if isinstance(cell, str) and not _FIGURES.fullmatch(cell)]
    if not texts or len(texts) > 2 or not any(_TOTAL.match(text) or _TOTAL_BEHIND.search(text) for text in texts):
        return False
    return len(texts) == 1 or (len(said) > 2 and any(is_whole(text) for text in texts))


def _text(cell: Cell) -> str:
    return " ".join(cell.split())[:HEADING_MOST_CHARACTERS] if isinstance(cell, str) else "" if cell is None else str(cell)
