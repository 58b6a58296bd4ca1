"""A floor plan with its pins: seen, chosen and moved with the mouse or with the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.marks import Mark
from camcensus.ui.kit.table import BY_KEYBOARD
from camcensus.ui.kit.widgets import announce

PAPER_MM = 277
"""Width of the plan where it is printed on A4: an arrow key moves a pin by 1 mm there."""
KEEP_AFTER_MS = 700
"""How long after the last arrow key a moved pin is kept: one change for one walk, not one for each key."""
EDGE = 12


@dataclass(frozen=True, slots=True)
class PinShown:
    """One pin: `x` and `y` from 0 to 1 of the picture. `words` is what a screen reader says of it."""

    asset: str
    label: str
    mark: Mark
    x: float
    y: float
    walked: bool
    words: str


def _on_paper(name: str) -> QColor:
    """A plan is white paper in the dark too, so what is drawn on it keeps the colours of the light."""
    return QColor(getattr(theme.LIGHT, name))


class FloorPlan(QWidget):
    """The picture, as large as there is room, and the pins on it.

    `chosen` tells the asset whose pin is chosen ("" for none), `moved` where one was put (asset, x, y).
    """

    chosen = Signal(str)
    moved = Signal(str, float, float)

    def __init__(self) -> None:
        super().__init__()
        self.pins: tuple[PinShown, ...] = ()
        self.current = ""
        self.moving = False
        self._picture = QImage()
        self._scaled = QPixmap()
        self._dragged: QPointF | None = None
        self._ring = False
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep.timeout.connect(self._put)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Floor plan")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # What it shows

    def show_plan(self, picture: QImage, pins: Sequence[PinShown], current: str = "") -> None:
        """Shows a picture with pins; what was being moved is kept first."""
        self._put()
        if picture.cacheKey() != self._picture.cacheKey():
            self._picture, self._scaled = picture, QPixmap()
        self.pins = tuple(pins)
        self.current = current if any(pin.asset == current for pin in pins) else ""
        if not self.current:
            self.moving = False
        self._say()
        self.update()

    def choose(self, asset: str) -> None:
        """Another pin is chosen; "" for none."""
        if asset != self.current:
            self._put()
            self.current, self.moving = asset, False
            self._say()
            self.chosen.emit(asset)
            self.update()

    def start_moving(self) -> None:
        """The arrow keys move the chosen pin from now on, until Enter or Esc."""
        if self.current:
            self.moving = True
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            announce(self, "Arrow keys move it 1 mm, with Shift 10 mm. Enter when it is right.")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 440)

    def minimumSizeHint(self) -> QSize:
        """Still of use in a small window: pins grow with the text, so the picture does too, and the page scrolls."""
        return QSize(240, min(600, theme.px(300)))

    def picture_rect(self) -> QRectF:
        """Where the picture is drawn, in its own proportions."""
        room = QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        if self._picture.isNull():
            return room
        size = QSizeF(self._picture.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(room.center() - QPointF(size.width() / 2, size.height() / 2), size)

    def pin_rect(self, pin: PinShown) -> QRectF:
        """Where a pin is drawn."""
        picture = self.picture_rect()
        wide = theme.px(12) + 4 + QFontMetricsF(theme.font("pill")).horizontalAdvance(pin.label) + 2 * theme.px(9)
        high = theme.px(24)
        centre = QPointF(picture.left() + pin.x * picture.width(), picture.top() + pin.y * picture.height())
        return QRectF(centre.x() - wide / 2, centre.y() - high / 2, wide, high)

    # Drawing

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.setBrush(theme.colour("nav"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        where = self.picture_rect()
        if not self._picture.isNull():
            ratio = self.devicePixelRatioF()
            wanted = QSize(round(where.width() * ratio), round(where.height() * ratio))
            if self._scaled.size() != wanted and not wanted.isEmpty():
                self._scaled = QPixmap.fromImage(
                    self._picture.scaled(
                        wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
                    )
                )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(Qt.GlobalColor.white)
            painter.drawRect(where)
            painter.drawPixmap(where, self._scaled, QRectF(self._scaled.rect()))
        for pin in sorted(self.pins, key=lambda pin: pin.asset == self.current):
            self._paint_pin(painter, pin)
        if self._ring and self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _paint_pin(self, painter: QPainter, pin: PinShown) -> None:
        rect, current = self.pin_rect(pin), pin.asset == self.current
        ink = _on_paper(f"{pin.mark.tone}_ink")
        if current:
            halo = _on_paper("accent")
            halo.setAlphaF(0.22)
            painter.setPen(QPen(_on_paper("accent"), 2, Qt.PenStyle.DashLine) if self.moving else Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawEllipse(rect.center(), rect.width() / 2 + 6, rect.width() / 2 + 6)
        line = QPen(_on_paper("accent") if current else ink, 2 if current else 1.25)
        if not pin.walked:
            line.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(line)
        painter.setBrush(_on_paper(f"{pin.mark.tone}_fill"))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        size, side = theme.px(12), theme.px(9)
        if pin.mark.glyph:
            icons.draw_glyph(painter, pin.mark.glyph, QRectF(rect.left() + side, rect.center().y() - size / 2, size, size), ink)
        painter.setFont(theme.font("pill"))
        painter.setPen(ink)
        words = rect.adjusted(side + size + 4, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), pin.label)

    # The mouse

    def pin_at(self, at: QPointF) -> PinShown | None:
        """The pin under a point, the chosen one before others."""
        hits = [pin for pin in self.pins if self.pin_rect(pin).adjusted(-2, -2, 2, 2).contains(at)]
        return max(hits, key=lambda pin: pin.asset == self.current, default=None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pin = self.pin_at(event.position())
        self.choose(pin.asset if pin else "")
        if pin is not None:
            self._dragged = event.position() - self.pin_rect(pin).center()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            over = self.pin_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        where = self.picture_rect()
        if where.isEmpty():
            return
        to = event.position() - self._dragged
        self._shift_to((to.x() - where.left()) / where.width(), (to.y() - where.top()) / where.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._dragged = None
        self._put()

    # The keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from pin to pin, or move one; Enter starts and ends that."""
        self._ring = True
        key, step = event.key(), 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        along = {
            Qt.Key.Key_Left: (-step, 0),
            Qt.Key.Key_Right: (step, 0),
            Qt.Key.Key_Up: (0, -step),
            Qt.Key.Key_Down: (0, step),
        }.get(Qt.Key(key))
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            if self.moving:
                self._end_moving()
            else:
                self.start_moving()
        elif along and self.moving:
            self._nudge(*along)
        elif along and self.pins:
            self._step(1 if sum(along) > 0 else -1)
        else:
            super().keyPressEvent(event)
        self.update()

    def end_moving(self) -> bool:
        """Esc: keeps where the pin is and goes back to choosing; False where nothing was being moved."""
        if not self.moving:
            return False
        self._end_moving()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)
        if self._ring and not self.current and self.pins:
            self.choose(self.pins[0].asset)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.moving = False
        self._put()
        self.update()

    def _end_moving(self) -> None:
        self.moving = False
        self._put()
        self._say()
        self.update()

    def _step(self, by: int) -> None:
        at = next((at for at, pin in enumerate(self.pins) if pin.asset == self.current), -1 if by > 0 else 0)
        self.choose(self.pins[(at + by) % len(self.pins)].asset)

    def _nudge(self, right_mm: int, down_mm: int) -> None:
        pin = next((pin for pin in self.pins if pin.asset == self.current), None)
        where = self.picture_rect()
        if pin is None or where.isEmpty():
            return
        self._shift_to(pin.x + right_mm / PAPER_MM, pin.y + down_mm / PAPER_MM * where.width() / where.height())
        self._keep.start()

    def _shift_to(self, x: float, y: float) -> None:
        x, y = min(1.0, max(0.0, x)), min(1.0, max(0.0, y))
        self.pins = tuple(replace(pin, x=x, y=y) if pin.asset == self.current else pin for pin in self.pins)
        self._unkept = True
        self.update()

    _unkept = False

    def _put(self) -> None:
        """Tells where the chosen pin is now, once."""
        self._keep.stop()
        if self._unkept:
            self._unkept = False
            pin = next((pin for pin in self.pins if pin.asset == self.current), None)
            if pin is not None:
                self.moved.emit(pin.asset, pin.x, pin.y)

    def _say(self) -> None:
        at = next((at for at, pin in enumerate(self.pins) if pin.asset == self.current), -1)
        if at < 0:
            words = f"{len(self.pins)} pins. Arrow keys go from one to the next."
        else:
            words = f"Pin {at + 1} of {len(self.pins)}: {self.pins[at].words}"
            announce(self, words)
        self.setAccessibleDescription(words)
