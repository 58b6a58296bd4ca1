"""Where the Tab key goes, held against what is seen: a block is left only when all of it was passed, from the top left on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

LEANS = 6
"""Pixels by which what is in one line may differ in height."""


def out_of_order(root: QWidget, tabbed: Sequence[QWidget]) -> list[str]:
    """Each pair that the Tab key meets the other way round than a reader does, or whose block it leaves and comes back to."""
    order: list[QWidget] = []
    within: dict[QWidget, list[QWidget]] = {}
    for stop in tabbed:
        block = _block(root, stop)
        within.setdefault(block, []).append(stop)
        if not order or order[-1] is not block:
            order.append(block)
    found = [f"{_name(one)} is left and come back to" for one in within if order.count(one) > 1]
    for at, block in enumerate(order):
        for later in order[at + 1 :]:
            if later is not block and _reads_before(_seen(root, later), _seen(root, block)):
                found.append(f"{_name(within[block][0])} before {_name(within[later][0])}")
    for block, members in within.items():
        found += out_of_order(block, [one for one in members if one is not block])
    return found


def _block(root: QWidget, stop: QWidget) -> QWidget:
    step: QWidget = stop
    while (over := step.parentWidget()) is not None and over is not root:
        step = over
    return step


def _seen(root: QWidget, block: QWidget) -> QRect:
    return QRect(block.mapTo(root, QPoint(0, 0)), block.size())


def _reads_before(one: QRect, other: QRect) -> bool:
    """Above it, or in the same line and left of it."""
    if one.bottom() <= other.top() + LEANS:
        return True
    return one.top() < other.bottom() - LEANS and one.right() <= other.left() + LEANS


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = widget.accessibleName() or (text() if callable(text) else "")
    return f"{type(widget).__name__} “{words}”"
