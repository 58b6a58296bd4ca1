"""A sheet of labels to stick on: ref and QR code, three by eight on A4, with a page before it that says where each one goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from camcensus.model.words import clean, count
from camcensus.report.blocks import Block, Heading, Prose
from camcensus.report.drawn_table import TIGHT, DrawnTable
from camcensus.report.fonts import Fonts
from camcensus.report.ink import INK, SECOND, Style
from camcensus.report.paper import MM
from camcensus.report.pulse import Progress
from camcensus.report.qr import modules, painted
from camcensus.report.sheet import Occasion
from camcensus.report.table_layout import Column, Row
from camcensus.report.tags import Node, TaggedCanvas
from camcensus.report.text import Typesetter, draw_lines

ACROSS, DOWN = 3, 8
WIDE_MM, HIGH_MM = 63.5, 33.9
LEFT_MM, TOP_MM, BETWEEN_MM = 7.2, 12.9, 2.5
"""Sheets with 24 labels of 63.5 by 33.9 mm, as many makers sell them."""
QR_MM = 27.0
HANDLING = "For internal use: it shows where cameras are"
_REF = Style("bold", 17, 21, INK)
_NAME = Style("regular", 8, 10, SECOND)
_LEAD = (
    "Print the pages after this list on A4 sheets with 24 labels of 63.5 × 33.9 mm, at 100% (no “fit to page”). Stick each "
    "label where a person standing below can read it, and never over the maker’s own label. The code holds the ref and the "
    "number of the record, and nothing about the network."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One label. `where` and `what` are for the list of labels, not for the label."""

    ref: str
    what: str
    where: str


def draw_labels(
    occasion: Occasion, labels: Sequence[Label], *, fonts: Path, progress: Progress | None = None
) -> tuple[bytes, int]:
    """The list and the sheets as the bytes of a PDF, and its number of pages. Raises StoreError when a font is missing."""
    paper = occasion.paper("Label sheet", handling=HANDLING, foot=count(len(labels), "label"))
    return paper.build([*_blocks(occasion, labels, paper.height)], Typesetter(Fonts(fonts)), progress)


def _blocks(occasion: Occasion, labels: Sequence[Label], height: float) -> Iterator[Block]:
    yield Heading("Labels", 1)
    yield Prose(_LEAD)
    if not labels:
        yield Prose("There is nothing to label yet: no camera and no recorder is in the record.")
        return
    yield Heading("Where each label goes", 2)
    yield DrawnTable(
        [Column("Ref", 0.6), Column("What it is", 1.5), Column("Location", 1.8)],
        [Row([clean(one.ref, 24), clean(one.what, 100), clean(one.where, 120) or "No location yet"]) for one in labels],
        pad=TIGHT,
    )
    per_page = ACROSS * DOWN
    for start in range(0, len(labels), per_page):
        yield LabelPage(occasion, labels[start : start + per_page], height)


class LabelPage(Block):
    """A sheet of labels at its exact places, head and foot outside them."""

    new_page = at_edge = True

    def __init__(self, occasion: Occasion, labels: Sequence[Label], height: float) -> None:
        self.labels, self.height, self.steps = labels, height, 6 * len(labels)
        self._organisation, self._record = occasion.organisation, occasion.record

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        del width, page_height
        self._typesetter = typesetter

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        del x, top
        sheet = canvas.root.add(Node("L", attributes=b"<</O/List/ListNumbering/None>>"), canvas.page)
        for number, label in enumerate(self.labels):
            row, column = divmod(number, ACROSS)
            left = (LEFT_MM + column * (WIDE_MM + BETWEEN_MM)) * MM
            self._typesetter.pulse.beat()
            item = sheet.add(Node("LI"), canvas.page)
            self._label(canvas, item.add(Node("LBody"), canvas.page), label, left, (297 - TOP_MM - row * HIGH_MM) * MM)

    def _label(self, canvas: TaggedCanvas, item: Node, label: Label, left: float, top: float) -> None:
        size, ref = QR_MM * MM, clean(label.ref, 24)
        down = top - (HIGH_MM - QR_MM) / 2 * MM
        box = f"{left:.1f} {down - size:.1f} {left + size:.1f} {down:.1f}"
        figure = Node("Figure", f"<</O/Layout/Placement/Block/BBox[{box}]>>".encode(), alt=f"QR code of {ref}.")
        item.add(figure, canvas.page)
        with canvas.content(figure):
            canvas.paint(painted(modules(" ".join(part for part in (ref, self._record) if part)), left, down, size))
        room = (WIDE_MM - QR_MM - 3) * MM
        at = top - 7 * MM
        for text, style, most in ((ref, _REF, 2), (self._organisation, _NAME, 3), (f"Record {self._record}", _NAME, 1)):
            lines = self._typesetter.lines(text, style, room)[:most]
            draw_lines(canvas, self._typesetter.fonts, lines, item.add(Node("P"), canvas.page), x=left + size + 2, top=at)
            at -= self._typesetter.height(lines) + 2
