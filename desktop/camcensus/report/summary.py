"""The one-page summary: one page of counts and the next decisions."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model import frozen
from camcensus.model.blocks import Block, Bullets, Column, Fact, Heading, OnePage, Prose, ReportDocument, Row, TableBlock, Text
from camcensus.model.words import DISCLAIMER, clean, long_date, lower_first
from camcensus.report.maker_counts import Counted, makers, places
from camcensus.report.sheet import Occasion

ROOM = ((8, True), (5, True), (8, False), (4, False))
"""How many makers and places have a row of their own, and whether places are said, tried until all fits one page."""


@frozen(kw_only=True)
class Summary:
    """All that is printed. `makers` have most cameras first, "Not known" last.

    `buildings` and `ages` are empty where they are left out of this edition, or nobody knows.
    """

    figures: tuple[tuple[str, int], ...]
    lead: Text
    makers: tuple[Counted, ...]
    buildings: tuple[Counted, ...]
    ages: tuple[Counted, ...]
    lists: tuple[str, ...]
    next: tuple[str, ...]
    left_out: str
    handling: str
    methods: str
    addressed_to: str = ""
    """To whom the lists are addressed: "the UK Government and government departments"."""
    reading: str = ""
    """What "Based in China (our reading)" means, where it is said."""


def summary_report(occasion: Occasion, summary: Summary) -> ReportDocument:
    """The page."""
    ways = [[*_blocks(occasion, summary, most, every)] for most, every in ROOM]
    return occasion.document("One-page summary", [OnePage(ways)], handling=summary.handling, foot=summary.methods)


def _blocks(occasion: Occasion, summary: Summary, most: int, every: bool) -> Iterator[Block]:
    yield Heading("Our cameras: a summary", 1)
    yield Prose(f"As at {long_date(occasion.as_at.date().isoformat())}", "subtitle", after=8)
    if summary.figures:
        cells = [Fact(f"{number:,}", "figure") for _, number in summary.figures]
        yield TableBlock(
            [Column(words, len(words)) for words, _ in summary.figures], [Row(cells)], row_heads=False, spacing="close"
        )
    yield Prose(summary.lead, "opening", after=2, bar=True)
    if summary.makers:
        yield Heading("Who made the cameras, and how sure we are", 2, close=True)
        yield makers(summary.makers, most, "close")
    if every and len(summary.buildings) > 1:
        yield Heading("Where they are", 2, close=True)
        yield places(summary.buildings, most, "close")
    if summary.ages:
        said = "; ".join(f"{lower_first(words)}: {sum(number):,}" for words, number in summary.ages)
        yield Prose(f"How old they are: {said}.", "note", after=2)
    yield Heading("What has been decided, and what is next", 2, close=True)
    yield Bullets(list(summary.next))
    lists = "; ".join(clean(one, 200) for one in summary.lists)
    to = f" They are addressed to {clean(summary.addressed_to, 600)}." if summary.addressed_to else ""
    yield Prose(f"Lists in use: {lists}.{to}" if lists else "No list is in use.", "note", after=2)
    if summary.left_out:
        yield Prose(summary.left_out, "note", after=2)
    yield Prose(f"{summary.reading} {DISCLAIMER}".lstrip(), "note")
