"""The list of pages at the left: a real list for keyboards and screen readers, painted as the look says."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from camcensus.model import frozen
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.buttons import IconButton
from camcensus.ui.kit.column_list import ColumnList, paint_ground
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.marks import Mark, Pill
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.strip import UndoStrip

type Index = QModelIndex | QPersistentModelIndex

WIDTH = 216
BESIDE = 60
"""Pixels of a row besides its picture and its words: the edges, what parts them, and the scroll bar."""
GAP = 12
NumberRole = Qt.ItemDataRole.UserRole + 1
"""How many of a page's things wait for somebody; 0 shows nothing."""


@frozen
class Entry:
    """One page: its name, title and icon; `gap` starts a new group. `keys` replace Ctrl and the next digit."""

    name: str
    title: str
    icon: str
    gap: bool = False
    keys: str = ""


def keys_of(entries: tuple[Entry, ...], entry: Entry) -> str:
    """What brings a page into view: keys of its own, else Ctrl and its place among those that have none."""
    digits = [one for one in entries if not one.keys]
    return entry.keys or f"Ctrl+{digits.index(entry) + 1}"


class _Entries(QAbstractListModel):
    def __init__(self, entries: tuple[Entry, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = entries
        self.numbers: dict[str, int] = {}

    def set_number(self, name: str, number: int) -> None:
        if self.numbers.get(name, 0) != number:
            self.numbers[name] = number
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.entries) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            number = self.numbers.get(entry.name, 0)
            return f"{entry.title}, {number}" if number else entry.title
        if role == NumberRole:
            return self.numbers.get(entry.name, 0)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return keys_of(self.entries, entry)
        return None


class _PagePainter(QStyledItemDelegate):
    def __init__(self, view: NavigationList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _: QStyleOptionViewItem, index: Index) -> QSize:
        entry = self._view.entries[index.row()]
        lines = len(_lines(entry.title, self._room(index)))
        return QSize(100, theme.px(36) + (lines - 1) * theme.pitch("body") + (GAP if entry.gap else 0))

    def _room(self, index: Index) -> float:
        """What is left for words, beside the picture and the number."""
        number = index.data(NumberRole)
        taken = _number_width(str(number)) + 4 if number else 0
        return self._view.viewport().width() - 16 - 12 - theme.px(18) - 10 - 8 - taken

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = self._view.entries[index.row()]
        rect = QRectF(option.rect)
        box = rect.adjusted(8, 1 + (GAP if entry.gap else 0), -8, -1)
        painter.save()
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, box, option, "nav_current", ring=self._view.ring_on(index))
        size = theme.px(18)
        picture = QRectF(box.left() + 12, box.center().y() - size / 2, size, size)
        icons.draw_icon(painter, entry.icon, picture, theme.colour("accent" if current else "secondary"))
        role: theme.Role = "strong" if current else "body"
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour("text"))
        lines = _lines(entry.title, self._room(index))
        top = box.center().y() - len(lines) * theme.pitch("body") / 2
        for at, line in enumerate(lines):
            room = QRectF(picture.right() + 10, top + at * theme.pitch("body"), self._room(index) + 8, theme.pitch("body"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), line)
        number = index.data(NumberRole)
        if number:
            _paint_number(painter, str(number), box)
        painter.restore()


def _paint_number(painter: QPainter, number: str, box: QRectF) -> None:
    """A number in a pill at the right of a row."""
    painter.setFont(theme.font("head"))
    high, wide = theme.px(20), _number_width(number)
    pill = QRectF(box.right() - wide - 8, box.center().y() - high / 2, wide, high)
    theme.fill_with(painter, "todo_fill")
    painter.drawRoundedRect(pill, high / 2, high / 2)
    painter.setPen(theme.colour("todo_ink"))
    painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), number)


def _number_width(number: str) -> int:
    return max(theme.px(20), theme.advance(number, "head") + 12)


