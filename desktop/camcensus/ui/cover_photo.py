"""A photo of a label before it is saved: codes are covered already, and a person drags boxes over what else is secret."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from camcensus.model.pictures import Box
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import fill

LARGE = QSize(760, 480)
STEP = 0.02
"""How far an arrow key moves or widens a box, as a part of the picture."""
LEAST = 0.01
_STEPS = {
    Qt.Key.Key_Left: (-STEP, 0.0),
    Qt.Key.Key_Right: (STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -STEP),
    Qt.Key.Key_Down: (0.0, STEP),
}


class CoverPicture(QWidget):
    """A picture with boxes over it: the mouse draws them; Space adds one, arrows move it, with Shift they size it."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self, image: QImage, name: str, most: QSize) -> None:
        super().__init__()
        self.boxes: list[QRectF] = []
        self._from: QPointF | None = None
        size = image.size().scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
        self._image = image.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
        self.setFixedSize(size)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def covers(self) -> tuple[Box, ...]:
        """The boxes."""
        return tuple((one.left(), one.top(), one.right(), one.bottom()) for one in self.boxes)

    def remove_last(self) -> None:
        """Take the newest box away."""
        del self.boxes[-1:]
        self.update()

    def _at(self, event: QMouseEvent) -> QPointF:
        at = event.position()
        return QPointF(min(1.0, max(0.0, at.x() / self.width())), min(1.0, max(0.0, at.y() / self.height())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = self._at(event)
        self.boxes.append(QRectF(self._from, self._from))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self.boxes[-1] = QRectF(self._from, self._at(event)).normalized()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)
        self._from = None
        if self.boxes and min(self.boxes[-1].width(), self.boxes[-1].height()) < LEAST:
            self.remove_last()  # a click is no box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self.boxes.append(QRectF(0.4, 0.45, 0.2, 0.1))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_last()
        elif key in _STEPS and self.boxes:
            (right, down), box = _STEPS[key], self.boxes[-1]
            wider = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            moved = box.adjusted(0, 0, right, down) if wider else box.translated(right, down)
            if QRectF(0, 0, 1.001, 1.001).contains(moved) and min(moved.width(), moved.height()) >= LEAST:
                self.boxes[-1] = moved
        else:
            super().keyPressEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(0, 0, self._image)
        painter.scale(self.width(), self.height())
        for box in self.boxes:
            painter.fillRect(box, theme.colour("secondary"))


class CoverDialog(Dialog):
    """Asks whether a photo of a label is saved, and with which parts covered."""

    def __init__(self, parent: QWidget, image: QImage, name: str, then: Callable[[tuple[Box, ...] | None], object]) -> None:
        lead = (
            "Labels can print a security code, and whoever sees the photo can use it. QR codes and barcodes are covered. "
            "Drag a box over anything else that is secret."
        )
        super().__init__(parent, f"Save the photo {name}?", lead=lead, width=LARGE.width() + 56)
        self._then = then
        room = QSize(LARGE.width(), max(160, min(LARGE.height(), parent.window().height() - 260)))
        self.picture = CoverPicture(image, f"Photo {name}. Space adds a box, arrow keys move it.", room)
        fill(self.body, self.picture)
        leave, save = Button("Leave it out", then=self.reject), Button("Save this photo", "primary", then=self.accept)
        fill(self.buttons, Button("Remove last box", "quiet", then=self.picture.remove_last), leave, save)
        self.rejected.connect(lambda: then(None))

    def accept(self) -> None:
        covers = self.picture.covers()
        super().accept()
        self._then(covers)


def ask_each(
    parent: QWidget, photos: Sequence[tuple[str, QImage]], then: Callable[[list[tuple[Box, ...] | None]], object]
) -> None:
    """Ask of one photo after the other; gives what is covered of each, None for one that is not saved."""
    said: list[tuple[Box, ...] | None] = []

    def ask(covers: tuple[Box, ...] | None) -> None:
        said.append(covers)
        show()

    def show() -> None:
        if len(said) < len(photos):
            name, image = photos[len(said)]
            CoverDialog(parent, image, name, ask).show_over()
        else:
            then(said)

    show()
