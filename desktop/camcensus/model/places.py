"""Where places lie: the names from the site down to each, and what is inside one. Parents come before children."""

from __future__ import annotations

from collections.abc import Iterable

from camcensus.model.asset import Place


def paths_of(places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    """Each place's names from the site down, by its id."""
    paths: dict[str, tuple[str, ...]] = {}
    for place in places:
        paths[place.id] = (*paths.get(place.parent or "", ()), place.name)
    return paths


def inside(places: Iterable[Place], place: str) -> frozenset[str]:
    """The ids of a place and of all that lie in it."""
    found = {place}
    for one in places:
        if one.parent in found:
            found.add(one.id)
    return frozenset(found)
