"""Our register as a list that is imported names it: places, firms and rows, found by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from camcensus.model.asset import Place, PlaceKind, Vendor
from camcensus.model.registers import Listed
from camcensus.model.words import clean
from camcensus.registers.words import PLACE_SEPARATOR
from camcensus.tasks.register.rows import AssetRow

PlacePath = tuple[tuple[PlaceKind, str], ...]
_LEVELS: Mapping[str, PlaceKind] = {"site": "site", "building": "building", "floor": "floor", "room": "room"}


@dataclass(slots=True)
class RegisterIndex:
    """Our register as an import looks at it. `site` is the name of the site for rows that name none."""

    rows: Mapping[str, AssetRow]
    places: Sequence[Place]
    firms: Sequence[Vendor]
    body: str
    site: str | None = None
    recorded: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Device id -> what lists said of it before (`Contents.recorded`)."""
    new_refs: Mapping[str, int] = field(default_factory=dict)
    """Refs and names of rows that are only on the list (folded) -> row number."""
    _paths: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    _named: dict[tuple[str, str], list[Place]] = field(default_factory=dict)
    _under: dict[tuple[str | None, str], Place] = field(default_factory=dict)
    _links: dict[str, set[str]] = field(default_factory=dict)
    _firms: dict[tuple[str, str], Vendor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in self.places:
            self._paths[place.id] = (*self._paths.get(place.parent or "", ()), place)
            for kind in (place.kind, ""):
                self._named.setdefault((kind, fold(place.name)), []).append(place)
            self._under[place.parent, fold(place.name)] = place
        for row in self.rows.values():
            for name in (row.asset.ref, row.asset.purpose or ""):
                if name:
                    self._links.setdefault(fold(name), set()).add(row.asset.id)
        for firm in self.firms:
            self._firms.setdefault((firm.role, fold(firm.name)), firm)

    @property
    def sites(self) -> tuple[str, ...]:
        """The names of the sites there are."""
        return tuple(place.name for place in self.places if place.kind == "site")

    def firm(self, role: str, name: str) -> Vendor | None:
        """The firm of that name, one of this role before others."""
        other = "maintainer" if role == "seller" else "seller"
        return self._firms.get((role, fold(name))) or self._firms.get((other, fold(name)))

    def linked(self, name: str) -> set[str]:
        """The assets that are called so."""
        return self._links.get(fold(name), set())

    def place(self, row: Listed) -> PlacePath | str | None:
        """The path of a row's place from its site down; a sentence where it can be two; None where it names none."""
        wanted = _wanted(row, self)
        if not wanted:
            return (("site", self.site),) if self.site is not None else None
        kind, name = wanted[0]
        if kind == "site":
            return wanted
        found = self._named.get((kind, fold(name)), [])
        if not found and len(wanted) == 1 and "location" in row.values:
            found = self._named.get(("", fold(name)), [])
        site = self.site or (self.sites[0] if len(self.sites) == 1 else None)
        if len(found) > 1 or self.site is not None:
            found = [one for one in found if site is not None and fold(self._paths[one.id][0].name) == fold(site)]
            if len(found) > 1 or (not found and self.site is None):
                return f"“{clean(name, 60)}” is at more than one place; add a column with the site"
        if found:
            return (*((one.kind, one.name) for one in self._paths[found[0].id]), *wanted[1:])
        if site is None and self.sites:
            return "names no site, and there is more than one; add a column with the site"
        return (("site", site or self.body), *wanted)

    def place_id(self, path: PlacePath) -> str | None:
        """The place at a path, None where a part of it is not there yet."""
        parent: str | None = None
        for _, name in path:
            place = self._under.get((parent, fold(name)))
            if place is None:
                return None
            parent = place.id
        return parent


def fold(text: str) -> str:
    """How names are compared: without capitals and doubled blanks."""
    return " ".join(text.casefold().split())


def _wanted(row: Listed, ours: RegisterIndex) -> PlacePath:
    levelled = tuple((_LEVELS[kind], name) for kind, name in row.place)
    if "location" not in row.values:
        return levelled
    parts = str(row.values["location"]).split(PLACE_SEPARATOR)
    if levelled:
        last = levelled[-1]
        return levelled if last[0] == "room" else (*levelled, ("room", PLACE_SEPARATOR.join(parts)))
    levels: tuple[PlaceKind, ...] = ("building", "room") if len(parts) == 2 else ("building", "floor", "room")
    if len(parts) == 1:
        return (("room", parts[0]),)
    if len(parts) == 4 or fold(parts[0]) in map(fold, ours.sites):
        rest: tuple[PlaceKind, ...] = {2: ("room",), 3: ("building", "room")}.get(len(parts), ("building", "floor", "room"))  # type: ignore[assignment]
        levels = ("site", *rest)
    return tuple(zip(levels, parts, strict=False))
