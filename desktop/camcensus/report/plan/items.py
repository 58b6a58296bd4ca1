"""The items by site and year, with who made them, why they are here, and what they cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from camcensus.model.attribution import GRADES
from camcensus.model.blocks import Block, Cell, Column, Fact, Heading, Prose, Row, TableBlock
from camcensus.model.ordering import natural, natural_path
from camcensus.model.plan import NOT_DATED, OPTION_WORDS, PRIORITY_WORDS, Batch, OwnLine, Plan, PlanItem
from camcensus.model.prose import joined, lower_first
from camcensus.model.words import GRADE_SHORT, KIND_WORDS, clean, pounds
from camcensus.planning.spending import NO_SITE, WORKS, site_of, work_of
from camcensus.report.plan.brief import NAME_CHARACTERS, NOT_PRICED, PLACE_CHARACTERS, Brief, counted, priced, run_of_refs

FEW_ITEMS = 60
"""Up to here sites follow each other on a page; beyond, each begins a page of its own."""
_TEXTS = (
    Column("Item", 1),
    Column("What and why", 1.25),
    Column("Qty", figures=True),
)
_PRICES = (Column("Unit", figures=True), Column("Fitting", figures=True))
_TOTAL = Column("Total", figures=True)


def items(brief: Brief) -> Iterator[Block]:
    """A section for each site: what is done there by year, what waits for a decision, what stays. It adds up to page 1."""
    plan = brief.plan
    everything = brief.everything
    if not everything and not plan.lines:
        return
    held = {"act": plan.items, "out": plan.taken_out, "wait": plan.undecided, "kept": plan.kept}
    with_prices = any(total is not None for _, _, total in priced_lines(plan))
    rows = _rows_by_year(brief, with_prices)
    every = [row for some in rows.values() for _, row, _ in some]
    words = ", ".join(f"{number} {word}" for number, word in PRIORITY_WORDS.items())
    key = f"Priority: {words}. Amounts exclude VAT and contingency."
    for site in [*brief.sites, NO_SITE] if brief.many_sites else [None]:
        here = {name: [item for item in some if site is None or site_of(item) == site] for name, some in held.items()}
        years = [where for where in rows if site is None or where[0] == site]
        if not years and not any(here.values()):
            continue
        yield _heading(brief, site)
        if years:
            yield Prose(key, "note", keeps_next=True)
        for where in years:
            when = "Work not dated" if where[1] == NOT_DATED else f"Work in {where[1]}"
            yield Heading(when if site is None else f"{when}, {_site_name(site)}", 3)
            yield _year_table(rows[where], every, with_prices)
        yield from _the_rest(brief, here, site)
    check = _check(brief)
    if check:
        yield Prose(check, "note")


def _heading(brief: Brief, site: str | None) -> Heading:
    if site is None:
        return Heading("Items by year and priority", 2)
    return Heading(_site_name(site), 2, new_page=len(brief.everything) > FEW_ITEMS)


def _site_name(site: str) -> str:
    return clean(site, PLACE_CHARACTERS) or "No location yet, or no one site"


type _Line = tuple[tuple[object, ...], Row, tuple[int, int | None]]
"""Where a row goes (its priority first), the row, and its quantity and total."""


def _rows_by_year(brief: Brief, with_prices: bool) -> dict[tuple[str | None, str], list[_Line]]:
    """The rows of each site and year. With one site, or none that may be named, they are all of the site None."""
    members: defaultdict[str, list[PlanItem]] = defaultdict(list)
    for item in brief.plan.items:
        members[item.batch].append(item)
    found: defaultdict[tuple[str | None, str], list[_Line]] = defaultdict(list)
    for batch in brief.plan.acting:
        year = batch.year or NOT_DATED
        by_site: defaultdict[str | None, list[PlanItem]] = defaultdict(list)
        for item in members[batch.id]:
            by_site[site_of(item) if brief.many_sites else None].append(item)
        for site, some in by_site.items():
            found[site, year] += _item_rows(brief, batch, some, with_prices)
        own = site_of(batch) if brief.many_sites else None
        found[own if own in by_site else NO_SITE, year] += _extra_rows(brief, batch, with_prices)
    for line in brief.plan.lines:
        row = _line_row(brief, line, with_prices)
        where = NO_SITE if brief.many_sites else None, line.year or NOT_DATED
        found[where].append(((line.priority, 2), row, (line.quantity, line.total)))
    return {where: found[where] for where in sorted(found, key=_in_order) if found[where]}


def _in_order(where: tuple[str | None, str]) -> tuple[object, ...]:
    return where[1] == NOT_DATED, where[1]


def _year_table(lines: Sequence[_Line], every: Sequence[Row], with_prices: bool) -> Block:
    """One year's rows, priority 1 first, with what they come to."""
    ordered = sorted(lines, key=lambda line: line[0])
    priced = [total for _, _, (_, total) in lines if total is not None]
    between = ["", ""] if with_prices else []
    quantity = f"{sum(number for _, _, (number, _) in lines):,}"
    subtotal = Row(["Subtotal", quantity, *between, pounds(sum(priced)) if priced else NOT_PRICED], "total", span=2)
    columns = [*_TEXTS, *(_PRICES if with_prices else ()), _TOTAL]
    return TableBlock(columns, [*(row for _, row, _ in ordered), subtotal], like=every, spacing="close")


