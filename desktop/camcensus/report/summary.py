"""The one-page summary: one page of counts, charts with their tables, and the next decisions."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model import frozen
from camcensus.model.blocks import Bar, Block, Bullets, Heading, OnePage, Prose, ReportDocument, Text
from camcensus.model.words import DISCLAIMER, clean, long_date, lower_first
from camcensus.report.maker_charts import Buildings, ages, makers, places
from camcensus.report.sheet import Occasion

ROOM = (
    *((most, True, True) for most in (7, 6, 5, 4)),
    *((most, False, True) for most in (7, 6, 5, 4, 3)),
    *((most, False, False) for most in (6, 5, 4, 3)),
)
"""How many makers have a bar and a row of their own, and whether buildings and ages have, tried until all fits one page.

Ages that have none are one sentence.
"""


@frozen(kw_only=True)
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
    addressed_to: str = ""
    """To whom the lists are addressed: "the UK Government and government departments"."""
    reading: str = ""
    """What "Based in China (our reading)" means, where it is said."""


def summary_report(occasion: Occasion, summary: Summary) -> ReportDocument:
    """The page."""
    ways = [[*_blocks(occasion, summary, most, buildings, years)] for most, buildings, years in ROOM]
    return occasion.document("One-page summary", [OnePage(ways)], handling=summary.handling, foot=summary.methods)


def _blocks(occasion: Occasion, summary: Summary, most: int, buildings: bool, years: bool) -> Iterator[Block]:
    yield Heading("Our cameras: a summary", 1)
    yield Prose(f"As at {long_date(occasion.as_at.date().isoformat())}", "subtitle", after=8)
    yield Prose(summary.lead, "lead", after=2, bar=True)
    if summary.makers:
        yield Heading("Who made the cameras, and how sure we are", 2, close=True)
        yield from makers(summary.makers, most, spacing="close")
    if buildings and summary.buildings and len(summary.buildings) > 1:
        yield Heading("Where they are", 2, close=True)
        yield places(summary.buildings, most)
    recorded = any(amount for _, amount in summary.ages)
    if years and recorded:
        yield Heading("How old they are", 2, close=True)
        yield ages(summary.ages, spacing="close")
    if recorded and not years:
        said = "; ".join(f"{lower_first(words)}: {amount:,}" for words, amount in summary.ages)
        yield Prose(f"How old they are: {said}.", "note", after=2)
    yield Heading("What has been decided, and what is next", 2, close=True)
    yield Bullets(list(summary.next))
    lists = "; ".join(clean(one, 200) for one in summary.lists)
    to = f" They are addressed to {clean(summary.addressed_to, 600)}." if summary.addressed_to else ""
    yield Prose(f"Lists in use: {lists}.{to}" if lists else "No list is in use.", "note", after=2)
    if summary.left_out:
        yield Prose(summary.left_out, "note", after=2)
    yield Prose(f"{summary.reading} {DISCLAIMER}".lstrip(), "note")
