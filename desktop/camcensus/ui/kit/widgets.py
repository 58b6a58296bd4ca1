"""The only module that touches the Qt classes that guess HTML. Everything here shows its text as plain text.

A name of 301 bytes once kept a label busy for 41 seconds, and a file name in an `<img>` was read from the disk: so `Text`
forces plain text, paints it itself, and shows hidden characters as escapes.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from heapq import nlargest
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from camcensus.model.words import clean, typeset
from camcensus.ui.kit import theme

PARAGRAPH_CHARACTERS = 4_000
"""Longest paragraph shown: our own longest sentence on record is under 1,000; a device may send 96 KiB."""
TOOLTIP_CHARACTERS = 400
MOST_WORD = 120
"""Pixels at 100% text up to which a word keeps its text from being narrower; a longer one, such as a path, is parted."""
LONGEST_OF = 100
"""Words among which the longest is looked for."""
ITEM = "–  "
"""What a line of a list begins with: where it is too long, it goes on under its words."""
WIDTHS_KEPT = 16
"""Widths for which a text remembers how many lines it takes."""


LOOKED_AGAIN_MS = 15
"""How soon a mouse button that is pressed is looked at again."""

_BREAK = "\u2028"


class Text(QLabel):
    """Plain text at a fixed line pitch, wrapped, or on one line with "…" where it does not fit. Never HTML.

    Straight apostrophes are shown curly, wherever the sentence was written; `exact` is for what a device answered.
    """

    def __init__(
        self,
        text: str = "",
        role: theme.Role = "body",
        ink: str = "text",
        *,
        wrap: bool = True,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        width: int | None = None,
        exact: bool = False,
    ) -> None:
        super().__init__()
        self._exact = exact
        self._role: theme.Role = role
        self._ink = ink
        self._wrap = wrap
        self._align = align
        self._measure = width
        self._lines_at: tuple[object, ...] = ()
        self._counts: dict[int, int] = {}
        self._counted_for: tuple[object, ...] = ()
        self._longest: tuple[tuple[object, ...], int] = ((), 0)
        self._layout = QTextLayout()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Shows `text`; line breaks of ours stay, everything hidden becomes an escape."""
        shown = "\n".join(clean(line, PARAGRAPH_CHARACTERS) for line in text[: 8 * PARAGRAPH_CHARACTERS].split("\n"))
        shown = shown if self._exact else typeset(shown)
        if shown != self.text():
            super().setText(shown)
            self.setAccessibleName(shown)
            self._lines_at = ()
            self.updateGeometry()
            self.update()

    def set_ink(self, ink: str) -> None:
        """Draws in another colour token."""
        if ink != self._ink:
            self._ink = ink
            self.update()

    def retheme(self) -> None:
        """Takes up a new text size."""
        self._lines_at = ()

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        if not self._wrap:
            return theme.pitch(self._role)
        now = (self.text(), theme.THEME.percent, theme.THEME.family)
        if now != self._counted_for:
            self._counted_for = now
            self._counts.clear()
        if width not in self._counts:
            if len(self._counts) > WIDTHS_KEPT:
                self._counts.clear()
            self._counts[width] = self._lay_out(width)
        return self._counts[width] * theme.pitch(self._role)

    def sizeHint(self) -> QSize:
        natural = max((self._natural(line) for line in self.text().split("\n")), default=0)
        if not self._wrap:
            return QSize(natural, theme.pitch(self._role))
        width = min(natural, self._measure or theme.px(560))
        return QSize(width, self.heightForWidth(max(1, width)))

    def minimumSizeHint(self) -> QSize:
        """As wide as the longest word, within reason, where it wraps: no word is parted for want of room."""
        words = self.text().split() if self._wrap else ()
        if words and self._longest[0] != (now := (self.text(), theme.THEME.percent, theme.THEME.family)):
            self._longest = (
                now,
                int(max(theme.width_of(word, self._role) for word in nlargest(3, words[:LONGEST_OF], key=len))) + 2,
            )
        wide = max(theme.px(48), min(self._longest[1] if words else 0, theme.px(MOST_WORD)))
        return QSize(min(self._natural(self.text()[: 16 * LONGEST_OF]), wide), theme.pitch(self._role))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = theme.colour(self._ink if self.isEnabled() else "placeholder")
        painter.setPen(colour)
        if self._wrap:
            self._lay_out(self.width())
            self._layout.draw(painter, QPointF(0, 0))
        else:
            painter.setFont(theme.font(self._role))
            metrics = QFontMetricsF(painter.font())
            whole = self.text().replace("\n", " ")
            text = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, self.width())
            tip_where_cut(self, whole, text)
            height = theme.pitch(self._role)
            top = (self.height() - height) / 2
            flags = int(self._align) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
            painter.drawText(QRectF(0, top, self.width(), height), flags, text)

    def draw_lines(self, painter: QPainter, left: float, top: float, width: int) -> None:
        """Draws the wrapped text at a place, for widgets that draw more than it."""
        self._lay_out(width)
        self._layout.draw(painter, QPointF(left, top))

    def _natural(self, text: str) -> int:
        return int(theme.width_of(text, self._role)) + 2

    def _lay_out(self, width: int) -> int:
        """Number of lines at `width`; lays them out only when text, font or width are new."""
        wanted = (self.text(), theme.THEME.percent, theme.THEME.family, width)
        if wanted != self._lines_at:
            self._lines_at = wanted
            option = QTextOption(self._align)
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout = QTextLayout(self.text().replace("\n", _BREAK), theme.font(self._role))
            layout.setTextOption(option)
            layout.beginLayout()
            pitch, count, hang, said = theme.pitch(self._role), 0, 0.0, _units(layout.text())
            while (line := layout.createLine()).isValid():
                start = line.textStart() * _UNIT_BYTES
                begins = not start or said.endswith(_units(_BREAK), 0, start)
                if begins:
                    hang = theme.width_of(ITEM, self._role) if said.startswith(_units(ITEM), start) else 0.0
                left = 0.0 if begins else hang
                line.setLineWidth(max(1, width - left))
                line.setPosition(QPointF(left, count * pitch + (pitch - line.height()) / 2))
                count += 1
            layout.endLayout()
            self._layout, self._count = layout, max(1, count)
        return self._count


