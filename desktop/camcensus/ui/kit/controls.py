"""Fields and choices as the look draws them. Behaviour, popups and accessibility stay Qt's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFrame,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.buttons import blend, frame
from camcensus.ui.kit.parts import SlimBar
from camcensus.ui.kit.spoken import label_unless_named, set_tip
from camcensus.ui.kit.widgets import plain_tip, tip_where_cut

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object

HINT_EDGES = 8
"""Pixels that Qt leaves beside a hint."""
MOST_CHOSEN = 240
"""Pixels at 100% text up to which a drop-down of a given width grows to show what is chosen."""
DepthRole = Qt.ItemDataRole.UserRole + 1
"""How deep a choice lies in a tree: it is drawn further to the right."""
SEARCHED = 14
"""A drop-down of more choices has a field to search them."""
_IN_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Field(QLineEdit):
    """One line of text that a person types."""

    def __init__(
        self, hint: str = "", icon: str | None = None, name: str = "", parent: QWidget | None = None, *, text: str = ""
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self.wrong = False
        self.textEdited.connect(self._mended)
        self.setFrame(False)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name or hint)
        label_unless_named(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retheme()

    @property
    def typed(self) -> str:
        """What was typed, without blanks around it."""
        return self.text().strip()

    def retheme(self) -> None:
        """Clear ground under Qt's own text, which our frame is painted beneath."""
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.colour("placeholder"))
        palette.setColor(QPalette.ColorRole.Highlight, theme.colour("accent"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.colour("on_accent"))
        self.setPalette(palette)
        self.setFont(theme.font("body"))
        self.setTextMargins(theme.px(16) + 18 if self._icon else 10, 0, 8, 0)

    def _mended(self, _: str) -> None:
        """Red no longer once somebody types; what was said of it stays until the form looks again."""
        self.wrong = False

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(64), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = "wrong" if self.wrong else "border" if self.isEnabled() else "quiet"
        frame(painter, QRectF(self.rect()), theme.colour("base"), theme.colour(line), 2 if self.wrong else 1)
        if self._icon:
            size = theme.px(16)
            rect = QRectF(12, (self.height() - size) / 2, size, size)
            icons.draw_icon(painter, self._icon, rect, theme.colour("secondary"))
        painter.end()
        super().paintEvent(event)
        edges = self.textMargins()
        cut = theme.advance(self.placeholderText(), "body") > self.width() - edges.left() - edges.right() - HINT_EDGES
        tip_where_cut(self, self.placeholderText(), "" if cut and not self.text() else self.placeholderText())


class _Choices(QStyledItemDelegate):
    """Rows of a drop-down: 32 high, a tint on the current one."""

    def sizeHint(self, _: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        indent = 16 * int(index.data(DepthRole) or 0)
        return QSize(theme.advance(str(index.data()), "body") + indent + 36, theme.px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        painter.save()
        state, rect = option.state, QRectF(option.rect)
        chosen = bool(state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver))
        painter.fillRect(rect, theme.colour("selection" if chosen else "base"))
        if chosen:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text" if index.flags() & Qt.ItemFlag.ItemIsEnabled else "placeholder"))
        left = 12 + 16 * int(index.data(DepthRole) or 0)
        painter.drawText(
            rect.adjusted(left, 0, -12, 0),
            int(Qt.AlignmentFlag.AlignVCenter),
            painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, int(rect.width()) - left - 12),
        )
        painter.restore()


class ChoiceList(QListView):
    """A list to choose one from, such as all locations."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Choices(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(1, 4, 1, 4)
        self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class Lines(QPlainTextEdit):
    """Several lines to type, or only to read; the Tab key leaves them."""

    def __init__(
        self,
        name: str,
        text: str = "",
        *,
        hint: str = "",
        role: theme.Role = "body",
        read_only: bool = False,
        framed: bool = False,
    ) -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        label_unless_named(self)
        self.setPlaceholderText(hint)
        self.setReadOnly(read_only)
        self.setTabChangesFocus(True)
        self.setFont(theme.font(role))
        self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        if not framed:
            self.setFrameShape(QFrame.Shape.NoFrame)


class _NoWheel:
    """A field that a wheel never changes: the page below it scrolls, and a list that is open scrolls of itself."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class DateField(_NoWheel, QDateEdit):
    """A day."""


class Combo(_NoWheel, QComboBox):
    """A choice of one from a list."""

    def __init__(
        self, name: str, choices: Iterable[tuple[str, object]] = (), *, width: int = 0, most: int = MOST_CHOSEN
    ) -> None:
        super().__init__()
        self._wide, self._most = width, most
        self._search: Field | None = None
        self.wrong = False
        self.setAccessibleName(name)
        label_unless_named(self)
        self.currentIndexChanged.connect(self._settle_on)
        view = QListView(self)
        view.setAccessibleName(name)
        view.setItemDelegate(_Choices(view))
        self.setView(view)
        self.setMaxVisibleItems(SEARCHED)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.offer(choices)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        if self._wide:
            chosen = theme.advance(self.currentText(), "body") + theme.px(16) + 30
            return QSize(max(theme.px(self._wide), min(chosen, theme.px(self._most))), theme.px(32))
        widest = max((theme.advance(self.itemText(at), "body") for at in range(self.count())), default=40)
        return QSize(min(widest, theme.px(280)) + theme.px(16) + 36, theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(88), theme.px(32))

    def offer(self, choices: Iterable[tuple[str, object]]) -> None:
        """More choices: the words of each, and what it stands for."""
        for words, value in choices:
            self.addItem(words, value)

    def choose(self, value: object) -> None:
        """Chooses what is for `value`, else the first."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def _settle_on(self, _: int) -> None:
        """What is chosen is read whole: the field grows with it; its tip says it where it cannot."""
        self.wrong = False
        set_tip(self, self.currentText())
        self.updateGeometry()

    def showPopup(self) -> None:
        """The list is as wide as its longest choice, within reason: a tree of places needs more than the field."""
        self.view().setMinimumWidth(min(self.view().sizeHintForColumn(0) + 16, theme.px(400)))
        super().showPopup()
        if self.count() > SEARCHED:
            self._offer_search()

    def _offer_search(self) -> None:
        """A field above the choices: letters typed there leave what has them, with what that lies in."""
        box = self.view().parentWidget()
        assert box is not None
        if self._search is None:
            self._search = Field("Type to search", "search", f"Search in {self.accessibleName()}")
            self._search.textChanged.connect(self._leave)
            self._search.installEventFilter(self)
            layout = box.layout()
            assert isinstance(layout, QBoxLayout)
            layout.insertWidget(0, self._search)
        self._search.clear()
        room, high = self.screen().availableGeometry(), theme.px(32) * SEARCHED
        below = self.mapToGlobal(QPoint(0, self.height()))
        if below.y() + theme.px(32) * 5 > room.bottom():
            below.setY(self.mapToGlobal(QPoint(0, 0)).y() - high)
        box.setGeometry(QRect(below, QSize(box.width(), high)).intersected(room))
        self._search.setFocus()

    def _leave(self, words: str) -> None:
        """Hides the choices in whose path no words begin like these, in this order."""
        sought = re.compile(".*".join(rf"\b{re.escape(word)}" for word in words.split()), re.IGNORECASE)
        path = list[int]()
        fits, first = set[int](), -1
        for at in range(self.count()):
            path = [*path[: int(self.itemData(at, DepthRole) or 0)], at]
            if sought.search(" ".join(self.itemText(one) for one in path)):
                fits.update(path)
                first = at if first < 0 else first
        view = self.view()
        for at in range(self.count()):
            view.setRowHidden(at, at not in fits)  # type: ignore[attr-defined]
        view.setCurrentIndex(self.model().index(first if words else self.currentIndex(), self.modelColumn()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter in the field are the list's."""
        if watched is self._search and isinstance(event, QKeyEvent) and event.key() in _IN_LIST:
            return event.type() != QEvent.Type.KeyPress or QApplication.sendEvent(self.view(), event)
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        part = 0.05 if self.underMouse() and self.isEnabled() else 0
        line = theme.colour("wrong" if self.wrong else "border" if self.isEnabled() else "quiet")
        frame(painter, rect, blend(theme.colour("base"), theme.colour("text"), part), line, 2 if self.wrong else 1)
        size = theme.px(16)
        box = QRectF(rect.width() - size - 10, (rect.height() - size) / 2, size, size)
        icons.draw_icon(painter, "chevron-down", box, theme.colour("secondary"))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text" if self.isEnabled() else "placeholder"))
        room = rect.adjusted(12, 0, -size - 16, 0)
        text = painter.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, int(room.width()))
        if text != self.currentText() and self.toolTip() != plain_tip(self.currentText()):
            set_tip(self, self.currentText())  # chosen while nobody was told
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)


