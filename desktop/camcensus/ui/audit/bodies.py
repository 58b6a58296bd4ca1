"""The organisations of a roll-up, A to Z, in the columns that there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.tasks.rollup.figures import BodyRow
from camcensus.ui.audit.model import BASED_COLUMN, BODY_COLUMNS, SPARED, BodyModel
from camcensus.ui.kit.table import Table


class BodyTable(Table):
    """The organisations; the chosen one stays chosen when they are counted anew."""

    def __init__(self) -> None:
        super().__init__(BODY_COLUMNS, "Organisations, A to Z", row_height=36, one_row=True)
        self.lines = BodyModel(self)
        self.setModel(self.lines)

    def chosen(self) -> BodyRow | None:
        """The chosen organisation."""
        rows = self.selectionModel().selectedRows()
        return self.lines.at(rows[0].row()) if rows else None

    def show_bodies(self, rows: Sequence[BodyRow]) -> None:
        """These organisations; the same ones are only drawn anew."""
        if rows == self.lines.rows:
            self.viewport().update()
            return
        chosen = self.chosen()
        self.lines.set_rows(rows)
        at = next((at for at, one in enumerate(rows) if chosen is not None and one.body == chosen.body), None)
        if at is not None:
            self.selectRow(at)

    def fit_columns(self, *, based: bool) -> None:
        """The columns that there is room for; that of our reading of a statement where it is counted."""
        shown = [at for at in range(len(BODY_COLUMNS)) if based or at != BASED_COLUMN]
        self.show_what_fits(shown, SPARED)
