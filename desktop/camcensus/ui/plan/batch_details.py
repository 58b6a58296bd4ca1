"""More of a group than the pane has room for: name, other costs, the day, its state, what it depends on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from camcensus.model.errors import StoreError
from camcensus.model.plan import NEED_STATE_WORDS, NEED_WORDS, STATUS_WORDS, Batch, Need
from camcensus.model.plan_fields import checked_field
from camcensus.model.words import clean
from camcensus.store.edits.batches import set_fields, set_need
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, in_twos
from camcensus.ui.kit.layout import column, fill, grid, panel
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text
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
    """What was changed is one edit, and each answer one; what is emptied is as proposed again."""

    def __init__(self, session: Session, batch: Batch, parent: QWidget) -> None:
        super().__init__(parent, f"More about {clean(batch.name, 60)}", width=620)
        self._session, self._batch = session, batch
        self.fields = {name: Field(hint, name=title, text=_as_typed(batch, name)) for name, title, hint in FIELDS}
        self.status = Combo("Progress", ((words, state) for state, words in STATUS_WORDS.items()))
        self.status.choose(batch.status)
        self.problem = MissingLine()
        self.answers: list[tuple[Need, Combo, Field]] = []
        lines: list[Text | tuple[Combo, Field]] = [Text("Depends on", "strong")] if batch.needs else []
        for need in batch.needs:
            words = NEED_WORDS[need.kind] + (f" ({clean(need.ref, 60)})" if need.ref else "")
            note = Field("How, or who was asked", name=f"{words}: note", text=need.note)
            state = Combo(words, ((shown, name) for name, shown in NEED_STATE_WORDS.items()))
            state.choose(need.state)
            self.answers.append((need, state, note))
            lines += (Text(words, "caption", "secondary"), (state, note))
        fields = form(*in_twos(*self.fields.values(), self.status), shares=(1, 1))
        inside = panel(column(fields, 14, grid(*lines, gap=(12, 6), shares=(0, 1)), None, margins=(4, 4, 12, 4)))
        room = Scroll(inside, "More about it")
        room.setMinimumHeight(min(inside.sizeHint().height() + 8, theme.unless_large(420, 420)))
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what has the keyboard is brought into view
        fill(self.body, (room, 1), 8, self.problem)
        self.fields["name"].setFocus()
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
        if values and not self._session.do(set_fields([self._batch], values)):
            return
        for need, state, note in self.answers:
            now = state.currentData(), note.typed
            if now != (need.state, need.note) and not self._session.do(set_need([self._batch], need.kind, *now)):
                return
        super().accept()


def _as_typed(batch: Batch, name: str) -> str:
    value = getattr(batch, name)
    if name == "other":
        return typed(value)
    if name in ("target_date", "wiped_on") and value:
        return "/".join(reversed(str(value).split("-")))
    return str(value or "")
