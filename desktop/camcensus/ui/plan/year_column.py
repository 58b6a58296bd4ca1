"""One financial year of the plan: the total of it, and its batches as cards in a real list."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import IdRole
from camcensus.ui.kit.column_list import ColumnList, Index
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.plan.batch_model import BatchCard, BatchModel, CardRole, YearCards

GAP, SIDE = 8, 14
NOTHING = "Nothing here."
CARRIED = "application/x-camcensus-batches"
"""What is dragged from one year to another: the chosen card."""


class _Cards(QStyledItemDelegate):
    """Name and amount; how many and where; priority and the open question."""

    def __init__(self, view: CardList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(100, card_height() + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: BatchCard | None = index.data(CardRole)
        if card is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(2, 1, -6, -GAP + 1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(theme.colour("selection" if chosen else "base"))
        line = "accent" if chosen else "border" if hover else "hairline"
        width = 2 if chosen else 1
        painter.setPen(QPen(theme.colour(line), width))
        painter.drawRoundedRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2), 8, 8)
        if self._view.ring_on(index):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(4, 4, -4, -4), 5, 5)
        self._words(painter, card, box.adjusted(SIDE, 0, -SIDE, 0))
        painter.restore()

    def _words(self, painter: QPainter, card: BatchCard, room: QRectF) -> None:
        pitch, right = theme.pitch("body"), Qt.AlignmentFlag.AlignRight
        first, second, third = (
            QRectF(room.left(), room.center().y() + (line - 1.5) * pitch, room.width(), pitch) for line in range(3)
        )
        role: theme.Role = "strong" if card.priced else "caption"
        amount = theme.write(painter, first, card.amount, role, "text" if card.priced else "secondary", align=right)
        theme.write(painter, first.adjusted(0, 0, -amount - 8, 0), card.name, "strong")
        theme.write(painter, second, card.where, "caption", "secondary")
        question = f"? {card.question}" if card.question else ""
        asked = theme.write(painter, third, question, "caption", "todo_ink", fit=room.width() * 0.6, align=right)
        theme.write(painter, third.adjusted(0, 0, -asked - 8, 0), card.priority, "caption", "secondary")


def card_height() -> int:
    """Three lines and the room around them: 76 at 100%."""
    return 3 * theme.pitch("body") + 16


class CardList(ColumnList):
    """Up and Down choose a card, Left and Right go to the year beside, with Ctrl they take the card there."""

    aside = Signal(int)
    """To the year before (-1) or after (1)."""
    carried = Signal(int)
    """The chosen card is to go to the year before or after."""
    entered = Signal()
    """Enter: on to the fields of the chosen card."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setItemDelegate(_Cards(self))
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self._whole = False

    def set_whole(self, whole: bool) -> None:
        """As high as all its cards, so that only the page scrolls; or with a scroll bar of its own."""
        self._whole = whole
        vertical = QSizePolicy.Policy.Fixed if whole else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.fit()

    def fit(self) -> None:
        """Takes up another number of cards, or another text size."""
        model = self.model()
        cards = model.rowCount() if model is not None else 0
        if self._whole:
            self.setFixedHeight(max(1, cards) * (card_height() + GAP) + 2)
        else:
            self.setMinimumHeight(theme.px(88))
            self.setMaximumHeight(16_777_215)

    def retheme(self) -> None:
        super().retheme()
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sideways to another year, Enter to the fields; all else is a list's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._by_keyboard = True
            self.entered.emit()
            return
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None or event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
                self.show_current()
            return
        self._by_keyboard = True
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.carried.emit(by)
        else:
            self.aside.emit(by)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """The chosen card, to be dropped on another year."""
        drag, mime = QDrag(self), QMimeData()
        mime.setData(CARRIED, b"")
        drag.setMimeData(mime)
        drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex())))
        drag.exec(actions)

    def come(self, at: int) -> None:
        """Takes the keyboard at a card."""
        self._by_keyboard = True
        at = min(at, self.model().rowCount() - 1)
        if at >= 0 and (at != self.currentIndex().row() or not self.selectionModel().hasSelection()):
            self.setCurrentIndex(self.model().index(at, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.show_current()

    def show_current(self) -> None:
        """Brings the current card into the part of the page that is seen."""
        index = self.currentIndex()
        parent = self.parentWidget()
        while index.isValid() and parent is not None:
            inside = parent.widget() if isinstance(parent, QScrollArea) else None
            if isinstance(parent, QScrollArea) and inside is not None:
                rect = self.visualRect(index).translated(self.viewport().mapTo(inside, QPoint(0, 0)))
                parent.ensureVisible(rect.left(), rect.bottom(), 8, 12)
                parent.ensureVisible(rect.left(), rect.top(), 8, 12)
            parent = parent.parentWidget()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is not None and self.model().rowCount():
            return
        painter = theme.smooth(self.viewport())
        room = QRectF(2, 1, self.viewport().width() - 8, card_height())
        if self._by_keyboard and self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 8, 8)
        theme.write(painter, room.adjusted(SIDE, 0, -SIDE, 0), NOTHING, "body", "secondary")


class YearColumn(Surface):
    """The year, the total of it, what is in it, and its cards. `chosen` tells a batch by its id."""

    chosen = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__("nav", shape="sunken")
        self.year = ""
        self.model = BatchModel(self)
        self.list = CardList("")
        self.list.setModel(self.model)
        self._title, self._amount = Text("", "heading", wrap=False), Text("", "heading", wrap=False)
        self._note = Text("", "caption", "secondary")
        head = row(self._title, None, self._amount)
        inset = column(head, self._note, gap=4, margins=(6, 0, 12, 0))
        column(inset, 10, (self.list, 1), margins=(10, 12, 4, 8), of=self)
        self.setAcceptDrops(True)
        self.list.selectionModel().currentChanged.connect(self._choose)

    def show_year(self, year: YearCards) -> None:
        """Shows a year as it is now; nothing is chosen in it until somebody says so."""
        self.year = year.year
        self._title.setText(year.title)
        self._amount.setText(year.amount)
        self._note.setText(year.note)
        chosen = self.list.selectionModel()
        chosen.blockSignals(True)
        self.model.set_rows(year.cards)
        chosen.blockSignals(False)
        said = ", ".join(part for part in (year.title, year.amount, year.note) if part)
        self.list.setAccessibleName(said)
        self.list.fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CARRIED):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit()

    def choose(self, identity: str) -> bool:
        """Marks a batch; False where it is not here."""
        at = self.model.place_of(identity)
        chosen = self.list.selectionModel()
        chosen.blockSignals(True)
        chosen.clear()
        if at >= 0:
            chosen.setCurrentIndex(self.model.index(at, 0), chosen.SelectionFlag.ClearAndSelect)
        chosen.blockSignals(False)
        self.list.viewport().update()
        return at >= 0

    def _choose(self, now: Index, _: Index) -> None:
        identity = now.data(IdRole) if now.isValid() else None
        if identity:
            self.chosen.emit(str(identity))
