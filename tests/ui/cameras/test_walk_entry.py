"""Typing in what was walked: like a spreadsheet, with what is wrong said beside the cell, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from camcensus.store.edits import placing
from camcensus.tasks.register import walking
from camcensus.tasks.register.walk_lines import CELLS, WalkLine
from camcensus.ui.cameras.walk_entry import WalkEntry
from camcensus.ui.cameras.walk_grid import CellField, cells_of
from camcensus.ui.cameras.walk_model import BECOMES, FIRST, PHOTO, ProblemRole
from camcensus.ui.session import Session
from ui_rows import let_go, settle

PLACE, BRAND, SERIAL = FIRST + CELLS.index("place"), FIRST + CELLS.index("brand"), FIRST + CELLS.index("serial")


@pytest.fixture
def entry(session: Session, app: QApplication) -> Iterator[WalkEntry]:
    for names in (["Elm Park", "Main block", "Hall"], ["Elm Park", "Annexe", "Hall"], ["Elm Park", "Annexe", "Store"]):
        session.do(placing.set_place_named([session.rows()[0].asset.id], names))
    made = WalkEntry(session)
    made.resize(1180, 700)
    made.show()
    settle(app)
    yield made
    let_go(made)


def typed(entry: WalkEntry) -> list[WalkLine]:
    return [line for line in entry.model.lines if not line.empty]


def keys(qtbot: QtBot, entry: WalkEntry, *what: str | Qt.Key) -> None:
    """Types into whatever has the keyboard: the grid, or the editor of its cell."""
    for one in what:
        if isinstance(one, str):
            qtbot.keyClicks(at_keyboard(entry), one[:1])
            qtbot.keyClicks(at_keyboard(entry), one[1:])
        else:
            qtbot.keyClick(at_keyboard(entry), one)
        settle(QApplication.instance())


def at_keyboard(entry: WalkEntry) -> QWidget:
    """The editor that is open, or the grid."""
    return next((one for one in entry.grid.findChildren(CellField) if one.isVisible()), entry.grid)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_tab_and_enter_go_on_and_an_empty_line_comes_by_itself(entry: WalkEntry, qtbot: QtBot) -> None:
    tab, enter = Qt.Key.Key_Tab, Qt.Key.Key_Return
    keys(qtbot, entry, "Store", tab, "Dome", tab, "Axis", tab, "P3245", tab, "ACCC8E012345", enter)
    assert entry.model.rowCount() == 2
    assert (entry.grid.currentIndex().row(), entry.grid.currentIndex().column()) == (1, PLACE)
    keys(qtbot, entry, "Gate", tab, tab, "Bosch", enter)
    assert typed(entry) == [
        WalkLine(place="Store", kind="Dome", brand="Axis", model="P3245", serial="ACCC8E012345"),
        WalkLine(place="Gate", brand="Bosch"),
    ]
    assert entry.go.text() == "Save 2 rows"
    entry.grid.see(1, PLACE)
    assert entry.says.text() == "The place Elm Park > Gate is new."


def test_same_as_above_and_the_photo_mark(entry: WalkEntry, qtbot: QtBot) -> None:
    entry.model.set_lines([WalkLine(place="Store")])
    entry.grid.see(1, PLACE)
    qtbot.keyClick(entry.grid, Qt.Key.Key_Apostrophe, Qt.KeyboardModifier.ControlModifier)
    assert typed(entry)[1].place == "Store"
    entry.grid.see(1, PHOTO)
    qtbot.keyClick(entry.grid, Qt.Key.Key_Space)
    assert entry.model.walked[1].photo
    qtbot.keyClick(entry.grid, Qt.Key.Key_Space)
    assert not entry.model.walked[1].photo


def test_tab_leaves_the_grid_at_its_empty_line(entry: WalkEntry, qtbot: QtBot) -> None:
    entry.grid.start()
    assert entry.grid.hasFocus()
    qtbot.keyClick(entry.grid, Qt.Key.Key_Tab)
    assert not entry.grid.hasFocus()
    entry.grid.setFocus()
    entry.grid.see(0, PLACE)
    qtbot.keyClick(entry.grid, Qt.Key.Key_Backtab)
    assert not entry.grid.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_list_of_places_helps_and_an_arrow_takes_one(entry: WalkEntry, qtbot: QtBot) -> None:
    entry.grid.see(0, PLACE)
    entry.grid.edit(entry.model.index(0, PLACE))
    editor = entry.grid.findChild(CellField)
    assert editor is not None
    qtbot.keyClicks(editor, "annexe")
    popup = editor.completer().popup()
    assert [popup.model().index(at, 0).data() for at in range(popup.model().rowCount())] == [
        "Elm Park > Annexe", "Elm Park > Annexe > Hall", "Elm Park > Annexe > Store",
    ]  # fmt: skip
    popup.setCurrentIndex(popup.model().index(2, 0))
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert typed(entry) == [WalkLine(place="Elm Park > Annexe > Store")]


def test_cells_of_a_spreadsheet_are_pasted_over_lines_and_columns(entry: WalkEntry, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText('Store\tDome\tAxis\r\nHall\tBullet\t"Hik\nvision"\r\n')
    entry.grid.see(0, PLACE)
    qtbot.keyClick(entry.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [(line.place, line.kind, line.brand) for line in typed(entry)] == [
        ("Store", "Dome", "Axis"), ("Hall", "Bullet", "Hik vision"),
    ]  # fmt: skip
    assert entry.model.index(1, PLACE).data(ProblemRole).startswith("There are 2 places called “Hall”")
    entry.grid.see(2, BRAND)
    entry.grid.edit(entry.model.index(2, BRAND))
    editor = entry.grid.findChild(CellField)
    assert editor is not None
    QGuiApplication.clipboard().setText("Bosch\nSony")
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [line.brand for line in typed(entry)] == ["Axis", "Hik vision", "Bosch", "Sony"]
    assert cells_of("") == []


def test_a_cell_with_something_wrong_is_marked_said_and_gone_to(entry: WalkEntry) -> None:
    entry.model.set_lines([WalkLine(place="Store"), WalkLine(place="Hall", kind="toaster")])
    index = entry.model.index(1, PLACE)
    assert index.data(ProblemRole).startswith("There are 2 places called “Hall”")
    assert entry.model.index(1, BECOMES).data() == "2 problems"
    assert "There are 2 places" in entry.model.index(1, PLACE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert entry.problems.text() == "Go to the next of 1 line to mend"
    entry.problems.click()
    assert entry.grid.currentIndex() == index
    assert "“toaster” is no kind we know" in entry.says.text()


def test_what_can_be_saved_is_one_change_and_the_rest_stays(entry: WalkEntry, session: Session) -> None:
    inventory = session.inventory
    assert inventory is not None
    number, rows = len(inventory.changes()), len(session.rows())
    entry.model.set_lines(
        [WalkLine(place="Store", brand="Axis"), WalkLine(place="Hall"), WalkLine(place="Store", brand="Bosch")]
    )
    entry.who.setText("")
    entry.accept()
    assert "Enter who walked round" in entry.says.text()
    entry.who.setText("R. Khan")
    entry.accept()
    assert len(inventory.changes()) == number + 1
    assert inventory.changes(1)[0].say == "2 rows added from the walk-round of R. Khan."
    assert typed(entry) == [WalkLine(place="Hall")]
    assert entry.isVisible()
    assert entry.says.text().startswith("2 lines saved. 1 line stays here: There are 2 places")
    entry.model.put(0, PLACE, "Main block > Hall")
    entry.accept()
    assert not entry.isVisible()
    assert walking.draft(inventory) == []
    assert len(session.rows()) == rows + 3
    session.undo()
    session.undo()
    assert len(session.rows()) == rows


def test_a_serial_number_that_is_known_is_offered_as_that_row(entry: WalkEntry, session: Session) -> None:
    session.do(walking.save_walk(session.knowledge, [WalkLine(place="Store", brand="Axis", serial="ACCC8E012345")], "R. Khan"))
    entry._read_again()
    entry.model.set_lines([WalkLine(serial="acc-c8e012345")])
    (one,) = entry.model.walked[:1]
    assert one.row is not None
    ref = one.row.asset.ref
    assert entry.model.index(0, BECOMES).data() == f"Is {ref}"
    entry.grid.see(0, SERIAL)
    assert f"This is {ref}, Store, by the same serial number" in entry.says.text()
    entry.model.toggle(0, BECOMES)
    assert entry.model.index(0, BECOMES).data() == "New row"
    entry.model.toggle(0, BECOMES)
    assert entry.model.index(0, BECOMES).data() == f"Is {ref}"


def test_the_draft_survives_closing(entry: WalkEntry, session: Session, app: QApplication) -> None:
    inventory = session.inventory
    assert inventory is not None
    lines = [WalkLine(place="Hall"), WalkLine(place="Store", photo="yes")]
    entry.model.set_lines(lines)
    entry.reject()
    assert walking.draft(inventory) == lines
    again = WalkEntry(session)
    again.show()
    settle(app)
    assert typed(again) == lines
    again.grid.see(0, 0)
    again._remove()
    assert typed(again) == lines[1:]
    again.save_draft()
    assert walking.draft(inventory) == lines[1:]
    let_go(again)


def test_deleting_clears_cells_and_the_number_clears_the_line(entry: WalkEntry, qtbot: QtBot) -> None:
    entry.model.set_lines([WalkLine(place="Store", brand="Axis"), WalkLine(place="Gate", brand="Bosch")])
    entry.grid.see(0, BRAND)
    qtbot.keyClick(entry.grid, Qt.Key.Key_Delete)
    assert typed(entry)[0] == WalkLine(place="Store")
    entry.grid.see(1, 0)
    qtbot.keyClick(entry.grid, Qt.Key.Key_Delete)
    assert typed(entry) == [WalkLine(place="Store")]
