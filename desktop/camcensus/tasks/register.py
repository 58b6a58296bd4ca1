"""What a person does with the register: keep a census, look at rows, give places, decide, read labels, judge again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from camcensus.model.asset import Asset, Body, Decision, DecisionWhat, Place, PlaceKind
from camcensus.model.changes import Changes
from camcensus.model.device import Device, DeviceKind, Key
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation
from camcensus.model.plain import from_plain, to_plain
from camcensus.model.plan import Costs
from camcensus.model.verdict import Finding, Verdict
from camcensus.model.words import GRADE_SHORT, KIND_WORDS, clean, stamp
from camcensus.store import inventory as store
from camcensus.store.inventory import Inventory as Inventory  # noqa: PLC0414 – faces name it from here
from camcensus.store.keeping import KeptDevice
from camcensus.tasks.census import Census, judge_device

ListState = Literal["listed", "may", "not-listed", "not-known"]
Basis = Literal["label", "invoice", "supplier-letter", "maker-letter"]

LIST_WORDS: dict[ListState, str] = {
    "listed": "Listed",
    "may": "May be listed – check",
    "not-listed": "Not listed",
    "not-known": "Not known",
}

PLACE_KINDS: tuple[PlaceKind, ...] = ("site", "building", "floor", "room")

_PREFIXES: dict[DeviceKind, str] = {"camera": "CAM", "encoder": "CAM", "unknown": "CAM", "recorder": "REC", "intercom": "INT"}
_CAMERA_PROBES = (
    "sadp",
    "dhip",
    "dahua-v1",
    "rtsp",
    "onvif.",
    "hanwha",
    "bosch",
    "vivotek",
    "panasonic",
    "sony",
    "xiongmai",
    "tvt",
)
"""An answer to one of these is itself a sign that a host may be a camera."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRow:
    """A register row as every table, panel and report shows it.

    `verdict` is None for a row with no device; its `device.observations` is empty (ask the inventory for them). `findings`
    are of the lists that are on; `state` says in one word what they come to. `judged_at` is when the answer was given, and
    `stale` where replies or the knowledge have changed since: show the date and judge again.
    """

    asset: Asset
    verdict: Verdict | None
    findings: tuple[Finding, ...]
    state: ListState
    judged_at: str | None = None
    stale: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its addresses, empty for a row with no device."""
        return self.verdict.device.addresses if self.verdict else ()


def new_inventory(path: Path, body: Body, now: datetime) -> Inventory:
    """A new inventory file, open; a context manager. Raises DiskError where a file is there already or the folder refuses."""
    return store.create_inventory(path, body, now=now)


def new_body(name: str, type_: str = "school", year_starts: int = 4, expected_cameras: int | None = None) -> Body:
    """An organisation with an id made once."""
    return Body(str(uuid.uuid4()), name, type_, year_starts, expected_cameras)


def open_inventory(path: Path, now: datetime, readonly: bool = False) -> Inventory:
    """An inventory file, open; a context manager. Raises StoreError (one sentence), and then nothing was written."""
    return store.open_inventory(path, now=now, readonly=readonly)


def ref_prefix(verdict: Verdict) -> str | None:
    """ "CAM", "REC" or "INT" for what gets a register row; None for other things, and hosts with no sign of a camera."""
    kind = verdict.description.kind
    if kind == "unknown" and not may_be_camera(verdict):
        return None
    return _PREFIXES.get(kind)


def may_be_camera(verdict: Verdict) -> bool:
    """Whether something of unknown kind gave any sign of being a camera: a maker's sign, or an answer only cameras give."""
    if verdict.attribution.manufacturer or verdict.attribution.candidates:
        return True
    return any(probe.startswith(_CAMERA_PROBES) for probe in verdict.description.probes_answered)


