"""Writing an import, as one edit: places and firms that are missing, rows that are new, and what changes of the others."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, cast

from camcensus.model.asset import EXPOSURE_QUESTIONS, AssetStatus, DecisionWhat, Vendor
from camcensus.model.device import DeviceKind
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import count
from camcensus.store.edits import by_hand, placing, tagging
from camcensus.store.edits.by_hand import NewRow
from camcensus.store.edits.settings import set_setting
from camcensus.store.pen import Pen, edit
from camcensus.store.register_rows import refs_in_use
from camcensus.tasks.imports.changes import FACTS, CellChange, decision_of, firm_of
from camcensus.tasks.imports.register_index import PlacePath, RegisterIndex, fold
from camcensus.tasks.register.by_hand import HandRow, new_row, recorded

if TYPE_CHECKING:
    from camcensus.tasks.imports.changes import ImportRow

REF_MOST_CHARACTERS = 40
TICK_EVERY_ROWS = 50
type Tick = Callable[[int, int], None]


@dataclass(slots=True)
class Done:
    """What was written: rows added and changed, by the number in the list."""

    added: dict[int, str] = field(default_factory=dict)
    changed: dict[int, str] = field(default_factory=dict)
    more: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """What else was added for a row that is several devices."""


@edit("import", failed="Nothing was imported")
def write_import(
    pen: Pen,
    knowledge: Knowledge,
    ours: RegisterIndex,
    wanted: Sequence[ImportRow],
    done: Done,
    *,
    file: str,
    remember: tuple[str, str] | None,
    tick: Tick | None,
) -> str:
    """Write rows as they were confirmed, and into `done` what was written. Raises StoreError, and then nothing was.

    `tick` hears how many of how many rows are done; what it raises stops the import, and then nothing was written.
    """
    _Import(pen, knowledge, ours, done, file).write(wanted, tick or (lambda _done, _total: None))
    if remember is not None:
        pen.do(set_setting(*remember))
    added = len(done.added) + sum(map(len, done.more.values()))
    said = [count(added, "row") + " added"] if added else []
    said += [count(len(done.changed), "row") + " changed"] if done.changed else []
    return f"{' and '.join(said) or 'Nothing changed'} from {file}."


class _Import:
    """One import under way."""

    def __init__(self, pen: Pen, knowledge: Knowledge, ours: RegisterIndex, done: Done, file: str) -> None:
        self.pen, self.knowledge, self.ours, self.done, self.file = pen, knowledge, ours, done, file
        self.by = pen.by or ""
        self._used = set[str]()
        self._places: dict[tuple[str, ...], str] = {}
        self._firms: dict[tuple[str, str], Vendor] = {}
        self._alike: dict[tuple[object, ...], list[str]] = {}

    def write(self, wanted: Sequence[ImportRow], tick: Tick) -> None:
        """New rows first, so that others can be connected to them; then all fields, rows with the same value together."""
        new = [row for row in wanted if row.state == "new"]
        total = len(new) + len(wanted)
        made = list[NewRow]()
        self._used = {fold(ref) for ref in refs_in_use(self.pen.db)}
        for at, row in enumerate(new):
            if at % TICK_EVERY_ROWS == 0:
                tick(at, total)
            first, *more = self._new(row)
            made += (first, *more)
            self.done.added[row.row.number] = first.id
            if more:
                self.done.more[row.row.number] = tuple(one.id for one in more)
        for at in range(0, len(made), TICK_EVERY_ROWS):
            tick(len(new), total)
            self.pen.do(by_hand.add_rows(made[at : at + TICK_EVERY_ROWS], "added from a list"))
        for at, row in enumerate(wanted):
            if at % TICK_EVERY_ROWS == 0:
                tick(len(new) + at, total)
            asset = self.done.added.get(row.row.number) or row.asset
            if asset is None:
                continue
            facts = [change for change in row.changes if change.kind == "facts"]
            if facts and row.state == "matched":
                self._facts(asset, row, facts)
            for one in (asset, *self.done.more.get(row.row.number, ())):
                for change in row.changes:
                    self._gather(one, row, change)
            if row.state == "matched" and row.changes:
                self.done.changed[row.row.number] = asset
            self._contract(asset, row)
        self._flush()
        tick(total, total)

    def _new(self, row: ImportRow) -> list[NewRow]:
        """What is added for a row: one, or one for each of its channels or of as many as it says."""
        tags = {change.name: change.value for change in row.changes if change.kind == "tag"}
        told = {FACTS[change.field]: str(change.value) for change in row.changes if change.kind == "facts"}
        of = {change.kind: change.value for change in row.changes if change.kind in ("kind", "status")}
        kind, status = cast(DeviceKind, of.get("kind", "camera")), cast(AssetStatus, of.get("status", "present"))
        number, channels = row.row.entries, row.row.channels
        made = list[NewRow]()
        for at in range(number):
            if at:  # of several, these are of the first alone
                told = {name: value for name, value in told.items() if name not in ("serial", "mac", "ip")}
            if len(channels) > 1 and "channel" in tags:
                tags = {**tags, "channel": channels[at]}
            which = f"{row.row.number} ({at + 1} of {number})" if number > 1 else row.row.number
            typed = replace(self._recorded(row, told, kind), values=tags, row=which)
            one = replace(new_row(typed, self.knowledge, self.by, self.pen.now), status=status)
            if at == 0 and one.device is not None and " " in told.get("ip", ""):
                one = replace(one, device=replace(one.device, addresses=tuple(told["ip"].split(" "))))
            made.append(one)
        made[0] = replace(made[0], ref=self._ref(row))
        if (record_id := _uuid(row.row.values.get("record_id"))) is not None:
            made[0] = replace(made[0], id=record_id)
        return made

    def _recorded(self, row: ImportRow, told: Mapping[str, str], kind: DeviceKind) -> HandRow:
        """What a row of the list says of the device itself."""
        return HandRow(
            kind=kind, basis="register", brand=told.get("manufacturer", ""), model=told.get("model", ""),
            serial=told.get("serial", ""), mac=told.get("mac", ""), firmware=told.get("firmware", ""),
            ip=told.get("ip", "").split(" ")[0], source=self.file, row=row.row.number,
        )  # fmt: skip

    def _ref(self, row: ImportRow) -> str:
        """What the list calls a new row, where nothing of ours is called so; else ""."""
        ref = str(row.row.values.get("ref", "")).strip()
        if not ref or len(ref) > REF_MOST_CHARACTERS or fold(ref) in self._used:
            return ""
        self._used.add(fold(ref))
        return ref

    def _gather(self, asset: str, row: ImportRow, change: CellChange) -> None:
        key: tuple[object, ...] | None = (change.kind, change.name, change.value)
        if change.kind in ("tag", "status", "kind") and row.state == "new":
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
            key = ("decision", "", decision_of(row.row, cast(DecisionWhat, change.value), before, self.by, self.pen.at))
        elif change.kind in ("facts", "contract"):
            key = None
        if key is not None:
            self._alike.setdefault(key, []).append(asset)

    def _flush(self) -> None:
        pen = self.pen
        # Who gave an answer and when comes behind the answer, which would write over it.
        of_answers = {column for one in EXPOSURE_QUESTIONS for column in (one.on, one.by)}
        for (kind, name, value), assets in sorted(self._alike.items(), key=lambda item: item[0][1] in of_answers):
            if kind == "tag":
                pen.do(tagging.set_tags(assets, {str(name): value}))
            elif kind == "tags":
                pen.do(tagging.add_tags(assets, cast("tuple[str, ...]", value)))
            elif kind == "place":
                pen.do(placing.set_place(assets, str(value)))
            elif kind == "link":
                pen.do(by_hand.connect(assets, str(value)))
            elif kind == "decision":
                tagging.keep_decision(pen, assets, value)  # type: ignore[arg-type]
            elif kind == "status":
                pen.do(tagging.set_status(assets, cast(AssetStatus, value)))
            elif kind == "kind":
                pen.do(tagging.set_kind(assets, cast(DeviceKind, value)))

    def _place(self, path: PlacePath) -> str:
        """The place at a path, made where it is missing; it goes by the names that are there already."""
        parent: str | None = None
        for depth, (kind, name) in enumerate(path):
            key = tuple(fold(one) for _, one in path[: depth + 1])
            found = self._places.get(key) or self.ours.place_id(path[: depth + 1])
            if found is None:
                found = self.pen.do(placing.add_place(kind, " ".join(name.split()), parent)).id
            self._places[key] = parent = found
        assert parent is not None
        return parent

    def _firm(self, role: str, name: str) -> Vendor:
        found = self._firms.get((role, fold(name))) or self.ours.firm(role, name)
        if found is None:
            plain = " ".join(name.split())
            sells: Literal["seller", "maintainer"] = "maintainer" if role == "maintainer" else "seller"
            found = Vendor(self.pen.do(tagging.add_vendor(plain, sells)).id, plain, sells)
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
            self.pen.do(tagging.change_vendor(new))
            self._firms[named[0], fold(named[1])] = new

    def _facts(self, asset: str, row: ImportRow, facts: Sequence[CellChange]) -> None:
        """What the list says of a device that is there: beside what a search saw, and beside what lists said before."""
        held = self.ours.rows.get(asset)
        if held is None:
            return
        mine = held.asset
        before = self.ours.recorded.get(mine.device or "", {})
        told = {**before, **{FACTS[change.field]: str(change.value) for change in facts}}
        device = recorded(self._recorded(row, told, mine.kind), self.knowledge, self.pen.now)
        if device is None:
            return
        if mine.device is None:
            by_hand.give_device(self.pen, asset, device)
            return
        by_hand.add_observations(self.pen, mine.device, device.observations)
        if held.network is None:  # no search has seen it
            by_hand.add_keys(self.pen, mine.device, device.keys)
            if device.mac is not None:
                self.pen.set("device", mine.device, {"mac": device.mac})


def _uuid(text: object) -> str | None:
    """The record id of a list that we wrote, so that an entry that is begun from it keeps it."""
    try:
        found = str(uuid.UUID(str(text)))
    except ValueError:
        return None
    return found if found == text else None
