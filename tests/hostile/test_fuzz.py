"""A short fuzzing of every reader; what it finds is tried again with the seed that it prints."""

from __future__ import annotations

import drawn
from hostile.fuzzing import fuzz


def test_only_our_own_errors_come_out_and_soon() -> None:
    seed = drawn.seed()
    run = fuzz(seed, times=40)
    assert not run.faults, (
        f"python tests/bench/fuzz.py 60 {seed}: {[(one.target, one.what, one.data[:200]) for one in run.faults]}"
    )
    assert min(run.runs.values()) >= 40
