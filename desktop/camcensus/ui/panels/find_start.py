"""Before a search: where to look, how, and who allows it."""

from __future__ import annotations

import sys

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from camcensus.model.scan import Interface, Pace
from camcensus.model.words import BEFORE_SEARCH, clean
from camcensus.ui import searching
from camcensus.ui.buttons import Button
from camcensus.ui.controls import Check, Combo, Field, Radio
from camcensus.ui.dialogs import labelled
from camcensus.ui.marks import Sign
from camcensus.ui.parts import Scroll, Surface, clear, column, row
from camcensus.ui.searching import Wish
from camcensus.ui.session import Session
from camcensus.ui.widgets import Text

MEASURE = 680
FIREWALL = "Windows may ask about network access. Choose Private networks. If it asks for an administrator, ask your IT team."
PACES: tuple[tuple[str, Pace], ...] = (
    ("Gentle: 20 questions a second", "gentle"),
    ("Normal: 100 questions a second", "normal"),
)


class FindStart(QWidget):
    """A short form. Nothing is sent before Start search, and Start search asks for a name."""

    start = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cards: list[tuple[Interface, Check]] = []
        self._where = QVBoxLayout()
        self._where.setSpacing(4)
        self._again = Button("Look for networks again", "quiet", "rotate-ccw")
        self._again.clicked.connect(self.refresh)
        self._all = Radio("Ask every address on it")
        self._some = Radio("Ask only what announces itself, and known makers’ network numbers")
        self._listen = Radio("Only listen for a minute, and send nothing")
        self._how = QButtonGroup(self)
        for at, choice in enumerate((self._all, self._some, self._listen)):
            self._how.addButton(choice, at)
        self._pace = Combo("How fast")
        for words, pace in PACES:
            self._pace.addItem(words, pace)
        self._who = Field("Name, for example R. Khan, IT", name="Who allows this search?")
        self._who.returnPressed.connect(self._go)
        self._who_note = Text("", "caption", "secondary")
        self._problem = Text("", "body", "listed_ink")
        self.start_button = Button("Start search", "primary", "radar")
        self.start_button.clicked.connect(self._go)
        body = QWidget()
        body.setMaximumWidth(MEASURE)
        form = QVBoxLayout(body)
        form.setContentsMargins(0, 4, 8, 16)
        form.setSpacing(0)
        form.addWidget(Text("Where to look", "heading"))
        form.addSpacing(8)
        form.addLayout(self._where)
        form.addLayout(row(self._again, None))
        form.addSpacing(16)
        form.addWidget(Text("How to look", "heading"))
        form.addSpacing(8)
        for choice in (self._all, self._some, self._listen):
            form.addWidget(choice)
            form.addSpacing(6)
        form.addSpacing(6)
        form.addLayout(row(self._pace, None))
        form.addSpacing(20)
        form.addWidget(Text("Who allows this search?", "heading"))
        form.addSpacing(4)
        form.addWidget(Text("A search can look like unusual activity to whoever watches the network.", "body", "secondary"))
        form.addSpacing(8)
        form.addLayout(labelled("Name of the person who agreed", self._who))
        form.addSpacing(4)
        form.addWidget(self._who_note)
        form.addSpacing(12)
        form.addWidget(self._problem)
        form.addSpacing(4)
        form.addLayout(row(self.start_button, None))
        self._note_inside, self._note_below = _note(), _note()
        form.addSpacing(20)
        form.addWidget(self._note_inside)
        form.addStretch(1)
        whole = column(Scroll(body, "Before the search"), gap=0)
        whole.setStretch(0, 1)
        whole.addWidget(self._note_below)
        self.set_tight(tight=False)
        self.setLayout(whole)
        self._how.buttonToggled.connect(lambda *_: self._pace.setEnabled(not self._listen.isChecked()))
        self.refresh()

    def set_tight(self, *, tight: bool) -> None:
        """What the search does stands at the foot, or in the form where there is no height for both."""
        self._note_inside.setVisible(tight)
        self._note_below.setVisible(not tight)

    def refresh(self) -> None:
        """Looks at this computer's networks again."""
        clear(self._where)
        cards = searching.interfaces()
        self._cards = [(card, Check(f"{clean(card.name)}: {searching.span(card)}")) for card in cards]
        for at, (card, check) in enumerate(self._cards):
            check.setChecked(at == 0 or self._session.allowed(card.network) is not None)
            check.toggled.connect(self._who_before)
            self._where.addWidget(check)
        if not cards:
            self._where.addWidget(
                Text("This computer is not on a private network. Connect it to the cameras’ network.", "body", "secondary")
            )
        self._again.setVisible(not cards)
        self.start_button.setEnabled(bool(cards))
        small = any(searching.may_ask_all(card) for card in cards)
        self._all.setEnabled(small)
        body = self._session.body
        clinical = body is not None and body.type == "nhs"
        (self._listen if clinical else self._all if small else self._some).setChecked(True)
        self._problem.setText("")
        self._problem.hide()
        self._who_before()

    def ask_for_name(self) -> QWidget:
        """Where the keyboard starts."""
        return self._who if self._cards else self._again

    def _who_before(self, *_: object) -> None:
        names = {self._session.allowed(card.network) for card, check in self._cards if check.isChecked()}
        known = [name for name in names if name]
        if known and not self._who.text():
            self._who.setText(clean(known[0]))
        before = f"{clean(known[0])} allowed a search of this network before. " if known else ""
        self._who_note.setText(f"{before}Kept with the search log, so that anyone can see who agreed.")

    def _go(self) -> None:
        chosen = tuple(card for card, check in self._cards if check.isChecked())
        who = self._who.text().strip()
        every = self._all.isChecked()
        wide = [card for card in chosen if not searching.may_ask_all(card)]
        if not chosen:
            self._complain("Choose where to look.", self._again)
        elif every and wide:
            sentence = f"{searching.span(wide[0])} is too wide to ask every address. Choose another way to look."
            self._complain(sentence, self._some)
        elif not who:
            self._complain("Type who allows this search. Only search a network you are allowed to.", self._who)
        else:
            self._problem.hide()
            self.start.emit(Wish(chosen, every, self._listen.isChecked(), self._pace.currentData(), who))

    def _complain(self, sentence: str, where: QWidget) -> None:
        self._problem.setText(sentence)
        self._problem.show()
        where.setFocus()

    def complain(self, sentence: str) -> None:
        """Says why a search could not start, beside the button."""
        self._complain(sentence, self.start_button)


def _note() -> Surface:
    strip = Surface("nav", shape="sunken")
    words = BEFORE_SEARCH + (f" {FIREWALL}" if sys.platform == "win32" else "")
    inside = row(Sign(icon="info", ink="secondary", size=18), Text(words), gap=12)
    inside.setStretch(1, 1)
    inside.setContentsMargins(20, 12, 20, 12)
    strip.setLayout(inside)
    return strip
