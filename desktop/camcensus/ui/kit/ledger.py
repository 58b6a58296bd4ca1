"""A table of statements: cells of several lines, as high as all its rows, so that only the page scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from camcensus.model import frozen
from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import SIDE, TableHead, ViewColumn, paint_box
from camcensus.ui.kit.ledger_model import LedgerLine, LedgerModel
from camcensus.ui.kit.links import may_open, open_web
from camcensus.ui.kit.table import BY_KEYBOARD

Index = QModelIndex | QPersistentModelIndex
TOP, LINK_GAP = 10, 4
UNDER = -1
"""Width of a column that always is under the first one's words."""


@frozen
class Block:
    """Lines of one size and ink within a cell."""

    text: str
    role: theme.Role
    ink: str
    link: bool = False


@frozen
class Laid:
    """Blocks laid out at a width: each with its layout and its top; and how high all of it is."""

    blocks: tuple[tuple[Block, QTextLayout, int, int], ...]
    height: int


class _Cells(QStyledItemDelegate):
    """Paints boxes, words, numbers and links."""

    def __init__(self, view: Ledger) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        cell: QRect = option.rect
        painter.fillRect(cell, theme.colour("base"))
        lines = self._view.lines.lines
        if index.row() < len(lines) - 1 and not lines[index.row() + 1].continues:
            painter.fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), theme.colour("row_line"))
        if self._view.columns[index.column()].kind == "check":
            state = index.data(Qt.ItemDataRole.CheckStateRole)
            if state is not None:
                top = theme.px(TOP) + (theme.pitch("body") - theme.px(18)) / 2
                paint_box(painter, QRectF(cell), top, checked=state == Qt.CheckState.Checked)
        else:
            laid = self._view.laid(index.row(), index.column(), cell.width())
            for block, layout, top, _ in laid.blocks:
                painter.setPen(theme.colour(block.ink))
                layout.draw(painter, QPointF(cell.left() + SIDE, cell.top() + top))
        painter.restore()