def keep_census(inventory: Inventory, census: Census, knowledge: Knowledge, now: datetime) -> Changes:
    """Reconcile what was found with what is known, and keep it: same devices get the news, new ones a row and a ref.

    `changes.say` names devices that may be one already known. Judging looks at all replies ever kept of a device.
    """
    from camcensus.assessment.listings import listings
    from camcensus.identity.reconcile import reconcile

    known = inventory.device_keys()
    # The inventory keeps findings of all lists, so that switching one on needs no judging; the census may have fewer.
    every_list = frozenset(knowledge.lists)
    verdicts = {
        id(verdict.device): replace(verdict, findings=listings(verdict.attribution, knowledge, every_list))
        for verdict in census.verdicts
    }
    before = inventory.verdicts()
    matches = reconcile([verdict.device for verdict in census.verdicts], known)
    taken = {match.known_id for match in matches if match.state == "same"}
    kept, asked = list[KeptDevice](), list[str]()
    for match in matches:
        device, known_id = match.device, match.known_id if match.state == "same" else None
        if match.state == "ask":
            known_id = _asked_before(device, known)
            if known_id is None and _may_be(
                device, known.get(match.known_id or "", ()), verdicts, before.get(match.known_id or "")
            ):
                known_id = match.known_id
            known_id = None if known_id in taken else known_id
            taken.add(known_id)
            if known_id is None:
                asked.append(clean(device.addresses[0] if device.addresses else str(device.keys[0])))
        verdict = verdicts.get(id(device)) or judge_device(device, knowledge)
        if known_id is not None:
            verdict = judge_device(_together(device, inventory.observations(known_id)), knowledge)
        kept.append(
            KeptDevice(
                id=known_id or str(uuid.uuid4()),
                new=known_id is None,
                device=device,
                verdict=verdict,
                outcome=outcome(verdict, knowledge),
                prefix=ref_prefix(verdict),
                matched=match.reason,
            )
        )
    owned = {one.id for entry in kept for one in entry.device.observations}
    loose = [one for one in census.observations if one.id not in owned]
    changes = inventory.keep(census.scan, loose, kept, now)
    if asked:
        say = f"{changes.say} {', '.join(asked)} may be a device you already have; kept as new."
        return replace(changes, say=say)
    return changes


def _asked_before(device: Device, known: dict[str, tuple[Key, ...]]) -> str | None:
    """A device kept as new the last time we were unsure: exactly these keys, and no others."""
    keys = {(key.kind, key.value) for key in device.keys}
    same = [known_id for known_id, its in known.items() if {(key.kind, key.value) for key in its} == keys]
    return same[0] if len(same) == 1 else None


def _may_be(device: Device, keys: tuple[Key, ...], verdicts: dict[int, Verdict], before: Verdict | None) -> bool:
    """Whether a device that shares only its address with a known one is taken for it: one of the two never showed anything
    better, and the answers do not name two makers. Otherwise one camera that answers less on a bad day would count twice.
    """
    if all(any(key.trust == "strong" for key in its) for its in (device.keys, keys)):
        return False
    makers = {verdict.attribution.manufacturer for verdict in (verdicts.get(id(device)), before) if verdict is not None}
    return len(makers - {None}) <= 1


def _together(device: Device, before: Sequence[Observation]) -> Device:
    """A device with all that was ever seen of it, the newest of answers that are the same."""
    newest: dict[object, Observation] = {}
    for one in sorted((*before, *device.observations), key=lambda one: (one.at, one.id)):
        newest[one.probe, one.ask, one.network, one.address, one.port, one.mac, one.raw] = one
    return replace(device, observations=tuple(sorted(newest.values(), key=lambda one: (one.at, one.id))))


def outcome(verdict: Verdict, knowledge: Knowledge) -> str:
    """The answer in a few words, for "was, is, why": "Camera, Dahua – Likely, sold as Honeywell"."""
    attribution = verdict.attribution
    names = [knowledge.name_of(entry) for entry in attribution.candidates] if attribution.grade == "conflicting" else []
    maker = " or ".join(names) or (knowledge.name_of(attribution.manufacturer) if attribution.manufacturer else "Maker")
    sold = f", sold as {clean(attribution.brand, 60)}" if attribution.brand else ""
    return f"{KIND_WORDS[verdict.description.kind]}, {maker} – {GRADE_SHORT[attribution.grade]}{sold}"


