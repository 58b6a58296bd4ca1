"""What was just done with its Undo, at the foot of the navigation; and what stays true, across the top of a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from camcensus.ui.kit.buttons import Button, IconButton
from camcensus.ui.kit.marks import Sign
from camcensus.ui.kit.parts import Surface, column, row
from camcensus.ui.kit.widgets import Text


class UndoStrip(Surface):
    """ "12 cameras moved to Main block. [Undo]". Stays until the next change or until it is closed: nobody is hurried.

    It lies at the foot of the navigation, where nothing is pressed in a row: no control moves or is covered when it comes.
    """

    undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("todo_fill", lines="t", parent=parent)
        self._words = Text("")
        self.button = Button("Undo", "quiet", "undo-2")
        self.button.clicked.connect(self.undo)
        close = IconButton("x", "Close this message")
        close.clicked.connect(self.hide)
        layout = column(self._words, 2, row(self.button, None, close))
        layout.setContentsMargins(20, 10, 12, 4)
        self.setLayout(layout)
        self.hide()

    def say(self, sentence: str, *, can_undo: bool) -> None:
        """Shows a sentence, with Undo where it can be taken back."""
        self._words.setText(sentence)
        self.button.setVisible(can_undo)
        self.show()


class Notice(Surface):
    """Something that stays true while the window is open, such as that the record can only be read."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__("todo_fill", lines="b", parent=parent)
        self._words = Text("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(32, 8, 24, 8)
        layout.setSpacing(12)
        layout.addWidget(Sign(icon=icon, ink="todo_ink", size=16))
        layout.addWidget(self._words, 1)
        self.button = Button("", "quiet")
        self._do: Callable[[], object] | None = None
        self.button.clicked.connect(lambda _=False: self._do and self._do())
        layout.addWidget(self.button)
        self.hide()

    def say(self, sentence: str, act: str = "", do: Callable[[], object] | None = None) -> None:
        """Shows a sentence, or nothing for "", with a button for what can be done about it."""
        self._words.setText(sentence)
        self.button.setText(act)
        self.button.updateGeometry()
        self.button.setVisible(bool(act))
        self._do = do
        self.setVisible(bool(sentence))
