"""What we recommend, on page 1: what is done with how many in which year, what is kept, and who decides the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from camcensus.model.blocks import Block, Column, Row, RowKind, TableBlock
from camcensus.model.device import DeviceKind
from camcensus.model.plan import NOT_DATED, PlanItem
from camcensus.model.words import count, joined, pounds, run_of_refs, upper_first
from camcensus.planning.spending import WORKS, Spend, Work, by_work, spending
from camcensus.report.plan.ask import by_listed, in_order, new_ones, others
from camcensus.report.plan.brief import Brief, counted, noun
from camcensus.report.plan.now import nothing_urgent
from camcensus.report.plan.room import SummaryRoom

BY = "_" * 12
"""Room to write a day."""
PLACES_NAMED = 3
_DONE: dict[Work, str] = {"replace": "Replace", "separate": "Keep and isolate", "remove": "Remove", "other": ""}


def actions(brief: Brief, room: SummaryRoom) -> Iterator[Block]:
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


def recommendation(brief: Brief, room: SummaryRoom) -> Iterator[str]:
    plan = brief.plan
    if room.urgent and (said := nothing_urgent(brief)):
        yield said
    by_year: dict[str, list[Spend]] = {}
    for spend in spending(plan) if room.years else by_work(plan):
        by_year.setdefault(spend.year, []).append(spend)
    for year, spends in by_year.items():
        when = "" if not year else "No year yet" if year == NOT_DATED else f"In {year}"
        named: set[DeviceKind] = set()
        said = "; ".join(words for spend in spends for words in _works(brief, spend, named, named_too=room.names))
        yield f"{when}: {said}." if when else f"{upper_first(said)}."
    if plan.kept:
        yield f"Keep {_kept(brief)}{'' if room.least else by_listed(brief, plan.kept)}."
    if plan.undecided:
        makers = "" if room.least else by_listed(brief, plan.undecided)
        waits = f"Staff decide by {BY} what to do with" if brief.internal else "Not decided yet:"
        noted = sum(bool((asset := brief.asset(item)) and asset.action) for item in plan.undecided) if brief.internal else 0
        action = f" A list notes an action for {noted:,} of them (see the appendices)." if noted else ""
        yield f"{waits} {joined(counted(plan.undecided))}{makers}.{action}"
    if room.signed != "least" and brief.listed_names:
        yield f"Counted for a listed maker: {brief.listed_names}."
    if plan.taken_out:
        taken = [batch.total for batch in plan.batches if batch.out and batch.total]
        money = f", which would cost {pounds(sum(taken))}" if taken else ""
        yield f"Taken out of this plan: {joined(counted(plan.taken_out))}{money}."
    parts = ((plan.items, "acted on"), (plan.kept, "kept"), (plan.undecided, "not decided"), (plan.taken_out, "taken out"))
    if len([items for items, _ in parts if items]) > 1 and not room.least:
        each = [f"{len(items):,} {words}" for items, words in parts if items]
        yield f"That is all of the {count(len(brief.everything), 'item')} in the record: {joined(each)}."
    if brief.internal and not brief.everything:
        yield "Search the network, walk round, or import a list. Then print this plan again."


def _kept(brief: Brief) -> str:
    """ "3 cameras and 1 recorder"; "the other 3 cameras" where the rest is all acted on."""
    plan, kinds = brief.plan, counted(brief.plan.kept)
    words = joined(kinds)
    if not plan.items or plan.undecided or plan.taken_out:
        return words
    if not words.startswith("1 "):
        return f"the other {words}"
    return f"the other {words.removeprefix('1 ')}" if len(kinds) == 1 else f"the others: {words}"


def _works(brief: Brief, spend: Spend, named: set[DeviceKind], *, named_too: bool) -> Iterator[str]:
    """ "replace 9 cameras and 1 recorder (REC-001)"; apart from what the amount does not pay for.

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
        if brief.internal and named_too and 0 < len(recorders) <= PLACES_NAMED:
            after["recorder"] = f" ({run_of_refs([item.ref for item in recorders])}){after['recorder']}"
        what = [
            f"{others(kind, number) if kind in named else noun(kind, number)}{after[kind]}" for kind, number in in_order(kinds)
        ]
        named |= set(kinds)
        yield f"{verb} {joined(what)}{then}{note}"
