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


def names_apart(paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each place's name, and where several have it what it lies in, as far as tells them apart: ("Hall", "Main block")."""
    by_name: dict[str, list[tuple[str, ...]]] = {}
    for path in set(paths):
        if path:
            by_name.setdefault(path[-1].casefold(), []).append(path)
    found = {}
    for same in by_name.values():
        for path in same:
            others = {name for other in same if other != path for name in other[:-1]}
            alone = next((name for name in reversed(path[:-1]) if name not in others), None)
            apart = () if len(same) == 1 else path[-2::-1] if alone is None else (alone,)
            found[path] = (path[-1], *apart)
    return found


def inside(places: Iterable[Place], place: str) -> frozenset[str]:
    """The ids of a place and of all that lie in it."""
    found = {place}
    for one in places:
        if one.parent in found:
            found.add(one.id)
    return frozenset(found)
