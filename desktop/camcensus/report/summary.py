"""The summary for governors: one page of counts, charts with their tables, and what is to be decided next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from camcensus.model.words import DISCLAIMER, clean, long_date
from camcensus.report.blocks import Block, Bullets, Heading, Prose
from camcensus.report.charts import Bar
from camcensus.report.fonts import Fonts
from camcensus.report.ink import NOTE, SUBTITLE, Style
from camcensus.report.maker_charts import Buildings, ages, makers, makers_by_building
from camcensus.report.sheet import Occasion
from camcensus.report.text import Text, Typesetter

MOST_BARS = ((7, True), (6, True), (5, True), (4, True), (7, False), (6, False), (5, False), (4, False), (3, False))
"""How many makers have a bar and a row of their own, and whether buildings have, tried until all fits one page."""
LEAD = Style("regular", 13.5, 19)
_CLOSE, _ROW = 2.0, 17.0
"""Room above and below the text of a row, and from bar to bar, in points: all of it stands on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All that is printed. `makers` have most cameras first, "Not known" last; `ages` are (words, number).

    `buildings` is None where it is left out of this edition.
    """

    lead: Text
    makers: tuple[Bar, ...]
    buildings: Buildings | None
    ages: tuple[tuple[str, int], ...]
    lists: tuple[str, ...]
    next: tuple[str, ...]
    left_out: str
    handling: str
    methods: str
    reading: str = ""
    """What "Based in China (our reading)" means, where it is said."""


def draw_summary(occasion: Occasion, summary: Summary, *, fonts: Path) -> tuple[bytes, int]:
    """The page as the bytes of a PDF, and its number of pages. Raises StoreError when a font is missing."""
    paper = occasion.paper("Summary for governors", handling=summary.handling, foot=summary.methods)
    typesetter = Typesetter(Fonts(fonts))
    for most, buildings in MOST_BARS:
        blocks = [*_blocks(occasion, summary, most, buildings)]
        if paper.fits(blocks, typesetter):
            break
    return paper.build([*_blocks(occasion, summary, most, buildings)], typesetter)


def _blocks(occasion: Occasion, summary: Summary, most: int, buildings: bool) -> Iterator[Block]:
    yield Heading("Our cameras: a summary", 1)
    yield Prose(f"As at {long_date(occasion.as_at.date().isoformat())}", SUBTITLE, after=8)
    yield Prose(summary.lead, LEAD, after=2, bar=True)
    if summary.makers:
        yield Heading("Who made the cameras, and how sure we are", 2, close=True)
        yield from makers(summary.makers, most, row=_ROW, pad=_CLOSE)
    if buildings and summary.buildings and len(summary.buildings) > 1:
        yield Heading("Where they are", 2, close=True)
        yield from makers_by_building(summary.buildings, 3, row=_ROW, pad=_CLOSE)
    if any(amount for _, amount in summary.ages):
        yield Heading("How old they are", 2, close=True)
        yield ages(summary.ages, row=_ROW, pad=_CLOSE)
    yield Heading("What has been decided, and what is next", 2, close=True)
    yield Bullets(list(summary.next))
    lists = "; ".join(clean(one, 200) for one in summary.lists)
    yield Prose(f"Lists in use: {lists}." if lists else "No list is in use.", NOTE, after=2)
    if summary.left_out:
        yield Prose(summary.left_out, NOTE, after=2)
    yield Prose(f"{summary.reading} {DISCLAIMER}".lstrip(), NOTE)
