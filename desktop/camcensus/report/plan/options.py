"""The options that were compared: what speaks for and against each, and what each costs by year."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model.blocks import Block, Column, Heading, Prose, Row, TableBlock
from camcensus.model.plan import Alternative, YearTotal
from camcensus.model.prose import fitting
from camcensus.model.words import count
from camcensus.planning.costs import in_order
from camcensus.report.plan.brief import NOT_PRICED, Brief, priced

HEADS = {"nothing": "Do nothing", "isolate": "Isolate", "phased": "Phased", "at-once": "All at once"}


def compared(brief: Brief, *, close: bool = False) -> Iterator[Block]:
    """Do nothing, keep and isolate, phased, all at once; the planned one is marked."""
    ways = brief.plan.alternatives
    if not ways:
        return
    priced = _priced(ways)
    yield Heading("Options", 2, close=close)
    yield Prose(
        f"Four options were compared. Costs are {brief.organisation}’s own figures, excluding VAT, contingency included."
        if priced
        else "Four options were compared. No prices were given, so costs are open.",
        keeps_next=True,
    )
    yield TableBlock(
        [
            Column("Option", 1),
            Column("Cost", figures=True),
            Column("For", 1.15),
            Column("Against", 1.2),
            Column("Risk to manage", 1.15),
        ],
        [
            Row(
                [f"{way.title} (recommended)" if way.planned else way.title, _cost(way.total), way.good, way.means, way.risk],
                "pick" if way.planned else "body",
            )
            for way in ways
        ],
        spacing="close" if close else "tight",
        note=" ".join(_notes(ways, priced)),
    )


def options_by_year(brief: Brief) -> Iterator[Block]:
    """What each option costs by year."""
    ways = brief.plan.alternatives
    if ways and _priced(ways):
        yield from _by_year(brief, ways)


def _priced(ways: tuple[Alternative, ...]) -> bool:
    return any(way.total is not None and way.total.total for way in ways)


def _notes(ways: tuple[Alternative, ...], priced: bool) -> Iterator[str]:
    if not priced:
        return
    yield "Each option is worked out with the same prices."
    open_ones = next((way.unpriced for way in ways if way.way == "phased"), 0)
    if open_ones:
        has = fitting(open_ones, "has no price and is", "have no price and are")
        yield f"{count(open_ones, 'batch or line', 'batches or lines')} {has} left out."
    isolate = next(way for way in ways if way.way == "isolate")
    if isolate.total is None:
        yield "No price was given for separating an item."


def _by_year(brief: Brief, ways: tuple[Alternative, ...]) -> Iterator[Block]:
    """Years down, options across: the same money beside each other."""
    names = in_order({year.year for way in ways for year in way.years})
    rows = [Row([name, *(_cost(_year(way, name)) if way.total is not None else NOT_PRICED for way in ways)]) for name in names]
    totals: list[Row] = [Row(["Total", *(_cost(way.total) for way in ways)], "total")]
    if brief.plan.total.vat is not None:
        totals.append(Row(["VAT", *(priced(way.total.vat if way.total else None) for way in ways)]))
        totals.append(Row(["Including VAT", *(priced(way.total.with_vat if way.total else None) for way in ways)], "total"))
    yield Heading("What the options cost by year", 3)
    yield TableBlock(
        [Column("Year"), *(Column(HEADS[way.way], figures=True) for way in ways)],
        [*rows, *totals],
        spacing="tight",
        whole=True,
    )


def _year(way: Alternative, name: str) -> YearTotal:
    nothing = YearTotal(name, 0, 0, 0, 0, 0, 0)
    return next((year for year in way.years if year.year == name), nothing)


def _cost(total: YearTotal | None) -> str:
    return priced(None if total is None else total.total)
