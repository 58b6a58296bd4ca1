"""Home of a record with nothing left to do."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from camcensus.store.edits import tagging
from camcensus.ui.window import MainWindow
from ui_rows import settle


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
