"""The options that were compared: what each costs and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model.words import count, pounds
from camcensus.planning.costs import NOT_DATED
from camcensus.report.blocks import Block, Heading, Prose
from camcensus.report.drawn_table import Column, DrawnTable, Row
from camcensus.report.ink import BODY
from camcensus.report.plan_brief import NOT_PRICED, Brief, counted, joined, run_of_refs
from camcensus.report.plan_charts import before_and_after, money_by_year


def options(brief: Brief) -> Iterator[Block]:
    """Do nothing, keep and isolate, phased, all at once; the planned one is marked."""
    bought = brief.replaced
    if not bought:
        return
    plan = brief.plan
    years = [year.year for year in plan.years if year.year != NOT_DATED]
    listed = sum(bool(item.listed_on) for item in bought)
    stay = f"{joined(counted(bought)).capitalize()} {'stays' if len(bought) == 1 else 'stay'} in use"
    stay += f", {listed:,} of them by a listed maker." if listed and len(bought) > 1 else "."
    priced = any(item.total is not None for item in bought)
    cost = pounds(plan.total.total) if priced else NOT_PRICED
    phased = len(years) > 1
    later = [item for item in bought if item.year and item.year != years[0]] if phased else []
    recorders = [item for item in bought if item.kind == "recorder"]
    fails = f"If {run_of_refs([item.ref for item in recorders])} fails, recording stops." if len(recorders) == 1 else ""
    once = f"All at once, in {years[0]}" if years else "All at once"
    together = "One visit and one set of permits. Ask whether one visit costs less."
    until = years[1] if phased else "later"
    in_stages = f"{joined(counted(later)).capitalize()} {'waits' if len(later) == 1 else 'wait'} until {until}."
    rows = [
        Row(
            [
                "Do nothing",
                "£0",
                "No work on site. The money is free for other uses.",
                stay,
                fails or "Equipment ages; repairs may end.",
            ]
        ),
        Row(
            [
                "Keep and isolate",
                NOT_PRICED,
                "Quick: mostly work for IT. Nothing is drilled.",
                stay,
                "The separate network has to be checked each year.",
            ]
        ),
    ]
    if phased:
        rows.append(
            Row(
                [
                    f"Phased over {count(len(years), 'year')} (recommended)",
                    cost,
                    "Priority 1 comes first. The cost is spread and recording goes on.",
                    in_stages,
                    "Prices may change before the later years.",
                ],
                "pick",
            )
        )
        rows.append(
            Row([once, cost, together, "All in one year’s budget.", "Recording stops at more places at the same time."])
        )
    else:
        rows.append(
            Row(["Phased over more years", cost, "The cost is spread.", "Some stay in use longer.", "Prices may change."])
        )
        rows.append(
            Row(
                [
                    f"{once} (recommended)",
                    cost,
                    together,
                    "All in one year’s budget.",
                    "Recording stops at more places at the same time.",
                ],
                "pick",
            )
        )
    unpriced = sum(item.total is None for item in bought)
    note = None
    if priced:
        note = "All at once is worked out with the same prices as phased."
        if unpriced:
            note += f" {count(unpriced, 'item without a price is', 'items without a price are')} left out of both."
    yield Heading("Options", 2)
    yield Prose(
        f"Four options were compared. Costs are {brief.organisation}’s own figures, excluding VAT, contingency included."
        if priced
        else "Four options were compared. No prices were given, so costs are open.",
        BODY,
        keeps_next=True,
    )
    yield DrawnTable(
        [
            Column("Option", 1),
            Column("Cost", figures=True),
            Column("For", 1.15),
            Column("Against", 1.2),
            Column("Risk to manage", 1.15),
        ],
        rows,
        note=note,
    )
    yield from money_by_year(plan.years)
    if brief.enabled_lists:
        yield from before_and_after(plan)
