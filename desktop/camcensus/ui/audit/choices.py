"""What a roll-up's totals count: which lists, and today's figures saved as a round to compare the next with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from camcensus.store.rollup.tables import ALL_IDENTIFIED, CountRule
from camcensus.tasks.rollup.rounds import is_round
from camcensus.tasks.rollup.sampling import CHOSEN_WORDS
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Check, Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import column, fill
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text

LEAST_HEIGHT = 160


WHOLE = "every maker is known"
SHARES = (ALL_IDENTIFIED, 99, 95, 90, 80)


class CountedLists(Dialog):
    """A box for each list that is known, and how organisations are counted.

    What is chosen holds in this window, its tables and its report, until it is closed.
    """

    def __init__(self, desk: AuditDesk, parent: QWidget) -> None:
        lead = (
            "A camera counts as made by a listed maker when one of these names its maker. Where a statement names no company, "
            "makers based in China are counted apart (our reading)."
        )
        super().__init__(parent, "What is counted", width=640, lead=lead)
        self._desk = desk
        self.checks: dict[str, Check] = {}
        body = QWidget()
        boxes = column(margins=(4, 4, 4, 4), of=body)
        for name, (title, about) in desk.list_words().items():
            check = self.checks[name] = Check(title)
            check.setChecked(name in desk.counted)
            check.toggled.connect(self._look)
            under = column(Text(about, "caption", "secondary"), margins=(theme.px(27), 6, 0, 12))
            fill(boxes, (check, 0, Qt.AlignmentFlag.AlignLeft), under)
        boxes.addStretch(1)
        scroll = Scroll(body, "Lists")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumHeight(LEAST_HEIGHT)
        self.body.addWidget(scroll, 1)
        shares = [(WHOLE if one == ALL_IDENTIFIED else f"{one}% or more are identified", one) for one in SHARES]
        self.share = Combo("Say “none found” of an organisation when", shares, width=260)
        self.share.choose(desk.rule.none_found_pct)
        self.answers_first = Check("Where an organisation sent a record and answered too, count its answer")
        self.answers_first.setChecked(desk.rule.answers_first)
        fill(self.body, 12, labelled("Say “none found” of an organisation when", self.share), 8, self.answers_first)
        self.go = self.offer("Cancel", "Count these")
        self._look()

    @property
    def ticked(self) -> tuple[str, ...]:
        """The lists that are ticked."""
        return tuple(name for name, check in self.checks.items() if check.isChecked())

    def _look(self) -> None:
        self.go.setEnabled(bool(self.ticked))

    def accept(self) -> None:
        self._desk.count_by(self.ticked, CountRule(int(self.share.currentData()), self.answers_first.isChecked()))
        super().accept()


class KeepRound(Dialog):
    """Asks for the name of a round. Nothing typed is lost where it cannot be kept."""

    def __init__(self, desk: AuditDesk, parent: QWidget) -> None:
        lead = (
            "Saves the figures of every organisation as they are now. The next report says what has changed since, over the "
            "organisations that are in both."
        )
        super().__init__(parent, "Save these figures", lead=lead)
        self._desk = desk
        self.name = Field("For example: Autumn 2026", name="Name these figures")
        self.problem = MissingLine()
        fill(self.body, labelled("Name these figures", self.name), self.problem)
        self.offer("Cancel", "Save these figures")

    def accept(self) -> None:
        name = self.name.typed
        missing = "Type a name." if not name else ""
        if name and self._desk.look(is_round, name):
            missing = "There are figures of that name already. Type another."
        if self.problem.say(missing, self.name):
            return
        self._desk.record_round(name)
        super().accept()


class ChosenHowDialog(Dialog):
    """How those who were asked had been chosen: only of a random draw something follows for the others."""

    def __init__(self, desk: AuditDesk, parent: QWidget) -> None:
        lead = (
            "If you drew them at random, the report gives an interval for the organisations that you did not ask. Otherwise it "
            "says that the shares are of those you asked alone."
        )
        super().__init__(parent, "How those you asked were chosen", lead=lead)
        self._desk = desk
        self.how = Combo("How they were chosen", ((words, how) for how, words in CHOSEN_WORDS.items()))
        if desk.figures is not None:
            self.how.choose(desk.figures.chosen_how)
        fill(self.body, labelled("How they were chosen", self.how))
        self.offer("Cancel", "Save")

    def accept(self) -> None:
        self._desk.set_chosen_how(str(self.how.currentData()))
        super().accept()
