"""What a row of a list would change in our register: places, firms and recorders by name, and each field that differs.

An empty cell changes nothing. Notes and tags are added to, never taken away. What a device itself shows stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from camcensus.model.asset import DECISION_WORDS, Asset, Decision, DecisionWhat, Place, PlaceKind, Vendor
from camcensus.model.registers import (
    FIELD_WORDS,
    CellProblem,
    Listed,
    RegisterField,
    SheetColumn,
    Value,
)
from camcensus.model.tags import FIELDS
from camcensus.model.words import clean, pounds
from camcensus.registers.columns import named
from camcensus.registers.listed import PLACE_SEPARATOR
from camcensus.tasks.register.rows import AssetRow
from camcensus.tasks.register.table import NOT_OURS

State = Literal["matched", "new", "asked"]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the list and what it would do. `asset` and `ref` are of the device it is; of one that is asked, None.

    `say` is why it was matched, or what is asked; `candidates` (asset id, ref) are what it may be.
    """

    row: Listed
    state: State
    say: str
    asset: str | None = None
    ref: str | None = None
    by: str | None = None
    candidates: tuple[tuple[str, str], ...] = ()
    changes: tuple[CellChange, ...] = ()
    differs: tuple[str, ...] = ()


ChangeKind = Literal["tag", "tags", "place", "firm", "contract", "link", "decision", "status", "kind", "facts"]
PlacePath = tuple[tuple[PlaceKind, str], ...]

_TAG_OF: Mapping[RegisterField, str] = {
    "purpose": "purpose", "inside_outside": "inside_outside", "camera_type": "camera_type", "dpia_ref": "dpia_ref",
    "retention_days": "retention_days", "channel": "channel", "installed_date": "installed_on",
    "install_date_basis": "installed_basis", "purchase_cost_gbp": "cost_pence", "last_picture_check": "last_picture_check",
    "picture_checked_by": "picture_checked_by", "owner": "owner", "ownership": "ownership",
    "core_network": "core_network", "core_network_on": "core_network_on", "core_network_by": "core_network_by",
    "internet_reachable": "internet_reachable", "internet_reachable_on": "internet_reachable_on",
    "internet_reachable_by": "internet_reachable_by",
}  # fmt: skip
_FACTS: tuple[RegisterField, ...] = ("sold_as", "model", "serial", "mac")
_LEVELS: Mapping[str, PlaceKind] = {"site": "site", "building": "building", "floor": "floor", "room": "room"}


@dataclass(frozen=True, slots=True)
class CellChange:
    """One thing that a row changes. `was` and `is_now` are for people; `name` and `value` are what is kept, by `kind`."""

    field: RegisterField
    title: str
    was: str
    is_now: str
    kind: ChangeKind
    name: str
    value: object


@dataclass(slots=True)
class RegisterIndex:
    """Our register as an import looks at it. `site` is the name of the site for rows that name none."""

    rows: Mapping[str, AssetRow]
    places: Sequence[Place]
    firms: Sequence[Vendor]
    body: str
    site: str | None = None
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
            return None
        kind, name = wanted[0]
        if kind == "site":
            return wanted
        found = self._named.get((kind, fold(name)), [])
        if not found and len(wanted) == 1 and "location" in row.values:
            found = self._named.get(("", fold(name)), [])
        site = self.site or (self.sites[0] if len(self.sites) == 1 else None)
        if len(found) > 1:
            found = [one for one in found if site is not None and fold(self._paths[one.id][0].name) == fold(site)]
            if len(found) != 1:
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


