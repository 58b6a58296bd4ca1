"""The practice school from the first run: searched on loopback, marked on every page, gone when it is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camcensus.model.organisations import ORGANISATIONS
from camcensus.ui import practice
from camcensus.ui.job import Job
from camcensus.ui.main_window import make_window
from camcensus.ui.preferences import Preferences
from camcensus.ui.window import MainWindow
from ui_rows import let_go

pytestmark = pytest.mark.xdist_group("demo")  # only one simulation can run on a network


@pytest.fixture
def first(app: QApplication, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window at its first start; folders of the practice school are made in `tmp_path`."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(practice.tempfile, "tempdir", str(tmp_path / "temporary"))
    window = make_window(app, data_dir, Preferences(tmp_path / "window.ini"))
    window.show()
    window.show_start()
    yield window
    window.close()
    let_go(window)


def folders(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "temporary").glob("camcensus-practice-*"))


def test_it_is_offered_at_the_first_run_marked_everywhere_and_gone_when_it_is_left(
    first: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    first.start.look_around.click()
    assert len(folders(tmp_path)) == 1
    assert first.page is first.finder
    assert first.finder.running
    assert first.session.body is not None
    assert first.session.body.year_starts == ORGANISATIONS[first.session.body.type].year_starts
    qtbot.waitUntil(lambda: first.finder.live.model.rowCount() >= 3)
    for name in first.pages:
        first.show_page(name)
        assert first._notice.isVisible()
        assert "practice school" in first._notice._words.text()
        assert first.navigation.badge.isVisible()
    assert "Practice" in first.windowTitle()
    assert first.preferences.last_inventory is None
    first.finder.stop()
    qtbot.waitUntil(lambda: not first.finder.running)
    first._notice.button.click()
    assert first._faces.currentWidget() is first.start
    assert first.session.inventory is None
    assert folders(tmp_path) == []


def test_a_real_record_after_it_is_never_searched_as_a_practice(
    first: MainWindow, tmp_path: Path, qtbot: QtBot, record: Path
) -> None:
    first.practise()
    first.finder.stop()
    qtbot.waitUntil(lambda: not first.finder.running)
    searched: list[str] = []
    first.session.hub.practice_wanted.connect(lambda: searched.append(first.session.body.name))  # type: ignore[union-attr]
    first.finder.search_again()
    assert len(searched) == 1
    assert first.finder.running
    first.finder.stop()
    qtbot.waitUntil(lambda: not first.finder.running)
    assert first.open_path(record)
    first.finder.search_again()
    assert len(searched) == 1
    assert not first.finder.running
    assert not first._notice.isVisible()
    assert folders(tmp_path) == []
    first.practise()
    first.finder.stop()
    qtbot.waitUntil(lambda: not first.finder.running)
    first.leave_practice()
    assert first.session.path == record, "leaving goes back to the record that was open last"


def test_closing_the_window_deletes_it(first: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    first.practise()
    qtbot.waitUntil(lambda: first.finder.live.model.rowCount() >= 1)
    first.close()
    qtbot.waitUntil(lambda: not Job._alive)
    assert folders(tmp_path) == []
