"""The history in the window: the timeline, one moment, what changed since it, taking back in order, and proof that one is gone."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import history_story
import samples
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import placing, tagging
from camcensus.tasks.register import verbs as register
from camcensus.ui.asset.row_history import RowHistory
from camcensus.ui.history.model import ChangeLine
from camcensus.ui.history.page import HistoryPage
from camcensus.ui.kit.dialogs import Dialog
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
        busy = page.book.reading or page._question.running or page._pause.isActive()
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


def sections(page: HistoryPage) -> dict[str, list[str]]:
    """Heading -> refs under it."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in page.changes.model.rows:
        if line.number is not None:
            name = line.say
            found[name] = []
        else:
            found.setdefault(name, []).append(line.ref)
    return found


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
    page.timeline.which.choose(1)
    assert [text.split(":")[0] for text in texts(page)] == ["Search 3", "Search 2", "Search 1"]
    page.timeline.which.choose(2)
    assert len(texts(page)) == 7


def test_a_search_shows_what_it_changed_and_an_edit_each_field(window: MainWindow, page: HistoryPage, qtbot: QtBot) -> None:
    go(window, qtbot, "Search 2")
    assert sections(page) == {"New": ["CAM-007"], "Not seen": ["CAM-001"], "Moved": ["CAM-002"], "Other firmware": ["CAM-003"]}
    go(window, qtbot, "2 fields set")
    assert [(line.ref, line.say) for line in page.changes.model.rows] == [
        ("CAM-003", "Inside or outside: Outside (before: nothing)"),
        ("CAM-003", "Purchase cost: £180.50 (before: nothing)"),
        ("CAM-004", "Inside or outside: Outside (before: nothing)"),
        ("CAM-004", "Purchase cost: £180.50 (before: nothing)"),
    ]
    go(window, qtbot, "moved to Hall")
    assert page.changes.model.rows[0].say == "Location: Elm Park › Main block › Hall (before: nothing)"


