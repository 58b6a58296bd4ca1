"""How pages are laid out: rows, columns and grids, written in the order in which they are seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

type Item = QWidget | QLayout
type Part = Item | int | tuple[Item | None, int] | tuple[Item, int, Qt.AlignmentFlag] | None
"""A widget or a layout; a number is a space in pixels; None takes what is left; a pair says how much, a third the side."""
type Cell = Item | tuple[Item, Qt.AlignmentFlag] | None
type Margins = tuple[int, int, int, int]

ANY_SIZE = 16_777_215
"""No largest size. Source: Qt's QWIDGETSIZE_MAX."""


def row(*parts: Part, gap: int = 8, margins: Margins = (0, 0, 0, 0), of: QWidget | None = None) -> QHBoxLayout:
    """Parts side by side, the layout `of` a widget or part of another."""
    return _begin(QHBoxLayout(), parts, gap, margins, of)


def column(*parts: Part, gap: int = 0, margins: Margins = (0, 0, 0, 0), of: QWidget | None = None) -> QVBoxLayout:
    """Parts under each other, the layout `of` a widget or part of another."""
    return _begin(QVBoxLayout(), parts, gap, margins, of)


def _begin[Box: QBoxLayout](layout: Box, parts: Sequence[Part], gap: int, margins: Margins, of: QWidget | None) -> Box:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    fill(layout, *parts)
    if of is not None:
        of.setLayout(layout)
    return layout


def fill(layout: QBoxLayout, *parts: Part) -> None:
    """More parts at the end."""
    for part in parts:
        item, share, *side = part if isinstance(part, tuple) else (part, 1 if part is None else 0)
        if item is None:
            layout.addStretch(share)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item, share)
            if side:
                layout.setAlignment(item, *side)
        else:
            layout.addWidget(item, share, *side)


def turn(layout: QBoxLayout, *, down: bool) -> None:
    """Its parts under each other, or side by side."""
    layout.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)


def panel(layout: QLayout) -> QWidget:
    """A widget of nothing but its layout, to be shown or hidden as one."""
    made = QWidget()
    made.setLayout(layout)
    return made


def grid(
    *rows: Sequence[Cell] | Item | int,
    gap: int | tuple[int, int] = 12,
    shares: Sequence[int] = (),
    margins: Margins = (0, 0, 0, 0),
    of: QWidget | None = None,
) -> QGridLayout:
    """Rows of cells under each other; `gap` may be a pair, across and down; `shares` of the width for the columns.

    None is an empty cell, a pair says which side a cell keeps to. A part alone goes across all, a number is a space in pixels.
    """
    layout = QGridLayout()
    layout.setContentsMargins(*margins)
    beside, below = gap if isinstance(gap, tuple) else (gap, gap)
    layout.setHorizontalSpacing(beside)
    layout.setVerticalSpacing(below)
    wide = max((len(cells) for cells in rows if isinstance(cells, Sequence)), default=1)
    for down, cells in enumerate(rows):
        if isinstance(cells, int):
            layout.setRowMinimumHeight(down, cells)
            continue
        over = 1 if isinstance(cells, Sequence) else wide
        for across, cell in enumerate(cells if isinstance(cells, Sequence) else (cells,)):
            item, *side = cell if isinstance(cell, tuple) else (cell,)
            if isinstance(item, QLayout):
                layout.addLayout(item, down, across, 1, over, *side)
            elif item is not None:
                layout.addWidget(item, down, across, 1, over, *side)
    for across, share in enumerate(shares):
        layout.setColumnStretch(across, share)
    if of is not None:
        of.setLayout(layout)
    return layout


class Faces(QStackedLayout):
    """One of several is shown; it alone says how much room is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self.update())

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else QSize()

    def minimumSize(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize()) if shown is not None else QSize()

    def hasHeightForWidth(self) -> bool:
        shown = self.currentWidget()
        return shown is not None and shown.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        shown = self.currentWidget()
        return shown.heightForWidth(width) if shown is not None else -1


class FacesWidget(QWidget):
    """The same, as a widget: what a layout without one shows first would be a window of its own until it has one.

    No QStackedWidget: a layout asks the layout of that how high it is, which asks all its pages.
    """

    def __init__(self) -> None:
        super().__init__()
        self._faces = shown = Faces()
        shown.setContentsMargins(0, 0, 0, 0)
        self.setLayout(shown)
        self.addWidget, self.removeWidget = shown.addWidget, shown.removeWidget
        self.currentWidget, self.setCurrentWidget = shown.currentWidget, shown.setCurrentWidget
        self.currentIndex, self.setCurrentIndex = shown.currentIndex, shown.setCurrentIndex

    def minimumSizeHint(self) -> QSize:
        return self._faces.minimumSize()


def faces(of: QWidget, *shown: QWidget) -> QStackedLayout:
    """The layout of a widget that shows one of these at a time, the first to begin with, and has room for each."""
    layout = QStackedLayout(of)
    for face in shown:
        layout.addWidget(face)
    return layout


def stack(*faces: QWidget) -> FacesWidget:
    """A widget that shows one of these at a time, the first to begin with, and asks for the room of that one alone."""
    made = FacesWidget()
    for face in faces:
        made.addWidget(face)
    return made


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Takes everything out of a layout and lets it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, (QVBoxLayout, QHBoxLayout)):
            clear(inner)
