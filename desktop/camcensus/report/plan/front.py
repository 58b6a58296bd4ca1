"""Page 1 of the decision paper: the ask, what it costs by year and kind of work, what we recommend, who signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from camcensus.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Look,
    OnePage,
    Prose,
    Row,
    RowKind,
    Spacing,
    Strong,
    TableBlock,
)
from camcensus.model.counts import exactly
from camcensus.model.device import DeviceKind
from camcensus.model.ordering import natural, natural_path
from camcensus.model.plan import NOT_DATED, PlanItem
from camcensus.model.prose import fitting, joined, run_of_refs, upper_first
from camcensus.model.verdict import DOUBTS
from camcensus.model.words import DISCLAIMER_ALONE, clean, count, long_date, pounds
from camcensus.planning.risks import open_to_attack
from camcensus.planning.spending import WORKS, Spend, Work, by_work, spending
from camcensus.report.plan.ask import (
    Approval,
    approval,
    ask,
    by_year,
    decide_before,
    in_order,
    left_out,
    new_ones,
    others,
    to_decide_by,
)
from camcensus.report.plan.brief import PLACE_CHARACTERS, Brief, counted, in_appendices, noun
from camcensus.report.plan.costs import cost_notes, no_costs, tax_rows
from camcensus.report.plan.signers import SIGNED, to_sign
from camcensus.report.plan.ways import Ways
from camcensus.report.sheet import SIMULATION
from camcensus.report.signing import NOT_FOR_SIGNING

DO_NOW = "Do now, before any replacement"
BY = "_" * 12
"""Room to write a day."""
NOW_DAYS = 7
"""So many days after the day of the paper, what cannot wait is done."""
URGENT_NAMED = 2
"""Sentences of what cannot wait that are on the first page; the last pages have all."""
_MANY, _FEW = 150, 50
"""Letters of the places that a line of the recommendation names, with much room and with little."""
PLACES_NAMED = 3
_DONE: dict[Work, str] = {"replace": "Replace", "separate": "Keep and isolate", "remove": "Remove", "other": ""}
HEADS: dict[Work, str] = {"replace": "Replace", "separate": "Isolate", "remove": "Remove", "other": "Other work"}


@dataclass(frozen=True, slots=True)
class SummaryRoom:
    """How much of the page there is: points for each signature; letters of places that are named; whether years are
    parted, nothing urgent said; headings close; how much is said of what is signed. `repeat` says above the table what each
    year costs, `actions` has a table of what is done where there are prices too; `least` leaves to the tables, and to the
    pages behind, what they say too."""

    to_write: float
    places: int = _MANY
    years: bool = True
    urgent: bool = True
    close: bool = False
    ask: Look = "ask"
    signed: Approval = "whole"
    repeat: bool = False
    actions: bool = False
    least: bool = False

    @property
    def urgent_named(self) -> int:
        """How many sentences of what cannot wait there is room for."""
        return 1 if self.least else URGENT_NAMED

    @property
    def spacing(self) -> Spacing:
        """The room around the text of a row."""
        return "close" if self.close else "open"


_SMALL: tuple[Look, ...] = ("lead", "body")
_SIGNABLE = (24.0, 22.0, 20.0)
"""Points with room for a signature: words get smaller and fewer before signatures get lower than these."""
ROOMS = (
    *(SummaryRoom(points, repeat=True, actions=True) for points in (32.0, 28.0, 24.0)),
    SummaryRoom(24.0, actions=True),
    *(SummaryRoom(24.0, close=True, actions=True, ask=look) for look in ("ask", *_SMALL)),
    *(SummaryRoom(points, repeat=True) for points in (32.0, 28.0, 24.0)),
    *(SummaryRoom(points) for points in (28.0, 24.0)),
    SummaryRoom(24.0, close=True),
    *(SummaryRoom(24.0, close=True, ask=look) for look in _SMALL),
    *(SummaryRoom(24.0, close=True, places=_FEW, ask=look) for look in _SMALL),
    *(SummaryRoom(points, close=True, places=_FEW, ask="body") for points in _SIGNABLE[1:]),
    *(SummaryRoom(points, close=True, places=_FEW, ask="body", signed="short") for points in _SIGNABLE),
    *(SummaryRoom(points, close=True, places=0, ask="body") for points in _SIGNABLE),
    *(SummaryRoom(points, close=True, places=0, ask="body", signed="short") for points in _SIGNABLE),
    *(SummaryRoom(points, close=True, places=0, ask="body", signed="least") for points in _SIGNABLE),
    SummaryRoom(18.0, close=True, places=0, ask="body", signed="short"),
    *(SummaryRoom(points, close=True, places=0, years=False, ask="body", signed="least") for points in (20.0, 18.0)),
    *(
        SummaryRoom(points, close=True, places=0, years=False, urgent=False, ask="body", signed="least")
        for points in (18.0, 16.0)
    ),
    *(
        SummaryRoom(points, close=True, places=0, years=False, urgent=False, ask="body", signed="least", least=True)
        for points in (20.0, 18.0, 16.0)
    ),
)
"""Tried until the page that is signed fits one page."""


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
    years = by_year(brief) if room.repeat else ()
    more = " ".join(filter(None, (*years, *left_out(brief, names=bool(room.places)), decide_before(brief))))
    if more:
        yield Prose(more, before=4, after=4, bar=True, close=room.close)
    yield Heading("What it costs", 2, close=room.close)
    yield _costs(brief, room)
    yield Heading("What we recommend", 2, close=room.close)
    if brief.urgent:
        now = f" {_who_now(brief)}{' '.join(_urgent(brief, room))}"
        yield Prose([Strong(f"{DO_NOW}."), *in_appendices(now, DO_NOW)], after=3 if room.close else 6, close=room.close)
    if (room.actions or not brief.plan.total.total) and not room.least:
        yield from _actions(brief, room)
    yield Bullets(list(_recommendation(brief, room)), close=room.close)
    yield Heading("Sign-off", 2, close=room.close)
    yield Prose(
        [*approval(brief, room.signed), to_decide_by(brief)],
        after=7 if not room.close else 4 if room.years else 1,
        keeps_next=True,
        close=room.close,
    )
    yield TableBlock(
        [*SIGNED],
        to_sign(brief),
        to_write=room.to_write,
        spacing=room.spacing,
        note=f"{DISCLAIMER_ALONE} {brief.left_out}".rstrip(),
    )


# -- what it costs


def _costs(brief: Brief, room: SummaryRoom) -> Block:
    """Years down, kinds of work across, what it comes to at the right."""
    plan = brief.plan
    if not plan.years:
        return Prose(no_costs(plan))
    notes = " ".join(cost_notes(brief, least=room.least))
    if not plan.total.total:
        return Prose(notes)
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
    return TableBlock(columns, [*rows, *taxed], note=notes, spacing=room.spacing)


def _amount(spend: Spend | None) -> str:
    if spend is None:
        return "£0"
    return "Not priced" if spend.pence is None else pounds(spend.pence)


# -- what we recommend


def _actions(brief: Brief, room: SummaryRoom) -> Iterator[Block]:
    """What is done with how many, and in which year: each entry once. Nothing where one thing is done in one year."""
    plan, spends = brief.plan, [spend for spend in spending(brief.plan) if spend.items]
    if len(spends) < 2:
        return
    years = list(dict.fromkeys(spend.year for spend in spends))
    done = [(_DONE[work], [item for one in spends if one.work == work for item in one.items]) for work in WORKS]
    left = (("Keep", plan.kept), ("Not decided", plan.undecided), ("Taken out", plan.taken_out))
    others = brief.counts.items.total > plan.cameras_all + plan.recorders_all

    def row(head: str, items: Sequence[PlanItem], dated: Sequence[PlanItem] = (), kind: RowKind = "body") -> Row:
        kinds = Counter("Others" if item.kind not in ("camera", "recorder") else item.kind for item in items)
        numbers = [kinds["camera"], kinds["recorder"], *([kinds["Others"]] if others else [])]
        by_year = Counter(item.year or NOT_DATED for item in dated)
        numbers += [*(by_year[year] for year in years), len(items)]
        return Row([head, *(f"{number:,}" for number in numbers)], kind)

    heads = [
        "Cameras",
        "Recorders",
        *(["Others"] if others else []),
        *(f"In {year}" if year != NOT_DATED else year for year in years),
    ]
    rows = [row(head, items, items) for head, items in done if items]
    rows += [row(head, items) for head, items in left if items]
    yield TableBlock(
        [Column("Action"), *(Column(head, figures=True) for head in (*heads, "Total"))],
        [*rows, row("Total", brief.everything, plan.items, "total")],
        spacing=room.spacing,
    )


def range_means(*, whole: bool = True) -> str:
    """What a range is, and, the `whole` of it, what would settle it."""
    if not whole:
        return "the second number adds likely makers"
    return "the first number counts makers that are almost certain; the second adds likely ones, which labels would settle"


def _doubted(brief: Brief, items: Sequence[PlanItem]) -> bool:
    of = brief.counts_of(items).items
    return len(items) > 1 and bool(of.listed.likely or of.only_based.likely)


def _by_makers(brief: Brief, items: Sequence[PlanItem]) -> str:
    """ ", 2 of them by a maker on the school’s lists and 1 by a maker based in China (see “Why”)"."""
    of = brief.counts_of(items).items
    every, of_them = exactly(len(items)), " of them"
    said = []
    for number, words in (
        (of.listed, f"by a maker on {brief.lists}"),
        (of.only_based, f"by {'another maker,' if of.listed else 'a maker'} based in China (see “Why”)"),
    ):
        if number and every == exactly(1):
            said.append(words if number.low else f"likely {words}")
        elif number:
            said.append(f"{'all' if number == every else number}{'' if said else of_them} {words}")
    return f", {joined(said)}" if said else ""


def nothing_urgent(brief: Brief) -> str:
    """That nothing is urgent, and among how many that was looked for; "" for those who are not told, and on an old plan."""
    if brief.plan.urgent or not brief.internal or brief.issued is not None or not brief.everything:
        return ""
    every = len(brief.everything)
    here = {item.asset for item in brief.everything}
    looked = sum(row.judged and row.asset.id in here for row in brief.rows)
    if not looked:
        why = "No item has answered a search" if brief.searched else "Nobody has searched a network"
        return f"Do now: not known. {why}, so none was checked."
    doubt = sum(any(kind in DOUBTS for kind in item.care) for item in brief.everything)
    rest = f" For {count(doubt, 'item')} the flaws have to be looked up." if doubt else ""
    were = "item that was" if looked == 1 else f"{looked:,} items that were"
    checked = f"nothing that we know of for the {were} checked for flaws and set-up"
    missing = every - looked
    if missing:
        judged = {row.asset.id for row in brief.rows if row.judged}
        silent = [item for item in brief.everything if item.asset not in judged]
        them = fitting(missing, "it", "them")
        ask = f"so ask the {brief.body.kind.network} to check {them} before the work"
        others = f"{count(missing, 'other item')}{_which(brief, silent)}"
        not_checked = f"{others} {fitting(missing, 'was', 'were')} not checked"
        checked += f". {f'No search reached {others}' if brief.searched else not_checked}, {ask}"
    return f"Do now: {checked}.{rest}"


def _which(brief: Brief, items: Sequence[PlanItem]) -> str:
    """ " (CAM-005 to CAM-164, on channels of 20 recorders)": where few words name all of them."""
    here = {item.asset for item in items}
    assets = [row.asset for row in brief.rows if row.asset.id in here]
    refs = run_of_refs([item.ref for item in sorted(items, key=lambda item: natural(item.ref))])
    parts = [refs] if len(refs) <= PLACE_CHARACTERS else []
    if assets and all(asset.channel is not None for asset in assets):
        parts.append(f"on channels of {count(len({asset.connected_to for asset in assets}), 'recorder')}")
    return f" ({', '.join(parts)})" if parts else ""


def _who_now(brief: Brief) -> str:
    """Who does it by when, and whether the amount pays for it; for our own staff."""
    if not brief.internal or brief.issued is not None:
        return ""
    paid = [item for item in brief.plan.items if open_to_attack(item) and item.option == "separate" and item.total]
    none = "; no money is asked for it" if brief.plan.total.total else ""
    money = f"; the amount pays for isolating {run_of_refs([item.ref for item in paid])} alone" if paid else none
    by = brief.as_at.date() + timedelta(days=NOW_DAYS)
    return f"The {brief.body.kind.network} does it by {long_date(by.isoformat())}{money}. "


def _urgent(brief: Brief, room: SummaryRoom) -> Iterator[str]:
    """The first sentences of what cannot wait; where few have room, how many more the appendices have."""
    yield from brief.urgent[: room.urgent_named]
    if room.least and (more := len(brief.urgent[room.urgent_named :])):
        yield f"The appendices have {more:,} more."


def _recommendation(brief: Brief, room: SummaryRoom) -> Iterator[str]:
    plan = brief.plan
    if room.urgent and (said := nothing_urgent(brief)):
        yield said
    by_year: dict[str, list[Spend]] = {}
    for spend in spending(plan) if room.years else by_work(plan):
        by_year.setdefault(spend.year, []).append(spend)
    for year, spends in by_year.items():
        when = "" if not year else "No year yet" if year == NOT_DATED else f"In {year}"
        named: set[DeviceKind] = set()
        said = "; ".join(words for spend in spends for words in _works(brief, spend, named, places=room.places))
        yield f"{when}: {said}." if when else f"{upper_first(said)}."
    means = f" ({range_means(whole=False)})"
    if plan.kept:
        others = "the other " if plan.items and not (plan.undecided or plan.taken_out) else ""
        doubted = _doubted(brief, plan.kept) and not room.least
        makers = "" if room.least else _by_makers(brief, plan.kept)
        yield f"Keep {others}{joined(counted(plan.kept))}{makers}{means if doubted else ''}."
        means = "" if doubted else means
    if plan.undecided:
        means = means if _doubted(brief, plan.undecided) and not room.least else ""
        makers = "" if room.least else _by_makers(brief, plan.undecided)
        waits = f"Staff decide by {BY} what to do with" if brief.internal else "Not decided yet:"
        yield f"{waits} {joined(counted(plan.undecided))}{makers}{means}."
    if brief.internal and not brief.everything:
        yield "Search the network, walk round, or import a list. Then print this plan again."


def _works(brief: Brief, spend: Spend, named: set[DeviceKind], *, places: int) -> Iterator[str]:
    """ "replace 9 cameras and 1 recorder (REC-001): Nursery gate and Hall"; apart from what the amount does not pay for.

    `named` are the kinds that the sentence has had, and gets these.
    """
    if spend.work == "other":
        names = list(dict.fromkeys(brief.line_name(line) for line in spend.lines))
        many = brief.audience == "public" or len(names) > PLACES_NAMED
        yield f"pay for {count(len(spend.lines), 'line') + ' of other work' if many else joined(names)}"
        return
    verb = {"replace": "replace", "separate": "keep", "remove": "remove"}[spend.work]
    then = {"separate": ", isolated from other networks", "remove": " without replacement"}.get(spend.work, "")
    no_price = " (no price yet)" if brief.plan.total.total else ""
    for items, note in ((spend.priced, ""), (spend.unpriced, no_price)):
        if not items:
            continue
        kinds = Counter(item.kind for item in items)
        parted = not note and spend.work == "replace" and len([pence for pence in spend.by_kind.values() if pence]) > 1
        after = {
            kind: f"{new_ones(spend.bought[kind], number)} for {pounds(spend.by_kind[kind])}" if parted else ""
            for kind, number in kinds.items()
        }
        recorders = [item for item in items if item.kind == "recorder"]
        if brief.internal and places and 0 < len(recorders) <= PLACES_NAMED:
            after["recorder"] = f" ({run_of_refs([item.ref for item in recorders])}){after['recorder']}"
        what = [
            f"{others(kind, number) if kind in named else noun(kind, number)}{after[kind]}" for kind, number in in_order(kinds)
        ]
        named |= set(kinds)
        yield f"{verb} {joined(what)}{then}{note}{_places(brief, items, places) if places else ''}"


def _places(brief: Brief, items: Sequence[PlanItem], letters: int) -> str:
    """ ": Main entrance (CAM-012), Nursery gate and 3 more places", those with most items first; with several sites, the sites.

    All are named where so many letters have room for them, and no two are of one name. A place shared with something that is
    not meant has the refs of those meant; recorders are named before. The numbers of sites add up: what has no place is
    counted after them.
    """
    if brief.audience == "public":
        return ""
    numbers: Counter[tuple[str, ...]] = Counter()
    refs: dict[tuple[str, ...], list[str]] = {}
    for item in items:
        path = _path(item)[:1] if brief.many_sites else _path(item)
        if path:
            numbers[path] += item.quantity
            refs.setdefault(path, []).extend([item.ref] if item.kind != "recorder" else ())
    most = sorted(numbers.items(), key=lambda one: (-one[1], natural_path(one[0])))
    here = {item.asset for item in items}
    shared = {_place_name(_path(item)) for item in brief.everything if item.asset not in here and _path(item)}
    names = []
    for path, number in most:
        name = _place_name(path)
        few = brief.internal and 0 < len(refs[path]) <= PLACES_NAMED
        which = f" ({run_of_refs(refs[path])})" if few and name in shared else ""
        names.append(f"{name} ({number:,})" if brief.many_sites else f"{name}{which}")
    apart = len(set(names)) == len(names)
    if len(names) > PLACES_NAMED + 1 and not (apart and len(joined(names)) <= letters):
        rest = len(names) - PLACES_NAMED
        names = [*names[:PLACES_NAMED], f"{rest:,} more {'sites' if brief.many_sites else 'places'}"]
    if not names:
        return ""
    nowhere = sum(item.quantity for item in items) - sum(numbers.values())
    if nowhere and brief.many_sites:
        names.append(f"{nowhere:,} with no location yet")
    return f" at {joined(names)}" if brief.many_sites else f": {joined(names)}"


def _path(item: PlanItem) -> tuple[str, ...]:
    return tuple(name for name in item.place_path if name.strip())


def _place_name(path: Sequence[str]) -> str:
    return clean(path[-1], PLACE_CHARACTERS)
