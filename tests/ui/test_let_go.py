"""What is closed leaves the memory: nobody restarts the program between the records of a day."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import samples
from camcensus.tasks.rollup.view import new_rollup
from camcensus.ui.job import Job
from camcensus.ui.window import MainWindow
from ui_rows import settle


def gone(kept: weakref.ref[QObject], app: QApplication, qtbot: QtBot) -> bool:
    qtbot.waitUntil(lambda: not any(one.running for one in Job._alive))
    settle(app)
    gc.collect()
    return kept() is None


def test_a_roll_up_that_had_the_keyboard_and_was_left_for_a_record(
    window: MainWindow, record: Path, tmp_path: Path, app: QApplication, qtbot: QtBot
) -> None:
    rollup = new_rollup(tmp_path / "national.camcensus-rollup", window.session.data_dir, window.session.knowledge, samples.NOW)
    assert window.open_rollup(rollup)
    window.activateWindow()
    settle(app)
    assert window.audit is not None
    window.audit.page.start_focus().setFocus()
    assert window.audit.isAncestorOf(QApplication.focusWidget())
    frame = weakref.ref(window.audit)
    window.open_path(record)
    assert gone(frame, app, qtbot)
