"""The list at the left of a page with two columns: what arrow keys choose is shown at once, beside it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from camcensus.ui.kit import theme
from camcensus.ui.kit.parts import SlimBar
from camcensus.ui.kit.table import BY_KEYBOARD

type Index = QModelIndex | QPersistentModelIndex


class RowPaint(QStyledItemDelegate):
    """Paints the rows of a `ColumnList`: its ground, then `draw`; as high as a name and a line under it."""

    def __init__(self, view: ColumnList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _: QStyleOptionViewItem, __: Index) -> QSize:
        return QSize(100, theme.pitch("body") + theme.pitch("caption") + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._view.paint_ground(painter, option, index)
        self.draw(painter, box, index, current=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def draw(self, painter: QPainter, box: QRectF, index: Index, *, current: bool) -> None:
        """What is in the box of a row."""
        raise NotImplementedError


class ColumnList(QListView):
    """A plain list with a ring for the keyboard. `opened` is Enter or a click: on to what is chosen."""

    opened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._by_keyboard = False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    def retheme(self) -> None:
        """Rows follow the text size."""
        self.doItemsLayout()

    def ring_on(self, at: int) -> bool:
        """Whether a row shows the keyboard's ring."""
        return self._by_keyboard and self.hasFocus() and self.currentIndex().row() == at

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> QRectF:
        """The tint, bar and ring of a row; returns the box that its words are in."""
        box = QRectF(option.rect).adjusted(0, 1, -4, -1)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            tint = theme.colour("selection")
            tint.setAlphaF(1.0 if current else 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawRoundedRect(box, 6, 6)
        if current:
            theme.fill_with(painter, "accent")
            high = theme.px(16)
            painter.drawRoundedRect(QRectF(box.left(), box.center().y() - high / 2, 3, high), 1.5, 1.5)
        if self.ring_on(index.row()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        return box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remembers that a keyboard is in use; Enter continues."""
        self._by_keyboard = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)
