"""Which columns the register shows, and the dialog that asks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from camcensus.model.asset import EXPOSURE_QUESTIONS
from camcensus.ui.asset.columns import AT, COLUMNS, DEFAULT_COLUMNS
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Check
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import grid, panel
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import Text
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

    def choose(self) -> None:
        """Asks which."""
        dialog = ColumnsDialog(self.names, self._table.window())
        dialog.accepted.connect(lambda: self._remember(dialog.chosen))
        dialog.show_over()

    def _remember(self, names: tuple[str, ...]) -> None:
        self.show(names)
        if self._preferences is not None:
            self._preferences.columns = names


class ColumnsDialog(Dialog):
    """A tick for each column; the ref is always there."""

    def __init__(self, shown: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent, "Columns", width=600, lead="They are remembered on this computer. Ref is always shown.")
        held = set(shown)
        self._ticks: dict[str, Check] = {}
        across = 3 if not theme.THEME.large else 2
        named = {name for _, names in GROUPS for name in names}
        others = tuple(one.name for one in COLUMNS[1:] if one.name not in named)
        lines: list[Text | int | list[tuple[Check, Qt.AlignmentFlag]]] = []
        for title, names in (*GROUPS[:-1], (GROUPS[-1][0], (*GROUPS[-1][1], *others))):
            ticks = [Check(COLUMNS[AT[name]].title, on=name in held) for name in names]
            self._ticks |= zip(names, ticks, strict=True)
            cells = [(tick, Qt.AlignmentFlag.AlignLeft) for tick in ticks]
            lines += (Text(title, "strong"), *(cells[at : at + across] for at in range(0, len(cells), across)), 14)
        inner = panel(grid(*lines, gap=(16, 6), shares=(1,) * across, margins=(3, 3, 8, 3)))
        room = Scroll(inner, "Columns")
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setMinimumHeight(min(inner.sizeHint().height() + 4, 440))
        self.body.addWidget(room, 1)
        usual = Button("The usual six", "quiet", then=self._usual)
        self.buttons.insertWidget(0, usual)
        self.offer("Cancel", "Show these columns")

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the columns that are ticked, the first one with them."""
        return (COLUMNS[0].name, *(name for name, tick in self._ticks.items() if tick.isChecked()))

    def _usual(self) -> None:
        for name, tick in self._ticks.items():
            tick.setChecked(name in DEFAULT_COLUMNS)
