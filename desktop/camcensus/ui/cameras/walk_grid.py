"""A grid to type into as in a spreadsheet: Tab and Enter continue, a list helps with names, cells are pasted."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QStyleOptionViewItem,
    QWidget,
)

from camcensus.tasks.register.walk_lines import CELLS
from camcensus.ui.cameras.walk_model import BECOMES, COLUMNS, FIRST, PHOTO, WalkModel
from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import Rows
from camcensus.ui.kit.controls import ChoiceList, Field
from camcensus.ui.kit.table import Table

type Index = QModelIndex | QPersistentModelIndex
Offer = Callable[[int], Sequence[str]]
"""Words to choose from for a column; none where there are none."""

PASTE_MOST_CHARACTERS = 2_000_000
_LEAVING = {
    Qt.Key.Key_Tab: "next",
    Qt.Key.Key_Backtab: "back",
    Qt.Key.Key_Return: "down",
    Qt.Key.Key_Enter: "down",
}


def cells_of(text: str) -> list[list[str]]:
    """Cells as a spreadsheet copies them: tabs between columns, a line each, quoted where a cell has lines of its own."""
    lines = text[:PASTE_MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return [[" ".join(cell.split()) for cell in row] for row in csv.reader(lines.splitlines(keepends=True), delimiter="\t")]


class CellField(Field):
    """The editor of a cell. `left` is a key that continues to another one: "next", "back", "down", "above"."""

    left = Signal(str)
    pasted = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Keys that leave the cell, before Qt's own use of them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            how = leaving(event)
            if how:
                self._complete(how)
                self.left.emit(how)
                return True
            if event.matches(QKeySequence.StandardKey.Paste):
                text = QGuiApplication.clipboard().text()
                if "\t" in text or "\n" in text.strip("\r\n"):
                    self.pasted.emit(text)
                    return True
        return super().event(event)

    def _complete(self, how: str) -> None:
        """Takes what is marked in the list of words, where one was marked with the arrow keys."""
        completer = self.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None and popup.isVisible():
            if how != "above" and popup.currentIndex().isValid():
                self.setText(str(popup.currentIndex().data()))
            popup.hide()


def leaving(event: QKeyEvent) -> str:
    """How a key leaves a cell, "" where it does not."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if control and event.key() == Qt.Key.Key_Apostrophe:
        return "above"
    return "" if control else _LEAVING.get(Qt.Key(event.key()), "")


class WalkCells(Rows):
    """Cells like those of any table, each with its editor."""

    def __init__(self, offer: Offer, parent: QWidget) -> None:
        super().__init__(parent)
        self._offer = offer

    def createEditor(self, parent: QWidget, _: QStyleOptionViewItem, index: Index) -> QWidget:
        made = CellField(name=f"{COLUMNS[index.column()].title}, line {index.row() + 1}", parent=parent)
        made.setAutoFillBackground(True)
        words = self._offer(index.column())
        if words:
            completer = QCompleter(list(words), made)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setMaxVisibleItems(8)
            popup = ChoiceList(COLUMNS[index.column()].title)
            completer.setPopup(popup)
            made.setCompleter(completer)
        made.left.connect(lambda how: self._leave(made, how))
        made.pasted.connect(lambda text: self._paste(made, text))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellField):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _: Index) -> None:
        rect = QRect(option.rect)
        rect.setWidth(max(rect.width(), theme.px(120)))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field itself knows the keys that leave it; Qt's delegate would move on by its own order."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and leaving(event):
            return False
        return super().eventFilter(watched, event)

    def _leave(self, editor: CellField, how: str) -> None:
        self.commitData.emit(editor)
        self._close(editor, QAbstractItemDelegate.EndEditHint.NoHint).go(how)

    def _paste(self, editor: CellField, text: str) -> None:
        self._close(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache).lay_down(text)

    def _close(self, editor: CellField, how: QAbstractItemDelegate.EndEditHint) -> WalkGrid:
        """Lets an editor go, and gives the keyboard back to the grid."""
        grid = self.parent()
        assert isinstance(grid, WalkGrid)
        grid.closing = True
        self.closeEditor.emit(editor, how)
        grid.closing = False
        grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return grid


