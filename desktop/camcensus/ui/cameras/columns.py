"""Which columns the register shows, and the menu that they are chosen in."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor

from camcensus.model.asset import EXPOSURE_QUESTIONS
from camcensus.ui.asset.columns import AT, COLUMNS, DEFAULT_COLUMNS
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.table import Table
from camcensus.ui.preferences import Preferences

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("In most registers", ("place", "maker", "grade", "list", "decision", "care", "kind", "tags", "notes", "photos")),
    ("What it is", ("brand", "model", "serial", "firmware", "purpose", "where", "type", "path")),
    ("On the network", ("address", "mac", "connected", "first_seen", "last_seen", *(one.name for one in EXPOSURE_QUESTIONS))),
    ("Bought and maintained", ("owner", "seller", "maintainer", "contract_end", "installed", "age", "cost")),
    ("Data protection", ("dpia", "retention", "picture_check")),
)
"""Every column but the ref, as a person looks for it; what no group names stands in the last."""

SPARED = ("decision",)
"""Of the usual columns, what is left out where there is little room: the details say it, and a filter finds it."""


class ShownColumns:
    """The columns that a table of the register shows: the usual ones at first, and the first one always."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._preferences: Preferences | None = None
        self.show(DEFAULT_COLUMNS)

    def use(self, preferences: Preferences) -> None:
        """Shows the columns that were chosen last, and remembers what is chosen from now on."""
        self._preferences = preferences
        self.show(preferences.columns or DEFAULT_COLUMNS)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of those that are shown, where they have room."""
        return tuple(column.name for at, column in enumerate(COLUMNS) if at in self._table.wanted)

    def show(self, names: Iterable[str]) -> None:
        """Shows these; of the usual six without what has no room and the details say. What a person chose stays."""
        wanted = {COLUMNS[0].name, *names}
        spared = SPARED if wanted == set(DEFAULT_COLUMNS) else ()
        shown = (at for at, column in enumerate(COLUMNS) if column.name in wanted)
        self._table.show_what_fits(shown, (AT[name] for name in spared), or_all=True)

    def fill(self, menu: Menu) -> None:
        """A line to tick for each column, in groups; Ref is always shown."""
        shown, named = set(self.names), {name for _, names in GROUPS for name in names}
        others = tuple(one.name for one in COLUMNS[1:] if one.name not in named)
        for title, names in (*GROUPS[:-1], (GROUPS[-1][0], (*GROUPS[-1][1], *others))):
            inner = menu.inner(title)
            for name in names:
                action = inner.addAction(COLUMNS[AT[name]].title)
                action.setCheckable(True)
                action.setChecked(name in shown)
                action.triggered.connect(lambda on, name=name: self._choose({*shown, name} if on else shown - {name}))
        menu.addAction("The usual six", lambda: self._choose(DEFAULT_COLUMNS))

    def popup(self) -> None:
        """The same as a menu of its own, where the pointer is."""
        menu = Menu(parent=self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        menu.popup(QCursor.pos())

    def _choose(self, names: Iterable[str]) -> None:
        self.show(names)
        if self._preferences is not None:
            self._preferences.columns = self.names
