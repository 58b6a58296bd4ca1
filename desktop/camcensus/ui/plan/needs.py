"""What a batch waits for, answered one by one: to do, done, not needed, and how it was settled."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.plan import NEED_STATE_WORDS, NEED_WORDS, Batch, Need
from camcensus.model.words import clean
from camcensus.store.edits.batches import set_need
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import grid, panel
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session


class NeedsDialog(Dialog):
    """A state and a note for each; what was changed is saved, each as one edit."""

    def __init__(self, session: Session, batch: Batch, parent: QWidget) -> None:
        lead = "Settle these before the work. The plan prints your answers."
        super().__init__(parent, f"{clean(batch.name, 60)} depends on", lead=lead, width=620)
        self._session, self._batch = session, batch
        self.answers: list[tuple[Need, Combo, Field]] = []
        lines: list[Text | int | tuple[Combo, Field]] = []
        for need in batch.needs:
            words = NEED_WORDS[need.kind] + (f" ({clean(need.ref, 60)})" if need.ref else "")
            state, note = Combo(words), Field("How, or who was asked", name=f"{words}: note", text=need.note)
            state.offer(((shown, name) for name, shown in NEED_STATE_WORDS.items()))
            state.choose(need.state)
            self.answers.append((need, state, note))
            lines += (Text(words), (state, note), 6)
        inside = grid(*lines, gap=(12, 6), shares=(0, 1), margins=(4, 4, 12, 4))
        scroll = Scroll(panel(inside), "What it depends on")
        scroll.setMinimumHeight(min(inside.sizeHint().height() + 8, theme.unless_large(380, 420)))
        self.body.addWidget(scroll, 1)
        self.offer("Cancel", "Save answers")
        if self.answers:
            self.answers[0][1].setFocus()

    def accept(self) -> None:
        for need, state, note in self.answers:
            now = state.currentData(), note.typed
            if now != (need.state, need.note) and not self._session.do(set_need([self._batch], need.kind, *now)):
                return
        super().accept()
