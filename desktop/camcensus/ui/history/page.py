"""History: what happened and who did it, and what each moment changed."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from camcensus.identity.history import RegisterHistory, timeline
from camcensus.model.changes import Changes
from camcensus.model.history import Change, Comparison, Event, Moment
from camcensus.model.words import clean, listed, upper_first
from camcensus.tasks.register import history
from camcensus.ui import phrases
from camcensus.ui.asset.past import past_book, sentence_of
from camcensus.ui.history.timeline import WIDTH, Timeline
from camcensus.ui.job import Job
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.layout import column, faces, panel, row
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text
from camcensus.ui.own_pen import own_pen
from camcensus.ui.page import EmptyState
from camcensus.ui.session import Session
from camcensus.ui.two_columns import TwoColumns

WAIT_MS = 60
"""Arrow keys held down run through the timeline: only where they stop is anything worked out."""
NOTES_SHOWN = 800
COLUMNS = (
    ViewColumn("ref", "Ref", "text", 92, lambda line: line.ref),
    ViewColumn("say", "What changed", "text", 0, lambda line: line.say),
)
HINT = "Choose a line to read all of it, and to open its camera."
_NOTHING = {
    "search": "This search showed nothing that was not known before.",
    "edit": "No camera was changed.",
    "report": "Nothing has changed since this report.",
    "answer": "No camera was changed.",
}
"""What is said of an event that changed no row, by its kind."""


class ChangeLine(NamedTuple):
    """What changed of a row of the register; `asset` is "" where it is several rows, or gone."""

    ref: str
    say: str
    asset: str


class HistoryPage(TwoColumns):
    """The timeline at the left; at the right the chosen moment and what it changed. A report shows what changed since it."""

    name = "history"
    help_page = "history"
    one_below = 960
    back_words = "All that happened"
    defect = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.book = past_book(session)
        self.timeline = Timeline(session.clock)
        self.title, self.note = Text("", "heading"), Text("", "body", "secondary")
        self.model = TableModel[ChangeLine](COLUMNS, parent=self)
        self.table = Table(COLUMNS, "What changed", model=self.model, one_row=True)
        self.said = Text("", "body", "secondary")
        self.open_button = Button("Open in the list", then=self.open_row)
        self._find_button = Button("Find cameras", "primary", then=lambda: session.hub.asked_for.emit("find", None))
        none = EmptyState(
            "history",
            "Nothing has happened yet",
            "Every search, edit and report is listed here, with the date and who did it. Nothing is ever deleted.",
            self._find_button,
        )
        self._job: Job | None = None
        self._pause = QTimer(self, singleShot=True, interval=WAIT_MS)
        foot = row((self.said, 1), self.open_button)
        top = column(row(self.back_button, None), self.title, 2, self.note, foot, gap=8, margins=(24, 24, 24, 12))
        self._page = panel(column(top, (panel(column(self.table, margins=(12, 0, 0, 0))), 1)))
        both = panel(row(self.timeline, (self._page, 1), gap=0))
        self.take_turns(self.timeline, self.timeline.view, self._page, WIDTH)
        self._faces = faces(self, both, none)
        self.timeline.chosen.connect(lambda _: self._pause.start())
        self.table.opened.connect(self.open_row)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._choose_line())
        self.book.came.connect(self._take_past)
        self.book.failed.connect(self._fail)
        self._pause.timeout.connect(self._show)
        session.hub.changed.connect(self._take)

    def enter(self, wish: object = None) -> None:
        del wish  # no page asks for a moment
        self.book.want()
        if self.book.reading and not self.timeline.model.rows:
            self.note.setText("Reading the history…")
            self._show_lines([], "")

    def start_focus(self) -> QWidget:
        if self._faces.currentIndex():
            return self._find_button
        return self.table if self.timeline.isHidden() else self.timeline.view

    def panes(self) -> list[QWidget]:
        if self._faces.currentIndex():
            return [self._find_button]
        stops: list[QWidget] = [] if self.timeline.isHidden() else [self.timeline.view]
        return stops if self._page.isHidden() else [*stops, self.table]

    def escape(self) -> bool:
        """Back to the timeline where the two take turns."""
        if self.timeline.isHidden():
            self.to_list()
            return True
        return False

    def first_to_read(self) -> QWidget:
        return self.start_focus()

    def open_row(self) -> None:
        """Goes to the camera of the chosen line on its own page."""
        line = self.model.at(self.table.currentIndex().row())
        if line is not None and self.session.row(line.asset) is not None:
            self.session.hub.asked_for.emit("cameras", {"asset": line.asset})

    def _choose_line(self) -> None:
        line = self.model.at(self.table.currentIndex().row())
        self.said.setText(f"{line.ref}: {line.say}" if line is not None else HINT)
        self.open_button.setVisible(line is not None and self.session.row(line.asset) is not None)

    def _take(self, _: Changes) -> None:
        if self.isVisible():
            self.book.want()

    def _take_past(self) -> None:
        past = self.book.past
        if past is None or not self.isVisible():
            return
        events = timeline(past)
        self._faces.setCurrentIndex(0 if events else 1)
        self.timeline.show_events(events)
        if not events and self.window().isActiveWindow():
            self._find_button.setFocus()

    def _show(self) -> None:
        """Shows the chosen moment, and works out what it changed in a Job: there may be tens of thousands of lines."""
        past, inventory, event, now = self.book.past, self.session.inventory, self.timeline.current, self.session.clock()
        self._pause.stop()
        self._job = None
        if past is None or inventory is None or event is None:
            return
        self.title.setText(upper_first(clean(event.say, 400)))
        allowed = "Allowed by " if event.kind == "search" else ""
        by = f" {allowed}{clean(event.by, 60)}." if event.by else ""
        self.note.setText(f"{phrases.day_and_time(event.at, now)}.{by}")
        change = event.change or 0

        def edited() -> list[ChangeLine]:
            with own_pen(inventory, now) as reader:
                return _lines_of_edit(history.cells_of(reader, change))

        job = self._job = Job(lambda _: edited() if event.kind == "edit" else _compare(past, event))
        job.finished.connect(lambda told: self._take_lines(told) if isValid(self) and job is self._job else None)
        job.failed.connect(lambda error: self._fail(error) if isValid(self) and job is self._job else None)
        job.start()

    def _take_lines(self, told: list[ChangeLine] | Comparison) -> None:
        event, self._job = self.timeline.current, None
        if event is None:
            return
        if isinstance(told, Comparison):
            if event.kind == "report":
                silent = f" Nothing is said of {listed(told.unlooked, 12)}." if told.unlooked else ""
                self.note.setText(clean(f"{self.note.text()} {told.say} {' '.join(told.notes)}{silent}", NOTES_SHOWN))
            told = [_line_of_change(change) for change in told.changes]
        self._show_lines(told, HINT if told else _NOTHING[event.kind])

    def _show_lines(self, lines: list[ChangeLine], say: str) -> None:
        self.table.setVisible(bool(lines))
        self.model.set_rows(lines)
        self.table.scrollToTop()
        self.open_button.hide()
        self.said.setText(say)

    def _fail(self, error: object) -> None:
        self._job = None
        sentence = sentence_of(error)
        if self.isVisible():
            self._show_lines([], sentence or "The history could not be read.")
        if sentence is None and isinstance(error, BaseException):
            self.defect.emit(error)


def _compare(past: RegisterHistory, event: Event) -> Comparison:
    """What a search changed, or what changed since a report."""
    if event.kind == "report":
        since = next(one for one in history.reports(past) if one.change == event.change)
        return history.changes_between(past, since)
    change = event.change or 0
    before = [edit for edit in past.history.edits if edit.change < change]
    since = Moment(before[-1].at, "before it", before[-1].change) if before else Moment("0001-01-01T00:00:00Z", "before it", 0)
    return history.changes_between(past, since, Moment(event.at, "after it", change))


def _line_of_change(change: Change) -> ChangeLine:
    say = upper_first(change.say.removeprefix(change.ref).lstrip(": ")) if change.ref else change.say
    ref = change.ref or (f"{len(change.refs):,} rows" if change.refs else "")
    return ChangeLine(clean(ref), clean(say, 400), change.asset or "")


def _lines_of_edit(cells: tuple[history.EditedCell, ...]) -> list[ChangeLine]:
    """What one edit changed, field by field."""
    found = []
    for cell in cells:
        was, is_now = cell.was or "nothing", cell.is_now or "nothing"
        found.append(ChangeLine(cell.ref, cell.is_now if cell.whole else f"{cell.title}: {is_now} (before: {was})", cell.asset))
    return found
