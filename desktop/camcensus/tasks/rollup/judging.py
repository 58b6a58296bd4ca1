"""Re-checks the devices of a roll-up with one version of the knowledge: announced first, stopped and continued at will."""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from camcensus.assessment.advisories import flaws
from camcensus.assessment.capabilities import capabilities
from camcensus.attribution.attribute import attribute_device, signs_of_kind
from camcensus.identity.describe import describe
from camcensus.model.device import register_kind
from camcensus.model.errors import DiskError
from camcensus.model.knowledge import Knowledge
from camcensus.model.processes import not_started
from camcensus.store.rollup.answers import CLOUD_LINK, Answers, SharedAnswer, relist
from camcensus.store.rollup.file import open_rollup_readonly
from camcensus.store.rollup.pending import begin_next, end_next, has_stale, pending_items, read_devices, save_answers
from camcensus.store.rollup.taking import JUDGED_BY
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.progress import Progress, collector_paused
from camcensus.tasks.rollup.taking import LISTED_BY, RollUp, settle

TOGETHER = 500
"""Devices judged and kept in one transaction: what a kill loses."""
BY_OURSELVES = 3000
"""So few are judged in this process: another one takes a second to start."""

Row = tuple[int, SharedAnswer]


def work_left(rollup: RollUp, knowledge: Knowledge) -> int:
    """How many devices are still to be judged under this knowledge."""
    return len(pending_items(rollup.file, knowledge.version))


def is_current(rollup: RollUp, knowledge: Knowledge) -> bool:
    """Whether every answer, list and name is of this knowledge."""
    held = rollup.file
    if held.setting(JUDGED_BY) != knowledge.version or held.setting(LISTED_BY) != knowledge.version:
        return False
    return not has_stale(held.connection)


def reassess_all(
    rollup: RollUp,
    knowledge: Knowledge,
    path: Path,
    *,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Judge what is left under `knowledge` (the file at `path`); True where all is done, False where it was stopped.

    Until all is done the roll-up goes by the version before, so no total mixes two; stopped, killed or cancelled by what
    `progress` raises, the next call continues where it was. Raises StoreError.
    """
    file = rollup.file
    same = file.setting(JUDGED_BY) == knowledge.version
    if not same:
        begin_next(file, knowledge.version)
    ids = pending_items(file, knowledge.version)
    answers = Answers(file.connection, knowledge)
    done = 0
    with collector_paused():
        for rows in _judged(file.path, file.connection, ids, knowledge, path):
            with file.writing() as connection:
                save_answers(connection, [(answers.id_of(answer), item) for item, answer in rows], at_once=same)
            done += len(rows)
            if progress is not None:
                progress(done, len(ids))
            if stop() and done < len(ids):
                if same:
                    settle(rollup)
                return False
    _finish(rollup, knowledge, same=same)
    return True


def _finish(rollup: RollUp, knowledge: Knowledge, *, same: bool) -> None:
    file = rollup.file
    with file.writing() as connection:
        if not same:
            end_next(file, knowledge.version)
        if file.setting(LISTED_BY) != knowledge.version:
            relist(connection, knowledge)
            file.set(LISTED_BY, knowledge.version)
    settle(rollup)


def _workers() -> int:
    return max(1, min(8, os.cpu_count() or 1))


def _judged(
    rollup: Path, connection: sqlite3.Connection, ids: list[int], knowledge: Knowledge, path: Path
) -> Iterator[list[Row]]:
    chunks = [ids[at : at + TOGETHER] for at in range(0, len(ids), TOGETHER)]
    if len(ids) <= BY_OURSELVES:
        for chunk in chunks:
            yield list(judge_items(connection, chunk, knowledge))
        return
    pool = ProcessPoolExecutor(_workers(), mp_context=get_context("spawn"), initializer=_begin, initargs=(rollup, path))
    try:
        waiting: deque[Future[list[Row]]] = deque()
        left = deque(chunks)
        while left or waiting:
            while left and len(waiting) < 3 * _workers():
                waiting.append(_submitted(pool, left.popleft()))
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise DiskError(
            "Re-checking was ended by the system, perhaps for want of memory; call it again to continue."
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, ids: list[int]) -> Future[list[Row]]:
    try:
        return pool.submit(_judge_chunk, ids)
    except OSError as error:  # the pool starts its processes as it gets work
        raise not_started(error) from error


_theirs: tuple[sqlite3.Connection, Knowledge] | None = None


def _begin(rollup: Path, path: Path) -> None:
    import gc
    import signal

    global _theirs  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    _theirs = (open_rollup_readonly(rollup).connection, load_knowledge(path))


def _judge_chunk(ids: list[int]) -> list[Row]:
    assert _theirs is not None
    return list(judge_items(_theirs[0], ids, _theirs[1]))


def judge_items(connection: sqlite3.Connection, ids: list[int], knowledge: Knowledge) -> Iterator[Row]:
    """The answer of each of these items, from what its devices said. At most some thousand ids."""
    for item, device in read_devices(connection, ids):
        attribution = attribute_device(device, knowledge)
        description = describe(device, signs_of_kind(device, attribution, knowledge))
        able: dict[str, str] = {
            one.capability: one.state
            for one in capabilities(device.observations, attribution, description, knowledge)
            if one.state != "unknown" or (one.claim, one.said_by) == ("none", "maker")
        }
        if description.cloud_state != "unknown":
            able[CLOUD_LINK] = description.cloud_state
        found = flaws(attribution, description, knowledge).findings
        known = sorted((one.id, one.applies, int(one.known_exploited)) for one in found if one.applies != "no")
        yield (
            item,
            SharedAnswer(
                register_kind(description.kind), attribution.manufacturer, attribution.grade, attribution.brand,
                attribution.candidates, tuple(sorted(able.items())), tuple(known),
            ),
        )  # fmt: skip
