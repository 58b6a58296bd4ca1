"""The table of the look: rows that are chosen whole, by keyboard and by mouse, and columns that share the width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QMetaMethod,
    QModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import Rows, TableHead, ViewColumn
from camcensus.ui.kit.copying import CELL_KEYS, add_copying, copy_cell, copy_rows
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.parts import SlimBar

BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
LEAST_ROWS = 2
"""Rows that are seen at least."""
HEAD_EDGES, FIGURES_EDGE = 16, 8
"""Pixels beside the words of a column head, and as many more beside those over figures."""
LEAST_WIDTH = 110
"""Pixels at 100% text of a column that takes what the others leave."""
ROOM_LEFT = 170
"""Pixels at 100% text that roomy columns leave to that one."""

_TO_A_ROW = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Table(QTableView):
    """Rows that are chosen whole. Arrow keys, Home, End, type-ahead, Shift and Ctrl are Qt's; the Tab key leaves it."""

    opened = Signal()
    """Enter, or a double click."""
    ticked = Signal(list)
    """Rows whose boxes Space or a click is to turn, where it has a column of boxes."""
    edited = Signal()
    """F2."""
    ordered = Signal(int, Qt.SortOrder)
    """The number, among all columns, of the one that orders."""

    def __init__(
        self,
        columns: tuple[ViewColumn, ...],
        name: str,
        row_height: int = 40,
        *,
        model: QAbstractItemModel | None = None,
        one_row: bool = False,
    ) -> None:
        super().__init__()
        self._every = columns
        self._row_height = row_height
        self.order: tuple[int, Qt.SortOrder] = (0, Qt.SortOrder.AscendingOrder)
        self._by_keyboard = self._arranging = self._or_all = False
        self._least: Mapping[int, int] = {}
        self._wanted, self._spared = tuple[int, ...](), tuple[int, ...]()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.SingleSelection if one_row else modes.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBar(SlimBar(Qt.Orientation.Horizontal))
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())  # the style draws a frame there
        self.setHorizontalHeader(TableHead(max((len(one.head) for one in columns), default=1)))
        self.horizontalHeader().setAccessibleName(f"{name}: column heads")
        self.horizontalHeader().sortIndicatorChanged.connect(self._order_clicked)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)  # Qt's own follows the text size one change late
        self.setItemDelegate(Rows(self))
        self.setModel(model)

    def minimumSizeHint(self) -> QSize:
        """Its head and some rows: fewer is no table."""
        rows = LEAST_ROWS * self.verticalHeader().defaultSectionSize()
        around = self.horizontalHeader().height() + self.horizontalScrollBar().sizeHint().height()
        return QSize(super().minimumSizeHint().width(), around + rows)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.retheme()

    def retheme(self) -> None:
        """Row height and column widths follow the text size."""
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, theme.colour("base"))
        palette.setColor(QPalette.ColorRole.Highlight, theme.colour("selection"))
        self.setPalette(palette)
        self.verticalHeader().setDefaultSectionSize(theme.px(self._row_height))
        delegate = self.itemDelegate()
        if isinstance(delegate, Rows):
            delegate.retheme()
        self._spare()
        self._fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        if not self._arranging:  # columns that come or go resize the view; then they are fitted
            self._spare()
            self._fit()

    @property
    def shown(self) -> tuple[int, ...]:
        """The numbers, among all columns, of those that are shown."""
        model: Any = self.model()
        return model.shown if model is not None else ()

    @property
    def wanted(self) -> tuple[int, ...]:
        """Those that are to be shown where they have room."""
        return self._wanted or self.shown

    def show_column(self, at: int, *, on: bool) -> None:
        """Shows or hides a column, by its number among all."""
        self.show_columns([*self.shown, at] if on else [one for one in self.shown if one != at])

    def show_columns(self, wanted: Iterable[int]) -> None:
        """Shows these columns and no others, by their numbers among all; what is chosen stays chosen."""
        model, chosen, wanted = cast(Any, self.model()), self.selectionModel(), set(wanted)
        if wanted == set(self.shown):
            return
        spans = [(span.top(), span.bottom()) for span in chosen.selection().toList()]
        self._arranging = True
        chosen.blockSignals(True)
        model.show(wanted)
        last = len(self.shown) - 1
        for top, bottom in spans:
            flag = chosen.SelectionFlag.Select
            chosen.select(QItemSelection(model.index(top, 0), model.index(bottom, last)), flag)
        chosen.blockSignals(False)
        self._show_order()
        self._fit()
        self.viewport().update()

    def show_what_fits(self, wanted: Iterable[int], spared: Iterable[int], *, or_all: bool = False) -> None:
        """Shows these columns, now and at other widths without those of `spared`, the first ones first, that have no room.

        With `or_all`, where the text is large and the others have no room either, all of them are a scroll away.
        """
        self._wanted, self._spared, self._or_all = tuple(wanted), tuple(spared), or_all
        self._spare()

    def _spare(self) -> None:
        if not self._wanted:
            return
        shown, wide = list(self._wanted), self.viewport().width()
        for at in self._spared:
            if self.least_width(shown) > wide and at in shown:
                shown.remove(at)
        none_helps = self._or_all and theme.THEME.large and self.least_width(shown) > wide
        self.show_columns(self._wanted if none_helps else shown)

    def sort_by(self, at: int, order: Qt.SortOrder) -> None:
        """Orders by a column, by its number among all."""
        self.order = (at, order)
        self._show_order()
        self.ordered.emit(at, order)

    def _order_clicked(self, section: int, order: Qt.SortOrder) -> None:
        if not self._arranging and 0 <= section < len(self.shown):
            self.sort_by(self.shown[section], order)

    def _show_order(self) -> None:
        """The arrow at the column that orders, where that is shown."""
        at, order = self.order
        self._arranging = True
        if self.horizontalHeader().isSortIndicatorShown():
            self.horizontalHeader().setSortIndicator(self.shown.index(at) if at in self.shown else -1, order)
        self._arranging = False

    def set_least(self, widths: Mapping[int, int]) -> None:
        """Columns that something else needs wider than they say, in pixels as drawn: a total under them."""
        if widths != self._least:
            self._least = dict(widths)
            self._spare()
            self._fit()

    def least_width(self, columns: Iterable[int]) -> int:
        """The least that these columns need side by side, in pixels as drawn."""
        return sum(self._least_of(at) for at in columns)

    def _least_of(self, at: int) -> int:
        one = self._every[at]
        edges = HEAD_EDGES + (FIGURES_EDGE if one.kind == "number" else 0)
        words = max(theme.advance(line, "head") for line in one.head) + edges
        return max(theme.px(one.width or LEAST_WIDTH), words, self._least.get(at, 0))

    def _fit(self) -> None:
        if self.model() is None:
            return
        widths = {at: self._least_of(at) for at in self.shown}
        for roomy in (True, False):
            fixed = {
                at: max(least, theme.px(self._every[at].roomy) if roomy else 0)
                for at, least in widths.items()
                if self._every[at].width
            }
            left = self.viewport().width() - sum(fixed.values())
            if left >= theme.px(ROOM_LEFT):
                break
        for place, (at, least) in enumerate(widths.items()):
            self.setColumnWidth(place, fixed.get(at, max(least, left)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; everything else is Qt's, but that a key which finds no further row chooses the one it is on.

        Where there is nothing to open, Enter is the dialog's.
        """
        self._by_keyboard = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose_current()
            if self.isSignalConnected(QMetaMethod.fromSignal(self.opened)):
                self.opened.emit()
            else:
                event.ignore()
            return
        if event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self._choose_current()
            self.edited.emit()
            return
        if event.key() == Qt.Key.Key_Space and any(one.kind == "check" for one in self._every):
            self.ticked.emit(sorted({index.row() for index in self.selectionModel().selectedRows()}))
            return
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and self.currentIndex().isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Toggle | flags.Rows)
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
            return
        if QKeySequence(event.keyCombination()) == QKeySequence(CELL_KEYS):
            copy_cell(self, self.currentIndex())
            return
        super().keyPressEvent(event)
        if event.key() in _TO_A_ROW and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose_current()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last row, as in a list."""
        rows = self.model().rowCount() if self.model() is not None else 0
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: rows - 1}
        if rows and action in ends:
            return self.model().index(ends[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def _choose_current(self) -> None:
        chosen = self.selectionModel()
        if chosen is not None and not chosen.hasSelection() and chosen.currentIndex().isValid():
            chosen.select(chosen.currentIndex(), chosen.SelectionFlag.ClearAndSelect | chosen.SelectionFlag.Rows)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._every[self.shown[index.column()]].kind == "check":
            self.ticked.emit([index.row()])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copying, where the page offers nothing else; the menu key opens it over the current cell."""
        index = self.pointed_at(event.pos()) if event.reason() == event.Reason.Mouse else self.currentIndex()
        menu = Menu(parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_copying(menu, self, index)
        if menu.actions():
            menu.popup(event.globalPos())

    def pointed_at(self, at: QPoint) -> QModelIndex:
        """The cell under a point of the view, else the current one."""
        index = self.indexAt(at)
        return index if index.isValid() else self.currentIndex()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in BY_KEYBOARD:
            self._by_keyboard = True
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None and self.model().rowCount():
            self.selectionModel().setCurrentIndex(self.model().index(0, 0), self.selectionModel().SelectionFlag.NoUpdate)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self.hasFocus() and self._by_keyboard):
            return
        painter = theme.smooth(self.viewport())
        painter.setPen(QPen(theme.colour("accent"), 2))
        current = self.currentIndex()
        height = theme.px(self._row_height)
        top = self.visualRect(current).top() if current.isValid() else 0
        width = min(self.viewport().width(), self.horizontalHeader().length())
        painter.drawRoundedRect(QRectF(1, top + 1, width - 2, height - 2), 4, 4)
