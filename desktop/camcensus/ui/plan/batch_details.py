"""More of a batch than the pane has room for: name, other costs, the day, its state, what becomes of the old ones."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.errors import StoreError
from camcensus.model.plan import STATUS_WORDS, Batch
from camcensus.model.plan_fields import checked_field
from camcensus.model.words import clean
from camcensus.store.edits.batches import set_fields
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, in_twos
from camcensus.ui.kit.layout import fill
from camcensus.ui.plan.costs import typed
from camcensus.ui.session import Session

FIELDS = (
    ("name", "Name", ""),
    ("other", "Other cost, £", "For all of it, once"),
    ("target_date", "Target date", "24/11/2026"),
    ("disposal", "How the old ones are disposed of", ""),
    ("wiped_on", "Data wiped on", "24/11/2026"),
    ("wipe_certificate", "Wipe certificate", ""),
    ("weee_note", "WEEE note", ""),
    ("note", "Note", ""),
)


class BatchDetails(Dialog):
    """What was changed is one edit; what is emptied is as proposed again."""

    def __init__(self, session: Session, batch: Batch, parent: QWidget) -> None:
        super().__init__(parent, f"More about {clean(batch.name, 60)}", width=560)
        self._session, self._batch = session, batch
        self.fields = {name: Field(hint, name=title, text=_as_typed(batch, name)) for name, title, hint in FIELDS}
        self.status = Combo("Progress", ((words, state) for state, words in STATUS_WORDS.items()))
        self.status.choose(batch.status)
        self.problem = MissingLine()
        fill(self.body, form(*in_twos(*self.fields.values(), self.status), shares=(1, 1)), 8, self.problem)
        self.offer("Cancel", "Save")

    def accept(self) -> None:
        values: dict[str, object] = {}
        for name, field in self.fields.items():
            if field.typed == _as_typed(self._batch, name):
                continue
            try:
                values[name] = checked_field(name, field.text())
            except StoreError as error:
                self.problem.say(str(error), field)
                return
        if self.status.currentData() != self._batch.status:
            values["status"] = self.status.currentData()
        if not values or self._session.do(set_fields([self._batch], values)):
            super().accept()


def _as_typed(batch: Batch, name: str) -> str:
    value = getattr(batch, name)
    if name == "other":
        return typed(value)
    if name in ("target_date", "wiped_on") and value:
        return "/".join(reversed(str(value).split("-")))
    return str(value or "")
