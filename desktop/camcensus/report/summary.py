"""The summary for governors: one page of counts, charts with their tables, and what is to be decided next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from camcensus.model.words import DISCLAIMER, clean, count, long_date
from camcensus.report.beside import Beside
from camcensus.report.blocks import Block, Bullets, Heading, Prose
from camcensus.report.charts import STEPS, Bar, BarChart
from camcensus.report.drawn_table import DrawnTable
from camcensus.report.fonts import Fonts
from camcensus.report.ink import NOTE, SUBTITLE, Style
from camcensus.report.sheet import Occasion
from camcensus.report.table_layout import Column, Row
from camcensus.report.text import Text, Typesetter

MOST_BARS = (7, 6, 5, 4, 3)
"""How many makers have a bar and a row of their own, tried until all fits one page; the rest share one."""
NOT_KNOWN = "Not known"
LEAD = Style("regular", 13.5, 19)
_CLOSE, _ROW = 2.0, 17.0
"""Room above and below the text of a row, and from bar to bar, in points: all of it stands on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All that is printed. `makers` have most cameras first, "Not known" last; `ages` are (words, number)."""

    lead: Text
    makers: tuple[Bar, ...]
    ages: tuple[tuple[str, int], ...]
    lists: tuple[str, ...]
    next: tuple[str, ...]
    handling: str
    methods: str


def draw_summary(occasion: Occasion, summary: Summary, *, fonts: Path) -> tuple[bytes, int]:
    """The page as the bytes of a PDF, and its number of pages. Raises StoreError when a font is missing."""
    paper = occasion.paper("Summary for governors", handling=summary.handling, foot=summary.methods)
    typesetter = Typesetter(Fonts(fonts))
    for most in MOST_BARS:
        blocks = [*_blocks(occasion, summary, most)]
        if paper.fits(blocks, typesetter):
            break
    return paper.build([*_blocks(occasion, summary, most)], typesetter)


def _blocks(occasion: Occasion, summary: Summary, most: int) -> Iterator[Block]:
    yield Heading("Our cameras: a summary", 1)
    yield Prose(f"As at {long_date(occasion.as_at.date().isoformat())}", SUBTITLE, after=8)
    yield Prose(summary.lead, LEAD, after=2, bar=True)
    bars = _shortened(summary.makers, most)
    if bars:
        yield Heading("Who made the cameras, and how sure we are", 2, close=True)
        yield from _makers(bars)
    if any(number for _, number in summary.ages):
        yield Heading("How old they are", 2, close=True)
        yield _numbers("Age", "Cameras", summary.ages, "Bar chart of the cameras by age")
    yield Heading("What has been decided, and what is next", 2, close=True)
    yield Bullets(list(summary.next))
    lists = "; ".join(clean(one, 200) for one in summary.lists)
    yield Prose(f"Lists in use: {lists}." if lists else "No list is in use.", NOTE, after=2)
    yield Prose(DISCLAIMER, NOTE)


def _shortened(bars: Sequence[Bar], most: int) -> list[Bar]:
    named = [bar for bar in bars if bar.name != NOT_KNOWN]
    if len(named) <= most:
        return list(bars)
    rest = named[most - 1 :]
    counts = [sum(bar.counts[step] for bar in rest) for step in range(len(STEPS))]
    other = Bar(f"{len(rest)} other makers", (counts[0], counts[1], counts[2], counts[3]))
    return [*named[: most - 1], other, *(bar for bar in bars if bar.name == NOT_KNOWN)]


def _makers(bars: Sequence[Bar]) -> Iterator[Block]:
    total = [sum(bar.counts[step] for bar in bars) for step in range(len(STEPS))]
    said = "; ".join(f"{bar.name} {bar.total:,}" for bar in bars)
    yield BarChart(
        bars, f"Bar chart of {count(sum(total), 'camera')} by manufacturer. {said}. The table after it says the same."
    )
    yield DrawnTable(
        [Column("Made by"), *(Column(step, figures=True) for step in STEPS), Column("Cameras", figures=True)],
        [
            *(Row([bar.name, *(f"{number:,}" for number in bar.counts), f"{bar.total:,}"]) for bar in bars),
            Row(["Total", *(f"{number:,}" for number in total), f"{sum(total):,}"], "total"),
        ],
        pad=_CLOSE,
        whole=True,
    )


def _numbers(what: str, head: str, numbers: Sequence[tuple[str, int]], alt: str) -> Block:
    """One kind of bars beside the table that says the same."""
    said = "; ".join(f"{name} {number:,}" for name, number in numbers)
    chart = BarChart(
        [Bar(name, (number, 0, 0, 0)) for name, number in numbers], f"{alt}. {said}.", legend=False, labels=0.42, row=_ROW
    )
    table = DrawnTable(
        [Column(what), Column(head, figures=True)],
        [
            *(Row([name, f"{number:,}"]) for name, number in numbers),
            Row(["Total", f"{sum(number for _, number in numbers):,}"], "total"),
        ],
        pad=_CLOSE,
        whole=True,
    )
    return Beside(chart, table, 0.52)
