"""Is it on the main network, and can it be reached from the internet? Asked for entries, for a network or for a place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from camcensus.model.exposure import EXPOSURE_QUESTIONS, EXPOSURE_WORDS
from camcensus.model.tags import iso_date
from camcensus.store.edits.exposure import answer
from camcensus.tasks.register.exposure import answer_scopes
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, labelled
from camcensus.ui.kit.layout import fill
from camcensus.ui.session import Session

LEAVE, NOT_ASKED = "leave", None
LEAD = "Your IT contact or installer knows. Camcensus sends nothing to find out, and your answers count in the plan."


class ExposureDialog(Dialog):
    """An answer to each question, who gave it and when; what is left as it is keeps its own."""

    def __init__(self, session: Session, rows: Sequence[AssetRow], parent: QWidget) -> None:
        super().__init__(parent, "Main network and internet", lead=LEAD)
        self._session = session
        self.scope = Combo("For which cameras")
        for one in answer_scopes(session.rows(), rows):
            self.scope.addItem(one.words, one.ids)
        self.answers: dict[str, Combo] = {}
        fill(self.body, labelled("For which cameras", self.scope), 12)
        for question in EXPOSURE_QUESTIONS:
            held = {getattr(row.asset, question.name) for row in rows}
            said = held.pop() if len(held) == 1 else None
            combo = self.answers[question.name] = Combo(question.ask)
            combo.offer(
                [
                    (f"Leave as it is ({EXPOSURE_WORDS[said]})" if said else "Leave as it is", LEAVE),
                    *((words, word) for word, words in EXPOSURE_WORDS.items()),
                    ("Nobody was asked", NOT_ASKED),
                ]
            )
            fill(self.body, labelled(question.ask, combo), 10)
        self.who = Field("For example: our IT contact", name="Who said so", text=session.person or session.by)
        self.day = Field("For example: 24/11/2026", name="On which day", text=session.clock().strftime("%d/%m/%Y"))
        self.problem = MissingLine()
        fill(self.body, form((self.who, self.day), shares=(3, 2)), 8, self.problem)
        self.offer("Cancel", "Record answers")

    def accept(self) -> None:
        who, day = self.who.typed, self.day.typed
        given = {name: combo.currentData() for name, combo in self.answers.items() if combo.currentData() != LEAVE}
        if self.problem.first(
            (not given, "Choose at least one answer.", next(iter(self.answers.values()))),
            (not who, "Enter who said so.", self.who),
            (iso_date(day) is None, "Enter a day, like 24/11/2026.", self.day),
        ):
            return
        if self._session.do(answer(self.scope.currentData(), given, who, day)):
            super().accept()
