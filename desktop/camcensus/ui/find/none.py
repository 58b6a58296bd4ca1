"""After a search that found no cameras: that this is common, why, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camcensus.tasks.finding.afterwards import Afterwards
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.marks import notice
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
        see = LinkButton("See what answered")
        for button, name in ((again, "another"), (sheet, "walk-round"), (reach, "reach"), (bring, "import"), (see, "answered")):
            button.clicked.connect(lambda _=False, name=name: self.wanted.emit(name))
        self._state = EmptyState("network", "We found no cameras on this network", "", again, sheet, reach, bring)
        self._fact = Text("")
        strip = notice((self._fact, 1), see, margins=(20, 12, 20, 12))
        column((self._state, 1), strip, margins=(0, 0, 0, 12), of=self)

    def show_outcome(self, outcome: Afterwards, fact: str) -> None:
        """Shows how the search ended, and what answered."""
        self._state.title.setText(outcome.title)
        self._state.sentence.setText(outcome.say)
        self._fact.setText(fact)
