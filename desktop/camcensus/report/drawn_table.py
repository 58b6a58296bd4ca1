"""Tables drawn and tagged by hand: horizontal rules only, rows never split, the head comes again on each page.

One anatomy for every table: facts may stack in a cell, figures are flush right, never wrapped; the first column heads its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from camcensus.report.blocks import Block
from camcensus.report.ink import ACCENT, CELL, CELL_HEAD, CELL_LISTED, CELL_SECOND, HAIRLINE, INK, NOTE, Style, fill, rule
from camcensus.report.symbols import Symbol, symbol
from camcensus.report.tags import SCOPE_COLUMN, SCOPE_ROW, Node, TaggedCanvas
from camcensus.report.text import Line, Text, Typesetter, baseline, draw_furniture, draw_lines

PAD_X, PAD_Y = 5.0, 5.0
AFTER_FIGURES = 9.0
"""Extra room between a column of figures and the text beside it."""
SYMBOL_INDENT = {"box": 18.0}
NOTE_GAP = 4.0
WHOLE_PART = 1 / 3
"""A table up to this part of a page is not parted."""
TALLEST_PART = 0.7
"""A row is cut at this part of a page and says so: it may not be parted, and raw text can be long."""

_LOOKS: dict[str, Style] = {
    "normal": CELL,
    "second": CELL_SECOND,
    "strong": CELL.strong(),
    "listed": CELL_LISTED,
    "mono": Style("mono", 9, 13),
}
_HAIRLINE, _HEAVY, _END = (0.5, HAIRLINE), (0.9, INK), (0.5, INK)


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the facts stacked in a cell: `look` is normal, second, strong, listed or mono; `mark` a shape before it."""

    text: Text
    look: str = "normal"
    mark: Symbol | None = None


Cell = str | Fact | Sequence[Fact]
RowKind = Literal["body", "total", "pick"]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row. "total": bold, a heavy rule above; "pick": with the accent bar. `span` widens the first cell."""

    cells: Sequence[Cell]
    kind: RowKind = "body"
    span: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of what figures leave over, and whether it holds figures."""

    head: str
    share: float = 1
    figures: bool = False


@dataclass(slots=True)
class _Box:
    """A laid cell: facts with their lines, at `x`, in `room` points; flush right for figures."""

    x: float
    room: float
    flush: bool
    facts: Sequence[tuple[Fact, Style, Sequence[Line]]]
    span: int = 1


@dataclass(slots=True)
class _Laid:
    row: Row
    boxes: list[_Box]
    height: float


