"""A floor on paper: its picture with the pins, and the same in a table for those who do not see the picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.utils import ImageReader

from camcensus.model.pictures import Picture
from camcensus.model.prose import fitting
from camcensus.model.words import clean, count
from camcensus.report.blocks import Block, Heading, Prose
from camcensus.report.drawn_table import DrawnTable
from camcensus.report.fonts import Fonts
from camcensus.report.ink import INK, NOTE, SECOND, Style, fill, stroke
from camcensus.report.sheet import Occasion
from camcensus.report.symbols import symbol
from camcensus.report.table_layout import Column, Row
from camcensus.report.tags import Node, TaggedCanvas
from camcensus.report.text import Typesetter, baseline, paint_line

PIN = Style("bold", 9, 11)
PIN_HIGH, PIN_SIDE = 15.0, 6.0
LEAST_PART = 0.72
"""The picture takes this part of a page at most: the heading above it, and the key under it, stay on the same sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPin:
    """One pin: `x` and `y` from 0 to 1 of the picture, the rest as it is printed.

    `state` is "listed", "based" (in China, by our reading), "checking" or "".
    """

    label: str
    ref: str
    place: str
    what: str
    made_by: str
    listing: str
    state: str
    x: float
    y: float
    walked: bool


class FloorFigure(Block):
    """The picture with its pins; shape and line tell state and walked apart in grey too."""

    after = 4
    keeps_next = True

    def __init__(self, picture: Picture, pins: Sequence[FloorPin], alt: str) -> None:
        self.picture, self.pins, self.alt = picture, pins, alt

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

    def _pin(self, canvas: TaggedCanvas, pin: FloorPin, x: float, y: float) -> None:
        line = self._typesetter.lines(pin.label, PIN, 200)[0]
        mark = 9.0
        wide = max(line.width + mark + 2 * PIN_SIDE, 26.0)
        left, foot, r = x - wide / 2, y - PIN_HIGH / 2, PIN_HIGH / 2
        dash = "[]" if pin.walked else "[2 1.6]"
        canvas.paint(f"q 1 1 1 rg {stroke(INK)} 1.1 w {dash} 0 d {_pill(left, foot, wide, PIN_HIGH, r)} B Q")
        canvas.paint(_mark(pin.state, left + PIN_SIDE + 3, y))
        paint_line(canvas, self._typesetter.fonts, line.spans, left + PIN_SIDE + mark, y + PIN.leading / 2 - baseline(PIN))


def draw_floor(
    occasion: Occasion, *, name: str, path: str, picture: Picture, pins: Sequence[FloorPin], not_placed: int, fonts: Path
) -> tuple[bytes, int]:
    """The sheet as the bytes of a PDF, and its number of pages. Raises StoreError when a font is missing."""
    title = f"Floor plan: {clean(name, 60)}"
    walked = sum(pin.walked for pin in pins)
    listed = sum(pin.state == "listed" for pin in pins)
    based = sum(pin.state == "based" for pin in pins)
    read = f"{based} of a maker based in China (our reading), " if based else ""
    alt = (
        f"Plan of {clean(name, 60)} with {count(len(pins), 'pin')}: {listed} of a listed maker, "
        f"{read}{walked} checked on site. The table after it says the same."
    )
    note = f"{clean(path, 200)}. " if path else ""
    note += f"{count(len(pins), 'pin')}, {walked} checked on site."
    if not_placed:
        note += f" {count(not_placed, 'item')} on this floor {fitting(not_placed, 'has', 'have')} no pin yet."
    key = Prose(
        f"Triangle: listed maker. {'Diamond: maker based in China (our reading). ' if based else ''}Dash: not listed. "
        "Question mark: needs checking. Dashed edge: placed, not yet checked on site.",
        NOTE,
    )
    rows = [
        Row([pin.label, pin.ref, pin.place, pin.what, pin.made_by, pin.listing, "Checked" if pin.walked else "Not yet"])
        for pin in pins
    ]
    columns = [
        Column("Pin", 0.5), Column("Ref", 0.9), Column("Location", 2), Column("What it is", 1.3), Column("Made by", 2),
        Column("List", 1.3), Column("Checked on site", 1.2),
    ]  # fmt: skip
    blocks: list[Block] = [
        Heading(clean(name, 60), 1),
        Prose(note, after=10, keeps_next=True),
        FloorFigure(picture, pins, alt),
        key,
    ]
    if rows:
        blocks += [Heading("What the pins are", 2), DrawnTable(columns, rows)]
    paper = occasion.paper(title, landscape=True, foot="Plans can be sensitive: keep this sheet as you keep keys")
    return paper.build(blocks, Typesetter(Fonts(fonts)))


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
    """Triangle, diamond, question mark or dash, 7 points wide."""
    if state == "listed":
        return f"q {fill(INK)} {x - 3.5:.2f} {y - 3:.2f} m {x + 3.5:.2f} {y - 3:.2f} l {x:.2f} {y + 3.4:.2f} l h f Q"
    if state == "based":
        corners = f"{x - 3.5:.2f} {y:.2f} m {x:.2f} {y + 3.5:.2f} l {x + 3.5:.2f} {y:.2f} l {x:.2f} {y - 3.5:.2f} l h"
        return f"q {stroke(INK)} 1.1 w {corners} S Q"
    if state == "checking":
        return symbol("possible", x, y)
    return f"q {stroke(INK)} 1.1 w {x - 3:.2f} {y:.2f} m {x + 3:.2f} {y:.2f} l S Q"
