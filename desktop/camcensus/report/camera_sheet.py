"""One device on one sheet: who made it, everything that is recorded about it, its photos, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from camcensus.model.pictures import Picture
from camcensus.model.words import DISCLAIMER, clean, long_date
from camcensus.report.blocks import Block, Heading, Prose
from camcensus.report.drawn_table import TIGHT, DrawnTable
from camcensus.report.evidence import HISTORY_LINES, VERDICT, Past, newest
from camcensus.report.fonts import Fonts
from camcensus.report.ink import BODY, NOTE, SUBTITLE
from camcensus.report.photo import Photo
from camcensus.report.sheet import Occasion
from camcensus.report.signing import signing
from camcensus.report.table_layout import Column, Fact, Row
from camcensus.report.text import Typesetter

PHOTO_POINTS = 190.0
TRIED = ((HISTORY_LINES, False), (HISTORY_LINES, True), (6, True), (3, True), (2, True))
"""Lines of its history, and whether all stands close, tried until the signature is on the page of the facts."""
CLOSE = 2.0
"""Room above and below the text of a row where all stands close."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraSheet:
    """All that is printed. `facts` are (name, value), "" for what nobody has recorded; None values are left out before."""

    ref: str
    title: str
    what: str
    verdict: str
    facts: Sequence[tuple[str, str]]
    photos: Sequence[Picture]
    history: Sequence[Past]
    left_out: str
    handling: str
    methods: str


def draw_camera(occasion: Occasion, sheet: CameraSheet, *, fonts: Path) -> tuple[bytes, int]:
    """The sheet as the bytes of a PDF, and its number of pages. Raises StoreError when a font is missing."""
    paper = occasion.paper(f"{clean(sheet.ref, 24)}, sheet", handling=sheet.handling, foot=sheet.methods)
    typesetter = Typesetter(Fonts(fonts))
    ways = ([*_blocks(occasion, sheet, lines, close)] for lines, close in TRIED)
    fitting = next((blocks for blocks in ways if paper.fits(blocks, typesetter)), None)
    return paper.build(fitting or [*_blocks(occasion, sheet, *TRIED[0])], typesetter)


def _blocks(occasion: Occasion, sheet: CameraSheet, lines: int, close: bool) -> Iterator[Block]:
    ref, pad = clean(sheet.ref, 24), CLOSE if close else TIGHT
    yield Heading(f"{ref}, {clean(sheet.title, 80)}", 1)
    yield Prose(f"{clean(sheet.what, 120)} · as at {long_date(occasion.as_at.date().isoformat())}", SUBTITLE, after=10)
    yield Prose(clean(sheet.verdict, 900), VERDICT, bar=True, after=6)
    if sheet.left_out:
        yield Prose(sheet.left_out, BODY)
    yield Heading("What is recorded about it", 2, close=close)
    known = [(name, value) for name, value in sheet.facts if value]
    yield DrawnTable(
        [Column("", 1), Column("", 3)],
        [Row([name, Fact(clean(value, 400), "listed" if value == "Listed" else "normal")]) for name, value in known],
        head=False,
        pad=pad,
    )
    missing = [name for name, value in sheet.facts if not value]
    if missing:
        yield Prose(f"Not recorded yet: {', '.join(missing)}.", NOTE)
    for number, picture in enumerate(sheet.photos, 1):
        yield Photo(picture, f"Photograph {number} of {ref}.", PHOTO_POINTS)
    if sheet.history:
        yield Heading("Who has looked, and what changed", 2, close=close)
        yield DrawnTable(
            [Column("When", 1.1), Column("What", 2.6), Column("By", 0.9)],
            [
                Row([past.when or "–", clean(past.what, 300), clean(past.by, 60) or "Camcensus"])
                for past in newest(sheet.history, lines)
            ],
            pad=pad,
        )
    yield from signing(("Checked by",), heading="Checked", simulation=occasion.simulation)
    yield Prose(DISCLAIMER, NOTE)
