"""The items by site and year, with who made them, why they are here, and what they cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from camcensus.model import frozen
from camcensus.model.blocks import Block, Column, Fact, Heading, Prose, Row, Strong, TableBlock, key_facts
from camcensus.model.device import GRADES, DeviceKind
from camcensus.model.plan import NOT_DATED, OPTION_WORDS, PRIORITY_WORDS, Batch, OwnLine, PlanItem
from camcensus.model.words import GRADE_SHORT, clean, count, joined, lower_first, natural, natural_path, pounds, run_of_refs
from camcensus.planning.spending import WORKS, site_of, work_of
from camcensus.report.plan.brief import NAME_CHARACTERS, NAMED, NOT_PRICED, PLACE_CHARACTERS, Brief, counted, noun, priced

FEW_ITEMS = 60
"""Up to here each item has a row with its room, model and maker; beyond, items of one site and one reason share a row."""
REFS_IN_A_ROW = 60
ITEMS = "Items by year and priority"
_TOTAL = Column("Total", figures=True)
_SAID, _WHERE = Column("What and why", 1.8), Column("Where", 1.2)


def items(brief: Brief) -> Iterator[Block]:
    """What is done by year, what waits for a decision, what stays. It adds up to page 1."""
    plan = brief.plan
    if not brief.everything and not plan.lines:
        return
    yield Heading(ITEMS, 2)
    works = _works(brief)
    if works:
        words = ", ".join(f"{number} {word}" for number, word in PRIORITY_WORDS.items())
        more = f" {_IN_REGISTER}" if _is_large(brief) else ""
        yield Prose(
            f"Priority: {words}. Amounts exclude VAT and contingency, which is in the costs in detail.{more}",
            "note",
            keeps_next=True,
        )
    rows = {year: [*_year_rows(brief, works[year])] for year in sorted(works, key=lambda year: (year == NOT_DATED, year))}
    every = [row for some in rows.values() for row in some if row.kind == "body"]
    for year, some in rows.items():
        yield Heading("Work with no year yet" if year == NOT_DATED else f"Work in {year}", 3)
        yield TableBlock(_columns(brief), some, like=every, spacing="dense" if _is_large(brief) else "close")
    for name, held in (("out", plan.taken_out), ("wait", plan.undecided), ("kept", plan.kept)):
        yield from _the_rest(brief, name, held)


_IN_REGISTER = (
    "The asset register has the room, model and maker of each item; a plan of one site or of a few items prints them here too."
)


def _is_large(brief: Brief) -> bool:
    return len(brief.everything) > FEW_ITEMS


def _columns(brief: Brief) -> list[Column]:
    large = _is_large(brief)
    where = [Column("Where", 0.6 if large else 1.2)] if brief.audience != "public" else []
    return [
        Column("Item", 1.8 if large else 0.5),
        *where,
        Column("Why" if large else "What and why", 1.3 if large else 1.8),
        _TOTAL,
    ]


@frozen
class _Work:
    """What is done alike, at one price each: what, to which kind, how many, for how many pence, to which items.

    `key` is its place in the table, priority first; `pence` is None where it is not priced. `besides` are rows of what is more
    or fewer than there were.
    """

    key: tuple[object, ...]
    said: str
    kind: DeviceKind | None
    each: str
    quantity: int
    pence: int | None
    items: Sequence[PlanItem] = ()
    besides: Sequence[Row] = ()

    def and_more(self, other: _Work) -> _Work:
        """The same work with more of it."""
        total = None if self.pence is None or other.pence is None else self.pence + other.pence
        return replace(
            self, quantity=self.quantity + other.quantity, pence=total, items=[*self.items, *other.items],
            besides=[*self.besides, *other.besides],
        )  # fmt: skip

    def row(self, columns: int) -> Row:
        """ "Replace, priority 1: 5 cameras at £300 each (£180 and fitting £120)", and what that comes to."""
        number = ""
        if self.kind is not None:
            fewer = " fewer" if self.quantity < 0 else ""
            number = f": {noun(self.kind, abs(self.quantity))}{fewer}"
        return Row([f"{self.said}{number}{self.each}", priced(self.pence)], "group", span=columns - 1)


def _works(brief: Brief) -> dict[str, list[_Work]]:
    """What is done in each year, in the order of its table."""
    members: defaultdict[str, list[PlanItem]] = defaultdict(list)
    for item in brief.plan.items:
        members[item.batch].append(item)
    found: defaultdict[str, dict[tuple[object, ...], _Work]] = defaultdict(dict)
    for batch in brief.plan.acting:
        year = found[batch.year or NOT_DATED]
        for work in (_work(batch, len(members[batch.id]), items=members[batch.id]), *_besides(brief, batch)):
            year[work.key] = year[work.key].and_more(work) if work.key in year else work
    for line in brief.plan.lines:
        work = _own_line(brief, line)
        found[line.year or NOT_DATED][work.key] = work
    return {year: sorted(works.values(), key=lambda work: tuple(map(str, work.key))) for year, works in found.items()}


def _year_rows(brief: Brief, works: Sequence[_Work]) -> Iterator[Row]:
    """One year's work, priority 1 first: what is done, then to which items; last what it comes to."""
    columns = len(_columns(brief))
    for work in works:
        yield work.row(columns)
        for equal in _alike(brief, work.items):
            yield from _rows(brief, equal)
        yield from work.besides
    amounts = [work.pence for work in works if work.pence is not None]
    number = sum(work.quantity for work in works)
    last = [f"Subtotal, {count(number, 'item')}", pounds(sum(amounts)) if amounts else NOT_PRICED]
    yield Row(last, "total", span=columns - 1)


