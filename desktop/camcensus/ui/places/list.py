"""The column of places: a tree, searched by the whole path, with how many are in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from camcensus.model.asset import Place
from camcensus.model.words import clean, count
from camcensus.tasks.register.place_names import PLACE_KIND_WORDS
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.asset.place_model import BELOW, NOWHERE, here, parents
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.column_list import ColumnRow, ColumnTree, RowRole
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.table_model import Spoken
from camcensus.ui.kit.widgets import Text, plain_tip

WIDTH = 232
PlaceRole = Qt.ItemDataRole.UserRole + 2
PathRole = Qt.ItemDataRole.UserRole + 3
"""The names from the site down, which a search looks through."""


def item_of(place: Place, path: list[str], number: int) -> QStandardItem:
    """A place as it is shown, with how many are in it and below."""
    made = QStandardItem(path[-1])
    where = f", in {', '.join(path[:-1])}" if path[:-1] else ""
    said = f"{path[-1]}{where}. {count(number, 'item')}.{' Sensitive site.' if place.sensitive else ''}"
    row_ = ColumnRow(path[-1], number=f"{number}", icon="shield" if place.sensitive else "")
    for role, value in ((PlaceRole, place), (PathRole, " ".join(path)), (RowRole, row_), (Spoken, said)):
        made.setData(value, role)
    made.setToolTip(plain_tip(" › ".join(path)))
    return made


class PlaceList(Surface):
    """The places and, at the foot, how to add one. `chosen` tells the current place, None where there is none."""

    chosen = Signal(object)
    add_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("base", lines="r")
        self._places, self._found = QStandardItemModel(self), QSortFilterProxyModel(self)
        self._items: dict[str, QStandardItem] = {}
        self._shut: set[str] = set()
        self._found.setSourceModel(self._places)
        self._found.setRecursiveFilteringEnabled(True)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._found.setFilterRole(PathRole)
        self.view = ColumnTree("Places")
        self.view.setModel(self._found)
        self.search = Field("Find a place", "search", name="Find a place")
        self.add_button = Button("Add building", "quiet", "plus", then=self.add_wanted)
        self.foot = column(margins=(0, 0, 16, 0))
        head = column(Text("Places", "title", wrap=False), 12, self.search, 8, margins=(0, 0, 16, 0))
        column(head, (self.view, 3), 6, row(self.add_button, None), self.foot, margins=(20, 24, 0, 12), of=self)
        self.search.textChanged.connect(lambda: self._change(lambda: self._found.setFilterFixedString(self.search.typed)))
        self.view.collapsed.connect(lambda index: self._shut.add(index.data(PlaceRole).id))
        self.view.expanded.connect(lambda index: self._shut.discard(index.data(PlaceRole).id))
        self.view.selectionModel().currentChanged.connect(self._tell)

    @property
    def current(self) -> Place | None:
        """The chosen place."""
        place: Place | None = self.view.currentIndex().data(PlaceRole)
        return place

    def index_of(self, place_id: str) -> QModelIndex:
        """Where a place is in the tree; not valid where it is not shown."""
        item = self._items.get(place_id)
        return self._found.mapFromSource(item.index()) if item is not None else QModelIndex()

    def choose(self, place_id: str) -> bool:
        """Goes to a place, opening what it lies in; False where it is not there."""
        index = self.index_of(place_id)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
        return index.isValid()

    def refresh(self, places: Iterable[Place], rows: Iterable[AssetRow]) -> None:
        """Takes places (parents first) and rows as they are now, and stays where it was."""
        self._change(lambda: self._fill({place.id: place for place in places}, here(rows)))

    def _fill(self, places: dict[str, Place], rows: list[AssetRow]) -> None:
        lines, numbers = parents(places.values()), Counter[str]()
        for one in rows:
            numbers.update(lines.get(one.asset.place or "", (NOWHERE.id,)))
        self._places.clear()
        self._items = {}
        for place in (*places.values(), *([NOWHERE] if places and numbers[NOWHERE.id] else [])):
            path = [clean(places[one].name) for one in lines.get(place.id, ())] or [NOWHERE.name]
            item = self._items[place.id] = item_of(place, path, numbers[place.id])
            self._items.get(place.parent or "", self._places.invisibleRootItem()).appendRow(item)

    def _change(self, change: Callable[[], object]) -> None:
        before = self.current
        self.view.selectionModel().blockSignals(True)
        change()
        self.view.blockSignals(True)
        for place_id, item in self._items.items():
            if item.hasChildren():  # a leaf that is “open” would take a Left key to be closed
                self.view.setExpanded(self.index_of(place_id), bool(self.search.typed) or place_id not in self._shut)
        self.view.blockSignals(False)
        self.view.selectionModel().blockSignals(False)
        if not (before is not None and self.choose(before.id)):
            self.view.setCurrentIndex(self._found.index(0, 0))
        self._tell()

    def _tell(self, *_: object) -> None:
        place = self.current
        kind = BELOW.get(place.kind if place is not None and place != NOWHERE else None)
        self.add_button.setVisible(kind is not None)
        if kind is not None:
            self.add_button.setText(f"Add {PLACE_KIND_WORDS[kind]}")
            self.add_button.updateGeometry()
        self.chosen.emit(place)
