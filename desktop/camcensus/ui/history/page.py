"""History: what happened and who did it, what changed since one moment, and taking edits back in order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from camcensus.identity.history import RegisterHistory
from camcensus.identity.removal import timeline
from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError
from camcensus.model.history import Comparison, Event, Moment
from camcensus.model.prose import listed, upper_first
from camcensus.model.words import clean, count, long_date
from camcensus.tasks.files import write_through
from camcensus.tasks.register import history, history_edit
from camcensus.ui import phrases
from camcensus.ui.asset.past import PastQuestion, past_book, sentence_of
from camcensus.ui.asset.row_history import as_text
from camcensus.ui.history.change_table import ChangeTable
from camcensus.ui.history.model import EACH_ROW_UP_TO, ChangeLine, lines_of, lines_of_cells
from camcensus.ui.history.take_back import TakeBack
from camcensus.ui.history.timeline import WIDTH, Timeline
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import tell
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, faces, panel, row
from camcensus.ui.kit.pictures import OneIcon
from camcensus.ui.kit.segmented import Segmented
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.own_pen import own_pen
from camcensus.ui.page import EmptyState
from camcensus.ui.session import Session
from camcensus.ui.two_columns import TwoColumns

MOMENT, SINCE = 0, 1
WAIT_MS = 60
"""Arrow keys held down run through the timeline: only where they stop is anything worked out."""
NOTES_SHOWN = 400
_NOTHING = {
    "search": "This search showed nothing that was not known before.",
    "edit": "No camera was changed.",
    "report": "A report was written. Choose Since then to see what has changed.",
}
"""What is said of an event that changed no row, by its kind."""


class HistoryPage(TwoColumns):
    """The timeline at the left; at the right one moment, or what changed since it."""

    name = "history"
    help_page = "history"
    one_below = 960
    back_words = "All that happened"
    defect = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.book = past_book(session)
        self.timeline = Timeline(session.clock)
        self.which = Segmented("This moment", "Since then", name="One moment, or what changed since it")
        self.since_button = Button("What changed since my last report", "primary", then=self.since_last_report)
        self.save_button = Button("Save as CSV", "primary", "download", then=self.save)
        self.title, self.note = Text("", "heading"), Text("", "body", "secondary")
        self.take_back = TakeBack(session)
        self.changes = ChangeTable(session)
        self.nothing = Text("", "body", "secondary")
        find = Button("Find cameras", "primary", then=lambda: session.hub.asked_for.emit("find", None))
        self._none = EmptyState(
            OneIcon("history"),
            "Nothing has happened yet",
            "Every search, edit and report is listed here, with the date and who did it. Nothing is ever deleted.",
            find,
        )
        self._find_button = find
        self.comparison: Comparison | None = None
        self._day: str | None = None
        self._report: int | None = None
        self._question = PastQuestion(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(WAIT_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        top = column(
            row(self.back_button, None),
            Flow(self.which, self.since_button, self.save_button, gap=12),
            4,
            column(self.title, 2, self.note),
            self.take_back,
            self.nothing,
            gap=8,
            margins=(24, 24, 24, 12),
        )
        self._page = QWidget()
        self._filler = QWidget()
        column(top, (self.changes, 1), (self._filler, 1), of=self._page)
        both = panel(row(self.timeline, (self._page, 1), gap=0))
        self.take_turns(self.timeline, self.timeline.view, self._page, WIDTH)
        self._faces = faces(self, both, self._none)

    def _connect(self) -> None:
        self.timeline.chosen.connect(lambda _: self._pause.start())
        self.which.chosen.connect(lambda _: self._show())
        self.changes.proof.connect(self.show_proof)
        self.book.came.connect(self._take_past)
        self.book.failed.connect(self._fail)
        self._question.told.connect(self._take_answer)
        self._question.failed.connect(self._fail)
        self._pause.timeout.connect(self._show)
        self.session.hub.changed.connect(self._take)

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Reads the history; the wish {"since": day} shows what changed since what was last done before that day."""
        self._day = str(wish["since"]) if isinstance(wish, Mapping) and wish.get("since") else None
        if self._day is not None:
            self.which.choose(SINCE)
        self.book.want()
        if self.book.reading and not self.timeline.model.total:
            self.note.setText("Reading the history…")
            self._page_for(moment=True, table=False)

    def start_focus(self) -> QWidget:
        if self._faces.currentIndex():
            return self._find_button
        return self.changes.table if self.timeline.isHidden() else self.timeline.view

    def panes(self) -> list[QWidget]:
        if self._faces.currentIndex():
            return [self._find_button]
        stops: list[QWidget] = [] if self.timeline.isHidden() else [self.timeline.view]
        return stops if self._page.isHidden() else [*stops, self.changes.table]

    def escape(self) -> bool:
        """Back to one moment, then to the timeline where they take turns."""
        if self.which.at == SINCE and not self.timeline.isHidden():
            self.which.choose(MOMENT)
            return True
        if self.timeline.isHidden():
            self.to_list()
            return True
        return False

    def first_to_read(self) -> QWidget:
        return self.start_focus()

    # What a person does here

    def since_last_report(self) -> None:
        """What changed since the last report."""
        self._go_to(self._report)
        self.which.choose(SINCE)
        self.read()

    def save(self) -> None:
        """Asks where, and writes what changed as CSV."""
        if self.comparison is None:
            return
        body = self.session.body
        stem = file_dialogs.stem_of(f"{body.name if body else ''} changes {self.session.clock():%Y-%m-%d}", 100)
        file_dialogs.save_file(self, "Save what changed", f"{stem}.csv", "CSV (*.csv)", self.save_as)

    def save_as(self, path: Path) -> None:
        """Writes the comparison to a path, or says why not and what to do."""
        if self.comparison is None:
            return
        path = path if path.suffix else path.with_suffix(".csv")
        comparison = self.comparison
        try:
            write_through(path, lambda: (history.comparison_csv(comparison), len(comparison.changes)))
        except CamcensusError as error:
            self.session.hub.troubled.emit("The table was not saved", str(error))
            return
        say = f"Saved {clean(path.name)}, {count(len(self.comparison.changes), 'change')}."
        self.session.hub.publish(Changes(say=say))

    def show_proof(self, asset: str) -> None:
        """What shows that a row is gone."""
        past = self.book.past
        if past is None:
            return
        try:
            proof = history.removal_proof(past, asset)
        except CamcensusError as error:
            self.session.hub.troubled.emit("There is no proof", str(error))
            return
        tell(self.window(), f"Is {clean(proof.ref)} gone?", as_text(proof))

    # How

    def _take(self, _: Changes) -> None:
        if self.isVisible():
            self.book.want()

    def _take_past(self) -> None:
        past = self.book.past
        if past is None or not self.isVisible():
            return
        events = timeline(past)
        self._faces.setCurrentIndex(0 if events else 1)
        self._report = next((one.change for one in history.moments(past) if one.is_last_report), None)
        self._show_since()
        self.timeline.show_events(events)
        if self._day is not None:
            until = history.moment_of(past, self._day, self.session.clock().tzinfo).change
            self._go_to(next((event.change for event in events if (event.change or 0) <= until), None))
            self._day = None
        if not events and self.window().isActiveWindow():
            self._find_button.setFocus()

    def _go_to(self, change: int | None) -> None:
        """Chooses a moment, whatever the timeline shows."""
        if not self.timeline.choose(change):
            self.timeline.which.choose(0)
            self.timeline.choose(change)

    def _show(self) -> None:
        past = self.book.past
        if past is None:
            return
        self._pause.stop()
        self._question.drop()
        if (event := self.timeline.current) is None:
            return
        if self.which.at == SINCE:
            self._compare(past, _moment_of(past, event), history.now_of(past))
        else:
            self._show_event(event)

    def _show_event(self, event: Event) -> None:
        past = self.book.past
        assert past is not None
        self.comparison = None
        self._page_for(moment=True, table=False)
        self.title.setText(upper_first(clean(event.say, 400)))
        day = phrases.day_and_time(event.at, self.session.clock())
        who = f" {clean(event.by, 60)}." if event.by else ""
        self.note.setText(f"{day}.{who}")
        self.take_back.show_event(event, self.timeline.model.newest_search)
        if event.kind == "search":
            self.note.setText(f"{day}.{f' Allowed by {clean(event.by, 60)}.' if event.by else ''}")
            change = event.change or 0
            before = [edit for edit in past.history.edits if edit.change < change]
            since = Moment(before[-1].at if before else "0001-01-01T00:00:00Z", "before it", before[-1].change if before else 0)
            until = Moment(event.at, "after it", change)
            self._compare(past, since, until)
            return
        inventory, change, now = self.session.inventory, event.change or 0, self.session.clock()
        if inventory is None:
            return
        when, by = phrases.when(event.at, now), clean(event.by, 60) if event.by else ""
        touched = next((len(edit.assets) for edit in past.history.edits if edit.change == change), 0)
        if touched <= EACH_ROW_UP_TO:
            self._take_lines(lines_of_cells(history_edit.cells_of(inventory, change), when, by))
            return

        def find() -> tuple[None, list[ChangeLine]]:
            with own_pen(inventory, now) as reader:
                return None, lines_of_cells(history_edit.cells_of(reader, change), when, by)

        self.nothing.setText("Reading what it changed…")
        self.nothing.show()
        self._question.ask(find)

    def _take_lines(self, lines: list[ChangeLine]) -> None:
        """What one event changed."""
        self._show_lines(lines)
        if not lines and (event := self.timeline.current) is not None:
            self._say(_NOTHING[event.kind])

    def _compare(self, past: RegisterHistory, since: Moment, until: Moment) -> None:
        """Works it out in a Job, the lines of the table too: there may be tens of thousands."""
        now = self.session.clock()

        def find() -> tuple[Comparison, list[ChangeLine]]:
            found = history.changes_between(past, since, until)
            return found, lines_of(found, {one.ref: one.id for one in past.history.rows}, now)

        self._question.ask(find)

    def _take_answer(self, told: tuple[Comparison | None, list[ChangeLine]]) -> None:
        answer, lines = told
        if self.which.at == SINCE and answer is not None:
            self.comparison = answer
            self._page_for(moment=False, table=bool(lines))
            self.title.setText(answer.say)
            silent = f" Nothing is said of {listed(answer.unlooked, 12)}" if answer.unlooked else ""
            self.note.setText(clean(" ".join(answer.notes) + (f"{silent}." if silent else ""), NOTES_SHOWN * 2))
            self._show_lines(lines)
            announce(self, answer.say)
        else:
            self._take_lines(lines)

    def _show_lines(self, lines: list[ChangeLine]) -> None:
        self.nothing.hide()
        self.changes.setVisible(bool(lines))
        self._filler.setVisible(not lines)
        self.changes.show_lines(lines)

    def _page_for(self, *, moment: bool, table: bool) -> None:
        """Which parts of the page are there: of one moment, or of what changed since it."""
        self._show_since()
        self.save_button.setVisible(not moment)
        self.save_button.setEnabled(self.comparison is not None)
        self.take_back.hide()
        self.nothing.hide()
        if not table:
            self._show_lines([])

    def _show_since(self) -> None:
        """There is a button for the last report, where one was made."""
        self.since_button.setVisible(self.which.at == MOMENT and self._report is not None)

    def _say(self, sentence: str) -> None:
        self._show_lines([])
        self.nothing.setText(sentence)
        self.nothing.show()

    def _fail(self, error: object) -> None:
        sentence = sentence_of(error)
        if self.isVisible():
            self._say(sentence or "The history could not be read.")
        if sentence is None and isinstance(error, BaseException):
            self.defect.emit(error)


def _moment_of(past: RegisterHistory, event: Event) -> Moment:
    """The moment after an event, by the name that it has for a search or a report."""
    named = next((one for one in history.moments(past) if one.change == event.change), None)
    return named or Moment(event.at, f"this {event.kind} of {long_date(event.at)}", event.change or 0)