def enabled_lists(inventory: Inventory, knowledge: Knowledge) -> frozenset[str]:
    """The lists this organisation goes by: those on by default, as far as nobody switched them."""
    chosen = inventory.enabled_lists(entry.id for entry in knowledge.lists.values() if entry.default_on)
    return frozenset(chosen & knowledge.lists.keys())


def rows(inventory: Inventory, knowledge: Knowledge) -> tuple[AssetRow, ...]:
    """The register by ref, each row with its newest kept answer. Reads only; 3,000 rows take well under a second."""
    enabled, judged = enabled_lists(inventory, knowledge), inventory.judged()
    found = []
    for asset in inventory.assets():
        answer = judged.get(asset.device or "")
        if answer is None:
            found.append(AssetRow(asset=asset, verdict=None, findings=(), state="not-known"))
            continue
        findings = tuple(finding for finding in answer.verdict.findings if finding.list in enabled)
        stale = answer.stale_replies or answer.knowledge_version != knowledge.version
        state = list_state(answer.verdict, findings)
        found.append(
            AssetRow(asset=asset, verdict=answer.verdict, findings=findings, state=state, judged_at=answer.at, stale=stale)
        )
    return tuple(found)


def list_state(verdict: Verdict, findings: Iterable[Finding]) -> ListState:
    """ "Not listed" is said of a maker that is named firmly; of anything else we do not know."""
    found = tuple(findings)
    if any(not finding.may for finding in found):
        return "listed"
    if found:
        return "may"
    return "not-listed" if verdict.attribution.manufacturer and verdict.attribution.grade != "possible" else "not-known"


def others(inventory: Inventory) -> tuple[Verdict, ...]:
    """What answered and has no register row: printers and the like, and hosts with no sign of a camera."""
    with_row = {asset.device for asset in inventory.assets()}
    from camcensus.tasks.census import in_order

    return in_order(verdict for device, verdict in inventory.verdicts().items() if device not in with_row)


def place(inventory: Inventory, asset_ids: Iterable[str], place_id: str | None, by: str, now: datetime) -> Changes:
    """Set location: move rows to a place, None for no place."""
    return inventory.set_place(asset_ids, place_id, by, now)


def place_named(inventory: Inventory, names: Sequence[str], by: str, now: datetime, *, sensitive: bool = False) -> Place:
    """The place at a path of names from site down (at most four), made where missing; `sensitive` marks a new last one."""
    parent: Place | None = None
    for depth, name in enumerate(names[: len(PLACE_KINDS)]):
        parent_id = parent.id if parent else None
        there = [entry for entry in inventory.places() if entry.parent == parent_id and entry.name == name.strip()]
        last = sensitive and depth == len(names) - 1
        parent = there[0] if there else inventory.add_place(PLACE_KINDS[depth], name, parent_id, by, now, sensitive=last)
    if parent is None:
        raise StoreError("A place needs a name; type one.")
    return parent


def decide(
    inventory: Inventory,
    asset_ids: Iterable[str],
    what: DecisionWhat | None,
    by: str,
    now: datetime,
    *,
    why: str = "",
    review_on: str | None = None,
    year: str | None = None,
) -> Changes:
    """Record a decision for rows; `what` None takes it back. `year` is a financial year ("2026-27")."""
    decision = Decision(what, by, stamp(now), why, review_on, year) if what is not None else None
    return inventory.decide(asset_ids, decision, now)


def set_vendor(inventory: Inventory, asset_ids: Iterable[str], vendor_id: str | None, by: str, now: datetime) -> Changes:
    """Say who sold or maintains rows."""
    return inventory.set_vendor(asset_ids, vendor_id, by, now)


def set_purpose(inventory: Inventory, asset_ids: Iterable[str], purpose: str | None, by: str, now: datetime) -> Changes:
    """Say what rows are for."""
    return inventory.set_purpose(asset_ids, purpose, by, now)


