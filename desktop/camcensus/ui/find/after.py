"""After a search: what it came to, what to do next, what it cannot have seen, and what was asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.words import count
from camcensus.tasks.finding.afterwards import Afterwards
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, fill, panel, row
from camcensus.ui.kit.ledger import Ledger
from camcensus.ui.kit.ledger_model import Cell, LedgerLine
from camcensus.ui.kit.parts import Hairline as Rule
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text

COLUMNS = (
    ViewColumn("what", "What was asked", "words", 236),
    ViewColumn("where", "Where", "words", 176),
    ViewColumn("sent", "Sent", "number", 76),
    ViewColumn("back", "Came back", "number", 100),
    ViewColumn("state", "State", "words", 0),
)


class WhatNext(QWidget):
    """The title of how it went, the buttons of what can be done, and the doctor's advice, each with its next step.

    `wanted` names what a person chose: "carry-on", "channels", "walk-round", "another", "import", "sign-in", "guess", "asked".
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
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
        column(self._scroll, of=self)
        self._holder = QWidget(self)
        self._holder.hide()
        for button in self._ways.values():
            button.setParent(self._holder)

    def button(self, name: str) -> Button:
        """One of the buttons, by what it wants."""
        return self._ways[name]

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
            "walk-round": outcome.state in ("fewer", "recorder-only", "found", "enough"),
            "guess": fewer and expected is not None,
        }
        content = QWidget()
        page = column(Text(outcome.title, "heading"), margins=(20, 16, 16, 20), of=content)
        if outcome.say:
            fill(page, 2, Text(outcome.say, "body", "secondary"))
        buttons = [button for name, button in self._ways.items() if offered.get(name, True)]
        fill(page, 12, Flow(*buttons))
        for button in buttons:
            button.show()
        if outcome.blocked:
            details = LinkButton("Details for IT", then=lambda: self.wanted.emit("asked"))
            fill(page, 16, Text(outcome.blocked, "strong"), row(details, None))
        if outcome.advice:
            fill(page, 18, Rule(), 14, Text("Why cameras may be missing, and what to do", "strong"))
        for one in outcome.advice:
            fill(page, 10, Text(one.say), Text(one.next, "body", "secondary"))
        if outcome.not_covered:
            fill(page, 18, Rule(), 14, Text("Not covered by this search", "strong"))
        for phrase in outcome.not_covered:
            fill(page, 6, Text(f"{phrase}.".replace("..", "."), "body", "secondary"))
        page.addStretch(1)
        self._scroll.change(content)


class WhatWasAsked(QWidget):
    """The coverage table: what was asked, where, how much was sent and came back, and why something was not done."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger(COLUMNS, "What was asked")
        body = panel(column(self.ledger, None, margins=(1, 2, 1, 12)))
        self._scroll = Scroll(body, "What was asked")
        column(self._scroll, of=self)

    def show_outcome(self, outcome: Afterwards) -> None:
        """Shows what was asked."""
        self.ledger.set_lines(
            [
                LedgerLine(
                    f"{at}",
                    (Cell(one.what), Cell(one.where), Cell(f"{one.sent:,}"), Cell(f"{one.back:,}"), Cell(one.state, one.why)),
                )
                for at, one in enumerate(outcome.asked)
            ]
        )
