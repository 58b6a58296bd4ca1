"""Places as the pages have them: what lies in which, and what counts there."""

from __future__ import annotations

from collections.abc import Iterable

from camcensus.model.asset import Place, PlaceKind
from camcensus.tasks.register.verbs import AssetRow as Row

BELOW: dict[PlaceKind | None, PlaceKind] = {None: "site", "site": "building", "building": "floor", "floor": "room"}
"""What is added inside a place of a kind."""


NOWHERE = Place("nowhere", None, "site", "No location yet")
"""Stands for no place: the last line of the list while there are rows that nobody has placed."""


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
