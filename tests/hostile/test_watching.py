"""What measures the window's stalls sees one, and says where it was."""

from __future__ import annotations

import sys
import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from costs import PATIENCE_S
from hostile.watching import Stall, Watch


@pytest.mark.skipif(sys.platform != "linux", reason="how long a thread waits is told by Linux")
def test_a_stall_is_seen_with_its_length_its_step_and_its_place(qapp: QApplication, qtbot: QtBot) -> None:
    watch = Watch()
    watch.step = "a step"

    def stands_still() -> None:
        time.sleep(0.5)

    QTimer.singleShot(20, stands_still)
    qtbot.waitUntil(lambda: any(one.ms > 400 for one in watch.stalls), timeout=int(PATIENCE_S * 1000))
    watch.stop()
    longest = max(watch.stalls, key=lambda one: one.ms)
    assert longest.step == "a step"
    assert "stands_still" in longest.where


@pytest.mark.parametrize(
    ("ms", "queued_ms", "cpu_ms", "own_ms"), [(500, 0, 10, 500), (500, 450, 10, 50), (500, 450, 300, 300), (100, 900, 150, 100)]
)
def test_what_others_took_is_no_stall_and_what_we_worked_is(ms: float, queued_ms: float, cpu_ms: float, own_ms: float) -> None:
    assert Stall("", ms, queued_ms, cpu_ms).own_ms == own_ms
