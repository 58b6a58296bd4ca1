"""What a table is drawn with: its columns, the roles of a cell, its head, and one way to paint each kind of column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, Literal, cast

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from camcensus.model import frozen
from camcensus.model.device import Grade
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.marks import Mark, paint_certainty, paint_pill

Kind = Literal["text", "quiet", "number", "grade", "pill", "icon", "check", "words", "link", "range"]
Index = QModelIndex | QPersistentModelIndex


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
RANGE_BAR, SIDE = 72, 12
FITTED_KEPT = 5000
"""Words kept with the width they were cut for: some screens of cells."""
DRAWN_KEPT = 400
"""Pills and glyphs kept as they were drawn; a register has some dozens."""
SURE: tuple[Grade, ...] = ("confirmed", "almost-certain", "likely")


@frozen
class ViewColumn:
    """A named column: `width` in pixels at 100%, 0 for what is left; `value` is what it says of a row, `tip` more than that.

    `roles` are what else is drawn: a grade, an icon, a mark, by Qt's role. `lines` are the title where its head has several.
    `roomy` is its width where the column that takes what is left has more than it needs.
    """

    name: str
    title: str
    kind: Kind
    width: int
    value: Callable[[Any], str] = str
    tip: Callable[[Any], str] | None = None
    roles: Mapping[int, Callable[[Any], Any]] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    roomy: int = 0

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
        if kind == "check":
            state = index.data(Qt.ItemDataRole.CheckStateRole)
            if state is not None:
                paint_box(painter, QRectF(cell), (height - theme.px(18)) / 2, checked=state == Qt.CheckState.Checked)
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
        if kind in ("number", "range", "icon") and (other := index.data(InkRole)) is not None:
            painter.setPen(theme.colour(other))
        if kind == "range":
            paint_range(painter, index.data(RangeRole), left + 12.0, top + height / 2)
        painter.drawText(QPointF(start, top + height / 2 + ink.below), text)


def paint_box(painter: QPainter, cell: QRectF, top: float, *, checked: bool) -> None:
    """A check box in a cell of a table, `top` pixels below the cell's own top."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = theme.px(18)
    box = QRectF(cell.left() + SIDE, cell.top() + top, size, size)
    painter.setPen(QPen(theme.colour("accent" if checked else "border"), 1))
    painter.setBrush(theme.colour("accent" if checked else "base"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if checked:
        part = size * 0.2
        icons.draw_glyph(painter, "check", box.adjusted(part, part, -part, -part), theme.colour("on_accent"))


def paint_range(painter: QPainter, part: tuple[int, int, int] | None, left: float, middle: float) -> None:
    """A track with a full part that is sure and an outlined one that is likely; the words beside it say the same."""
    if part is None:
        return
    sure, likely, of = part
    wide = theme.px(RANGE_BAR)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    theme.fill_with(painter, "neutral_fill")
    painter.drawRoundedRect(QRectF(left, middle - 4, wide, 8), 4, 4)
    parts = (max(4.0, wide * min(1.0, number / max(1, of))) if number else 0.0 for number in (sure, sure + likely))
    theme.draw_amount(painter, left, middle, *parts, ink="listed_ink", tint="listed_fill")
    painter.restore()
