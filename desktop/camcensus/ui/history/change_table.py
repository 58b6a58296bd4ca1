"""What changed, in a table with headings in it, and under it the whole sentence of the line that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from camcensus.model.words import clean
from camcensus.ui.history.model import COLUMNS, ChangeLine, ChangeModel, SectionRole
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.cells import Rows
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

HINT = "Choose a line to read all of it, and to open its camera."

type Index = QModelIndex | QPersistentModelIndex


class _ChangeRows(Rows):
    """Headings are semibold on the page's ground; everything else is a table's row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not index.data(SectionRole):
            super().paint(painter, option, index)
            return
        painter.save()
        rect: QRect = option.rect
        painter.fillRect(rect, theme.colour("base"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("hairline"))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        flags = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(rect.adjusted(12, 0, -4, -8), flags, str(index.data() or ""))
        painter.restore()


class ChangeTable(Surface):
    """Rows that changed; Enter or a double click opens the camera. `proof` is asked for a row's id."""

    proof = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("base")
        self._session = session
        self.model = ChangeModel(self)
        self.table = Table(COLUMNS, "What changed")
        self.table.setItemDelegate(_ChangeRows(self.table))
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.said = Text("", "body", "secondary")
        self.proof_button = Button("Proof of removal…", then=self._ask_proof)
        self.open_button = Button("Open in the list", then=self.open_row)
        foot = Surface("base", lines="t")
        row(
            (self.said, 1, Qt.AlignmentFlag.AlignVCenter),
            self.proof_button,
            self.open_button,
            margins=(24, 10, 24, 10),
            of=foot,
        )
        room = column(self.table, margins=(12, 0, 0, 0))
        column((room, 1), foot, of=self)
        self.table.opened.connect(self.open_row)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self._chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.retheme()

    def retheme(self) -> None:
        """Follows the text size."""
        wide = theme.at_100(self.width())
        for at, least in ((2, 640), (3, 520)):
            self.table.show_column(at, on=wide >= least)

    @property
    def current(self) -> ChangeLine | None:
        """The line that is chosen; None for a heading."""
        line = self.model.at(self.table.currentIndex().row())
        return line if line is not None and line.number is None else None

    def show_lines(self, lines: Sequence[ChangeLine]) -> None:
        """Shows other lines; their headings go over the whole width."""
        self.table.clearSpans()
        self.model.set_rows(lines)
        for at in self.model.sections:
            self.table.setSpan(at, 0, 1, len(COLUMNS))
        self.table.scrollToTop()
        self._chosen()

    def open_row(self) -> None:
        """Goes to the camera on its own page."""
        line = self.current
        if line is not None and line.asset and self._session.row(line.asset) is not None:
            self._session.hub.asked_for.emit("cameras", {"asset": line.asset})

    def _ask_proof(self) -> None:
        if self.current is not None:
            self.proof.emit(self.current.asset)

    def _chosen(self) -> None:
        line = self.current
        row = self._session.row(line.asset) if line is not None and line.asset else None
        self.said.setText(_whole(line) if line is not None else HINT)
        self.open_button.setVisible(row is not None)
        self.proof_button.setVisible(
            row is not None and (row.asset.status == "removed" or (line is not None and line.kind == "gone"))
        )


def _whole(line: ChangeLine) -> str:
    what = f"{line.ref}: {line.say}" if line.ref else line.say
    beside = ", ".join(part for part in (line.when, line.by) if part)
    return clean(f"{what.rstrip('.')}. {beside}." if beside else what, 600)
