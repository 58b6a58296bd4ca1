"""Tables drawn and tagged by hand: horizontal rules only, rows never split, the head comes again on each page.

One anatomy for every table: facts may stack in a cell, figures are flush right, never wrapped; the first column heads its row.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

from camcensus.model.blocks import Row, Spacing, TableBlock, plain
from camcensus.report.pdf.ink import ACCENT, HAIRLINE, INK, NOTE, fill, rule
from camcensus.report.pdf.laid import TOGETHER, LaidBlock
from camcensus.report.pdf.symbols import symbol
from camcensus.report.pdf.table_layout import Box, LaidRow, column_widths, indent, lay_row
from camcensus.report.pdf.tags import SCOPE_COLUMN, SCOPE_ROW, Node, TaggedCanvas
from camcensus.report.pdf.text import TextLine, Typesetter, baseline, draw_furniture, draw_lines

PADS: dict[Spacing, float] = {"open": 5.0, "tight": 3.5, "writing": 3.0, "close": 2.0, "dense": 0.8}
"""Points above and below the text of a row."""
HEAD_PADS: dict[Spacing, float] = {"open": 5.0, "tight": 4.5, "writing": 4.0, "close": 3.0, "dense": 2.0}
NOTE_GAP = 4.0
WHOLE_PARTS: dict[Spacing, float] = {"open": 1 / 3, "tight": 1 / 3, "writing": 1 / 3, "close": 1 / 6, "dense": 1 / 6}
"""A table up to this part of a page is not parted."""
LOW_PART = 1 / 5
"""A row up to this part of a page does not go on alone."""
_HAIRLINE, _HEAVY, _END = (0.5, HAIRLINE), (0.9, INK), (0.5, INK)


class LaidTable(LaidBlock):
    """A table. `whole` goes to the next page sooner than that it is parted."""

    before, after = 2, 8

    def __init__(self, table: TableBlock) -> None:
        columns, rows = table.columns, table.rows
        self.columns, self.rows, self.like = columns, rows, table.like
        self.with_head, self.to_write, self.note, self.row_heads = table.head, table.to_write, table.note, table.row_heads
        self.pad, self.head_pad = PADS[table.spacing], HEAD_PADS[table.spacing]
        self.most_lines = table.lines
        self.dense = table.spacing == "dense"
        self.whole_part = 1 if table.whole else WHOLE_PARTS[table.spacing]
        # More heads than data in a tiny table sound like a broken one: its first column is bold, and data.
        heads = (len(columns) if table.head else 0) + len(rows)
        self.tag_row_heads = table.row_heads and heads <= sum(len(row.cells) - 1 for row in rows)
        self.node = Node("Table")
        self.steps = len(rows) * (2 + 3 * len(columns))
        self.continued = False
        self._shared: LaidRow | None = None
        self._note: Sequence[TextLine] = ()

    @property
    def things(self) -> int:
        return len(self.rows)

    # -- layout

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        self._typesetter, self._width, self._page = typesetter, width, page_height
        widths = column_widths(typesetter, self.columns, self.rows, width, self.row_heads, self.like, dense=self.dense)
        head = Row([column.head for column in self.columns])
        self._head = self._lay(widths, head, head=True) if self.with_head else LaidRow(head, [], 0)
        self._laid = [self._lay(widths, row) for row in self.rows]
        if self.note:
            self._note = typesetter.lines(self.note, NOTE, width)
        self.height = self._head.height + sum(laid.height for laid in self._laid) + self._note_height()

    def _lay(self, widths: Sequence[float], row: Row, *, head: bool = False) -> LaidRow:
        self._typesetter.pulse.beat()
        return lay_row(
            self._typesetter,
            self.columns,
            widths,
            row,
            row_heads=self.row_heads,
            pad=self.head_pad if head else self.pad,
            page_height=self._page,
            head=head,
            lowest=self.to_write,
            dense=self.dense,
            most_lines=self.most_lines,
        )

    def _top(self) -> float:
        """The height of what stands above the rows of a page: the head, and what the first rows share with the page before."""
        return self._head.height + (self._shared.height if self._shared else 0)

    def _note_height(self) -> float:
        return self._typesetter.height(self._note) + NOTE_GAP if self._note else 0

    # -- parting

    @property
    def least(self) -> float:
        if self.height <= self._page * self.whole_part and not self.continued:
            return self.height
        if self._leaves_one(self._first_rows()):
            return self.height
        first = self._laid[: self._first_rows()]
        return self._top() + sum(laid.height for laid in first)

    def _first_rows(self) -> int:
        two = sum(laid.height for laid in self._laid[:2])
        rows = 1 if self.continued or two > self._page * WHOLE_PARTS["open"] else 2
        while rows < len(self._laid) and self._laid[rows].row.kind == "total":
            rows += 1
        return min(rows, len(self._laid))

    def split(self, room: float) -> tuple[LaidBlock, LaidBlock] | None:
        used, fits = self._top(), 0
        for laid in self._laid:
            used += laid.height
            if used > room:
                break
            fits += 1
        if fits == len(self._laid):  # only the note does not fit: it takes the last row with it
            fits -= 1
        while fits > 0 and self._laid[fits].row.kind == "total":  # a total never is alone
            fits -= 1
        while fits > 0 and self._laid[fits - 1].row.kind == "group":  # nor is what the next rows share without one of them
            fits -= 1
        at_least = self._first_rows()
        if len(self._laid) - fits < TOGETHER and fits > at_least:  # nor is the last row, where the page before can spare one
            fits -= 1
        if fits < min(at_least, len(self._laid) - 1) or fits < 1:
            return None
        if self._leaves_one(fits):
            return None
        used = sum(laid.height for laid in self._laid[:fits])
        first, rest = copy.copy(self), copy.copy(self)
        first.rows, rest.rows = self.rows[:fits], self.rows[fits:]
        first._laid, rest._laid = self._laid[:fits], self._laid[fits:]
        first._note, first.after = (), 0
        rest.continued = True
        rest._shared = None
        if self.dense and rest._laid[0].row.kind != "group":
            groups = (laid for laid in reversed(first._laid) if laid.row.kind == "group")
            rest._shared = next(groups, self._shared)
        first.height, rest.height = self._top() + used, self.height - used - self._top() + rest._top()
        return first, rest

    def _leaves_one(self, fits: int) -> bool:
        """Whether parting after so many rows would leave a low row for the next page, though the table fits a page."""
        rest = self._laid[fits:]
        if len(rest) >= TOGETHER or self.continued or self.height > self._page:
            return False
        return sum(laid.height for laid in rest) <= self._page * LOW_PART

    # -- drawing

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.node.page is None:
            canvas.root.add(self.node, canvas.page)
        self._draw_rules(canvas, x, top)
        y = top
        if self.with_head:
            if self.continued:
                for box in self._head.boxes:
                    self._draw_repeated(canvas, box, x, y - self.head_pad)
            else:
                self._draw_row(canvas, self._head, x, y, head=True)
            y -= self._head.height
        if self._shared is not None:
            self._draw_repeated(canvas, self._shared.boxes[0], x, y - self.pad)
            y -= self._shared.height
        for laid in self._laid:
            if self.dense and laid.row.kind == "group":
                canvas.bookmark(self._typesetter.fonts.printable(plain(laid.boxes[0].facts[0][0].text), "bold"), 2, y)
            self._draw_row(canvas, laid, x, y, head=False)
            y -= laid.height
        if self._note:
            node = canvas.root.add(Node("P"), canvas.page)
            draw_lines(canvas, self._typesetter.fonts, self._note, node, x=x, top=y - NOTE_GAP)

    def _draw_rules(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """All that is not text, as one artifact: rules, the accent bar, symbols."""
        code = []
        rows = [*([self._head] if self.with_head else []), *([self._shared] if self._shared else []), *self._laid]
        y = top
        for number, laid in enumerate(rows):
            below = rows[number + 1] if number + 1 < len(rows) else None
            if laid.row.kind == "pick":
                code.append(f"{fill(ACCENT)} {x - 9:.2f} {y - laid.height + 4:.2f} 3 {laid.height - 8:.2f} re f")
            for box in laid.boxes:
                down = y - self._pad_of(laid)
                for fact, style, lines in box.facts:
                    if fact.mark:
                        code.append(symbol(fact.mark, x + box.x + 4.5, down - baseline(style) + style.size * 0.36))
                    down -= self._typesetter.height(lines)
            y -= laid.height
            heavy = (number == 0 and self.with_head) or (below is not None and below.row.kind == "total")
            width, colour = _HEAVY if heavy else _END if below is None or below.row.kind == "group" else _HAIRLINE
            code.append(rule(x, x + self._width, y, width, colour))
        with canvas.artifact():
            canvas.paint("\n".join(code))

    def _draw_row(self, canvas: TaggedCanvas, laid: LaidRow, x: float, top: float, *, head: bool) -> None:
        self._typesetter.pulse.beat()
        row = self.node.add(Node("TR"), canvas.page)
        for number, box in enumerate(laid.boxes):
            heads_row = number == 0 and self.tag_row_heads and len(laid.boxes) > 1
            cell = Node("TH" if head or heads_row else "TD", _attributes(head, heads_row, box.span))
            row.add(cell, canvas.page)
            y = top - self._pad_of(laid)
            stacked = sum(bool(lines) for _, _, lines in box.facts) > 1
            for fact, _, lines in box.facts:
                if not lines:
                    continue
                right = x + box.x + box.room if box.flush else None
                node = cell.add(Node("P"), canvas.page) if stacked else cell
                draw_lines(canvas, self._typesetter.fonts, lines, node, x=x + box.x + indent(fact), top=y, right=right)
                y -= self._typesetter.height(lines)

    def _pad_of(self, laid: LaidRow) -> float:
        return self.head_pad if laid is self._head else self.pad

    def _draw_repeated(self, canvas: TaggedCanvas, box: Box, x: float, top: float) -> None:
        right = x + box.x + box.room if box.flush else None
        for _, _, lines in box.facts:
            draw_furniture(canvas, self._typesetter.fonts, lines, x=x + box.x, top=top, right=right)


def _attributes(head: bool, heads_row: bool, span: int) -> bytes | None:
    if head:
        return SCOPE_COLUMN
    if span > 1:
        return b"<</O/Table/ColSpan %d/Scope/Row>>" % span if heads_row else b"<</O/Table/ColSpan %d>>" % span
    return SCOPE_ROW if heads_row else None
