"""Statements in rows: each cell a fact with what qualifies it under it, as plain words; only the page scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camcensus.model import frozen
from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Check
from camcensus.ui.kit.layout import Cell as Placed
from camcensus.ui.kit.layout import column, grid, panel
from camcensus.ui.kit.links import source_link
from camcensus.ui.kit.parts import Hairline
from camcensus.ui.kit.widgets import Text

UNDER = -1
"""Width of a column that always is under the first one's words."""
_TOP, _RIGHT = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight


@frozen
class Cell:
    """A fact, more words of its size under it, and in smaller letters what qualifies it: all plain text. A sum is `strong`."""

    fact: str = ""
    note: str = ""
    strong: bool = False
    words: str = ""

    @property
    def joined(self) -> str:
        """All of it in a line."""
        return ", ".join(part.replace("\n", " ") for part in (self.fact, self.words, self.note) if part)


@frozen
class LedgerLine:
    """One row. `url` is what its link opens, `checked` whether its box is ticked (None: it has no box).

    `continues` is True for a row that belongs to the one above it: there is no line between them.
    """

    id: str
    cells: tuple[Cell, ...]
    url: str | None = None
    checked: bool | None = None
    continues: bool = False


class Ledger(QWidget):
    """A few dozen rows. Under `stack_below` pixels (at 100% text) the cells of a row are below each other.

    A column of width 0 takes what is left.
    """

    spoken_role = QAccessible.Role.Grouping

    toggled = Signal(str, bool)
    """A row's id, and whether its box is to be ticked: whoever listens decides, and shows other rows then."""

    def __init__(self, columns: tuple[ViewColumn, ...], name: str, *, stack_below: int = 600) -> None:
        super().__init__()
        self.columns, self._stack_below = columns, stack_below
        self.lines: tuple[LedgerLine, ...] = ()
        self._stacked = False
        self._layout = column(margins=(12, 6, 12, 6), of=self)
        self._inside: QWidget | None = None
        self.setAccessibleName(name)

    def set_lines(self, lines: Sequence[LedgerLine]) -> None:
        """Shows other rows."""
        self.lines = tuple(lines)
        beside = [at for at, one in enumerate(self.columns) if one.width >= 0]
        first = next(at for at in beside if self.columns[at].kind != "check")
        if self._stacked:
            beside = [at for at in beside if at <= first]
        under = [at for at in range(first + 1, len(self.columns)) if at not in beside]
        rows: list[Sequence[Placed] | QWidget] = []
        if not self._stacked:
            heads = (self.columns[at] for at in beside)
            rows.append([Text(one.title, "head", "secondary", align=_side(one)) for one in heads])
        for line in self.lines:
            rows += [] if line.continues or not rows else [Hairline("row_line")]
            rows.append([(self._cell(line, at, under if at == first else ()), _TOP) for at in beside])
        shares = [int(self.columns[at].width == 0 or (self._stacked and at == first)) for at in beside]
        made = grid(*rows, gap=(16, 8), shares=shares)
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = panel(made)
        self._layout.addWidget(self._inside)
        self._layout.activate()

    def sentence(self, row: int) -> str:
        """A whole row: "Who said it: the UK Government, 24 November 2022. Source: …"."""
        line = self.lines[row]
        said = [f"{one.title}: {cell.joined}" for one, cell in zip(self.columns, line.cells, strict=True) if cell.joined]
        return ". ".join(part.rstrip(".") for part in said) + "."

    def _cell(self, line: LedgerLine, at: int, under: Sequence[int]) -> QWidget:
        one, cell = self.columns[at], line.cells[at]
        if one.kind == "check":
            return self._box(line) if line.checked is not None else QWidget()
        room = column()
        _say(room, f"{one.title}: {cell.joined}", cell.fact, "strong" if cell.strong else "body", "text", _side(one))
        _say(room, "", cell.words, "body", "text")
        more = [cell.note, *(f"{self.columns[other].title}: {said}" for other in under if (said := line.cells[other].joined))]
        _say(room, "", "\n".join(part for part in more if part), "caption", "secondary", _side(one))
        if any(self.columns[shown].kind == "link" for shown in (at, *under)) and (link := source_link(line.url)):
            room.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        made = panel(room)
        if one.width > 0 and not self._stacked:
            made.setFixedWidth(theme.px(one.width - 16))
        return made

    def _box(self, line: LedgerLine) -> QWidget:
        box = Check("", on=bool(line.checked))
        box.setAccessibleName(next((cell.fact for cell in line.cells if cell.fact), self.accessibleName()))

        def ask(on: bool) -> None:
            box.setChecked(not on)  # whoever listens decides
            self.toggled.emit(line.id, on)

        box.clicked.connect(ask)
        return box

    def retheme(self) -> None:
        """Widths follow the text size."""
        self.set_lines(self.lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = theme.at_100(self.width()) < self._stack_below
        if stacked != self._stacked:
            self._stacked = stacked
            self.set_lines(self.lines)


def _side(one: ViewColumn) -> Qt.AlignmentFlag:
    return _RIGHT if one.kind == "number" else Qt.AlignmentFlag.AlignLeft


def _say(
    room: QVBoxLayout, name: str, words: str, role: theme.Role, ink: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    if words:
        said = Text(words, role, ink, align=side)
        said.setAccessibleName(name or said.text())
        room.addWidget(said)
