"""Rounds: the figures of every organisation as they are now, saved to compare the next round with."""

from __future__ import annotations

from datetime import datetime

from camcensus.model.errors import IntakeError
from camcensus.model.words import clean, count, utc_second
from camcensus.store.rollup.rounds import has_round, save_round
from camcensus.store.rollup.tables import prepare
from camcensus.store.rollup.taking import JUDGED_BY
from camcensus.tasks.rollup.taking import RollUp


def record_round(rollup: RollUp, name: str, lists: tuple[str, ...], now: datetime) -> str:
    """Keep the figures of all bodies under a name; gives a sentence. Raises IntakeError for a name that is taken or empty."""
    name = clean(name.strip(), 80)
    if not name:
        raise IntakeError("Give the round a name, like “Autumn 2026”.")
    connection = rollup.file.connection
    prepare(connection, rollup.resources, lists)
    if is_round(rollup, name):
        raise IntakeError(f"There is a round “{name}” already; give another name.")
    with rollup.file.writing():
        bodies = save_round(
            connection, name, lists, kept_at=utc_second(now), knowledge_version=rollup.file.setting(JUDGED_BY) or ""
        )
    return f"The round “{name}” was saved, with {count(bodies, 'organisation', 'organisations')} that sent a file."


def is_round(rollup: RollUp, name: str) -> bool:
    """Whether a round was kept under this name."""
    return has_round(rollup.file.connection, clean(name.strip(), 80))
