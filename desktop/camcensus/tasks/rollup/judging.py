"""Re-checks the devices of a roll-up with one version of the knowledge: all of them, or none where it is stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from camcensus.assessment.advisories import flaws
from camcensus.assessment.capabilities import capabilities
from camcensus.attribution.attribute import attribute_device, signs_of_kind
from camcensus.identity.describe import describe
from camcensus.model.device import register_kind
from camcensus.model.knowledge import Knowledge
from camcensus.store.rollup.answers import CLOUD_LINK, Answers, SharedAnswer, relist
from camcensus.store.rollup.pending import go_by, has_stale, pending_items, read_devices, save_answers
from camcensus.store.rollup.taking import JUDGED_BY
from camcensus.tasks.progress import Progress, collector_paused
from camcensus.tasks.rollup.taking import LISTED_BY, RollUp, settle

TOGETHER = 500
"""Devices that are read and judged at a time: a stop is heard between two times."""

Row = tuple[int, SharedAnswer]


class _RecheckStoppedError(Exception):
    """Takes back what was judged until here."""


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
    rollup: RollUp, knowledge: Knowledge, *, progress: Progress | None = None, stop: Callable[[], bool] = lambda: False
) -> bool:
    """Judge what is left under `knowledge`; True where all is done, False where it was stopped.

    One transaction, so no total mixes two versions; stopped, killed or cancelled by what `progress` raises, nothing changed.
    Raises StoreError.
    """
    file = rollup.file
    ids = pending_items(file, knowledge.version)
    answers = Answers(file.connection, knowledge)
    try:
        with collector_paused(), file.writing() as connection:
            for at in range(0, len(ids), TOGETHER):
                if at and stop():
                    raise _RecheckStoppedError
                some = ids[at : at + TOGETHER]
                judged = judge_items(connection, some, knowledge)
                save_answers(connection, [(answers.id_of(answer), item) for item, answer in judged])
                if progress is not None:
                    progress(at + len(some), len(ids))
            go_by(file, knowledge.version)
            if file.setting(LISTED_BY) != knowledge.version:
                relist(connection, knowledge)
                file.set(LISTED_BY, knowledge.version)
    except _RecheckStoppedError:
        return False
    settle(rollup)
    return True


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
