"""When the cameras were last gone through, and whether that is longer ago than the organisation wants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from camcensus.model import frozen
from camcensus.model.changes import Changes
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import count, in_zone, long_date, utc_second
from camcensus.store.edits.settings import set_setting
from camcensus.store.inventory import Inventory
from camcensus.store.pen import Pen, edit
from camcensus.tasks.finding.judging import Reassessment, answer_changes, reassess
from camcensus.tasks.register.verbs import AssetRow

MONTHS_OFFERED = (3, 6, 12, 24, 36)
USUAL_MONTHS = 12
NEVER = 0
MONTHS_LIMIT = 120
_KEY = "census.months"
_WENT_THROUGH = ("walk", "import")
"""Edits that go through the cameras as a search does: walk-round notes, and a register that staff keep."""


def census_months(inventory: Inventory | None) -> int:
    """How many months a census is good for; NEVER where nobody wants to be reminded."""
    text = inventory.setting(_KEY) if inventory is not None else None
    return int(text) if text and text.isascii() and text.isdecimal() and int(text[:6]) <= MONTHS_LIMIT else USUAL_MONTHS


@edit("set-setting", failed="That was not saved")
def set_census_months(pen: Pen, months: int) -> str:
    """Say after how many months the cameras should be checked again. Raises StoreError for no such number."""
    if not 0 <= months <= MONTHS_LIMIT:
        raise StoreError(f"That must be a whole number of months up to {MONTHS_LIMIT}; 0 is for no reminder.")
    say = f"You will be reminded after {count(months, 'month')}." if months else "You will not be reminded."
    return pen.do(set_setting(_KEY, str(months), say))


def last_census(inventory: Inventory, now: datetime) -> date | None:
    """The day of the newest search, walk-round or import of a register; None before the first."""
    times = [scan.ended_at for scan in inventory.scans() if scan.is_search]
    for verb in _WENT_THROUGH:
        times += [change.at for change in inventory.changes(50, verb) if not change.undone][:1]
    return in_zone(datetime.fromisoformat(max(times)), now).date() if times else None


def census_due(inventory: Inventory | None, now: datetime) -> str | None:
    """What to say where the last census is older than the organisation wants; None where it is not, or there was none."""
    wanted = census_months(inventory)
    on = last_census(inventory, now) if inventory is not None and wanted != NEVER else None
    if on is None:
        return None
    today = now.date()
    months = (today.year - on.year) * 12 + today.month - on.month - (today.day < on.day)
    if months < wanted:
        return None
    every = "every month" if wanted == 1 else f"every {wanted} months"
    ago = count(months, "month")
    return f"Your record was last brought up to date on {long_date(on)}, {ago} ago. You want that {every}."


# Answers given under older knowledge, or not at all: how many are shown and since when, and judging them again.


@frozen
class Reassessed:
    """What re-checking did: `changes` for the views; `answers` that are different now, for the person, by ref."""

    changes: Changes
    answers: tuple[Reassessment, ...]


def stale(register: Iterable[AssetRow]) -> str:
    """What to say of answers that are out of date in the register, or were never given; "" where all are current."""
    times = [row.judged_at or "" for row in register if row.stale]
    if never := times.count(""):
        return f"{count(never, 'device has', 'devices have')} no answer yet, because work was stopped."
    were = "answer was" if len(times) == 1 else "answers were"
    return f"{len(times)} {were} given by an older list, since {long_date(min(times))}." if times else ""


def reassess_all(inventory: Inventory, knowledge: Knowledge, now: datetime) -> Reassessed:
    """Judge all that is out of date from the bytes that were saved, with no new search, and tell what changed."""
    before = set(answer_changes(inventory))
    changes = reassess(inventory, knowledge, now)
    fresh = [one for one in answer_changes(inventory) if one not in before and one.at == utc_second(now)]
    fresh.sort(key=lambda one: (one.ref is None, one.ref or "", one.address or "", one.device))
    return Reassessed(changes, tuple(fresh))
