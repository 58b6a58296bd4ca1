"""Add from the list: rows that are not in the plan yet, chosen together. Choosing them is a decision, with a name."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from camcensus.model.words import count
from camcensus.store.edits.tagging import decide
from camcensus.ui.asset.chosen_rows import ChosenRows
from camcensus.ui.asset.columns import COLUMNS
from camcensus.ui.asset.decide import REASON, year_choices
from camcensus.ui.asset.model import AssetModel, Wanted
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

SHOWN = ("ref", "place", "maker", "grade", "decision")
ACTING = ("separate", "replace", "remove")


class AddToPlan(Dialog):
    """The rows without a decision, or that are kept. `made` are the ids that were added."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        lead = "These are not in the plan yet. Those you choose get the decision to replace them, with your name."
        super().__init__(parent, "Add to the plan from the list", lead=lead, width=760)
        self._session = session
        self.made: tuple[str, ...] = ()
        self.search = Field("Search location, maker, ref", icon="search", name="Search the rows that are not in the plan")
        self.model = AssetModel(session.knowledge, self)
        self.table = Table(COLUMNS, "Rows that are not in the plan", row_height=36, model=self.model)
        self.table.show_columns([at for at, column in enumerate(COLUMNS) if column.name in SHOWN])
        self.table.setMinimumHeight(theme.unless_large(220, 260))
        self.chosen = ChosenRows(self.table, self.model)
        self._count = Text("", "caption", "secondary")
        self.year = Combo("In which financial year?", year_choices(session, "By its priority"))
        self.why, self.by = Field(REASON, name="Why"), Field("Your name", name="Decided by")
        self.by.setText(session.person)
        self.problem = MissingLine()
        fill(
            self.body,
            self.search,
            8,
            (self.table, 1),
            4,
            self._count,
            8,
            form((self.year, self.why, self.by), shares=(0, 1)),
            8,
            self.problem,
        )
        self._go = self.offer("Cancel", "Add to the plan")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(80)
        self._typing.timeout.connect(self._filter)
        self.search.textChanged.connect(self._typing.start)
        self.chosen.changed.connect(self._tell)
        self.model.set_rows(
            [
                item
                for item in session.rows()
                if item.asset.in_use
                and item.asset.kind != "other"
                and (item.asset.decision is None or item.asset.decision.what not in ACTING)
            ],
            session.knowledge,
        )
        self.model.sort(0, Qt.SortOrder.AscendingOrder)
        self._tell()
        self.search.setFocus()

    def accept(self) -> None:
        rows = self.chosen.rows()
        by = self.by.typed
        if not rows:
            self.problem.say("Choose at least one row.", self.table)
        elif not by:
            self.problem.say("Enter who decided; the name is saved with the decision.", self.by)
        else:
            ids = [item.asset.id for item in rows]
            self._session.person = by
            if self._session.do(decide(ids, "replace", why=self.why.typed, year=self.year.currentData()), by=by):
                self.made = tuple(ids)
                super().accept()

    def _filter(self) -> None:
        self.model.want(Wanted(words=self.search.text()))
        self._tell()

    def _tell(self) -> None:
        number = len(self.chosen.rows())
        shown = f"{self.model.rowCount():,} of {count(self.model.total, 'row')} shown"
        self._count.setText(f"{shown} · {number:,} chosen" if self.model.total else "Every row is in the plan already.")
        self._go.setEnabled(bool(self.model.total))
