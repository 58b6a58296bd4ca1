"""The photos of a round with what became of each, and the rows that they may be given to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QImage

from camcensus.model import frozen
from camcensus.model.words import KIND_WORDS, clean, natural, natural_path
from camcensus.tasks.register.checking import sought
from camcensus.tasks.register.photo_files import PhotoFile
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.register.walking import PHOTO_TAKEN
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.table_model import Index, TableModel, ToolTip

SKIPPED = "skip"
COLUMNS = (
    ViewColumn("ref", "Ref", "text", 84, attrgetter("ref")),
    ViewColumn("place", "Location", "text", 0, lambda one: clean(one.place[-1], 60) if one.place else "No location yet"),
    ViewColumn("what", "What it is", "quiet", 108, attrgetter("what")),
    ViewColumn("photos", "Photos", "number", 68),
)
_TOP = QModelIndex()


class PhotoModel(QAbstractListModel):
    """Photos in order of time. A thumbnail comes when it has been made; one that cannot be read says why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.photos: list[PhotoFile] = []
        self.given: dict[int, str] = {}
        self.broken: dict[int, str] = {}
        self.names: dict[str, str] = {}
        self._thumbs: dict[int, QImage] = {}

    def set_photos(self, photos: Sequence[PhotoFile]) -> None:
        """Takes the photos in order; nothing is given yet."""
        self.beginResetModel()
        self.photos = list(photos)
        self.given, self.broken, self._thumbs = {}, {}, {}
        self.endResetModel()

    def set_thumb(self, at: int, thumb: QImage | None, problem: str = "") -> None:
        """A thumbnail, or why there is none."""
        if thumb is not None:
            self._thumbs[at] = thumb
        if problem:
            self.broken[at] = problem
        self._tell(at)

    def give(self, at: int, to: str) -> None:
        """Notes whose a photo is; "" takes it back."""
        if to:
            self.given[at] = to
        else:
            self.given.pop(at, None)
        self._tell(at)

    def gifts(self) -> list[tuple[int, str]]:
        """(photo, row) of all that were given, by time."""
        return [(at, to) for at, to in sorted(self.given.items()) if to != SKIPPED]

    def open_after(self, at: int) -> int:
        """The next photo of which nothing became and that can be read; `at` where there is none."""
        order = [*range(at + 1, len(self.photos)), *range(at)]
        return next((one for one in order if one not in self.given and one not in self.broken), at)

    def _tell(self, at: int) -> None:
        self.dataChanged.emit(self.index(at), self.index(at))

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.photos)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        at = index.row()
        if not index.isValid() or not 0 <= at < len(self.photos):
            return None
        if role == Qt.ItemDataRole.DisplayRole:  # the ref of the row that it was given to
            to = self.given.get(at, "")
            return "Unread" if at in self.broken else "–" if to == SKIPPED else self.names.get(to, "")
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbs.get(at)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.photos[at].name}. {self.says(at)}"
        return None

    def says(self, at: int) -> str:
        """What became of a photo, in a sentence."""
        if at in self.broken:
            return self.broken[at]
        to = self.given.get(at, "")
        if to == SKIPPED:
            return "Skipped."
        return f"Given to {self.names.get(to, 'a row')}." if to else "Not given yet."


@frozen
class Taker:
    """A row that takes photos. `key` is its asset id, or of a new row."""

    key: str
    ref: str
    place: tuple[str, ...]
    what: str
    photos: int = 0
    waits: bool = False

    @property
    def words(self) -> str:
        """All of it, to be searched."""
        return " ".join((self.ref, *self.place, self.what)).casefold()


def taker_of(row: AssetRow) -> Taker:
    """A row of the register."""
    asset = row.asset
    what = " ".join(part for part in (row.brand, row.model) if part) or KIND_WORDS[asset.kind]
    return Taker(asset.id, clean(asset.ref, 20), asset.place_path, clean(what, 60), asset.photos, PHOTO_TAKEN in asset.tags)


class TakerModel(TableModel[Taker]):
    """Rows with no photo first, before them those of which one was said to be taken. The order stays while photos are given."""

    rows: list[Taker]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((*COLUMNS[:3], replace(COLUMNS[3], value=lambda one: f"{self._held(one) or '–'}")), [], parent)
        self._all: list[Taker] = []
        self._more: dict[str, int] = {}

    def set_register(self, rows: Sequence[AssetRow]) -> None:
        """The register."""
        here = (row for row in rows if row.asset.in_use and row.asset.kind not in ("other", "software"))
        self._all = sorted(
            map(taker_of, here), key=lambda one: (bool(one.photos), not one.waits, natural_path(one.place), natural(one.ref))
        )
        self.want("", ())

    def add(self, taker: Taker) -> None:
        """A new row, at the top."""
        self.beginInsertRows(_TOP, 0, 0)
        self._all.insert(0, taker)
        self.rows.insert(0, taker)
        self.endInsertRows()

    def want(self, text: str, place: Sequence[str]) -> None:
        """Only rows with these words, and at or below a place."""
        words, inside = sought(text), tuple(place)
        self.set_rows([one for one in self._all if one.place[: len(inside)] == inside and words.is_in(one.words)])

    def count(self, given: Mapping[str, int]) -> None:
        """How many photos each row was given."""
        self._more = dict(given)
        if self.rows:
            self.dataChanged.emit(self.index(0, 3), self.index(len(self.rows) - 1, 3))

    def taker(self, key: str) -> Taker | None:
        """A row by its key."""
        return next((one for one in self._all if one.key == key), None)

    def _held(self, one: Taker) -> int:
        return one.photos + self._more.get(one.key, 0)

    def sentence(self, row: Taker) -> str:
        place = " › ".join(clean(name, 60) for name in row.place) or "No location yet"
        return f"{row.ref}, {place}. {row.what}. Photos: {self._held(row)}."

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return None if role == ToolTip else super().data(index, role)
