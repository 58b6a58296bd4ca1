"""The walk-round sheet: what is known at each place, with room to write what is on the label and what was missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from camcensus.model.words import clean, count
from camcensus.report.blocks import Block, Bullets, Heading, Prose
from camcensus.report.drawn_table import DrawnTable
from camcensus.report.fonts import Fonts
from camcensus.report.sheet import Occasion
from camcensus.report.table_layout import Cell, Column, Fact, Row
from camcensus.report.text import Typesetter

ROW_POINTS = 30.0
"""Room to write by hand."""
BLANK_ROWS = 4
"""Empty rows for each place: what no search finds."""
NAME, PLACE = 60, 80
COLUMNS = (
    Column("Ref", 0.9),
    Column("Where", 2.2),
    Column("What we know", 2.2),
    Column("Here?", 0.7),
    Column("Brand on the label", 1.8),
    Column("Model or P/N", 1.9),
    Column("Serial number", 1.7),
    Column("Photo?", 0.7),
)
_BOX = Fact("", mark="box")
_LEAD = (
    "Go to each place. Tick what is there, and copy the brand and the model from its label: on a dome it is often under the "
    "cover, on a bullet camera on the underside. Do not open, unplug or reset anything."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkRow:
    """One row to look for. `known` is what we think it is in a few words; `unconfirmed`: a recorder's channel nobody saw."""

    ref: str
    where: str
    known: str
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkPlace:
    """One floor or building with its rows; `path` from the site down, empty for what has no place yet."""

    path: tuple[str, ...]
    rows: tuple[WalkRow, ...]


def draw_walkround(
    occasion: Occasion, places: Sequence[WalkPlace], *, expected: int | None, found: int, fonts: Path
) -> tuple[bytes, int]:
    """The sheet as the bytes of a PDF, and its number of pages. Raises StoreError when a font is missing."""
    blocks: list[Block] = [Heading("Walk-round sheet", 1), Prose(_LEAD, after=6), Prose(_amounts(expected, found), after=8)]
    blocks.append(Bullets(["Walked by: ______________________________     Date: ______________"], boxes=False))
    for place in places:
        blocks.append(Heading(_name(place.path), 2))
        rows = [Row([*_cells(row)]) for row in place.rows] + [_blank() for _ in range(BLANK_ROWS)]
        blocks.append(DrawnTable(COLUMNS, rows, lowest=ROW_POINTS))
    if not places:
        blocks.append(DrawnTable(COLUMNS, [_blank() for _ in range(12)], lowest=ROW_POINTS))
    blocks.append(Heading("Seen on the recorder’s screen", 2))
    blocks.append(
        Prose(
            "Count the pictures on each recorder’s screen. A picture with no row above is a camera too: give it an empty row, "
            "and write the number of its channel beside the place."
        )
    )
    paper = occasion.paper("Walk-round sheet", landscape=True, foot=f"{count(found, 'row')} to look for")
    return paper.build(blocks, Typesetter(Fonts(fonts)))


def _amounts(expected: int | None, found: int) -> str:
    if expected is None:
        return f"{count(found, 'camera')} and recorders are in the record." if found != 1 else "One is in the record."
    return f"You expected about {expected}. {found} are in the record."


def _name(path: tuple[str, ...]) -> str:
    return " › ".join(clean(name, NAME) for name in path) or "No location yet"


def _cells(row: WalkRow) -> list[Cell]:
    known: Cell = clean(row.known, PLACE)
    if row.unconfirmed:
        known = (Fact(clean(row.known, PLACE)), Fact("Reported by the recorder, not confirmed", "second"))
    return [clean(row.ref, 20), clean(row.where, PLACE), known, _BOX, "", "", "", _BOX]


def _blank() -> Row:
    return Row(["", "", "", _BOX, "", "", "", _BOX])
