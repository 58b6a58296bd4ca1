"""Amounts that are drawn: how many, how far, and what answered where. Words beside each say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.ui.kit import theme

CellState = Literal["camera", "unsure", "other", "silent", "waiting"]


class RangeBar(QWidget):
    """How many, drawn: a full part that is sure and an outlined part that is likely. A bar is not a verdict: it is grey."""

    def __init__(self, sure: int, likely: int, of: int, *, hollow: bool) -> None:
        super().__init__()
        self._sure, self._likely, self._of, self._hollow = sure, likely, max(1, of), hollow
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.pitch("body"))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        middle, unit = self.height() / 2, self.width() / self._of
        if self._hollow:
            painter.setPen(QPen(theme.colour("border"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(0.5, middle - 4, max(8.0, unit * (self._sure + self._likely)) - 1, 8), 4, 4)
            return
        sure, high = (max(8.0, unit * number) if number else 0.0 for number in (self._sure, self._sure + self._likely))
        theme.draw_amount(painter, 0, middle, sure, high, ink="bar", tint="neutral_fill")


class Progress(QWidget):
    """A bar of 8 pixels; the words beside it say the same."""

    spoken_role = QAccessible.Role.ProgressBar

    def __init__(self, name: str) -> None:
        super().__init__()
        self._part = 0.0
        self.setFixedHeight(8)
        self.setAccessibleName(name)

    def set_part(self, done: int, total: int) -> None:
        """`done` of `total`; nothing known when `total` is 0."""
        self._part = min(1.0, done / total) if total else 0.0
        self.setAccessibleDescription(f"{done} of {total}")
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        theme.fill_with(painter, "neutral_fill")
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        if self._part:
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(0, 0, max(8.0, self.width() * self._part), 8), 4, 4)


class AddressCells(QWidget):
    """One small cell for each address: what answered there. The table below it says the same in words."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self) -> None:
        super().__init__()
        self._states: Sequence[CellState] = ()
        self.setAccessibleName("What answered at each address")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_states(self, states: Sequence[CellState]) -> None:
        """One state an address, in the order of the addresses."""
        rows = self._rows(len(self._states))
        self._states = states
        if self._rows(len(states)) != rows:
            self.updateGeometry()
        self.update()

    def _per_row(self) -> int:
        return max(1, int(self.width() / 7.5))

    def _rows(self, number: int) -> int:
        return min(8, max(1, -(-number // self._per_row())))

    def sizeHint(self) -> QSize:
        return QSize(300, 12 * self._rows(len(self._states)))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        across = self._per_row()
        step = self.width() / across
        for at, state in enumerate(self._states[: 8 * across]):
            paint_cell(painter, state, (at % across) * step, (at // across) * 12)


def paint_cell(painter: QPainter, state: CellState, left: float, top: float) -> None:
    """Draws one cell of 6 by 10: each state has a shape of its own, so that no colour tells alone."""
    rect = QRectF(left, top, 6, 10)
    if state == "unsure":
        painter.setPen(QPen(theme.colour("accent"), 1.4))
        painter.setBrush(theme.colour("base"))
        painter.drawRoundedRect(rect.adjusted(0.7, 0.7, -0.7, -0.7), 1.5, 1.5)
        return
    ink, across, down = _FILLED[state]
    theme.fill_with(painter, ink)
    painter.drawRoundedRect(rect.adjusted(across, down, -across, -down), 1.5, 1.5)


_FILLED = {"camera": ("accent", 0, 0), "other": ("bar", 0, 2), "silent": ("border", 0, 4), "waiting": ("border", 1.5, 3.5)}
"""A block, a square, a dash and a dot: the ink, and by how much each is less than the cell, across and down."""
