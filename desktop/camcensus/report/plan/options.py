"""The options that were compared: what each costs, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model.blocks import Block, Column, Heading, Row, TableBlock
from camcensus.model.plan import NOT_DATED, Alternative, YearTotal
from camcensus.model.words import count, fitting, joined, pounds, upper_first
from camcensus.planning.alternatives import GOES_ON
from camcensus.planning.risks import open_to_attack
from camcensus.planning.spending import COST_NOTHING, is_priced
from camcensus.report.plan.brief import Brief, priced

SAME = "The same items stay in use."
_SHORT = {"nothing": "doing nothing", "isolate": "isolating", "phased": "phasing", "at-once": "all at once"}


def compared(brief: Brief, close: bool = False) -> Iterator[Block]:
    """Do nothing, keep and isolate, phased, all at once; the planned one is marked."""
    ways = brief.plan.alternatives
    if not ways:
        return
    priced = _priced(ways)
    yield Heading("Options", 2, close=close)
    yield TableBlock(
        [
            Column("Option", 0.85),
            Column("Cost", figures=True),
            Column("What speaks for it, what happens, and what may go wrong", 3.3),
        ],
        [
            Row(
                [
                    f"{way.title} (recommended)" if way.planned else way.title,
                    _cost(way.total),
                    _said(way, before),
                ],
                "pick" if way.planned else "body",
            )
            for before, way in zip((ways[-1], *ways), ways, strict=False)
        ],
        spacing="close" if close else "tight",
        note=" ".join(_notes(brief, ways, priced=priced, other_work=any(line.total for line in brief.plan.lines))),
    )


def _said(way: Alternative, before: Alternative) -> str:
    means = way.means if way.means != before.means else SAME
    return " ".join(filter(None, (way.good, means, way.recording, way.risk)))


def _priced(ways: tuple[Alternative, ...]) -> bool:
    return any(way.total is not None and way.total.total for way in ways)


def _notes(brief: Brief, ways: tuple[Alternative, ...], *, priced: bool, other_work: bool) -> Iterator[str]:
    yield _why_not(ways)
    if any(way.recording != GOES_ON for way in ways):
        yield "The installer says how long recording stops, also at a recorder’s cameras."
    yield from _open_to_attack(brief, ways)
    if not priced:
        yield COST_NOTHING if is_priced(brief.plan) else "The plan has no prices yet, so costs are not known."
        return
    yield "Costs include contingency and exclude VAT."
    lacking: dict[str, list[str]] = {}
    for way in ways:
        if way.way in ("phased", "at-once"):
            continue  # what the plan has no price for is said beside its amount
        items = [count(way.unpriced, "item")] if way.unpriced else []
        items += [count(way.unpriced_lines, "line of other work", "lines of other work")] if way.unpriced_lines else []
        if items and way.total is not None:
            lacking.setdefault(joined(items), []).append(_SHORT[way.way])
    for what, names in lacking.items():
        yield f"{upper_first(joined(names))} {fitting(len(names), 'leaves', 'leave')} out {what} without a price."
    isolate = next(way for way in ways if way.way == "isolate")
    if isolate.total is not None and other_work:
        yield f"“{isolate.title}” is without the other work of this plan."


def _why_not(ways: tuple[Alternative, ...]) -> str:
    """ "Why not the others: …; all at once takes £5,875 in one year, phasing £4,840 in 2026-27 and £1,035 in 2027-28.".

    Nothing of all at once where the money falls in one year either way.
    """
    said = ["doing nothing and isolating keep what is due to go"]
    once, phases = (next((way for way in ways if way.way == name), None) for name in ("at-once", "phased"))
    if phases and phases.planned and once:
        paid = [year for year in phases.years if year.total]
        each = [f"{pounds(year.total)} {_in(year.year)}" for year in paid]
        if once.total is None or not any(year.year != NOT_DATED for year in paid):
            said.append("all at once puts all the work into one year")
        elif len(paid) > 1:
            said.append(f"all at once takes {pounds(once.total.total)} in one year, phasing {joined(each)}")
    elif phases:
        last = max((year.year for year in phases.years if year.year != NOT_DATED), default="")
        said.append(f"phasing takes until {last}" if last else "phasing takes longer")
    return f"Why not the others: {'; '.join(said)}."


def _in(year: str) -> str:
    return "with no year yet" if year == NOT_DATED else f"in {year}"


def _open_to_attack(brief: Brief, ways: tuple[Alternative, ...]) -> Iterator[str]:
    """ "Items left open to attack while …: doing nothing 3; isolating 1.": for each option alike; others are not told."""
    staying = sum(map(open_to_attack, brief.plan.kept + brief.plan.undecided))
    if not brief.internal or not (staying or any(way.left_open for way in ways)):
        return
    found = []
    for way in ways:
        later = f" ({way.left_open:,} of them until later)" if way.left_open and way.way == "phased" else ""
        found.append(f"{_SHORT[way.way]} {staying + way.left_open:,}{later}")
    yield f"Items left open to attack if “Do now” is not done: {'; '.join(found)}."


def _cost(total: YearTotal | None) -> str:
    return priced(None if total is None else total.total)
