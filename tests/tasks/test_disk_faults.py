"""A short run of the refusing disk: some kinds of work, a few moments each; 24 for every kind are in tests/bench/results."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[1] / "bench" / "disk_faults.py"


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("strace") is None, reason="no strace here")
@pytest.mark.parametrize(("kind", "points"), [("edit", 6), ("import", 3), ("reports", 3)])
def test_a_disk_that_refuses_any_write_sync_or_renaming_loses_nothing_and_is_a_sentence(kind: str, points: int) -> None:
    done = subprocess.run(
        [sys.executable, BENCH, str(points), "--seed", "11", "--only", kind], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    row = re.search(rf"\| {kind} \| [\d,]+ \| (\d+) \| (\d+) \| 0 \|", done.stdout)
    assert row is not None
    assert int(row[1]) == points
    assert int(row[2]) > 0
