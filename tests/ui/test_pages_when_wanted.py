"""A page is built when somebody first wants it, and is then as if it had been there all along."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from camcensus.model.changes import Changes
from camcensus.store.edits import placing
from camcensus.ui import record_frame
from camcensus.ui.main_window import make_window
from camcensus.ui.plan import page as plan_page
from camcensus.ui.preferences import Preferences
from camcensus.ui.record_frame import PAGES
from camcensus.ui.window import MainWindow
from ui_rows import settle

ROOT = Path(__file__).resolve().parents[2]


class Opened(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_only_what_is_shown_is_built(window: MainWindow) -> None:
    assert {page.name for page in window.built} == {"home"}
    window.show_page("plan")
    assert {page.name for page in window.built} == {"home", "plan"}


def test_the_program_builds_the_others_while_the_window_is_open(app: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    window = make_window(app, ROOT, Preferences(tmp_path / "window.ini"))
    window.build_ahead()
    window.show()
    window.activateWindow()
    window.home.start_focus().setFocus()
    settle(app)
    focus = QApplication.focusWidget()
    assert len(window.built) < len(PAGES)
    qtbot.waitUntil(lambda: {page.name for page in window.built} == PAGES.keys())
    assert window.page is window.home
    assert QApplication.focusWidget() is focus
    window.close()


def test_a_page_that_cannot_be_built_ahead_is_tried_once(
    app: QApplication, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def broken(session: object) -> None:
        tried.append(session)
        raise RuntimeError

    monkeypatch.setattr(plan_page, "PlanPage", broken)
    window = make_window(app, ROOT, Preferences(tmp_path / "window.ini"))
    window.build_ahead()
    with qtbot.captureExceptions():
        window.show()
        qtbot.waitUntil(lambda: bool(tried))
        qtbot.wait(5 * record_frame.AHEAD_MS)
    assert len(tried) == 1
    window.close()


def test_what_is_loaded_beside_the_window_is_nothing_of_qt() -> None:
    code = "import importlib, sys; [importlib.import_module(one) for one in sys.argv[1:]]; print('PySide6' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, *record_frame.BESIDE], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_a_page_that_is_built_opens_no_window_and_has_the_keyboard(window: MainWindow, app: QApplication) -> None:
    window.activateWindow()
    window.home.start_focus().setFocus()
    settle(app)
    opened = Opened()
    app.installEventFilter(opened)
    try:
        for name in PAGES:
            window.show_page(name)
            settle(app)
            assert window.page.name == name
            focus = QApplication.focusWidget()
            assert focus is not None, name
            assert window.page.isAncestorOf(focus), name
    finally:
        app.removeEventFilter(opened)
    assert opened.windows == []


def test_a_page_shows_what_was_done_before_it_was_built(window: MainWindow, app: QApplication, qtbot: QtBot) -> None:
    window.resize(1000, 700)
    row = window.session.rows()[0].asset.id
    window.session.do(placing.set_place_named([row], ["Elm Park", "Hall"]))
    for name in ("cameras", "places", "checking", "history"):
        assert name not in {page.name for page in window.built}
    window.show_page("cameras")
    (shown,) = (one for one in window.cameras.model.rows if one.asset.id == row)
    assert shown.asset.place_path == ("Elm Park", "Hall")
    settle(app)
    pane, table = window.cameras.pane, window.cameras.table
    assert pane.isVisible()
    assert pane.mapTo(window, pane.rect().topLeft()).y() >= table.mapTo(window, table.rect().bottomLeft()).y(), "below it"
    window.show_page("places")
    assert [one.name for one in window.session.places()] == ["Elm Park", "Hall"]
    assert window.places.list.current is not None
    window.show_page("history")
    qtbot.waitUntil(lambda: bool(window.history.timeline.model.rows))


def test_what_was_done_is_said_once_every_page_has_followed(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(window.strip, "say", lambda *_, **__: heard.append("said"))
    window.session.hub.changed.connect(lambda _: heard.append("a page that was built since has followed"))
    window.session.hub.publish(Changes(say="Something was done."))
    assert heard == ["a page that was built since has followed", "said"]
