"""The Reports page of a window, opened and at rest, and what it made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from camcensus.ui.reports.page import ReportsPage
from camcensus.ui.window import MainWindow


def opened(window: MainWindow, qtbot: QtBot, kind: str | None = None) -> ReportsPage:
    window.show_page("reports", kind)
    qtbot.waitUntil(lambda: at_rest(window.reports))
    return window.reports


def at_rest(page: ReportsPage) -> bool:
    return not page._settle.isActive() and not page.desk.drawing and not page._stale


def logged(window: MainWindow) -> list[str]:
    inventory = window.session.inventory
    assert inventory is not None
    return [line.say for line in inventory.changes(100) if line.verb == "report"]


def text_of(path: Path) -> str:
    document = QPdfDocument()
    document.load(str(path))
    text = " ".join(document.getAllText(page).text() for page in range(document.pageCount()))
    document.close()
    return " ".join(text.split())
