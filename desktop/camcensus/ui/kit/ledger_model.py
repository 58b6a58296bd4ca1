"""Statements as rows: each cell a fact with what qualifies it under it. Needs no event loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from camcensus.model import frozen
from camcensus.model.words import clean, typeset
from camcensus.ui.kit.cells import IdRole, ViewColumn
from camcensus.ui.kit.table_model import Columned, Index
from camcensus.ui.kit.widgets import PARAGRAPH_CHARACTERS, plain_tip


@frozen
class Cell:
    """A fact, more words of its size under it, and in smaller letters what qualifies it: all plain text. A sum is `strong`."""

    fact: str = ""
    note: str = ""
    strong: bool = False
    words: str = ""


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


class LedgerModel(Columned):
    """Rows as they were given."""

    def __init__(self, columns: tuple[ViewColumn, ...], parent: QObject) -> None:
        super().__init__(columns, parent)
        self.lines: tuple[LedgerLine, ...] = ()

    def set_lines(self, lines: Sequence[LedgerLine]) -> None:
        """Shows other rows; text from outside becomes fit to be shown here."""
        self.beginResetModel()
        self.lines = tuple(replace(line, cells=tuple(_fit_to_show(cell) for cell in line.cells)) for line in lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        box = self.columns[index.column()].kind == "check" and self.lines[index.row()].checked is not None
        return plain | Qt.ItemFlag.ItemIsUserCheckable if box else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, at = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return line.cells[at].fact
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence(index.row()) if at == 0 else f"{self.columns[at].title}: {_joined(line.cells[at]) or '–'}"
        if role == Qt.ItemDataRole.ToolTipRole and self.columns[at].kind == "link":
            return plain_tip(line.url or "")
        if role == Qt.ItemDataRole.CheckStateRole and self.columns[at].kind == "check" and line.checked is not None:
            return Qt.CheckState.Checked if line.checked else Qt.CheckState.Unchecked
        if role == IdRole:
            return line.id
        return None

    def sentence(self, row: int) -> str:
        """A whole row for a screen reader: "Who said it: the UK Government, 24 November 2022. Source: …"."""
        line = self.lines[row]
        parts = [
            f"{column.title}: {_joined(cell)}"
            for column, cell in zip(self.columns, line.cells, strict=True)
            if column.kind != "check" and _joined(cell)
        ]
        if line.checked is not None:
            parts.insert(0, "Ticked" if line.checked else "Not ticked")
        return ". ".join(part.rstrip(".") for part in parts) + "."


def _joined(cell: Cell) -> str:
    return ", ".join(part.replace("\n", " ") for part in (cell.fact, cell.words, cell.note) if part)


def _fit_to_show(cell: Cell) -> Cell:
    return replace(cell, fact=_shown(cell.fact), words=_shown(cell.words), note=_shown(cell.note))


def _shown(text: str) -> str:
    """Line breaks of ours stay."""
    return typeset("\n".join(clean(line, PARAGRAPH_CHARACTERS) for line in text.split("\n")))
