"""The four numbers at the head of a roll-up: who sent, who is missing, what is old, what is made by a listed maker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.words import count
from camcensus.report.rollup import RollupSection, Value
from camcensus.tasks.rollup.figures import Figures
from camcensus.tasks.rollup.kinds import doubt_words
from camcensus.ui.audit.desk import AuditDesk, Operation
from camcensus.ui.kit import theme
from camcensus.ui.kit.bars import Progress
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import clear, column, fill, row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text, announce


class _Number(QWidget):
    def __init__(self, link: str = "", name: str = "") -> None:
        super().__init__()
        self.number = Text("–", "heading", wrap=False)
        self.words = Text("", "body", "secondary", wrap=False)
        self.link = LinkButton(link) if link else None
        if self.link is not None:
            self.link.setAccessibleName(name)
        row(self.number, self.words, *([self.link] if self.link is not None else []), gap=8, of=self)

    def say(self, number: str, words: str, *, lead: bool = False) -> None:
        self.number.setText(number)
        self.words.setText(words)
        if self.link is not None:
            self.link.setVisible(lead)


class AuditNumbers(QWidget):
    """Four in a line, on more lines where there is little room."""

    missing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sent = _Number()
        self.away = _Number("See who", "See who is missing")
        self.aged = _Number()
        self.listed = _Number()
        assert self.away.link is not None
        self.away.link.clicked.connect(self.missing)
        column(Flow(self.sent, self.away, self.aged, self.listed, gap=28, below=0), of=self)

    def show_figures(self, figures: Figures) -> None:
        """What was read."""
        totals = figures.totals
        old = sum("old" in one.flags for one in figures.bodies)
        counted = "" if totals.counted == totals.answered else f", {totals.counted:,} counted"
        if figures.ways is not None and figures.ways.replied > totals.answered:
            counted = f"{counted}; {figures.ways.replied - totals.answered:,} more answered without one"
        if totals.asked is None:
            bodies = "organisation" if totals.answered == 1 else "organisations"
            self.sent.say(f"{totals.answered:,}", f"{bodies} sent a record{counted}")
            self.away.say("–", "missing: load who was asked")
        else:
            self.sent.say(f"{totals.answered:,} of {totals.asked:,}", f"organisations sent a record{counted}")
            self.away.say(f"{len(figures.missing):,}", "missing", lead=bool(figures.missing))
        self.aged.say(f"{old:,}", "older than 12 months")
        beside = doubt_words(totals.listed, totals.listed_proven, totals.listed_most)
        words = f"of {count(totals.cameras, 'camera')} made by a listed maker"
        self.listed.say(f"{totals.listed:,}", f"{words}, {beside}" if beside else words)


NOT_COUNTED = "Some files were accepted and are not counted yet, because the work was interrupted."


class WorkStrip(Surface):
    """Stays while there is something to say; its button stops what is done, or does what waits."""

    def __init__(self, desk: AuditDesk) -> None:
        super().__init__("todo_fill", lines="t")
        self._desk = desk
        self._news = ""
        self._operation = Operation.IMPORT
        self._after: Callable[[], object] | None = None
        self.words = Text("")
        self.bar = Progress("How far it is")
        self.bar.setFixedWidth(160)
        self.button = Button("Stop", then=lambda: self._after() if self._after is not None else None)
        row((self.words, 1, Qt.AlignmentFlag.AlignVCenter), self.bar, self.button, gap=12, margins=(32, 8, 24, 8), of=self)
        desk.began.connect(self._begin)
        desk.progressed.connect(self._progress)
        desk.ended.connect(self.show_state)
        desk.said.connect(self._tell)
        self.show_state()

    def show_state(self) -> None:
        """What waits to be done: counting what was cut off, or re-checking."""
        if self._desk.busy:
            return
        figures = self._desk.figures
        if figures is not None and not figures.settled:
            self._wait(NOT_COUNTED, "Count them", self._desk.settle)
        elif figures is not None and figures.stale:
            said = f"Judged by another list version: {count(figures.stale, 'device')}."
            self._wait(said, "Re-check", self._desk.judge)
        else:
            self._wait("")

    def _wait(self, sentence: str, button: str = "", after: Callable[[], object] | None = None) -> None:
        self._after = after
        self._say(f"{self._news} {sentence}".strip(), button)

    def _begin(self, operation: Operation) -> None:
        self._news, self._operation = "", operation
        self._after = self._stop if operation.can_stop else None
        self.button.setEnabled(True)
        self._say(operation.doing, "Stop")

    def _progress(self, at: int, of: int) -> None:
        if self._desk.busy:
            self._say(f"{self._operation.doing} {at:,} of {of:,}.", "Stop", at=at, of=of)

    def _stop(self) -> None:
        self.button.setEnabled(False)
        self._desk.stop()

    def _tell(self, sentence: str) -> None:
        self._news = sentence
        self.show_state()
        announce(self, sentence)

    def _say(self, sentence: str, button: str, *, at: int = 0, of: int = 0) -> None:
        """Shows a sentence; a bar where `of` is known, a button where it can do something; nothing for ""."""
        button = button if self._after is not None else ""
        self.words.setText(sentence)
        self.bar.setVisible(bool(of))
        self.bar.set_part(at, of)
        self.button.setVisible(bool(button))
        if button and self.button.text() != button:
            self.button.setText(button)
            self.button.setEnabled(True)
            self.button.updateGeometry()
        self.setVisible(bool(sentence))


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
    return value if isinstance(value, str) else ", ".join(filter(None, value))
