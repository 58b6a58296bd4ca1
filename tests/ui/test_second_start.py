"""A second start on the record that is open brings its window to the front."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import samples
from camcensus.tasks.register import verbs as register
from camcensus.ui.second_start import answer_second_starts, brought_forward
from camcensus.ui.window import MainWindow


@pytest.fixture
def other(record: Path, tmp_path: Path) -> Path:
    return shutil.copy(record, tmp_path / "Main block.camcensus")


def test_the_open_window_comes_forward_and_the_second_start_ends(window: MainWindow, other: Path, qtbot: QtBot) -> None:
    answer_second_starts(window, lambda: window.session.path)
    assert window.open_path(other)
    window.showMinimized()
    words = [sys.executable, "-P", "-m", "camcensus", "open", str(other)]
    second = subprocess.Popen(words, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, stderr=subprocess.PIPE)
    try:
        qtbot.waitUntil(lambda: not window.isMinimized(), timeout=20_000)
        assert second.wait(20) == 0
    finally:
        second.kill()
        second.communicate()


def test_nothing_comes_forward_for_a_record_that_no_window_has(other: Path, tmp_path: Path) -> None:
    assert not brought_forward(other)
    with register.open_inventory(other, samples.NOW):  # held by this process, which answers nobody
        assert not brought_forward(other)
    (tmp_path / "Main block.camcensus.lock").write_text("1 another-computer user\n", "utf-8")
    assert not brought_forward(other)


def test_a_lock_that_is_let_go_meanwhile_is_no_answer(other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = other.with_name(f"{other.name}.lock")
    lock.write_text("1 - user\n", "utf-8")
    monkeypatch.setattr(time, "sleep", lambda _: lock.unlink(missing_ok=True))
    assert not brought_forward(other)
