"""Places as rows: a tree whose branches open and close, or what a search finds with its whole path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt

from camcensus.model import frozen
from camcensus.model.asset import Place, PlaceKind
from camcensus.model.words import clean, count, natural_path
from camcensus.tasks.register.verbs import AssetRow as Row
from camcensus.ui.kit.table_model import Display, ListModel, Spoken, ToolTip
from camcensus.ui.kit.widgets import plain_tip

PlaceRole = Qt.ItemDataRole.UserRole + 1
"""A `PlaceLine`."""

BELOW: dict[PlaceKind | None, PlaceKind] = {None: "site", "site": "building", "building": "floor", "floor": "room"}
"""What is added inside a place of a kind."""


NOWHERE = Place("nowhere", None, "site", "No location yet")
"""Stands for no place: the last line of the list while there are rows that nobody has placed."""


@frozen
class PlaceLine:
    """One place as it is shown. `open` is None where nothing lies inside it; `number` counts rows in it and below."""

    place: Place
    path: tuple[str, ...]
    depth: int
    number: int
    open: bool | None


def here(rows: Iterable[Row]) -> list[Row]:
    """The rows that count at a place: what is still here and is, or may be, part of the system."""
    return [row for row in rows if row.asset.in_use and row.asset.kind not in ("other", "software")]


def parents(places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    """Place id -> ids from the site down to it. `places` has parents first."""
    found: dict[str, tuple[str, ...]] = {}
    for place in places:
        found[place.id] = (*found.get(place.parent or "", ()), place.id)
    return found


def inside(places: Iterable[Place], place_id: str) -> frozenset[str | None]:
    """A place and all that lies in it; None is what the rows of NOWHERE have for a place."""
    if place_id == NOWHERE.id:
        return frozenset([None])
    return frozenset(identity for identity, line in parents(places).items() if place_id in line)


class PlaceModel(ListModel[PlaceLine]):
    """The places that are to be seen now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(_TELLS, parent=parent)
        self._places: tuple[Place, ...] = ()
        self._numbers: Counter[str] = Counter()
        self._shut: set[str] = set()
        self._words = ""

    def set_places(self, places: Iterable[Place], rows: Iterable[Row]) -> None:
        """Takes the places as they are now (parents first), with the rows that are counted in them."""
        self._places = tuple(places)
        lines, self._numbers = parents(self._places), Counter()
        for row in here(rows):
            self._numbers.update(lines.get(row.asset.place or "", (NOWHERE.id,)))
        self._show()

    def search(self, words: str) -> None:
        """Only places whose path holds the words, by name with their paths; the tree where there are none."""
        self._words = words.casefold()
        self._show()

    def toggle(self, place_id: str, *, open_: bool | None = None) -> None:
        """Opens or closes a branch; the other of the two where `open_` is None."""
        shut = place_id not in self._shut if open_ is None else not open_
        if shut != (place_id in self._shut):
            (self._shut.add if shut else self._shut.discard)(place_id)
            self._show()

    def reveal(self, place_id: str) -> int:
        """Opens the branches above a place; returns its row, -1 where there is no such place."""
        above = parents(self._places).get(place_id, ())[:-1]
        if self._shut.intersection(above):
            self._shut.difference_update(above)
            self._show()
        return self.row_of(place_id)

    def row_of(self, place_id: str) -> int:
        """Where a place is shown, -1 where it is not."""
        return next((at for at, line in enumerate(self.rows) if line.place.id == place_id), -1)

    def _show(self) -> None:
        paths: dict[str, tuple[str, ...]] = {}
        hidden: set[str] = set()
        has_inside = {place.parent for place in self._places}
        lines = []
        for place in self._places:
            paths[place.id] = (*paths.get(place.parent or "", ()), clean(place.name))
            if place.parent in hidden or (place.parent in self._shut and not self._words):
                hidden.add(place.id)
                continue
            if self._words and self._words not in " ".join(paths[place.id]).casefold():
                continue
            branch = place.id in has_inside and not self._words
            lines.append(
                PlaceLine(
                    place,
                    paths[place.id],
                    0 if self._words else len(paths[place.id]) - 1,
                    self._numbers[place.id],
                    place.id not in self._shut if branch else None,
                )
            )
        if self._words:
            lines.sort(key=lambda line: natural_path(reversed(line.path)))
        if self._places and self._numbers[NOWHERE.id] and not self._words:
            lines.append(PlaceLine(NOWHERE, (NOWHERE.name,), 0, self._numbers[NOWHERE.id], None))
        self.set_rows(lines)


def sentence(line: PlaceLine) -> str:
    """ "Ground floor, in Elm Park, Main block. 14 items. Open." """
    where = f", in {', '.join(line.path[:-1])}" if line.path[:-1] else ""
    words = f"{line.path[-1]}{where}. {count(line.number, 'item')}."
    if line.place.sensitive:
        words += " Sensitive site."
    return words if line.open is None else f"{words} {'Open' if line.open else 'Closed'}."


_TELLS = {
    Display: lambda line: line.path[-1],
    PlaceRole: lambda line: line,
    ToolTip: lambda line: plain_tip(" › ".join(line.path)),
    Spoken: sentence,
}
