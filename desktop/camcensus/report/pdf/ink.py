"""Colours and type of the printed pages, and the PDF operators for them.

Grey values differ enough to be told apart in print without colour; hairlines never carry meaning.
"""

from __future__ import annotations

from functools import cache

from camcensus.model import frozen
from camcensus.model.blocks import Look
from camcensus.report.pdf.fonts import Face

MM = 72 / 25.4
"""Points in a millimetre."""
INK = "#1B1F24"
SECOND = "#4A5260"
HAIRLINE = "#C9CFD6"
ACCENT = "#0B4A8F"
LISTED = "#7A3E00"


@frozen
class Style:
    """How a run of text looks: face, size and leading in points, colour."""

    face: Face = "regular"
    size: float = 10
    leading: float = 14.5
    colour: str = INK

    def strong(self) -> Style:
        """The same in bold ink."""
        return Style("bold", self.size, self.leading, self.colour)

    def dense(self) -> Style:
        """The same as small as long tables have it."""
        return Style(self.face, *DENSE, self.colour)

    def link(self) -> Style:
        """The same in the accent."""
        return Style(self.face, self.size, self.leading, ACCENT)


DENSE = (8.0, 9.4)
"""Size and leading of a table of very many rows."""
H1 = Style("bold", 24, 29)
H2 = Style("bold", 15, 20)
H3 = Style("bold", 11, 15)
BODY = Style()
NOTE = Style("regular", 9, 12.5, SECOND)
LOOKS: dict[Look, Style] = {
    "body": BODY,
    "note": NOTE,
    "subtitle": Style("regular", 11, 15, SECOND),
    "opening": Style("regular", 11.5, 16.5),
    "verdict": Style("regular", 12.5, 18),
    "lead": Style("regular", 13.5, 19),
    "ask": Style("regular", 15, 21.5),
}
CELL = Style("regular", 10, 13)
CELL_SECOND = Style("regular", 10, 13, SECOND)
CELL_LISTED = Style("bold", 10, 13, LISTED)
CELL_HEAD = Style("bold", 9.5, 12.5, SECOND)
FURNITURE = Style("regular", 8, 10, SECOND)
RUNNING = Style("regular", 8.5, 10, SECOND)


def fill(colour: str) -> str:
    """The operator that sets the colour of text and areas."""
    return f"{_parts(colour)} rg"


def stroke(colour: str) -> str:
    """The operator that sets the colour of lines."""
    return f"{_parts(colour)} RG"


def rule(x0: float, x1: float, y: float, width: float, colour: str) -> str:
    """A horizontal line."""
    return f"{stroke(colour)} {width:g} w {x0:.2f} {y:.2f} m {x1:.2f} {y:.2f} l S"


@cache
def _parts(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))
