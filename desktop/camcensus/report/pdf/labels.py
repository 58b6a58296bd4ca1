"""A sheet of labels on paper, three by eight, each at its exact place."""

from __future__ import annotations

from camcensus.model.blocks import LabelPage, StickyLabel
from camcensus.report.pdf.ink import INK, MM, SECOND, Style
from camcensus.report.pdf.laid import LaidBlock
from camcensus.report.pdf.qr import modules, painted
from camcensus.report.pdf.tags import Node, TaggedCanvas
from camcensus.report.pdf.text import Typesetter, draw_lines

ACROSS = 3
WIDE_MM, HIGH_MM = 63.5, 33.9
LEFT_MM, TOP_MM, BETWEEN_MM = 7.2, 12.9, 2.5
QR_MM = 27.0
_REF = Style("bold", 17, 21, INK)
_NAME = Style("regular", 8, 10, SECOND)
_LINES = (2, 3, 1)
"""Lines of the ref, of the organisation and of the record that a label has room for."""


class LaidLabels(LaidBlock):
    """The head and the foot of the page are outside the labels."""

    new_page = at_edge = True

    def __init__(self, page: LabelPage) -> None:
        self.labels, self.steps = page.labels, 6 * len(page.labels)

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        del width
        self._typesetter, self.height = typesetter, page_height

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        del x, top
        sheet = canvas.root.add(Node("L", attributes=b"<</O/List/ListNumbering/None>>"), canvas.page)
        for number, label in enumerate(self.labels):
            row, column = divmod(number, ACROSS)
            left = (LEFT_MM + column * (WIDE_MM + BETWEEN_MM)) * MM
            self._typesetter.pulse.beat()
            item = sheet.add(Node("LI"), canvas.page)
            self._label(canvas, item.add(Node("LBody"), canvas.page), label, left, (297 - TOP_MM - row * HIGH_MM) * MM)

    def _label(self, canvas: TaggedCanvas, item: Node, label: StickyLabel, left: float, top: float) -> None:
        size, ref = QR_MM * MM, label.ref
        down = top - (HIGH_MM - QR_MM) / 2 * MM
        box = f"{left:.1f} {down - size:.1f} {left + size:.1f} {down:.1f}"
        figure = Node("Figure", f"<</O/Layout/Placement/Block/BBox[{box}]>>".encode(), alt=f"QR code of {ref}.")
        item.add(figure, canvas.page)
        with canvas.content(figure):
            canvas.paint(painted(modules(label.code), left, down, size))
        room = (WIDE_MM - QR_MM - 3) * MM
        at = top - 7 * MM
        for number, (text, most) in enumerate(zip((ref, *label.under), _LINES, strict=True)):
            lines = self._typesetter.lines(text, _NAME if number else _REF, room)[:most]
            draw_lines(canvas, self._typesetter.fonts, lines, item.add(Node("P"), canvas.page), x=left + size + 2, top=at)
            at -= self._typesetter.height(lines) + 2
