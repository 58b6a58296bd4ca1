"""Page 1 of the plan: the ask, what it costs, what we recommend, who signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from camcensus.model.blocks import Block, Cell, Column, Fact, Heading, Piece, Prose, Row, Spacing, Strong, TableBlock
from camcensus.model.plan import NOT_DATED, Batch, PlanItem, YearTotal
from camcensus.model.prose import fitting, joined
from camcensus.model.words import DISCLAIMER, count, long_date, pounds
from camcensus.planning.differences import rate
from camcensus.planning.years import last_month
from camcensus.report.plan.brief import (
    NOT_PRICED,
    Brief,
    counted,
    run_of_refs,
    strong_joined,
    unpriced_words,
)
from camcensus.report.sheet import SIMULATION

URGENT_NAMED = 2
"""Sentences of what cannot wait that are on the first page; the last pages have all."""
PLACES_NAMED = 3
TIGHT_FROM_POINTS = 21.0
"""With signatures as low as this the tables are set tighter too, so that the page that is signed stays one page."""


def front(brief: Brief, to_write: float) -> Iterator[Block]:
    """The decision page, with `to_write` points of height for each signature."""
    yield Heading("Replacement plan", 1)
    yield Prose(f"{brief.version} · as at {long_date(brief.as_at.date().isoformat())}", "subtitle", after=14)
    if brief.simulation:
        yield Prose([Strong(f"{SIMULATION}."), " It is not for signing."], after=12)
    yield Prose(ask(brief), "ask", after=4, bar=True)
    yield Heading("What it costs", 2)
    spacing: Spacing = "tight" if to_write <= TIGHT_FROM_POINTS else "open"
    yield _costs(brief, spacing)
    yield Heading("What we recommend", 2)
    if brief.urgent:
        yield Prose([Strong("Do now, whatever the year."), f" {' '.join(brief.urgent[:URGENT_NAMED])}"], after=6)
    yield Prose(" ".join(_recommendation(brief)))
    yield Heading("Sign-off", 2)
    yield TableBlock(
        [Column("Role", 1.35), Column("Name", 1.55), Column("Signature", 1.2), Column("Date", 0.9)],
        [Row([role, Fact("Name", "second"), "", Fact("DD / MM / YYYY", "second")]) for role in brief.body.kind.plan_signers],
        to_write=to_write,
        spacing=spacing,
        note=f"{DISCLAIMER} {brief.left_out}".rstrip(),
    )


def ask(brief: Brief) -> list[Piece]:
    """What the reader is asked for, in one sentence; a second says what the amount leaves out."""
    plan = brief.plan
    bought, priced = brief.replaced, [item for item in brief.replaced if item.total is not None]
    years = [year for year in plan.years if year.year != NOT_DATED]
    over = f" over {count(len(years), 'year')}" if years else ""
    if priced:
        pieces: list[Piece] = ["We are asking for ", Strong(pounds(plan.total.total)), f" (excluding VAT){over} to replace "]
        pieces += [*strong_joined(_shares(brief, bought)), "."]
        left_out = len(bought) - len(priced)
        if left_out:
            has = fitting(left_out, "has", "have")
            pieces.append(f" {left_out:,} of them {has} no price and {fitting(left_out)} left out of the amount.")
        without = _without_fitting(priced)
        if without:
            pieces.append(
                f" Fitting {without} has no price either." if left_out else f" Fitting {without} has no price and is left out."
            )
        return pieces
    if bought:
        shares = strong_joined(_shares(brief, bought))
        if plan.total.total:
            pieces = ["We are asking for ", Strong(pounds(plan.total.total)), f" (excluding VAT){_work_words(brief)}"]
            they = fitting(len(bought), "It has no price and is", "They have no price and are")
            return [*pieces, ", and for a decision to replace ", *shares, f"{over}. {they} left out of the amount."]
        return [
            "We are asking for a decision to replace ",
            *shares,
            f"{over}. No prices were given, so this plan names no amount.",
        ]
    if plan.total.total:
        return ["We are asking for ", Strong(pounds(plan.total.total)), f" (excluding VAT){over}{_work_words(brief)}."]
    if plan.items:
        removed = [item for item in plan.items if item.option == "remove"]
        verb = "remove" if removed else "separate from other networks"
        return [f"We are asking for a decision to {verb} ", *strong_joined(_shares(brief, removed or plan.items)), "."]
    if not brief.everything:
        return ["There are no cameras in this record yet, so there is nothing to decide."]
    if plan.undecided:
        listed = [item for item in plan.undecided if item.listed_on]
        if listed:
            wait = f" by listed makers {fitting(len(listed), 'waits', 'wait')} for a decision."
            return ["No replacement is decided yet. ", *strong_joined(_shares(brief, listed)), wait]
        based = [item for item in plan.undecided if item.based]
        if based:
            wait = f" by makers based in China (our reading) {fitting(len(based), 'waits', 'wait')} for a decision."
            return ["No replacement is decided yet. ", *strong_joined(_shares(brief, based)), wait]
        return ["No replacement is decided yet. ", *strong_joined(counted(plan.undecided)), " wait for a decision."]
    return ["No replacement is planned: ", *strong_joined(counted(plan.kept)), " are kept by decision."]


def _work_words(brief: Brief) -> str:
    """ " to separate 2 cameras and for 1 other line": what has a price besides what is bought."""
    parts = []
    for option, verb in (("remove", "remove"), ("separate", "separate from other networks")):
        items = [item for item in brief.plan.items if item.option == option and item.total is not None]
        if items:
            parts.append(f" to {verb} {joined(counted(items))}")
    priced = sum(line.total is not None for line in brief.plan.lines)
    if priced:
        parts.append(f" for {count(priced, 'other line')}")
    return " and".join(parts)


def _shares(brief: Brief, items: Sequence[PlanItem]) -> list[str]:
    """["17 of 42 cameras", "1 of 2 recorders", "3 encoders"], only what there is."""
    numbers = Counter(item.kind for item in items)
    shares = []
    for kind, one, of in (("camera", "camera", brief.plan.cameras_all), ("recorder", "recorder", brief.plan.recorders_all)):
        if numbers[kind]:  # type: ignore[index]
            shares.append(f"{numbers[kind]:,} of {count(of, one)}")  # type: ignore[index]
    return shares + counted(item for item in items if item.kind not in ("camera", "recorder"))


def _costs(brief: Brief, spacing: Spacing) -> Block:
    plan = brief.plan
    if not plan.years:
        return Prose("Nothing is to be bought, so there are no costs.")
    work = [batch for batch in plan.acting if batch.buys]
    totals = [batch.total for batch in plan.acting] + [line.total for line in plan.lines]
    priced = any(total is not None for total in totals)
    unpriced = [batch for batch in work if batch.total is None]
    fitted = any(batch.fitting is not None for batch in plan.acting) or any(line.fitting is not None for line in plan.lines)
    paid_once = bool(plan.total.other)
    others = any(batch.kind not in ("camera", "recorder") for batch in work) and not paid_once
    count_unpriced = bool(unpriced) and not paid_once and not others
    # Eight columns are what the width of the page has room for; what has no column is said in the note.
    year = "Year" if priced and (paid_once or others or count_unpriced) else "Financial year"
    columns = [Column(year), Column("Cameras", figures=True), Column("Recorders", figures=True)]
    columns += [Column("Others", figures=True)] if others else []
    if priced:
        columns += [Column("Unpriced", figures=True)] if count_unpriced else []
        money = ("Equipment", "Fitting", *(["Other"] if paid_once else []), "Contingency")
        columns += [Column(head, figures=True) for head in money]
    columns.append(Column("Total", figures=True))

    def cells(total: YearTotal, batches: Sequence[Batch]) -> list[Cell]:
        row: list[Cell] = [total.year, f"{total.cameras:,}", f"{total.recorders:,}"]
        if others:
            row.append(f"{sum(batch.quantity for batch in batches) - total.cameras - total.recorders:,}")
        if not priced:
            return [*row, NOT_PRICED]
        if count_unpriced:
            row.append(f"{sum(batch.quantity for batch in batches if batch.total is None):,}")
        fitting = pounds(total.fitting) if fitted else "–"
        other = [pounds(total.other)] if paid_once else []
        return [*row, pounds(total.equipment), fitting, *other, pounds(total.contingency), pounds(total.total)]

    rows = [Row(cells(year, [batch for batch in work if (batch.year or NOT_DATED) == year.year])) for year in plan.years]
    last = [Row(cells(plan.total, work), "total")]
    if priced and plan.total.vat is not None and plan.total.with_vat is not None:
        width = len(columns) - 1
        last.append(Row([f"VAT at {rate(plan.costs.vat_hundredths)}", pounds(plan.total.vat)], span=width))
        last.append(Row(["Total including VAT", pounds(plan.total.with_vat)], "total", span=width))
    note = " ".join(_cost_notes(brief, priced))
    return TableBlock(columns, [*rows, *last], note=note, spacing=spacing)


def _cost_notes(brief: Brief, priced: bool) -> Iterator[str]:
    plan = brief.plan
    first, last = _month(plan.year_starts), _month(last_month(plan.year_starts))
    if not priced:
        yield "No prices have been typed in, so no amount is shown and none was estimated."
        yield f"Financial years run from {first} to {last}."
        return
    taxed = plan.total.vat is not None
    yield f"{'Amounts by year' if taxed else 'All amounts'} exclude VAT. Financial years run from {first} to {last}."
    yield f"Contingency is {plan.costs.contingency_percent}% of each year, rounded to the nearest £10."
    yield f"Prices are the figures typed by {brief.organisation}."
    rest = sum(batch.quantity for batch in plan.acting if batch.buys) - plan.total.cameras - plan.total.recorders
    if rest and plan.total.other:
        yield f"{count(rest, 'item is', 'items are')} neither a camera nor a recorder."
    new, old = sum(batch.quantity for batch in plan.acting if batch.buys), len(brief.replaced)
    if new != old:
        yield f"{count(new, 'new item takes', 'new items take')} the place of {old:,}."
    if plan.unpriced:
        yield f"{unpriced_words(plan.unpriced)}. What is not priced is left out (see “Unpriced and unidentified items”)."


def _without_fitting(priced: Sequence[PlanItem]) -> str:
    """ "of the cameras" where fitting them has no price; empty where all has one."""
    kinds = [kind for kind in ("camera", "recorder") if any(item.kind == kind and item.fitting is None for item in priced)]
    return f"of the {joined([f'{kind}s' for kind in kinds])}" if kinds else ""


def _recommendation(brief: Brief) -> Iterator[str]:
    plan = brief.plan
    for year in plan.years:
        items = [item for item in brief.replaced if (item.year or NOT_DATED) == year.year]
        if not items:
            continue
        when = f"In {year.year}" if year.year != NOT_DATED else "At the end of their lives"
        recorders = [item for item in items if item.kind == "recorder"]
        named = f" ({run_of_refs([item.ref for item in recorders])})" if 0 < len(recorders) <= PLACES_NAMED else ""
        yield f"{when}, replace {joined(counted(items))}{named}{_places(brief, items)}."
    for option, verb in (("remove", "Remove"), ("separate", "Keep, but separate from other networks,")):
        items = [item for item in plan.items if item.option == option]
        if items:
            yield f"{verb} {joined(counted(items))}{_places(brief, items)}."
    if plan.lines:
        names = list(dict.fromkeys(brief.line_name(line) for line in plan.lines))
        many = brief.audience == "public" or len(names) > PLACES_NAMED
        yield f"Pay for {count(len(plan.lines), 'line') + ' of other work' if many else joined(names)}."
    if plan.kept:
        yield f"Keep {'the other ' if plan.items else ''}{joined(counted(plan.kept))}."
    if plan.undecided:
        listed = sum(bool(item.listed_on) for item in plan.undecided)
        based = sum(item.based for item in plan.undecided)
        of_these = f", {listed:,} of them by a listed maker" if listed else ""
        of_these += f", {based:,} by a maker based in China (our reading)" if based else ""
        yield f"Decide about {joined(counted(plan.undecided))}{of_these}."
    if not brief.everything:
        yield "Search the network, walk round, or import a list. Then print this plan again."


def _places(brief: Brief, items: Iterable[PlanItem]) -> str:
    """ ": Main entrance, Nursery gate and 3 more places", the places with most items first."""
    if brief.audience == "public":
        return ""
    numbers = Counter(room for item in items if (room := brief.room(item)))
    if not numbers:
        return ""
    names = [name for name, _ in sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0]))]
    if len(names) > PLACES_NAMED + 1:
        names = [*names[:PLACES_NAMED], f"{len(names) - PLACES_NAMED} more places"]
    return f": {joined(names)}"


def _month(number: int) -> str:
    return long_date(f"2000-{number:02d}").split()[0]
