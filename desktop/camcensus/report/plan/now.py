"""What cannot wait for a replacement, on page 1: what, who does it by when, and that nothing is where nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from camcensus.model.blocks import Piece, Strong
from camcensus.model.ordering import natural
from camcensus.model.plan import PlanItem
from camcensus.model.prose import fitting, run_of_refs
from camcensus.model.verdict import DOUBTS
from camcensus.model.words import count, long_date
from camcensus.planning.risks import open_to_attack
from camcensus.report.plan.brief import PLACE_CHARACTERS, Brief, in_appendices
from camcensus.report.plan.room import SummaryRoom

DO_NOW = "Do now, before any replacement"
NOW_DAYS = 7
"""So many days after the day of the paper, what cannot wait is done."""


def do_now(brief: Brief, room: SummaryRoom) -> list[Piece]:
    """Who does what by when; where few sentences have room, how many more the appendices have."""
    said = f" {_who_now(brief)}{' '.join(_urgent(brief, room))}"
    return [Strong(f"{DO_NOW}."), *in_appendices(said, DO_NOW)]


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
        ask = f"so ask the {brief.body.kind.network} to check {them}{' before the work' if brief.plan.items else ''}"
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
