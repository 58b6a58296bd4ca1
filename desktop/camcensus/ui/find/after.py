"""After a search: what it came to, what to do next, what it cannot have seen, and what was asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camcensus.model.words import count
from camcensus.tasks.finding.afterwards import Afterwards
from camcensus.ui.kit.buttons import Button, Link
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.ledger import Ledger
from camcensus.ui.kit.ledger_model import Cell, Line
from camcensus.ui.kit.parts import Line as Rule
from camcensus.ui.kit.parts import Scroll, column, row
from camcensus.ui.kit.table import Column
from camcensus.ui.kit.widgets import Text

COLUMNS = (
    Column("what", "What was asked", "words", 236),
    Column("where", "Where", "words", 176),
    Column("sent", "Sent", "number", 76),
    Column("back", "Came back", "number", 100),
    Column("state", "State", "words", 0),
)


class WhatNext(QWidget):
    """The title of how it went, the buttons of what can be done, and the doctor's advice, each with its next step.

    `wanted` names what a person chose: "carry-on", "channels", "walk-round", "another", "import", "sign-in", "guess", "asked".
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways: dict[str, Button] = {
            name: Button(words)
            for name, words in (
                ("carry-on", "Carry on"),
                ("sign-in", "Sign in to read more…"),
                ("channels", ""),
                ("walk-round", "Print walk-round sheet"),
                ("another", "Try another network"),
                ("import", "Import a list…"),
                ("guess", "It was a guess"),
            )
        }
        for name, button in self._ways.items():
            button.clicked.connect(lambda _=False, name=name: self.wanted.emit(name))
        self._scroll = Scroll(QWidget(), "What next")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self._holder = QWidget(self)
        self._holder.hide()
        for button in self._ways.values():
            button.setParent(self._holder)

    def button(self, name: str) -> Button:
        """One of the buttons, by what it wants."""
        return self._ways[name]

    def add_way(self, name: str, words: str) -> None:
        """One more thing that can be done after a search, offered from now on."""
        button = Button(words, parent=self._holder)
        button.clicked.connect(lambda: self.wanted.emit(name))
        self._ways[name] = button

    def show_outcome(self, outcome: Afterwards, *, expected: int | None, can_sign_in: bool, channels: int = 0) -> None:
        """Shows how a search ended. `channels` are those that recorders report and that have no row."""
        for button in self._ways.values():
            button.setParent(self._holder)
        self._ways["guess"].setText(f"{expected:,} was a guess" if expected else "")
        self._ways["channels"].setText(f"Add {count(channels, 'channel')}")
        fewer = outcome.state == "fewer"
        offered = {
            "carry-on": outcome.state == "lost",
            "sign-in": can_sign_in,
            "channels": channels > 0,
            "walk-round": outcome.state in ("fewer", "recorder-only", "found"),
            "guess": fewer and expected is not None,
        }
        content = QWidget()
        page = QVBoxLayout(content)
        page.setContentsMargins(20, 16, 16, 20)
        page.setSpacing(0)
        page.addWidget(Text(outcome.title, "heading"))
        if outcome.say:
            page.addSpacing(2)
            page.addWidget(Text(outcome.say, "body", "secondary"))
        page.addSpacing(12)
        buttons = [button for name, button in self._ways.items() if offered.get(name, True)]
        page.addLayout(Flow(*buttons))
        for button in buttons:
            button.show()
        if outcome.blocked:
            page.addSpacing(16)
            page.addWidget(Text(outcome.blocked, "strong"))
            details = Link("Details for IT")
            details.clicked.connect(lambda: self.wanted.emit("asked"))
            page.addLayout(row(details, None))
        if outcome.advice:
            page.addSpacing(18)
            page.addWidget(Rule())
            page.addSpacing(14)
            page.addWidget(Text("Why cameras may be missing, and what to do", "strong"))
        for one in outcome.advice:
            page.addSpacing(10)
            page.addWidget(Text(one.say))
            page.addWidget(Text(one.next, "body", "secondary"))
        if outcome.not_covered:
            page.addSpacing(18)
            page.addWidget(Rule())
            page.addSpacing(14)
            page.addWidget(Text("Not covered by this search", "strong"))
        for phrase in outcome.not_covered:
            page.addSpacing(6)
            page.addWidget(Text(f"{phrase}.".replace("..", "."), "body", "secondary"))
        page.addStretch(1)
        self._scroll.change(content)


class WhatWasAsked(QWidget):
    """The coverage table: what was asked, where, how much was sent and came back, and why something was not done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ledger = Ledger(COLUMNS, "What was asked")
        body = QWidget()
        inside = column(self.ledger, None)
        inside.setContentsMargins(1, 2, 1, 12)
        body.setLayout(inside)
        self._scroll = Scroll(body, "What was asked")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    def show_outcome(self, outcome: Afterwards) -> None:
        """Shows what was asked."""
        self.ledger.set_lines(
            [
                Line(
                    f"{at}",
                    (Cell(one.what), Cell(one.where), Cell(f"{one.sent:,}"), Cell(f"{one.back:,}"), Cell(one.state, one.why)),
                )
                for at, one in enumerate(outcome.asked)
            ]
        )
