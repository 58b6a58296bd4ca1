"""Free tags: chips that can be taken away, and a field that adds more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from camcensus.model.errors import StoreError
from camcensus.model.tags import checked_tag
from camcensus.model.words import clean
from camcensus.ui.asset.tag_editors import LearnField
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.forms import MissingLine
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.spoken import set_tip
from camcensus.ui.kit.widgets import Text


class Chip(QAbstractButton):
    """A tag with a cross: pressed, it goes."""

    def __init__(self, tag: str, note: str) -> None:
        super().__init__()
        self.tag = tag
        self.setText(f"{clean(tag, 40)}{note}")
        self.setAccessibleName(f"Take the tag {clean(tag, 60)}{note} away")
        set_tip(self, clean(tag, 60))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.advance(self.text(), "pill") + 24 + theme.px(18), theme.px(28))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        painter.setPen(theme.colour("border") if self.underMouse() or theme.THEME.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("neutral_fill"))
        rect = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setFont(theme.font("pill"))
        painter.setPen(theme.colour("neutral_ink"))
        painter.drawText(rect.adjusted(12, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        size = theme.px(14)
        cross = rect.adjusted(rect.width() - size - 10, (rect.height() - size) / 2, -10, -(rect.height() - size) / 2)
        icons.draw_icon(painter, "x", cross, theme.colour("secondary"))


class ChipField(LearnField):
    """Enter adds what is typed; with nothing typed it is the dialog's."""

    added = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and comma add."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.typed and ((enter and not event.modifiers()) or event.text() == ","):
            self.added.emit(self.text())
            event.accept()
            return
        super().keyPressEvent(event)


class TagChips(QWidget):
    """The tags of rows: what all have, what some have, and what is added or taken away here."""

    def __init__(self, held: Sequence[Sequence[str]], known: Sequence[str]) -> None:
        super().__init__()
        self._number = len(held)
        counts = Counter(tag for tags in held for tag in tags)
        self._before = dict(counts)
        self._now = dict(counts)
        self.field = ChipField(known, "Type a tag, then Enter", name="Add a tag")
        self._chips = QWidget()
        self._problem = MissingLine()
        self._flow = Flow()
        self._chips.setLayout(self._flow)
        column(Text("Tags", "caption", "secondary"), 4, self._chips, 6, self.field, 4, self._problem, of=self)
        self.field.added.connect(self.add)
        self._show()

    @property
    def added(self) -> tuple[str, ...]:
        """Tags that every row is to have, and not every row has."""
        return tuple(
            tag for tag, number in self._now.items() if number == self._number and self._before.get(tag) != self._number
        )

    @property
    def removed(self) -> tuple[str, ...]:
        """Tags that no row is to have."""
        return tuple(tag for tag in self._before if tag not in self._now)

    def check(self) -> bool:
        """Whether what is typed can be a tag; says a sentence where not."""
        return not self.field.typed or self.add(self.field.text())

    def add(self, text: str) -> bool:
        """Puts a tag on all rows; False with a sentence where it is none."""
        try:
            tag = checked_tag(text)
        except StoreError as error:
            self._problem.say(str(error), self.field)
            return False
        self._problem.say("")
        same = next((one for one in self._now if one.casefold() == tag.casefold()), tag)
        self._now[same] = self._number
        self.field.clear()
        self._show()
        return True

    def remove(self, tag: str) -> None:
        """Takes a tag off all rows; the keyboard continues in the field."""
        self._now.pop(tag, None)
        self._show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for tag in sorted(self._now, key=str.casefold):
            number = self._now[tag]
            chip = Chip(tag, "" if number == self._number else f" ({number} of {self._number})")
            chip.clicked.connect(lambda _=False, tag=tag: self.remove(tag))
            self._flow.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(self._now))
        self._chips.updateGeometry()
        self._flow.invalidate()
