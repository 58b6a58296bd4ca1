"""Two or three choices side by side, of which one holds. To the keyboard and a screen reader they are radio buttons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import frame
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import row


class Segment(QRadioButton):
    """One of the choices."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its words where they are semibold: nothing moves when it is chosen."""
        return QSize(theme.advance(self.text(), "strong") + 20, theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload,no-any-return]

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked():
            frame(painter, rect, theme.colour("selection"), None)
        elif self.underMouse():
            frame(painter, rect, theme.colour("neutral_fill"), None)
        painter.setFont(theme.font("strong" if self.isChecked() else "body"))
        painter.setPen(theme.colour("accent" if self.isChecked() else "text"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.text())


class Segmented(QWidget):
    """The choices in one frame, on more lines where one has no room for them. `chosen` tells which, by its place."""

    chosen = Signal(int)
    spoken_role = QAccessible.Role.Grouping

    def __init__(self, *words: str, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        layout = Flow(gap=2)
        self._whole = row(layout, margins=(2, 2, 2, 2), of=self)
        for at, text in enumerate(words):
            segment = Segment(text)
            segment.setChecked(at == 0)
            self._group.addButton(segment, at)
            layout.addWidget(segment)
        self._group.idToggled.connect(lambda at, on: self.chosen.emit(at) if on else None)

    def sizeHint(self) -> QSize:
        """Of one line; as high as it needs at the width that it has."""
        line = self._whole.sizeHint()
        less = 0 < self.width() < line.width()
        return QSize(line.width(), self._whole.totalHeightForWidth(self.width())) if less else line

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    @property
    def at(self) -> int:
        """Which one holds."""
        return self._group.checkedId()

    def choose(self, at: int) -> None:
        """Another one holds."""
        self._group.button(at).setChecked(True)

    def rename(self, at: int, text: str) -> None:
        """Other words for a choice, such as with a number in them."""
        segment = self._group.button(at)
        if segment.text() != text:
            segment.setText(text)
            segment.updateGeometry()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        frame(painter, QRectF(self.rect()), theme.colour("base"), theme.colour("border"))
