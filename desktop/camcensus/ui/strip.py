"""What was just done with its Undo, at the foot of the navigation; and what stays true, across the top of a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal

from camcensus.ui.kit.buttons import Button, IconButton
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text


class UndoStrip(Surface):
    """ "12 cameras moved to Main block. [Undo]". Stays until the next change or until it is closed: nobody is hurried.

    It lies at the foot of the navigation, where nothing is pressed in a row: no control moves or is covered when it comes.
    """

    undo = Signal()

    def __init__(self) -> None:
        super().__init__("todo_fill", lines="t")
        self._words = Text("")
        self.button = Button("Undo", "quiet", "undo-2", then=self.undo)
        close = IconButton("x", "Close this message", then=self.hide)
        column(self._words, 2, row(self.button, None, close), margins=(20, 10, 12, 4), of=self)
        self.hide()

    def say(self, sentence: str, *, can_undo: bool) -> None:
        """Shows a sentence, with Undo where it can be taken back."""
        self._words.setText(sentence)
        self.button.setVisible(can_undo)
        self.show()


class LastingNotice(Surface):
    """Something that stays true while the window is open, such as that the record can only be read."""

    def __init__(self) -> None:
        super().__init__("todo_fill", lines="b")
        self._words = Text("")
        self.button = Button("", "quiet", then=lambda: self._do and self._do())
        self._do: Callable[[], object] | None = None
        sign = SignMark(icon="info", ink="todo_ink", size=16)
        row(sign, (self._words, 1, Qt.AlignmentFlag.AlignVCenter), self.button, gap=12, margins=(32, 8, 24, 8), of=self)
        self.hide()

    def say(self, sentence: str, act: str = "", do: Callable[[], object] | None = None) -> None:
        """Shows a sentence, or nothing for "", with a button for what can be done about it."""
        self._words.setText(sentence)
        self.button.setText(act)
        self.button.updateGeometry()
        self.button.setVisible(bool(act))
        self._do = do
        self.setVisible(bool(sentence))
