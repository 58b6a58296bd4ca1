"""The ring around whatever has the keyboard, and where the Tab key takes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QStackedLayout,
    QWidget,
)
from shiboken6 import isValid

from camcensus.ui.kit import theme

if TYPE_CHECKING:
    _Window = QWidget
else:
    _Window = object


class FocusRing(QWidget):
    """Two accent pixels, two pixels outside whatever has the keyboard. Lists show their own current row instead."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._scrolled: dict[QScrollArea, tuple[int, int]] = {}
        """How far each was scrolled when the target got the keyboard, and is since it was brought into view."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):  # what a page showed before may be gone with all it lay in
                widget.removeEventFilter(self)
        self._watched.clear()
        self._scrolled.clear()
        typed_in = isinstance(now, (QLineEdit, QComboBox))
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is None or now.window() is not self._window or isinstance(now, QAbstractItemView) or (by_mouse and not typed_in):
            self._target = None
            self.hide()
            return
        self._target = now
        if not by_mouse and before is not None and isValid(before) and before.window() is self._window:
            self._scrolled = {area: (area.verticalScrollBar().value(),) * 2 for area in _scrolled_in(now)}
            QTimer.singleShot(0, self, self._bring_into_view)  # once it is laid out
        step: QWidget | None = now
        while step is not None and step is not self._window:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._place()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Follows the target and all it lies in."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show):
            self._place()
        if self._scrolled and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._bring_into_view)
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        ring = self._around(target)
        seen = ring
        for area in _scrolled_in(target):
            seen &= self._around(area.viewport())
        if seen.isEmpty():
            self.hide()
            return
        self.setGeometry(ring)
        self.setMask(QRegion(seen.translated(-ring.topLeft())))
        self.raise_()
        self.show()

    def _bring_into_view(self) -> None:
        """Scrolls to what got the keyboard, as Qt does for the Tab key alone; also when what is around it is laid out anew.

        Until somebody scrolls: then only they do.
        """
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            return
        for area, (first, last) in self._scrolled.items():
            bar, room = area.verticalScrollBar(), area.viewport()
            if bar.value() not in (last, bar.maximum()):
                self._scrolled.clear()
                return
            bar.setValue(first)
            place = QRect(target.mapTo(room, QPoint(0, 0)), target.size())
            if place.height() <= room.height() and not room.rect().contains(place):
                area.ensureWidgetVisible(target, 0, theme.px(24))
            self._scrolled[area] = (first, bar.value())

    def _around(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


def _scrolled_in(widget: QWidget) -> Iterator[QScrollArea]:
    """What a widget is scrolled in, from the inside."""
    over = widget.parentWidget()
    while over is not None and not over.isWindow():
        if isinstance(over, QScrollArea):
            yield over
        over = over.parentWidget()


class ReadByTab(_Window):
    """A window, mixed in before Qt's own, in which the Tab key goes as one reads."""

    def focusNextPrevChild(self, onwards: bool) -> bool:
        tab_as_read(self)
        return super().focusNextPrevChild(onwards)


def tab_as_read(window: QWidget) -> None:
    """Lets the Tab key go through a window in the order in which it is laid out, whenever its parts were made.

    Qt is told, never asked (`nextInFocusChain`): PySide makes the answer a child of the one asked, so that widgets that are
    deleted stay in memory under their neighbours, and are gone through whenever one is.
    """
    for before, after in pairwise(stops_as_read(window)):
        QWidget.setTabOrder(before, after)


def stops_as_read(window: QWidget) -> list[QWidget]:
    """Where the Tab key stops, in the order in which it is laid out."""
    return [one for one in _in_order(window, set()) if _stops_at(one)]


def _stops_at(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return takes and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _in_order(widget: QWidget, seen: set[QWidget]) -> Iterator[QWidget]:
    """All that is seen in a widget and was not met before, as it is laid out; what lies in no layout comes last."""
    layout = widget.layout()
    if isinstance(widget, QScrollArea) and widget.widget() is not None:
        laid_out: list[QWidget | None] = [widget.widget()]
    else:
        laid_out = [] if layout is None or isinstance(widget, QAbstractScrollArea) else list(_laid_out(layout))
    for child in (*laid_out, *(one for one in widget.children() if isinstance(one, QWidget))):
        if child is not None and child not in seen and child.isVisible() and not child.isWindow():
            seen.add(child)
            yield child
            if not isinstance(child, QAbstractItemView):
                yield from _in_order(child, seen)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    if isinstance(layout, QStackedLayout):
        current = layout.currentWidget()
        if current is not None:
            yield current
        return
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda at: tuple(layout.getItemPosition(at))[:2])  # type: ignore[arg-type]
    for at in places:
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)
