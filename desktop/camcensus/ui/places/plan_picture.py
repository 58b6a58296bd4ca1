"""The picture of a floor: drawn at any size, and how much is drawn on each part of it."""

from __future__ import annotations

from itertools import accumulate
from operator import add

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

_SMALLEST_PIXELS = 256
_INK_PIXELS = 512
"""Width of the picture from which ink is counted: a room's name is some pixels high in it."""
_KEEP, _SMOOTH = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation


class PlanPicture:
    """A picture with its halves, made once: each frame scales little, whatever the picture's size."""

    def __init__(self, image: QImage) -> None:
        alpha = image.hasAlphaChannel()
        form = QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32
        self._levels = [image.convertToFormat(form)]
        self._whole = QImage()
        self._table: list[list[int]] = []

    def draw(self, painter: QPainter, where: QRectF, room: QRectF, ratio: float, *, settled: bool = True) -> None:
        """Draws the picture into `where`, as much of it as lies in `room`; `ratio` is device pixels for each pixel.

        Until its size is `settled` it is drawn in the time of a frame, after that as well as it can be.
        """
        seen = where.intersected(room)
        if seen.isEmpty():
            return
        wanted = QSize(round(where.width() * ratio), round(where.height() * ratio))
        if seen == where and settled:  # all of it: scaled as well as it can be, once
            if self._whole.size() != wanted:
                self._whole = self._level(wanted.width()).scaled(wanted, _KEEP, _SMOOTH)
            painter.drawImage(where, self._whole, QRectF(self._whole.rect()))
            return
        level = self._level(wanted.width())
        across, down = level.width() / where.width(), level.height() / where.height()
        source = QRectF(
            (seen.left() - where.left()) * across,
            (seen.top() - where.top()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(seen, level, source)

    def ink(self, part: QRectF) -> float:
        """How dark a part is on average, from 0 (blank) to 1; `part` is in parts of the picture, 0 to 1."""
        if not self._table:
            self._table = _sums(self._level(_INK_PIXELS))
        high, wide = len(self._table) - 1, len(self._table[0]) - 1
        left, right = (min(wide, max(0, round(x * wide))) for x in (part.left(), part.right()))
        top, bottom = (min(high, max(0, round(y * high))) for y in (part.top(), part.bottom()))
        if right <= left or bottom <= top:
            return 0.0
        above, below = self._table[top], self._table[bottom]
        dark = below[right] - below[left] - above[right] + above[left]
        return dark / (255 * (right - left) * (bottom - top))

    def _level(self, width: int) -> QImage:
        """The smallest of the halves that is at least so wide, else the picture itself."""
        at = 0
        while True:
            if at == len(self._levels):
                last = self._levels[-1]
                self._levels.append(last.scaled(max(1, last.width() // 2), max(1, last.height() // 2), _KEEP, _SMOOTH))
            if at and self._levels[at].width() < width:
                return self._levels[at - 1]
            if self._levels[at].width() < max(2 * _SMALLEST_PIXELS, width):
                return self._levels[at]
            at += 1


def _sums(image: QImage) -> list[list[int]]:
    """Sums of darkness of all that lies above and left of each point: any rectangle's is four of them."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, line = grey.width(), grey.bytesPerLine()
    held = bytes(grey.constBits())
    dark = bytes(255 - value for value in range(256))
    table = [[0] * (wide + 1)]
    for row in range(grey.height()):
        along = accumulate(held[row * line : row * line + wide].translate(dark), initial=0)
        table.append(list(map(add, table[-1], along)))
    return table