_REST = {"out": "Taken out of this plan", "wait": "Still to decide", "kept": "Kept"}
_OUT = "Taken out by hand: not in the totals; what was decided stays in the register."


def _the_rest(brief: Brief, name: str, rest: Sequence[PlanItem]) -> Iterator[Block]:
    """What is left as it is, by why. With the items it is the whole record."""
    if not rest:
        return
    by_reason: defaultdict[str, list[PlanItem]] = defaultdict(list)
    for item in sorted(rest, key=lambda item: (not item.listed_on, not item.based)):
        by_reason[brief.reason(item)].append(item)
    yield Heading(f"{_REST[name]}: {joined(counted(rest))}", 3)
    facts = [(reason, [*_which(brief, some)]) for reason, some in by_reason.items()]
    yield replace(key_facts(facts, 2.5, spacing="close"), note=_OUT if name == "out" else "")


def _which(brief: Brief, items: Sequence[PlanItem]) -> Iterator[Fact]:
    """ "CAM-013, Main entrance: Hikvision, almost certain"; of a large record how many, maker by maker."""
    large = _is_large(brief)
    alike: defaultdict[tuple[str, str], list[PlanItem]] = defaultdict(list)
    for item in items:
        where = brief.place(item) if not large and brief.audience != "public" else ""
        alike[where, _maker(brief, item)].append(item)
    for (where, maker), equal in alike.items():
        if large and len(equal) > NAMED:
            yield Fact(f"{maker}: {len(equal):,}")
            continue
        refs = run_of_refs(sorted((item.ref for item in equal), key=natural))
        yield Fact([Strong(refs), f", {where}: {maker}"] if where else [f"{maker} ({len(equal):,}): ", Strong(refs)])


def _maker(brief: Brief, item: PlanItem) -> str:
    """ "Hikvision, almost certain", "Maker not known"."""
    maker = brief.maker(item)
    grade = GRADE_SHORT[item.grade]
    said = f"{maker}, {lower_first(grade)}" if maker and item.grade in GRADES[:4] else grade
    return said if item.grade != "unknown" else "Maker not known"


def _alike(brief: Brief, group: Iterable[PlanItem]) -> list[list[PlanItem]]:
    """Items of which the same is said share a row, in counting order; rows by place."""
    rows: defaultdict[tuple[object, ...], list[PlanItem]] = defaultdict(list)
    for item in group:
        rows[_print(brief, item)].append(item)
    each = [sorted(items, key=lambda item: natural(item.ref)) for items in rows.values()]
    return sorted(each, key=lambda equal: (not equal[0].place_path, natural_path(equal[0].place_path), natural(equal[0].ref)))


