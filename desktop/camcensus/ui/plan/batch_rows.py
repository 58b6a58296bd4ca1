"""The rows of a batch: some of them split off, put into another batch, or taken out of the plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from camcensus.model.plan import Batch
from camcensus.model.words import clean, count
from camcensus.store.edits import batches
from camcensus.ui.asset.chosen_rows import ChosenRows
from camcensus.ui.asset.columns import COLUMNS
from camcensus.ui.asset.model import AssetModel
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, MenuButton
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

SHOWN = ("ref", "place", "maker", "grade", "listing", "decision")
OFFERED = 40
"""Batches that the menu names: a longer one cannot be read."""


class BatchRowsDialog(Dialog):
    """Each button does its work on what is chosen, and closes; all of it can be undone."""

    def __init__(self, session: Session, batch: Batch, others: Sequence[Batch], parent: QWidget) -> None:
        lead = "Choose rows to give them a batch of their own, put them into another one, or leave them out of the plan."
        super().__init__(parent, f"Rows of {clean(batch.name, 60)}", lead=lead, width=760)
        self._session, self._batch = session, batch
        self.model = AssetModel(session.knowledge, self)
        self.table = Table(COLUMNS, f"Rows of {clean(batch.name, 60)}", row_height=36, model=self.model)
        self.table.show_columns([at for at, column in enumerate(COLUMNS) if column.name in SHOWN])
        self.table.setMinimumHeight(theme.unless_large(240, 280))
        self.chosen = ChosenRows(self.table, self.model)
        self._count = Text("", "caption", "secondary")
        self.split_button = Button("Split off", then=self.split)
        self.out_button = Button("Take out of the plan", then=self.take_out)
        self.see_button = Button("Show in the list", then=self._see)
        self._menu = Menu(parent=self)
        for other in [one for one in others if one.id != batch.id and one.assets and not one.out][:OFFERED]:
            words = clean(other.name, 60) + (f", {other.year}" if other.year else "")
            action = self._menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _=False, other=other: self.move_to(other))
        self.move_button = MenuButton("Put into", self._menu)
        fill(
            self.body,
            (self.table, 1),
            4,
            self._count,
            8,
            Flow(self.split_button, self.move_button, self.out_button, self.see_button),
        )
        close = Button("Close", "primary", then=self.accept)
        self.buttons.addWidget(close)
        self.chosen.changed.connect(self._tell)
        rows = [session.row(asset) for asset in batch.assets]
        self.model.set_rows([item for item in rows if item is not None], session.knowledge)
        self.model.sort(0, Qt.SortOrder.AscendingOrder)
        self._tell()

    @property
    def assets(self) -> list[str]:
        """The ids of what is chosen."""
        return [row.asset.id for row in self.chosen.rows()]

    def split(self) -> None:
        """A batch of their own."""
        if self._session.do(batches.split(self._batch, self.assets)):
            self.accept()

    def move_to(self, other: Batch) -> None:
        """Into another batch."""
        if self._session.do(batches.move_rows(self.assets, other)):
            self.accept()

    def take_out(self) -> None:
        """Out of the plan."""
        if self._session.do(batches.take_out_rows(self._batch, self.assets)):
            self.accept()

    def _see(self) -> None:
        assets = self.assets or list(self._batch.assets)
        self.accept()
        self._session.hub.asked_for.emit("cameras", {"asset": assets[0]})

    def _tell(self) -> None:
        number, may = len(self.assets), self._session.readonly_reason is None
        self._count.setText(f"{number:,} of {count(self.model.total, 'row')} chosen")
        self.split_button.setEnabled(may and 0 < number < self.model.total)
        self.move_button.setEnabled(may and number > 0 and not self._menu.isEmpty())
        self.out_button.setEnabled(may and number > 0)
