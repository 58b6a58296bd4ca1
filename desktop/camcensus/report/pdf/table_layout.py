"""The anatomy of a table before it is drawn: what a cell may hold, how wide columns are, how high rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camcensus.model import frozen
from camcensus.model.blocks import Cell, Column, Fact, FactLook, Row, plain
from camcensus.report.pdf.ink import CELL, CELL_HEAD, CELL_LISTED, CELL_SECOND, H1, Style
from camcensus.report.pdf.text import TextLine, Typesetter

PAD_X = 5.0
AFTER_FIGURES = 9.0
"""Extra room between a column of figures and the text beside it."""
TALLEST_PART = 0.7
"""A row is cut at this part of a page and says so: it may not be parted, and raw text can be long."""
FIRST_PART = 0.45
"""The most that the one text column of a table of figures takes for its entries not to wrap."""

LOOKS: dict[FactLook, Style] = {
    "normal": CELL,
    "second": CELL_SECOND,
    "strong": CELL.strong(),
    "listed": CELL_LISTED,
    "mono": Style("mono", 9, 13),
    "figure": H1,
}
DENSE_LOOKS: dict[FactLook, Style] = {look: style.dense() for look, style in LOOKS.items()}
_SYMBOL_INDENT = {"box": 18.0}


def indent(fact: Fact) -> float:
    """The room that the shape before a fact takes, in points."""
    return _SYMBOL_INDENT.get(fact.mark, 13.0) if fact.mark else 0.0


@frozen
class Box:
    """A laid cell: facts with their lines, at `x`, in `room` points; flush right for figures."""

    x: float
    room: float
    flush: bool
    facts: Sequence[tuple[Fact, Style, Sequence[TextLine]]]
    span: int = 1


@frozen
class LaidRow:
    """A row ready to be drawn, `height` points high."""

    row: Row
    boxes: Sequence[Box]
    height: float


def look_of(row: Row, at: int, row_heads: bool) -> FactLook:
    """How plain text in column `at` of a row is drawn."""
    return "strong" if row.kind in ("total", "group") or (at == 0 and row_heads) else "normal"


def facts_of(cell: Cell, look: FactLook) -> Sequence[Fact]:
    """The facts of a cell; plain text becomes one in `look`."""
    if isinstance(cell, str):
        return [Fact(cell, look)]
    return [cell] if isinstance(cell, Fact) else list(cell)


def column_widths(
    typesetter: Typesetter,
    columns: Sequence[Column],
    rows: Sequence[Row],
    width: float,
    row_heads: bool,
    like: Sequence[Row] = (),
    *,
    dense: bool = False,
) -> list[float]:
    """Points for each column: figures get their widest entry; text shares the rest, each at least its longest word.

    Rows of many tables that shall look alike, `like`, are measured once, and of these rows only those that are not among them.
    """
    looks = DENSE_LOOKS if dense else LOOKS
    key = (id(like), tuple(columns), row_heads)
    if key not in typesetter.alike:
        typesetter.alike[key] = like, frozenset(map(id, like)), _widest_entries(typesetter, columns, like, row_heads, looks)
    _, measured, widest = typesetter.alike[key]
    others = [row for row in rows if id(row) not in measured]
    least = _least_widths(
        typesetter, columns, [*map(max, _widest_entries(typesetter, columns, others, row_heads, looks), widest)], width, dense
    )
    texts = [at for at, column in enumerate(columns) if not column.figures]
    left = width - sum(room for room, column in zip(least, columns, strict=True) if column.figures)
    if len(texts) == 1 and len(columns) > 1:  # a table of figures: they share what the names leave
        text = min(max(least[texts[0]], left * 0.3), left)
        spare = (left - text) / (len(columns) - 1)
        return [text if at in texts else room + spare for at, room in enumerate(least)]
    widths, free = list(least), list(texts)
    while free:
        total = sum(columns[at].share for at in free)
        tight = [at for at in free if least[at] > left * columns[at].share / total + 0.01]
        if not tight or len(tight) == len(free):
            for at in free:
                widths[at] = left * columns[at].share / total
            break
        for at in tight:
            free.remove(at)
            left -= least[at]
    return widths


def _least_widths(
    typesetter: Typesetter, columns: Sequence[Column], entries: Sequence[float], width: float, dense: bool
) -> list[float]:
    """Room for each column's widest entry and its head.

    Where that is more than there is, heads of figures are broken between their words too.
    """
    least = [_with_head(typesetter, columns, entry, width, dense, at=at) for at, entry in enumerate(entries)]
    if sum(least) <= width:
        return least
    return [_with_head(typesetter, columns, entry, width, dense, at=at, broken=True) for at, entry in enumerate(entries)]


def _of_names(columns: Sequence[Column]) -> bool:
    """Whether it is a table of names beside nothing but figures."""
    return sum(not column.figures for column in columns) == 1


def _with_head(
    typesetter: Typesetter, columns: Sequence[Column], entry: float, width: float, dense: bool, *, at: int, broken: bool = False
) -> float:
    column, names = columns[at], _of_names(columns)
    edges = (PAD_X if at else 0) + (PAD_X if at < len(columns) - 1 else 0)
    if at and not column.figures and columns[at - 1].figures:
        edges += AFTER_FIGURES
    whole = (column.figures or names) and not broken
    head = column.head.split("\n") if whole else column.head.split()
    style = CELL_HEAD.dense() if dense else CELL_HEAD
    widest = max([entry, *(typesetter.fonts.width(part, style.face, style.size) for part in head)])
    most = width if column.figures else width * (FIRST_PART if names else column.longest)
    return min(widest, most) + edges + 0.5


type _Looks = Mapping[FactLook, Style]


def _widest_entries(
    typesetter: Typesetter, columns: Sequence[Column], rows: Sequence[Row], row_heads: bool, looks: _Looks
) -> list[float]:
    """The widest entry of figures, or of names beside nothing but figures; else the longest word."""
    return [_widest_entry(typesetter, columns, rows, row_heads, looks, at=at) for at in range(len(columns))]


def _widest_entry(
    typesetter: Typesetter, columns: Sequence[Column], rows: Sequence[Row], row_heads: bool, looks: _Looks, *, at: int
) -> float:
    fonts, whole = typesetter.fonts, columns[at].figures or _of_names(columns)
    widest = 0.0
    facts: dict[tuple[str, FactLook, float], None] = {}  # makers, places and dates repeat
    for row in rows:
        typesetter.pulse.beat()
        place = at if row.span == 1 else at - row.span + 1
        if place < 0 or (row.span > 1 and place == 0) or place >= len(row.cells):
            continue
        for fact in facts_of(row.cells[place], look_of(row, at, row_heads)):
            facts[plain(fact.text), fact.look, indent(fact)] = None
    for said, look, room in facts:
        style = looks[look]
        text = fonts.printable(said, style.face)
        for part in [text] if whole else text.split(" "):
            widest = max(widest, fonts.width(part, style.face, style.size) + room)
    return widest


def lay_row(
    typesetter: Typesetter,
    columns: Sequence[Column],
    widths: Sequence[float],
    row: Row,
    *,
    row_heads: bool,
    pad: float,
    page_height: float,
    head: bool = False,
    lowest: float = 0,
    dense: bool = False,
    most_lines: int = 0,
) -> LaidRow:
    """The row with its lines; `head` for the row of heads, `lowest` its least height, `pad` the room above and below text."""
    boxes: list[Box] = []
    at, x, tallest = 0, 0.0, 0.0
    for cell, span in zip(row.cells, row.spans(len(columns)), strict=True):
        column = columns[at]
        wide = sum(widths[at : at + span])
        left = PAD_X if at else 0.0
        if at and columns[at - 1].figures and not column.figures:
            left += AFTER_FIGURES
        room = wide - left - (PAD_X if at + span < len(columns) else 0)
        look = look_of(row, at, row_heads)
        facts: list[tuple[Fact, Style, Sequence[TextLine]]] = []
        height = 0.0
        stacked = facts_of(cell, "second" if cell == "0" and look == "normal" else look)
        for number, fact in enumerate(stacked, 1):
            style = CELL_HEAD if head else LOOKS[fact.look]
            if dense:
                style = CELL_HEAD.dense() if head else DENSE_LOOKS[fact.look]
            if most_lines:
                most = most_lines - sum(len(lines) for _, _, lines in facts) - (len(stacked) - number)
                lines = _cut(typesetter, fact, style, room, most)
            else:
                lines = _capped(typesetter, fact, style, room, page_height * TALLEST_PART - height)
            height += typesetter.height(lines)
            facts.append((fact, style, lines))
        boxes.append(Box(x + left, room, column.figures and span == 1, facts, span))
        tallest = max(tallest, height)
        x += wide
        at += span
    return LaidRow(
        row, boxes, max(0 if head or row.kind in ("total", "group") else lowest, tallest + 2 * pad - (1 if head else 0))
    )


def _cut(typesetter: Typesetter, fact: Fact, style: Style, room: float, most: int) -> Sequence[TextLine]:
    """So many lines of a fact at most; one that is cut ends in "…"."""
    lines = typesetter.lines(fact.text, style, room - indent(fact))
    if len(lines) <= most or most < 1:
        return lines[: max(0, most)]
    last = " ".join(span.text.rstrip() for line in lines[most - 1 : most + 1] for span in line.spans)
    while last and typesetter.fonts.width(f"{last}…", style.face, style.size) > room - indent(fact):
        last = last[:-1].rstrip()
    return [*lines[: most - 1], *typesetter.lines(f"{last}…", style, room - indent(fact))]


def _capped(typesetter: Typesetter, fact: Fact, style: Style, room: float, space: float) -> Sequence[TextLine]:
    """The lines of a fact, cut where the row would grow too high, with a line that says how many are missing."""
    lines = typesetter.lines(fact.text, style, room - indent(fact))
    most = max(1, int(space // style.leading))
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], *typesetter.lines(f"({len(lines) - most + 1} more lines)", style, room - indent(fact))[:1]]
