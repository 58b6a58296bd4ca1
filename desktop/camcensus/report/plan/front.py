"""Page 1 of the decision paper: the ask, what it costs by year and kind of work, what we recommend, who signs."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model.blocks import Block, Bullets, Cell, Column, Heading, OnePage, Prose, Row, Strong, TableBlock
from camcensus.model.plan import PRIORITY_WORDS
from camcensus.model.words import COUNT_CAMERAS, DISCLAIMER_ALONE, long_date, pounds
from camcensus.planning.costs import contingency
from camcensus.planning.spending import Spend, Work, by_work, spending, would_cost
from camcensus.report.plan.ask import ask, decide_before, left_out, to_decide_by
from camcensus.report.plan.brief import Brief, priced
from camcensus.report.plan.costs import cost_notes, no_costs, tax_rows
from camcensus.report.plan.now import do_now
from camcensus.report.plan.recommended import actions, recommendation
from camcensus.report.plan.room import ROOMS, SummaryRoom
from camcensus.report.plan.signers import approval, signed_for
from camcensus.report.plan.ways import Ways
from camcensus.report.sheet import SIMULATION
from camcensus.report.signing import NOT_FOR_SIGNING, to_sign

HEADS: dict[Work, str] = {"replace": "Replace", "separate": "Isolate", "remove": "Remove", "other": "Other work"}


def first_page(brief: Brief) -> OnePage:
    """The page that is signed, with as much of it as there is room for."""
    return OnePage(Ways(ROOMS, lambda room: front(brief, room)))


def front(brief: Brief, room: SummaryRoom) -> Iterator[Block]:
    """The page that is signed, for so much room."""
    yield Heading("Replacement plan", 1)
    yield Prose(
        f"Decision paper for {brief.body.kind.deciders} · {brief.version} · as at {long_date(brief.as_at.date().isoformat())}",
        "subtitle",
        after=14 if not room.close else 8,
    )
    if brief.simulation:
        yield Prose([Strong(f"{SIMULATION}."), f" {NOT_FOR_SIGNING}"], after=6 if room.close else 12)
    spends = by_work(brief.plan)
    yield Prose(ask(brief, spends), room.ask, after=4, bar=True, close=room.close)
    more = " ".join(filter(None, (*left_out(brief, names=room.names), decide_before(brief))))
    if more:
        yield Prose(more, before=4, after=4, bar=True, close=room.close)
    yield Heading("What it costs", 2, close=room.close)
    yield from _costs(brief, room)
    yield Heading("What we recommend", 2, close=room.close)
    if brief.urgent:
        yield Prose(do_now(brief, room), after=3 if room.close else 6, close=room.close)
    if (room.actions or not brief.plan.total.total) and not room.least:
        yield from actions(brief, room)
    yield Bullets(list(recommendation(brief, room)), close=room.close)
    yield Heading("Sign-off", 2, close=room.close)
    yield Prose(
        [*approval(brief, room.signed), to_decide_by(brief)],
        after=7 if not room.close else 4 if room.years else 1,
        keeps_next=True,
        close=room.close,
    )
    yield to_sign(
        signed_for(brief),
        simulation=brief.simulation,
        to_write=room.to_write,
        spacing=room.spacing,
        note=f"{DISCLAIMER_ALONE} {brief.left_out}".rstrip(),
    )


# -- what it costs


def _costs(brief: Brief, room: SummaryRoom) -> Iterator[Block]:
    """Years down, kinds of work across, what it comes to at the right; with nothing decided what it would come to."""
    plan = brief.plan
    if not plan.years:
        yield Prose(no_costs(plan), close=room.close)
        yield from _would_cost(brief, room)
        return
    notes = " ".join(cost_notes(brief, least=room.least))
    if not plan.total.total:
        yield Prose(notes)
        return
    every = by_work(plan)
    works = [spend.work for spend in every]
    by_year = {(spend.year, spend.work): spend for spend in spending(plan)}
    contingency = bool(plan.total.contingency)
    columns = [Column("Spent in"), *(Column(HEADS[work], figures=True) for work in works)]
    columns += [Column("Contingency", figures=True)] if contingency else []
    columns.append(Column("Total", figures=True))
    rows = []
    for year in plan.years:
        cells: list[Cell] = [year.year, *(_amount(by_year.get((year.year, work))) for work in works)]
        rows.append(Row([*cells, *([pounds(year.contingency)] if contingency else []), pounds(year.total)]))
    taxed = tax_rows(brief, len(columns))
    total: list[Cell] = ["Total excluding VAT" if taxed else "Total", *map(_amount, every)]
    rows.append(Row([*total, *([pounds(plan.total.contingency)] if contingency else []), pounds(plan.total.total)], "total"))
    yield TableBlock(columns, [*rows, *taxed], note=notes, spacing=room.spacing)


def _would_cost(brief: Brief, room: SummaryRoom) -> Iterator[Block]:
    """What replacing everything by listed makers would cost, by priority and the year in which that is due."""
    found = would_cost(brief.plan, brief.as_at.date())
    if not found:
        return
    percent = brief.plan.costs.contingency_percent
    every = [one.pence for one in found if one.pence is not None]
    pence = sum(every) if len(every) == len(found) else None
    more = 0 if pence is None else sum(contingency(one, percent) for one in every)
    rows = [
        Row(
            [
                f"{one.priority}, {PRIORITY_WORDS[one.priority]}",
                one.year,
                f"{one.cameras:,}",
                f"{one.recorders:,}",
                priced(one.pence),
            ]
        )
        for one in found
    ]
    if more:
        rows.append(Row([f"Contingency, {percent}%", pounds(more)], span=4))
    sums = [f"{sum(one.cameras for one in found):,}", f"{sum(one.recorders for one in found):,}"]
    rows.append(Row(["Total", "", *sums, priced(None if pence is None else pence + more)], "total"))
    yield Prose(f"Replacing everything by a maker on {brief.lists} would cost:", keeps_next=True, close=room.close)
    yield TableBlock(
        [Column("Priority"), Column("Due in"), *(Column(head, figures=True) for head in ("Cameras", "Recorders", "Cost"))],
        rows,
        spacing=room.spacing,
        note=(
            "Excluding VAT, from the prices entered in the plan. Nothing of it is decided or asked for."
            if pence is not None
            else "Enter what a camera and a recorder cost, in the plan: then this table has the cost. Nothing of it is decided."
        )
        + ("" if brief.plan.cameras_all else f" {COUNT_CAMERAS}"),
    )


def _amount(spend: Spend | None) -> str:
    if spend is None:
        return "£0"
    return "Not priced" if spend.pence is None else pounds(spend.pence)
