"""Where the labels of pins are drawn: at their point, or beside it where they would cover a room's name or each other.

Where there is room for neither, a pin has no label until the plan is seen nearer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

FREE = 0.015
"""So dark a place has nothing drawn on it: paper that is not quite white, the edge of a line."""
WRITTEN, TIMES_MEAN = 0.025, 0.5
"""A place is written on that is darker than this and so many times what the whole picture is on average."""
PHOTO = 0.3
"""A picture that is darker on average is no drawing: nothing on it is left free."""
COVERED = 0.2
"""The share of another label that may be covered."""
GAP = 7.0
_AROUND = ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))
_CELL = 96.0
_DOT = QSizeF(10, 10)


def lay_out(
    points: Mapping[str, QPointF], sizes: Mapping[str, QSizeF], within: QRectF, ink: Callable[[QRectF], float]
) -> dict[str, QPointF | None]:
    """From each pin's point to the middle of its label, in pixels; None where there is no room for one.

    `ink` says how dark the picture is under a rectangle. In the order given: the first pin has the first choice.
    """
    mean = ink(within)
    written = WRITTEN + TIMES_MEAN * mean if mean < PHOTO else 1.0
    taken: dict[tuple[int, int], list[tuple[str, QRectF]]] = {}
    for name, point in points.items():
        _take(taken, name, _around(point, _DOT))
    found: dict[str, QPointF | None] = {}
    for name, point in points.items():
        size = sizes[name]
        best, least, fits = QPointF(), float("inf"), False
        for away, offset in _offers(size):
            label = _around(point + offset, size)
            if away and not within.contains(label):
                continue
            dark, covered = ink(label), _overlap(label, name, taken)
            cost = away + 40 * max(0.0, dark - FREE) + 4 * covered
            if cost < least:
                best, least, fits = offset, cost, dark <= written and covered <= COVERED
            if cost <= away:  # nothing further away can be better
                break
        found[name] = best if fits else None
        if fits:
            _take(taken, name, _around(point + best, size))
    return found


def _offers(size: QSizeF) -> Sequence[tuple[float, QPointF]]:
    across, down = size.width() / 2 + GAP, size.height() / 2 + GAP
    rings = ((ring / 8, QPointF(x * across * ring, y * down * ring)) for ring in (1, 2) for x, y in _AROUND)
    return [(0.0, QPointF()), *rings]


def _around(middle: QPointF, size: QSizeF) -> QRectF:
    return QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height())


def _cells(label: QRectF) -> list[tuple[int, int]]:
    across = range(int(label.left() // _CELL), int(label.right() // _CELL) + 1)
    down = range(int(label.top() // _CELL), int(label.bottom() // _CELL) + 1)
    return [(x, y) for x in across for y in down]


def _take(taken: dict[tuple[int, int], list[tuple[str, QRectF]]], name: str, room: QRectF) -> None:
    for cell in _cells(room):
        taken.setdefault(cell, []).append((name, room))


def _overlap(label: QRectF, name: str, taken: Mapping[tuple[int, int], list[tuple[str, QRectF]]]) -> float:
    """The largest share of it that another pin's dot or label covers."""
    area, most = label.width() * label.height(), 0.0
    for cell in _cells(label):
        for owner, other in taken.get(cell, ()):
            if owner != name:
                both = label.intersected(other)
                most = max(most, both.width() * both.height() / area)
    return most
