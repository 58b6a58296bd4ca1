"""The picture of a floor on paper, with its pins."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader

from camcensus.model.blocks import PinnedPlan, PlanPin
from camcensus.report.pdf.ink import INK, SECOND, Style, fill, stroke
from camcensus.report.pdf.laid import LaidBlock
from camcensus.report.pdf.symbols import symbol
from camcensus.report.pdf.tags import Node, TaggedCanvas
from camcensus.report.pdf.text import Typesetter, baseline, paint_line

PIN = Style("bold", 9, 11)
PIN_HIGH, PIN_SIDE = 15.0, 6.0
LEAST_PART = 0.72
"""The picture takes this part of a page at most: the heading above it, and the key under it, stay on the same sheet."""


class LaidPlan(LaidBlock):
    """The picture with its pins; shape and line tell state and walked apart in grey too."""

    after = 4
    keeps_next = True

    def __init__(self, plan: PinnedPlan) -> None:
        self.picture, self.pins, self.alt = plan.picture, plan.pins, plan.alt

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        self._typesetter = typesetter
        wide, high = max(1, self.picture.width), max(1, self.picture.height)
        scale = min(width / wide, page_height * LEAST_PART / high)
        self._size = (wide * scale, high * scale)
        self._left = (width - self._size[0]) / 2
        self.height = self._size[1]

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        wide, high = self._size
        left, foot = x + self._left, top - high
        box = f"{left:.1f} {foot:.1f} {left + wide:.1f} {top:.1f}"
        figure = Node("Figure", f"<</O/Layout/Placement/Block/BBox[{box}]>>".encode(), alt=self.alt)
        canvas.root.add(figure, canvas.page)
        with canvas.content(figure):
            canvas.drawImage(ImageReader(io.BytesIO(self.picture.data)), left, foot, wide, high, mask=None)
            canvas.paint(f"{stroke(SECOND)} .5 w {left:.2f} {foot:.2f} {wide:.2f} {high:.2f} re S")
            for pin in self.pins:
                self._pin(canvas, pin, left + pin.x * wide, top - pin.y * high)

    def _pin(self, canvas: TaggedCanvas, pin: PlanPin, x: float, y: float) -> None:
        line = self._typesetter.lines(pin.label, PIN, 200)[0]
        mark = 9.0
        wide = max(line.width + mark + 2 * PIN_SIDE, 26.0)
        left, foot, r = x - wide / 2, y - PIN_HIGH / 2, PIN_HIGH / 2
        dash = "[]" if pin.walked else "[2 1.6]"
        canvas.paint(f"q 1 1 1 rg {stroke(INK)} 1.1 w {dash} 0 d {_pill(left, foot, wide, PIN_HIGH, r)} B Q")
        canvas.paint(_mark(pin.state, left + PIN_SIDE + 3, y))
        paint_line(canvas, self._typesetter.fonts, line.spans, left + PIN_SIDE + mark, y + PIN.leading / 2 - baseline(PIN))


def _pill(x: float, y: float, wide: float, high: float, r: float) -> str:
    """A rectangle with half circles at its ends."""
    k = r * 0.5523
    right, top = x + wide, y + high
    return (
        f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
        f"{right - r + k:.2f} {y:.2f} {right:.2f} {y + r - k:.2f} {right:.2f} {y + r:.2f} c "
        f"{right:.2f} {top - r + k:.2f} {right - r + k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c "
        f"{x + r:.2f} {top:.2f} l "
        f"{x + r - k:.2f} {top:.2f} {x:.2f} {top - r + k:.2f} {x:.2f} {top - r:.2f} c "
        f"{x:.2f} {y + r - k:.2f} {x + r - k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
    )


def _mark(state: str, x: float, y: float) -> str:
    """Triangle, diamond, square, cross, question mark or dash, 7 points wide."""
    if state == "listed":
        return f"q {fill(INK)} {x - 3.5:.2f} {y - 3:.2f} m {x + 3.5:.2f} {y - 3:.2f} l {x:.2f} {y + 3.4:.2f} l h f Q"
    if state == "based":
        corners = f"{x - 3.5:.2f} {y:.2f} m {x:.2f} {y + 3.5:.2f} l {x + 3.5:.2f} {y:.2f} l {x:.2f} {y - 3.5:.2f} l h"
        return f"q {stroke(INK)} 1.1 w {corners} S Q"
    if state in ("replace", "separate"):
        how = f"{fill(INK)}" if state == "replace" else f"{stroke(INK)} 1.1 w"
        return f"q {how} {x - 3:.2f} {y - 3:.2f} 6 6 re {'f' if state == 'replace' else 'S'} Q"
    if state == "remove":
        one, other = (f"{x - 3:.2f} {y + side:.2f} m {x + 3:.2f} {y - side:.2f} l" for side in (3, -3))
        return f"q {stroke(INK)} 1.4 w {one} {other} S Q"
    if state == "checking":
        return symbol("possible", x, y)
    return f"q {stroke(INK)} 1.1 w {x - 3:.2f} {y:.2f} m {x + 3:.2f} {y:.2f} l S Q"
