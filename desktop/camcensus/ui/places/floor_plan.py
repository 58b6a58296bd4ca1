"""A floor plan with its pins: seen near and far, chosen, placed and moved with the mouse, the fingers or the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGestureEvent, QGraphicsScene, QGraphicsView, QPinchGesture, QSizePolicy

from camcensus.ui.kit import theme
from camcensus.ui.kit.table import BY_KEYBOARD
from camcensus.ui.kit.widgets import announce
from camcensus.ui.places.pins import PinItem, PinShown

PAPER_MM = 277
"""Width of the plan where it is printed on A4: an arrow key moves a pin by 1 mm there."""
KEEP_AFTER_MS = 700
"""How long after the last arrow key a moved pin is kept: one change for one walk, not one for each key."""
DRAG_PIXELS = 4
SMALLEST_PIXELS = 256
MOST_ZOOM, STEP = 8.0, 1.25
"""What a key, a button or a notch of the wheel makes the picture larger by, up to so many times the whole plan."""
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FloorPlan(QGraphicsView):
    """`chosen` tells the asset whose pin is chosen ("" for none), `moved` where one was put (asset, x, y), `placed` the same of
    one that was not on the plan, `hinted` what the keys do now ("" for the usual).
    """

    spoken_role = QAccessible.Role.Graphic

    chosen = Signal(str)
    moved = Signal(str, float, float)
    placed = Signal(str, float, float)
    hinted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setScene(QGraphicsScene(self))
        self.current, self.moving, self.zoom = "", False, 1.0
        self._halves, self._key = list[QImage](), 0
        self._items: dict[str, PinItem] = {}
        self._placing: PinItem | None = None
        self._pressed: QPoint | None = None
        self._held: QPoint | None = None
        self._drags = self._unkept = False
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep.timeout.connect(self._put)
        self.setAccessibleName("Floor plan")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else a screen reader stops at a part without a name
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setMouseTracking(True)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def sizeHint(self) -> QSize:
        return QSize(640, max(352, self.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Still of use in a small window: pins grow with the text, so the picture does too, and the page scrolls."""
        return QSize(240, min(600, theme.px(300)))

    def retheme(self) -> None:
        """Pins follow the text size."""
        self._show_pins()

    # What it shows

    @property
    def pins(self) -> tuple[PinShown, ...]:
        """The pins as they are shown."""
        return tuple(item.pin for item in self._items.values())

    @property
    def placing(self) -> PinShown | None:
        """The pin that is being placed."""
        return self._placing.pin if self._placing is not None else None

    def show_plan(self, picture: QImage, pins: Sequence[PinShown], current: str = "") -> None:
        """Shows a picture with pins; what was being moved is kept first."""
        self._put()
        if picture.cacheKey() != self._key or self.sceneRect().isEmpty():
            self._key, self._halves = picture.cacheKey(), _halves(picture)
            self.setSceneRect(QRectF(0, 0, max(1, picture.width()), max(1, picture.height())))
            self._end_placing()
            self.show_whole()
        for item in self._items.values():
            self.scene().removeItem(item)
        self._items = {pin.asset: PinItem(pin) for pin in pins}
        for item in self._items.values():
            self._set(item, item.pin.x, item.pin.y)
            self.scene().addItem(item)
        self.current = current if current in self._items else ""
        self.moving = self.moving and bool(self.current)
        self._say()

    def choose(self, asset: str) -> None:
        """Another pin is chosen; "" for none."""
        if asset != self.current:
            self._put()
            self.current, self.moving = asset, False
            self._say()
            self.chosen.emit(asset)
            self._bring()

    def start_moving(self) -> None:
        """The arrow keys move the chosen pin from now on, until Enter or Esc."""
        if self.current:
            self.moving = True
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._say()

    def start_placing(self, pin: PinShown) -> None:
        """A pin follows the mouse or the arrow keys from the middle of the view, until it is put somewhere or Esc."""
        self.choose("")
        self._end_placing()
        self._placing = PinItem(pin, placed=True)
        middle = self.mapToScene(self.viewport().rect().center())
        self._set(self._placing, middle.x() / self.sceneRect().width(), middle.y() / self.sceneRect().height())
        self.scene().addItem(self._placing)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._say()

    def zoom_in(self) -> None:
        """One step nearer."""
        self._zoom(STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self._zoom(1 / STEP)

    def show_whole(self) -> None:
        """The whole plan."""
        self.zoom = 1.0
        self._fit()

    def pin_rect(self, pin: PinShown) -> QRectF:
        """Where a pin's label is seen, or its dot where a label would cover another."""
        item = self._items[pin.asset]
        return item.label().translated(self.mapFromScene(item.pos()))

    def pin_at(self, at: QPoint) -> PinShown | None:
        """The pin under a point, the chosen one before others."""
        near = [pin for pin in self.pins if self.pin_rect(pin).adjusted(-4, -4, 4, 4).contains(at)]
        return max(near, key=lambda pin: pin.asset == self.current, default=None)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        painter.fillRect(rect, theme.colour("nav"))
        where, ratio = self.sceneRect(), self.transform().m11() * self.devicePixelRatioF()
        painter.fillRect(where, Qt.GlobalColor.white)
        fit = [half for half in self._halves if half.width() >= where.width() * ratio] or self._halves[:1]
        if fit:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(where, fit[-1])

    # The mouse and the fingers

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position().toPoint()
        self._pressed, self._drags = at, False
        pin = self.pin_at(at) if self._placing is None else None
        if pin is None:
            super().mousePressEvent(event)
            return
        self._held = at - self.mapFromScene(self._items[pin.asset].pos())
        self.choose(pin.asset)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        self._drags = self._drags or (self._pressed is not None and (at - self._pressed).manhattanLength() >= DRAG_PIXELS)
        if self._held is not None:
            if self._drags:
                self._shift_to(at - self._held)
        elif self._placing is not None and self._pressed is None:
            self._shift_to(at)
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        clicked, on_pin = not self._drags, self._held is not None
        self._pressed = self._held = None
        if clicked and self._placing is not None:
            at = self.mapToScene(event.position().toPoint())
            if self.sceneRect().contains(at):
                self._shift_to(event.position().toPoint())
                self._place()
        elif clicked and not on_pin:
            self.choose("")
        self._put()
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms, a touch pad moves what is larger than its room; what is left over scrolls the page."""
        moved, turned = event.pixelDelta(), event.angleDelta().y()
        pad = not moved.isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase
        if pad and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.zoom > 1:
                self._pan(moved)
            else:
                event.ignore()
        elif turned > 0 or (turned < 0 and self.zoom > 1):
            self._zoom(STEP ** (turned / 120), event.position().toPoint())
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Two fingers zoom, on a touch pad or on the screen."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(1 + event.value(), event.position().toPoint())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pressed = self._held = None  # the first finger is a mouse too, and would drag pin or picture along
                self._zoom(pinch.scaleFactor(), self.viewport().mapFromGlobal(pinch.centerPoint().toPoint()))
                event.accept()
                return True
        return super().viewportEvent(event)

    # The keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from pin to pin, or move one, with Ctrl the picture; Enter starts and ends moving; + - 0 zoom."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        along, step = _ARROWS.get(key), 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        moves = self.moving or self._placing is not None
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.show_whole()
        elif along and not modifiers & Qt.KeyboardModifier.ControlModifier and (moves or self._items):
            self._nudge(along[0] * step, along[1] * step) if moves else self._step(sum(along))
        elif along:
            self._pan(-QPoint(along[0] * self.width() // 8, along[1] * self.height() // 8))
        elif key in _ENTER and self._placing is not None:
            self._place()
        elif key in _ENTER and self.current:
            self._end_moving() if self.moving else self.start_moving()
        else:
            event.ignore()

    def end_moving(self) -> bool:
        """Esc: gives up placing, or keeps where the pin is and goes back to choosing; False where neither was going on."""
        was = self.moving or self._placing is not None
        self._end_placing()
        self._end_moving()
        return was

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_KEYBOARD and not self.current and self._items and self._placing is None:
            self.choose(next(iter(self._items)))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end_moving()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pressed is None:
            self._fit()

    # How

    def _fit(self) -> None:
        """All of the plan, unless somebody went nearer."""
        if self.zoom == 1:
            self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        self._show_pins()

    def _zoom(self, factor: float, about: QPoint | None = None) -> None:
        """Larger or smaller; what is at `about`, else in the middle, stays there as far as the edges allow."""
        zoom = min(MOST_ZOOM, max(1.0, self.zoom * factor))
        about = self.viewport().rect().center() if about is None else about
        spot, by, self.zoom = self.mapToScene(about), zoom / self.zoom, zoom
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.scale(by, by)
        self._pan(about - self.mapFromScene(spot))
        self._fit()

    def _pan(self, by: QPoint) -> None:
        """Moves the picture by pixels, as far as it has more to show there."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - by.x())
        down.setValue(down.value() - by.y())

    def _bring(self) -> None:
        """Brings what is chosen or placed into view; never while the mouse holds it."""
        item = self._placing or self._items.get(self.current)
        if item is not None and self._pressed is None and self.zoom > 1:
            seen = item.label().translated(self.mapFromScene(item.pos())).toAlignedRect()
            self.ensureVisible(self.mapToScene(seen).boundingRect(), 12, 12)

    def _show_pins(self) -> None:
        """Each with its label where that covers no other's, the chosen one first."""
        taken: list[QRectF] = []
        for item in sorted(self._items.values(), key=lambda item: item.pin.asset != self.current):
            is_current = item.pin.asset == self.current
            item.show_as(is_dot=False, is_current=is_current, is_moving=self.moving)
            label = self.pin_rect(item.pin)
            if any(label.intersects(other) for other in taken):
                item.show_as(is_dot=True, is_current=is_current, is_moving=self.moving)
            else:
                taken.append(label)
        self.viewport().update()

    def _place(self) -> None:
        pin = self.placing
        self._end_placing()
        if pin is not None:
            self.placed.emit(pin.asset, pin.x, pin.y)

    def _end_placing(self) -> None:
        if self._placing is not None:
            self.scene().removeItem(self._placing)
            self._placing = None
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
            self._say()

    def _end_moving(self) -> None:
        self._put()
        if self.moving:
            self.moving = False
            self._say()

    def _step(self, by: int) -> None:
        names = list(self._items)
        at = names.index(self.current) if self.current else -1 if by > 0 else 0
        self.choose(names[(at + by) % len(names)])

    def _nudge(self, right_mm: int, down_mm: int) -> None:
        item, plan = self._placing or self._items.get(self.current), self.sceneRect()
        if item is not None:
            across, down = right_mm / PAPER_MM, down_mm / PAPER_MM * plan.width() / plan.height()
            self._set(item, item.pin.x + across, item.pin.y + down)
            self._unkept = self._placing is None
            self._keep.start()
            self._bring()

    def _shift_to(self, at: QPoint) -> None:
        item, spot, plan = self._placing or self._items.get(self.current), self.mapToScene(at), self.sceneRect()
        if item is not None:
            self._set(item, spot.x() / plan.width(), spot.y() / plan.height())
            self._unkept = self._placing is None

    def _set(self, item: PinItem, x: float, y: float) -> None:
        """Puts a pin at a spot of the picture, never beside it."""
        item.pin = replace(item.pin, x=min(1.0, max(0.0, x)), y=min(1.0, max(0.0, y)))
        item.setPos(item.pin.x * self.sceneRect().width(), item.pin.y * self.sceneRect().height())

    def _put(self) -> None:
        """Tells where the chosen pin is now, once."""
        self._keep.stop()
        if self._unkept:
            self._unkept = False
            if (item := self._items.get(self.current)) is not None:
                self.moved.emit(item.pin.asset, item.pin.x, item.pin.y)

    def _say(self) -> None:
        """What is chosen, and what the keys do now."""
        hint = ""
        if self._placing is not None:
            hint = f"Click where {self._placing.pin.words} hangs, or use the arrow keys and Enter. Esc stops."
        elif self.moving:
            hint = "Arrow keys move it 1 mm, with Shift 10 mm. Enter when it is right."
        names = list(self._items)
        if self.current:
            words = f"Pin {names.index(self.current) + 1} of {len(names)}: {self._items[self.current].pin.words}"
        else:
            words = f"{len(names)} pins. Arrow keys go from one to the next. Plus and minus zoom."
        self.setAccessibleDescription(hint or words)
        if hint or self.current:
            announce(self, hint or words)
        self.hinted.emit(hint)
        self._show_pins()


def _halves(picture: QImage) -> list[QImage]:
    """A picture and its halves: lines of a large drawing would break where Qt skips pixels, and a frame scales little."""
    found = [picture.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)] if not picture.isNull() else []
    while found and min(found[-1].width(), found[-1].height()) > SMALLEST_PIXELS:
        found.append(found[-1].scaled(found[-1].size() / 2, mode=Qt.TransformationMode.SmoothTransformation))
    return found
