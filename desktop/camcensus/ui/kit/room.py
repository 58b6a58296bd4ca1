"""Room for a page or a form: whole where the window has the height for it, else it scrolls. Nothing is ever squeezed."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLayout,
    QLayoutItem,
    QListView,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from camcensus.ui.kit import theme
from camcensus.ui.kit.parts import SlimBar

LEAST_SCROLLED = 48
"""Pixels at 100% text under which a part that scrolls by itself is a slit."""
LEAST_ROWS = 2
"""Rows of a list that are seen whole at least."""
_ROUNDS = 3
"""What is shown beside a bar that comes may take more lines; then it comes to rest."""


class Room(QScrollArea):
    """Holds one widget. It is as high as the room, or as it needs at this width where that is more; never wider."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        self._fitting = False
        self._need = self._told = 0
        self.setWidget(inside)
        inside.setAutoFillBackground(False)

    @property
    def need(self) -> int:
        """The height that what is inside needs at the width that it has; 0 before it was laid out."""
        return self._need

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        return QSize(inside.minimumSizeHint().width() if inside is not None else 0, theme.px(LEAST_SCROLLED))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that a field leaves are for the page or the dialog, as they were without the room."""
        event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows what is shown or hidden inside."""
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.fit()
            if self._need != self._told:
                self._told = self._need
                self.updateGeometry()
        return done

    def fit(self) -> None:
        """Gives what is inside its size."""
        inside = self.widget()
        if inside is None or self._fitting:
            return
        self._fitting = True
        for _ in range(_ROUNDS):
            room, before, layout = self.viewport().size(), inside.size(), inside.layout()
            high = inside.height() if before.width() == room.width() else 0
            inside.resize(room.width(), max(room.height(), high))
            if layout is not None:
                layout.activate()
            self._need = least_height(inside)
            inside.resize(room.width(), max(room.height(), self._need))
            if inside.size() == before and self.viewport().size() == room:
                break
        self._fitting = False


def least_height(widget: QWidget) -> int:
    """The height that a widget needs at the width that it has: no line of words cut, a few rows of each table."""
    least, layout = widget.minimumHeight(), widget.layout()
    if isinstance(widget, Room):
        need = theme.px(LEAST_SCROLLED)
    elif isinstance(widget, QAbstractScrollArea):
        need = _of_scrolled(widget)
    elif layout is not None:
        layout.activate()
        need = _of_layout(layout, widget.width())
    elif widget.hasHeightForWidth():
        need = max(widget.heightForWidth(widget.width()), widget.minimumSizeHint().height())
    elif widget.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Fixed:
        need = widget.sizeHint().height()
    else:
        need = widget.minimumSizeHint().height()
    return min(max(need, least), widget.maximumHeight())


def _of_scrolled(view: QAbstractScrollArea) -> int:
    if view.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Fixed:
        return view.sizeHint().height()
    if isinstance(view, QListView):
        rows = min(LEAST_ROWS, view.model().rowCount() if view.model() is not None else 0)
        return max(theme.px(LEAST_SCROLLED), rows * view.sizeHintForRow(0))
    return theme.px(LEAST_SCROLLED) if isinstance(view, QScrollArea) else view.minimumSizeHint().height()


def _of_layout(layout: QLayout, width: int) -> int:
    edges = layout.contentsMargins()
    around = edges.top() + edges.bottom()
    if isinstance(layout, QStackedLayout):
        shown = layout.currentWidget()
        return around + (least_height(shown) if shown is not None else 0)
    items = [item for at in range(layout.count()) if (item := layout.itemAt(at)) is not None and _takes_room(item)]
    if isinstance(layout, QBoxLayout):
        upright = layout.direction() in (QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop)
        needs = [_of_item(item) for item in items]
        if not upright:
            return around + max(needs, default=0)
        gaps = sum(1 for item in items if item.spacerItem() is None)
        return around + sum(needs) + max(0, layout.spacing()) * max(0, gaps - 1)
    if isinstance(layout, QGridLayout):
        return around + _of_grid(layout)
    if layout.hasHeightForWidth():
        return layout.heightForWidth(width)
    return layout.minimumSize().height()


def _takes_room(item: QLayoutItem) -> bool:
    """A space is "empty" to Qt, and still is one."""
    return item.spacerItem() is not None or not item.isEmpty()


def _of_grid(layout: QGridLayout) -> int:
    rows: dict[int, int] = {}
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is not None and not item.isEmpty():
            row, _, over, _ = cast(tuple[int, int, int, int], layout.getItemPosition(at))
            if over == 1:
                rows[row] = max(rows.get(row, 0), _of_item(item))
    return sum(rows.values()) + max(0, layout.verticalSpacing()) * max(0, len(rows) - 1)


def _of_item(item: QLayoutItem) -> int:
    widget, layout = item.widget(), item.layout()
    if widget is not None:
        return least_height(widget)
    if layout is not None:
        return _of_layout(layout, layout.geometry().width())
    return item.minimumSize().height()
