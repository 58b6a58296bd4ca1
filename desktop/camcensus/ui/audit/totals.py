"""The last row of a table: the totals, each under its column, and above them a darker line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.table import Table

SIDES = 26
"""Pixels left and right of a total in its column."""


class TotalsRow(QWidget):
    """Follows the columns of `table`, which are never narrower than their totals. To a screen reader it is one sentence."""

    spoken_role = QAccessible.Role.StaticText

    def __init__(self, columns: tuple[ViewColumn, ...], table: Table) -> None:
        super().__init__()
        self._columns, self._table = columns, table
        self.texts: Sequence[str] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())

    def set_texts(self, texts: Sequence[str]) -> None:
        """One text a column."""
        self.texts = texts
        told = [f"{column.title}: {text}" for column, text in zip(self._columns[1:], texts[1:], strict=True) if text]
        self.setAccessibleName(". ".join([texts[0], *told]))
        self.retheme()

    def retheme(self) -> None:
        """Takes up other totals, or another text size."""
        self._table.set_least({at: theme.advance(text, "strong") + SIDES for at, text in enumerate(self.texts) if text})
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, theme.px(44))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.colour("quiet"))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        metrics = painter.fontMetrics()
        painter.setClipRect(self._table.x(), 0, self._table.viewport().width(), self.height())
        for at, text in enumerate(self.texts):
            if not text or at not in self._table.shown:
                continue
            place = self._table.shown.index(at)
            left = self._table.x() + self._table.columnViewportPosition(place)
            room = QRectF(left + 12, 0, self._table.columnWidth(place) - 16, self.height())
            align = Qt.AlignmentFlag.AlignLeft
            if self._columns[at].kind in ("number", "range"):
                room.adjust(0, 0, -8, 0)
                align = Qt.AlignmentFlag.AlignRight
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
            painter.drawText(room, int(align | Qt.AlignmentFlag.AlignVCenter), shown)
