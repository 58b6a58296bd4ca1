"""An exchange file in a window of its own, for reading only: what it is, whether it is whole, and its register."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtWidgets import QWidget

from camcensus.model.words import BASED, GRADE_SHORT
from camcensus.tasks.share.view import ExchangeView
from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text

_COLUMNS = (
    ViewColumn("ref", "Ref", "text", 96, attrgetter("ref")),
    ViewColumn("what", "Counts as", "text", 120, attrgetter("counts_as")),
    ViewColumn("place", "Location", "text", 0, attrgetter("place")),
    ViewColumn("maker", "Made by", "text", 136, attrgetter("maker")),
    ViewColumn("grade", "How sure", "text", 128, lambda one: GRADE_SHORT[one.grade]),
    ViewColumn("model", "Model", "text", 168, attrgetter("model")),
    ViewColumn("listed", "Lists in use", "quiet", 168, lambda one: ", ".join(one.listed)),
    ViewColumn("based", "By our reading", "quiet", 168, lambda one: BASED if one.based else ""),
    ViewColumn("decision", "Decision", "text", 124, attrgetter("decision")),
)


class ExchangeDialog(Dialog):
    """Shows what was read; there is nothing to change in it."""

    leaves, widest = (48, 64), 1200

    def __init__(self, view: ExchangeView, parent: QWidget) -> None:
        super().__init__(parent, view.body or "A copy made for auditors", width=960, lead=view.lead)
        counted = ", ".join(view.counted)
        self.said = Text(f"{counted or 'No rows'}. {view.checked.say}")
        as_at = next((text for head, text in view.about if head == "As at"), "")
        self.table = Table(_COLUMNS, "Register in the copy", row_height=32)
        model = TableModel(_COLUMNS, view.rows, self.table)
        self.table.setModel(model)
        self.table.setMinimumHeight(theme.px(160))
        card = card_of(self.table)
        fill(
            self.body,
            self.said,
            4,
            Text(f"{as_at} Nothing in it can be changed here.".strip(), "body", "secondary"),
            12,
            (card, 1),
        )
        self.offer_close()