class Ledger(QTableView):
    """Arrow keys walk the rows, Space ticks a box, Enter opens the row's source; the Tab key leaves it.

    Under `stack_below` pixels (at 100% text) the cells of a row are below each other. A column of width 0 takes what is
    left.
    """

    toggled = Signal(str, bool)
    """A row's id, and whether its box is to be ticked: whoever listens decides, and shows other rows then."""

    def __init__(self, columns: tuple[ViewColumn, ...], name: str, *, stack_below: int = 600) -> None:
        super().__init__()
        self.columns = columns
        self._stack_below = stack_below
        self._first = next(at for at, column in enumerate(columns) if column.kind != "check")
        self._open = next((at for at, column in enumerate(columns) if column.width == 0), self._first)
        self._by_keyboard = False
        self._laid: dict[tuple[int, int, int], Laid] = {}
        self.lines = LedgerModel(columns, self)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setHorizontalHeader(TableHead())
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setAccessibleName(f"{name}: column heads")
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.px(24))
        self.setItemDelegate(_Cells(self))
        self.setModel(self.lines)

    def set_lines(self, lines: Sequence[LedgerLine]) -> None:
        """Shows other rows, and is as high as they are."""
        self.lines.set_lines(lines)
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Created):  # else its width is not known, and the first one fits it
            self._fit()

    def retheme(self) -> None:
        """Widths and heights follow the text size."""
        self.horizontalHeader().setMinimumSectionSize(theme.px(40))
        self.verticalHeader().setMinimumSectionSize(theme.px(24))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    @property
    def stacked(self) -> bool:
        """Whether the cells of a row are below each other."""
        return theme.at_100(self.width()) < self._stack_below

    def laid(self, row: int, column: int, width: int) -> Laid:
        """A cell's lines at a width."""
        key = (row, column, width)
        if key not in self._laid:
            number = self.columns[column].kind == "number"
            self._laid[key] = _lay_out(self._blocks(row, column), width - 2 * SIDE, number=number)
        return self._laid[key]

    def _blocks(self, row: int, column: int) -> list[Block]:
        line = self.lines.lines[row]
        blocks = _own_blocks(line, column, self.columns[column])
        if column == self._first:
            for at, other in enumerate(self.columns):
                if at == column or not self._goes_under(at):
                    continue
                cell = line.cells[at]
                words = ". ".join(part.rstrip(".").replace("\n", ", ") for part in (cell.fact, cell.words, cell.note) if part)
                if other.kind == "link" and may_open(line.url):
                    blocks.append(Block(words, "caption", "accent", link=True))
                elif other.kind == "link":
                    blocks.append(Block(words, "caption", "secondary"))
                elif words and words != "0":
                    blocks.append(Block(f"{other.title}: {words}", "caption", "secondary"))
        return blocks

    def _goes_under(self, at: int) -> bool:
        """Whether a column is shown in the first one's cell."""
        column = self.columns[at]
        return at != self._first and column.kind != "check" and (self.stacked or column.width == UNDER)

    def _fit(self) -> None:
        """Column widths, then row heights, then the height of the whole."""
        self._laid.clear()
        stacked, room = self.stacked, self.width()
        hidden = {at for at in range(len(self.columns)) if self._goes_under(at)}
        wide = self._first if stacked else self._open
        fixed = sum(theme.px(one.width) for at, one in enumerate(self.columns) if at not in hidden and at != wide)
        for at, column in enumerate(self.columns):
            self.setColumnHidden(at, at in hidden)
            self.setColumnWidth(at, max(theme.px(120), room - fixed) if at == wide else theme.px(column.width))
        total = self.horizontalHeader().height() if not stacked else 0
        self.horizontalHeader().setVisible(not stacked)
        for row in range(self.lines.rowCount()):
            heights = [
                self.laid(row, at, self.columnWidth(at)).height
                for at, column in enumerate(self.columns)
                if at not in hidden and column.kind != "check"
            ]
            height = max(theme.px(40), *heights)
            self.verticalHeader().resizeSection(row, height)
            total += height
        if self.height() != total or self.minimumHeight() != total:
            self.setFixedHeight(total)

    def link_at(self, at: QPoint) -> str | None:
        """The address under a point, None where there is no link."""
        index = self.indexAt(at)
        if not index.isValid() or not may_open(self.lines.lines[index.row()].url):
            return None
        cell = self.visualRect(index)
        laid = self.laid(index.row(), index.column(), cell.width())
        for block, layout, top, height in laid.blocks:
            across = at.x() - cell.left() - SIDE
            if block.link and top - LINK_GAP <= at.y() - cell.top() < top + height + LINK_GAP and across >= 0:
                wide = max(layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount()))
                return self.lines.lines[index.row()].url if across <= wide else None
        return None

    def _toggle(self, row: int) -> None:
        line = self.lines.lines[row]
        if line.checked is not None:
            self.toggled.emit(line.id, not line.checked)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        box = index.isValid() and self.columns[index.column()].kind == "check"
        hand = box or self.link_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if self.columns[index.column()].kind == "check":
            self._toggle(index.row())
        else:
            open_web(self.link_at(at))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the table."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter opens; everything else is Qt's."""
        self._by_keyboard = True
        row = self.currentIndex().row()
        if row >= 0 and event.key() == Qt.Key.Key_Space:
            self._toggle(row)
        elif row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            open_web(self.lines.lines[row].url)
        else:
            super().keyPressEvent(event)
            self._show_current()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in BY_KEYBOARD:
            self._by_keyboard = True
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.selectionModel().setCurrentIndex(
                self.lines.index(0, self._first), self.selectionModel().SelectionFlag.NoUpdate
            )
        if self._by_keyboard:
            self._show_current()
        self.viewport().update()

    def _show_current(self) -> None:
        """Brings the current row into the part of the page that is seen."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        index = self.currentIndex()
        page = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and page is not None and index.isValid():
            rect = self.visualRect(index).translated(self.viewport().mapTo(page, QPoint(0, 0)))
            parent.ensureVisible(rect.left(), rect.bottom(), 0, 16)
            parent.ensureVisible(rect.left(), rect.top(), 0, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self.hasFocus() and self._by_keyboard and self.currentIndex().isValid()):
            return
        painter = theme.smooth(self.viewport())
        painter.setPen(QPen(theme.colour("accent"), 2))
        row = self.currentIndex().row()
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        painter.drawRoundedRect(QRectF(1, top + 1, self.viewport().width() - 2, height - 2), 4, 4)


def _own_blocks(line: LedgerLine, column: int, kind: ViewColumn) -> list[Block]:
    cell = line.cells[column]
    link = kind.kind == "link" and may_open(line.url)
    role: theme.Role = "strong" if cell.strong else "body"
    blocks = [Block(cell.fact, role, "accent" if link else "text", link)] if cell.fact else []
    blocks += [Block(cell.words, "body", "text")] if cell.words else []
    return [*blocks, Block(cell.note, "caption", "secondary")] if cell.note else blocks


def _lay_out(blocks: Sequence[Block], width: int, *, number: bool = False) -> Laid:
    found, top = [], theme.px(TOP)
    for block in blocks:
        option = QTextOption(Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(block.text.replace("\n", "\u2028"), theme.font(block.role, underline=block.link))
        layout.setTextOption(option)
        pitch, count = theme.pitch(block.role), 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, count * pitch + (pitch - line.height()) / 2))
            count += 1
        layout.endLayout()
        found.append((block, layout, top, count * pitch))
        top += count * pitch
    return Laid(tuple(found), top + theme.px(TOP) + 1)
