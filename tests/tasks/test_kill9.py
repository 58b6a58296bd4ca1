"""A short run of the kill -9 bench: each kind of work is killed once or twice; 500 kills are in tests/bench/results."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[1] / "bench" / "kill9.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_nothing_acknowledged_is_lost_to_kill_9_in_any_kind_of_work() -> None:
    done = subprocess.run([sys.executable, BENCH, "20", "--seed", "11"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "edit on a share" in done.stdout
    assert "WRONG" not in done.stdout
