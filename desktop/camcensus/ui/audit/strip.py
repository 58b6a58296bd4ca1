"""What is being done to a roll-up, or waits to be continued: words, a bar, and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from camcensus.ui.kit.bars import Progress
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.layout import row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text


class WorkStrip(Surface):
    """Stays while there is something to say. `pressed` is its button."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__("todo_fill", lines="t")
        self.words = Text("")
        self.bar = Progress("How far it is")
        self.bar.setFixedWidth(160)
        self.button = Button("Stop", then=self.pressed)
        row((self.words, 1, Qt.AlignmentFlag.AlignVCenter), self.bar, self.button, gap=12, margins=(32, 8, 24, 8), of=self)
        self.hide()

    def say(self, sentence: str, button: str = "", *, at: int = 0, of: int = 0) -> None:
        """Shows a sentence; a bar where `of` is known, a button where it has words; nothing for ""."""
        self.words.setText(sentence)
        self.bar.setVisible(bool(of))
        self.bar.set_part(at, of)
        self.button.setVisible(bool(button))
        if button and self.button.text() != button:
            self.button.setText(button)
            self.button.setEnabled(True)
            self.button.updateGeometry()
        self.setVisible(bool(sentence))
