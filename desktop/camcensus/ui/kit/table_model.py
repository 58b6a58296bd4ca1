"""Plain rows as Qt's models: what each column says of a row, and a whole row to a screen reader. Needs no event loop."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.widgets import plain_tip

type Index = QModelIndex | QPersistentModelIndex
type Tell = Callable[[Any], Any]
SHOWN_CHARACTERS = 120
TOP = QModelIndex()
Display, ToolTip = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
Spoken = Qt.ItemDataRole.AccessibleTextRole

if TYPE_CHECKING:
    _Model = QAbstractItemModel
else:

    class _Model:
        """What a list and a table of Qt's have in common, mixed in before either."""


class _Holds[Row](_Model):
    """The rows of a model, in the order in which they are shown."""

    rows: Sequence[Row]

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def at(self, row: int) -> Row | None:
        """A row, None where there is none."""
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)


class ListModel[Row](_Holds[Row], QAbstractListModel):
    """A list; `tells` says what a row answers for each of Qt's roles. Its tip, unless told, is what a screen reader says."""

    def __init__(self, tells: Mapping[int, Tell], rows: Sequence[Row] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tells = tells
        self.rows = rows

    def data(self, index: Index, role: int = Display) -> Any:
        row, tell = self.at(index.row()), self._tells.get(role)
        if row is not None and tell is None and role == ToolTip and Spoken in self._tells:
            return plain_tip(str(self._tells[Spoken](row)))
        return tell(row) if row is not None and tell is not None else None


class Columned(QAbstractTableModel):
    """What all tables share: columns with titles. It has no columns but those that are shown: a screen reader counts them.

    `shown` are their numbers among all.
    """

    def __init__(self, columns: tuple[ViewColumn, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._every = self.columns = columns
        self.shown = tuple(range(len(columns)))

    def show(self, wanted: Iterable[int]) -> None:
        """Shows these of all columns, by their numbers, in the order of all."""
        kept = frozenset(wanted)
        for at in reversed(range(len(self.shown))):
            if self.shown[at] not in kept:
                self.beginRemoveColumns(TOP, at, at)
                self._show_these(self.shown[:at] + self.shown[at + 1 :])
                self.endRemoveColumns()
        for number in sorted(kept.difference(self.shown)):
            at = bisect(self.shown, number)
            self.beginInsertColumns(TOP, at, at)
            self._show_these((*self.shown[:at], number, *self.shown[at:]))
            self.endInsertColumns()

    def _show_these(self, shown: tuple[int, ...]) -> None:
        self.shown, self.columns = shown, tuple(self._every[at] for at in shown)

    def columnCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Display) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Display and section < len(self.columns):
            return self.columns[section].title
        return None


class TableModel[Row](_Holds[Row], Columned):
    """A table, told by its columns."""

    def __init__(self, columns: tuple[ViewColumn, ...], rows: Sequence[Row] = (), parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self.rows = rows

    def text(self, row: int, at: int) -> str:
        """A cell in words, by the number of its column among all."""
        return self._every[at].value(self.rows[row])

    def sentence(self, row: Row) -> str:
        """A whole row for a screen reader."""
        parts = (f"{column.title}: {text}" for column in self.columns if (text := column.value(row)))
        return ". ".join(part.lstrip(": ").rstrip(".") for part in parts) + "."

    def data(self, index: Index, role: int = Display) -> Any:
        row = self.at(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        if role == Display:
            return column.value(row)
        if role == ToolTip:
            return plain_tip((column.tip or column.value)(row))
        if role == Spoken:
            return f"{column.title}: {column.value(row) or '–'}" if index.column() else self.sentence(row)
        tell = column.roles.get(role)
        return tell(row) if tell is not None else None


def is_box(index: Index) -> bool:
    """Whether a cell is in the column of boxes to tick."""
    model = index.model()
    return isinstance(model, Columned) and model.columns[index.column()].kind == "check"


def told(columns: tuple[ViewColumn, ...], **values: Callable[[Any], str]) -> tuple[ViewColumn, ...]:
    """Columns with what each says of a row, where a model itself has to tell."""
    return tuple(replace(column, value=values[column.name]) for column in columns)
