"""The register as a table: plain rows, named columns, search, filters and sorting. Needs no event loop."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from camcensus.model.attribution import GRADES, Grade
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import GRADE_SHORT, KIND_WORDS, clean, short_date
from camcensus.tasks.register import AssetRow as Row
from camcensus.ui import phrases
from camcensus.ui.marks import Mark
from camcensus.ui.table import Column, GradeRole, IdRole, MarkRole, SortRole
from camcensus.ui.widgets import plain_tip

COLUMNS: tuple[Column, ...] = (
    Column("ref", "Ref", "text", 80),
    Column("place", "Location", "text", 0),
    Column("maker", "Made by", "text", 106),
    Column("grade", "How sure", "grade", 126),
    Column("list", "List", "pill", 120),
    Column("decision", "Decision", "pill", 148),
    Column("kind", "What it is", "text", 132),
    Column("brand", "Name on it", "text", 120),
    Column("model", "Model", "text", 152),
    Column("serial", "Serial number", "text", 152),
    Column("address", "Address", "text", 128),
    Column("mac", "Network number", "text", 144),
    Column("firmware", "Firmware", "text", 136),
    Column("first_seen", "First seen", "text", 112),
    Column("last_seen", "Last seen", "text", 112),
    Column("purpose", "Purpose", "text", 144),
)
DEFAULT_COLUMNS = ("ref", "place", "maker", "grade", "list", "decision")

type Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Shown:
    """One row as it is shown: a text for each column, and what the pills and glyphs draw. All text is clean."""

    row: Row
    texts: tuple[str, ...]
    grade: Grade
    listing: Mark
    decision: Mark
    search: str
    sort: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for: words, and one choice each of place, maker and decision; "" is any."""

    words: str = ""
    place: str = ""
    maker: str = ""
    decision: str = ""
    only: str = ""
    """ "listed", "checking" (the maker is not known well enough) or ""."""


def shown(row: Row, knowledge: Knowledge) -> Shown:
    """A register row as texts."""
    asset = row.asset
    grade = phrases.grade_of(row)
    listing, decision = phrases.listing_mark(row), phrases.decision_mark(asset.decision)
    texts = (
        clean(asset.ref),
        phrases.place_of(row),
        phrases.maker_of(row, knowledge),
        GRADE_SHORT[grade],
        listing.words,
        decision.words,
        KIND_WORDS[asset.kind],
        clean(row.brand or ""),
        clean(row.model or ""),
        clean(row.serial or ""),
        clean(", ".join(row.addresses)),
        clean(row.mac or ""),
        clean(row.firmware or ""),
        short_date(asset.first_seen) if asset.first_seen else "",
        short_date(asset.last_seen) if asset.last_seen else "",
        clean(asset.purpose or ""),
    )
    sort: list[object] = [natural(text) for text in texts]
    sort[_AT["grade"]] = GRADES.index(grade)
    sort[_AT["first_seen"]], sort[_AT["last_seen"]] = asset.first_seen or "", asset.last_seen or ""
    search = " ".join((*texts, *(clean(name) for name in asset.place_path))).casefold()
    return Shown(row, texts, grade, listing, decision, search, tuple(sort))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts CAM-9 before CAM-10, and nothing at all after everything."""
    if not text:
        return ((2, 0, ""),)
    parts = re.findall(r"\d{1,18}|\D+", text.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


class AssetModel(QAbstractTableModel):
    """Rows of the register that match what is wanted, in the order of one column."""

    def __init__(self, knowledge: Knowledge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._knowledge = knowledge
        self._all: tuple[Shown, ...] = ()
        self._seen: list[Shown] = []
        self._order: tuple[int, Qt.SortOrder] = (0, Qt.SortOrder.AscendingOrder)
        self.wanted = Wanted()

    def set_rows(self, rows: Iterable[Row], knowledge: Knowledge | None = None) -> None:
        """Takes the register as it is now."""
        self._knowledge = knowledge or self._knowledge
        self._all = tuple(shown(row, self._knowledge) for row in rows)
        self._refresh()

    def want(self, wanted: Wanted) -> None:
        """Shows only what matches."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._refresh()

    @property
    def total(self) -> int:
        """Rows in the register, shown or not."""
        return len(self._all)

    @property
    def rows(self) -> Sequence[Row]:
        """All rows of the register."""
        return [item.row for item in self._all]

    def at(self, row: int) -> Shown | None:
        """The row as shown, None where there is none."""
        return self._seen[row] if 0 <= row < len(self._seen) else None

    def row_of(self, asset_id: str) -> int:
        """Where an asset is shown, -1 where it is not."""
        return next((at for at, item in enumerate(self._seen) if item.row.asset.id == asset_id), -1)

    def choices(self, name: str) -> list[str]:
        """The different texts of a column, for its filter."""
        at = _AT[name]
        return sorted({item.texts[at] for item in self._all if item.texts[at]}, key=natural)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Rows that match."""
        return 0 if parent.isValid() else len(self._seen)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """All columns, also those a person has not asked for."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(COLUMNS):
            return COLUMNS[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, what is drawn beside it, what it sorts by, and what a screen reader says."""
        item = self.at(index.row())
        if item is None:
            return None
        at = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return item.texts[at]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return sentence(item) if at == 0 else f"{COLUMNS[at].title}: {item.texts[at] or '–'}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(item.texts[at])
        if role == SortRole:
            return item.sort[at]
        if role == IdRole:
            return item.row.asset.id
        if role == GradeRole:
            return item.grade
        if role == MarkRole:
            return {"list": item.listing, "decision": item.decision}.get(COLUMNS[at].name)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Orders by one column, then by ref; what is empty stays last either way."""
        self._order = (column, order)
        self._refresh()

    def _refresh(self) -> None:
        self.beginResetModel()
        column, order = self._order
        match = matcher(self.wanted)
        seen = sorted((item for item in self._all if match(item)), key=lambda item: natural(item.texts[0]))
        filled = [item for item in seen if item.texts[column]]
        empty = [item for item in seen if not item.texts[column]]
        filled.sort(key=lambda item: item.sort[column], reverse=order == Qt.SortOrder.DescendingOrder)  # type: ignore[arg-type,return-value]
        self._seen = filled + empty
        self.endResetModel()


def sentence(item: Shown) -> str:
    """A whole row for a screen reader: "CAM-003, Playground. Made by Dahua, likely. Listed. Not decided."."""
    ref, place, maker = item.texts[0], item.texts[1], item.texts[2]
    return f"{ref}, {place}. Made by: {maker}, {item.texts[3].lower()}. {item.listing.words}. {item.decision.words}."


def matcher(wanted: Wanted) -> Callable[[Shown], bool]:
    """A test for what is wanted: every word must be found somewhere in the row."""
    words = wanted.words.casefold().split()

    def match(item: Shown) -> bool:
        if wanted.only == "listed" and item.listing != phrases.LISTED:
            return False
        if wanted.only == "checking" and item.grade not in ("possible", "conflicting", "unknown"):
            return False
        return (
            (not wanted.place or item.texts[1] == wanted.place)
            and (not wanted.maker or item.texts[2] == wanted.maker)
            and (not wanted.decision or item.texts[5] == wanted.decision)
            and all(word in item.search for word in words)
        )

    return match


_AT = {column.name: at for at, column in enumerate(COLUMNS)}
