"""Lines typed from a walk-round sheet, as a grid: what each becomes, and what is wrong with a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from camcensus.model.words import clean, count
from camcensus.tasks.register.walk_lines import CELLS, NEW, CellName, Reader, Walked, WalkLine, paste
from camcensus.tasks.register.walking import LINES_MOST
from camcensus.ui import phrases
from camcensus.ui.kit.cells import IconRole, InkRole, ViewColumn
from camcensus.ui.kit.table_model import Columned
from camcensus.ui.kit.widgets import plain_tip

type Index = QModelIndex | QPersistentModelIndex

COLUMNS = (
    ViewColumn("number", "", "number", 44),
    ViewColumn("ref", "Ref", "icon", 84),
    ViewColumn("place", "Place", "icon", 0),
    ViewColumn("kind", "What it is", "icon", 120),
    ViewColumn("brand", "Brand", "icon", 104),
    ViewColumn("model", "Model or P/N", "icon", 136),
    ViewColumn("serial", "Serial number", "icon", 136),
    ViewColumn("hangs", "Recorder, channel", "icon", 136),
    ViewColumn("photo", "Photo?", "check", 68),
    ViewColumn("becomes", "Becomes", "quiet", 136),
)
FIRST, PHOTO, BECOMES = 1, 8, 9
ProblemRole = Qt.ItemDataRole.UserRole + 20
"""The sentence of what is wrong with a cell, "" where nothing is."""
_TOP = QModelIndex()


class WalkModel(Columned):
    """There is always one empty line at the end. `changed` follows whatever was typed, pasted or taken away."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(COLUMNS, parent)
        self._reader = Reader((), ())
        self._lines: list[WalkLine] = [WalkLine()]
        self._read: list[Walked] = [Walked(line=WalkLine())]

    # What the window asks

    @property
    def lines(self) -> list[WalkLine]:
        """What was typed, without the empty line at the end."""
        return self._lines[:-1]

    @property
    def walked(self) -> list[Walked]:
        """What each line means."""
        return self._read

    @property
    def reader(self) -> Reader:
        """What lines are read against."""
        return self._reader

    def fit(self) -> list[WalkLine]:
        """The lines that can be saved as they are."""
        return [one.line for one in self._read if one.fit]

    def problems(self) -> list[tuple[int, int, str]]:
        """(line from 0, column, sentence) of all that is wrong, from the top."""
        return [
            (at, FIRST + CELLS.index(name), one.problems[name])
            for at, one in enumerate(self._read)
            for name in CELLS
            if name in one.problems
        ]

    def read_against(self, reader: Reader) -> None:
        """Reads the lines against another register."""
        self._reader = reader
        self._take(self._lines)

    def set_lines(self, lines: Sequence[WalkLine]) -> None:
        """Shows other lines."""
        self._take(list(lines)[:LINES_MOST])

    def says(self, at: int) -> str:
        """What a line becomes, or what is wrong with it, in a sentence or two."""
        if not 0 <= at < len(self._read):
            return ""
        one = self._read[at]
        if one.problems:
            return " ".join(one.problems.values())
        if one.line.empty:
            return ""
        parts = []
        if one.row is not None:
            where = phrases.place_of(one.row)
            ref = clean(one.row.asset.ref, 20)
            parts.append(f"This is {ref}, {clean(where, 60)}, by {one.why}: what you typed is added to it.")
            if not one.line.ref.strip():
                parts.append("If it is another one, press the space bar on Becomes.")
        elif one.like is not None:
            parts.append(f"A new row, though {clean(one.like.asset.ref, 20)} has {one.why}.")
        if one.new_place:
            parts.append(f"The place {' > '.join(clean(name, 60) for name in one.names)} is new.")
        return " ".join(parts)

    # What people do

    def put(self, at: int, column: int, text: str) -> None:
        """Types a cell."""
        if 0 <= at < len(self._lines) and FIRST <= column <= PHOTO:
            lines = list(self._lines)
            lines[at] = lines[at].changed(CELLS[column - FIRST], text)
            self._take(lines)

    def paste(self, at: int, column: int, table: Sequence[Sequence[str]]) -> None:
        """Lays cells of a spreadsheet over the grid, from a cell on."""
        first: CellName = CELLS[min(max(column, FIRST), PHOTO) - FIRST]
        self._take(paste(self._lines, at, first, table[: LINES_MOST - at]))

    def same_as_above(self, at: int, column: int) -> None:
        """Copies the cell above."""
        if at > 0 and FIRST <= column <= PHOTO:
            self.put(at, column, self._lines[at - 1].cell(CELLS[column - FIRST]))

    def toggle(self, at: int, column: int) -> None:
        """Yes or no in Photo; another row or the one it looks like in Becomes."""
        if not 0 <= at < len(self._lines):
            return
        one = self._read[at]
        if column == PHOTO:
            self.put(at, column, "" if one.photo else "yes")
        elif column == BECOMES and one.like is not None and not one.line.ref.strip():
            lines = list(self._lines)
            lines[at] = replace(one.line, is_row="" if one.line.is_row == NEW else NEW)
            self._take(lines)

    def remove(self, lines: Sequence[int]) -> None:
        """Takes lines away."""
        gone = set(lines)
        self._take([line for at, line in enumerate(self._lines) if at not in gone])

    def _take(self, lines: list[WalkLine]) -> None:
        while lines and lines[-1].empty:
            lines = lines[:-1]
        lines = [*lines, WalkLine()]
        read = self._reader.read(lines)
        before, now = len(self._lines), len(lines)
        if now > before:
            self.beginInsertRows(_TOP, before, now - 1)
        elif now < before:
            self.beginRemoveRows(_TOP, now, before - 1)
        self._lines, self._read = lines, read
        if now > before:
            self.endInsertRows()
        elif now < before:
            self.endRemoveRows()
        self.dataChanged.emit(self.index(0, 0), self.index(now - 1, len(COLUMNS) - 1))
        self.changed.emit()

    # What Qt asks

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return COLUMNS[section].title or "Line"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if FIRST <= index.column() < PHOTO else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        one, column = self._read[index.row()], index.column()
        if role == Qt.ItemDataRole.EditRole and FIRST <= column <= PHOTO:
            return one.line.cell(CELLS[column - FIRST])
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index.row(), one, column)
        if role == ProblemRole:
            return self._problem(one, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == PHOTO:
            return Qt.CheckState.Checked if one.photo else Qt.CheckState.Unchecked
        if role in (InkRole, IconRole) and self._problem(one, column):
            return "wrong" if role == InkRole else "circle-question-mark"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._problem(one, column) or (self.says(index.row()) if column == BECOMES else "")) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self._words(index.row(), one, column) or "empty"
            said = f"Line {index.row() + 1}. {self.says(index.row())}" if not column else f"{COLUMNS[column].title}: {words}."
            return f"{said} {self._problem(one, column)}".strip()
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.put(index.row(), index.column(), str(value))
        return True

    def _problem(self, one: Walked, column: int) -> str:
        if FIRST <= column <= PHOTO:
            return one.problems.get(CELLS[column - FIRST], "")
        return ""

    def _words(self, at: int, one: Walked, column: int) -> str:
        if not column:
            return "" if one.line.empty and at == len(self._lines) - 1 else str(at + 1)
        if column == PHOTO and "photo" not in one.problems:
            return "Yes" if one.photo else ""
        if column <= PHOTO:
            return clean(one.line.cell(CELLS[column - FIRST]))
        if one.line.empty:
            return ""
        if one.problems:
            return count(len(one.problems), "problem")
        if one.row is not None:
            return f"Is {clean(one.row.asset.ref, 20)}"
        return "New, new place" if one.new_place else "New row"