def priced_lines(plan: Plan) -> Iterator[tuple[str, int, int | None]]:
    """Year, priority and total of every batch to act on and every line."""
    for batch in plan.acting:
        yield batch.year or NOT_DATED, batch.priority, batch.total
    for line in plan.lines:
        yield line.year or NOT_DATED, line.priority, line.total


_REST = (
    ("out", "Taken out of this plan", "Taken out by hand: not in the totals; what was decided stays in the register."),
    ("wait", "Still to decide", "Nobody has recorded a decision about these yet. They are not in the totals."),
    ("kept", "Kept", "These stay by decision."),
)


def _the_rest(brief: Brief, here: Mapping[str, Sequence[PlanItem]], site: str | None) -> Iterator[Block]:
    """What is left as it is: first what nobody decided about, then what is kept. With the items it is the whole record."""
    for name, heading, said in _REST:
        rest = here[name]
        if not rest:
            continue
        ordered = sorted(rest, key=lambda item: (not item.listed_on, not item.based))
        at = "" if site is None else f", {_site_name(site)}"
        yield Heading(f"{heading}: {joined(counted(rest))}{at}", 3)
        yield Prose(said, "note", keeps_next=True)
        yield TableBlock(
            [Column("Ref", 0.7), Column("Location", 1.3), Column("Made by", 1.1), Column("Reason", 1.3)],
            [
                Row([refs, brief.place(item), _maker(brief, item), brief.reason(item)])
                for refs, item in _alike_at_rest(brief, ordered)
            ],
            spacing="close",
        )


def _alike_at_rest(brief: Brief, group: Sequence[PlanItem]) -> Iterator[tuple[str, PlanItem]]:
    """Items of which a row of what is left as it is says the same: their refs, and one of them. The register has the rest."""
    found: defaultdict[tuple[object, ...], list[PlanItem]] = defaultdict(list)
    for item in group:
        found[brief.place(item), str(_maker(brief, item)), brief.reason(item)].append(item)
    for equal in found.values():
        yield run_of_refs(sorted((item.ref for item in equal), key=natural)), equal[0]


def _maker(brief: Brief, item: PlanItem) -> Fact:
    """ "Hikvision, almost certain", "Not known"."""
    maker = brief.maker(item)
    grade = GRADE_SHORT[item.grade]
    said = f"{maker}, {lower_first(grade)}" if maker and item.grade in GRADES[:4] else grade
    return Fact(said if item.grade != "unknown" else "Maker not known", mark=item.grade)


def _where(brief: Brief, equal: Sequence[PlanItem]) -> list[Fact]:
    """Which ones, where they are, and what they are for."""
    item = equal[0]
    where = [Fact(run_of_refs([other.ref for other in equal]), "strong"), Fact(brief.place(item))]
    purpose = brief.purpose(item)
    return [*where, Fact(purpose, "second")] if purpose else where


def alike(brief: Brief, group: Sequence[PlanItem]) -> list[list[PlanItem]]:
    """Items of which the same is said share a list, in counting order; lists in the order of their first."""
    rows: defaultdict[tuple[object, ...], list[PlanItem]] = defaultdict(list)
    for item in group:
        rows[_print(brief, item)].append(item)
    return [sorted(items, key=lambda item: natural(item.ref)) for items in rows.values()]


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
        item.total,
    )


def _item_rows(brief: Brief, batch: Batch, members: Sequence[PlanItem], with_prices: bool) -> Iterator[_Line]:
    """Its items, equal ones in one row."""
    for equal in alike(brief, members):
        total = batch.price_of(len(equal))
        where = natural_path(equal[0].place_path)
        key = (batch.priority, 0, WORKS.index(work_of(batch.option)), where, natural(equal[0].ref))
        yield key, _row(brief, batch, equal, with_prices), (len(equal), total)


