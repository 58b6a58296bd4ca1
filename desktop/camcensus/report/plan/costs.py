"""What the plan costs in detail: by year, with VAT and by site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model.blocks import Block, Cell, Column, Heading, Prose, Row, TableBlock
from camcensus.model.plan import NOT_DATED, Batch, Plan, YearTotal
from camcensus.model.words import clean, count, joined, long_date, pounds
from camcensus.planning.differences import rate
from camcensus.planning.spending import COST_NOTHING, by_site, is_priced
from camcensus.planning.years import year_ends
from camcensus.report.plan.ask import left_out
from camcensus.report.plan.brief import NOT_PRICED, PLACE_CHARACTERS, Brief, unpriced_words

MONEY_BY_SITE = "Money by site"
NO_ONE_SITE = "No location yet, or no one site"


def costs(brief: Brief) -> Iterator[Block]:
    """The tables of money; nothing where there is none."""
    if not brief.plan.years:
        yield Prose(no_costs(brief.plan))
        return
    yield by_year(brief)
    yield from _by_site(brief)


def no_costs(plan: Plan) -> str:
    """What is said of costs where nothing is bought and nothing has a price: work may cost something all the same."""
    if plan.items or plan.lines:
        if is_priced(plan):
            return COST_NOTHING
        bought = "" if plan.lines else "Nothing will be bought. "
        return f"{bought}What the work costs is not known: the plan has no prices yet."
    return (
        "No purchase is decided yet, so there are no costs yet."
        if plan.undecided
        else "Nothing will be bought, so there are no costs."
    )


def cost_notes(brief: Brief, *, least: bool = False) -> Iterator[str]:
    """What the amounts hold, and what they do not; `least` is what a reader of the amounts cannot do without."""
    plan = brief.plan
    if not plan.total.total:
        none = "The plan has no prices yet, so no amount is shown and none was estimated."
        yield COST_NOTHING if is_priced(plan) else none
        yield from _year_ends(plan)
        return
    taxed = plan.total.vat is not None
    yield f"{'Amounts by year' if taxed else 'All amounts'} exclude VAT."
    yield from _year_ends(plan)
    if plan.total.contingency:
        each = "" if all(year.year == NOT_DATED for year in plan.years) else " of each year"
        yield f"Contingency is {plan.costs.contingency_percent}%{each}, rounded to the nearest £10."
    if not least:
        yield f"Prices were entered by {brief.organisation}."
    if not any(left_out(brief)):
        yield "All the work is priced."
    new, old = sum(batch.quantity for batch in plan.acting if batch.buys), len(brief.replaced)
    if new != old:
        yield f"{count(new, 'new item takes', 'new items take')} the place of {old:,}."


def tax_rows(brief: Brief, columns: int) -> list[Row]:
    """VAT and the total with it, below a table whose last column is money; none where no rate was given."""
    plan = brief.plan
    if plan.total.vat is None or plan.total.with_vat is None:
        return []
    ask = " (ask your finance office whether you can reclaim it)" if plan.total.vat and brief.internal else ""
    return [
        Row([f"VAT at {rate(plan.costs.vat_hundredths)}{ask}", pounds(plan.total.vat)], span=columns - 1),
        Row(["Total including VAT", pounds(plan.total.with_vat)], "total", span=columns - 1),
    ]


def by_year(brief: Brief) -> Block:
    """What is bought in each year, and what its price is made of."""
    plan = brief.plan
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
    note = " ".join(_notes(brief, priced, paid_once))
    return TableBlock(columns, [*rows, Row(cells(plan.total, work), "total")], note=note, spacing="close")


def _notes(brief: Brief, priced: bool, paid_once: bool) -> Iterator[str]:
    plan = brief.plan
    yield "Cameras and recorders are those that are bought."
    if not priced:
        return
    rest = sum(batch.quantity for batch in plan.acting if batch.buys) - plan.total.cameras - plan.total.recorders
    if rest and paid_once:
        yield f"{count(rest, 'item is', 'items are')} neither a camera nor a recorder."
    if plan.unpriced:
        yield f"{unpriced_words(brief, plan.unpriced)} and left out."
    if taxed := _with_vat(brief):
        yield taxed


def _by_site(brief: Brief) -> Iterator[Block]:
    """What each site's work costs."""
    sums = by_site(brief.plan)
    if not brief.many_sites or len(sums) < 2:
        return
    names = [clean(one.site, PLACE_CHARACTERS) or NO_ONE_SITE for one in sums]

    def money(pence: int) -> str:
        return NOT_PRICED if brief.plan.unpriced and not pence else pounds(pence)

    yield Heading(MONEY_BY_SITE, 3)
    rows = [
        Row([name, f"{one.replace:,}", f"{one.separate:,}", f"{one.remove:,}", money(one.pence)])
        for name, one in zip(names, sums, strict=True)
    ]
    last = [sum(one.replace for one in sums), sum(one.separate for one in sums), sum(one.remove for one in sums)]
    rows.append(Row(["Total", *(f"{number:,}" for number in last), money(sum(one.pence for one in sums))], "total"))
    yield TableBlock(
        [Column("Site", 2), *(Column(head, figures=True) for head in ("Replace", "Isolate", "Remove", "Cost"))],
        rows,
        spacing="close",
        note="Items by what is done with them. Costs exclude VAT and contingency.",
    )


def _with_vat(brief: Brief) -> str:
    """What each year comes to with VAT; "" where no rate was given."""
    plan = brief.plan
    if plan.total.vat is None or not plan.total.total or len(plan.years) < 2:
        return ""
    said = [
        (pounds(year.with_vat or 0), "with no year yet" if year.year == NOT_DATED else f"in {year.year}") for year in plan.years
    ]
    return f"Including VAT: {joined([' '.join(one) for one in said])}."


def _year_ends(plan: Plan) -> Iterator[str]:
    """ "2026-27 ends on 31 March 2027, 2027-28 on 31 March 2028."."""
    years = {item.year for item in plan.items} | {line.year for line in plan.lines}
    ends = [(year, year_ends(year, plan.year_starts)) for year in sorted(year for year in years if year)]
    said = [f"{year} {'on' if at else 'ends on'} {long_date(end.isoformat())}" for at, (year, end) in enumerate(ends) if end]
    if said:
        yield f"{joined(said)}."
