"""Ctrl+K: go to any camera, place, page or command by a few letters of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean, count
from camcensus.tasks.register.sought import sought
from camcensus.tasks.reports import catalogue as reports
from camcensus.ui.asset.model import AssetModel
from camcensus.ui.asset.place_model import parents
from camcensus.ui.kit import theme
from camcensus.ui.kit.column_list import ColumnList, RowPaint
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.table_model import Display, Index, ListModel, Spoken
from camcensus.ui.kit.widgets import Text
from camcensus.ui.navigation import Entry
from camcensus.ui.session import Session

SHOWN = 30
"""Goals that are listed; whoever wants others types more."""
NoteRole = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Goal:
    """Where one may go: its name, what it is, words it is found by (small letters), and what goes there."""

    name: str
    note: str
    words: str
    go: Callable[[], object]


def found(goals: Iterable[Goal], typed: str, most: int = SHOWN) -> tuple[list[Goal], int]:
    """The goals that have every word, and how many there are: first names that begin with the words or have them.

    Then what has the very names ("Room 1" before "Room 10").
    """
    words, whole = sought(typed), " ".join(typed.casefold().split())
    ranked: list[tuple[int, int, Goal]] = []
    for at, goal in enumerate(goals):
        if not words.is_in(goal.words):
            continue
        name = goal.name.casefold()
        rank = (
            0
            if name == whole
            else 1
            if name.startswith(whole)
            else 2
            if whole in name
            else 3
            if words.is_whole_in(goal.words)
            else 4
        )
        ranked.append((rank, at, goal))
    ranked.sort(key=lambda one: one[:2])
    return [goal for *_, goal in ranked[:most]], len(ranked)


def page_goals(entries: Sequence[Entry], show: Callable[[str], object]) -> list[Goal]:
    """The pages."""
    return [Goal(entry.title, "Page", entry.title.casefold(), partial(show, entry.name)) for entry in entries]


def report_goals(show: Callable[[str, object], object]) -> list[Goal]:
    """The reports."""
    return [Goal(one.title, "Report", one.title.casefold(), partial(show, "reports", one.name)) for one in reports.KINDS]


def command_goals(actions: Iterable[QAction]) -> list[Goal]:
    """What menus and keys do now, each once."""
    made: dict[str, Goal] = {}
    for action in actions:
        name = action.text().replace("&", "").rstrip("…")
        if name and action.isEnabled() and action.isVisible() and action.menu() is None and not action.isSeparator():
            keys = action.shortcut().toString()
            made.setdefault(name, Goal(name, f"Command · {keys}" if keys else "Command", name.casefold(), action.trigger))
    return list(made.values())


def place_goals(session: Session, show: Callable[[str, object], object]) -> list[Goal]:
    """The places, each with what it lies in."""
    places = {place.id: place for place in session.places()}
    made = []
    for identity, line in parents(places.values()).items():
        path = [clean(places[one].name, 80) for one in line if one in places]
        note = f"Place in {' › '.join(path[:-1])}" if path[:-1] else "Place"
        made.append(Goal(path[-1], note, " ".join(path).casefold(), partial(show, "places", identity)))
    return made


def camera_goals(model: AssetModel, show: Callable[[str, object], object]) -> list[Goal]:
    """The entries of the register, found by all that is said of them."""
    made = []
    for item in model.every:
        go = partial(show, "cameras", {"asset": item.row.asset.id})
        made.append(Goal(item.text(0), f"{item.text(1)} · {item.text(2)}", item.search, go))
    return made


class _GoalPainter(RowPaint):
    def draw(self, painter: QPainter, box: QRectF, index: Index, *, current: bool) -> None:
        pitch, small = theme.pitch("body"), theme.pitch("caption")
        left, top, wide = box.left() + 12, box.center().y() - (pitch + small) / 2, box.width() - 20
        name, note = QRectF(left, top, wide, pitch), QRectF(left, top + pitch, wide, small)
        theme.write(painter, name, str(index.data()), "strong" if current else "body", fit=wide)
        theme.write(painter, note, str(index.data(NoteRole)), "caption", "secondary", fit=wide)


class GoToDialog(Dialog):
    """A field and what it finds; up and down choose, Enter goes there."""

    def __init__(self, goals: Sequence[Goal], parent: QWidget) -> None:
        super().__init__(parent, "Go to", width=560)
        self._goals = goals
        self.field = Field("A camera, an address, a place, a page, a report", "search", name="Go to")
        self.model = ListModel[Goal](
            {Display: lambda one: one.name, NoteRole: lambda one: one.note, Spoken: lambda one: f"{one.name}. {one.note}"},
            parent=self,
        )
        self.view = ColumnList("What was found")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_GoalPainter(self.view))
        self.view.setMinimumHeight(theme.unless_large(280, 280))
        self._said = Text("", "caption", "secondary", wrap=False)
        self.body.addWidget(self.field)
        self.body.addSpacing(8)
        self.body.addWidget(card_of(self.view, (4, 4, 1, 4)), 1)
        self.body.addSpacing(6)
        self.body.addWidget(self._said)
        self.go_button = self.offer("Cancel", "Go")
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._look)
        self.view.clicked.connect(self.accept)
        self.view.opened.connect(self.accept)
        self._look("")
        self.field.setFocus()

    @property
    def goal(self) -> Goal | None:
        """What is chosen."""
        return self.model.at(self.view.currentIndex().row())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go through the list while one types."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = steps.get(Qt.Key(event.key()))
            if step is not None and self.model.rows:
                self._choose(max(0, min(len(self.model.rows) - 1, self.view.currentIndex().row() + step)))
                return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """Goes there after this has closed: what is gone to may open a window of its own."""
        goal = self.goal
        if goal is None:
            return
        super().accept()
        goal.go()

    def _look(self, typed: str) -> None:
        shown, number = found(self._goals, typed)
        self.model.set_rows(shown)
        self.go_button.setEnabled(bool(shown))
        more = number - len(shown)
        self._said.setText("Nothing has that name." if not shown else f"{count(more, 'other')}: type more." if more else "")
        if shown:
            self._choose(0)

    def _choose(self, at: int) -> None:
        index = self.model.index(at, 0)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.field.setAccessibleDescription(str(index.data(Spoken)))
