"""The ask of the decision paper: the amount, what each part of it buys, and what has no price and is beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from camcensus.model.blocks import Piece, Strong
from camcensus.model.device import DeviceKind
from camcensus.model.plan import OwnLine, PlanItem
from camcensus.model.words import KIND_NOUNS, count, fitting, joined, long_date, pounds
from camcensus.planning.spending import (
    COST_NOTHING,
    Spend,
    by_work,
    is_priced,
    over,
    over_years,
    paid_years,
    undated_pence,
    work_begins,
)
from camcensus.planning.years import year_ends
from camcensus.report.method import NOT_SEARCHED
from camcensus.report.plan.brief import VERBS, Brief, counted, named, noun, strong_joined


def ask(brief: Brief, spends: Sequence[Spend]) -> list[Piece]:
    """What the reader is asked for, in one sentence: the amount, and what each part of it buys."""
    plan = brief.plan
    bought = [spend for spend in spends if spend.pence]
    decided = [spend for spend in spends if spend.items and not spend.pence]
    dated = paid_years(plan)
    all_dated = {item.year for item in plan.items} | {line.year for line in plan.lines} <= {*dated}
    within = f", all {over(dated, 'within')}" if decided and all_dated else ""
    had: set[DeviceKind] = set()
    if bought:
        pieces: list[Piece] = [
            "We are asking for ",
            Strong(pounds(plan.total.total)),
            f" (excluding VAT){'' if within else over_years(plan).rstrip(',')}",
        ]
        apart = bool(undated_pence(plan) and dated) or len(bought) > 2
        if len(bought) == 1:
            pieces += ["," if undated_pence(plan) else "", *_to_do(brief, bought[0], had)]
        else:
            parts = [[Strong(pounds(spend.pence or 0)), *_to_do(brief, spend, had)] for spend in bought]
            if plan.total.contingency:
                parts.append([Strong(pounds(plan.total.contingency)), " for contingency"])
            pieces.append(". That is " if apart else ": ")
            for at, part in enumerate(parts):
                pieces += [" and " if at == len(parts) - 1 else ", "] if at else []
                pieces += part
        if decided:
            pieces += [", and for a decision", *_decisions(brief, decided, had)]
            return [*pieces, f"{within}."]
        return [*pieces, "."]
    if decided or plan.lines:
        no_amount = f" {COST_NOTHING}" if is_priced(plan) else " The plan has no prices yet, so it names no amount."
        lines = [f"{' and' if decided else ''} on other work"] if plan.lines else []
        when = f" {over(dated)}" if dated else ""
        undated = sum(one.year is None for one in plan.items)
        if undated:
            some = f"{count(len(plan.items) - undated, 'item')}{when} and " if undated < len(plan.items) else ""
            when = f": {some}{count(undated, 'item')} with no year yet"
        return ["We are asking for a decision", *_decisions(brief, decided, had), *lines, f"{when}.{no_amount}"]
    if brief.unsearched:
        return [NOT_SEARCHED]
    if not brief.everything:
        return ["There are no cameras in this record yet, so there is nothing to decide."]
    if plan.undecided:
        makers = by_listed(brief, plan.undecided)
        wait = f"{makers}{',' if makers else ''} {fitting(len(plan.undecided), 'waits', 'wait')} for a decision."
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


def _to_do(brief: Brief, spend: Spend, had: set[DeviceKind]) -> list[Piece]:
    """ " to replace 17 of 42 cameras and 1 of 2 recorders", " for other work": what its money buys, all of it without money.

    `had` are the kinds that the sentence has had, and gets these: their next ones are others.
    """
    if spend.work == "other":
        return [" for ", Strong("other work")]
    then = {"separate": " from other networks", "remove": " without replacement"}.get(spend.work, "")
    shares = _shares(brief, spend.priced if spend.pence else spend.items, had)
    then = new_ones(sum(spend.bought.values()), len(spend.priced)) if spend.work == "replace" and spend.pence else then
    return [f" to {VERBS[spend.work]} ", *strong_joined(shares), then]


def new_ones(bought: int, old: int) -> str:
    """ " with 3 new ones" behind what is replaced, where an amount buys more or fewer than there were."""
    return "" if bought == old else f" with {count(bought, 'new one') if bought else 'no new one'}"


def _decisions(brief: Brief, spends: Sequence[Spend], had: set[DeviceKind]) -> list[Piece]:
    pieces: list[Piece] = []
    for at, spend in enumerate(spends):
        pieces += [" and" if at == len(spends) - 1 else ","] if at else []
        pieces += _to_do(brief, spend, had)
    return pieces


def decide_before(brief: Brief) -> str:
    """The day before which to decide, where it follows from the plan: all dated work is still to come; else ""."""
    begins = work_begins(brief.plan) if brief.internal else None
    if begins is None or begins[0] <= brief.as_at.date():
        return ""
    day, year = begins
    why = f"when {year}, the first year of this work, begins" if year else "the target date of the first work"
    return f"Decide before {long_date(day.isoformat())}, {why}."


def to_decide_by(brief: Brief) -> str:
    """Room to write by when a decision is needed, where no day follows from the plan and there is something to decide."""
    plan = brief.plan
    if not brief.internal or decide_before(brief) or not (plan.items or plan.lines or plan.undecided):
        return ""
    return f" Decision needed by: {'_' * 18}{_at_latest(brief)}"


def _at_latest(brief: Brief) -> str:
    """ ", to finish 2026-27 in time.": the first year of all the work, priced or not, where it is not over."""
    plan = brief.plan
    work: tuple[PlanItem | OwnLine, ...] = (*plan.items, *plan.lines)
    ends = ((day, one.year) for one in work if (day := year_ends(one.year, plan.year_starts)))
    end, year = min(ends, default=(None, ""))
    if end is None or end < brief.as_at.date():
        return ""
    return f", to finish {year} in time."


def left_out(brief: Brief, *, names: bool = True) -> Iterator[str]:
    """What the amount leaves out where it names one: items and fitting without a price, own lines. `names`: a few by name."""
    plan = brief.plan
    if not plan.total.total:
        return
    bare = [spend for spend in by_work(plan) if spend.unpriced]
    parts = [
        f"{joined(counted(spend.unpriced))}{named(brief, spend.unpriced) if names else ''} to {VERBS[spend.work]}"
        for spend in bare
    ]
    lines = sum(line.total is None for line in plan.lines)
    if lines:
        parts.append(count(lines, "line of other work", "lines of other work"))
    if parts:
        number = lines + sum(len(spend.unpriced) for spend in bare)
        has = fitting(number, "has no price yet and is", "have no price yet and are")
        yield f"{joined(parts)} {has} not in the amount: a quotation settles it."
    replaced = [item for item in brief.replaced if item.total is not None]
    kinds = []
    for kind in ("camera", "recorder"):
        fitted = [item.fitting is not None for item in replaced if item.kind == kind]
        if not all(fitted):
            kinds.append(f"{'some' if any(fitted) else 'the'} {kind}s")
    if kinds:
        yield f"Fitting of {joined(kinds)} has no price and is left out."


def _shares(brief: Brief, items: Sequence[PlanItem], had: set[DeviceKind]) -> list[str]:
    """["17 of 42 cameras", "1 of 2 recorders", "3 encoders"], only what there is; "5 other cameras" where some were named."""
    kinds = Counter(item.kind for item in items)
    of: dict[DeviceKind, int] = {"camera": brief.plan.cameras_all, "recorder": brief.plan.recorders_all}
    shares = []
    for kind, number in in_order(kinds):
        if kind in had:
            shares.append(others(kind, number))
        else:
            shares.append(f"{number:,} of {noun(kind, of[kind])}" if kind in of else noun(kind, number))
    had |= set(kinds)
    return shares


def by_listed(brief: Brief, items: Sequence[PlanItem]) -> str:
    """ ", 2 of them by a maker on the school’s lists and 1 by a maker based in China (see “Why”)"."""
    of = brief.counts_of(items).items
    said = []
    for number, words in (
        (of.listed, f"by a maker on {brief.lists}"),
        (of.only_based, f"by {'another maker,' if of.listed else 'a maker'} based in China (see “Why”)"),
    ):
        if number and len(items) == 1:
            said.append(words)
        elif number:
            whole = "both" if len(items) == 2 else "all"
            said.append(f"{whole if number.number == len(items) else number}{'' if said else ' of them'} {words}")
    return f", {joined(said)}" if said else ""


def in_order(kinds: Mapping[DeviceKind, int]) -> list[tuple[DeviceKind, int]]:
    return [(kind, kinds[kind]) for kind in KIND_NOUNS if kinds.get(kind)]


def others(kind: DeviceKind, number: int) -> str:
    """ "49 other cameras"."""
    return count(number, *(f"other {words.removeprefix('other ')}" for words in KIND_NOUNS[kind]))