def test_compare_since_my_last_report_and_save_it(window: MainWindow, page: HistoryPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.since_button.click()
    come(window, qtbot)
    assert "your last report of 27 November 2026" in page.title.text()
    assert "2 searches in that time" in page.note.text()
    assert list(sections(page)) == ["New", "Not seen", "Moved", "Other firmware", "Marked as removed", "Edited"]
    assert sorted(sections(page)["Edited"]) == ["CAM-002", "CAM-003", "CAM-004", "CAM-004"]
    page.save_as(tmp_path / "changes")
    rows = list(csv.DictReader((tmp_path / "changes.csv").read_text("utf-8-sig").splitlines()))
    assert {row["change"] for row in rows} == set(sections(page))
    assert page.comparison is not None
    assert len(rows) == len(page.comparison.changes)


def test_before_the_first_report_no_button_asks_what_changed_since_it(
    window: MainWindow, page: HistoryPage, qtbot: QtBot, tmp_path: Path
) -> None:
    assert page.since_button.isVisible()
    path = tmp_path / "new.camcensus"
    with register.new_inventory(path, samples.body(), samples.NOW) as inventory:
        inventory.do(placing.add_place("room", "Hall", None), by="S. Ellis", now=samples.NOW)
    assert window.open_path(path)
    window.show_page("history")
    come(window, qtbot)
    assert page.timeline.model.rows
    assert not page.since_button.isVisible()


def test_what_changed_since_a_search_and_since_an_edit(window: MainWindow, page: HistoryPage, qtbot: QtBot) -> None:
    page.which.choose(1)
    go(window, qtbot, "Search 2")
    assert page.title.text().startswith("Between search 2 of 1 December 2026 and now: ")
    assert list(sections(page)) == ["Marked as removed", "Edited"]
    go(window, qtbot, "moved to Hall")
    assert page.title.text().startswith("Between this edit of ")
    assert list(sections(page)) == ["New", "Not seen", "Moved", "Other firmware", "Marked as removed", "Decided", "Edited"]
    assert page.escape()
    come(window, qtbot)
    assert page.changes.model.rows[0].say == "Location: Elm Park › Main block › Hall (before: nothing)"


def test_a_line_leads_to_its_camera(window: MainWindow, page: HistoryPage, qtbot: QtBot) -> None:
    go(window, qtbot, "Search 2")
    at = next(at for at, line in enumerate(page.changes.model.rows) if line.ref == "CAM-002")
    page.changes.table.setFocus()
    page.changes.table.selectRow(at)
    assert page.changes.said.text() == "CAM-002: Moved from 10.0.0.2 to 10.0.0.77. 1 Dec 2026, Search 2."
    qtbot.keyClick(page.changes.table, Qt.Key.Key_Return)
    assert window.page is window.cameras
    assert [row.asset.ref for row in window.cameras.selected()] == ["CAM-002"]


def test_headings_are_not_chosen(window: MainWindow, page: HistoryPage, qtbot: QtBot) -> None:
    go(window, qtbot, "Search 2")
    heading = page.changes.model.index(0, 0)
    assert not heading.flags() & Qt.ItemFlag.ItemIsSelectable
    assert heading.data(Qt.ItemDataRole.AccessibleTextRole) == "New: 1"
    page.changes.table.setCurrentIndex(heading)
    assert page.changes.current is None
    assert not page.changes.open_button.isVisible()


def test_undo_goes_back_in_order_as_far_as_the_last_search_and_forward_again(
    window: MainWindow, page: HistoryPage, qtbot: QtBot
) -> None:
    assert page.take_back.words.text() == "Undo takes back this edit alone."
    go(window, qtbot, "Purpose set")
    assert page.take_back.words.text().startswith(
        "Undo takes back 3 edits, newest first: “Tag “school gate” added to CAM-004”; “2"
    )
    assert page.take_back.undo_button.text() == "Undo these 3 edits"
    page.take_back.undo_button.click()
    come(window, qtbot)
    rows = {row.asset.ref: row.asset for row in window.session.rows()}
    assert (rows["CAM-002"].purpose, rows["CAM-003"].cost_pence, rows["CAM-004"].tags) == (None, None, ())
    assert page.timeline.current is not None
    assert page.timeline.current.undone
    assert "can be done again" in page.take_back.words.text()
    assert not page.take_back.undo_button.isVisible()
    go(window, qtbot, "2 fields set")
    assert page.take_back.redo_button.text() == "Do these 2 edits again"
    page.take_back.redo_button.click()
    come(window, qtbot)
    rows = {row.asset.ref: row.asset for row in window.session.rows()}
    assert (rows["CAM-002"].purpose, rows["CAM-003"].cost_pence, rows["CAM-004"].tags) == ("Watches the gate", 18050, ())
    go(window, qtbot, "Search 3")
    assert page.take_back.words.text() == "Undo goes back as far as this search, and no further."
    go(window, qtbot, "marked as no longer")
    assert page.take_back.words.text().endswith("this is older. It stays in the history.")
    assert not page.take_back.undo_button.isVisible()


def test_proof_of_removal_from_a_change_and_from_the_details(
    window: MainWindow, page: HistoryPage, qtbot: QtBot, app: QApplication
) -> None:
    page.since_button.click()
    come(window, qtbot)
    lines = page.changes.model.rows
    page.changes.table.selectRow(next(at for at, line in enumerate(lines) if line.kind == "removed" and line.asset))
    page.changes.proof_button.click()
    dialog = next(one for one in window.findChildren(Dialog) if one.isVisible())
    words = " ".join(text.text() for text in dialog.findChildren(Text))
    assert "2 complete searches of where it was did not see it: 1 December 2026 (search 2), 3 December 2026" in words
    assert "Marked as removed by A. Bell on 2 December 2026." in words
    assert "Decision: Remove, by S. Ellis on 26 November 2026: contract ended." in words
    dialog.reject()
    gone = next(row for row in window.session.rows() if row.asset.ref == "CAM-001")
    window.show_page("cameras", {"asset": gone.asset.id})
    settle(app)
    section = window.cameras.pane.findChildren(RowHistory)[-1]
    section.fold.setChecked(True)
    come(window, qtbot)
    shown = [text.text() for text in section.findChildren(Text) if not text.isHidden()]
    assert "Searches since then did not see it" in shown
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
    assert page._none.isVisible()
    assert page.start_focus() is page._find_button


def test_a_record_that_is_only_read_tells_its_history_and_undoes_nothing(
    window: MainWindow, record: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    window.session.close()
    window.session.open(record, readonly=True)
    window.show_page("history")
    page = come(window, qtbot)
    assert len(texts(page)) == 10
    assert not page.take_back.undo_button.isEnabled()


def test_a_large_edit_is_one_line(window: MainWindow) -> None:
    from camcensus.model.history import Change, Comparison, Moment
    from camcensus.ui.history.model import lines_of

    refs = tuple(f"CAM-{number:04}" for number in range(5000))
    change = Change("placed", "", None, "2026-12-01T10:00:00Z", "5,000 cameras moved to Hall.", by="R. Khan", refs=refs)
    moment = Moment("2026-12-01T10:00:00Z", "now", 1)
    comparison = Comparison(since=moment, until=moment, changes=(change,), searches=(), unlooked=(), say="")
    lines = lines_of(comparison, {}, samples.NOW + timedelta(days=9))
    assert [line.ref for line in lines] == ["", "5,000 rows"]
    assert isinstance(lines[1], ChangeLine)
