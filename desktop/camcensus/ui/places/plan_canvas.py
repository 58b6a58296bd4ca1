"""A floor plan as it is drawn: the picture, the pins with room for their labels, the pin that is being placed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.places.pin_layout import lay_out
from camcensus.ui.places.pins import PinPainter, PinShown, on_paper
from camcensus.ui.places.plan_picture import PlanPicture
from camcensus.ui.places.view import PlanView

SETTLED_AFTER_MS = 150
"""How long after the last change of size labels are laid out anew."""
_NEAR_PIXELS = 200


class PlanCanvas(QWidget):
    """The picture, as large as there is room or larger, and the pins on it."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self) -> None:
        super().__init__()
        self.pins: tuple[PinShown, ...] = ()
        self.current = ""
        self.moving = False
        self.placing: PinShown | None = None
        self.view = PlanView()
        self._picture: PlanPicture | None = None
        self._key = 0
        self._painter = PinPainter()
        self._labels: dict[str, QPointF | None] = {}
        self._laid_out: tuple[object, ...] = ()
        self._pressed: QPointF | None = None
        self._ring = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLED_AFTER_MS)
        self._settle.timeout.connect(self.update)
        self.setAccessibleName("Floor plan")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(640, max(352, self.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Still of use in a small window: pins grow with the text, so the picture does too, and the page scrolls."""
        return QSize(240, min(600, theme.px(300)))

    def picture_rect(self) -> QRectF:
        """Where the picture is drawn, in its own proportions. While the mouse is pressed it stays as it was."""
        if self._pressed is None:
            self.view.room = QRectF(self.rect())
        return self.view.picture_rect()

    def pin_rect(self, pin: PinShown) -> QRectF:
        """Where a pin's label is drawn, or its dot where there is no room for one."""
        self._lay_out()
        return self._label_rect(pin, self._point(pin))

    def _label_rect(self, pin: PinShown, point: QPointF) -> QRectF:
        offset = self._labels.get(pin.asset, QPointF())
        if offset is None and pin.asset != self.current:
            return self._painter.dot_rect(point)
        size, middle = self._painter.size(pin), point + (offset or QPointF())
        return QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)

    def _point(self, pin: PinShown) -> QPointF:
        where = self.picture_rect()
        return QPointF(where.left() + pin.x * where.width(), where.top() + pin.y * where.height())

    def _lay_out(self) -> None:
        """Finds room for the labels; not while something moves, so that nothing jumps under the hand."""
        where = self.picture_rect()
        wanted = (self._key, self.pins, round(where.width()), round(where.height()), theme.THEME.percent)
        if wanted == self._laid_out or self._pressed is not None or self.moving or self._settle.isActive() or where.isEmpty():
            return
        self._laid_out = wanted
        picture = self._picture

        def ink(label: QRectF) -> float:
            if picture is None:
                return 0.0
            return picture.ink(QRectF(label.left() / wide, label.top() / high, label.width() / wide, label.height() / high))

        wide, high = where.width(), where.height()
        points = {pin.asset: QPointF(pin.x * wide, pin.y * high) for pin in self.pins}
        sizes = {pin.asset: self._painter.size(pin) for pin in self.pins}
        self._labels = lay_out(points, sizes, QRectF(0, 0, wide, high), ink)

    # Drawing

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.setBrush(theme.colour("nav"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        where, room = self.picture_rect(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setClipRect(room)
        if self._picture is not None:
            painter.fillRect(where.intersected(room), Qt.GlobalColor.white)
            self._picture.draw(painter, where, room, self.devicePixelRatioF(), settled=not self._settle.isActive())
        self._lay_out()
        near = room.adjusted(-_NEAR_PIXELS, -_NEAR_PIXELS, _NEAR_PIXELS, _NEAR_PIXELS)
        for pin in sorted(self.pins, key=lambda pin: pin.asset == self.current):
            point, current = self._point(pin), pin.asset == self.current
            if near.contains(point):
                label = self._label_rect(pin, point)
                self._painter.draw(painter, pin, point, label, current=current, moving=self.moving)
        if self.placing is not None:
            self._paint_placing(painter, self.placing)
        if hint := self._hint():
            self._paint_hint(painter, hint)
        if self._ring and self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _paint_placing(self, painter: QPainter, pin: PinShown) -> None:
        """A cross where the pin will be, its label above it."""
        point, size, arm = self._point(pin), self._painter.size(pin), theme.px(10)
        for colour, width in ((Qt.GlobalColor.white, 4), (on_paper("accent"), 2)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(point - QPointF(arm, 0), point + QPointF(arm, 0))
            painter.drawLine(point - QPointF(0, arm), point + QPointF(0, arm))
        label = QRectF(point + QPointF(-size.width() / 2, -arm - 6 - size.height()), size)
        self._painter.draw(painter, pin, label.center(), label, current=False, moving=False)

    def _paint_hint(self, painter: QPainter, words: str) -> None:
        wrap = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter)
        painter.setFont(theme.font("body"))
        room = QRectF(self.rect()).adjusted(24, 16, -24, -16)
        box = painter.boundingRect(room, wrap, words)
        box.moveTop(room.top())
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.setBrush(theme.colour("base"))
        painter.drawRoundedRect(box.adjusted(-12, -7, 12, 7), 8, 8)
        painter.setPen(theme.colour("text"))
        painter.drawText(box, wrap, words)

    def _hint(self) -> str:
        if self.placing is not None:
            return f"Click where {self.placing.words} hangs, or use the arrow keys and Enter. Esc stops."
        return "Arrow keys move it, with Shift further. Enter when it is right." if self.moving else ""


def at_spot(pin: PinShown, x: float, y: float) -> PinShown:
    """The pin at another spot, on the picture."""
    return replace(pin, x=min(1.0, max(0.0, x)), y=min(1.0, max(0.0, y)))
