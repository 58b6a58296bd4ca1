"""A floor plan with its pins: seen near and far, chosen, placed and moved with the mouse, the fingers or the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from camcensus.ui.kit.table import BY_KEYBOARD
from camcensus.ui.kit.widgets import announce
from camcensus.ui.places.pins import PinShown
from camcensus.ui.places.plan_canvas import PlanCanvas, at_spot
from camcensus.ui.places.plan_picture import PlanPicture
from camcensus.ui.places.view import STEP

PAPER_MM = 277
"""Width of the plan where it is printed on A4: an arrow key moves a pin by 1 mm there."""
KEEP_AFTER_MS = 700
"""How long after the last arrow key a moved pin is kept: one change for one walk, not one for each key."""
DRAG_PIXELS = 4
NEAR_PIXELS = 9
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FloorPlan(PlanCanvas):
    """What a person does on the plan.

    `chosen` tells the asset whose pin is chosen ("" for none), `moved` where one was put (asset, x, y), `placed` the same of
    one that was not on the plan, `menu_wanted` where a menu is wanted (a point of the screen).
    """

    chosen = Signal(str)
    moved = Signal(str, float, float)
    placed = Signal(str, float, float)
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._dragged: QPointF | None = None
        self._pan_from = QPointF()
        self._drags = self._unkept = False
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep.timeout.connect(self._put)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)

    # What it shows

    def show_plan(self, picture: QImage, pins: Sequence[PinShown], current: str = "") -> None:
        """Shows a picture with pins; what was being moved is kept first."""
        self._put()
        if picture.cacheKey() != self._key:
            self._key, self._picture = picture.cacheKey(), None if picture.isNull() else PlanPicture(picture)
            self.view.size = QSizeF(picture.size())
            self.view.reset()
            self.placing = None
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
            self._bring()
            self.update()

    def start_moving(self) -> None:
        """The arrow keys move the chosen pin from now on, until Enter or Esc."""
        if self.current:
            self.moving = True
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            announce(self, "Arrow keys move it 1 mm, with Shift 10 mm. Enter when it is right.")
            self.update()

    def start_placing(self, pin: PinShown) -> None:
        """A pin follows the mouse or the arrow keys from the middle of the view, until it is put somewhere or Esc."""
        self.choose("")
        middle = self.view.on_picture(QRectF(self.rect()).center())
        self.placing = at_spot(pin, middle.x(), middle.y())
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self, self._hint())
        self.setAccessibleDescription(self._hint())
        self.update()

    def zoom_in(self) -> None:
        """One step nearer."""
        self._zoom(STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self._zoom(1 / STEP)

    def show_whole(self) -> None:
        """The whole plan."""
        self.view.reset()
        self.update()

    # The mouse and the fingers

    def pin_at(self, at: QPointF) -> PinShown | None:
        """The pin under a point, the chosen one before others."""

        def hit(pin: PinShown) -> bool:
            return self.pin_rect(pin).adjusted(-2, -2, 2, 2).contains(at) or _far(self._point(pin) - at) <= NEAR_PIXELS

        return max(filter(hit, self.pins), key=lambda pin: pin.asset == self.current, default=None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pin = self.pin_at(event.position()) if self.placing is None else None
        self.picture_rect()
        self._pressed, self._drags = event.position(), False
        if pin is not None:
            self.choose(pin.asset)
            self._dragged = event.position() - self._point(pin)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is not None and not self._drags and _far(at - self._pressed) >= DRAG_PIXELS:
            self._drags = True
            if self._dragged is None:
                self._pan_from = self._pressed
        if self._drags and self._dragged is not None:
            self._labels.pop(self.current, None)
            to = self.view.on_picture(at - self._dragged)
            self._shift_to(to.x(), to.y())
        elif self._drags:
            self.view.pan_by(at.x() - self._pan_from.x(), at.y() - self._pan_from.y())
            self._pan_from = at
            self.update()
        elif self.placing is not None:
            to = self.view.on_picture(at)
            self.placing = at_spot(self.placing, to.x(), to.y())
            self.setCursor(Qt.CursorShape.CrossCursor)
            self.update()
        elif self._pressed is None:
            over, near = self.pin_at(at) is not None, self.view.zoom > 1
            self.setCursor(Qt.CursorShape.OpenHandCursor if over or near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        clicked, on_pin = not self._drags, self._dragged is not None
        self._pressed = self._dragged = None
        self._drags = False
        if clicked and self.placing is not None:
            to = self.view.on_picture(event.position())
            if 0 <= to.x() <= 1 and 0 <= to.y() <= 1:
                self._place(at_spot(self.placing, to.x(), to.y()))
        elif clicked and not on_pin:
            self.choose("")
        self._put()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms, a touch pad moves what is larger than its room; what is left over scrolls the page."""
        moved, turned = event.pixelDelta(), event.angleDelta().y()
        pad = not moved.isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase
        if pad and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.view.zoom > 1:
                self.view.pan_by(moved.x(), moved.y())
                self.update()
            else:
                event.ignore()
        elif turned > 0 or (turned < 0 and self.view.zoom > 1):
            self._zoom(STEP ** (turned / 120), event.position())
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Two fingers zoom, on a touch pad or on the screen."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(1 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pressed = self._dragged = None  # the first finger is a mouse too, and would drag pin or picture along
                self._drags = False
                centre = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self._zoom(pinch.scaleFactor(), centre)
                event.accept()
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for a menu on the pin under the mouse, or on the chosen one."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            pin = self.pin_at(QPointF(event.pos()))
            self.choose(pin.asset if pin else "")
            self.menu_wanted.emit(event.globalPos())
        else:
            self._ask_menu()

    def _ask_menu(self) -> None:
        pin = self._pin()
        at = self.pin_rect(pin).center() if pin is not None else QRectF(self.rect()).center()
        self.menu_wanted.emit(self.mapToGlobal(at.toPoint()))

    # The keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from pin to pin, or move one, with Ctrl the picture; Enter starts and ends moving; + - 0 zoom."""
        self._ring = True
        key, held = Qt.Key(event.key()), event.modifiers()
        along, step = _ARROWS.get(key), 10 if held & Qt.KeyboardModifier.ShiftModifier else 1
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.show_whole()
        elif along and held & Qt.KeyboardModifier.ControlModifier:
            self.view.pan_by(-along[0] * self.width() / 8, -along[1] * self.height() / 8)
        elif key in _ENTER and self.placing is not None:
            self._place(self.placing)
        elif key in _ENTER and self.current:
            if self.moving:
                self._end_moving()
            else:
                self.start_moving()
        elif along and (self.moving or self.placing is not None):
            self._nudge(along[0] * step, along[1] * step)
        elif along and self.pins:
            self._step(sum(along))
        elif along and self.view.zoom > 1:
            self.view.pan_by(-along[0] * self.width() / 8, -along[1] * self.height() / 8)
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and step == 10):
            self._ask_menu()
        else:
            super().keyPressEvent(event)
        self.update()

    def end_moving(self) -> bool:
        """Esc: gives up placing, or keeps where the pin is and goes back to choosing; False where neither was going on."""
        if self.placing is not None:
            self.placing = None
            self.unsetCursor()
            self._say()
            self.update()
            return True
        if not self.moving:
            return False
        self._end_moving()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)
        if self._ring and not self.current and self.pins and self.placing is None:
            self.choose(self.pins[0].asset)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.moving = False
        self._put()
        self.update()

    # How

    def _zoom(self, factor: float, about: QPointF | None = None) -> None:
        self.picture_rect()
        self.view.zoom_by(factor, about)
        self._settle.start()
        self.update()

    def _pin(self) -> PinShown | None:
        return next((pin for pin in self.pins if pin.asset == self.current), None)

    def _bring(self) -> None:
        """Brings what is chosen or placed into view; never while the mouse holds it."""
        pin = self.placing or self._pin()
        if pin is not None and self._pressed is None:
            self.view.bring(self.pin_rect(pin))

    def _place(self, pin: PinShown) -> None:
        self.placing = None
        self.unsetCursor()
        self.placed.emit(pin.asset, pin.x, pin.y)

    def _end_moving(self) -> None:
        self.moving = False
        self._put()
        self._say()
        self.update()

    def _step(self, by: int) -> None:
        at = next((at for at, pin in enumerate(self.pins) if pin.asset == self.current), -1 if by > 0 else 0)
        self.choose(self.pins[(at + by) % len(self.pins)].asset)

    def _nudge(self, right_mm: int, down_mm: int) -> None:
        pin, where = self.placing or self._pin(), self.picture_rect()
        if pin is None or where.isEmpty():
            return
        x, y = pin.x + right_mm / PAPER_MM, pin.y + down_mm / PAPER_MM * where.width() / where.height()
        if self.placing is not None:
            self.placing = at_spot(pin, x, y)
        else:
            self._shift_to(x, y)
            self._keep.start()
        self._bring()

    def _shift_to(self, x: float, y: float) -> None:
        self.pins = tuple(at_spot(pin, x, y) if pin.asset == self.current else pin for pin in self.pins)
        self._unkept = True
        self.update()

    def _put(self) -> None:
        """Tells where the chosen pin is now, once."""
        self._keep.stop()
        if self._unkept:
            self._unkept = False
            pin = self._pin()
            if pin is not None:
                self.moved.emit(pin.asset, pin.x, pin.y)

    def _say(self) -> None:
        at = next((at for at, pin in enumerate(self.pins) if pin.asset == self.current), -1)
        if at < 0:
            words = f"{len(self.pins)} pins. Arrow keys go from one to the next. Plus and minus zoom."
        else:
            words = f"Pin {at + 1} of {len(self.pins)}: {self.pins[at].words}"
            announce(self, words)
        self.setAccessibleDescription(words)


def _far(by: QPointF) -> float:
    return max(abs(by.x()), abs(by.y()))
