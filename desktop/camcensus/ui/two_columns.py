"""A page of a list and of what is chosen in it: side by side, or by turns where the window has no room for both."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.layout import ANY_SIZE
from camcensus.ui.kit.parts import Surface
from camcensus.ui.page import Page
from camcensus.ui.session import Session


class TwoColumns(Page):
    """Needs `take_turns` while it is built; then Enter in the list leads on, and the button leads back."""

    one_below = 920
    """Width of the window, at 100% text, under which the two take turns."""
    back_words = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.back_button = Button(self.back_words, "quiet", "chevron-left", then=self.to_list)
        self.back_button.hide()
        self._reading = False

    def take_turns(self, left: Surface, view: QAbstractItemView, right: QWidget, width: int, *, slimmer: int = 0) -> None:
        """The column with its list, and what is shown of the chosen one. Pixels at 100% text; `slimmer` in a narrow window."""
        self._left, self._view, self._right = left, view, right
        self._widths = width, width - slimmer
        view.clicked.connect(lambda _: self.read())
        view.activated.connect(lambda _: self.read())

    def first_to_read(self) -> QWidget:
        """Where the keyboard goes when the right takes its turn."""
        raise NotImplementedError

    def set_narrow(self, narrow: bool) -> None:
        percent = theme.THEME.percent
        one = theme.at_100(self.window().width()) < self.one_below
        self._left.setHidden(one and self._reading)
        self._right.setHidden(one and not self._reading)
        self._left.set_lines("" if one else "r")
        self.back_button.setVisible(one)
        if one:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(ANY_SIZE)
        else:
            self._left.setFixedWidth(round(self._widths[narrow] * (1 + (percent - 100) / 150)))

    def read(self) -> None:
        """On to what is chosen."""
        was = self._reading
        self._reading = True
        self.set_narrow(self.narrow)
        if self._left.isHidden() and not was:
            self.first_to_read().setFocus(Qt.FocusReason.OtherFocusReason)

    def to_list(self) -> None:
        """Back to the list."""
        self._reading = False
        self.set_narrow(self.narrow)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
