"""The items by year and priority, with who made them, why they are here, and what they cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from camcensus.model.attribution import GRADES
from camcensus.model.blocks import Block, Cell, Column, Fact, Heading, Prose, Row, TableBlock
from camcensus.model.plan import NOT_DATED, OPTION_WORDS, PRIORITY_WORDS, REPLACING, Batch, Option, OwnLine, Plan, PlanItem
from camcensus.model.prose import joined
from camcensus.model.words import GRADE_SHORT, KIND_WORDS, clean, pounds
from camcensus.report.plan.after import with_vat
from camcensus.report.plan.brief import NAME_CHARACTERS, NOT_PRICED, Brief, counted, priced, run_of_refs

_GROUP_WORDS = {"camera": "cameras", "recorder": "recorders"}
OWN_LINES = "own lines"
_KINDS = ("cameras", "recorders", "other items")
_OTHER_WORK: dict[Option, str] = {"separate": "separate", "remove": "remove", "keep": "keep"}
_TEXTS = (
    Column("Ref", 0.7),
    Column("Location\nand purpose", 1.3),
    Column("What it is\nMade by", 1.3),
    Column("Reason\nOption", 1.25),
    Column("Qty", figures=True),
)
_PRICES = (Column("Unit", figures=True), Column("Fitting", figures=True))
_TOTAL = Column("Total", figures=True)


def items(brief: Brief) -> Iterator[Block]:
    """One table for each year, priority, kind and what is to be done; equal neighbours share a row. It adds up to page 1."""
    if not brief.plan.acting and not brief.plan.lines:
        return
    yield Heading("Items by year and priority", 2)
    words = ", ".join(f"{number} {word}" for number, word in PRIORITY_WORDS.items())
    yield Prose(f"Priority: {words}. Amounts exclude VAT and contingency.", keeps_next=True)
    members: defaultdict[str, list[PlanItem]] = defaultdict(list)
    for item in brief.plan.items:
        members[item.batch].append(item)
    with_prices = any(total is not None for _, _, total in priced_lines(brief.plan))
    rows: defaultdict[tuple[str, int, str], list[Row]] = defaultdict(list)
    sums: defaultdict[tuple[str, int, str], list[tuple[int, int | None]]] = defaultdict(list)
    for batch in brief.plan.acting:
        key = (batch.year or NOT_DATED, batch.priority, _group(batch))
        rows[key] += _batch_rows(brief, batch, members[batch.id], with_prices)
        sums[key].append((batch.quantity, batch.total))
    for line in brief.plan.lines:
        key = (line.year or NOT_DATED, line.priority, OWN_LINES)
        rows[key].append(_line_row(brief, line, with_prices))
        sums[key].append((line.quantity, line.total))
    every = [row for some in rows.values() for row in some]
    for year, priority, kind in sorted(rows, key=_in_order):
        amounts = sums[year, priority, kind]
        priced = [total for _, total in amounts if total is not None]
        between = ["", ""] if with_prices else []
        quantity = f"{sum(number for number, _ in amounts):,}"
        subtotal = Row(["Subtotal", quantity, *between, pounds(sum(priced)) if priced else NOT_PRICED], "total", span=4)
        yield Heading(f"{year}, priority {priority}: {kind}", 3)
        columns = [*_TEXTS, *(_PRICES if with_prices else ()), _TOTAL]
        yield TableBlock(columns, [*rows[year, priority, kind], subtotal], like=every)
    check = _check(brief)
    if check:
        yield Prose(check, "note")
    yield from _by_priority(brief)
    yield from with_vat(brief)


def priced_lines(plan: Plan) -> Iterator[tuple[str, tuple[int, str], int | None]]:
    """Year, group of the tables, and total of every batch to act on and every line."""
    for batch in plan.acting:
        yield batch.year or NOT_DATED, (batch.priority, _group(batch)), batch.total
    for line in plan.lines:
        yield line.year or NOT_DATED, (line.priority, OWN_LINES), line.total


def _in_order(key: tuple[str, int, str]) -> tuple[object, ...]:
    year, priority, kind = key
    return year == NOT_DATED, year, priority, _KINDS.index(kind) if kind in _KINDS else len(_KINDS), kind


def _group(batch: Batch) -> str:
    """ "cameras" where they are replaced, so that the subtotals count what page 1 counts; else "cameras to remove"."""
    kind = _GROUP_WORDS.get(batch.kind, "other items")
    return kind if batch.option is None or batch.option in REPLACING else f"{kind} to {_OTHER_WORK[batch.option]}"


def _by_priority(brief: Brief) -> Iterator[Block]:
    """The total of each year and priority."""
    plan = brief.plan
    if not any(subtotal.total for subtotal in plan.subtotals):
        return
    unpriced = any(subtotal.unpriced for subtotal in plan.subtotals)
    heads = ["Year", "Priority", "Items", *(["Unpriced"] if unpriced else []), "Total"]
    rows = [
        Row(
            [
                one.year,
                f"{one.priority}, {PRIORITY_WORDS[one.priority]}",
                f"{one.quantity:,}",
                *([f"{one.unpriced:,}"] if unpriced else []),
                pounds(one.total),
            ]
        )
        for one in plan.subtotals
    ]
    number, left_out = sum(one.quantity for one in plan.subtotals), sum(one.unpriced for one in plan.subtotals)
    last = Row(
        [
            "Total",
            "",
            f"{number:,}",
            *([f"{left_out:,}"] if unpriced else []),
            pounds(sum(one.total for one in plan.subtotals)),
        ],
        "total",
    )
    note = "Excluding VAT and contingency."
    if unpriced:
        note += " “Unpriced” counts batches and lines that are left out of the totals."
    yield Heading("Sums by year and priority", 3)
    yield TableBlock([Column(head, figures=head in ("Items", "Unpriced", "Total")) for head in heads], [*rows, last], note=note)


def the_rest(brief: Brief) -> Iterator[Block]:
    """What is left as it is: first what nobody decided about, then what is kept. With the items it is the whole record."""
    for heading, said, rest in (
        (
            "Taken out of this plan",
            "These were taken out by hand. They are not in the totals; what was decided of them stays in the register.",
            brief.plan.taken_out,
        ),
        (
            "Still to decide",
            "Nobody has recorded a decision about these yet. They are not in the totals.",
            brief.plan.undecided,
        ),
        ("Kept", "These stay by decision.", brief.plan.kept),
    ):
        if not rest:
            continue
        ordered = sorted(rest, key=lambda item: (not item.listed_on, not item.based))
        yield Heading(f"{heading}: {joined(counted(rest))}", 2)
        yield Prose(said, keeps_next=True)
        yield TableBlock(
            [
                Column("Ref", 0.8),
                Column("Location\nand purpose", 1.3),
                Column("What it is\nMade by", 1.5),
                Column("Reason", 1),
            ],
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
        item.based,
        brief.reason(item),
        item.option,
        item.unit,
        item.fitting,
    )


def _batch_rows(brief: Brief, batch: Batch, members: Sequence[PlanItem], with_prices: bool) -> list[Row]:
    """Its items, equal neighbours in one row; then what is bought more or less than there were, and what is paid once.

    The quantities of its rows add up to its quantity, and their totals to its total.
    """
    made = [_row(brief, batch, equal, with_prices) for equal in equal_neighbours(brief, members)]
    more = batch.quantity - len(members)
    if more:
        said = f"{abs(more):,} {'more' if more > 0 else 'fewer'} than there were"
        made.append(_extra(brief, batch, said, more, with_prices))
    if batch.other and batch.total is not None:
        prices = ["–", "–"] if with_prices else []
        name = brief.batch_name(batch)
        made.append(
            Row(["Other", name, "Other cost, once", OPTION_WORDS[batch.option or "keep"], "0", *prices, pounds(batch.other)])
        )
    return made


def _extra(brief: Brief, batch: Batch, said: str, more: int, with_prices: bool) -> Row:
    total = None if batch.total is None else more * ((batch.unit or 0) + (batch.fitting or 0))
    option = OPTION_WORDS[batch.option or "keep"]
    return Row(["Quantity", brief.batch_name(batch), said, option, f"{more:+,}", *_prices(batch, with_prices), priced(total)])


def _line_row(brief: Brief, line: OwnLine, with_prices: bool) -> Row:
    reason = brief.said(line.reason) if brief.internal else ""
    prices = ["–" if price is None else pounds(price) for price in (line.unit, line.fitting)] if with_prices else []
    name = brief.line_name(line)
    return Row([name, "–", "Own line", reason or "–", f"{line.quantity:,}", *prices, priced(line.total)])


def _row(brief: Brief, batch: Batch, equal: Sequence[PlanItem], with_prices: bool) -> Row:
    item = equal[0]
    why = [Fact(brief.reason(item)), Fact(OPTION_WORDS[item.option], "second")]
    where, what = _who_and_where(brief, item)
    if "name" in batch.typed and brief.audience != "public":
        where.append(Fact(f"Batch: {brief.batch_name(batch)}", "second"))
    total = None if batch.total is None else len(equal) * ((batch.unit or 0) + (batch.fitting or 0))
    return Row(
        [
            run_of_refs([other.ref for other in equal]),
            where,
            what,
            why,
            f"{len(equal):,}",
            *_prices(batch, with_prices),
            priced(total),
        ]
    )


def _prices(batch: Batch, with_prices: bool) -> list[Cell]:
    """Unit and fitting, where anything has a price; a price that is left out of every total is not printed."""
    if not with_prices:
        return []
    known = (batch.unit, batch.fitting) if batch.total is not None else (None, None)
    return ["–" if price is None else pounds(price) for price in known]


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
    if not plan.total.total:
        return ""
    sentences = []
    for year in plan.years:
        groups: defaultdict[tuple[str, int, str], int] = defaultdict(int)
        for named, (priority, kind), total in priced_lines(plan):
            if named == year.year and total is not None:
                groups[named, priority, kind] += total
        parts = " + ".join(pounds(groups[key]) for key in sorted(groups, key=_in_order)) or "£0"
        if len(groups) > 1:
            parts += f" = {pounds(year.equipment + year.fitting + year.other)}"
        sentences.append(f"{year.year}: {parts}, plus {pounds(year.contingency)} contingency = {pounds(year.total)}.")
    together = f" Together {pounds(plan.total.total)}." if len(plan.years) > 1 else ""
    return f"Check: {' '.join(sentences)}{together}"
