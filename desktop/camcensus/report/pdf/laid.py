"""Blocks on paper: each knows its height, where it may be parted, and its tag. Here headings, paragraphs and lists."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from camcensus.model.blocks import Bullets, Heading, Prose, plain
from camcensus.report.pdf.ink import ACCENT, BODY, CELL, H1, H2, H3, LOOKS, Style, fill
from camcensus.report.pdf.symbols import symbol
from camcensus.report.pdf.tags import Node, TaggedCanvas
from camcensus.report.pdf.text import TextLine, Typesetter, baseline, draw_lines

KEPT_LINES = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""
BAR_INDENT = 14
LIST_INDENT = 18
LIST_GAP, CLOSE_GAP = 3.0, 1.5
TOGETHER = 2
"""Bullets, or rows, that are on a page at least."""
WHOLE_LIST = 1 / 4
"""A list up to this part of a page is not parted."""
_HEADINGS = ((H1, 0.0, 4.0), (H2, 20.0, 6.0), (H3, 12.0, 4.0))
"""The look of each level, and the points above and below it."""
_CLOSE = (H3, 8.0, 3.0)


class LaidBlock:
    """A block on paper. `set` lays it out; after that `height` and `least` (of a first part on a page) are known."""

    before: float = 0
    after: float = 0
    keeps_next: bool = False
    new_page: bool = False
    at_edge: bool = False
    """It fills its page to the margins of a label sheet: head and foot stand outside them."""
    steps: int = 30
    """About how many beats it takes to lay out, to draw and to write it."""
    height: float = 0
    followed: bool = False
    """Whether another block comes after it before a new page has to begin."""

    @property
    def things(self) -> int:
        """How many things a reader sees in it: rows, bullets, paragraphs. A heading is none."""
        return 1

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        """Lays the block out in a column `width` points wide, on pages with room for `page_height`."""
        raise NotImplementedError

    @property
    def least(self) -> float:
        """The height that must be free for the block to begin on a page."""
        return self.height

    def split(self, room: float) -> tuple[LaidBlock, LaidBlock] | None:
        """A first part at most `room` high and the rest; None where it may not be parted so."""
        del room
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draws the block downwards from `top`."""
        raise NotImplementedError


