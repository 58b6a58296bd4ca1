"""Every table of a roll-up on the page: which one, of which kind of organisation, what it means, and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from camcensus.model.body_kinds import KIND_WORDS
from camcensus.report.rollup import RollupSection, Value
from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import clear, column, fill, row
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text

KIND_HEAD = "Kind of organisation"
EVERY_KIND = "Each kind"
ALL = KIND_WORDS["All bodies"]
WAITING = "Adding up…"


class AuditTables(QWidget):
    """Shows one section at a time. A table by kinds of organisation begins with the rows of all organisations."""

    def __init__(self) -> None:
        super().__init__()
        self._sections: tuple[RollupSection, ...] = ()
        self.which, self.kind = Combo("Table", width=280, most=620), Combo("Kind of organisation")
        self.intro, self.note = Text(WAITING, "body", "secondary"), Text("", "caption", "secondary")
        self.table: Table | None = None
        self._room = column()
        table, kind = QWidget(), QWidget()
        self._kind = kind
        row(Text("Table", "body", "secondary", wrap=False), self.which, of=table)
        row(Text("Kind", "body", "secondary", wrap=False), self.kind, of=kind)
        whole = column(margins=(12, 8, 12, 8), of=self)
        whole.addLayout(Flow(table, kind, gap=12))
        fill(whole, 8, self.intro, 8)
        whole.addLayout(self._room, 1)
        fill(whole, 6, self.note)
        self.which.currentIndexChanged.connect(lambda _: self._choose())
        self.kind.currentIndexChanged.connect(lambda _: self._show_rows())
        self._choose()

    def show_sections(self, sections: Sequence[RollupSection]) -> None:
        """The sections to choose from; the one that was shown stays."""
        title = self.which.currentText()
        self._sections = tuple(sections)
        self.which.blockSignals(True)
        self.which.clear()
        self.which.offer((one.title, at) for at, one in enumerate(self._sections))
        self.which.setCurrentIndex(max(0, self.which.findText(title)))
        self.which.blockSignals(False)
        self._choose()

    @property
    def section(self) -> RollupSection | None:
        """The one that is shown."""
        at = self.which.currentIndex()
        return self._sections[at] if 0 <= at < len(self._sections) else None

    def _choose(self) -> None:
        section = self.section
        at = _kind_at(section)
        self.kind.blockSignals(True)
        self.kind.clear()
        if section is not None and at is not None:
            kinds = dict.fromkeys(_text(one[at]) for one in section.rows)
            self.kind.offer((word, word) for word in (ALL, EVERY_KIND, *sorted(kinds.keys() - {ALL})))
        self.kind.blockSignals(False)
        self._kind.setVisible(at is not None)
        self._show_rows()

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
        at, kind = _kind_at(section), self.kind.currentData()
        rows = [one for one in section.rows if at is None or kind in (None, EVERY_KIND) or _text(one[at]) == kind]
        columns = _columns(section)
        self.table = Table(columns, section.title, row_height=36, one_row=True)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.setModel(TableModel[tuple[Value, ...]](columns, rows, parent=self.table))
        longest = max((theme.advance(_text(one[0]), "body") for one in rows), default=0)
        self.table.set_least({0: min(theme.px(300), longest + 32)})
        if at is not None and kind != EVERY_KIND:
            self.table.show_column(at, on=False)
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


def _kind_at(section: RollupSection | None) -> int | None:
    """The column of kinds of organisation beside another one; a table that only has that shows all its rows."""
    if section is None:
        return None
    return next((at for at, head in enumerate(section.heads) if at and head.word == KIND_HEAD), None)
