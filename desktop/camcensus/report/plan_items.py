"""The items by year and priority, with who made them, why they are here, and what they cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from camcensus.model.attribution import GRADES
from camcensus.model.plan import NOT_DATED, OPTION_WORDS, PRIORITY_WORDS, REPLACING, Option, PlanItem
from camcensus.model.words import GRADE_SHORT, KIND_WORDS, clean, pounds
from camcensus.report.blocks import Block, Heading, Prose
from camcensus.report.drawn_table import Column, DrawnTable, Fact, Row
from camcensus.report.ink import BODY, NOTE
from camcensus.report.plan_brief import NAME_CHARACTERS, NOT_PRICED, Brief, counted, joined, run_of_refs

_GROUP_WORDS = {"camera": "cameras", "recorder": "recorders"}
_OTHER_WORK: dict[Option, str] = {"separate": "separate", "remove": "remove", "keep": "keep"}
_TEXTS = (
    Column("Ref", 0.7),
    Column("Location\nand purpose", 1.15),
    Column("What it is\nMade by", 1.35),
    Column("Reason\nOption", 1.25),
    Column("Qty", figures=True),
)
_PRICES = (Column("Unit", figures=True), Column("Fitting", figures=True))
_TOTAL = Column("Total", figures=True)


def items(brief: Brief) -> Iterator[Block]:
    """One table for each year, priority, kind and what is to be done; equal neighbours share a row. It adds up to page 1."""
    if not brief.plan.items:
        return
    yield Heading("Items by year and priority", 2)
    words = ", ".join(f"{number} {word}" for number, word in PRIORITY_WORDS.items())
    yield Prose(f"Priority: {words}. Amounts exclude VAT and contingency.", BODY, keeps_next=True)
    groups: defaultdict[tuple[str, int, str], list[PlanItem]] = defaultdict(list)
    for item in brief.plan.items:
        groups[(item.year or NOT_DATED, item.priority, _group(item))].append(item)
    with_prices = any(item.total is not None for item in brief.plan.items)
    tables = {
        key: [_row(brief, equal, with_prices) for equal in equal_neighbours(brief, group)] for key, group in groups.items()
    }
    every = [row for rows in tables.values() for row in rows]
    for key, rows in tables.items():
        year, priority, kind = key
        priced = [item.total for item in groups[key] if item.total is not None]
        total = pounds(sum(priced)) if priced else NOT_PRICED
        between = ["", ""] if with_prices else []
        subtotal = Row(["Subtotal", f"{len(groups[key]):,}", *between, total], "total", span=4)
        yield Heading(f"{year}, priority {priority}: {kind}", 3)
        yield DrawnTable([*_TEXTS, *(_PRICES if with_prices else ()), _TOTAL], [*rows, subtotal], like=every)
    check = _check(brief)
    if check:
        yield Prose(check, NOTE)


def _group(item: PlanItem) -> str:
    """ "cameras" where they are replaced, so that the subtotals count what page 1 counts; else "cameras to remove"."""
    kind = _GROUP_WORDS.get(item.kind, "other items")
    return kind if item.option in REPLACING else f"{kind} to {_OTHER_WORK[item.option]}"


def the_rest(brief: Brief) -> Iterator[Block]:
    """What is left as it is: first what nobody decided about, then what is kept. With the items it is the whole record."""
    for heading, said, rest in (
        (
            "Still to decide",
            "Nobody has recorded a decision about these yet. They are not in the totals.",
            brief.plan.undecided,
        ),
        ("Kept", "These stay by decision.", brief.plan.kept),
    ):
        if not rest:
            continue
        ordered = sorted(rest, key=lambda item: not item.listed_on)
        yield Heading(f"{heading}: {joined(counted(rest))}", 2)
        yield Prose(said, BODY, keeps_next=True)
        yield DrawnTable(
            [Column("Ref", 0.8), Column("Location\nand purpose", 1.3), Column("What it is\nMade by", 1.5), Column("Reason", 1)],
            [
                Row([run_of_refs([item.ref for item in equal]), *_who_and_where(brief, equal[0]), brief.reason(equal[0])])
                for equal in equal_neighbours(brief, ordered)
            ],
        )


def _who_and_where(brief: Brief, item: PlanItem) -> tuple[list[Fact], list[Fact]]:
    where = [Fact(brief.place(item))]
    purpose = brief.purpose(item)
    if purpose:
        where.append(Fact(purpose, "second"))
    return where, made_by(brief, item)


def equal_neighbours(brief: Brief, group: Sequence[PlanItem]) -> list[list[PlanItem]]:
    """Items in the order given; neighbours of which the same is said share a list."""
    rows: list[list[PlanItem]] = []
    for item in group:
        if rows and _print(brief, rows[-1][0]) == _print(brief, item):
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _print(brief: Brief, item: PlanItem) -> tuple[object, ...]:
    """All that a row says besides the ref."""
    return (
        brief.place(item),
        brief.purpose(item),
        item.kind,
        item.model,
        item.brand,
        brief.maker(item),
        item.grade,
        bool(item.listed_on),
        brief.reason(item),
        item.option,
        item.unit,
        item.fitting,
    )


def _row(brief: Brief, equal: Sequence[PlanItem], with_prices: bool) -> Row:
    item = equal[0]
    totals = [other.total for other in equal if other.total is not None]
    why = [Fact(brief.reason(item)), Fact(OPTION_WORDS[item.option], "second")]
    return Row(
        [
            run_of_refs([other.ref for other in equal]),
            *_who_and_where(brief, item),
            why,
            f"{sum(other.quantity for other in equal):,}",
            *(["–" if price is None else pounds(price) for price in (item.unit, item.fitting)] if with_prices else []),
            pounds(sum(totals)) if totals else NOT_PRICED,
        ]
    )


def made_by(brief: Brief, item: PlanItem) -> list[Fact]:
    """What it is, who made it, how sure: stacked. The brand where it is not the maker's name."""
    maker, brand = brief.maker(item), clean(item.brand or "", NAME_CHARACTERS)
    what = KIND_WORDS[item.kind]
    if item.model:
        what += f", {clean(item.model, NAME_CHARACTERS)}"
    facts = [Fact(what)]
    if maker and item.grade in GRADES[:4]:
        facts.append(Fact(maker if not brand or brand.casefold() == maker.casefold() else f"{maker}, sold as {brand}"))
    elif brand:
        facts.append(Fact(f"Sold as {brand}"))
    facts.append(Fact(GRADE_SHORT[item.grade] if item.grade != "unknown" else "Maker not known", "second", item.grade))
    return facts


def _check(brief: Brief) -> str:
    """How the subtotals add up to the amounts of page 1."""
    plan = brief.plan
    if not any(item.total is not None for item in plan.items):
        return ""
    sentences = []
    for year in plan.years:
        groups: defaultdict[tuple[int, str], int] = defaultdict(int)
        for item in plan.items:
            if (item.year or NOT_DATED) == year.year and item.option in REPLACING and item.total is not None:
                groups[(item.priority, _group(item))] += item.total
        parts = " + ".join(pounds(amount) for amount in groups.values()) or "£0"
        if len(groups) > 1:
            parts += f" = {pounds(year.equipment + year.fitting)}"
        sentences.append(f"{year.year}: {parts}, plus {pounds(year.contingency)} contingency = {pounds(year.total)}.")
    together = f" Together {pounds(plan.total.total)}." if len(plan.years) > 1 else ""
    return f"Check: {' '.join(sentences)}{together}"
