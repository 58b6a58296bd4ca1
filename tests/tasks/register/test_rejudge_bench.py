"""The benchmark of re-checking measures what it says, on few devices; the time for 10,000 is in tests/bench/results."""

from __future__ import annotations

from pathlib import Path

from bench.reassess import measure


def test_every_device_of_the_benchmark_is_judged_again(tmp_path: Path) -> None:
    taken_s, line = measure(24, tmp_path)
    assert line.startswith("24 devices, 192 replies: re-checked in ")
    assert taken_s < 5
