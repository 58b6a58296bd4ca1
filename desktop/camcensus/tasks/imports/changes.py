"""What a row of a list would change in our register: its place, firm, recorder, and each field that differs.

An empty cell changes nothing. Notes and tags are added to, never taken away. What a device itself shows stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, cast

from camcensus.model import frozen
from camcensus.model.asset import DECISION_WORDS, STATUS_WORDS, Asset, Decision, DecisionWhat
from camcensus.model.registers import (
    FIELD_WORDS,
    CellProblem,
    Listed,
    RegisterField,
    SheetColumn,
    Value,
)
from camcensus.model.tags import FIELDS, OF_COLUMN, in_words
from camcensus.model.words import clean
from camcensus.registers.columns import named
from camcensus.tasks.imports.register_index import PlacePath, RegisterIndex, fold
from camcensus.tasks.register.rows import AssetRow
from camcensus.tasks.register.table import NOT_OURS

State = Literal["matched", "new", "asked"]


@frozen
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

FACTS: Mapping[RegisterField, str] = {
    "sold_as": "manufacturer", "model": "model", "serial": "serial", "firmware": "firmware", "ip": "ip", "mac": "mac",
}  # fmt: skip
"""What a list says of a device itself, and what it is called in what was recorded."""


@frozen
class CellChange:
    """One thing that a row changes. `was` and `is_now` are for people; `name` and `value` are what is kept, by `kind`."""

    field: RegisterField
    title: str
    was: str
    is_now: str
    kind: ChangeKind
    name: str
    value: object


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

    links = tuple(_link(row, asset, ours, problem))
    if problems:  # what it is connected to is kept in words, and a channel without its recorder says nothing
        values = {name: value for name, value in row.values.items() if name != "channel"}
        line = f"Connected to: {values['connected_to_ref']}" + (
            f", channel {row.values['channel']}" if "channel" in row.values else ""
        )
        row = replace(row, values={**values, "notes": "\n".join(filter(None, (str(values.get("notes", "")), line)))})
    found += [*_tags(row, asset), *links]
    where = ours.place(row)
    if isinstance(where, str):
        problem(
            next((one for one in ("building", "location", "floor", "room_or_area") if one in row.values), "location"), where
        )
    elif where is not None and not _lies_in(asset, where) and not (asset and asset.place_path and not names_place(row)):
        was = " > ".join(asset.place_path) if asset else ""
        found.append(_change("room_or_area", "Location", was, " > ".join(name for _, name in where), "place", "place", where))
    for role, name in (("seller", "supplier"), ("maintainer", "maintainer")):
        firm = name
        if firm in row.values:
            was = (asset.seller_name if role == "seller" else asset.maintainer_name) or "" if asset else ""
            if fold(was) != fold(str(row.values[firm])):
                found.append(_change(firm, FIELD_WORDS[firm], was, str(row.values[firm]), "firm", role, row.values[firm]))
    found += _contract(row, asset, ours)
    decision = _decision(row, asset)
    if decision is not None:
        was = DECISION_WORDS[asset.decision.what].rstrip("…") if asset and asset.decision else ""
        found.append(
            _change("decision", "Decision", was, DECISION_WORDS[decision].rstrip("…"), "decision", "decision", decision)
        )
    found += _state(row, asset, seen)
    found += _recorded(row, ours.recorded.get(asset.device or "", {}) if asset else {}, seen)
    channels = row.channels
    if asset is not None and len(channels) > 1:
        found = [one for one in found if one.field != "channel"]
        if asset.channel not in channels:
            problem("channel", "names several channels, and this is one entry of yours")
    elif len(channels) > 1 and row.values.get("quantity", len(channels)) not in (1, len(channels)):
        problem("quantity", f"is not as many as the {len(channels)} channels; one entry is made for each channel")
    return tuple(found), tuple(problems)


def _recorded(row: Listed, told: Mapping[str, str], seen: AssetRow | None) -> Iterable[CellChange]:
    """What the list says of the device itself, where no list said it before and the device does not show it.

    The brand is the word of staff also where the device shows it, but not in a table that we wrote. Its addresses are those
    that a search saw, where one did.
    """
    shown = _shown_by(seen)
    searched = seen is not None and seen.network is not None
    for name, kept in FACTS.items():
        said = "" if searched and name in ("ip", "mac") else str(row.values.get(name, ""))
        is_new = (name == "sold_as" and "record_id" not in row.values) or not _same(shown.get(name), said)
        if said and is_new and not _same(told.get(kept), said):
            yield _change(name, FIELD_WORDS[name], told.get(kept, ""), said, "facts", name, row.values[name])


def _shown_by(seen: AssetRow | None) -> Mapping[RegisterField, str]:
    """What our own tables have in these columns."""
    if seen is None:
        return {}
    shown: dict[RegisterField, str | None] = {
        "sold_as": seen.brand, "model": seen.model, "serial": seen.serial, "firmware": seen.firmware,
        "ip": " ".join(seen.addresses), "mac": seen.mac,
    }  # fmt: skip
    return {name: value for name, value in shown.items() if value}


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
    for name, field in OF_COLUMN.items():
        if name in values:
            was, now = getattr(asset, field.name) if asset else None, values[name]
            if not _same(was, now):
                yield _change(name, field.title, in_words(field, was), in_words(field, now), "tag", field.name, now)
    if "notes" in values:
        was, new = (asset.notes or "" if asset else ""), str(values["notes"])
        before = " ".join(was.split())
        fresh = [line for line in new.splitlines() if " ".join(line.split()) not in before]
        if fresh:
            whole = "\n".join(filter(None, (was, *fresh)))
            yield _change("notes", FIELDS["notes"].title, was, whole, "tag", "notes", whole)
    if "tags" in values:
        held = {fold(tag) for tag in asset.tags} if asset else set()
        fresh = [tag for tag in str(values["tags"]).split("; ") if fold(tag) not in held]
        if fresh:
            was = "; ".join(asset.tags) if asset else ""
            yield _change("tags", "Tags", was, "; ".join(filter(None, (was, *fresh))), "tags", "tags", tuple(fresh))


def _same(one: object, other: object) -> bool:
    """Whether two values say the same: texts without regard to blanks, ends of lines, and how hidden characters are shown."""
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split() or [clean(word) for word in one.split()] == other.split()
    return one == other


def names_place(row: Listed) -> bool:
    """Whether the row itself says where it is."""
    return bool(row.place) or "location" in row.values


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
        problem("connected_to_ref", f"“{clean(name, 60)}” {many}; it is saved in the notes")  # type: ignore[operator]


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
    if all(_same(row.values.get(name, was), was) for name, was in parts.items()):
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
    status, kind = row.values.get("status"), row.values.get("kind")
    if asset is None:
        if status not in (None, "present"):
            yield _change("status", "Status", "", STATUS_WORDS[str(status)], "status", "status", status)
    elif status not in (None, "not-seen", asset.status) and not {"spare", "removed"}.isdisjoint((status, asset.status)):
        was, is_now = STATUS_WORDS[asset.status], STATUS_WORDS[str(status)]
        yield _change("status", "Status", was, is_now, "status", "status", status)
    if kind is not None and kind != (asset and asset.kind) and not (seen and seen.network):
        yield _change("kind", FIELD_WORDS["kind"], asset.kind if asset else "", str(kind), "kind", "kind", kind)
