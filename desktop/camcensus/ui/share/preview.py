"""Every column and the first rows of a file for others, table by table, before it is made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camcensus.model.words import count
from camcensus.tasks.share.making import PREVIEW_ROWS, TablePreview
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.parts import Surface, row
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import Text
from camcensus.ui.share.preview_model import PreviewModel


class PreviewDialog(Dialog):
    """A choice of tables, and the rows of the chosen one."""

    def __init__(self, tables: Sequence[TablePreview], parent: QWidget | None = None) -> None:
        lead = f"What will be in the file: every column, and the first rows of each table, at most {PREVIEW_ROWS}."
        super().__init__(parent, "What goes", width=960, lead=lead)
        self._tables = tuple(tables)
        self.which, self._said = Combo("Table", 260), Text("", "body", "secondary", wrap=False)
        for one in self._tables:
            self.which.addItem(one.name)
        card = Surface("base", shape="card")
        self._room = QVBoxLayout(card)
        self._room.setContentsMargins(1, 4, 1, 4)
        self.table: Table | None = None
        self.body.addLayout(row(self.which, self._said, None, gap=16))
        self.body.addSpacing(12)
        self.body.addWidget(card, 1)
        close = Button("Close", "primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        self.buttons.addWidget(close)
        self.which.currentIndexChanged.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        """Most of the window behind it."""
        over = self.parentWidget()
        room = over.size() if over is not None else QSize(1000, 700)
        return QSize(min(room.width() - 48, theme.px(1100)), room.height() - 64)

    def _show(self) -> None:
        at = self.which.currentIndex()
        if not 0 <= at < len(self._tables):
            return
        shown = self._tables[at]
        some = count(len(shown.rows), "row") if len(shown.rows) < PREVIEW_ROWS else f"the first {PREVIEW_ROWS} rows"
        self._said.setText(f"{count(len(shown.columns), 'column')}, {some}")
        if self.table is not None:
            self._room.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        model = PreviewModel(shown)
        self.table = Table(model.columns, f"First rows of {shown.name}", row_height=32)
        model.setParent(self.table)
        self.table.setModel(model)
        self.table.setMinimumHeight(theme.px(160))
        self._room.addWidget(self.table)