class LaidProse(LaidBlock):
    """A paragraph or heading. Parted over two pages it stays one element."""

    def __init__(self, prose: Prose) -> None:
        self.text, self.key, self.bar = prose.text, prose.key, prose.bar
        self.before, self.after, self.keeps_next = prose.before, prose.after, prose.keeps_next
        self.style = CELL if prose.close and prose.look == "body" else LOOKS[prose.look]
        self.node = Node("P")
        self._lines: Sequence[TextLine] = ()

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        del page_height
        self._typesetter = typesetter
        self._lines = typesetter.lines(self.text, self.style, width - (BAR_INDENT if self.bar else 0))
        self.height = typesetter.height(self._lines)

    @property
    def least(self) -> float:
        if self.bar or len(self._lines) < 2 * KEPT_LINES:
            return self.height
        return KEPT_LINES * self.style.leading

    def split(self, room: float) -> tuple[LaidBlock, LaidBlock] | None:
        fits = min(int(room // self.style.leading), len(self._lines) - KEPT_LINES)
        if self.bar or self.keeps_next or fits < KEPT_LINES:
            return None
        return self._part(self._lines[:fits], 0), self._part(self._lines[fits:], self.after)

    def _part(self, lines: Sequence[TextLine], after: float) -> LaidProse:
        part = copy.copy(self)
        part.before, part.after = 0, after
        part._lines, part.height = lines, self._typesetter.height(lines)
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if not self._lines:
            return
        if self.bar:
            with canvas.artifact():
                canvas.paint(f"{fill(ACCENT)} {x:.2f} {top - self.height + 1:.2f} 3 {self.height - 2:.2f} re f")
            x += BAR_INDENT
        if self.node.page is None:
            canvas.root.add(self.node, canvas.page)
            if self.key:
                canvas.bookmarkHorizontalAbsolute(self.key.removeprefix("#"), top)
        draw_lines(canvas, self._typesetter.fonts, self._lines, self.node, x=x, top=top)


class LaidHeading(LaidProse):
    """A heading with its entry in the outline; never the last thing on a page. `close` is about the look of level 3 for any."""

    def __init__(self, heading: Heading) -> None:
        style, before, after = _CLOSE if heading.close else _HEADINGS[heading.level - 1]
        super().__init__(Prose(heading.text, before=before, after=after, keeps_next=True))
        self.style = style
        self.node = Node(f"H{heading.level}")
        self.level, self.new_page = heading.level, heading.new_page

    @property
    def things(self) -> int:
        return 0

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        canvas.bookmark(self._typesetter.fonts.printable(plain(self.text), self.style.face), self.level - 1, top)
        super().draw(canvas, x, top)


@dataclass(slots=True)
class _Item:
    """An item of a list, or what a page has of it; `body` is one element on both pages."""

    lines: Sequence[TextLine]
    body: Node
    begins: bool = True

    def parted(self, lines: int) -> tuple[_Item, _Item]:
        return _Item(self.lines[:lines], self.body, self.begins), _Item(self.lines[lines:], self.body, begins=False)


class LaidBullets(LaidBlock):
    """A list. One that is low stays together; no item is alone on a page, and only a long one is parted."""

    after = 4

    def __init__(self, bullets: Bullets) -> None:
        self.items, self.boxes = bullets.items, bullets.boxes
        self.style: Style = CELL if bullets.close else BODY
        self.gap = CLOSE_GAP if bullets.close else LIST_GAP
        numbering = b"None" if self.boxes else b"Disc"
        self.node = Node("L", attributes=b"<</O/List/ListNumbering/" + numbering + b">>")
        self._laid: list[_Item] = []

    @property
    def things(self) -> int:
        return sum(item.begins for item in self._laid)

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        self._typesetter, self._page = typesetter, page_height
        self._laid = [_Item(typesetter.lines(item, self.style, width - LIST_INDENT), Node("LBody")) for item in self.items]
        self._measure()

    def _measure(self) -> None:
        self.height = sum(map(self._high, self._laid))

    def _high(self, item: _Item) -> float:
        return self._typesetter.height(item.lines) + self.gap

    @property
    def least(self) -> float:
        if self._laid and len(self._laid[0].lines) >= 2 * KEPT_LINES:
            return KEPT_LINES * self.style.leading + self.gap
        if self.height <= self._page * WHOLE_LIST:
            return self.height
        return sum(map(self._high, self._laid[:TOGETHER]))

    def split(self, room: float) -> tuple[LaidBlock, LaidBlock] | None:
        cuts = [*self._cuts(room)]
        good = (cut for cut in cuts if self._may_be_cut(*cut))
        anyhow = cuts[0] if cuts and room > self._page - 1 else None
        if (cut := next(good, anyhow)) is None:
            return None
        items, lines = cut
        if not lines:
            return self._part(self._laid[:items]), self._part(self._laid[items:])
        begun, rest = self._laid[items].parted(lines)
        return self._part([*self._laid[:items], begun]), self._part([rest, *self._laid[items + 1 :]])

    def _cuts(self, room: float) -> Iterator[tuple[int, int]]:
        """Where it may be parted, the latest first: after so many items, and so many lines of the next."""
        fits, used = 0, 0.0
        while fits < len(self._laid) and used + self._high(self._laid[fits]) <= room:
            used += self._high(self._laid[fits])
            fits += 1
        for items in range(min(fits, len(self._laid) - 1), -1, -1):
            lines = len(self._laid[items].lines)
            most = int((room - used - self.gap) // self.style.leading) if items == fits else lines
            for kept in range(min(most, lines - KEPT_LINES), KEPT_LINES - 1, -1):
                yield items, kept
            if items:
                yield items, 0

    def _may_be_cut(self, items: int, lines: int) -> bool:
        rest = sum(map(self._high, self._laid[items:])) - lines * self.style.leading
        whole = len(self._laid) - items - bool(lines)
        goes_on = whole >= TOGETHER or rest > self._page * WHOLE_LIST or (lines > 0 and self.followed)
        return goes_on and (items >= TOGETHER or lines > 0)

    def _part(self, items: list[_Item]) -> LaidBullets:
        part = copy.copy(self)
        part._laid = items
        part._measure()
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.node.page is None:
            canvas.root.add(self.node, canvas.page)
        fonts = self._typesetter.fonts
        bullet = self._typesetter.lines("•", self.style, LIST_INDENT)
        for laid in self._laid:
            if laid.begins:
                item = self.node.add(Node("LI"), canvas.page)
                if self.boxes:
                    with canvas.artifact():
                        canvas.paint(symbol("box", x + 5.75, top - baseline(self.style) + 3.75))
                else:
                    draw_lines(canvas, fonts, bullet, item.add(Node("Lbl"), canvas.page), x=x + 2, top=top)
                item.add(laid.body, canvas.page)
            draw_lines(canvas, fonts, laid.lines, laid.body, x=x + LIST_INDENT, top=top)
            top -= self._high(laid)
