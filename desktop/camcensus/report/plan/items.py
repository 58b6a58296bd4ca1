"""The items by site and year, with who made them, why they are here, and what they cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from camcensus.model.attribution import GRADES
from camcensus.model.blocks import Block, Column, Fact, Heading, Prose, Row, Strong, TableBlock, key_facts
from camcensus.model.device import DeviceKind
from camcensus.model.ordering import natural, natural_path
from camcensus.model.plan import NOT_DATED, OPTION_WORDS, PRIORITY_WORDS, Batch, OwnLine, Plan, PlanItem
from camcensus.model.prose import joined, lower_first, run_of_refs
from camcensus.model.words import GRADE_SHORT, clean, count, pounds
from camcensus.planning.spending import NO_SITE, WORKS, site_of, work_of
from camcensus.report.plan.brief import NAME_CHARACTERS, NOT_PRICED, PLACE_CHARACTERS, Brief, counted, noun, priced

FEW_ITEMS = 60
"""Up to here sites follow each other on a page, and what stays is named with its place; beyond, the register has that."""
ONE_LIST = 40
"""Up to here all sites share a list by year: each item names its site. Beyond, each site has a section."""
_ITEM, _TOTAL = Column("Item", 0.5), Column("Total", figures=True)
_SAID, _WHERE = Column("What and why", 1.8), Column("Where", 1.2)


def items(brief: Brief) -> Iterator[Block]:
    """What is done by year, what waits for a decision, what stays: of many items site by site. It adds up to page 1."""
    plan = brief.plan
    everything = brief.everything
    if not everything and not plan.lines:
        return
    held = {"act": plan.items, "out": plan.taken_out, "wait": plan.undecided, "kept": plan.kept}
    works = _works(brief)
    every = [row for some in works.values() for one in some for _, row in one.rows]
    words = ", ".join(f"{number} {word}" for number, word in PRIORITY_WORDS.items())
    key = f"Priority: {words}. Amounts exclude VAT and contingency."
    told = False
    for site in _sites(brief):
        here = {name: [item for item in some if site is None or site_of(item) == site] for name, some in held.items()}
        years = [where for where in works if site is None or where[0] == site]
        if not years and not any(here.values()):
            continue
        yield _heading(site)
        if years and not told:
            told = True
            yield Prose(key, "note", keeps_next=True)
        for where in years:
            when = "Work with no year yet" if where[1] == NOT_DATED else f"Work in {where[1]}"
            yield Heading(when if site is None else f"{when}, {_site_name(site)}", 3)
            yield _year_table(brief, works[where], every)
        yield from _the_rest(brief, here, site)
    check = _check(brief)
    if check:
        yield Prose(check, "note")


def items_heading(brief: Brief) -> str:
    """The heading under which the items begin."""
    first = next(
        (site for site in _sites(brief) if site is None or any(site_of(item) == site for item in brief.everything)), ""
    )
    return _heading(first).text


def _sites(brief: Brief) -> list[str | None]:
    return [*brief.sites, NO_SITE] if _by_site(brief) else [None]


def _by_site(brief: Brief) -> bool:
    return brief.many_sites and len(brief.everything) > ONE_LIST


def _heading(site: str | None) -> Heading:
    if site is None:
        return Heading("Items by year and priority", 2)
    return Heading(_site_name(site), 2)


def _site_name(site: str) -> str:
    return clean(site, PLACE_CHARACTERS) or "No location yet, or no one site"


type _Placed = tuple[tuple[object, ...], Row]
"""Where a row goes among those of its work, by place and ref, and the row."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What is done alike, at one price each: what, to which kind, how many, for how many pence, and where.

    `key` is its place in the table, priority first; `pence` is None where it is not priced.
    """

    key: tuple[object, ...]
    said: str
    kind: DeviceKind | None
    each: str
    quantity: int
    pence: int | None
    rows: Sequence[_Placed]

    def and_more(self, quantity: int, pence: int | None, rows: Iterable[_Placed]) -> _Work:
        """The same work at more places."""
        total = None if self.pence is None or pence is None else self.pence + pence
        return replace(
            self, quantity=self.quantity + quantity, pence=total, rows=sorted([*self.rows, *rows], key=lambda placed: placed[0])
        )

    def row(self, columns: int) -> Row:
        """ "Replace, priority 1: 5 cameras at £300 each (£180 and fitting £120)", and what that comes to."""
        number = ""
        if self.kind is not None:
            fewer = " fewer" if self.quantity < 0 else ""
            number = f": {noun(self.kind, abs(self.quantity))}{fewer}"
        return Row([f"{self.said}{number}{self.each}", priced(self.pence)], "group", span=columns - 1)


type _Works = dict[tuple[str | None, str], list[_Work]]


def _works(brief: Brief) -> _Works:
    """What is done at each site in each year. With one site, few items, or no site that may be named, all is of None."""
    parted = _by_site(brief)
    members: defaultdict[str, list[PlanItem]] = defaultdict(list)
    for item in brief.plan.items:
        members[item.batch].append(item)
    found: defaultdict[tuple[str | None, str], dict[tuple[object, ...], _Work]] = defaultdict(dict)

    def add(where: tuple[str | None, str], work: _Work) -> None:
        held = found[where].get(work.key)
        found[where][work.key] = held.and_more(work.quantity, work.pence, work.rows) if held else work

    for batch in brief.plan.acting:
        year = batch.year or NOT_DATED
        by_site: defaultdict[str | None, list[PlanItem]] = defaultdict(list)
        for item in members[batch.id]:
            by_site[site_of(item) if parted else None].append(item)
        for site, some in by_site.items():
            add((site, year), _of_items(brief, batch, some))
        own = site_of(batch) if parted else None
        for work in _besides(brief, batch):
            add((own if own in by_site else NO_SITE, year), work)
    for line in brief.plan.lines:
        add((NO_SITE if parted else None, line.year or NOT_DATED), _own_line(brief, line))
    return {where: _in_order(found[where].values()) for where in sorted(found, key=_by_year)}


def _by_year(where: tuple[str | None, str]) -> tuple[object, ...]:
    return where[1] == NOT_DATED, where[1]


def _in_order(works: Iterable[_Work]) -> list[_Work]:
    return sorted(works, key=lambda work: tuple(map(str, work.key)))


def _year_table(brief: Brief, works: Sequence[_Work], every: Sequence[Row]) -> Block:
    """One year's work, priority 1 first: what is done, then where; last what it comes to."""
    columns = [_ITEM, *([_WHERE] if brief.audience != "public" else []), _SAID, _TOTAL]
    amounts = [work.pence for work in works if work.pence is not None]
    number = sum(work.quantity for work in works)
    rows = [row for work in works for row in (work.row(len(columns)), *(row for _, row in work.rows))]
    last = [f"Subtotal, {count(number, 'item')}", pounds(sum(amounts)) if amounts else NOT_PRICED]
    return TableBlock(columns, [*rows, Row(last, "total", span=len(columns) - 1)], like=every, spacing="close")


