"""Line drawings of why a page is empty."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.ui.kit import icons, theme


class Drawing(QWidget):
    """A fixed-size drawing; the words beside it say the same."""

    size_pixels = (440, 168)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(*self.size_pixels)

    @staticmethod
    def box(painter: QPainter, centre: QPointF, icon: str, *, strong: bool = False, side: float = 48) -> None:
        """An icon in a rounded box."""
        rect = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        painter.setPen(QPen(theme.colour("accent" if strong and side > 48 else "quiet"), 1.5))
        painter.setBrush(theme.colour("todo_fill" if strong and side > 48 else "base"))
        painter.drawRoundedRect(rect, 8 if side <= 48 else 14, 8 if side <= 48 else 14)
        size = side / 2
        ink = theme.colour("accent" if strong else "secondary")
        icons.draw_icon(painter, icon, QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size), ink)

    @staticmethod
    def line(painter: QPainter, start: QPointF, end: QPointF, token: str, *, dashed: bool = False) -> None:
        """A connection, broken where nothing is known of it."""
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.colour(token), 1.6, style))
        painter.drawLine(start, end)


class ThreeSteps(Drawing):
    """Walk round, search, print."""

    size_pixels = (300, 80)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        self.line(painter, QPointF(74, 40), QPointF(116, 40), "quiet", dashed=True)
        self.line(painter, QPointF(184, 40), QPointF(226, 40), "quiet", dashed=True)
        self.box(painter, QPointF(44, 40), "footprints")
        self.box(painter, QPointF(150, 40), "radar", strong=True, side=64)
        self.box(painter, QPointF(256, 40), "file-text")


class BehindRecorder(Drawing):
    """This laptop and its network, a question mark, then the recorder with the cameras behind it."""

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        theme.fill_with(painter, "todo_fill")
        painter.drawRoundedRect(QRectF(0, 0, 176, 168), 14, 14)
        painter.setBrush(theme.colour("nav"))
        painter.drawRoundedRect(QRectF(200, 0, 240, 168), 14, 14)
        self.line(painter, QPointF(72, 84), QPointF(104, 84), "accent")
        self.line(painter, QPointF(152, 84), QPointF(232, 84), "border", dashed=True)
        for start, end in (((280, 84), (320, 84)), ((320, 48), (320, 120)), ((320, 48), (360, 48)), ((320, 120), (360, 120))):
            self.line(painter, QPointF(*start), QPointF(*end), "border")
        self.box(painter, QPointF(48, 84), "laptop", strong=True)
        self.box(painter, QPointF(128, 84), "network", strong=True)
        self.box(painter, QPointF(256, 84), "hard-drive")
        self.box(painter, QPointF(384, 48), "cctv")
        self.box(painter, QPointF(384, 120), "cctv")
        painter.setPen(QPen(theme.colour("border"), 1.5))
        painter.setBrush(theme.colour("base"))
        painter.drawEllipse(QPointF(188, 84), 10, 10)
        icons.draw_glyph(painter, "question", QRectF(182, 78, 12, 12), theme.colour("secondary"))


class FloorSketch(Drawing):
    """A floor with rooms, and one pin on it."""

    size_pixels = (240, 132)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        painter.setPen(QPen(theme.colour("quiet"), 1.5))
        painter.setBrush(theme.colour("nav"))
        painter.drawRoundedRect(QRectF(8, 14, 224, 110), 6, 6)
        for start, end in (((88, 14), (88, 70)), ((8, 70), (120, 70)), ((152, 70), (232, 70)), ((152, 70), (152, 124))):
            self.line(painter, QPointF(*start), QPointF(*end), "quiet")
        self.line(painter, QPointF(120, 70), QPointF(136, 46), "quiet", dashed=True)
        self.box(painter, QPointF(192, 42), "map-pin", strong=True, side=52)


class OneIcon(Drawing):
    """An icon in its box."""

    size_pixels = (80, 80)

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon

    def paintEvent(self, _: QPaintEvent) -> None:
        self.box(theme.smooth(self), QPointF(40, 40), self._icon, strong=True, side=64)
