"""Makers and brands as a list: who is listed, and how many of yours each made. Needs no event loop."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from camcensus.model.words import BASED, clean
from camcensus.tasks.register.maker_search import MakerMatch
from camcensus.tasks.register.verbs import LIST_WORDS
from camcensus.ui import phrases
from camcensus.ui.kit.cells import IdRole
from camcensus.ui.kit.column_list import ColumnRow, RowRole
from camcensus.ui.kit.table_model import Display, ListModel, Spoken, ToolTip
from camcensus.ui.kit.widgets import plain_tip

FoundRole = Qt.ItemDataRole.UserRole + 8
"""The `MakerMatch` itself."""


class MakerModel(ListModel[MakerMatch]):
    """Rows as the search gave them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(_TELLS, parent=parent)

    def row_of(self, kind: str, identity: str) -> int:
        """Where a maker or a brand stands, -1 where it does not."""
        return next((at for at, one in enumerate(self.rows) if (one.kind, one.id) == (kind, identity)), -1)


def amount(one: MakerMatch) -> str:
    """How many of yours, for the right side of a row; "" where none."""
    number = one.mine.number
    return str(number) if number else f"may be {number.most:,}" if number.most else ""


def sentence(one: MakerMatch) -> str:
    """ "Dahua, sold as Lorex. Listed. Yours: 9."."""
    why = f", {clean(one.why)}" if one.why else ""
    words = [LIST_WORDS[one.state]] + [BASED] * (one.listed and one.based)
    listed = "" if one.kind == "brand" else "".join(f" {word}." for word in words)
    yours = f" Yours: {amount(one)}." if amount(one) else ""
    return f"{clean(one.name)}{why}.{listed}{yours}"


def _row(one: MakerMatch) -> ColumnRow:
    glyph = phrases.state_mark(one.state).glyph or "dash" if one.kind == "maker" else ""
    ink = "listed_ink" if one.listed and one.kind == "maker" else "secondary"
    return ColumnRow(clean(one.name), clean(one.why), amount(one), glyph=glyph, ink=ink)


_TELLS = {
    Display: lambda one: clean(one.name),
    Spoken: sentence,
    ToolTip: lambda one: plain_tip(one.name),
    IdRole: lambda one: one.id,
    FoundRole: lambda one: one,
    RowRole: _row,
}
