"""Writing an import, as one edit: places and firms that are missing, rows that are new, and what changes of the others."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from camcensus.model.asset import AssetStatus, DecisionWhat, Place, Vendor
from camcensus.model.changes import Changes
from camcensus.model.device import DeviceKind
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import count, stamp
from camcensus.store import by_hand, placing, tagging
from camcensus.store.by_hand import NewRow
from camcensus.store.changelog import Pen
from camcensus.store.inventory import Inventory
from camcensus.store.planned import put_setting
from camcensus.store.refs import refs_in_use
from camcensus.tasks.imports.changes import CellChange, PlacePath, RegisterIndex, decision_of, firm_of, fold
from camcensus.tasks.register.by_hand import HandRow, new_row

if TYPE_CHECKING:
    from camcensus.tasks.imports.changes import ImportRow

REF_MOST_CHARACTERS = 40
TICK_EVERY_ROWS = 50
type Tick = Callable[[int, int], None]


@dataclass(slots=True)
class Done:
    """What was written: rows added and changed, by the number in the list."""

    changes: Changes
    added: dict[int, str] = field(default_factory=dict)
    changed: dict[int, str] = field(default_factory=dict)


def write_import(
    inventory: Inventory,
    knowledge: Knowledge,
    ours: RegisterIndex,
    wanted: Sequence[ImportRow],
    file: str,
    remember: tuple[str, str] | None,
    by: str,
    now: datetime,
    tick: Tick | None = None,
) -> Done:
    """Write rows as they were confirmed; one line of the change log. Raises StoreError, and then nothing was written.

    `tick` hears how many of how many rows are done; what it raises stops the import, and then nothing was written.
    """
    done = Done(Changes())

    def work(pen: Pen) -> str:
        _Import(pen, knowledge, ours, now, done).write(wanted, tick or (lambda _done, _total: None))
        if remember is not None:
            put_setting(pen, *remember)
        said = [count(len(done.added), "row") + " added"] if done.added else []
        said += [count(len(done.changed), "row") + " changed"] if done.changed else []
        return f"{' and '.join(said) or 'Nothing changed'} from {file}."

    done.changes = inventory.edit("import", work, by, now)
    return done


class _Import:
    """One import under way."""

    def __init__(self, pen: Pen, knowledge: Knowledge, ours: RegisterIndex, now: datetime, done: Done) -> None:
        self.pen, self.knowledge, self.ours, self.now, self.done = pen, knowledge, ours, now, done
        self.by = pen.by or ""
        self._places: dict[tuple[str, ...], str] = {}
        self._firms: dict[tuple[str, str], Vendor] = {}
        self._alike: dict[tuple[object, ...], list[str]] = {}

    def write(self, wanted: Sequence[ImportRow], tick: Tick) -> None:
        """New rows first, so that others can hang on them; then all fields, rows with the same value together."""
        new = [row for row in wanted if row.state == "new"]
        total = len(new) + len(wanted)
        made = []
        for row in new:
            made.append(self._new(row))
            if len(made) % TICK_EVERY_ROWS == 0:
                tick(len(made), total)
        tick(len(made), total)
        if made:
            by_hand.add_rows(self.pen, made, "added from a list")
        for row, one in zip(new, made, strict=True):
            self.done.added[row.row.number] = one.id
        self._refs(new)
        for at, row in enumerate(wanted):
            if at % TICK_EVERY_ROWS == 0:
                tick(len(new) + at, total)
            asset = self.done.added.get(row.row.number) or row.asset
            if asset is None:
                continue
            facts = [change for change in row.changes if change.kind == "facts"]
            if facts:
                self._facts(asset, facts)
            for change in row.changes:
                self._gather(asset, row, change)
            if row.state == "matched" and row.changes:
                self.done.changed[row.row.number] = asset
            self._contract(asset, row)
        self._flush()
        tick(total, total)

    def _new(self, row: ImportRow) -> NewRow:
        values = row.row.values
        kind = cast(DeviceKind, values.get("kind") or "camera")
        tags = {change.name: change.value for change in row.changes if change.kind == "tag"}
        typed = HandRow(
            kind=kind, values=tags, basis="register", brand=str(values.get("sold_as", "")), model=str(values.get("model", "")),
            serial=str(values.get("serial", "")), mac=str(values.get("mac", "")),
        )  # fmt: skip
        return self._told(typed)

    def _told(self, typed: HandRow) -> NewRow:
        """With a MAC address, and with what the list says the thing is beside it."""
        row = new_row(typed, self.knowledge, self.by, self.now)
        beside = new_row(replace(typed, mac=""), self.knowledge, self.by, self.now).device if typed.mac else None
        if row.device is None or beside is None:
            return row
        keys = (*row.device.keys, *(key for key in beside.keys if key not in row.device.keys))
        both = replace(row.device, observations=(*row.device.observations, *beside.observations), keys=keys)
        return replace(row, device=both)

    def _refs(self, new: Sequence[ImportRow]) -> None:
        """New rows keep what the list calls them, where nothing of ours is called so."""
        used = {fold(ref) for ref in refs_in_use(self.pen.db)}
        for row in new:
            ref = str(row.row.values.get("ref", "")).strip()
            if ref and len(ref) <= REF_MOST_CHARACTERS and fold(ref) not in used:
                used.add(fold(ref))
                self.pen.set("asset", self.done.added[row.row.number], {"ref": ref})

    def _gather(self, asset: str, row: ImportRow, change: CellChange) -> None:
        key: tuple[object, ...] | None = (change.kind, change.name, change.value)
        if change.kind == "tag" and row.state == "new":
            key = None
        elif change.kind == "place":
            key = ("place", "place", self._place(cast(PlacePath, change.value)))
        elif change.kind == "firm":
            key = ("tag", change.name, self._firm(change.name, str(change.value)).id)
        elif change.kind == "link":
            there = change.value if change.name == "asset" else self.done.added.get(cast(int, change.value))
            key = ("link", "", there) if there is not None else None
        elif change.kind == "decision":
            before = self.ours.rows[asset].asset.decision if asset in self.ours.rows else None
            key = ("decision", "", decision_of(row.row, cast(DecisionWhat, change.value), before, self.by, stamp(self.now)))
        elif change.kind in ("facts", "contract"):
            key = None
        if key is not None:
            self._alike.setdefault(key, []).append(asset)

    def _flush(self) -> None:
        pen = self.pen
        for (kind, name, value), assets in self._alike.items():
            if kind == "tag":
                tagging.set_tags(pen, assets, {str(name): value})
            elif kind == "tags":
                tagging.add_tags(pen, assets, cast("tuple[str, ...]", value))
            elif kind == "place":
                placing.set_place(pen, assets, str(value))
            elif kind == "link":
                by_hand.connect(pen, assets, str(value))
            elif kind == "decision":
                tagging.decide(pen, assets, value)  # type: ignore[arg-type]
            elif kind == "status":
                tagging.set_status(pen, assets, cast(AssetStatus, value))
            elif kind == "kind":
                tagging.set_kind(pen, assets, cast(DeviceKind, value), self.by)

    def _place(self, path: PlacePath) -> str:
        """The place at a path, made where it is missing; it goes by the names that are there already."""
        parent: str | None = None
        for depth, (kind, name) in enumerate(path):
            key = tuple(fold(one) for _, one in path[: depth + 1])
            found = self._places.get(key) or self.ours.place_id(path[: depth + 1])
            if found is None:
                place = Place(str(uuid.uuid4()), parent, kind, " ".join(name.split()))
                placing.add_place(self.pen, place)
                found = place.id
            self._places[key] = parent = found
        assert parent is not None
        return parent

    def _firm(self, role: str, name: str) -> Vendor:
        found = self._firms.get((role, fold(name))) or self.ours.firm(role, name)
        if found is None:
            found = Vendor(str(uuid.uuid4()), " ".join(name.split()), "maintainer" if role == "maintainer" else "seller")
            tagging.add_vendor(self.pen, found)
        self._firms[role, fold(name)] = found
        return found

    def _contract(self, asset: str, row: ImportRow) -> None:
        wanted = {change.name: str(change.value) for change in row.changes if change.kind == "contract"}
        named = firm_of(row.row, self.ours.rows[asset].asset if asset in self.ours.rows else None)
        if not wanted or named is None:
            return
        firm = self._firm(*named)
        new = replace(
            firm, contract_number=wanted.get("contract_number", firm.contract_number),
            contract_end=wanted.get("contract_end", firm.contract_end),
        )  # fmt: skip
        if new != firm:
            tagging.change_vendor(self.pen, new)
            self._firms[named[0], fold(named[1])] = new

    def _facts(self, asset: str, facts: Sequence[CellChange]) -> None:
        """Brand, model, serial number and MAC address of a row of which no search has seen anything."""
        told = {change.name: str(change.value) for change in facts}
        typed = HandRow(
            brand=told.get("sold_as", ""), model=told.get("model", ""), serial=told.get("serial", ""), mac=told.get("mac", ""),
            basis="register",
        )  # fmt: skip
        device = self._told(typed).device
        held = self.ours.rows[asset].asset.device if asset in self.ours.rows else None
        if device is None:
            return
        if held is None:
            by_hand.give_device(self.pen, asset, device)
            return
        by_hand.add_observations(self.pen, held, device.observations)
        by_hand.add_keys(self.pen, held, device.keys)
        if device.mac is not None:
            self.pen.set("device", held, {"mac": device.mac})
