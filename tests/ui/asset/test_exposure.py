"""The two questions on networks are asked for what is chosen, and for its place, and recorded as one change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from camcensus.store.edits.exposure import answer
from camcensus.ui.asset.exposure import ExposureDialog
from camcensus.ui.asset.known import known_facts
from camcensus.ui.window import MainWindow
from ui.asset.test_tags import asked, asset, changes, choose


def test_an_answer_is_recorded_with_who_and_when_and_shown_in_the_details(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "10.0.0.31")
    before = changes(window)
    window.cameras.actions_.say_networks()
    dialog = asked(window, ExposureDialog)
    qtbot.keyClick(dialog.who, Qt.Key.Key_Return)
    assert dialog.isVisible(), "there is no answer yet"
    dialog.answers["internet_reachable"].choose("yes")
    dialog.who.clear()
    qtbot.keyClicks(dialog.who, "J. Okafor")
    dialog.day.clear()
    qtbot.keyClicks(dialog.day, "3/11/2026")
    qtbot.keyClick(dialog.day, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert changes(window) == before + 1
    assert dict(known_facts(asset(window, "10.0.0.31"), {}))["From internet"] == "Yes (J. Okafor, 3 November 2026)"
    assert asset(window, "10.0.0.31").core_network is None


def test_an_answer_that_is_left_as_it_is_keeps_its_person_and_day(window: MainWindow, qtbot: QtBot) -> None:
    ids = choose(window, "10.0.0.31")
    assert window.session.do(answer(ids, {"core_network": "no"}, "J. Okafor", "3/11/2026"))
    window.cameras.actions_.say_networks()
    dialog = asked(window, ExposureDialog)
    assert dialog.answers["core_network"].currentText() == "Leave as it is (No)"
    dialog.answers["internet_reachable"].choose("not-known")
    qtbot.keyClick(dialog.day, Qt.Key.Key_Return)
    now = asset(window, "10.0.0.31")
    assert (now.core_network, now.core_network_by, now.core_network_on) == ("no", "J. Okafor", "2026-11-03")
    assert (now.internet_reachable, now.internet_reachable_by) == ("not-known", "R. Khan")
