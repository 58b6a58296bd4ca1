"""The evidence for one device of a roll-up: judged on the spot from what it said, under the knowledge at hand."""

from __future__ import annotations

from camcensus.model.knowledge import Knowledge
from camcensus.model.verdict import Verdict
from camcensus.store.rollup.pending import read_devices
from camcensus.tasks.finding.census import judge_device
from camcensus.tasks.rollup.taking import RollUp


def read_verdict(rollup: RollUp, item: int, knowledge: Knowledge) -> Verdict | None:
    """The whole answer with its signs for and against; None for a row that no device is behind. About a millisecond."""
    for _, device in read_devices(rollup.file.connection, [item]):
        if device.keys or device.observations:
            return judge_device(device, knowledge)
    return None
