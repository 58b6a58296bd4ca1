"""Which questions a request asks: ticked side by side, where all of them are seen at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.model.foi import QUESTIONS
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.controls import Check
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine
from camcensus.ui.kit.layout import fill, grid, row

TITLE = "Which questions does the request ask?"


class QuestionsDialog(Dialog):
    """`then` is given the keys of what is ticked, in the order of the pack: at least one."""

    def __init__(self, asked: Iterable[str], then: Callable[[tuple[str, ...]], object], parent: QWidget | None) -> None:
        super().__init__(parent, TITLE, width=1000)
        self._then = then
        self.checks = {key: Check(words) for key, words in QUESTIONS.items()}
        for key in asked:
            self.checks[key].setChecked(True)
        self.all_button = LinkButton("All", "caption", then=lambda: self._tick_all(on=True))
        self.none_button = LinkButton("None", "caption", then=lambda: self._tick_all(on=False))
        self.all_button.setAccessibleName("All questions")
        self.none_button.setAccessibleName("None of the questions")
        every = list(self.checks.values())
        pairs = [every[at : at + 2] for at in range(0, len(every), 2)]
        self._wrong = MissingLine()
        fill(
            self.body,
            row(self.all_button, self.none_button, None, gap=16),
            8,
            grid(*pairs, gap=(24, 8), shares=(1, 1)),
            self._wrong,
        )
        for check in every:
            policy = check.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)  # a cell of a grid is not left to its middle
            check.setSizePolicy(policy)
            check.toggled.connect(lambda _: self._wrong.say(""))
        self.offer("Cancel", "Answer these")

    @property
    def ticked(self) -> tuple[str, ...]:
        """The keys of the questions that are ticked."""
        return tuple(key for key, check in self.checks.items() if check.isChecked())

    def accept(self) -> None:
        if not self._wrong.say("" if self.ticked else "Tick at least one question."):
            self._then(self.ticked)
            super().accept()

    def _tick_all(self, *, on: bool) -> None:
        for check in self.checks.values():
            check.setChecked(on)