class WalkGrid(Table):
    """The lines. Tab at the empty line leaves the grid, so that the keyboard is never caught in it."""

    def __init__(self, model: WalkModel, offer: Offer) -> None:
        super().__init__(COLUMNS, "Your walk-round notes", row_height=34)
        self.lines = model
        self.closing = False
        self._run = FIRST + 1
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setModel(model)
        self.setItemDelegate(WalkCells(offer, self))
        self.setShowGrid(True)
        self.ticked.connect(lambda rows: self.lines.toggle(rows[0], PHOTO) if rows else None)

    def start(self) -> None:
        """The first cell that is typed in, of the empty line."""
        self.see(self.lines.rowCount() - 1, FIRST + 1)

    def see(self, at: int, column: int) -> None:
        """Goes to a cell."""
        index = self.lines.index(at, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self._run = min(max(column, FIRST), PHOTO)

    def go(self, how: str) -> None:
        """On to another cell."""
        at, column = self.currentIndex().row(), self.currentIndex().column()
        run = self._run
        if how == "above":
            self.lines.same_as_above(at, column)
            how = "next"
        if how == "next":
            on = (at, column + 1) if column < PHOTO else (at + 1, FIRST + 1)
            self.see(min(on[0], self.lines.rowCount() - 1), on[1])
            self._run = run if column < PHOTO else FIRST + 1
        elif how == "back":
            self.see(*((at, column - 1) if column > FIRST else (max(0, at - 1), PHOTO if at else FIRST)))
        elif how == "down":
            self.see(min(at + 1, self.lines.rowCount() - 1), run)

    def lay_down(self, text: str) -> None:
        """Pastes cells from the current one on."""
        table = cells_of(text)
        at, column = max(0, self.currentIndex().row()), max(FIRST, self.currentIndex().column())
        if table:
            self.lines.paste(at, column, table)
            self.see(min(at + len(table), self.lines.rowCount() - 1), min(column, PHOTO))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves, marks, pastes and clears; everything else begins to type."""
        index = self.currentIndex()
        self._by_keyboard = True
        how = leaving(event)
        if how:
            self.go(how)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.lay_down(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Space and index.column() in (PHOTO, BECOMES):
            self.lines.toggle(index.row(), index.column())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            QAbstractItemView.keyPressEvent(self, event)

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab goes through the cells, and out of the grid at its edges."""
        how = "next" if on else "back"
        if self.closing or self._at_edge(how):  # an editor that goes away calls this too
            return super().focusNextPrevChild(on)
        self._by_keyboard = True
        self.go(how)
        return True

    def _at_edge(self, how: str) -> bool:
        at, column = self.currentIndex().row(), self.currentIndex().column()
        if how == "back":
            return at <= 0 and column <= FIRST + 1
        return at >= self.lines.rowCount() - 1 and self.lines.walked[at].line.empty

    def _clear(self) -> None:
        chosen = [(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()]
        for at in {at for at, column in chosen if not column}:  # the number is the whole line
            chosen += [(at, column) for column in range(FIRST, PHOTO + 1)]
        here = self.currentIndex()
        for at, column in sorted(set(chosen), reverse=True):
            self.lines.put(at, column, "")
        self.see(min(here.row(), self.lines.rowCount() - 1), here.column())

    def _copy(self) -> None:
        chosen = self.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        across = sorted({index.column() for index in chosen if FIRST <= index.column() <= PHOTO})
        typed = [self.lines.lines[at] for at in rows if at < len(self.lines.lines)]
        lines = ["\t".join(line.cell(CELLS[at - FIRST]) for at in across) for line in typed]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paintEvent(self, event: object) -> None:
        super(Table, self).paintEvent(event)  # type: ignore[arg-type]
        index = self.currentIndex()
        if index.isValid() and self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(self.visualRect(index).adjusted(1, 1, -2, -2))

    def retheme(self) -> None:
        super().retheme()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, theme.colour("text"))
        self.setPalette(palette)