def _units(text: str) -> bytes:
    """A text as Qt counts it: a letter beyond the first 65,536, as of a picture, is two."""
    return text.encode("utf-16-le", "surrogatepass")


class Fitted(Text):
    """One line in whichever words fit: what makes them is asked again at each width and text size."""

    def __init__(self, role: theme.Role = "body", ink: str = "text") -> None:
        super().__init__("", role, ink, wrap=False)
        self._words: Callable[[Callable[[str], bool]], str] = lambda _: ""

    def say(self, words: Callable[[Callable[[str], bool]], str]) -> None:
        """`words` is given what tells whether a line fits, and returns the line to show."""
        self._words = words
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def retheme(self) -> None:
        super().retheme()
        self._choose()

    def _choose(self) -> None:
        self.setText(self._words(lambda line: theme.advance(line, self._role) <= self.width()))


def plain_tip(text: str) -> str:
    """A tooltip that Qt shows as the plain text it is: wrapped by Qt, escaped by us, cut to a bounded length."""
    return f"<qt>{html.escape(shown_in_tip(text))}</qt>" if text else ""


def shown_in_tip(text: str) -> str:
    """What a tooltip says, as plain text."""
    return clean(text, TOOLTIP_CHARACTERS) if text else ""


def tip_where_cut(widget: QWidget, whole: str, shown: str) -> None:
    """What is shown shortened is told whole in a tip, as long as it is; a tip that somebody set stays."""
    tip, before = plain_tip(whole) if shown != whole else "", widget.property(_CUT) or ""
    if tip != before and widget.toolTip() == before:
        widget.setToolTip(tip)
        widget.setAccessibleDescription(shown_in_tip(whole) if tip else "")
        widget.setProperty(_CUT, tip)


_CUT = "tip where cut"
_UNIT_BYTES = 2


def announce(widget: QWidget, sentence: str) -> None:
    """Lets a screen reader say a sentence when it has nothing better to say."""
    if not QAccessible.isActive():
        return
    event: Any = QAccessibleAnnouncementEvent(widget, clean(sentence, PARAGRAPH_CHARACTERS))
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)


def when_released(owner: QWidget, do: Callable[[], object]) -> None:
    """Does what moves controls: at once, or once no mouse button is pressed, so that a click ends on what it began on."""
    if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
        do()
    else:
        QTimer.singleShot(LOOKED_AGAIN_MS, owner, lambda: when_released(owner, do))
