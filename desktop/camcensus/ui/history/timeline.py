"""The column of moments: searches, edits, imports and reports, newest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal

from camcensus.model.history import Event
from camcensus.model.words import clean, upper_first
from camcensus.ui import phrases
from camcensus.ui.kit.column_list import ColumnList, ColumnRow, RowRole
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.table_model import Display, ListModel, Spoken, ToolTip
from camcensus.ui.kit.widgets import Text, plain_tip

WIDTH = 288
EventRole = Qt.ItemDataRole.UserRole + 2
ICONS = {"search": "radar", "report": "file-text", "edit": "pencil"}
WORDS = {"search": "Search", "report": "Report", "edit": "Edit"}


class EventModel(ListModel[Event]):
    """The moments, newest first."""

    def __init__(self, now: Callable[[], datetime], parent: QObject) -> None:
        tells = {
            Display: lambda event: clean(event.say, 300),
            EventRole: lambda event: event,
            RowRole: self._row,
            ToolTip: lambda event: plain_tip(f"{clean(event.say, 300)}\n{self.under(event)}"),
            Spoken: lambda event: f"{WORDS.get(event.kind, 'Edit')}. {clean(event.say, 300)} {self.under(event)}.",
        }
        super().__init__(tells, parent=parent)
        self._now = now

    def _row(self, event: Event) -> ColumnRow:
        ink = "secondary" if event.undone else "text"
        return ColumnRow(clean(event.say, 300), self.under(event), icon=ICONS.get(event.kind, "pencil"), name_ink=ink)

    def row_of(self, change: int | None) -> int:
        """Where the moment with that line of the log is, -1 where it is not shown."""
        return next((at for at, event in enumerate(self.rows) if event.change == change), -1)

    def under(self, event: Event) -> str:
        """When it was, and who did it."""
        parts = [phrases.when(event.at, self._now()), clean(event.by, 60) if event.by else ""]
        return upper_first(" · ".join([part for part in parts if part] + (["taken back"] if event.undone else [])))


class Timeline(Surface):
    """The moments. `chosen` tells the current one, None where there is none."""

    chosen = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__("base", lines="r")
        self.model = EventModel(now, self)
        self.view = ColumnList("What happened, newest first")
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        column(Text("History", "title", wrap=False), 12, (self.view, 1), margins=(20, 24, 0, 12), of=self)
        self.view.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current))

    @property
    def current(self) -> Event | None:
        """The chosen moment."""
        event = self.view.currentIndex().data(EventRole)
        return event if isinstance(event, Event) else None

    def choose(self, change: int | None) -> bool:
        """Goes to a moment by its line of the log; False where it is not shown."""
        at = self.model.row_of(change)
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at, 0))
            self.view.scrollTo(self.view.currentIndex())
        return at >= 0

    def show_events(self, events: tuple[Event, ...]) -> None:
        """Takes the timeline as it is now, and stays where it was, or goes to the newest."""
        before = self.current
        newest = self.view.currentIndex().row() <= 0
        self.view.selectionModel().blockSignals(True)
        self.model.set_rows(events)
        self.view.selectionModel().blockSignals(False)
        if not (before is not None and not newest and self.choose(before.change)) and events:
            self.view.setCurrentIndex(self.model.index(0, 0))
        self.chosen.emit(self.current)
