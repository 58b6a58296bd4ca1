"""Answers given under older knowledge: how many are shown and since when, and judging them again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from camcensus.model.changes import Changes
from camcensus.model.frozen import frozen
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import utc_second
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.judging import Reassessment, answer_changes, reassess
from camcensus.tasks.register.verbs import AssetRow


@frozen
class Stale:
    """How many rows show an answer that is out of date, and when the oldest of these was given (ISO 8601)."""

    number: int
    since: str


@frozen
class Reassessed:
    """What re-checking did: `changes` for the views; `answers` that are different now, for the person, by ref."""

    changes: Changes
    answers: tuple[Reassessment, ...]


def stale(register: Iterable[AssetRow]) -> Stale | None:
    """What is out of date in the register; None where all answers are current."""
    times = [row.judged_at for row in register if row.stale and row.judged_at]
    return Stale(len(times), min(times)) if times else None


def reassess_all(inventory: Inventory, knowledge: Knowledge, now: datetime) -> Reassessed:
    """Judge all that is out of date from the bytes that were saved, with no new search, and tell what changed."""
    before = set(answer_changes(inventory))
    changes = reassess(inventory, knowledge, now)
    fresh = [one for one in answer_changes(inventory) if one not in before and one.at == utc_second(now)]
    fresh.sort(key=lambda one: (one.ref is None, one.ref or "", one.address or "", one.device))
    return Reassessed(changes, tuple(fresh))
