"""A short run of the power cuts: 80 states of a disk; 4,000 are in tests/bench/results."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[1] / "bench" / "powercut.py"


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("strace") is None, reason="no strace here")
def test_nothing_acknowledged_is_lost_to_a_power_cut() -> None:
    done = subprocess.run([sys.executable, BENCH, "80", "--seed", "11"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "files for others" in done.stdout
