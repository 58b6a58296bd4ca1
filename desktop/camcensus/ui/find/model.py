"""What a search has found so far, newest first: rows appear in place and never move under the pointer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Literal

from PySide6.QtCore import QModelIndex, QObject

from camcensus.model.device import NAMED_GRADES, DeviceKind, Grade, Verdict, is_watched, may_be_camera
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import GRADE_SHORT, clean
from camcensus.ui import phrases
from camcensus.ui.kit.cells import GradeRole, IconRole, ViewColumn
from camcensus.ui.kit.table_model import TableModel

type CellKind = Literal["camera", "unsure", "other"]


@dataclass(slots=True, eq=False)
class Found:
    """One device as it was last judged. Two are never equal, so that finding one again is quick among thousands."""

    key: str
    kind: DeviceKind
    grade: Grade
    time: str
    what: str
    address: str
    maker: str
    brand: str
    addresses: tuple[str, ...]

    @property
    def sure(self) -> str:
        """How sure we are of the maker, in words."""
        return GRADE_SHORT[self.grade]


COLUMNS: tuple[ViewColumn, ...] = (
    ViewColumn("time", "Time", "quiet", 76, attrgetter("time")),
    ViewColumn(
        "what", "What answered", "icon", 0, attrgetter("what"), roles={IconRole: lambda found: phrases.KIND_ICONS[found.kind]}
    ),
    ViewColumn("address", "Address", "quiet", 140, attrgetter("address")),
    ViewColumn("maker", "Made by", "text", 144, attrgetter("maker")),
    ViewColumn("grade", "How sure", "grade", 148, attrgetter("sure"), roles={GradeRole: attrgetter("grade")}),
    ViewColumn("brand", "Name on it", "quiet", 152, attrgetter("brand")),
)


class FindModel(TableModel[Found]):
    """Devices found, newest first. A later verdict on the same device changes its row where it is."""

    rows: list[Found]

    def __init__(self, knowledge: Knowledge, columns: tuple[ViewColumn, ...] = COLUMNS, parent: QObject | None = None) -> None:
        super().__init__(columns, [], parent)
        self._knowledge = knowledge
        self._known: dict[str, Found] = {}

    def clear(self) -> None:
        """Forgets everything, for a new search."""
        self.beginResetModel()
        self.rows.clear()
        self._known.clear()
        self.endResetModel()

    def take(self, verdict: Verdict, time: str) -> bool:
        """Adds a device, or updates it; True when it is new."""
        keys = [str(key) for key in verdict.device.keys] or [f"addr:{verdict.device.addresses}"]
        known = next((self._known[key] for key in keys if key in self._known), None)
        if known is not None:
            at = self.rows.index(known)
            fresh = self._found(verdict, known.time, known.key)
            for one in fields(Found):
                setattr(known, one.name, getattr(fresh, one.name))
            self._known |= dict.fromkeys(keys, known)
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
            return False
        self.beginInsertRows(QModelIndex(), 0, 0)
        found = self._found(verdict, time, keys[0])
        self.rows.insert(0, found)
        self._known |= dict.fromkeys(keys, found)
        self.endInsertRows()
        return True

    def replace(self, verdicts: tuple[Verdict, ...]) -> None:
        """Takes the final judgement of a search: devices that turned out to be one are one row from now on."""
        times = {row.key: row.time for row in self.rows}
        order = {row.key: at for at, row in enumerate(self.rows)}
        found = []
        for verdict in verdicts:
            keys = [str(key) for key in verdict.device.keys]
            known = next((key for key in keys if key in times), keys[0] if keys else "")
            found.append(self._found(verdict, times.get(known, ""), known))
        self.beginResetModel()
        self.rows = sorted(found, key=lambda row: order.get(row.key, len(order)))
        self._known = {row.key: row for row in self.rows}
        self.endResetModel()

    @property
    def kinds(self) -> list[DeviceKind]:
        """The kind of each row."""
        return [row.kind for row in self.rows]

    def cells(self) -> dict[str, CellKind]:
        """What is known of each address that answered."""
        cells: dict[str, CellKind] = {}
        for row in self.rows:
            sure = row.grade in NAMED_GRADES
            kind: CellKind = (
                "other" if not is_watched(row.kind) else "camera" if sure and not may_be_camera(row.kind) else "unsure"
            )
            cells |= dict.fromkeys(row.addresses, kind)
        return cells

    def sentence(self, row: Found) -> str:
        return f"{row.time}: {row.what} at {row.address}. Made by: {row.maker}, {row.sure.lower()}."

    def _found(self, verdict: Verdict, time: str, key: str) -> Found:
        attribution, addresses = verdict.attribution, verdict.device.addresses
        return Found(
            key,
            verdict.description.kind,
            attribution.grade,
            time,
            phrases.kind_words(verdict),
            clean(", ".join(addresses)),
            phrases.maker_of(verdict, self._knowledge),
            clean(attribution.brand or ""),
            addresses,
        )
