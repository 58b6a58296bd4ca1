"""A drawing of a camera's label: which of its lines to read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.ui.kit import theme


class LabelSketch(QWidget):
    """A label, with the two lines that matter marked; the words above say the same."""

    LINES = (
        ("Model", "IPC-••••-••", True),
        ("P/N", "1.0.01.••.••••", True),
        ("S/N", "••••••••••", False),
        ("MAC", "••:••:••:••", False),
    )

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(208), theme.px(24) * 4 + theme.px(44))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        theme.fill_with(painter, "nav")
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        label = QRectF(self.rect()).adjusted(16, 12, -16, -12)
        painter.setPen(QPen(theme.colour("quiet"), 1.25))
        painter.setBrush(theme.colour("base"))
        painter.drawRoundedRect(label, 5, 5)
        theme.fill_with(painter, "hairline")
        painter.drawRect(QRectF(label.left() + 10, label.top() + 7, label.width() * 0.4, 7))
        top, high = label.top() + 20, (label.height() - 24) / 4
        for name, words, marked in self.LINES:
            line = QRectF(label.left() + 6, top + 1, label.width() - 12, high - 2)
            if marked:
                painter.setPen(QPen(theme.colour("accent"), 1.25))
                painter.setBrush(theme.colour("todo_fill"))
                painter.drawRoundedRect(line, 4, 4)
            flags = int(Qt.AlignmentFlag.AlignVCenter)
            painter.setPen(theme.colour("text"))
            painter.setFont(theme.font("head"))
            painter.drawText(line.adjusted(6, 0, 0, 0), flags, name)
            painter.setFont(theme.font("caption"))
            painter.drawText(line.adjusted(6 + theme.px(46), 0, 0, 0), flags, words)
            top += high