def changes_of(
    row: Listed, asset: Asset | None, seen: AssetRow | None, ours: RegisterIndex, columns: Mapping[RegisterField, SheetColumn]
) -> tuple[tuple[CellChange, ...], tuple[CellProblem, ...]]:
    """(what the row changes, what of it cannot be used). `asset` and `seen` are None for a row that is to be added."""
    found: list[CellChange] = []
    problems: list[CellProblem] = []

    def problem(name: RegisterField, say: str) -> None:
        shown = named(columns[name], name) if name in columns else FIELD_WORDS[name]
        heading = columns[name].named if name in columns else FIELD_WORDS[name]
        problems.append(CellProblem(row.number, heading, f"Row {row.number}: {shown} {say}."))

    found += _tags(row, asset)
    where = ours.place(row)
    if isinstance(where, str):
        problem(
            next((one for one in ("building", "location", "floor", "room_or_area") if one in row.values), "location"), where
        )
    elif where is not None and not _lies_in(asset, where):
        was = " > ".join(asset.place_path) if asset else ""
        found.append(_change("room_or_area", "Location", was, " > ".join(name for _, name in where), "place", "place", where))
    for role, name in (("seller", "supplier"), ("maintainer", "maintainer")):
        firm = cast(RegisterField, name)
        if firm in row.values:
            was = (asset.seller_name if role == "seller" else asset.maintainer_name) or "" if asset else ""
            if fold(was) != fold(str(row.values[firm])):
                found.append(_change(firm, FIELD_WORDS[firm], was, str(row.values[firm]), "firm", role, row.values[firm]))
    found += _contract(row, asset, ours)
    before = len(problems)
    found += _link(row, asset, ours, problem)
    if len(problems) > before:  # a channel without its recorder says nothing
        found = [one for one in found if one.field != "channel"]
    decision = _decision(row, asset)
    if decision is not None:
        was = DECISION_WORDS[asset.decision.what].rstrip("…") if asset and asset.decision else ""
        found.append(
            _change("decision", "Decision", was, DECISION_WORDS[decision].rstrip("…"), "decision", "decision", decision)
        )
    found += _state(row, asset, seen)
    return tuple(found), tuple(problems)


def _change(name: RegisterField, title: str, was: str, is_now: str, *kept: object) -> CellChange:
    kind, key, value = kept
    return CellChange(name, title, was, is_now, cast(ChangeKind, kind), str(key), value)


def _tags(row: Listed, asset: Asset | None) -> Iterable[CellChange]:
    values: dict[RegisterField, Value] = dict(row.values)
    if str(values.get("owner", "")).casefold() == NOT_OURS:
        values["ownership"] = "not-ours"
        del values["owner"]
    if "purpose" not in values and "name" in values and not (asset and asset.purpose):
        values["purpose"] = values["name"]
    for name, tag in _TAG_OF.items():
        if name in values:
            was = getattr(asset, tag) if asset else None
            if not _same(was, values[name]):
                yield _change(name, FIELDS[tag].title, _shown(tag, was), _shown(tag, values[name]), "tag", tag, values[name])
    if "notes" in values:
        was, new = (asset.notes or "" if asset else ""), str(values["notes"])
        if " ".join(new.split()) not in " ".join(was.split()):
            whole = f"{was}\n{new}" if was else new
            yield _change("notes", FIELDS["notes"].title, was, whole, "tag", "notes", whole)
    if "tags" in values:
        held = {fold(tag) for tag in asset.tags} if asset else set()
        fresh = [tag for tag in str(values["tags"]).split("; ") if fold(tag) not in held]
        if fresh:
            was = "; ".join(asset.tags) if asset else ""
            yield _change("tags", "Tags", was, "; ".join(filter(None, (was, *fresh))), "tags", "tags", tuple(fresh))


def _shown(tag: str, value: object) -> str:
    if value is None:
        return ""
    if tag == "cost_pence":
        return pounds(cast(int, value))
    return FIELDS[tag].choices.get(str(value), str(value))


def _same(one: object, other: object) -> bool:
    """Whether two values say the same: texts without regard to blanks, ends of lines, and how hidden characters are shown."""
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split() or [clean(word) for word in one.split()] == other.split()
    return one == other


def _lies_in(asset: Asset | None, path: PlacePath) -> bool:
    """True where the row's place is ours, or one that ours lies in: the list only says less."""
    ours = [fold(name) for name in asset.place_path] if asset else []
    return ours[: len(path)] == [fold(name) for _, name in path]


def _contract(row: Listed, asset: Asset | None, ours: RegisterIndex) -> Iterable[CellChange]:
    """The contract's number and end are of who maintains the row, else of who sold it."""
    firm = firm_of(row, asset)
    held = ours.firm(*firm) if firm else None
    for name in CONTRACT:
        was = (getattr(held, name) if held else None) or ""
        if firm and name in row.values and row.values[name] != was:
            yield _change(name, FIELD_WORDS[name], was, str(row.values[name]), "contract", name, row.values[name])


