"""The history in the window: the timeline, what a moment changed, taking back in order, and proof that one is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import history_story
import samples
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import tagging
from camcensus.tasks.register import verbs as register
from camcensus.ui.asset.row_history import RowHistory
from camcensus.ui.history.page import HistoryPage
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from ui_rows import settle


@pytest.fixture(scope="session")
def first_record(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    """Three searches, with what staff did between them."""
    path = tmp_path_factory.mktemp("record") / "elm-park.camcensus"
    with register.new_inventory(path, samples.body(), samples.NOW) as inventory:
        history_story.tell(inventory, knowledge)
    return path


def come(window: MainWindow, qtbot: QtBot) -> HistoryPage:
    """Until nothing is read or worked out any more."""
    page = window.history
    quiet = 0

    def ready() -> bool:
        nonlocal quiet
        busy = page.book.reading or page._job is not None or page._pause.isActive()
        quiet = 0 if busy else quiet + 1
        return quiet > 2

    qtbot.waitUntil(ready)
    return page


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> HistoryPage:
    window.show_page("history")
    return come(window, qtbot)


def texts(page: HistoryPage) -> list[str]:
    return [str(page.timeline.model.index(at, 0).data()) for at in range(page.timeline.model.rowCount())]


def lines(page: HistoryPage) -> list[tuple[str, str]]:
    return [(line.ref, line.say) for line in page.model.rows]


def go(window: MainWindow, qtbot: QtBot, words: str) -> HistoryPage:
    page = window.history
    event = next(one for one in page.timeline.model.rows if words in one.say)
    page.timeline.choose(event.change)
    return come(window, qtbot)


def test_the_timeline_tells_searches_edits_and_reports_newest_first(page: HistoryPage) -> None:
    assert texts(page) == [
        "Tag “school gate” added to CAM-004.",
        "2 fields set for 2 cameras.",
        "Purpose set for CAM-002.",
        "Search 3: 6 devices seen, 0 new.",
        "CAM-001 marked as no longer here.",
        "Search 2: 6 devices seen, 1 new.",
        "Replacement plan written for us. (plan)",
        "Decision for CAM-001: Remove.",
        "6 cameras moved to Hall.",
        "Search 1: 6 devices seen, 6 new.",
    ]
    said = page.timeline.model.index(4, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Edit. CAM-001 marked as no longer here. 2 Dec 2026 · A. Bell."


def test_a_search_shows_what_it_changed_and_an_edit_each_field(window: MainWindow, page: HistoryPage, qtbot: QtBot) -> None:
    go(window, qtbot, "Search 2")
    assert [ref for ref, _ in lines(page)] == ["CAM-007", "CAM-001", "CAM-002", "CAM-003"]
    assert lines(page)[2] == ("CAM-002", "Moved from 10.0.0.2 to 10.0.0.77.")
    go(window, qtbot, "2 fields set")
    assert lines(page) == [
        ("CAM-003", "Inside or outside: Outside (before: nothing)"),
        ("CAM-003", "Purchase cost: £180.50 (before: nothing)"),
        ("CAM-004", "Inside or outside: Outside (before: nothing)"),
        ("CAM-004", "Purchase cost: £180.50 (before: nothing)"),
    ]
    go(window, qtbot, "moved to Hall")
    assert lines(page)[0][1] == "Location: Elm Park › Main block › Hall (before: nothing)"


def test_a_report_shows_what_changed_since_it(window: MainWindow, page: HistoryPage, qtbot: QtBot) -> None:
    go(window, qtbot, "Replacement plan written")
    assert "your last report of 27 November 2026" in page.note.text()
    assert "2 searches in that time" in page.note.text()
    found = lines(page)
    assert [ref for ref, _ in found][:4] == ["CAM-007", "CAM-001", "CAM-002", "CAM-003"]
    assert ("2 rows", "2 fields set for 2 cameras.") in found
    assert ("CAM-001", "Marked as no longer here.") in found


def test_a_line_leads_to_its_camera(window: MainWindow, page: HistoryPage, qtbot: QtBot) -> None:
    go(window, qtbot, "Search 2")
    at = next(at for at, line in enumerate(page.model.rows) if line.ref == "CAM-002")
    page.table.setFocus()
    page.table.selectRow(at)
    assert page.said.text() == "CAM-002: Moved from 10.0.0.2 to 10.0.0.77."
    assert page.open_button.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.page is window.cameras
    assert [row.asset.ref for row in window.cameras.selected()] == ["CAM-002"]


def test_proof_of_removal_is_in_the_details(window: MainWindow, qtbot: QtBot, app: QApplication) -> None:
    gone = next(row for row in window.session.rows() if row.asset.ref == "CAM-001")
    window.show_page("cameras", {"asset": gone.asset.id})
    settle(app)
    section = window.cameras.pane.findChildren(RowHistory)[-1]
    section.fold.setChecked(True)
    come(window, qtbot)
    shown = [text.text() for text in section.findChildren(Text) if not text.isHidden()]
    assert "Searches since then did not see it" in shown
    words = " ".join(shown)
    assert "2 complete searches of where it was did not see it: 1 December 2026 (search 2), 3 December 2026" in words
    assert "Marked as removed by A. Bell on 2 December 2026." in words
    assert "Decision: Remove, by S. Ellis on 26 November 2026: contract ended." in words
    assert "CAM-001 marked as no longer here." in shown
    assert shown[-2] == "First seen at 10.0.0.1."


def test_the_history_of_a_row_is_read_when_it_is_opened(window: MainWindow, qtbot: QtBot, app: QApplication) -> None:
    there = next(row for row in window.session.rows() if row.asset.ref == "CAM-002")
    window.show_page("cameras", {"asset": there.asset.id})
    settle(app)
    section = window.cameras.pane.findChildren(RowHistory)[-1]
    assert window.history.book.past is None
    section.fold.setChecked(True)
    qtbot.waitUntil(lambda: any("Moved from" in text.text() for text in section.findChildren(Text)))


def test_an_edit_elsewhere_is_in_the_timeline_when_one_comes_back(window: MainWindow, page: HistoryPage, qtbot: QtBot) -> None:
    window.show_page("cameras")
    window.session.do(tagging.set_status([window.session.rows()[2].asset.id], "removed"))
    window.show_page("history")
    come(window, qtbot)
    assert texts(page)[0].endswith("marked as no longer here.")
    assert page.timeline.view.currentIndex().row() == 0


def test_nothing_has_happened_yet(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.session.create(tmp_path / "new" / "empty.camcensus", samples.body())
    window.show_page("history")
    page = come(window, qtbot)
    assert page._find_button.isVisible()
    assert page.start_focus() is page._find_button


def test_a_record_that_is_only_read_tells_its_history(window: MainWindow, record: Path, qtbot: QtBot, tmp_path: Path) -> None:
    window.session.close()
    window.session.open(record, readonly=True)
    window.show_page("history")
    page = come(window, qtbot)
    assert len(texts(page)) == 10
