"""What cannot wait for a replacement, on page 1: what, who does it by when, and that nothing is where nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from camcensus.model.blocks import Piece, Strong
from camcensus.model.known import by
from camcensus.model.ordering import natural
from camcensus.model.prose import fitting, run_of_refs
from camcensus.model.verdict import DOUBTS
from camcensus.model.words import count, long_date
from camcensus.planning.risks import open_to_attack
from camcensus.planning.rows import PlannedRow
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
    here = {item.asset for item in brief.everything}
    rows = [row for row in brief.rows if row.asset.id in here]
    unasked = [row for row in rows if not by(row.asset.known_by, "search")]
    asked, left = len(rows) - len(unasked), [row for row in unasked if not (row.judged and row.light.model)]
    written = len(unasked) - len(left)
    if not asked and not written:
        return "Do now: not known. No item has answered a search and no model is recorded, so none was held against the flaws."
    parts = [f"{count(asked, 'item')} by what {fitting(asked, 'it', 'they')} answered in a search"] if asked else []
    if written:
        none = fitting(written, "it was not asked", "none of them was asked")
        parts.append(f"{count(written, 'item')} by the model recorded, and by the firmware where that is recorded; {none}")
    said = f"Do now: nothing that we know of. Held against the flaws that we know: {'; '.join(parts)}."
    if left:
        others = f"{count(len(left), 'other item')}{_which(left)} {fitting(len(left), 'was', 'were')} not"
        before = " before the work" if brief.plan.items else ""
        said += f" {others}; ask the {brief.body.kind.network} to check {fitting(len(left), 'it', 'them')}{before}."
    doubt = sum(any(kind in DOUBTS for kind in item.care) for item in brief.everything)
    return said + (f" For {count(doubt, 'item')} the flaws have to be looked up." if doubt else "")


def _which(rows: Sequence[PlannedRow]) -> str:
    """ " (CAM-005 to CAM-164, on channels of 20 recorders)": where few words name all of them."""
    assets = sorted((row.asset for row in rows), key=lambda asset: natural(asset.ref))
    refs = run_of_refs([asset.ref for asset in assets])
    parts = [refs] if len(refs) <= PLACE_CHARACTERS else []
    if all(asset.unconfirmed for asset in assets):
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