def priced_lines(plan: Plan) -> Iterator[tuple[str, int, int | None]]:
    """Year, priority and total of every batch to act on and every line."""
    for batch in plan.acting:
        yield batch.year or NOT_DATED, batch.priority, batch.total
    for line in plan.lines:
        yield line.year or NOT_DATED, line.priority, line.total


_REST = (
    ("out", "Taken out of this plan", "Taken out by hand: not in the totals; what was decided stays in the register."),
    ("wait", "Still to decide", ""),
    ("kept", "Kept", ""),
)


def _the_rest(brief: Brief, here: Mapping[str, Sequence[PlanItem]], site: str | None) -> Iterator[Block]:
    """What is left as it is, by why. With the items it is the whole record."""
    for name, heading, said in _REST:
        rest = here[name]
        if not rest:
            continue
        ordered = sorted(rest, key=lambda item: (not item.listed_on, not item.based))
        by_reason: defaultdict[str, list[PlanItem]] = defaultdict(list)
        for item in ordered:
            by_reason[brief.reason(item)].append(item)
        at = "" if site is None else f", {_site_name(site)}"
        yield Heading(f"{heading}: {joined(counted(rest))}{at}", 3)
        facts = [(reason, [*_which(brief, some)]) for reason, some in by_reason.items()]
        yield replace(key_facts(facts, 2.5, spacing="close"), note=said)


