"""After a search that found no cameras: that this is common, why, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camcensus.tasks.finding.afterwards import Afterwards
from camcensus.ui.kit.buttons import Button, Link
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.marks import Sign
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.pictures import BehindRecorder
from camcensus.ui.kit.widgets import Text
from camcensus.ui.page import EmptyState


class FindNone(QWidget):
    """`wanted` names what a person chose: "another", "walk-round", "reach", "import", "answered"."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        again = Button("Try another network", "primary")
        sheet = Button("Walk-round sheet")
        reach = Button("How to reach the CCTV network")
        bring = Button("Import a list…")
        see = Link("See what answered")
        for button, name in ((again, "another"), (sheet, "walk-round"), (reach, "reach"), (bring, "import"), (see, "answered")):
            button.clicked.connect(lambda _=False, name=name: self.wanted.emit(name))
        self._state = EmptyState(BehindRecorder(), "We found no cameras on this network", "", again, sheet, reach, bring)
        strip = Surface("nav", shape="sunken")
        self._fact = Text("")
        row(Sign(icon="info", ink="secondary", size=18), (self._fact, 1), see, gap=12, margins=(20, 12, 20, 12), of=strip)
        column((self._state, 1), strip, margins=(0, 0, 0, 12), of=self)

    def show_outcome(self, outcome: Afterwards, fact: str) -> None:
        """Shows how the search ended, and what answered."""
        self._state.title.setText(outcome.title)
        self._state.sentence.setText(outcome.say)
        self._fact.setText(fact)
