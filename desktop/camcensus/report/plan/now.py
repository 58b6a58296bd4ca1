"""What cannot wait for a replacement, on page 1: what, who does it by when, and that nothing is where nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from camcensus.model.blocks import Piece, Strong
from camcensus.model.device import NAMED_GRADES, WATCHED_KINDS
from camcensus.model.words import long_date, run_of_refs
from camcensus.planning.risks import open_to_attack
from camcensus.planning.rows import looked_up
from camcensus.report.plan.brief import Brief, in_appendices
from camcensus.report.plan.room import SummaryRoom

DO_NOW = "Do now, before any replacement"
ASK = "ask the installer."
SETTLES = f"That does not prove that there is none: {ASK}"
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
    here = {item.asset for item in brief.everything}
    rows = [row for row in brief.rows if row.asset.id in here and row.asset.kind in WATCHED_KINDS]
    if not any(row.light.grade in NAMED_GRADES for row in rows):
        return "Do now: not known. No item has a maker yet, so none was looked up in the published flaws."
    if not any(row.light.firmware for row in rows):
        return f"Do now: not known. Flaws go by model and firmware, and no firmware is in the record: {ASK}"
    return f"Do now: nothing that we know of. Looked up in the published flaws: {looked_up(rows)}. {SETTLES}"


def _who_now(brief: Brief) -> str:
    """Who does it by when, and whether the amount pays for it; for our own staff."""
    if not brief.internal or brief.issued is not None:
        return ""
    paid = [item for item in brief.plan.items if open_to_attack(item) and item.option == "separate" and item.total]
    none = "; no money is asked for it" if brief.plan.total.total else ""
    money = f"; the amount pays for isolating {run_of_refs([item.ref for item in paid])} alone" if paid else none
    by = brief.as_at.date() + timedelta(days=NOW_DAYS)
    return f"We propose that the {brief.body.kind.network} sees to it by {long_date(by.isoformat())}{money}. "


def _urgent(brief: Brief, room: SummaryRoom) -> Iterator[str]:
    """The first sentences of what cannot wait; where few have room, how many more the appendices have."""
    yield from brief.urgent[: room.urgent_named]
    if room.least and (more := len(brief.urgent[room.urgent_named :])):
        yield f"The plan’s appendices have {more:,} more."