def _extra_rows(brief: Brief, batch: Batch, with_prices: bool) -> Iterator[_Line]:
    """What is bought more or less than there were, and what is paid once: with its items it is the whole batch."""
    more = batch.quantity - len(batch.assets)
    if more:
        said = f"{abs(more):,} {'more' if more > 0 else 'fewer'} than there were"
        total = batch.price_of(more)
        yield (batch.priority, 1), _extra(brief, batch, said, more, with_prices), (more, total)
    if batch.other and batch.total is not None:
        prices = ["–", "–"] if with_prices else []
        name = [Fact("Other", "strong"), Fact(brief.batch_name(batch))]
        what = [Fact("Other cost, once"), Fact(_option(batch), "second")]
        yield (batch.priority, 1), Row([name, what, "0", *prices, pounds(batch.other)]), (0, batch.other)


def _option(batch: Batch) -> str:
    return f"{OPTION_WORDS[batch.option or 'keep']}, priority {batch.priority}"


def _extra(brief: Brief, batch: Batch, said: str, more: int, with_prices: bool) -> Row:
    total = batch.price_of(more)
    name = [Fact("Quantity", "strong"), Fact(brief.batch_name(batch))]
    return Row([name, [Fact(said), Fact(_option(batch), "second")], f"{more:+,}", *_prices(batch, with_prices), priced(total)])


def _line_row(brief: Brief, line: OwnLine, with_prices: bool) -> Row:
    reason = brief.said(line.reason) if brief.internal else ""
    prices = ["–" if price is None else pounds(price) for price in (line.unit, line.fitting)] if with_prices else []
    name = brief.line_name(line)
    return Row(
        [
            name,
            [Fact("Own line"), *([Fact(reason)] if reason else []), Fact(f"Priority {line.priority}", "second")],
            f"{line.quantity:,}",
            *prices,
            priced(line.total),
        ]
    )


def _row(brief: Brief, batch: Batch, equal: Sequence[PlanItem], with_prices: bool) -> Row:
    item = equal[0]
    what = [*made_by(brief, item), Fact(brief.reason(item)), Fact(_option(batch), "second")]
    where = _where(brief, equal)
    if "name" in batch.typed and brief.audience != "public":
        where.append(Fact(f"Batch: {brief.batch_name(batch)}", "second"))
    total = batch.price_of(len(equal))
    prices = _prices(batch, with_prices)
    return Row([where, what, f"{len(equal):,}", *prices, priced(total)])


def _prices(batch: Batch, with_prices: bool) -> list[Cell]:
    """Unit and fitting, where anything has a price; a price that is left out of every total is not printed."""
    if not with_prices:
        return []
    known = (batch.unit, batch.fitting) if batch.total is not None else (None, None)
    return ["–" if price is None else pounds(price) for price in known]


def made_by(brief: Brief, item: PlanItem) -> list[Fact]:
    """What it is; who made it and how sure. The brand where it is not the maker's name."""
    maker, brand = brief.maker(item), clean(item.brand or "", NAME_CHARACTERS)
    what = KIND_WORDS[item.kind]
    if item.model:
        what += f", {clean(item.model, NAME_CHARACTERS)}"
    if maker and item.grade in GRADES[:4]:
        made = maker if not brand or brand.casefold() == maker.casefold() else f"{maker}, sold as {brand}"
    else:
        made = f"Sold as {brand}" if brand else ""
    sure = GRADE_SHORT[item.grade] if item.grade != "unknown" else "Maker not known"
    return [Fact(what), Fact(f"{made}: {lower_first(sure)}" if made else sure, mark=item.grade)]


def _check(brief: Brief) -> str:
    """How the lines add up to the amounts of page 1: by year, priority after priority."""
    plan = brief.plan
    if not plan.total.total:
        return ""
    sentences = []
    for year in plan.years:
        groups: defaultdict[int, int] = defaultdict(int)
        for named, priority, total in priced_lines(plan):
            if named == year.year and total is not None:
                groups[priority] += total
        parts = " + ".join(pounds(groups[key]) for key in sorted(groups)) or "£0"
        if len(groups) > 1:
            parts += f" = {pounds(year.equipment + year.fitting + year.other)}"
        sentences.append(f"{year.year}: {parts}, plus {pounds(year.contingency)} contingency = {pounds(year.total)}.")
    together = f" Together {pounds(plan.total.total)}." if len(plan.years) > 1 else ""
    return f"Check, priority by priority: {' '.join(sentences)}{together}"
