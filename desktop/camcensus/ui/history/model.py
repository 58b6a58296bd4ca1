"""A history as rows: moments, newest first, and what changed, in sections. Needs no event loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject, Qt

from camcensus.model.history import CHANGE_WORDS, Change, Comparison, Event
from camcensus.model.prose import upper_first
from camcensus.model.words import clean
from camcensus.tasks.register.history_edit import EditedCell
from camcensus.ui import phrases
from camcensus.ui.kit.cells import IdRole, ViewColumn
from camcensus.ui.kit.table_model import Display, Index, ListModel, Spoken, TableModel, ToolTip
from camcensus.ui.kit.widgets import plain_tip

EventRole = Qt.ItemDataRole.UserRole + 1
WORDS = {"search": "Search", "report": "Report", "edit": "Edit"}
FILTERS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Everything", frozenset(("search", "report", "edit"))),
    ("Searches", frozenset(("search",))),
    ("Edits", frozenset(("edit", "report"))),
)
EACH_ROW_UP_TO = 200
"""An edit of more rows than this is one line; of fewer, each row has its own."""
COLUMNS = (
    ViewColumn("ref", "Ref", "text", 92, attrgetter("ref")),
    ViewColumn("say", "What changed", "text", 0, lambda line: clean(line.say, 400), attrgetter("say")),
    ViewColumn("when", "When", "quiet", 112, attrgetter("when")),
    ViewColumn("by", "Who or what", "quiet", 136, attrgetter("by")),
)
SectionRole = Qt.ItemDataRole.UserRole + 7
"""True for a line that is the heading of those below it."""


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

    @property
    def newest_search(self) -> int | None:
        """The log's line of the last search."""
        return next((event.change for event in self._all if event.kind == "search"), None)

    def row_of(self, change: int | None) -> int:
        """Where the moment with that line of the log is, -1 where it is not shown."""
        return next((at for at, event in enumerate(self.rows) if event.change == change), -1)

    def _show(self) -> None:
        self.set_rows([event for event in self._all if event.kind in self._kinds])

    def under(self, event: Event) -> str:
        """When it was, and who did it."""
        parts = [phrases.when(event.at, self._now()), clean(event.by, 60) if event.by else ""]
        return upper_first(" · ".join([part for part in parts if part] + (["taken back"] if event.undone else [])))


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A line of the table: a row of the register that changed, or a heading (then `asset` is "" and `number` is how many)."""

    ref: str
    say: str
    when: str = ""
    by: str = ""
    asset: str = ""
    kind: str = ""
    number: int | None = None


def lines_of(comparison: Comparison, ids: Mapping[str, str], now: datetime) -> list[ChangeLine]:
    """The changes in sections, in the order of their kinds. `ids` are ref -> asset id of the rows that there are."""
    found: list[ChangeLine] = []
    for kind, title in CHANGE_WORDS.items():
        those: list[ChangeLine] = []
        for change in comparison.changes:
            if change.kind == kind:
                those += _of_change(change, ids, now)
        if those:
            found.append(ChangeLine("", title, kind=kind, number=len(those)))
            found += those
    return found


def _of_change(change: Change, ids: Mapping[str, str], now: datetime) -> list[ChangeLine]:
    when = phrases.when(change.at, now)
    by = clean(change.by, 60) if change.by else f"Search {change.search}" if change.search else ""
    say = upper_first(change.say.removeprefix(change.ref).lstrip(": ")) if change.ref else change.say
    if change.refs and 1 < len(change.refs) <= EACH_ROW_UP_TO:
        return [ChangeLine(clean(ref), change.say, when, by, ids.get(ref, ""), change.kind) for ref in change.refs]
    ref = change.ref or (f"{len(change.refs):,} rows" if change.refs else "")
    return [ChangeLine(clean(ref), say, when, by, change.asset or "", change.kind)]


def lines_of_cells(cells: Iterable[EditedCell], when: str, by: str) -> list[ChangeLine]:
    """What one edit changed, field by field."""
    found = []
    for cell in cells:
        was, is_now = cell.was or "nothing", cell.is_now or "nothing"
        say = cell.is_now if cell.whole else f"{cell.title}: {is_now} (before: {was})"
        found.append(ChangeLine(cell.ref, say, when, by, cell.asset))
    return found


class ChangeModel(TableModel[ChangeLine]):
    """The lines as they were given."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(COLUMNS, parent=parent)

    @property
    def sections(self) -> list[int]:
        """Where the headings are."""
        return [at for at, line in enumerate(self.rows) if line.number is not None]

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.at(index.row())
        plain = Qt.ItemFlag.ItemIsEnabled
        return plain if line is None or line.number is not None else plain | Qt.ItemFlag.ItemIsSelectable

    def sentence(self, row: ChangeLine) -> str:
        """A whole line: "CAM-003. Moved from 10.0.0.3 to 10.0.0.9. 24 Nov 2026, Search 2."."""
        words = ". ".join(part for part in (row.ref, clean(row.say, 400).rstrip(".")) if part)
        return f"{words}. {', '.join(part for part in (row.when, row.by) if part)}."

    def data(self, index: Index, role: int = Display) -> Any:
        line, first = self.at(index.row()), index.column() == 0
        if line is None:
            return None
        if role == IdRole:
            return line.asset
        if role == SectionRole:
            return line.number is not None
        if line.number is None:
            return super().data(index, role) if role != ToolTip or index.column() == 1 else None
        if role == Display:
            return f"{line.say} ({line.number:,})" if first else ""
        return f"{line.say}: {line.number:,}" if role == Spoken else None
