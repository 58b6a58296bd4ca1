"""What was just done with its Undo, at the foot of the navigation; and what stays true, across the top of a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent

from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, IconButton
from camcensus.ui.kit.layout import ANY_SIZE, column, row
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text, tip_where_cut

SIDES = 32
"""Pixels beside the words."""


class UndoStrip(Surface):
    """ "12 cameras moved to Main block. [Undo]". Stays until the next change or until it is closed: nobody is hurried.

    It lies in the navigation, at its foot, or in place of its head where the pages need the foot (`Navigation.hold`): no
    control moves or is covered when it comes. Where it has less height than its words need, they are cut; a tip and
    History say all.
    """

    undo = Signal()
    changed = Signal()
    """There is a sentence to lay out, or none any more."""

    def __init__(self) -> None:
        super().__init__("todo_fill", lines="t")
        self._words = Text("")
        self.button = Button("Undo", "quiet", "undo-2", then=self.undo)
        close = IconButton("x", "Close this message", then=self.hide)
        self._whole = ""
        self._inside = column(self._words, 2, row(self.button, None, close), margins=(20, 8, 12, 2), of=self)
        self.hide()

    def say(self, sentence: str, *, can_undo: bool) -> None:
        """Shows a sentence, with Undo where it can be taken back."""
        self._whole = sentence
        self._words.setText(sentence)
        self.button.setVisible(can_undo)
        self.show()
        self.changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.changed.emit()

    @property
    def least_height(self) -> int:
        """With one line of words."""
        return self._around() + theme.pitch("body")

    def high_for(self, width: int) -> int:
        """The height at which all of its words are shown, as they are now."""
        self.setMinimumHeight(0)
        self.setMaximumHeight(ANY_SIZE)
        self._cut(len(self._whole.split()))
        return self._around() + self._words.heightForWidth(width - SIDES)

    def fit_into(self, width: int, height: int) -> None:
        """Is so high, with as many of its words as have room."""
        room = max(theme.pitch("body"), height - self._around())
        for many in range(len(self._whole.split()), 0, -1):
            self._cut(many)
            if self._words.heightForWidth(width - SIDES) <= room:
                break
        self.setFixedHeight(height)

    def _around(self) -> int:
        self._inside.invalidate()
        return self._inside.minimumSize().height() - self._words.sizeHint().height()

    def _cut(self, many: int) -> None:
        words = self._whole.split()
        shown = self._whole if many >= len(words) else " ".join(words[:many]) + "…"
        self._words.setText(shown)
        tip_where_cut(self._words, self._whole, shown)


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