def _lines(title: str, width: float) -> list[str]:
    """The title on as many lines as it needs at `width`, measured semibold so that nothing jumps when it is current."""
    layout = QTextLayout(title, theme.font("strong"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(40.0, width))
        lines.append(title[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return lines or [title]


class NavigationList(ColumnList):
    """Arrow keys and type-ahead choose a page at once."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        super().__init__("Pages")
        self.entries = entries
        self.setModel(_Entries(entries, self))
        self.setItemDelegate(_PagePainter(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)  # no half row under the head
        self.setWordWrap(True)  # else Qt keeps the heights of rows when only the width changes, as a bar that comes does
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)


class Navigation(Surface):
    """Whose record this is, the pages, and at the foot the menu."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[Entry, ...], menu: Menu) -> None:
        super().__init__("nav", lines="r")
        self.entries = entries
        self.title = Text("", "strong")
        self.note = Text("", "caption", "secondary")
        self.badge = Pill(Mark("Practice: nothing is real", None, "todo"))
        self.badge.hide()
        self.list = NavigationList(entries)
        self.menu_button = IconButton("menu", "Menu: open, text size, help", then=self._open_menu)
        self._menu = menu
        self._head = QWidget()
        self._words = column(self.title, self.note, self.badge, gap=2, margins=(20, 22, 12, 20), of=self._head)
        foot = row(None, self.menu_button, margins=(8, 4, 12, 12))
        self._foot, self._notes = foot, column()
        self._strip: UndoStrip | None = None
        self._top = column(self._head)
        column(self._top, (self.list, 1), self._notes, foot, margins=(0, 0, 1, 0), of=self)
        self.list.selectionModel().currentChanged.connect(self._pick)
        self.retheme()

    def retheme(self) -> None:
        """Wider where the text is larger, but never at the cost of the page: long titles take two lines."""
        longest = max(theme.advance(word, "strong") for entry in self.entries for word in entry.title.split())
        usual = round(WIDTH * (1 + (theme.THEME.percent - 100) / 100 * 0.3))
        self._wide = max(usual, longest + theme.px(18) + BESIDE)
        self.setFixedWidth(self._wide)
        self.badge.set_mark(Mark("Practice: nothing is real" if theme.THEME.percent < 115 else "Practice", None, "todo"))
        self._fit()

    def show_record(self, title: str, note: str, *, simulation: bool) -> None:
        """Whose record is open, when it was saved, and whether it is real."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(not simulation)
        self.badge.setVisible(simulation)
        self._fit()

    def _fit(self) -> None:
        """As high as the words need at this width: a box layout would keep the height of another width."""
        self._words.invalidate()
        high = self._words.totalHeightForWidth(self._wide - 1)
        self._head.setFixedHeight(max(high, self._strip.least_height if self._strip is not None else 0))
        self._lay_strip()

    def hold(self, strip: UndoStrip) -> None:
        """Where what was just done is said: in the room that the pages leave, or in place of the head, where that is more."""
        self._strip = strip
        strip.setParent(self)
        strip.hide()
        strip.changed.connect(self._lay_strip)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_strip()

    def _lay_strip(self) -> None:
        strip, over = self._strip, False
        if strip is not None and not strip.isHidden():
            wide, pages = self._wide - 1, sum(self.list.sizeHintForRow(at) for at in range(len(self.entries)))
            need, head = strip.high_for(wide), self._head.minimumHeight()
            free = self.height() - head - pages - self._foot.sizeHint().height()
            over = free < min(need, head)
            strip.fit_into(wide, head if over else min(need, free))
            strip.set_lines("b" if over else "t")
            if (room := self._top if over else self._notes).indexOf(strip) < 0:
                room.addWidget(strip)
        self._head.setHidden(over)

    def show_number(self, name: str, number: int) -> None:
        """How many of a page's things wait for somebody."""
        model = self.list.model()
        if isinstance(model, _Entries):
            model.set_number(name, number)
            self.list.scheduleDelayedItemsLayout()

    def show_page(self, name: str) -> None:
        """Marks a page as current; `chosen` tells only what a person chose."""
        at = next((at for at, entry in enumerate(self.entries) if entry.name == name), -1)
        if at >= 0 and self.list.currentIndex().row() != at:
            with QSignalBlocker(self):
                self.list.setCurrentIndex(self.list.model().index(at, 0))

    def _pick(self, now: QModelIndex, _: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.entries[now.row()].name)

    def _open_menu(self) -> None:
        at = self.menu_button.mapToGlobal(QPoint(0, 0))
        self._menu.popup(QRect(at, self._menu.sizeHint()).translated(0, -self._menu.sizeHint().height() - 4).topLeft())