CONTRACT: tuple[RegisterField, ...] = ("contract_number", "contract_end")


def firm_of(row: Listed, asset: Asset | None) -> tuple[str, str] | None:
    """(role, name) of the firm that the contract in a row is with; None where there is none."""
    firms = (
        ("maintainer", row.values.get("maintainer") or (asset.maintainer_name if asset else None)),
        ("seller", row.values.get("supplier") or (asset.seller_name if asset else None)),
    )
    return next(((role, str(name)) for role, name in firms if name), None)


def _link(row: Listed, asset: Asset | None, ours: RegisterIndex, problem: object) -> Iterable[CellChange]:
    if "connected_to_ref" not in row.values:
        return
    name = str(row.values["connected_to_ref"])
    was = asset.connected_ref or "" if asset else ""
    if fold(was) == fold(name):
        return
    found = ours.linked(name) - ({asset.id} if asset else set())
    if len(found) == 1:
        (there,) = found
        if asset is None or asset.connected_to != there:
            ref = ours.rows[there].asset.ref
            yield _change("connected_to_ref", FIELDS["connected_to"].title, was, ref, "link", "asset", there)
    elif not found and ours.new_refs.get(fold(name), row.number) != row.number:
        yield _change("connected_to_ref", FIELDS["connected_to"].title, was, name, "link", "row", ours.new_refs[fold(name)])
    else:
        many = "is what more than one row is called" if found else "is no reference in the inventory or on the list"
        problem("connected_to_ref", f"“{clean(name, 60)}” {many}")  # type: ignore[operator]


def _decision(row: Listed, asset: Asset | None) -> DecisionWhat | None:
    """The decision that the row gives, where any part of it is another than ours."""
    before = asset.decision if asset else None
    what = row.values.get("decision") or (before.what if before else None)
    if what is None:
        return None
    parts = {
        "decision": before and before.what, "decision_by": before and before.by, "decision_date": before and before.at[:10],
        "decision_why": before and before.why, "decision_review_on": before and before.review_on,
        "decision_year": before and before.year,
    }  # fmt: skip
    if all(_same(row.values.get(name, was), was) for name, was in parts.items()):  # type: ignore[call-overload]
        return None
    return cast(DecisionWhat, what)


def decision_of(row: Listed, what: DecisionWhat, before: Decision | None, by: str, at: str) -> Decision:
    """The decision as it is saved: what the row leaves open is ours where that was the same decision, else who imports, now."""
    same = before if before is not None and before.what == what else None
    day, text = row.values.get("decision_date"), {name: str(row.values[name]) for name in row.values}
    when = f"{day}T00:00:00Z" if day is not None and not (same and same.at[:10] == day) else same.at if same else at
    return Decision(
        what, text.get("decision_by") or (same.by if same else by), when,
        text.get("decision_why") or (same.why if same else ""),
        text.get("decision_review_on") or (same.review_on if same else None),
        text.get("decision_year") or (same.year if same else None),
    )  # fmt: skip


def _state(row: Listed, asset: Asset | None, seen: AssetRow | None) -> Iterable[CellChange]:
    status = row.values.get("status")
    if asset is not None and status is not None and status != asset.status and "removed" in (status, asset.status):
        words = {"present": "Here", "not-seen": "Not seen", "removed": "No longer here"}
        yield _change("status", "Status", words[asset.status], words[str(status)], "status", "status", status)
    kind = row.values.get("kind")
    if asset is not None and kind is not None and kind != asset.kind and not (seen and seen.addresses):
        yield _change("kind", FIELD_WORDS["kind"], asset.kind, str(kind), "kind", "kind", kind)
    if asset is None or (seen is not None and seen.addresses):
        return
    shows = {
        "sold_as": seen and seen.brand,
        "model": seen and seen.model,
        "serial": seen and seen.serial,
        "mac": seen and seen.mac,
    }
    for name in _FACTS:
        if name in row.values and not shows[name]:
            yield _change(name, FIELD_WORDS[name], "", str(row.values[name]), "facts", name, row.values[name])
