"""How much of a plan is seen: how large the picture is and which part of it is in view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt

MOST_ZOOM = 8.0
STEP = 1.25
"""What a key, a button or a notch of the wheel makes the picture larger by."""
_EDGE = 12


class PlanView:
    """`zoom` is 1 where the whole plan is seen. `room` is where it may be drawn, in pixels."""

    def __init__(self) -> None:
        self.zoom = 1.0
        self.room = QRectF()
        self.size = QSizeF()
        self._middle = QPointF(0.5, 0.5)

    def reset(self) -> None:
        """The whole plan."""
        self.zoom, self._middle = 1.0, QPointF(0.5, 0.5)

    def picture_rect(self) -> QRectF:
        """Where the picture is, in its own proportions; part of it may lie outside the room."""
        room = self.room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        if self.size.isEmpty():
            return room
        size = self.size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio) * self.zoom
        left = _edge(room.left(), room.right(), size.width(), self._middle.x())
        top = _edge(room.top(), room.bottom(), size.height(), self._middle.y())
        return QRectF(QPointF(left, top), size)

    def on_picture(self, point: QPointF) -> QPointF:
        """A point of the room in parts of the picture: 0 to 1 where it is on it."""
        where = self.picture_rect()
        if where.isEmpty():
            return QPointF()
        return QPointF((point.x() - where.left()) / where.width(), (point.y() - where.top()) / where.height())

    def zoom_by(self, factor: float, about: QPointF | None) -> None:
        """Larger or smaller; what is at `about`, else in the middle, stays there as far as the edges allow."""
        about = self.room.center() if about is None else about
        fixed = self.on_picture(about)
        self.zoom = min(MOST_ZOOM, max(1.0, self.zoom * factor))
        where = self.picture_rect()
        if not where.isEmpty():
            away = self.room.center() - about
            self._look_at(fixed.x() + away.x() / where.width(), fixed.y() + away.y() / where.height())

    def pan_by(self, across: float, down: float) -> None:
        """Moves the picture by pixels, as far as it has more to show there."""
        where = self.picture_rect()
        if not where.isEmpty():
            self._look_at(*self.on_picture(self.room.center() - QPointF(across, down)).toTuple())

    def bring(self, label: QRectF) -> None:
        """Moves the picture so that all of a label is seen."""
        room = self.room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        across = max(0.0, room.left() - label.left()) - max(0.0, label.right() - room.right())
        down = max(0.0, room.top() - label.top()) - max(0.0, label.bottom() - room.bottom())
        if self.zoom > 1 and (across or down):
            self.pan_by(across, down)

    def _look_at(self, x: float, y: float) -> None:
        """The middle of the view; never so far that there is nothing beside the picture's edge."""
        self._middle = QPointF(x, y)
        where, room = self.picture_rect(), self.room
        if where.width() > room.width():
            x = (room.center().x() - where.left()) / where.width()
        if where.height() > room.height():
            y = (room.center().y() - where.top()) / where.height()
        self._middle = QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))


def _edge(least: float, most: float, size: float, middle: float) -> float:
    """Where a side of the picture begins: in the middle of its room while it fits, else with no gap at either end."""
    centre = (least + most) / 2
    if size <= most - least:
        return centre - size / 2
    return min(least, max(most - size, centre - middle * size))
