"""What tables of plain rows share: columns with titles, and the text of each cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from camcensus.ui.kit.table import Column
from camcensus.ui.kit.widgets import plain_tip

type Index = QModelIndex | QPersistentModelIndex
SHOWN_CHARACTERS = 120


class RowsModel(QAbstractTableModel):
    """What such tables share: columns with titles, and texts."""

    def __init__(self, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(self.columns):
            return self.columns[section].title
        return None

    def text(self, row: int, at: int) -> str:
        """A cell as text."""
        raise NotImplementedError

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        at = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), at)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.text(index.row(), at))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if at:
                return f"{self.columns[at].title}: {self.text(index.row(), at) or '–'}"
            parts = (
                f"{one.title}: {self.text(index.row(), n)}" for n, one in enumerate(self.columns) if self.text(index.row(), n)
            )
            return ". ".join(part.lstrip(": ").rstrip(".") for part in parts) + "."
        return None
