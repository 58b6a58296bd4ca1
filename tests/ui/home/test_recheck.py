"""Once a year: Home says that the last census is old, and three clicks make the next search, its sheet and its register."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import samples
from another_day import without
from camcensus.demo import ground
from camcensus.demo.estate import load_estate
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Interface
from camcensus.tasks.register.recheck import NEVER, set_census_months
from camcensus.ui.find import searching
from camcensus.ui.kit.controls import Combo, Radio
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from story_hands import Clock, Hands, serving
from ui_rows import settle

GONE = "bike-shelter"


def said(window: MainWindow) -> str:
    window.show_page("settings")
    window.show_page("home")
    settle(QApplication.instance())
    return "\n".join(text.text() for text in window.home.findChildren(Text) if text.isVisible())


def test_home_says_so_when_the_last_census_is_older_than_is_wanted_and_not_before(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def later(days: int) -> None:
        monkeypatch.setattr(window.session, "clock", lambda: samples.NOW + timedelta(days=days))

    later(364)
    assert "were last checked" not in said(window)
    later(366)
    assert "Your record was last brought up to date on 24 November 2026, 12 months ago. You want that every 12 months." in said(
        window
    )
    assert window.session.do(set_census_months(24))
    assert "were last checked" not in said(window)
    assert window.session.do(set_census_months(NEVER))
    later(3660)
    assert "were last checked" not in said(window)


def test_how_often_is_chosen_in_the_settings(window: MainWindow) -> None:
    window.show_page("settings")
    settle(QApplication.instance())
    combo = next(one for one in window.settings.findChildren(Combo) if one.accessibleName() == "Check all cameras again")
    assert combo.currentText() == "After 12 months"
    combo.setCurrentIndex(combo.findData(6))
    combo.activated.emit(combo.currentIndex())
    assert window.session.inventory is not None
    assert window.session.inventory.setting("census.months") == "6"


@pytest.mark.skipif(not ground.has_own_addresses(), reason="this system has only 127.0.0.1")
@pytest.mark.xdist_group("demo")
def test_three_clicks_make_next_years_search_sheet_and_register(
    app: QApplication, knowledge: Knowledge, data_dir: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "interfaces", lambda: (Interface("lo", "127.0.0.1/8", 1),))
    hands = Hands(Clock(), knowledge, data_dir, tmp_path, qtbot, app, monkeypatch)
    school = load_estate(data_dir / "resources" / "demo", 26)
    hands.window.show_start()
    hands.type("Elm Park Primary School")
    hands.press("Continue to Find cameras")
    finder = hands.window.finder
    finder.start_form._pace.setCurrentIndex(1)
    with serving(school):
        hands.type("R. Khan, IT", into=finder.start_form._who)
        hands.press("Start search")
        hands.until(lambda: not finder.running)
    before = len(hands.rows())
    hands.clock.let_days_go_by(400)
    hands.page("cameras")
    hands.page("home")
    clicks = list[str]()
    with serving(without(school, GONE)):
        hands.press("Search again")
        clicks.append("search")
        assert hands.window.page is finder
        assert finder.running
        hands.until(lambda: not finder.running)
    assert hands.window.session.last_scan().allowed_by == "R. Khan, IT"  # type: ignore[union-attr]
    assert len(hands.rows()) == before
    hands.press("Print walk-round sheet")
    clicks.append("sheet")
    reports = hands.window.reports
    assert hands.window.page is reports
    assert reports.choices.kind.name == "walkround"
    hands.until(lambda: reports.desk.written is not None)
    next(one for one in reports.findChildren(Radio) if one.text() == "Asset register").click()
    clicks.append("register")
    assert reports.choices.kind.name == "register"
    hands.until(lambda: reports.desk.written is not None)
    assert clicks == ["search", "sheet", "register"]
    hands.page("home")
    assert "were last checked" not in hands.words()
    hands.close()
