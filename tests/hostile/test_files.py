"""Hostile files through every door. Here one file goes through each door, drawn for it; the bench brings each to all."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import drawn
from hostile.doors import DOORS
from hostile.files import ALL

TESTS = Path(__file__).resolve().parents[1]
DRAWN = (
    f"import sys; sys.path.insert(0, {str(TESTS)!r}); from bench import hostile_files; "
    "sys.exit(hostile_files.main(['--each', '1', '--seed', sys.argv[1]]))"
)
"""Not as a program: every process that looks at a file would import it once more."""


def test_there_are_enough_of_every_sort_and_each_has_its_own_name() -> None:
    assert len(ALL) >= 120
    assert len({one.name for one in ALL}) == len(ALL)
    assert set(Counter(one.family for one in ALL)) >= {"database", "book", "text", "picture"}
    assert len(DOORS) >= 12


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is measured in /proc")
def test_each_ends_in_a_sentence_in_time_and_changes_nothing_of_others() -> None:
    done = subprocess.run([sys.executable, "-c", DRAWN, str(drawn.seed())], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(ALL)} files, {len(DOORS)} cases, 0 wrong" in done.stdout
