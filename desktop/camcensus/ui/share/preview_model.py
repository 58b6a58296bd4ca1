"""The first rows of a table of a file for others, every column."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

from camcensus.model.words import clean
from camcensus.tasks.share.making import TablePreview
from camcensus.ui.kit.rows_model import SHOWN_CHARACTERS, RowsModel
from camcensus.ui.kit.table import Column

WIDTH = 152


class PreviewModel(RowsModel):
    """One table."""

    def __init__(self, table: TablePreview, parent: QObject | None = None) -> None:
        super().__init__(tuple(Column(name, name, "text", WIDTH) for name in table.columns), parent)
        self._rows = table.rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        """So many as are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def text(self, row: int, at: int) -> str:
        """A cell as it would be written, shortened."""
        return clean(self._rows[row][at], SHOWN_CHARACTERS)
