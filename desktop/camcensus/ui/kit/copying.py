"""What a table gives to the clipboard: a cell, or the chosen rows with tabs between cells, safe to paste into a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QTableView

from camcensus.model.cells import guarded
from camcensus.model.words import clean, count
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.widgets import announce

CELL_CHARACTERS = 1000
NAMED_CHARACTERS = 30
CELL_KEYS = "Ctrl+Shift+C"

type Index = QModelIndex | QPersistentModelIndex


def chosen_rows(table: QTableView) -> list[int]:
    """The rows that are chosen, in the order shown."""
    spans = {(span.top(), span.bottom()) for span in table.selectionModel().selection().toList()}
    return sorted({at for top, bottom in spans for at in range(top, bottom + 1)})


def copy_rows(table: QTableView) -> None:
    """Copies the chosen rows, with the columns that are shown in the order in which they are; nothing where none is."""
    rows = chosen_rows(table)
    if not rows:
        return
    model = table.model()
    lines = ("\t".join(_cell(model, row, column) for column in range(model.columnCount())) for row in rows)
    QGuiApplication.clipboard().setText("\n".join(lines))
    announce(table, f"{count(len(rows), 'row')} copied.")


def copy_cell(table: QTableView, index: Index) -> None:
    """Copies what one cell says."""
    if index.isValid():
        QGuiApplication.clipboard().setText(_cell(table.model(), index.row(), index.column()))
        announce(table, "Copied.")


def add_copying(menu: Menu, table: QTableView, index: Index) -> None:
    """The two as lines of a menu that opens over a cell."""
    kept = QPersistentModelIndex(index)
    words = clean(str(index.data() or "") if index.isValid() else "", NAMED_CHARACTERS)
    if words:
        said = f"Copy “{words}”".replace("&", "&&")
        menu.addAction(said, QKeySequence(CELL_KEYS), lambda: copy_cell(table, kept)).setShortcutVisibleInContextMenu(True)
    rows = len(chosen_rows(table))
    if rows:
        said = "Copy row" if rows == 1 else f"Copy {rows:,} rows"
        menu.addAction(said, QKeySequence.StandardKey.Copy, lambda: copy_rows(table)).setShortcutVisibleInContextMenu(True)


def _cell(model: QAbstractItemModel, row: int, column: int) -> str:
    return guarded(str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole) or ""), CELL_CHARACTERS)
