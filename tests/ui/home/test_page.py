"""Home of a record with nothing left to do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

import samples
from camcensus.model.asset import KnownBy
from camcensus.store.edits import tagging
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from ui_rows import row, settle


def test_home_opens_when_all_that_was_found_is_gone(window: MainWindow, app: QApplication) -> None:
    window.show_page("home")
    settle(app)
    assert window.session.do(tagging.set_status([row.asset.id for row in window.session.rows()], "removed"))
    settle(app)
    window.show_page("cameras")
    settle(app)
    window.show_page("home")
    settle(app)
    assert window.page is window.home
    assert window.home.start_focus().isVisible()


def test_home_says_that_a_list_without_addresses_may_name_what_a_search_found(
    window: MainWindow, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed, found = (
        replace(row(at, f"CAM-{at:03d}", samples.verdict(at), known_by=(KnownBy(way, "2026-12-02"),)), addresses=(), mac=None)
        for at, way in ((32, "list"), (33, "search"))
    )
    for rows, said in (((listed, found), True), ((found,), False)):
        monkeypatch.setattr(window.session, "rows", lambda rows=rows: rows)
        window.show_page("home")
        window.home.refresh()
        settle(app)
        assert any("Some may be counted twice" in one.text() for one in window.home.findChildren(Text)) == said
        assert any(one.text() == "See the cameras" for one in window.home.findChildren(LinkButton)) == said