def _which(brief: Brief, items: Sequence[PlanItem]) -> Iterator[Fact]:
    """ "CAM-013, Main entrance: Hikvision, almost certain"; of a large record the refs alone, maker by maker."""
    alike: defaultdict[tuple[str, str], list[PlanItem]] = defaultdict(list)
    for item in items:
        where = brief.place(item) if len(brief.everything) <= FEW_ITEMS and brief.audience != "public" else ""
        alike[where, _maker(brief, item)].append(item)
    for (where, maker), equal in alike.items():
        refs = run_of_refs(sorted((item.ref for item in equal), key=natural))
        yield Fact([Strong(refs), f", {where}: {maker}"] if where else [f"{maker} ({len(equal):,}): ", Strong(refs)])


def _maker(brief: Brief, item: PlanItem) -> str:
    """ "Hikvision, almost certain", "Maker not known"."""
    maker = brief.maker(item)
    grade = GRADE_SHORT[item.grade]
    said = f"{maker}, {lower_first(grade)}" if maker and item.grade in GRADES[:4] else grade
    return said if item.grade != "unknown" else "Maker not known"


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


def _of_items(brief: Brief, batch: Batch, members: Sequence[PlanItem]) -> _Work:
    """Items of a batch, equal ones in one row."""
    placed = [
        ((0, natural_path(equal[0].place_path), natural(equal[0].ref)), _row(brief, batch, equal))
        for equal in alike(brief, members)
    ]
    return _work(batch, len(members), sorted(placed, key=lambda one: one[0]))


def _work(batch: Batch, quantity: int, rows: Sequence[_Placed]) -> _Work:
    unit, fitting = (batch.unit, batch.fitting) if batch.total is not None else (None, None)
    key = (batch.priority, 0, WORKS.index(work_of(batch.option)), batch.option, batch.kind, unit, fitting, batch.total is None)
    return _Work(key, _option(batch), batch.kind, _each(unit, fitting), quantity, batch.price_of(quantity), rows)


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
        yield _work(batch, more, [((1, batch.id), Row([f"{more:+,}", *where, said]))])
    if batch.other and batch.total is not None:
        key = (batch.priority, 1, "other cost", batch.id)
        yield _Work(key, f"Paid once for {brief.batch_name(batch)}, priority {batch.priority}", None, "", 0, batch.other, [])


def _own_line(brief: Brief, line: OwnLine) -> _Work:
    reason = brief.said(line.reason).rstrip(".") if brief.internal else ""
    said = f"{brief.line_name(line)}, priority {line.priority}: {line.quantity:,}{_each(line.unit, line.fitting)}"
    key = (line.priority, 2, line.id)
    return _Work(key, f"{said}. {reason}" if reason else said, None, "", line.quantity, line.total, [])


def _option(batch: Batch) -> str:
    return f"{OPTION_WORDS[batch.option or 'keep']}, priority {batch.priority}"


def _row(brief: Brief, batch: Batch, equal: Sequence[PlanItem]) -> Row:
    """Which ones, where they are and what they are for, what they are, and why they are here."""
    item, where = equal[0], []
    if brief.audience != "public":
        purpose = brief.purpose(item)
        where = [[Fact(f"{brief.place(item)}: {purpose}" if purpose else brief.place(item))]]
        where[0] += [Fact(f"Batch: {brief.batch_name(batch)}", "second")] if "name" in batch.typed else []
    refs = run_of_refs([other.ref for other in equal])
    return Row([Fact(refs, "strong"), *where, _made_by(brief, item)])


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
