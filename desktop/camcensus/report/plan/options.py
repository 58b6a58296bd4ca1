"""The options that were compared: what each costs, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model.blocks import Block, Column, Heading, Prose, Row, TableBlock
from camcensus.model.plan import Alternative, YearTotal
from camcensus.model.prose import fitting, joined
from camcensus.model.words import count
from camcensus.planning.risks import left_open
from camcensus.report.plan.brief import Brief, counted, named, priced

_NUMBER = {3: "Three", 4: "Four"}


def compared(brief: Brief, *, close: bool = False) -> Iterator[Block]:
    """Do nothing, keep and isolate, phased, all at once; the planned one is marked."""
    ways = brief.plan.alternatives
    if not ways:
        return
    priced = _priced(ways)
    yield Heading("Options", 2, close=close)
    yield Prose(
        f"{_NUMBER[len(ways)]} options were compared, all with {brief.organisation}’s own prices: excluding VAT, contingency "
        "included."
        if priced
        else f"{_NUMBER[len(ways)]} options were compared. No prices were given, so costs are open.",
        keeps_next=True,
    )
    yield TableBlock(
        [
            Column("Option", 0.95),
            Column("Cost", figures=True),
            Column("For", 1.15),
            Column("Against", 1.25),
            Column("Risk to manage", 1.3),
        ],
        [
            Row(
                [
                    f"{way.title} (recommended)" if way.planned else way.title,
                    _cost(way.total),
                    way.good,
                    way.means,
                    _risk(brief, way),
                ],
                "pick" if way.planned else "body",
            )
            for way in ways
        ],
        spacing="close" if close else "tight",
        note=" ".join(_notes(brief, ways, priced=priced, other_work=any(line.total for line in brief.plan.lines))),
    )


def _priced(ways: tuple[Alternative, ...]) -> bool:
    return any(way.total is not None and way.total.total for way in ways)


def _notes(brief: Brief, ways: tuple[Alternative, ...], *, priced: bool, other_work: bool) -> Iterator[str]:
    if not priced:
        return
    bare = brief.plan.unpriced
    lacking: dict[str, list[str]] = {}
    for way in ways:
        same = way.way in ("phased", "at-once")
        what = f"{joined(counted(bare))}{named(bare)}" if same else count(way.unpriced, "item")
        items = [what] if way.unpriced else []
        items += [count(way.unpriced_lines, "line of other work", "lines of other work")] if way.unpriced_lines else []
        if items and way.total is not None:
            lacking.setdefault(joined(items), []).append(f"“{way.title}”")
    for what, titles in lacking.items():
        yield f"{joined(titles)} {fitting(len(titles), 'leaves', 'leave')} out {what} without a price."
    isolate = next(way for way in ways if way.way == "isolate")
    if isolate.total is None:
        yield "No price was given for isolating an item."
    elif other_work:
        yield f"“{isolate.title}” is without the other work of this plan."


def _risk(brief: Brief, way: Alternative) -> str:
    """Its risk; that of doing nothing has what stays open to attack, which the public is not told."""
    if way.way != "nothing" or brief.audience == "public":
        return way.risk
    plan = brief.plan
    return joined([way.risk, left_open(plan.items + plan.kept + plan.undecided)], " ")


def _cost(total: YearTotal | None) -> str:
    return priced(None if total is None else total.total)
