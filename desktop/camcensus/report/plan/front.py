"""Page 1 of the decision paper: the ask, what it costs by year and kind of work, what we recommend, who signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from camcensus.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Fact,
    Heading,
    Look,
    Piece,
    Prose,
    Row,
    Spacing,
    Strong,
    TableBlock,
)
from camcensus.model.ordering import natural_path
from camcensus.model.plan import NOT_DATED, PlanItem
from camcensus.model.prose import fitting, joined, run_of_refs, upper_first
from camcensus.model.words import DISCLAIMER, clean, count, long_date, pounds
from camcensus.planning.spending import Spend, Work, by_work, spending
from camcensus.report.plan.brief import PLACE_CHARACTERS, Brief, counted, strong_joined
from camcensus.report.plan.costs import cost_notes, tax_rows
from camcensus.report.sheet import SIMULATION

URGENT_NAMED = 2
"""Sentences of what cannot wait that are on the first page; the last pages have all."""
PLACES_NAMED = 3
TIGHT_FROM_POINTS = 21.0
"""With signatures as low as this the tables are set tighter too, so that the page that is signed stays one page."""
HEADS: dict[Work, str] = {"replace": "Replace", "separate": "Isolate", "remove": "Remove", "other": "Other work"}


@dataclass(frozen=True, slots=True)
class SummaryRoom:
    """How much of the page there is: points for each signature, whether places are named, years parted, headings close."""

    to_write: float
    places: bool = True
    years: bool = True
    close: bool = False
    ask: Look = "ask"

    @property
    def spacing(self) -> Spacing:
        """The room around the text of a row."""
        if self.close and self.to_write < TIGHT_FROM_POINTS:
            return "close"
        return "tight" if self.to_write <= TIGHT_FROM_POINTS else "open"


ROOMS = (
    *(SummaryRoom(points) for points in (32.0, 28.0, 24.0, 21.0)),
    *(SummaryRoom(points, close=True) for points in (24.0, 21.0, 18.0)),
    *(SummaryRoom(points, close=True, places=False) for points in (24.0, 21.0, 18.0)),
    SummaryRoom(18.0, close=True, places=False, ask="lead"),
    SummaryRoom(18.0, close=True, places=False, years=False, ask="lead"),
)
"""Tried until the page that is signed fits one page."""


def front(brief: Brief, room: SummaryRoom) -> Iterator[Block]:
    """The page that is signed."""
    yield Heading("Replacement plan", 1)
    yield Prose(f"Decision paper · {brief.version} · as at {long_date(brief.as_at.date().isoformat())}", "subtitle", after=14)
    if brief.simulation:
        yield Prose([Strong(f"{SIMULATION}."), " It is not for signing."], after=12)
    spends = by_work(brief.plan)
    yield Prose(ask(brief, spends), room.ask, after=4, bar=True)
    more = " ".join((*_by_year(brief), *left_out(brief)))
    if more:
        yield Prose(more, before=4, after=4, bar=True)
    yield Heading("What it costs", 2, close=room.close)
    yield _costs(brief, room.spacing)
    yield Heading("What we recommend", 2, close=room.close)
    if brief.urgent:
        yield Prose([Strong("Do now, whatever the year."), f" {' '.join(brief.urgent[:URGENT_NAMED])}"], after=6)
    yield Bullets(list(_recommendation(brief, room)))
    yield Heading("Sign-off", 2, close=room.close)
    yield TableBlock(
        [Column("Role", 1.35), Column("Name", 1.55), Column("Signature", 1.2), Column("Date", 0.9)],
        [Row([role, Fact("Name", "second"), "", Fact("DD / MM / YYYY", "second")]) for role in brief.body.kind.plan_signers],
        to_write=room.to_write,
        spacing=room.spacing,
        note=f"{DISCLAIMER} {brief.left_out}".rstrip(),
    )


# -- the ask


def ask(brief: Brief, spends: Sequence[Spend]) -> list[Piece]:
    """What the reader is asked for, in one sentence: the amount, and what each part of it buys."""
    plan = brief.plan
    bought = [spend for spend in spends if spend.pence]
    decided = [spend for spend in spends if spend.items and not spend.pence]
    dated = [year for year in plan.years if year.year != NOT_DATED]
    over = f" over {count(len(dated), 'year')}" if dated else ""
    if bought:
        pieces: list[Piece] = [
            "We are asking for ",
            Strong(pounds(plan.total.total)),
            f" (excluding VAT){'' if decided else over}",
        ]
        if len(bought) == 1:
            pieces += _to_do(brief, bought[0])
        else:
            parts = [[Strong(pounds(spend.pence or 0)), *_to_do(brief, spend)] for spend in bought]
            if plan.total.contingency:
                parts.append([Strong(pounds(plan.total.contingency)), " for contingency"])
            pieces.append(": ")
            for at, part in enumerate(parts):
                pieces += [" and " if at == len(parts) - 1 else ", "] if at else []
                pieces += part
        if decided:
            pieces += [", and for a decision", *_decisions(brief, decided)]
            they = fitting(sum(len(spend.items) for spend in decided), "It has no price and is", "They have no price and are")
            return [*pieces, f"{over.replace(' over ', ', all within ')}. {they} left out of the amount."]
        return [*pieces, "."]
    if decided:
        bare = all(spend.work == "remove" for spend in decided)
        no_amount = "" if bare else " No prices were given, so this plan names no amount."
        return ["We are asking for a decision", *_decisions(brief, decided), f"{over}.{no_amount}"]
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
        wait = f" {fitting(len(plan.undecided), 'waits', 'wait')} for a decision."
        return ["No replacement is decided yet. ", *strong_joined(counted(plan.undecided)), wait]
    if plan.kept:
        return [
            "No replacement is planned: ",
            *strong_joined(counted(plan.kept)),
            f" {fitting(len(plan.kept))} kept by decision.",
        ]
    return [
        "Nothing is planned: ",
        *strong_joined(counted(plan.taken_out)),
        f" {fitting(len(plan.taken_out), 'was', 'were')} taken out of this plan.",
    ]


def _to_do(brief: Brief, spend: Spend) -> list[Piece]:
    """ " to replace 17 of 42 cameras and 1 of 2 recorders", " for 2 other lines"."""
    if spend.work == "other":
        return [" for ", Strong(count(sum(line.total is not None for line in spend.lines), "other line"))]
    then = " from other networks" if spend.work == "separate" else ""
    return [f" to {spend.work if spend.work != 'separate' else 'isolate'} ", *strong_joined(_shares(brief, spend.items)), then]


def _decisions(brief: Brief, spends: Sequence[Spend]) -> list[Piece]:
    pieces: list[Piece] = []
    for at, spend in enumerate(spends):
        pieces += [" and" if at == len(spends) - 1 else ","] if at else []
        pieces += _to_do(brief, spend)
    return pieces


def _by_year(brief: Brief) -> Iterator[str]:
    """What falls in each year, and what has no year: the parts of the amount once more."""
    plan = brief.plan
    years = [year for year in plan.years if year.total]
    dated = [f"{pounds(year.total)} in {year.year}" for year in years if year.year != NOT_DATED]
    undated = sum(year.total for year in years if year.year == NOT_DATED)
    if not plan.total.total or (len(years) == 1 and not undated):
        return
    if undated:
        dated.append(f"{pounds(undated)} has no year yet")
    yield f"{upper_first(joined(dated))}{', contingency included' if plan.total.contingency else ''}."


def left_out(brief: Brief) -> Iterator[str]:
    """What the amount leaves out where it names one: items and fitting without a price, own lines."""
    plan = brief.plan
    if not plan.total.total:
        return
    parts = []
    for spend in by_work(plan):
        if spend.unpriced and spend.pence:
            parts.append(f"{count(len(spend.unpriced), 'item')} to {_VERBS[spend.work]}")
    bare = sum(line.total is None for line in plan.lines)
    if bare:
        parts.append(count(bare, "line of other work", "lines of other work"))
    if parts:
        one = len(parts) == 1 and parts[0].startswith("1 ")
        yield f"{joined(parts)} {'has' if one else 'have'} no price and {'is' if one else 'are'} left out of the amount."
    replaced = [item for item in brief.replaced if item.total is not None]
    kinds = [kind for kind in ("camera", "recorder") if any(item.kind == kind and item.fitting is None for item in replaced)]
    if kinds:
        yield f"Fitting of the {joined([f'{kind}s' for kind in kinds])} has no price and is left out."


_VERBS: dict[Work, str] = {"replace": "replace", "separate": "isolate", "remove": "remove", "other": "do"}


def _shares(brief: Brief, items: Sequence[PlanItem]) -> list[str]:
    """["17 of 42 cameras", "1 of 2 recorders", "3 encoders"], only what there is."""
    numbers = Counter(item.kind for item in items)
    shares = []
    for kind, one, of in (("camera", "camera", brief.plan.cameras_all), ("recorder", "recorder", brief.plan.recorders_all)):
        if numbers[kind]:  # type: ignore[index]
            shares.append(f"{numbers[kind]:,} of {count(of, one)}")  # type: ignore[index]
    return shares + counted(item for item in items if item.kind not in ("camera", "recorder"))


# -- what it costs


def _costs(brief: Brief, spacing: Spacing) -> Block:
    """Years down, kinds of work across, what it comes to at the right."""
    plan = brief.plan
    if not plan.years:
        return Prose("Nothing will be bought, so there are no costs.")
    notes = " ".join(cost_notes(brief))
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
    total: list[Cell] = ["Total", *map(_amount, every)]
    rows.append(Row([*total, *([pounds(plan.total.contingency)] if contingency else []), pounds(plan.total.total)], "total"))
    return TableBlock(columns, [*rows, *tax_rows(plan, len(columns))], note=notes, spacing=spacing)


def _amount(spend: Spend | None) -> str:
    if spend is None:
        return "£0"
    return "Not priced" if spend.pence is None else pounds(spend.pence)


# -- what we recommend


def _recommendation(brief: Brief, room: SummaryRoom) -> Iterator[str]:
    plan = brief.plan
    by_year: dict[str, list[str]] = {}
    for spend in spending(plan) if room.years else by_work(plan):
        if said := _work(brief, spend, places=room.places):
            by_year.setdefault(spend.year, []).append(said)
    for year, works in by_year.items():
        when = "" if not year else "When there is a year for it" if year == NOT_DATED else f"In {year}"
        said = "; ".join(works)
        yield f"{when}: {said}." if when else f"{upper_first(said)}."
    if plan.kept:
        yield f"Keep {'the other ' if plan.items else ''}{joined(counted(plan.kept))}."
    if plan.undecided:
        of = brief.counts_of(plan.undecided).items
        of_these = f", {of.listed} of them by a listed maker" if of.listed else ""
        of_these += f", {of.only_based} by a maker based in China (our reading)" if of.only_based else ""
        yield f"Decide about {joined(counted(plan.undecided))}{of_these}."
    if not brief.everything:
        yield "Search the network, walk round, or import a list. Then print this plan again."


def _work(brief: Brief, spend: Spend, *, places: bool) -> str:
    """ "replace 9 cameras and 1 recorder (REC-001): Nursery gate and Hall"."""
    if spend.work == "other":
        names = list(dict.fromkeys(brief.line_name(line) for line in spend.lines))
        many = brief.audience == "public" or len(names) > PLACES_NAMED
        return f"pay for {count(len(spend.lines), 'line') + ' of other work' if many else joined(names)}"
    verb = {"replace": "replace", "separate": "keep, but isolate from other networks,", "remove": "remove"}[spend.work]
    recorders = [item for item in spend.items if item.kind == "recorder"]
    named = f" ({run_of_refs([item.ref for item in recorders])})" if places and 0 < len(recorders) <= PLACES_NAMED else ""
    return f"{verb} {joined(counted(spend.items))}{named}{_places(brief, spend.items) if places else ''}"


def _places(brief: Brief, items: Sequence[PlanItem]) -> str:
    """ ": Main entrance, Nursery gate and 3 more places", those with most items first; with several sites, the sites."""
    if brief.audience == "public":
        return ""
    numbers: Counter[tuple[str, ...]] = Counter()
    for item in items:
        path = tuple(name for name in item.place_path if name.strip())
        if path:
            numbers[path[:1] if brief.many_sites else path] += item.quantity
    most = sorted(numbers.items(), key=lambda one: (-one[1], natural_path(one[0])))
    names = [clean(path[-1], PLACE_CHARACTERS) + (f" ({number:,})" if brief.many_sites else "") for path, number in most]
    if len(names) > PLACES_NAMED + 1:
        rest = len(names) - PLACES_NAMED
        names = [*names[:PLACES_NAMED], f"{rest:,} more {'sites' if brief.many_sites else 'places'}"]
    if not names:
        return ""
    return f" at {joined(names)}" if brief.many_sites else f": {joined(names)}"
