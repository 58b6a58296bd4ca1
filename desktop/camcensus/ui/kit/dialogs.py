"""Small windows that ask one thing. All text in them is plain; Esc closes them, and asks first where much was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget

from camcensus.model.defects import report_of
from camcensus.model.errors import DiskError
from camcensus.store.files import write_whole
from camcensus.ui.kit import file_dialogs, theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Field, Lines
from camcensus.ui.kit.focus import FocusRing, ReadByTab
from camcensus.ui.kit.layout import column, fill, panel, row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.room import Room
from camcensus.ui.kit.widgets import Text

LEAST_WIDTH = 360
NO_LIMIT = 10_000


class Dialog(ReadByTab, QDialog):
    """Title, body, and a row of buttons: what is cancelled left of what is done. `body` is where to put widgets.

    It is as high as its words need, and never larger than its window: what is in it scrolls then, the buttons do not. With
    `leaves` it takes all of its window but so many pixels of width and height.
    """

    saves_drafts = False
    """Whether what was typed is there again when it is opened next."""
    leaves: tuple[int, int] | None = None
    widest, highest = 1200, NO_LIMIT
    """Of one that takes most of its window, in pixels at 100% text."""

    def __init__(
        self, parent: QWidget | None, title: str, *, width: int = 480, lead: str = "", has_heading: bool = True
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self._width = width
        self._columns = column(of=self)
        self.body = column(margins=(28, 24, 28, 24) if has_heading else (28, 16, 28, 8))
        if has_heading:
            fill(self.body, Text(title, "heading"), *((4, Text(lead, "body", "secondary")) if lead else ()), 16)
        foot = Surface("pane", lines="t")
        self.buttons = row(None, margins=(28, 12, 28, 12), of=foot)
        self._foot = foot
        self._scrolled = Room(panel(self.body))
        fill(self._columns, (self._scrolled, 1), foot)
        self._ring = FocusRing(self)

    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("base"))

    def sizeHint(self) -> QSize:
        over = self.parentWidget()
        if self.leaves is not None:
            return most_of_window(over, self.leaves, self.widest, self.highest)
        width = theme.px(self._width * 0.8 if theme.THEME.large else self._width)
        if over is not None:
            width = min(width, max(LEAST_WIDTH, over.window().width() - 32))
        inside = self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else self.body.totalSizeHint().height()
        if self._scrolled.width() == width:
            inside = max(inside, self._scrolled.need)
        room = over.window().size() if over is not None else self.screen().availableSize()
        return QSize(width, inside + self._foot.sizeHint().height()).boundedTo(room)

    def event(self, event: QEvent) -> bool:
        """Grows where a sentence came in that was not there before: fields are never squeezed."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and self.sizeHint().height() > self.height():
            self.fit_height()
        return done

    def fit_height(self) -> None:
        """Follows what is shown or hidden in it. A button under the pointer stays there: the dialog grows upwards then."""
        if not self.isVisible():
            return
        more = self.sizeHint().height() - self.height()
        now = QRect(self.pos(), self.size())
        now.setHeight(now.height() + more)
        if self._foot.underMouse():
            now.moveTop(max(now.top() - more, self.screen().availableGeometry().top()))
        self.resize(now.size())
        if now.topLeft() != self.pos():
            self.move(now.topLeft())

    def offer(self, cancel: str, do: str) -> Button:
        """The two buttons at the foot; returns the one that does it, already connected to accept."""
        self.cancel_button, go = Button(cancel, then=self.reject), Button(do, "primary", then=self.accept)
        go.setDefault(True)
        fill(self.buttons, self.cancel_button, go)
        return go

    def offer_close(self, *others: Button) -> None:
        """Buttons at the foot that do something else, then the one that closes it."""
        close = Button("Close", "primary", then=self.accept)
        close.setDefault(True)
        fill(self.buttons, *others, close)

    def show_over(self) -> Self:
        """Opens it over its parent without stopping the program. Gives itself."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.sizeHint())
        self.open()
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels; more than one text that somebody typed is not lost to one key."""
        if event.key() == Qt.Key.Key_Escape and not self.saves_drafts and self._texts_typed() > 1:
            ask(self, "Close and lose what you typed?", "It is not saved yet.", "Close", self.reject)
        else:
            super().keyPressEvent(event)

    def _texts_typed(self) -> int:
        lines = sum(one.isModified() and bool(one.text()) for one in self.findChildren(Field) if one.isVisible())
        return lines + sum(one.document().isModified() for one in self.findChildren(Lines) if one.isVisible())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is cancelling."""
        super().closeEvent(event)


def most_of_window(over: QWidget | None, leaves: tuple[int, int], widest: int, highest: int = NO_LIMIT) -> QSize:
    """The size of its window but `leaves`, in pixels, and no more than `widest` and `highest`, in pixels at 100% text."""
    room = over.window().size() if over is not None else QSize(1180, 720)
    return QSize(min(room.width() - leaves[0], theme.px(widest)), min(room.height() - leaves[1], theme.px(highest)))


def tell(parent: QWidget | None, title: str, sentence: str) -> Dialog:
    """Says one thing that went wrong and what to do."""
    dialog = Dialog(parent, title)
    dialog.body.addWidget(Text(sentence))
    dialog.offer_close()
    dialog.show_over()
    return dialog


def ask(parent: QWidget | None, title: str, sentence: str, do: str, then: Callable[[], None]) -> Dialog:
    """Asks before something that cannot be undone; the button says what it does."""
    dialog = Dialog(parent, title)
    dialog.body.addWidget(Text(sentence))
    dialog.offer("Cancel", do)
    dialog.accepted.connect(then)
    dialog.show_over()
    return dialog


def choose(parent: QWidget | None, title: str, sentence: str, *answers: tuple[str, Callable[[], object]]) -> Dialog:
    """Asks one question; the last answer is the usual one."""
    dialog = Dialog(parent, title)
    dialog.body.addWidget(Text(sentence))
    dialog.buttons.addWidget(Button("Cancel", then=dialog.reject))
    for at, (words, do) in enumerate(answers, 1):
        usual = at == len(answers)
        button = Button(words, "primary" if usual else "secondary", then=dialog.accept)
        button.setDefault(usual)
        button.clicked.connect(lambda _=False, do=do: do())
        dialog.buttons.addWidget(button)
    dialog.show_over()
    return dialog


def tell_defect(parent: QWidget | None, error: BaseException) -> Dialog:
    """Says that the program itself is wrong, and offers the report to save. Nothing is sent anywhere."""
    return show_text(
        parent,
        "Something went wrong inside Camcensus",
        "This is a defect in the program, not something you did. Your saved work is safe. The report says where the program "
        "failed, and nothing of your record. Save it and send it to whoever looks after Camcensus for you; it stays on this "
        "computer until you do.",
        report_of(error)[-20_000:],
        "camcensus-report.txt",
    )


def show_text(parent: QWidget | None, title: str, lead: str, text: str, file: str = "", *, typed: bool = False) -> Dialog:
    """A text to read; with a name for its `file` to copy or save, and `typed` to be completed first."""
    dialog = Dialog(parent, title, width=640, lead=lead)
    lines = Lines(title, text, read_only=not typed, framed=True)
    lines.setMinimumHeight(theme.unless_large(240, 260))
    dialog.body.addWidget(lines, 1)
    copy = Button("Copy", icon="copy", then=lambda: QGuiApplication.clipboard().setText(lines.toPlainText()))
    save = Button("Save…", icon="download", then=lambda: _save(dialog, file, lines.toPlainText()))
    dialog.offer_close(*((copy, save) if file else ()))
    dialog.show_over()
    return dialog


def _save(parent: QWidget, file: str, text: str) -> None:
    def save(path: Path) -> None:
        try:
            write_whole(path, text.encode("utf-8", "replace"))
        except DiskError as error:
            tell(parent, "It was not saved", str(error))

    file_dialogs.save_file(parent, "Save", file, "Text (*.txt)", save)
