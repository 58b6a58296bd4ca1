"""The list at the left of a page with two columns: what arrow keys choose is shown at once, beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from camcensus.model import frozen
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.icons import Glyph
from camcensus.ui.kit.parts import SlimBar
from camcensus.ui.kit.table import BY_KEYBOARD

type Index = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole + 1
"""A `ColumnRow`."""

if TYPE_CHECKING:
    _View = QAbstractItemView
else:
    _View = object


@frozen
class ColumnRow:
    """What is drawn: a name, a line under it, a number at the right; before the name an icon or a glyph, "" for its room."""

    name: str
    under: str = ""
    number: str = ""
    icon: str = ""
    glyph: Glyph | Literal[""] | None = None
    ink: str = "secondary"
    name_ink: str = "text"


class RowPaint(QStyledItemDelegate):
    """Paints a `ColumnRow`, with a tint and a bar where it is chosen, and a ring for the keyboard."""

    def __init__(self, view: ColumnView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.pitch("body") + (theme.pitch("caption") if index.data(RowRole).under else 0) + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ColumnRow = index.data(RowRole)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect).adjusted(0, 1, -4, -1)
        painter.save()
        paint_ground(painter, box, option, "selection", ring=self._view.ring_on(index))
        pitch, small, size = theme.pitch("body"), theme.pitch("caption"), theme.px(16)
        left, top = box.left() + 12, box.center().y() - (pitch + (small if row.under else 0)) / 2
        mark = QRectF(left, top + (pitch - size) / 2, size, size)
        if row.icon:
            icons.draw_icon(painter, row.icon, mark, theme.colour("accent" if current else row.ink))
        elif row.glyph:
            icons.draw_glyph(painter, row.glyph, mark.adjusted(2, 2, -2, -2), theme.colour(row.ink))
        left += size + 8 if row.icon or row.glyph is not None else 0
        right = Qt.AlignmentFlag.AlignRight
        wide = theme.write(painter, QRectF(left, top, box.right() - 12 - left, pitch), row.number, ink="secondary", align=right)
        room = QRectF(left, top, box.right() - left - wide - 20, pitch)
        theme.write(painter, room, row.name, "strong" if current else "body", row.name_ink)
        theme.write(painter, QRectF(left, top + pitch, box.right() - left - 8, small), row.under, "caption", row.ink)
        painter.restore()


def paint_ground(painter: QPainter, box: QRectF, option: QStyleOptionViewItem, tint: str, *, ring: bool) -> None:
    """The tint of a row that is chosen, with a bar, or half the tint under the pointer; and a ring for the keyboard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    current = bool(option.state & QStyle.StateFlag.State_Selected)
    if current or option.state & QStyle.StateFlag.State_MouseOver:
        colour = theme.colour(tint)
        colour.setAlphaF(1.0 if current else 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 6, 6)
    if current:
        theme.fill_with(painter, "accent")
        high = theme.px(16)
        painter.drawRoundedRect(QRectF(box.left(), box.center().y() - high / 2, 3, high), 1.5, 1.5)
    if ring:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)


class ColumnView(_View):
    """What a list and a tree share, mixed in before Qt's own: their look, and a ring where the keyboard is in use."""

    _by_keyboard = False

    def _dress(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(RowPaint(self))

    def retheme(self) -> None:
        """Rows follow the text size."""
        self.scheduleDelayedItemsLayout()

    def ring_on(self, index: Index) -> bool:
        """Whether a row shows the keyboard's ring."""
        return self._by_keyboard and self.hasFocus() and self.currentIndex() == index

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remembers that a keyboard is in use."""
        self._by_keyboard = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)


class ColumnList(ColumnView, QListView):
    """A list of rows that are chosen one at a time."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._dress(name)
        self.setResizeMode(QListView.ResizeMode.Adjust)


class ColumnTree(ColumnView, QTreeView):
    """A tree of them; right and left open and close a branch."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._dress(name)
        self.setHeaderHidden(True)
        self.setIndentation(20)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)  # a row paints its own ground
        self.setPalette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is chosen stays in view where something below takes room."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())
