"""Blocks on paper: each knows its height, where it may be parted, and its tag. Here headings, paragraphs and lists."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from camcensus.model.blocks import Bullets, Heading, Prose, plain
from camcensus.report.pdf.ink import ACCENT, BODY, H1, H2, H3, LOOKS, fill
from camcensus.report.pdf.symbols import symbol
from camcensus.report.pdf.tags import Node, TaggedCanvas
from camcensus.report.pdf.text import TextLine, Typesetter, baseline, draw_lines

KEPT_LINES = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""
BAR_INDENT = 14
LIST_INDENT = 18
LIST_GAP = 3
TOGETHER = 2
"""Bullets, or rows, that are on a page at least."""
_HEADINGS = ((H1, 0.0, 4.0), (H2, 20.0, 6.0), (H3, 12.0, 4.0))
"""The look of each level, and the points above and below it."""


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
        self.style = LOOKS[prose.look]
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
    """A heading with its entry in the outline; never the last thing on a page. `close` is the look of level 3 for any level."""

    def __init__(self, heading: Heading) -> None:
        style, before, after = _HEADINGS[2 if heading.close else heading.level - 1]
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


class LaidBullets(LaidBlock):
    """A list. Up to `WHOLE` items stay together, and one is never alone on a page."""

    WHOLE = 5
    after = 4

    def __init__(self, bullets: Bullets) -> None:
        self.items, self.boxes = bullets.items, bullets.boxes
        numbering = b"None" if self.boxes else b"Disc"
        self.node = Node("L", attributes=b"<</O/List/ListNumbering/" + numbering + b">>")
        self._laid: list[Sequence[TextLine]] = []

    @property
    def things(self) -> int:
        return len(self._laid)

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        self._typesetter, self._page = typesetter, page_height
        self._laid = [typesetter.lines(item, BODY, width - LIST_INDENT) for item in self.items]
        self._measure()

    def _measure(self) -> None:
        self.height = sum(self._typesetter.height(lines) + LIST_GAP for lines in self._laid)

    @property
    def least(self) -> float:
        if len(self._laid) <= self.WHOLE:
            return self.height
        return sum(self._typesetter.height(lines) + LIST_GAP for lines in self._laid[:2])

    def split(self, room: float) -> tuple[LaidBlock, LaidBlock] | None:
        fits, used = 0, 0.0
        for lines in self._laid:
            used += self._typesetter.height(lines) + LIST_GAP
            if used > room:
                break
            fits += 1
        together = TOGETHER if room < self._page - 1 or fits >= TOGETHER else 1  # two do not always fit a page
        fits = min(fits, len(self._laid) - together)
        if fits < together:
            return None
        first, rest = self._part(slice(0, fits)), self._part(slice(fits, None))
        return first, rest

    def _part(self, which: slice) -> LaidBullets:
        part = copy.copy(self)
        part._laid = self._laid[which]
        part._measure()
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.node.page is None:
            canvas.root.add(self.node, canvas.page)
        fonts = self._typesetter.fonts
        bullet = self._typesetter.lines("•", BODY, LIST_INDENT)
        for lines in self._laid:
            item = self.node.add(Node("LI"), canvas.page)
            if self.boxes:
                with canvas.artifact():
                    canvas.paint(symbol("box", x + 5.75, top - baseline(BODY) + 3.75))
            else:
                draw_lines(canvas, fonts, bullet, item.add(Node("Lbl"), canvas.page), x=x + 2, top=top)
            draw_lines(canvas, fonts, lines, item.add(Node("LBody"), canvas.page), x=x + LIST_INDENT, top=top)
            top -= self._typesetter.height(lines) + LIST_GAP
