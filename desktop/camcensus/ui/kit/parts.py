"""What pages are put on: grounds in the colours of the look with their hairlines, cards, scroll areas and slim bars."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.layout import Margins, column, panel


class Surface(QWidget):
    """A plain ground in the colour of a token, with hairlines where asked; `card` and `sunken` have round corners."""

    def __init__(
        self,
        ground: str = "base",
        *,
        lines: str = "",
        shape: Literal["flat", "card", "sunken"] = "flat",
    ) -> None:
        super().__init__()
        self._ground, self._lines, self._shape = ground, lines, shape

    def set_edge(self, edge: str) -> None:
        """The hairline that parts it from what is beside it ("l") or above it ("t"); its parts keep a pixel off."""
        self.set_lines(edge)
        if (inside := self.layout()) is not None:
            inside.setContentsMargins(int(edge == "l"), int(edge == "t"), 0, 0)

    def set_lines(self, lines: str) -> None:
        """Other hairlines than before, such as none beside the edge of the window."""
        self._lines = lines
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = theme.colour(self._ground)
        if self._shape == "flat":
            painter.fillRect(self.rect(), ground)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edged = self._shape == "card" or theme.THEME.high_contrast
            painter.setPen(QPen(theme.colour("hairline"), 1) if edged else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        hair = theme.colour("hairline")
        width, height = self.width(), self.height()
        edges = {"l": (0, 0, 1, height), "t": (0, 0, width, 1), "r": (width - 1, 0, 1, height), "b": (0, height - 1, width, 1)}
        for letter in self._lines:
            painter.fillRect(QRect(*edges[letter]), hair)


def card_of(inside: QWidget, margins: Margins = (1, 4, 1, 4)) -> Surface:
    """A card around one thing, such as a table."""
    card = Surface("base", shape="card")
    column(inside, margins=margins, of=card)
    return card


def scrolled(inside: QWidget, name: str, least: int) -> Surface:
    """A card that a long table scrolls in, at least so many pixels high; the table itself is the stop of the Tab key."""
    scroll = Scroll(panel(column(inside, None, margins=(0, 0, 4, 0))), name)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    card = card_of(scroll)
    card.setMinimumHeight(least)
    return card


class Hairline(QWidget):
    """A hairline across."""

    def __init__(self, ink: str = "hairline") -> None:
        super().__init__()
        self._ink = ink
        self.setFixedHeight(1)

    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour(self._ink))


class SlimBar(QScrollBar):
    """A scroll bar of a handle only. Its width is always reserved, so that text never wraps anew when it appears."""

    blank = 0
    """Pixels at the end that hold nothing to see: no handle for these alone."""

    def sizeHint(self) -> QSize:
        return QSize(8, 32) if self.orientation() == Qt.Orientation.Vertical else QSize(32, 8)

    def paintEvent(self, _: QPaintEvent) -> None:
        span = self.maximum() - self.minimum()
        if span <= self.blank:
            return
        painter = theme.smooth(self)
        theme.fill_with(painter, "border" if self.isSliderDown() or self.underMouse() else "scroll")
        upright = self.orientation() == Qt.Orientation.Vertical
        room = self.height() if upright else self.width()
        length = max(24.0, room * self.pageStep() / (span + self.pageStep()))
        start = (room - length) * (self.value() - self.minimum()) / span
        rect = QRectF(1, start, 6, length) if upright else QRectF(start, 1, length, 6)
        painter.drawRoundedRect(rect, 3, 3)


class SizedScroll(QScrollArea):
    """A scroll area that gives what is in it the size that it needs now."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lays it out first: Qt asks for its size before the layouts within its layout have heard of a change."""
        inside = self.widget() if event.type() == QEvent.Type.LayoutRequest else None
        if inside is not None and watched is inside and (layout := inside.layout()) is not None:
            layout.activate()
        return super().eventFilter(watched, event)


class Scroll(SizedScroll):
    """Room for a column that may be longer than the window. The Tab key stops at it, and arrow keys scroll it."""

    spoken_role = QAccessible.Role.Pane

    def __init__(self, body: QWidget, name: str) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._bar = SlimBar(Qt.Orientation.Vertical)
        self.setVerticalScrollBar(self._bar)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.change(body)
        self.viewport().setAutoFillBackground(False)

    def change(self, body: QWidget) -> None:
        """Shows another column, built before it is shown: nothing flickers."""
        old = self.takeWidget()
        self.setWidget(body)
        layout = body.layout()
        self._bar.blank = layout.contentsMargins().bottom() if layout is not None else 0
        body.setAutoFillBackground(False)
        if old is not None:
            old.deleteLater()