class DrawnTable(Block):
    """A table. `head=False` for key and value. `lowest`: least height of a body row (room to write). `note` stays under it."""

    before, after = 2, 8

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        head: bool = True,
        lowest: float = 0,
        note: Text | None = None,
        row_heads: bool = True,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.with_head, self.lowest, self.note, self.row_heads = head, lowest, note, row_heads
        self.node = Node("Table")
        self.continued = False
        self._note: Sequence[Line] = ()

    # -- layout

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        self._typesetter, self._width, self._page = typesetter, width, page_height
        self._widths = self._fit(width)
        head = Row([column.head for column in self.columns])
        self._head = self._lay(head, CELL_HEAD) if self.with_head else _Laid(head, [], 0)
        self._laid = [self._lay(row, None) for row in self.rows]
        if self.note:
            self._note = typesetter.lines(self.note, NOTE, width)
        self._measure()

    def _measure(self) -> None:
        note = self._typesetter.height(self._note) + NOTE_GAP if self._note else 0
        self.height = self._head.height + sum(laid.height for laid in self._laid) + note

    def _fit(self, width: float) -> list[float]:
        """Figures get their widest entry; text columns share the rest, but each at least its longest word where that can be."""
        least = [self._least_width(at) for at in range(len(self.columns))]
        texts = [at for at, column in enumerate(self.columns) if not column.figures]
        left = width - sum(least[at] for at, column in enumerate(self.columns) if column.figures)
        widths = list(least)
        if len(texts) == 1:
            text = min(max(least[texts[0]] + 24, left * 0.3), left)
            spare = (left - text) / max(1, len(self.columns) - 1)
            return [text if at in texts else room + spare for at, room in enumerate(least)]
        free, shares = list(texts), left
        while free:
            total = sum(self.columns[at].share for at in free)
            tight = [at for at in free if least[at] > shares * self.columns[at].share / total + 0.01]
            if not tight or len(tight) == len(free):
                for at in free:
                    widths[at] = shares * self.columns[at].share / total
                break
            for at in tight:
                free.remove(at)
                shares -= least[at]
        return widths

    def _least_width(self, at: int) -> float:
        """The widest entry of figures; of a text column its longest word, up to a quarter of the table."""
        fonts, column = self._typesetter.fonts, self.columns[at]
        edges = (PAD_X if at else 0) + (PAD_X if at < len(self.columns) - 1 else 0)
        if at and not column.figures and self.columns[at - 1].figures:
            edges += AFTER_FIGURES
        widest = max(fonts.width(part, CELL_HEAD.face, CELL_HEAD.size) for part in (column.head.split() or [""]))
        for row in self.rows:
            place = at if row.span == 1 else at - row.span + 1
            if place < 0 or (row.span > 1 and place == 0) or place >= len(row.cells):
                continue
            for fact in _facts(row.cells[place], self._look(row, at)):
                style = _LOOKS[fact.look]
                text = fonts.printable("".join(_strings(fact.text)), style.face)
                indent = _indent(fact)
                for part in [text] if column.figures else text.split():
                    widest = max(widest, fonts.width(part, style.face, style.size) + indent)
        return (widest if column.figures else min(widest, self._width / 4)) + edges + 0.5

    def _look(self, row: Row, at: int) -> str:
        return "strong" if row.kind == "total" or (at == 0 and self.row_heads) else "normal"

    def _lay(self, row: Row, style: Style | None) -> _Laid:
        boxes: list[_Box] = []
        at, x, tallest = 0, 0.0, 0.0
        for number, cell in enumerate(row.cells):
            span = row.span if number == 0 else 1
            column = self.columns[at]
            wide = sum(self._widths[at : at + span])
            left = PAD_X if at else 0.0
            if at and self.columns[at - 1].figures and not column.figures:
                left += AFTER_FIGURES
            room = wide - left - (PAD_X if at + span < len(self.columns) else 0)
            look = self._look(row, at)
            facts = []
            height = 0.0
            for fact in _facts(cell, "second" if cell == "0" and look == "normal" else look):
                letters = style or _LOOKS[fact.look]
                whole = self._typesetter.lines(fact.text, letters, room - _indent(fact))
                lines = self._capped(whole, letters, room - _indent(fact), height)
                height += self._typesetter.height(lines)
                facts.append((fact, letters, lines))
            boxes.append(_Box(x + left, room, column.figures and span == 1, facts, span))
            tallest = max(tallest, height)
            x += wide
            at += span
        lowest = self.lowest if style is None and row.kind != "total" else 0
        return _Laid(row, boxes, max(lowest, tallest + 2 * PAD_Y - (1 if style else 0)))

    def _capped(self, lines: Sequence[Line], style: Style, room: float, used: float) -> Sequence[Line]:
        """The lines, cut where the row would grow higher than a page allows, with a line that says how many are missing."""
        most = max(1, int((self._page * TALLEST_PART - used) // style.leading))
        if len(lines) <= most:
            return lines
        return [*lines[: most - 1], *self._typesetter.lines(f"({len(lines) - most + 1} more lines)", style, room)]

    # -- parting

    @property
    def least(self) -> float:
        if self.height <= self._page * WHOLE_PART and not self.continued:
            return self.height
        first = self._laid[: self._first_rows()]
        return self._head.height + sum(laid.height for laid in first)

    def _first_rows(self) -> int:
        rows = 1 if self.continued else 2
        while rows < len(self._laid) and self._laid[rows].row.kind == "total":
            rows += 1
        return min(rows, len(self._laid))

    def split(self, room: float) -> tuple[Block, Block] | None:
        used, fits = self._head.height, 0
        for laid in self._laid:
            used += laid.height
            if used > room:
                break
            fits += 1
        if fits == len(self._laid):  # only the note does not fit: it takes the last row with it
            fits -= 1
        while fits > 0 and self._laid[fits].row.kind == "total":  # a total never stands alone
            fits -= 1
        if fits < min(1 if self.continued else 2, len(self._laid) - 1) or fits < 1:
            return None
        return self._part(0, fits), self._part(fits, len(self._laid))

    def _part(self, start: int, stop: int) -> DrawnTable:
        last = stop == len(self._laid)
        part = DrawnTable(
            self.columns, self.rows[start:stop], head=self.with_head, lowest=self.lowest, row_heads=self.row_heads
        )
        part.node, part._typesetter, part._width, part._page = self.node, self._typesetter, self._width, self._page
        part._widths, part._head, part._laid = self._widths, self._head, self._laid[start:stop]
        part.continued = self.continued or start > 0
        part._note = self._note if last else ()
        part.after = self.after if last else 0
        part._measure()
        return part

    # -- drawing

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.node.page is None:
            canvas.root.add(self.node, canvas.page)
        self._draw_rules(canvas, x, top)
        y = top
        if self.with_head:
            if self.continued:
                for box in self._head.boxes:
                    self._draw_repeated(canvas, box, x, y - PAD_Y)
            else:
                self._draw_row(canvas, self._head, x, y, head=True)
            y -= self._head.height
        for laid in self._laid:
            self._draw_row(canvas, laid, x, y, head=False)
            y -= laid.height
        if self._note:
            node = canvas.root.add(Node("P"), canvas.page)
            draw_lines(canvas, self._typesetter.fonts, self._note, node, x=x, top=y - NOTE_GAP)

    def _draw_rules(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """All that is not text, as one artifact: rules, the accent bar, symbols."""
        code = []
        rows = ([self._head] if self.with_head else []) + self._laid
        y = top
        for number, laid in enumerate(rows):
            below = rows[number + 1] if number + 1 < len(rows) else None
            if laid.row.kind == "pick":
                code.append(f"{fill(ACCENT)} {x - 9:.2f} {y - laid.height + 4:.2f} 3 {laid.height - 8:.2f} re f")
            for box in laid.boxes:
                down = y - PAD_Y
                for fact, style, lines in box.facts:
                    if fact.mark:
                        code.append(symbol(fact.mark, x + box.x + 4.5, down - baseline(style) + style.size * 0.36))
                    down -= self._typesetter.height(lines)
            y -= laid.height
            heavy = (number == 0 and self.with_head) or (below is not None and below.row.kind == "total")
            width, colour = _HEAVY if heavy else _END if below is None else _HAIRLINE
            code.append(rule(x, x + self._width, y, width, colour))
        with canvas.artifact():
            canvas.paint("\n".join(code))

    def _draw_row(self, canvas: TaggedCanvas, laid: _Laid, x: float, top: float, *, head: bool) -> None:
        row = self.node.add(Node("TR"), canvas.page)
        for number, box in enumerate(laid.boxes):
            heads_row = number == 0 and self.row_heads
            cell = Node("TH" if head or heads_row else "TD", _attributes(head, heads_row, box.span))
            row.add(cell, canvas.page)
            y = top - PAD_Y
            stacked = sum(bool(lines) for _, _, lines in box.facts) > 1
            for fact, _, lines in box.facts:
                if not lines:
                    continue
                right = x + box.x + box.room if box.flush else None
                node = cell.add(Node("P"), canvas.page) if stacked else cell
                draw_lines(canvas, self._typesetter.fonts, lines, node, x=x + box.x + _indent(fact), top=y, right=right)
                y -= self._typesetter.height(lines)

    def _draw_repeated(self, canvas: TaggedCanvas, box: _Box, x: float, top: float) -> None:
        right = x + box.x + box.room if box.flush else None
        for _, _, lines in box.facts:
            draw_furniture(canvas, self._typesetter.fonts, lines, x=x + box.x, top=top, right=right)


def _attributes(head: bool, heads_row: bool, span: int) -> bytes | None:
    if head:
        return SCOPE_COLUMN
    if span > 1:
        return b"<</O/Table/ColSpan %d/Scope/Row>>" % span if heads_row else b"<</O/Table/ColSpan %d>>" % span
    return SCOPE_ROW if heads_row else None


def _facts(cell: Cell, look: str) -> list[Fact]:
    if isinstance(cell, str):
        return [Fact(cell, look)]
    return [cell] if isinstance(cell, Fact) else list(cell)


def _strings(text: Text) -> list[str]:
    return [text] if isinstance(text, str) else [piece if isinstance(piece, str) else piece.text for piece in text]


def _indent(fact: Fact) -> float:
    return SYMBOL_INDENT.get(fact.mark, 13.0) if fact.mark else 0.0