class SettledCombo(Combo):
    """A choice that is an edit: `settled` follows a click, Enter, or leaving it. Arrow keys only look."""

    settled = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._looking = self._pending = False
        self.activated.connect(self._activated)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go through the choices; Enter takes the one that is shown."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pending:
            self._settle()
            return
        self._looking = True
        super().keyPressEvent(event)
        self._looking = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._pending and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._settle()

    def _activated(self) -> None:
        if self._looking:
            self._pending = True
        else:
            self._settle()

    def _settle(self) -> None:
        self._pending = False
        self.settled.emit()


def grey(combo: QComboBox, at: int, is_grey: bool) -> None:
    """Makes one choice of a drop-down grey: it is read, and cannot be chosen."""
    model = combo.model()
    item = model.item(at) if isinstance(model, QStandardItemModel) else None
    if item is not None:
        item.setEnabled(not is_grey)


class _Marked(_Button):
    """What check boxes and radio buttons share: an 18-pixel mark, and words beside it that may take several lines."""

    _round = False

    def _may_wrap(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Of words that take several lines at `width`: never at the width that they ask for."""
        if width >= self.sizeHint().width():
            return theme.px(24)
        room = QRect(0, 0, max(40, width - theme.px(18) - 12), 10_000)
        words = QFontMetrics(theme.font("body")).boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        return max(theme.px(24), words.height() + 4)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(18) + 14 + theme.advance(self.text(), "body"), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(120)), theme.px(24))

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload,no-any-return]

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        size = theme.px(18)
        box = QRectF(0, (self.height() - size) / 2, size, size)
        radius = size / 2 if self._round else 4
        on, usable = self.isChecked(), self.isEnabled()
        accent = theme.colour("accent" if usable else "quiet")
        painter.setPen(QPen(accent if on else theme.colour("border" if usable else "quiet"), 1))
        painter.setBrush(accent if on else theme.colour("base"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if on and self._round:
            theme.fill_with(painter, "on_accent")
            painter.drawEllipse(box.center(), size / 5, size / 5)
        elif on:
            mark = box.adjusted(size * 0.2, size * 0.2, -size * 0.2, -size * 0.2)
            icons.draw_glyph(painter, "check", mark, theme.colour("on_accent"))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text" if usable else "placeholder"))
        words = QRectF(size + 10, 0, self.width() - size - 10, self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), self.text())


class Check(_Marked, QCheckBox):
    """Yes or no."""

    def __init__(self, text: str, *, on: bool = False) -> None:
        super().__init__(text)
        self._may_wrap()
        self.setChecked(on)


class Radio(_Marked, QRadioButton):
    """One of a few."""

    _round = True

    def __init__(self, text: str, *, on: bool = False) -> None:
        super().__init__(text)
        self._may_wrap()
        self.setChecked(on)