def set_kind(inventory: Inventory, asset_ids: Iterable[str], kind: DeviceKind, by: str, now: datetime) -> Changes:
    """A person says what rows are; "other" is "Not a camera"."""
    return inventory.set_kind(asset_ids, kind, by, now)


def read_label(
    inventory: Inventory,
    asset_id: str,
    knowledge: Knowledge,
    *,
    basis: Basis,
    who: str,
    now: datetime,
    brand: str | None = None,
    model: str | None = None,
    manufacturer: str | None = None,
) -> Changes:
    """Keep what a person read (label, invoice, letter) as an observation, and judge the device again.

    A label or an invoice speaks of brand and model; the maker stays what the device's answers give unless a letter names it.
    Raises StoreError for a row with no device.
    """
    from camcensus.wire.read import read

    asset = next((entry for entry in inventory.assets() if entry.id == asset_id), None)
    if asset is None or asset.device is None:
        raise StoreError("This row was typed by hand and has no answers to compare a label with; note it under Purpose.")
    before = inventory.observations(asset.device)
    last = before[-1] if before else None
    content = {
        "basis": basis,
        "brand": brand,
        "model": model,
        "manufacturer": manufacturer,
        "who": who,
        "when": stamp(now)[:10],
    }
    raw = json.dumps({key: value for key, value in content.items() if value}, ensure_ascii=False).encode()
    observation = Observation(
        probe="person", address=last.address if last else "", network=last.network if last else None, at=stamp(now), raw=raw,
        reading=read("person", None, raw),
    )  # fmt: skip
    what = {"label": "the label", "invoice": "an invoice", "supplier-letter": "a supplier’s letter"}.get(
        basis, "a maker’s letter"
    )
    changes = inventory.add_observation(asset.device, observation, f"{clean(who, 60)} read {what} of {asset.ref}.", who, now)
    after = rejudge(inventory, knowledge, now, devices=[asset.device])
    return replace(after, say=changes.say)


def rejudge(inventory: Inventory, knowledge: Knowledge, now: datetime, *, devices: Iterable[str] | None = None) -> Changes:
    """Judge devices again from the bytes that were kept, with no new scan: all that are out of date, or those named.

    Each answer that changed is kept as "was, is, why" (`inventory.judgements`). `changes.say` counts them.
    """
    judged = inventory.judged()
    keys = inventory.device_keys()
    if devices is None:
        devices = [
            device for device, answer in judged.items() if answer.stale_replies or answer.knowledge_version != knowledge.version
        ]
    answers: dict[str, tuple[Verdict, str]] = {}
    prefixes: dict[str, str] = {}
    newer: list[Observation] = []
    for device_id in devices:
        seen = tuple(_read_again(one, newer) for one in inventory.observations(device_id))
        old = judged[device_id].verdict.device
        device = _together(replace(old, keys=keys.get(device_id, old.keys), observations=()), seen)
        verdict = judge_device(device, knowledge)
        answers[device_id] = (verdict, outcome(verdict, knowledge))
        prefix = ref_prefix(verdict)
        if prefix is not None:
            prefixes[device_id] = prefix
    if newer:
        inventory.reread(newer)
    return inventory.rejudge(answers, prefixes, now)


def _read_again(one: Observation, newer: list[Observation]) -> Observation:
    from camcensus.wire.read import read

    reading = read(one.probe, one.ask, one.raw)
    if reading == one.reading:
        return one
    fresh = replace(one, reading=reading)
    newer.append(fresh)
    return fresh


def costs(inventory: Inventory) -> Costs:
    """The costs that staff typed for the plan; all None before that."""
    text = inventory.setting("costs")
    return from_plain(Costs, json.loads(text)) if text else Costs()


def set_costs(inventory: Inventory, figures: Costs, now: datetime, by: str | None = None) -> Changes:
    """Keep the costs for the plan."""
    return inventory.set_setting("costs", json.dumps(to_plain(figures)), now, by)
