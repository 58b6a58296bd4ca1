"""Batches of the plan as cards, one list for each financial year. Needs no event loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from camcensus.ui.kit.icons import Glyph
from camcensus.ui.kit.table import IdRole

type Index = QModelIndex | QPersistentModelIndex

CardRole = Qt.ItemDataRole.UserRole + 20
"""The whole `Card`."""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card, fit to be shown. `amount` is in words, or "", where it is not `priced`; `question` waits."""

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


@dataclass(frozen=True, slots=True)
class YearCards:
    """One column: `year` is what the plan calls it ("" for what is not dated), the rest is fit to be shown."""

    year: str
    title: str
    amount: str
    note: str
    cards: tuple[Card, ...] = ()


type Offered = tuple[tuple[str, str], ...]
"""(what is shown, what is kept) of each choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
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
    offer: str
    """What a link says that puts in the prices of last time; "" where there are none."""
    depends: tuple[tuple[Glyph, str], ...]
    own: bool
    out: bool
    gone: bool
    """Whether its cameras are no longer in the register."""
    again: bool
    """Whether something was typed that can be dropped."""
    years: Offered
    priorities: Offered
    options: Offered


class BatchModel(QAbstractListModel):
    """The cards of one column, in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[Card, ...] = ()

    def set_cards(self, cards: tuple[Card, ...]) -> None:
        """Shows other cards; where only their words are new, nothing else moves."""
        if [card.id for card in cards] == [card.id for card in self.cards]:
            self.cards = cards
            if cards:
                self.dataChanged.emit(self.index(0, 0), self.index(len(cards) - 1, 0))
            return
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def place_of(self, identity: str) -> int:
        """Where a batch is, -1 where it is not."""
        return next((at for at, card in enumerate(self.cards) if card.id == identity), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.sentence
        if role == IdRole:
            return card.id
        return card if role == CardRole else None
