"""Every column and the first rows of a file for others, table by table, before it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean, count
from camcensus.tasks.share.making import PREVIEW_ROWS, TablePreview
from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import column, fill, row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import SHOWN_CHARACTERS, TableModel
from camcensus.ui.kit.widgets import Text

COLUMN_WIDTH = 152


class PreviewDialog(Dialog):
    """A choice of tables, and the rows of the chosen one."""

    leaves, widest = (48, 64), 1100

    def __init__(self, tables: Sequence[TablePreview], parent: QWidget) -> None:
        lead = f"What will be in the file: every column, and the first rows of each table, at most {PREVIEW_ROWS}."
        super().__init__(parent, "What goes", width=960, lead=lead)
        self._tables = tuple(tables)
        self.which, self._said = Combo("Table", width=260), Text("", "body", "secondary", wrap=False)
        for one in self._tables:
            self.which.addItem(one.name)
        card = Surface("base", shape="card")
        self._room = column(margins=(1, 4, 1, 4), of=card)
        self.table: Table | None = None
        fill(self.body, row(self.which, self._said, None, gap=16), 12, (card, 1))
        self.offer_close()
        self.which.currentIndexChanged.connect(self._show)
        self._show()

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
        columns = tuple(ViewColumn(name, name, "text", COLUMN_WIDTH, _cell(at)) for at, name in enumerate(shown.columns))
        model = TableModel(columns, shown.rows)
        self.table = Table(columns, f"First rows of {shown.name}", row_height=32)
        model.setParent(self.table)
        self.table.setModel(model)
        self.table.setMinimumHeight(theme.px(160))
        self._room.addWidget(self.table)


def _cell(at: int) -> Callable[[Sequence[str]], str]:
    return lambda row: clean(row[at], SHOWN_CHARACTERS)
