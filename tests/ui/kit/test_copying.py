from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.copying import add_copying
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel

COLUMNS = tuple(ViewColumn(name, name, "text", 80, itemgetter(at)) for at, name in enumerate("abc"))
ROWS = [
    ("CAM-1", "Hall", "plain"),
    ("CAM-2", "=cmd|'/c calc'!A1", "tab\there"),
    ("CAM-3", "line\nbreak", " +44 20"),
    ("CAM-4", "", "\u202egnp.exe"),
]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def table(app: QApplication, qtbot: QtBot) -> Iterator[Table]:
    made = Table(COLUMNS, "Rows", model=TableModel(COLUMNS, ROWS))
    qtbot.addWidget(made)
    made.show()
    QGuiApplication.clipboard().clear()
    yield made
    QGuiApplication.clipboard().clear()


def choose(table: Table, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    for row in rows:
        table.selectionModel().select(table.model().index(row, 0), flags.Select | flags.Rows)


def test_ctrl_c_copies_the_chosen_rows_in_the_order_shown(table: Table, qtbot: QtBot) -> None:
    choose(table, 2, 0)
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
    first, second = QGuiApplication.clipboard().text().split("\n")
    assert first == "CAM-1\tHall\tplain"
    assert second.startswith("CAM-3\t")


def test_columns_that_are_hidden_are_not_copied(table: Table, qtbot: QtBot) -> None:
    table.show_columns([0, 2])
    choose(table, 0)
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "CAM-1\tplain"


def test_text_of_devices_stays_in_its_cell_and_is_no_formula(table: Table, qtbot: QtBot) -> None:
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == len(ROWS)
    for line in lines:
        cells = line.split("\t")
        assert len(cells) == len(COLUMNS)
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
        assert all(cell.isprintable() for cell in cells)


def test_ctrl_shift_c_copies_the_current_cell(table: Table, qtbot: QtBot) -> None:
    table.setCurrentIndex(table.model().index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == "Hall"


def test_the_menu_offers_both_and_says_which(table: Table) -> None:
    choose(table, 0, 1)
    menu = Menu()
    add_copying(menu, table, table.model().index(0, 1))
    assert [action.text() for action in menu.actions()] == ["Copy “Hall”", "Copy 2 rows"]
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "Hall"
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text().startswith("CAM-1\tHall")


def test_with_nothing_chosen_nothing_is_copied(table: Table, qtbot: QtBot) -> None:
    table.clearSelection()
    QGuiApplication.clipboard().setText("kept")
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "kept"
