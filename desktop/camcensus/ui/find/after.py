"""After a search: what it came to, what else can be done, and what it cannot have seen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.words import count
from camcensus.tasks.finding.afterwards import Afterwards
from camcensus.ui.kit.buttons import MenuButton
from camcensus.ui.kit.layout import column, fill, row
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.parts import Hairline as Rule
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text


class WhatNext(QWidget):
    """The title of how it went, a menu of what else can be done, and the doctor's advice, each with its next step.

    `wanted` names what a person chose: "channels", "walk-round", "another", "import", "sign-in".
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._menu = Menu(parent=self)
        self.ways = {
            name: self._menu.addAction(words)
            for name, words in (
                ("sign-in", "Sign in to read more…"),
                ("channels", ""),
                ("walk-round", "Print walk-round sheet"),
                ("another", "Try another network"),
                ("import", "Import a list…"),
            )
        }
        for name, action in self.ways.items():
            action.triggered.connect(lambda _=False, name=name: self.wanted.emit(name))
        self._scroll = Scroll(QWidget(), "What next")
        column(self._scroll, of=self)

    def show_outcome(self, outcome: Afterwards, *, can_sign_in: bool, channels: int = 0) -> None:
        """Shows how a search ended. `channels` are those that recorders report and that have no row."""
        self.ways["channels"].setText(f"Add {count(channels, 'channel')}")
        offered = {
            "sign-in": can_sign_in,
            "channels": channels > 0,
            "walk-round": outcome.state in ("fewer", "recorder-only", "found", "enough"),
        }
        for name, action in self.ways.items():
            action.setVisible(offered.get(name, True))
        content = QWidget()
        page = column(Text(outcome.title, "heading"), margins=(20, 16, 16, 20), of=content)
        if outcome.say:
            fill(page, 2, Text(outcome.say, "body", "secondary"))
        fill(page, 12, row(MenuButton("More to do", self._menu), None))
        if outcome.blocked:
            fill(page, 16, Text(outcome.blocked, "strong"))
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
