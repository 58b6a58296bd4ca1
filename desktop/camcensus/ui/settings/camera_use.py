"""How you use your cameras: what every review asks, answered once for the whole organisation."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.asset import Body
from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.words import count
from camcensus.store.edits.settings import set_camera_use
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import labelled
from camcensus.ui.kit.layout import fill
from camcensus.ui.session import Session

NOT_ANSWERED = "Not answered"
LEAD = "Saved in this record. Your answers are in the file that you make for an auditor, and in no other copy."


def use_words(body: Body | None) -> str:
    """How many of the questions are answered."""
    answered = sum(getattr(body, one.name) is not None for one in USE_QUESTIONS) if body is not None else 0
    if not answered:
        return "Not answered yet: assessments, policies, signs, watch lists, complaints, who may look at footage."
    return f"{count(answered, 'question')} of {len(USE_QUESTIONS)} answered."


class CameraUseDialog(Dialog):
    """A list of answers for each question; the first is that there is none."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, "How you use your cameras", width=560, lead=LEAD)
        self._session = session
        self.answers: dict[str, Combo] = {}
        for one in USE_QUESTIONS:
            combo = self.answers[one.name] = Combo(
                one.ask, ((NOT_ANSWERED, None), *((words, word) for word, words in one.answers.items()))
            )
            held = getattr(session.body, one.name) if session.body is not None else None
            if held is not None:
                combo.choose(held)
            fill(self.body, labelled(one.ask, combo), 10)
        self.offer("Cancel", "Save")

    def accept(self) -> None:
        if self._session.do(set_camera_use({name: combo.currentData() for name, combo in self.answers.items()})):
            super().accept()
