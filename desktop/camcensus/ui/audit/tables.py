"""Every table of a roll-up on the page: which one, what it means, and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from camcensus.report.rollup import RollupSection, Value
from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.layout import clear, column, fill, row
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text

WAITING = "Adding up…"


class AuditTables(QWidget):
    """Shows one section at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._sections: tuple[RollupSection, ...] = ()
        self.which = Combo("Table", width=280, most=620)
        self.intro, self.note = Text(WAITING, "body", "secondary"), Text("", "caption", "secondary")
        self.table: Table | None = None
        self._room = column()
        table = QWidget()
        row(Text("Table", "body", "secondary", wrap=False), self.which, of=table)
        whole = column(margins=(12, 8, 12, 8), of=self)
        fill(whole, table, 8, self.intro, 8)
        whole.addLayout(self._room, 1)
        fill(whole, 6, self.note)
        self.which.currentIndexChanged.connect(lambda _: self._show_rows())
        self._show_rows()

    def show_sections(self, sections: Sequence[RollupSection]) -> None:
        """The sections to choose from; the one that was shown stays."""
        title = self.which.currentText()
        self._sections = tuple(sections)
        self.which.blockSignals(True)
        self.which.clear()
        self.which.offer((one.title, at) for at, one in enumerate(self._sections))
        self.which.setCurrentIndex(max(0, self.which.findText(title)))
        self.which.blockSignals(False)
        self._show_rows()

    @property
    def section(self) -> RollupSection | None:
        """The one that is shown."""
        at = self.which.currentIndex()
        return self._sections[at] if 0 <= at < len(self._sections) else None

    def _show_rows(self) -> None:
        section = self.section
        clear(self._room)
        self.table = None
        said = (section.intro, "" if section.rows else section.nothing) if section is not None else (WAITING,)
        self.intro.setText(" ".join(filter(None, said)))
        self.intro.setVisible(bool(self.intro.text()))
        self.note.setText("" if section is None else section.note)
        self.note.setVisible(bool(self.note.text()))
        if section is None:
            return
        rows = section.rows
        columns = _columns(section)
        self.table = Table(columns, section.title, row_height=36, one_row=True)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.setModel(TableModel[tuple[Value, ...]](columns, rows, parent=self.table))
        longest = max((theme.advance(_text(one[0]), "body") for one in rows), default=0)
        self.table.set_least({0: min(theme.px(300), longest + 32)})
        self._room.addWidget(self.table, 1)


def _columns(section: RollupSection) -> tuple[ViewColumn, ...]:
    """Its columns; the first takes the room that is left."""
    made = []
    for at, head in enumerate(section.heads):
        lines = tuple(head.word.split("\n"))
        title = " ".join(lines)
        longest = max((theme.advance(_text(one[at]), "body") for one in section.rows), default=0)
        words = max(theme.advance(line, "strong") for line in lines)
        wide = max(72, min(320, int(100 * max(words, longest) / theme.px(100)) + 32))
        made.append(
            ViewColumn(
                str(at), title, "number" if head.figures else "text", 0 if at == 0 else wide, partial(_cell, at), lines=lines
            )
        )
    return tuple(made)


def _cell(at: int, cells: tuple[Value, ...]) -> str:
    return _text(cells[at])


def _text(value: Value) -> str:
    return value if isinstance(value, str) else " – ".join(filter(None, value))
