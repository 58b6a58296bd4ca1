"""Where the labels of pins are drawn: at their point, or beside it where they would cover a room's name or each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

FREE = 0.015
"""So dark a place has nothing drawn on it: paper that is not quite white, the edge of a line."""
GAP = 7.0
_AROUND = ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))
_CELL = 96.0


def lay_out(
    points: Mapping[str, QPointF], sizes: Mapping[str, QSizeF], within: QRectF, ink: Callable[[QRectF], float]
) -> dict[str, QPointF]:
    """From each pin's point to the middle of its label, in pixels; `ink` says how dark the picture is under a rectangle.

    In the order given: the first pin has the first choice.
    """
    taken: dict[tuple[int, int], list[QRectF]] = {}
    found = {}
    for name, point in points.items():
        size = sizes[name]
        best, least = QPointF(), float("inf")
        for away, offset in _offers(size):
            label = _around(point + offset, size)
            if away and not within.contains(label):
                continue
            cost = away + 12 * max(0.0, ink(label) - FREE) + 4 * _overlap(label, taken)
            if cost < least:
                best, least = offset, cost
            if cost <= away:  # nothing further away can be better
                break
        found[name] = best
        label = _around(point + best, size)
        for cell in _cells(label):
            taken.setdefault(cell, []).append(label)
    return found


def _offers(size: QSizeF) -> Sequence[tuple[float, QPointF]]:
    across, down = size.width() / 2 + GAP, size.height() / 2 + GAP
    rings = ((ring / 8, QPointF(x * across * ring, y * down * ring)) for ring in (1, 2, 3) for x, y in _AROUND)
    return [(0.0, QPointF()), *rings]


def _around(middle: QPointF, size: QSizeF) -> QRectF:
    return QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height())


def _cells(label: QRectF) -> list[tuple[int, int]]:
    across = range(int(label.left() // _CELL), int(label.right() // _CELL) + 1)
    down = range(int(label.top() // _CELL), int(label.bottom() // _CELL) + 1)
    return [(x, y) for x in across for y in down]


def _overlap(label: QRectF, taken: Mapping[tuple[int, int], list[QRectF]]) -> float:
    """The largest share of it that another label covers."""
    area, most = label.width() * label.height(), 0.0
    for cell in _cells(label):
        for other in taken.get(cell, ()):
            both = label.intersected(other)
            most = max(most, both.width() * both.height() / area)
    return most
