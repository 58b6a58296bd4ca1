"""What every page has: a title, a place for the keyboard to start, and a narrow form for small windows and large text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QScrollArea, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import ANY_SIZE, column, panel, row, turn
from camcensus.ui.kit.marks import BoxedIcon
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

NARROW_BELOW = 1100
"""Width of the window, at 100% text, under which a detail pane goes below its list."""
TIGHT_BELOW = (800, 560)
"""Width and height of the window, at 100% text, under which only one pane is shown at a time."""


def is_tight(part: QWidget) -> bool:
    """Whether the window that a part is in has room for one pane only, at this text size."""
    window = part.window()
    return theme.at_100(window.width()) < TIGHT_BELOW[0] or theme.at_100(window.height()) < TIGHT_BELOW[1]


class Page(Surface):
    """One page of the window. `name` is what the navigation calls it, `help_page` the file that F1 shows."""

    name = ""
    help_page = ""
    behind = True

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

    def search_box(self) -> QLineEdit | None:
        """The field that Ctrl+F goes to; None is the register's."""
        return None

    def save(self) -> None:
        """What Ctrl+S does here."""

    def print_out(self) -> object:
        """What Ctrl+P does here."""

    def save_and_next(self) -> None:
        """What Ctrl+Enter does here."""

    def set_location(self) -> None:
        """What Ctrl+L does here."""

    def record_decision(self) -> None:
        """What Ctrl+D does here."""

    def leave_out(self) -> None:
        """What Del does here."""

    def follow(self, *_: object) -> None:
        """Something changed: shown at once where the page is in view, else when it comes into view (`catch_up`)."""
        self.behind = True
        if self.isVisible():
            self.catch_up()

    def catch_up(self) -> None:
        """Shows what changed since the page was shown last."""
        if self.behind:
            self.behind = False
            self.refresh()

    def refresh(self) -> None:
        """Shows everything as it is now."""

    @property
    def narrow(self) -> bool:
        """Whether there is too little width, for this text size, to put panes side by side."""
        return theme.at_100(self.window().width()) < NARROW_BELOW

    @property
    def tight(self) -> bool:
        """Whether there is also too little height, or width, for two panes at all: one at a time then."""
        return is_tight(self)

    def set_narrow(self, narrow: bool) -> None:
        """Puts panes below each other, or side by side."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follows the window."""
        super().resizeEvent(event)
        self.set_narrow(self.narrow)

    def end(self) -> None:
        """Removes the files that it made for itself; for the end of the program."""

    def retheme(self) -> None:
        """Follows the text size."""
        self.set_narrow(self.narrow)


def pane_width(width: int) -> int:
    """How wide details beside a list are, which are so wide at 100% text."""
    return theme.px(width) if theme.THEME.percent < 130 else round(width * 1.3)


def fit_pane(page: Page, both: QBoxLayout, pane: Surface, width: int, low: int, high: int, *, narrow: bool) -> None:
    """Details beside their list; below it, between two heights, in a narrow window; in its place in a tight one."""
    turn(both, down=narrow)
    pane.set_edge("t" if narrow else "l")
    wide = pane_width(width)
    if page.tight:
        wide, low, high = 0, 0, ANY_SIZE
    elif narrow:
        wide = 0
    else:
        low, high = 0, ANY_SIZE
    pane.setMinimumSize(wide, low)
    pane.setMaximumSize(wide or ANY_SIZE, high)


class PageHeading(QWidget):
    """Title with its centre at 40, subtitle with its centre at 70, and buttons at the right; below a title that is long.

    `pill` is what the title is marked with, `above` the pixels over the title.
    """

    def __init__(self, title: str, *buttons: QWidget, pill: QWidget | None = None, above: int = 24) -> None:
        super().__init__()
        self.title = Text(title, "title")
        self.note = Text("", "body", "secondary")
        self._titles = Flow(self.title, *([pill] if pill else []), gap=14)
        self._buttons = Flow(*buttons)
        self._top = row((self._titles, 1), self._buttons, gap=16)
        column(self._top, self.note, gap=4, margins=(0, above, 0, 0), of=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Follows its words and its buttons."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def offer(self, *buttons: QWidget) -> None:
        """Other buttons than before."""
        while (item := self._buttons.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for button in buttons:
            self._buttons.addWidget(button)
        self.fit()

    def room_for(self, *buttons: QWidget) -> int:
        """The width at which the title and these buttons are side by side."""
        wide = [button.sizeHint().width() + self._buttons.gap for button in buttons]
        return self._titles.sizeHint().width() + self._top.spacing() + sum(wide)

    def fit(self) -> None:
        """Side by side where both have room in one line."""
        beside = self._titles.sizeHint().width() + self._top.spacing() + self._buttons.sizeHint().width() <= self.width()
        turn(self._top, down=not beside and bool(self._buttons.sizeHint().width()))


class EmptyState(QWidget):
    """Why there is nothing here: an icon where it has room, a title, a sentence, one thing to do, and others."""

    def __init__(self, icon: str, title: str, sentence: str, *actions: QWidget) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        self._picture = picture = BoxedIcon(icon)
        self._under = QWidget()
        self._under.setFixedHeight(28)
        self.title = Text(title, "title", align=centre)
        self.sentence = Text(sentence, "body", "secondary", align=centre)
        self._do = panel(column(Flow(*actions, centred=True), margins=(0, 16, 0, 12)))
        self._parts = column(
            (None, 2),
            (picture, 0, centre),
            self._under,
            self.title,
            4,
            self.sentence,
            self._do,
            (None, 3),
            margins=(24, 8, 24, 4),
            of=self,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The icon makes room: the words say the same. Where both do not fit, what can be done comes before why."""
        super().resizeEvent(event)
        drawn = self._picture.height() + self._under.height()
        needed = self._parts.heightForWidth(self.width()) - (0 if self._picture.isHidden() else drawn)
        room = self._seen_height()
        for part in (self._picture, self._under):
            part.setVisible(needed + drawn <= room)
        first, second = (self.sentence, self._do) if needed <= room else (self._do, self.sentence)
        if self._parts.indexOf(first) > self._parts.indexOf(second):
            self._parts.insertWidget(self._parts.indexOf(second), first)

    def _seen_height(self) -> int:
        """Its height less what has to be scrolled to: what it lies in may have made it as high as it needs."""
        over = self.parentWidget()
        while over is not None and not isinstance(over, QScrollArea):
            over = over.parentWidget()
        inside = over.widget() if over is not None else None
        if over is None or inside is None:
            return self.height()
        return self.height() - max(0, inside.height() - over.viewport().height())
