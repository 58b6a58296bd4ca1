"""The column of moments: searches, edits, imports and reports, newest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from camcensus.model.history import Event
from camcensus.model.words import clean, upper_first
from camcensus.ui import phrases
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.column_list import ColumnList, RowPaint
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.segmented import Segmented
from camcensus.ui.kit.table_model import Display, Index, ListModel, Spoken, ToolTip
from camcensus.ui.kit.widgets import Text, plain_tip

WIDTH = 288
EventRole = Qt.ItemDataRole.UserRole + 1
ICONS = {"search": "radar", "report": "file-text", "edit": "pencil"}
WORDS = {"search": "Search", "report": "Report", "edit": "Edit"}
FILTERS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Everything", frozenset(("search", "report", "edit"))),
    ("Searches", frozenset(("search",))),
    ("Edits", frozenset(("edit", "report"))),
)


class EventModel(ListModel[Event]):
    """The moments that are to be seen, newest first."""

    def __init__(self, now: Callable[[], datetime], parent: QObject) -> None:
        tells = {
            Display: lambda event: clean(event.say, 300),
            EventRole: lambda event: event,
            ToolTip: lambda event: plain_tip(f"{clean(event.say, 300)}\n{self.under(event)}"),
            Spoken: lambda event: f"{WORDS.get(event.kind, 'Edit')}. {clean(event.say, 300)} {self.under(event)}.",
        }
        super().__init__(tells, parent=parent)
        self._now = now
        self._all: tuple[Event, ...] = ()
        self._kinds = FILTERS[0][1]

    def set_events(self, events: tuple[Event, ...]) -> None:
        """Takes the timeline as it is now."""
        self._all = events
        self._show()

    def want(self, kinds: frozenset[str]) -> None:
        """Only moments of these kinds."""
        self._kinds = kinds
        self._show()

    @property
    def total(self) -> int:
        """Moments, shown or not."""
        return len(self._all)

    def row_of(self, change: int | None) -> int:
        """Where the moment with that line of the log is, -1 where it is not shown."""
        return next((at for at, event in enumerate(self.rows) if event.change == change), -1)

    def _show(self) -> None:
        self.set_rows([event for event in self._all if event.kind in self._kinds])

    def under(self, event: Event) -> str:
        """When it was, and who did it."""
        parts = [phrases.when(event.at, self._now()), clean(event.by, 60) if event.by else ""]
        return upper_first(" · ".join([part for part in parts if part] + (["taken back"] if event.undone else [])))


class _MomentPainter(RowPaint):
    def __init__(self, view: ColumnList, model: EventModel) -> None:
        super().__init__(view)
        self._model = model

    def draw(self, painter: QPainter, box: QRectF, index: Index, *, current: bool) -> None:
        event: Event = index.data(EventRole)
        pitch, small, size = theme.pitch("body"), theme.pitch("caption"), theme.px(16)
        top, left = box.center().y() - (pitch + small) / 2, box.left() + 12
        ink = theme.colour("accent" if current else "secondary")
        icons.draw_icon(painter, ICONS.get(event.kind, "pencil"), QRectF(left, top + (pitch - size) / 2, size, size), ink)
        left += size + 10
        room = QRectF(left, top, box.right() - left - 6, pitch)
        said = "secondary" if event.undone else "text"
        theme.write(painter, room, str(index.data()), "strong" if current else "body", said)
        room = QRectF(left, top + pitch, room.width(), small)
        theme.write(painter, room, self._model.under(event), "caption", "secondary")


class Timeline(Surface):
    """The moments and which of them to see. `chosen` tells the current one, None where there is none."""

    chosen = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__("base", lines="r")
        self.model = EventModel(now, self)
        self.view = ColumnList("What happened, newest first")
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setItemDelegate(_MomentPainter(self.view, self.model))
        self.which = Segmented(*(words for words, _ in FILTERS), name="What to show")
        self._none = Text("", "body", "secondary")
        self._none.hide()
        head = column(Text("History", "title", wrap=False), 12, row(self.which, None), 8, self._none, margins=(0, 0, 16, 0))
        column(head, (self.view, 1), margins=(20, 24, 0, 12), of=self)
        self.which.chosen.connect(self._filter)
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
        self._hold(lambda: self.model.set_events(events))
        self._again(None if newest else before)

    def _filter(self, at: int) -> None:
        before = self.current
        self._hold(lambda: self.model.want(FILTERS[at][1]))
        self._again(before)

    def _hold(self, change: Callable[[], None]) -> None:
        self.view.selectionModel().blockSignals(True)
        change()
        self.view.selectionModel().blockSignals(False)

    def _again(self, before: Event | None) -> None:
        shown = bool(self.model.rows)
        self._none.setText("" if shown else f"No {FILTERS[self.which.at][0].lower()} yet.")
        self._none.setVisible(not shown)
        if not (before is not None and self.choose(before.change)) and shown:
            self.view.setCurrentIndex(self.model.index(0, 0))
        self.chosen.emit(self.current)
