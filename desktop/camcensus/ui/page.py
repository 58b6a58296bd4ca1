"""What every page has: a title, a place for the keyboard to start, and a narrow form for small windows and large text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

NARROW_BELOW = 1100
"""Width of the window, at 100% text, under which a detail pane goes below its list."""
TIGHT_BELOW = (800, 540)
"""Width and height of the window, at 100% text, under which only one pane is shown at a time."""


class Page(Surface):
    """One page of the window. `name` is what the navigation calls it, `help_page` the file that F1 shows."""

    name = ""
    help_page = ""

    def __init__(self, session: Session) -> None:
        super().__init__("base")
        self.session = session

    def enter(self, wish: object = None) -> None:
        """The page comes into view; `wish` is what another page asked for."""

    def start_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self

    def panes(self) -> list[QWidget]:
        """Where F6 goes, in order."""
        return [self.start_focus()]

    def escape(self) -> bool:
        """What Esc does here; False where it does nothing."""
        return False

    @property
    def narrow(self) -> bool:
        """Whether there is too little width, for this text size, to put panes side by side."""
        return theme.at_100(self.window().width()) < NARROW_BELOW

    @property
    def tight(self) -> bool:
        """Whether there is also too little height, or width, for two panes at all: one at a time then."""
        window, percent = self.window(), theme.THEME.percent
        return window.height() * 100 / percent < TIGHT_BELOW[1] or window.width() * 100 / percent < TIGHT_BELOW[0]

    def set_narrow(self, narrow: bool) -> None:
        """Puts panes below each other, or side by side."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follows the window."""
        super().resizeEvent(event)
        self.set_narrow(self.narrow)

    def retheme(self) -> None:
        """Follows the text size."""
        self.set_narrow(self.narrow)


class PageHeading(QWidget):
    """Title with its centre at 40, subtitle with its centre at 70, and buttons at the right."""

    def __init__(self, title: str, *buttons: QWidget) -> None:
        super().__init__()
        self.title = Text(title, "title", wrap=False)
        self.note = Text("", "body", "secondary")
        self.right = row()
        for button in buttons:
            self.right.addWidget(button)
        top = row((self.title, 1), self.right, gap=16)
        column(top, self.note, gap=4, margins=(0, 24, 0, 0), of=self)


class EmptyState(QWidget):
    """Why there is nothing here: a drawing, a title, a sentence, one thing to do, and others."""

    def __init__(self, picture: QWidget, title: str, sentence: str, *actions: QWidget) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        self.title = Text(title, "title", align=centre)
        self.sentence = Text(sentence, "body", "secondary", align=centre)
        column(
            (None, 2),
            (picture, 0, centre),
            28,
            self.title,
            4,
            self.sentence,
            20,
            Flow(*actions, centred=True),
            (None, 3),
            margins=(24, 24, 24, 24),
            of=self,
        )
