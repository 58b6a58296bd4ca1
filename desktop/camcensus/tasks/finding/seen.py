"""Answers are put away while a search runs, so that a power cut or a kill loses a second of it and not the afternoon."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime

from camcensus.model.device import Observation
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import ScanRecord
from camcensus.model.words import count, long_date
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.finding.keep import save_census

EVERY_S = 1.0
MOST = 50
"""A batch is written after a second, or when so many answers wait."""

END_WITHIN_S = 0.4
"""How long the end of a search waits for the batch that is being written; what it held is kept with the whole anyway."""

CUT_OFF = "whatever had not answered when Camcensus was cut off"


class SavedAsSeen:
    """Puts answers into an inventory in a thread of its own, on a connection of its own: the search never waits for the disk.

    `take` and `now_as` are called by the search, in its thread. After a refusal of the disk nothing more is written, and
    `problem` is the sentence.
    """

    def __init__(self, inventory: Inventory) -> None:
        self.problem: str | None = None
        self._inventory = inventory
        self._waiting: queue.SimpleQueue[Observation | None] = queue.SimpleQueue()
        self._scan: ScanRecord | None = None
        self._thread = threading.Thread(target=self._write, name="camcensus-seen", daemon=True)

    def now_as(self, scan: ScanRecord) -> None:
        """How the search stands: its log entry so far. The first call begins."""
        first, self._scan = self._scan is None, scan
        if first:
            self._thread.start()

    def take(self, observation: Observation) -> None:
        """One answer more."""
        self._waiting.put(observation)

    def end(self) -> None:
        """The search has ended: nothing more is written. What it saw is dropped where it is kept as a whole."""
        if self._scan is not None:
            self._waiting.put(None)
            self._thread.join(END_WITHIN_S)

    def _write(self) -> None:
        try:
            with self._inventory.batch() as pen:
                while self._batch(pen):
                    pass
        except StoreError as error:
            self.problem = f"What was found is not on the disk before the search ends: {error}"

    def _batch(self, pen: Inventory) -> bool:
        """Write what comes within a second; False after the end."""
        taken: list[Observation] = []
        until_s = time.monotonic() + EVERY_S
        while len(taken) < MOST:
            try:
                one = self._waiting.get(timeout=max(0.0, until_s - time.monotonic()))
            except queue.Empty:
                break
            if one is None:
                return False  # what is in hand is kept with the whole
            taken.append(one)
        if taken and self._scan is not None:
            pen.note_seen(self._scan, taken, datetime.now(UTC))
        return True


def finish_unfinished(inventory: Inventory, knowledge: Knowledge, now: datetime) -> str | None:
    """Keep what searches had seen that were cut off, as searches stopped early. One sentence, None where there are none.

    Raises StoreError.
    """
    if inventory.readonly:
        return None
    said = []
    for one in inventory.unfinished():
        scan = replace(one.scan, ended_at=one.noted_at, stopped_early=True, not_covered=(CUT_OFF,))
        census = Census(scan=scan, observations=one.observations, verdicts=judge(one.observations, knowledge))
        kept = save_census(inventory, census, knowledge, now)
        day = long_date(one.scan.started_at[:10])
        answers = count(len(one.observations), "answer")
        said.append(f"The search of {day} was cut off; what it had seen is kept ({answers}). {kept.say}")
    return " ".join(said) or None
