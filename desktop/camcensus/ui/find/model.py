"""What a search has found so far, newest first: rows appear in place and never move under the pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from camcensus.model.attribution import NAMED_GRADES, Grade
from camcensus.model.device import DeviceKind, is_watched, may_be_camera
from camcensus.model.knowledge import Knowledge
from camcensus.model.verdict import Verdict
from camcensus.model.words import GRADE_SHORT, clean
from camcensus.ui import phrases
from camcensus.ui.kit.table import Column, GradeRole, IconRole, SortRole
from camcensus.ui.kit.widgets import plain_tip

COLUMNS: tuple[Column, ...] = (
    Column("time", "Time", "quiet", 76),
    Column("what", "What answered", "icon", 0),
    Column("address", "Address", "quiet", 140),
    Column("maker", "Made by", "text", 144),
    Column("grade", "How sure", "grade", 148),
    Column("brand", "Name on it", "quiet", 152),
)

type Index = QModelIndex | QPersistentModelIndex
type CellKind = Literal["camera", "unsure", "other"]


@dataclass(slots=True, eq=False)
class Found:
    """One device as it was last judged. Two are never equal, so that finding one again is quick among thousands."""

    key: str
    kind: DeviceKind
    grade: Grade
    texts: tuple[str, ...]
    addresses: tuple[str, ...]


class FindModel(QAbstractTableModel):
    """Devices found, newest first. A later verdict on the same device changes its row where it stands."""

    def __init__(self, knowledge: Knowledge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._knowledge = knowledge
        self._rows: list[Found] = []
        self._known: dict[str, Found] = {}

    def clear(self) -> None:
        """Forgets everything, for a new search."""
        self.beginResetModel()
        self._rows.clear()
        self._known.clear()
        self.endResetModel()

    def take(self, verdict: Verdict, time: str) -> bool:
        """Adds a device, or updates it; True when it is new."""
        keys = [str(key) for key in verdict.device.keys] or [f"addr:{verdict.device.addresses}"]
        known = next((self._known[key] for key in keys if key in self._known), None)
        if known is not None:
            at = self._rows.index(known)
            fresh = self._found(verdict, known.texts[0], known.key)
            known.kind, known.grade, known.texts, known.addresses = fresh.kind, fresh.grade, fresh.texts, fresh.addresses
            self._known |= dict.fromkeys(keys, known)
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))
            return False
        self.beginInsertRows(QModelIndex(), 0, 0)
        found = self._found(verdict, time, keys[0])
        self._rows.insert(0, found)
        self._known |= dict.fromkeys(keys, found)
        self.endInsertRows()
        return True

    def replace(self, verdicts: tuple[Verdict, ...]) -> None:
        """Takes the final judgement of a search: devices that turned out to be one are one row from now on."""
        times = {row.key: row.texts[0] for row in self._rows}
        order = {row.key: at for at, row in enumerate(self._rows)}
        found = []
        for verdict in verdicts:
            keys = [str(key) for key in verdict.device.keys]
            known = next((key for key in keys if key in times), keys[0] if keys else "")
            found.append(self._found(verdict, times.get(known, ""), known))
        self.beginResetModel()
        self._rows = sorted(found, key=lambda row: order.get(row.key, len(order)))
        self._known = {row.key: row for row in self._rows}
        self.endResetModel()

    @property
    def kinds(self) -> list[DeviceKind]:
        """The kind of each row."""
        return [row.kind for row in self._rows]

    def cells(self) -> dict[str, CellKind]:
        """What is known of each address that answered."""
        cells: dict[str, CellKind] = {}
        for row in self._rows:
            sure = row.grade in NAMED_GRADES
            kind: CellKind = (
                "other" if not is_watched(row.kind) else "camera" if sure and not may_be_camera(row.kind) else "unsure"
            )
            cells |= dict.fromkeys(row.addresses, kind)
        return cells

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(COLUMNS):
            return COLUMNS[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        row, at = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return row.texts[at]
        if role == SortRole:
            return row.texts[at].casefold()
        if role == GradeRole:
            return row.grade
        if role == IconRole:
            return phrases.KIND_ICONS[row.kind] if at == 1 else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.texts[at])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if at == 0:
                return f"{row.texts[0]}: {row.texts[1]} at {row.texts[2]}. Made by: {row.texts[3]}, {row.texts[4].lower()}."
            return f"{COLUMNS[at].title}: {row.texts[at] or '–'}"
        return None

    def _found(self, verdict: Verdict, time: str, key: str) -> Found:
        attribution, kind = verdict.attribution, verdict.description.kind
        texts = (
            time,
            phrases.kind_words(verdict),
            clean(", ".join(verdict.device.addresses)),
            phrases.maker_of(verdict, self._knowledge),
            GRADE_SHORT[attribution.grade],
            clean(attribution.brand or ""),
        )
        return Found(key, kind, attribution.grade, texts, verdict.device.addresses)
