"""Rows of a settings page: what it is, its state, and what can be done, in groups with a heading."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Fold
from camcensus.ui.kit.layout import column, fill, panel, row
from camcensus.ui.kit.parts import Hairline, Surface
from camcensus.ui.kit.widgets import Text

STACK_BELOW = 460
"""Width of a row, at 100% text, under which what can be done is below the words."""


class SettingRow(QWidget):
    """A title, its state, and controls at the right; below the words where there is no width."""

    def __init__(self, title: str, words: str, *controls: QWidget) -> None:
        super().__init__()
        self.title = Text(title, "body")
        self.words = Text(words, "caption", "secondary")
        self._said = column(self.title, self.words, gap=2)
        self._controls = QWidget()
        self._across = row(of=self._controls)
        for control in controls:
            self._across.addWidget(control)
        self._controls.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._both = row(
            (self._said, 1), (self._controls, 0, Qt.AlignmentFlag.AlignVCenter), gap=16, margins=(16, 10, 16, 10), of=self
        )
        self.words.setVisible(bool(words))
        self._controls.setVisible(bool(controls))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, words: str) -> None:
        """What is set now."""
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Follows the width and the text size."""
        below = theme.at_100(self.width()) < STACK_BELOW
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if self._both.direction() != way:
            self._both.setDirection(way)
            self._both.setSpacing(8 if below else 16)
            side = Qt.AlignmentFlag.AlignLeft if below else Qt.AlignmentFlag.AlignVCenter
            self._both.setAlignment(self._controls, side)

    def retheme(self) -> None:
        """Follows the text size."""
        self.arrange()


class SettingGroup(QWidget):
    """A heading, and a card of rows with lines between them; with `opened`, shown where that has its title, or when asked."""

    spoken_role = QAccessible.Role.Grouping

    def __init__(self, title: str, rows: Sequence[QWidget], note: str = "", opened: set[str] | None = None) -> None:
        super().__init__()
        self.setAccessibleName(title)
        card = Surface("base", shape="card")
        inside = column(margins=(1, 2, 1, 2), of=card)
        for at, each in enumerate(rows):
            fill(inside, *([Hairline("row_line")] if at else []), each)
        inner = panel(column(*((2, Text(note, "caption", "secondary")) if note else ()), 8, card))
        head: QWidget = Text(title, "heading")
        if opened is not None:
            head = fold = Fold(title)
            fold.setChecked(title in opened)
            inner.setVisible(title in opened)
            fold.toggled.connect(inner.setVisible)
            fold.toggled.connect(lambda on: (opened.add if on else opened.discard)(title))
        column(head, inner, of=self)