def _print(brief: Brief, item: PlanItem) -> tuple[object, ...]:
    """All that a row says besides the refs."""
    if _is_large(brief):
        return site_of(item), brief.reason(item), brief.typed_name(item)
    return (
        brief.place(item), brief.purpose(item), item.model, item.brand, brief.maker(item), item.grade, bool(item.listed_on),
        item.based, brief.reason(item), brief.typed_name(item),
    )  # fmt: skip


def _work(batch: Batch, quantity: int, items: Sequence[PlanItem] = (), besides: Sequence[Row] = ()) -> _Work:
    unit, fitting = (batch.unit, batch.fitting) if batch.total is not None else (None, None)
    key = (batch.priority, 0, WORKS.index(work_of(batch.option)), batch.option, batch.kind, unit, fitting, batch.total is None)
    price = batch.price_of(quantity)
    return _Work(key, _option(batch), batch.kind, _each(unit, fitting), quantity, price, items, besides)


def _each(unit: int | None, fitting: int | None) -> str:
    """ " at £300 each (£180 and fitting £120)"."""
    if unit is None and fitting is None:
        return ""
    parts = [*([pounds(unit)] if unit is not None else []), *([f"fitting {pounds(fitting)}"] if fitting is not None else [])]
    return f" at {pounds((unit or 0) + (fitting or 0))} each{f' ({joined(parts)})' if fitting is not None else ''}"


def _besides(brief: Brief, batch: Batch) -> Iterator[_Work]:
    """What is bought more or less than there were, and what is paid once: with its items it is the whole batch."""
    more = batch.quantity - len(batch.assets)
    if more:
        said = f"{abs(more):,} {'more' if more > 0 else 'fewer'} than there were"
        where = [brief.batch_name(batch)] if brief.audience != "public" else []
        yield _work(batch, more, besides=[Row([f"{more:+,}", *where, said])])
    if batch.other and batch.total is not None:
        key = (batch.priority, 1, "other cost", batch.id)
        yield _Work(key, f"Paid once for {brief.batch_name(batch)}, priority {batch.priority}", None, "", 0, batch.other)


def _own_line(brief: Brief, line: OwnLine) -> _Work:
    reason = brief.said(line.reason).rstrip(".") if brief.internal else ""
    said = f"{brief.line_name(line)}, priority {line.priority}: {line.quantity:,}{_each(line.unit, line.fitting)}"
    key = (line.priority, 2, line.id)
    return _Work(key, f"{said}. {reason}" if reason else said, None, "", line.quantity, line.total)


def _option(batch: Batch) -> str:
    return f"{OPTION_WORDS[batch.option or 'keep']}, priority {batch.priority}"


def _rows(brief: Brief, equal: Sequence[PlanItem]) -> Iterator[Row]:
    """Which ones, where they are and what they are for, what they are, and why they are here."""
    item, where = equal[0], list[list[Fact]]()
    if brief.audience != "public":
        purpose, name = brief.purpose(item), brief.typed_name(item)
        place = f"{brief.place(item)}: {purpose}" if purpose else brief.place(item)
        if _is_large(brief):
            place = clean(site_of(item), PLACE_CHARACTERS) or "No location yet"
        where = [[Fact(place), *([Fact(f"Batch: {name}", "second")] if name else [])]]
    why = Fact(brief.reason(item)) if _is_large(brief) else _made_by(brief, item)
    for at in range(0, len(equal), REFS_IN_A_ROW):
        yield Row([Fact(run_of_refs([other.ref for other in equal[at : at + REFS_IN_A_ROW]]), "strong"), *where, why])


def _made_by(brief: Brief, item: PlanItem) -> Fact:
    """Its model; who made it and how sure, and why it is here. The brand where it is not the maker's name."""
    maker, brand = brief.maker(item), clean(item.brand or "", NAME_CHARACTERS)
    if maker and item.grade in GRADES[:4]:
        made = maker if not brand or brand.casefold() == maker.casefold() else f"{maker} (brand: {brand})"
    else:
        made = f"brand: {brand}" if brand else ""
    sure = GRADE_SHORT[item.grade] if item.grade != "unknown" else "Maker not known"
    parts = [clean(item.model or "", NAME_CHARACTERS), f"{made}: {lower_first(sure)}" if made else sure]
    return Fact(f"{'; '.join(filter(None, parts))}. {brief.reason(item)}", mark=item.grade)
