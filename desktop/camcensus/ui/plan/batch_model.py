"""Batches of the plan as cards, one list for each financial year. Needs no event loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject, Qt

from camcensus.model import frozen
from camcensus.ui.kit.cells import IdRole
from camcensus.ui.kit.column_list import Index
from camcensus.ui.kit.icons import Glyph
from camcensus.ui.kit.table_model import Display, ListModel, Spoken

CardRole = Qt.ItemDataRole.UserRole + 20
"""The whole `Card`."""


@frozen
class BatchCard:
    """What is on a card, fit to be shown. `amount` is in words, or "", where it is not `priced`; `question` waits."""

    id: str
    name: str
    amount: str
    where: str
    priority: str
    priced: bool = True
    question: str = ""

    @property
    def sentence(self) -> str:
        """The card for a screen reader."""
        named = f"{self.name}, {self.amount}" if self.amount else self.name
        parts = (named, self.where, self.priority, self.question)
        return ". ".join(part.rstrip(".") for part in parts if part) + "."


@frozen
class YearCards:
    """One column: `year` is what the plan calls it ("" for what has no year yet), the rest is fit to be shown."""

    year: str
    title: str
    amount: str
    note: str
    cards: tuple[BatchCard, ...] = ()


type Offered = tuple[tuple[str, str], ...]
"""(what is shown, what is kept) of each choice."""


@frozen(kw_only=True)
class BatchShown:
    """One batch fit to be shown. Money in pence; `why_hint` is the reason that was found, where nobody wrote another."""

    id: str
    lead: str
    name: str
    amount: str
    holds: str
    why: str
    why_hint: str
    year: str
    priority: str
    option: str
    unit: int | None
    fitting: int | None
    other: int | None
    quantity: int
    acting: bool
    """Whether it is work: only then can it be put in a year, and costs something."""
    needs_unit: bool
    """Whether it is not priced as long as no unit price is given."""
    depends: tuple[tuple[Glyph, str], ...]
    own: bool
    out: bool
    gone: bool
    """Whether its cameras are no longer in use."""
    again: bool
    """Whether something was typed that can be dropped."""
    years: Offered
    priorities: Offered
    options: Offered


class BatchModel(ListModel[BatchCard]):
    """The cards of one column, in their order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(_TELLS, parent=parent)

    def set_rows(self, rows: Sequence[BatchCard]) -> None:
        """Shows other cards; where only their words are new, nothing else moves."""
        if [card.id for card in rows] != [card.id for card in self.rows]:
            super().set_rows(rows)
        elif rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each card can be dragged to another year."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def place_of(self, identity: str) -> int:
        """Where a batch is, -1 where it is not."""
        return next((at for at, card in enumerate(self.rows) if card.id == identity), -1)


_TELLS: dict[int, Callable[[Any], Any]] = {
    Display: attrgetter("name"),
    Spoken: attrgetter("sentence"),
    IdRole: attrgetter("id"),
    CardRole: lambda card: card,
}
