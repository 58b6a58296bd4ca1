"""Makers and brands as a list: who is listed, and how many of yours each made. Needs no event loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from camcensus.model.words import BASED, clean
from camcensus.tasks.register.maker_search import MakerMatch
from camcensus.tasks.register.verbs import LIST_WORDS
from camcensus.ui.kit.table import IdRole
from camcensus.ui.kit.widgets import plain_tip

type Index = QModelIndex | QPersistentModelIndex

FoundRole = Qt.ItemDataRole.UserRole + 8
"""The `Found` itself."""


class MakerModel(QAbstractListModel):
    """Rows as the search gave them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: tuple[MakerMatch, ...] = ()

    def set_found(self, found: Sequence[MakerMatch]) -> None:
        """Shows another result."""
        self.beginResetModel()
        self.found = tuple(found)
        self.endResetModel()

    def row_of(self, kind: str, identity: str) -> int:
        """Where a maker or a brand stands, -1 where it does not."""
        return next((at for at, one in enumerate(self.found) if (one.kind, one.id) == (kind, identity)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """All that was found."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, and what a screen reader says of the row."""
        one = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return clean(one.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return sentence(one)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(one.name)
        if role == IdRole:
            return one.id
        if role == FoundRole:
            return one
        return None


def amount(one: MakerMatch) -> str:
    """How many of yours, for the right side of a row; "" where none."""
    if one.mine.sure or one.mine.likely:
        return one.mine.range
    return f"{one.mine.to_check} to check" if one.mine.to_check else ""


def sentence(one: MakerMatch) -> str:
    """ "Dahua, sold as Lorex. Listed. Yours: 8 to 9."."""
    why = f", {clean(one.why)}" if one.why else ""
    words = [LIST_WORDS[one.state]] + [BASED] * (one.listed and one.based)
    listed = "" if one.kind == "brand" else "".join(f" {word}." for word in words)
    yours = f" Yours: {amount(one)}." if amount(one) else ""
    return f"{clean(one.name)}{why}.{listed}{yours}"
