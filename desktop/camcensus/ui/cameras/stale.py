"""Answers given under an older list: how many and since when, judging them again, and what that changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.changes import Changes
from camcensus.model.prose import upper_first
from camcensus.model.words import count, long_date
from camcensus.tasks.finding.judging import Reassessment
from camcensus.tasks.register import reassessing
from camcensus.tasks.register.verbs import Inventory
from camcensus.ui.job import Job
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import row
from camcensus.ui.kit.ledger import Ledger
from camcensus.ui.kit.ledger_model import Cell, LedgerLine
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Surface, scrolled
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.session import Session

COLUMNS = (
    ViewColumn("ref", "Which", "words", 112),
    ViewColumn("was", "Was", "words", 176),
    ViewColumn("is", "Is", "words", 176),
    ViewColumn("why", "Why", "words", 0),
)
WAIT = "Answers are being re-checked. Try again when that is done."


class StaleStrip(Surface):
    """Shown while answers in the register are out of date. `defect` carries what is wrong with the program itself."""

    defect = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__("todo_fill", shape="sunken")
        self._session = session
        self.job: Job | None = None
        self._words = Text("")
        self.button = Button("Re-check", icon="rotate-ccw", then=self.reassess_all)
        row(
            SignMark(icon="info", ink="todo_ink", size=16),
            (self._words, 1, Qt.AlignmentFlag.AlignVCenter),
            self.button,
            gap=12,
            margins=(14, 8, 10, 8),
            of=self,
        )
        self.refresh()

    @property
    def running(self) -> bool:
        """Whether answers are being re-checked."""
        return self.job is not None and self.job.running

    def refresh(self) -> None:
        """Counts again what is out of date; nothing is shown where all is current."""
        old = reassessing.stale(self._session.rows())
        if old is not None:
            were = "answer was" if old.number == 1 else "answers were"
            self._words.setText(
                "Re-checking from saved answers. Nothing is searched."
                if self.running
                else f"{old.number} {were} given by an older list, since {long_date(old.since)}. Nothing needs searching again."
            )
        self.button.setEnabled(not self.running and self._session.readonly_reason is None)
        self.setVisible(old is not None)

    def reassess_all(self) -> None:
        """Judges in a Job that holds the pen; meanwhile the window reads."""
        if self.running:
            return
        knowledge, now, changed = self._session.knowledge, self._session.clock(), list[Reassessment]()

        def work(pen: Inventory, _: object) -> Changes:
            result = reassessing.reassess_all(pen, knowledge, now)
            changed.extend(result.answers)
            return result.changes

        def ended(changes: Changes | None) -> None:
            self.refresh()
            if changes is not None:
                if changed and self.window().isVisible():
                    AnswersDialog(changed, self.window()).show_over()
                announce(self, changes.say)

        self.job = self._session.beside("Nothing was re-checked", WAIT, work, ended)
        self.refresh()


class AnswersDialog(Dialog):
    """What changed: which, what was said, what is said now, and why."""

    def __init__(self, answers: Sequence[Reassessment], parent: QWidget) -> None:
        title = f"{count(len(answers), 'answer')} changed"
        lead = "Your decisions stay as they were. All of this is saved with the record."
        super().__init__(parent, title, width=860, lead=lead)
        self.ledger = Ledger(COLUMNS, title, stack_below=680)
        self.ledger.set_lines([_line(one) for one in answers])
        self.body.addWidget(scrolled(self.ledger, title, LEAST_HEIGHT), 1)
        self.offer_close()
        self.ledger.setFocus(Qt.FocusReason.OtherFocusReason)


LEAST_HEIGHT = 200


def _line(one: Reassessment) -> LedgerLine:
    which = Cell(one.ref or one.address or "A device with no row", (one.address or "") if one.ref else "")
    return LedgerLine(one.device, (which, _said(one.was), _said(one.is_now), Cell("", one.why)))


def _said(outcome: str) -> Cell:
    """ "Camera, Dahua – Likely; on 2 lists": the first part, then the others under it."""
    first, _, rest = outcome.partition("; ")
    return Cell(first, upper_first(rest))
