"""The table of the look: its head, its rows, and one way to paint each kind of column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from camcensus.model.attribution import Grade
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.copying import CELL_KEYS, add_copying, copy_cell, copy_rows
from camcensus.ui.kit.marks import Mark, paint_certainty, paint_pill
from camcensus.ui.kit.parts import SlimBar

Kind = Literal["text", "quiet", "number", "grade", "pill", "icon", "check", "words", "link", "range"]
Index = QModelIndex | QPersistentModelIndex

BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)

SortRole = Qt.ItemDataRole.UserRole + 1
MarkRole = Qt.ItemDataRole.UserRole + 2
"""A `Mark` for a pill."""
GradeRole = Qt.ItemDataRole.UserRole + 3
IconRole = Qt.ItemDataRole.UserRole + 4
IdRole = Qt.ItemDataRole.UserRole + 5
RangeRole = Qt.ItemDataRole.UserRole + 6
"""(sure, likely, of) for a bar beside the words of a range."""
InkRole = Qt.ItemDataRole.UserRole + 7
"""The token of another colour for a number, None for the usual one."""
LEAST_ROWS = 2
"""Rows that are seen at least."""
HEAD_EDGES = 16
"""Pixels beside the words of a column head."""
RANGE_BAR = 72
LEAST_WIDTH = 120
"""Pixels at 100% text of a column that takes what the others leave."""
FITTED_KEPT = 5000
"""Words kept with the width they were cut for: some screens of cells."""
DRAWN_KEPT = 400
"""Pills and glyphs kept as they were drawn; a register has some dozens."""
SURE: tuple[Grade, ...] = ("confirmed", "almost-certain", "likely")


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A named column: `width` in pixels at 100%, 0 for what is left; `value` is what it says of a row, `tip` more than that.

    `roles` are what else is drawn: a grade, an icon, a mark, by Qt's role. `lines` are the title where its head has several.
    """

    name: str
    title: str
    kind: Kind
    width: int
    value: Callable[[Any], str] = str
    tip: Callable[[Any], str] | None = None
    roles: Mapping[int, Callable[[Any], Any]] = field(default_factory=dict)
    lines: tuple[str, ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        """The lines of its head."""
        return self.lines or (self.title,)


class TableHead(QHeaderView):
    """Column heads: 36 high and 18 more for each further line, semibold, a hairline under them, an arrow where it is sorted."""

    def __init__(self, lines: int = 1) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._lines = lines
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.retheme()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def retheme(self) -> None:
        """Takes up a new text size."""
        self.setMinimumSectionSize(theme.px(40))
        self.setFixedHeight(theme.px(36 + 18 * (self._lines - 1)))

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.colour("base"))
        painter.setFont(theme.font("head"))
        painter.setPen(theme.colour("secondary"))
        room = QRectF(rect).adjusted(12, 0, -4, 0)
        column = _column(self.model(), at)
        right = column.kind == "number"
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == at
        text = "\n".join(column.head)
        if right:
            room.adjust(0, 0, -8, 0)
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(align | Qt.AlignmentFlag.AlignVCenter), text)
        if sorted_here and not right:
            size = theme.px(12)
            left = room.left() + QFontMetricsF(painter.font()).horizontalAdvance(text) + 4
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            box = QRectF(left, rect.center().y() - size / 2 + 1, size, size)
            if box.right() < rect.right():
                icons.draw_icon(painter, "chevron-up" if up else "chevron-down", box, theme.colour("secondary"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("hairline"))
        painter.restore()


def _column(model: object, at: int) -> ViewColumn:
    """A column of those that are shown."""
    found: ViewColumn = cast(Any, model).columns[at]
    return found


class _Ink:
    """Colours, font and measures of one look, made once: a frame of scrolling paints a hundred cells."""

    def __init__(self) -> None:
        self.selection, self.line, self.accent = (theme.colour(name) for name in ("selection", "row_line", "accent"))
        self.text, self.quiet = theme.colour("text"), theme.colour("secondary")
        self.font = theme.font("body")
        self.metrics = QFontMetricsF(self.font)
        self.below = (self.metrics.ascent() - self.metrics.descent()) / 2
        """From the middle of a line down to where its letters stand."""
        self._fitted: dict[tuple[str, int], str] = {}
        self._drawn: dict[tuple[object, ...], QPixmap] = {}

    def pill(self, mark: Mark, width: int, chosen: bool, ratio: float) -> QPixmap:
        """A pill as it is drawn, at most so wide."""
        key = (mark, width, chosen, ratio)
        found = self._drawn.get(key)
        if found is None:
            high = theme.px(24)
            found = self._sheet(width, high, ratio)
            painter = QPainter(found)
            paint_pill(painter, mark, 0, high / 2, width, on_selection=chosen)
            painter.end()
            self._keep(key, found)
        return found

    def sign(self, grade: Grade, ratio: float) -> QPixmap:
        """The glyph of a grade."""
        key = (grade, ratio)
        found = self._drawn.get(key)
        if found is None:
            size = theme.px(12)
            found = self._sheet(size, size, ratio)
            painter = QPainter(found)
            paint_certainty(painter, grade, "", QRectF(0, 0, size, size))
            painter.end()
            self._keep(key, found)
        return found

    def _sheet(self, width: int, height: int, ratio: float) -> QPixmap:
        made = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        return made

    def _keep(self, key: tuple[object, ...], drawn: QPixmap) -> None:
        if len(self._drawn) > DRAWN_KEPT:
            self._drawn.clear()
        self._drawn[key] = drawn

    def fitted(self, words: str, width: float) -> str:
        """The words, cut with "…" where they are wider."""
        key = (words, int(width))
        found = self._fitted.get(key)
        if found is None:
            if len(self._fitted) > FITTED_KEPT:
                self._fitted.clear()
            found = self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
            self._fitted[key] = found
        return found


class Rows(QStyledItemDelegate):
    """Paints the cells: one way for each kind of column, a tint and an accent bar on selected rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink: _Ink | None = None

    def retheme(self) -> None:
        """Takes up other colours, or another text size."""
        self._ink = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ink = self._ink
        if ink is None:
            ink = self._ink = _Ink()
        cell: QRect = option.rect
        left, top, width, height = cell.left(), cell.top(), cell.width(), cell.height()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        at = index.column()
        if chosen:
            painter.fillRect(cell, ink.selection)
        painter.fillRect(left, top + height - 1, width, 1, ink.line)
        if chosen and at == 0:
            painter.fillRect(left, top, 3, height, ink.accent)
        kind = _column(index.model(), at).kind
        if kind == "pill":
            mark = index.data(MarkRole)
            if mark is not None:
                pill = ink.pill(mark, width - 14, chosen, painter.device().devicePixelRatioF())
                painter.drawPixmap(QPointF(left + 12, top + (height - theme.px(24)) / 2), pill)
            return
        words = str(index.data() or "")
        if kind == "grade":
            grade: Grade = index.data(GradeRole) or "unknown"
            sign = ink.sign(grade, painter.device().devicePixelRatioF())
            size = theme.px(12)
            painter.drawPixmap(QPointF(left + 12, top + (height - size) / 2), sign)
            painter.setFont(ink.font)
            painter.setPen(ink.text if grade in SURE else ink.quiet)
            text = ink.fitted(words, width - 24.0 - size)
            painter.drawText(QPointF(left + 20.0 + size, top + height / 2 + ink.below), text)
            return
        self._words(painter, ink, kind, words, index, (left, top, width, height))

    def _words(
        self, painter: QPainter, ink: _Ink, kind: Kind, words: str, index: Index, cell: tuple[int, int, int, int]
    ) -> None:
        left, top, width, height = cell
        start, room = left + 12.0, width - 16.0
        icon = index.data(IconRole) if kind == "icon" else None
        if icon:
            size = theme.px(18)
            icons.draw_icon(painter, icon, QRectF(start, top + (height - size) / 2, size, size), ink.quiet)
            start, room = start + size + 10, room - size - 10
        painter.setFont(ink.font)
        painter.setPen(ink.quiet if kind == "quiet" else ink.text)
        text = ink.fitted(words, room)
        if kind in ("number", "range"):
            start += room - 8 - ink.metrics.horizontalAdvance(text)
            other = index.data(InkRole)
            if other is not None:
                painter.setPen(theme.colour(other))
        if kind == "range":
            paint_range(painter, index.data(RangeRole), left + 12.0, top + height / 2)
        painter.drawText(QPointF(start, top + height / 2 + ink.below), text)


def paint_range(painter: QPainter, part: tuple[int, int, int] | None, left: float, middle: float) -> None:
    """A track with a dark part that is sure and a lighter one that is likely; the words beside it say the same."""
    if part is None:
        return
    sure, likely, of = part
    wide = theme.px(RANGE_BAR)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("neutral_fill"))
    painter.drawRoundedRect(QRectF(left, middle - 4, wide, 8), 4, 4)
    for number, token in ((sure + likely, "range_light"), (sure, "listed_ink")):
        if number:
            painter.setBrush(theme.colour(token))
            painter.drawRoundedRect(QRectF(left, middle - 4, max(4.0, wide * min(1.0, number / max(1, of))), 8), 4, 4)
    painter.restore()


_TO_A_ROW = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Table(QTableView):
    """Rows that are chosen whole. Arrow keys, Home, End, type-ahead, Shift and Ctrl are Qt's; the Tab key leaves it."""

    opened = Signal()
    """Enter, or a double click."""
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
        self._by_keyboard = self._arranging = False
        self._least: Mapping[int, int] = {}
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
        self.setHorizontalHeader(TableHead(max((len(one.head) for one in columns), default=1)))
        self.horizontalHeader().setAccessibleName(f"{name}: column heads")
        self.horizontalHeader().sortIndicatorChanged.connect(self._order_clicked)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(Rows(self))
        self.setModel(model)

    def minimumSizeHint(self) -> QSize:
        """Its head and some rows: fewer is no table."""
        rows = LEAST_ROWS * self.verticalHeader().defaultSectionSize()
        return QSize(super().minimumSizeHint().width(), self.horizontalHeader().height() + rows)

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
        if self.model() is not None:
            self._fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    @property
    def shown(self) -> tuple[int, ...]:
        """The numbers, among all columns, of those that are shown."""
        model: Any = self.model()
        return model.shown if model is not None else ()

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
            self._fit()

    def least_width(self, columns: Iterable[int]) -> int:
        """The least that these columns need side by side, in pixels as drawn."""
        return sum(self._least_of(at) for at in columns)

    def _least_of(self, at: int) -> int:
        one = self._every[at]
        words = max(theme.advance(line, "head") for line in one.head) + HEAD_EDGES if one.width else 0
        return max(theme.px(one.width or LEAST_WIDTH), words, self._least.get(at, 0))

    def _fit(self) -> None:
        if self.model() is None:
            return
        fixed = self.least_width(at for at in self.shown if self._every[at].width)
        for place, at in enumerate(self.shown):
            least = self._least_of(at)
            self.setColumnWidth(place, least if self._every[at].width else max(least, self.viewport().width() - fixed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; everything else is Qt's, but that a key which finds no further row chooses the one it is on."""
        self._by_keyboard = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose_current()
            self.opened.emit()
            return
        if event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self._choose_current()
            self.edited.emit()
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

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copying, where the page offers nothing else; the menu key opens it over the current cell."""
        index = self.pointed_at(event.pos()) if event.reason() == event.Reason.Mouse else self.currentIndex()
        menu = QMenu(self)
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
