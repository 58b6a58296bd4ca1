"""Two blocks side by side: a chart and its table. The left one is read first."""

from __future__ import annotations

from camcensus.report.pdf.laid import LaidBlock
from camcensus.report.pdf.tags import TaggedCanvas
from camcensus.report.pdf.text import Typesetter

GAP = 22.0


class LaidBeside(LaidBlock):
    """They stay together."""

    after = 6

    def __init__(self, left: LaidBlock, right: LaidBlock, part: float) -> None:
        self.left, self.right, self.part = left, right, part
        self.steps = left.steps + right.steps

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        self._at = width * self.part
        self.left.set(typesetter, self._at - GAP / 2, page_height)
        self.right.set(typesetter, width - self._at - GAP / 2, page_height)
        self.height = max(self.left.height, self.right.height)

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        self.left.draw(canvas, x, top)
        self.right.draw(canvas, x + self._at + GAP / 2, top)
