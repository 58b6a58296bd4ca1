"""A4 pages with head and foot, and the stack of blocks dealt onto them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from camcensus.model import frozen
from camcensus.model.blocks import (
    Block,
    Bullets,
    Heading,
    LabelPage,
    OnePage,
    PinnedPlan,
    Prose,
    ReportDocument,
    TableBlock,
)
from camcensus.report.pdf.dealing import Page, deal, fit_a_page
from camcensus.report.pdf.floor import LaidPlan
from camcensus.report.pdf.fonts import Fonts
from camcensus.report.pdf.ink import FURNITURE, HAIRLINE, INK, MM, RUNNING, Style, rule
from camcensus.report.pdf.labels import LaidLabels
from camcensus.report.pdf.laid import LaidBlock, LaidBullets, LaidHeading, LaidProse
from camcensus.report.pdf.numbered import names_pages, numbered
from camcensus.report.pdf.pulse import Progress, Pulse
from camcensus.report.pdf.table import LaidTable
from camcensus.report.pdf.tags import Node, TaggedCanvas
from camcensus.report.pdf.text import TextLine, Typesetter, draw_furniture, draw_lines

A4 = (210 * MM, 297 * MM)
HEAD_RULE_MM, FOOT_RULE_MM = 16, 17
TOP_MM, BOTTOM_MM = 24, 23
EDGE_MM = 4.5
"""How close to the edge of the sheet the head and the foot stand where the page is full: printers leave as much out."""
FURNITURE_GAP = 16
"""Points between what is left and right in the head and the foot."""


_LAID: dict[type, Callable[[Any], LaidBlock]] = {
    Heading: LaidHeading,
    Prose: LaidProse,
    Bullets: LaidBullets,
    TableBlock: LaidTable,
    PinnedPlan: LaidPlan,
    LabelPage: LaidLabels,
}


def draw(document: ReportDocument, fonts: Path, progress: Progress | None = None) -> tuple[bytes, int]:
    """A report as the bytes of a tagged PDF, and its number of pages. The same report gives the same bytes.

    Raises StoreError when a font is missing, and what `progress` raises.
    """
    return Paper(document).build(Typesetter(Fonts(fonts)), progress)


def settled(document: ReportDocument, fonts: Path) -> ReportDocument:
    """The report with the words that it has on paper: of several ways to say the same, the one that fits a page.

    Raises StoreError when a font is missing.
    """
    if not any(isinstance(block, OnePage) for block in document.blocks):
        return document
    paper, typesetter = Paper(document), Typesetter(Fonts(fonts))
    return replace(document, blocks=[one for block in document.blocks for one in paper.way(block, typesetter)])


@frozen
class Paper:
    """The pages of one report."""

    document: ReportDocument

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet in points."""
        return (A4[1], A4[0]) if self.document.landscape else A4

    @property
    def side(self) -> float:
        """The margin left and right in points."""
        return (15 if self.document.landscape else 20) * MM

    @property
    def width(self) -> float:
        """The width of the column in points."""
        return self.size[0] - 2 * self.side

    @property
    def height(self) -> float:
        """The height of the column in points."""
        return self.size[1] - (TOP_MM + BOTTOM_MM) * MM

    def lay(self, block: Block) -> LaidBlock:
        """The block as it is laid out on these pages, not yet set."""
        return _LAID[type(block)](block)

    def way(self, block: Block, typesetter: Typesetter) -> Sequence[Block]:
        """The block itself; of several ways to say the same the first that fits one page, else the last."""
        if not isinstance(block, OnePage):
            return [block]
        tried = (block.follows or block).ways
        return block.ways[next((at for at, way in enumerate(tried) if self.fits(way, typesetter)), -1)]

    def fits(self, way: Sequence[Block], typesetter: Typesetter) -> bool:
        """Whether these blocks are no more than a page."""
        laid = [self.lay(numbered(one)) for one in way]
        for one in laid:
            one.set(typesetter, self.width, self.height)
        return fit_a_page(laid, self.height)

    def dealt(self, typesetter: Typesetter) -> list[Page]:
        """All blocks on their pages. Those that name pages are laid out anew when the numbers are known."""
        said = [one for block in self.document.blocks for one in self.way(block, typesetter)]
        laid = [self.lay(numbered(one) if names_pages(one) else one) for one in said]
        typesetter.pulse.begin(sum(block.steps for block in laid))
        for block in laid:
            block.set(typesetter, self.width, self.height)
        pages = deal(laid, self.height)
        pointing = [at for at, one in enumerate(said) if names_pages(one)]
        if not pointing:
            return pages
        page_of = {id(block): number for number, page in enumerate(pages, 1) for block, _ in page}
        headings = [(one.text, page_of[id(block)]) for one, block in zip(said, laid, strict=True) if isinstance(one, Heading)]
        for at in pointing:
            laid[at] = self.lay(numbered(said[at], dict(reversed(headings))))
            laid[at].set(typesetter, self.width, self.height)
        return deal(laid, self.height)

    def build(self, typesetter: Typesetter, progress: Progress | None = None) -> tuple[bytes, int]:
        """The file and its number of pages; a typesetter builds one file. Raises StoreError when a font is missing.

        `progress` is called several times a second with what is done and of how much; what it raises ends the drawing.
        """
        pulse = typesetter.pulse = Pulse(progress)
        pages = self.dealt(typesetter)
        canvas = TaggedCanvas(
            self.size,
            title=self.document.title,
            author=self.document.organisation,
            subject=self.document.kind,
            made_at=self.document.made_at,
            pulse=pulse,
        )
        for number, page in enumerate(pages, 1):
            self._furniture(canvas, typesetter, number, len(pages), at_edge=any(block.at_edge for block, _ in page))
            for block, y in page:
                block.draw(canvas, self.side, self.size[1] - TOP_MM * MM - y)
            canvas.end_page()
        content = canvas.finish()
        pulse.end()
        return content, len(pages)

    def _furniture(
        self, canvas: TaggedCanvas, typesetter: Typesetter, number: int, total: int, *, at_edge: bool = False
    ) -> None:
        """Head and foot. On page 1 what the lines say is content, heard once; later it is furniture."""
        left, right = self.side, self.size[0] - self.side
        head, foot = self.size[1] - HEAD_RULE_MM * MM, FOOT_RULE_MM * MM
        if at_edge:
            head, foot = self.size[1] - EDGE_MM * MM - 15, EDGE_MM * MM + 24.5
        else:
            with canvas.artifact(repeated=True):
                canvas.paint(rule(left, right, head, 0.5, HAIRLINE))
                canvas.paint(rule(left, right, foot, 0.5, HAIRLINE))
        fonts, width = typesetter.fonts, right - left
        strong = Style("bold", RUNNING.size, RUNNING.leading, INK)
        kind = _one_line(typesetter, self.document.kind, FURNITURE, width / 2)
        count = typesetter.lines(f"Page {number} of {total}", Style("bold", 8, 10, INK), width)
        handling = _one_line(typesetter, self.document.handling, RUNNING, width * 0.6)
        for lines, top, flush in (
            (
                _one_line(typesetter, self.document.organisation, strong, width - handling[0].width - FURNITURE_GAP),
                head + 15,
                False,
            ),
            (handling, head + 15, True),
            (_one_line(typesetter, self.document.foot[0], FURNITURE, width - kind[0].width - FURNITURE_GAP), foot - 4, False),
            (
                _one_line(typesetter, self.document.foot[1], FURNITURE, width - count[0].width - FURNITURE_GAP),
                foot - 14.5,
                False,
            ),
        ):
            if number == 1 and lines:
                node = canvas.root.add(Node("P"), 1)
                draw_lines(canvas, fonts, lines, node, x=left, top=top, right=right if flush else None)
            else:
                draw_furniture(canvas, fonts, lines, x=left, top=top, right=right if flush else None)
        draw_furniture(canvas, fonts, kind, x=left, top=foot - 4, right=right)
        draw_furniture(canvas, fonts, count, x=left, top=foot - 14.5, right=right)


def _one_line(typesetter: Typesetter, text: str, style: Style, room: float) -> Sequence[TextLine]:
    """The first line of the text, with "…" where it is cut."""
    lines = typesetter.lines(text, style, room)
    if len(lines) < 2:
        return lines
    cut = "".join(span.text for span in typesetter.lines(text, style, room - 10)[0].spans).rstrip()
    return typesetter.lines(cut + "…", style, room)
