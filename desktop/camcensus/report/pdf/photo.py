"""A photograph on the page, upright and no larger than it is useful."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader

from camcensus.model.blocks import PhotoBlock
from camcensus.report.pdf.ink import SECOND, stroke
from camcensus.report.pdf.laid import LaidBlock
from camcensus.report.pdf.tags import Node, TaggedCanvas
from camcensus.report.pdf.text import Typesetter


class LaidPhoto(LaidBlock):
    """A figure no wider than the column."""

    before, after = 4, 6

    def __init__(self, photo: PhotoBlock) -> None:
        self.picture, self.alt, self.highest = photo.picture, photo.alt, photo.highest

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        del typesetter
        scale = min(width / self.picture.width, min(self.highest, page_height) / self.picture.height)
        self._size = (self.picture.width * scale, self.picture.height * scale)
        self.height = self._size[1]

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        wide, high = self._size
        box = f"{x:.1f} {top - high:.1f} {x + wide:.1f} {top:.1f}"
        figure = Node("Figure", f"<</O/Layout/Placement/Block/BBox[{box}]>>".encode(), alt=self.alt)
        canvas.root.add(figure, canvas.page)
        with canvas.content(figure):
            canvas.drawImage(ImageReader(io.BytesIO(self.picture.data)), x, top - high, wide, high, mask=None)
            canvas.paint(f"{stroke(SECOND)} .5 w {x:.2f} {top - high:.2f} {wide:.2f} {high:.2f} re S")
