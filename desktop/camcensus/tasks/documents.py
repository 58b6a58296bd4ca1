"""The JSON of the outside contract, version 1: what other programs read. Fields keep the contract's names and order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from camcensus.assessment.advisories import flaws
from camcensus.model.asset import Asset
from camcensus.model.attribution import Evidence
from camcensus.model.device import COUNTED_KINDS, DOOR_KINDS, Description, Device, DeviceKind, ReportedChannel, register_kind
from camcensus.model.exposure import EXPOSURE_QUESTIONS
from camcensus.model.knowledge import Knowledge
from camcensus.model.official_ids import OFFICIAL_IDS
from camcensus.model.places import paths_of
from camcensus.model.records import CAPABILITIES
from camcensus.model.scan import ScanRecord
from camcensus.model.verdict import Verdict
from camcensus.model.words import clean
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.captures import capture_entry
from camcensus.tasks.finding.census import Census
from camcensus.tasks.finding.given_files import FileProblem, unread_probes
from camcensus.tasks.finding.judging import Reassessment, changed_by
from camcensus.tasks.knowledge.diff import compare
from camcensus.tasks.register.verbs import AssetRow, others

CONTRACT_VERSION = 1


def scan_document(census: Census, knowledge: Knowledge) -> dict[str, Any]:
    """`scan --json`. Listings are of every list in the knowledge, whether an organisation has it on or not."""
    return {
        "contract_version": CONTRACT_VERSION,
        "scan": _scan(census.scan),
        "devices": [device_entry(verdict, knowledge) for verdict in census.verdicts],
    }


def identify_document(census: Census, knowledge: Knowledge, problems: Sequence[FileProblem]) -> dict[str, Any]:
    """`identify --json`: the same, with lines and files that could not be read, replies no codec reads yet, and what network
    captures held.
    """
    return scan_document(census, knowledge) | {
        "problems": [{"file": one.file, "line": one.line, "say": one.say} for one in problems],
        "not_read": dict(unread_probes(census.observations)),
        "captures": [capture_entry(one) for one in census.heard],
    }


def inventory_document(
    inventory: Inventory,
    rows: Sequence[AssetRow],
    knowledge: Knowledge,
    answers: Mapping[str, Verdict] | None = None,
    part: str = "",
) -> dict[str, Any]:
    """`show --json`: the last scan (null where there was none) and each row of the register; then what has no row.

    `answers` are those re-checked for this document (device id -> verdict). `part` says which part of the register the rows
    are, "" for all; what has no row is in no part.
    """
    scans, body = inventory.scans(), inventory.body
    paths = paths_of(inventory.places())
    devices = []
    for row in rows:
        entry = device_entry(row.verdict, knowledge) if row.verdict else _no_device()
        entry |= {"kind": _kind_of(row), "recorder": row.asset.connected_ref, "channel": row.asset.channel}
        if row.asset.first_seen is not None:
            entry |= {"first_seen": row.asset.first_seen, "last_seen": row.asset.last_seen}
        devices.append(entry | {"asset": _asset(row.asset, paths)})
    if not part:
        devices += [device_entry(verdict, knowledge) | {"asset": None} for verdict in others(inventory, answers)]
    return {
        "contract_version": CONTRACT_VERSION,
        "body": {
            "id": body.id,
            "name": clean(body.name),
            "type": body.kind.type,
            "expected_cameras": body.expected_cameras,
            "expected_basis": body.expected_basis,
            **{name: clean(number) if (number := getattr(body, name)) else None for name in OFFICIAL_IDS},
        },
        "part": part or None,
        "scan": _scan(scans[-1]) if scans else None,
        "knowledge_version": knowledge.version,
        "judged_again": {
            "answers": len(answers or {}),
            "changes": [change_entry(one) for one in changed_by(inventory, answers or {}, knowledge)],
        },
        "devices": devices,
    }


def _kind_of(row: AssetRow) -> DeviceKind:
    """What the answer says in full, where the register says the same in its own seven words; else the register's word."""
    kind = row.verdict.description.kind if row.verdict is not None else row.asset.kind
    return kind if register_kind(kind) == row.asset.kind else row.asset.kind


def diff_document(old: Knowledge, new: Knowledge, changes: Sequence[Reassessment] | None, answers: int) -> dict[str, Any]:
    """`knowledge diff --json`; `changes` are those of an inventory that holds so many `answers`, None where none was given."""
    return {
        "contract_version": CONTRACT_VERSION,
        "from": clean(old.version),
        "to": clean(new.version),
        "parts": [
            {"what": part.what}
            | {name: [clean(one) for one in getattr(part, name)] for name in ("added", "removed", "changed")}
            for part in compare(old, new)
        ],
        "inventory": None if changes is None else {"answers": answers, "changes": [change_entry(one) for one in changes]},
    }


def change_entry(change: Reassessment) -> dict[str, Any]:
    """An answer that changed, or would: was, is, why."""
    return {
        "ref": change.ref, "address": change.address, "was": clean(change.was, 400), "is": clean(change.is_now, 400),
        "why": clean(change.why, 2000),
    }  # fmt: skip


def _scan(scan: ScanRecord) -> dict[str, Any]:
    return {
        "started_at": scan.started_at,
        "ended_at": scan.ended_at,
        "stopped_early": scan.stopped_early,
        "knowledge_version": scan.knowledge_version,
        "interfaces": [{"name": clean(one.name), "address": one.address} for one in scan.interfaces],
        "ranges": list(scan.ranges),
        "passive": scan.passive,
        "pace": scan.pace,
        "simulation": scan.simulation,
        "allowed_by": _said(scan.allowed_by),
        "allowed_at": scan.started_at if scan.allowed_by else None,
        "run_by": _said(scan.ran.by),
        "computer": _said(scan.ran.computer),
        "program": _said(scan.ran.program),
        "coverage": [
            {
                "probe": one.probe, "network": clean(one.network), "sent": one.sent, "received": one.received,
                "state": one.state, "reason": _said(one.reason),
            }
            for one in scan.coverage
        ],
        "not_covered": [clean(one) for one in scan.not_covered],
        "advice": [{"topic": one.topic, "say": clean(one.say, 600), "next": clean(one.next, 600)} for one in scan.advice],
    }  # fmt: skip


def device_entry(verdict: Verdict, knowledge: Knowledge) -> dict[str, Any]:
    """One device. What we do not know is null."""
    device, description, attribution = verdict.device, verdict.description, verdict.attribution
    maker = attribution.manufacturer
    return {
        "key": _key(device),
        "keys": [[key.kind, _long(key.value)] for key in device.keys],
        "addresses": list(device.addresses),
        "network": _said(device.network),
        "mac": device.mac,
        "kind": description.kind,
        "brand": _said(attribution.brand),
        "manufacturer": maker,
        "manufacturer_name": knowledge.name_of(maker) if maker else None,
        "candidates": list(attribution.candidates),
        "grade": attribution.grade,
        "reason": clean(attribution.reason, 1000),
        "claimed": {"manufacturer": _said(description.claimed_manufacturer), "model": _said(description.claimed_model)},
        "model": _said(description.model),
        "serial": _said(description.serial),
        "firmware": _said(description.firmware),
        "firmware_date": description.firmware_date,
        "channels": {"analogue": description.channels_analogue, "digital": description.channels_digital},
        "recorder": None,
        "channel": None,
        "activated": description.activated,
        "cloud_link": {"state": description.cloud_state, "seen": _said(description.cloud_seen)},
        "probes_answered": list(description.probes_answered),
        "first_seen": description.first_seen,
        "last_seen": description.last_seen,
        "evidence": [_evidence(one, description) for one in (*attribution.evidence, *description.kind_evidence)],
        "listings": _listings(verdict),
        "seat": _seat(verdict),
        "advisories": _advisories(verdict, knowledge),
        "capabilities": _capabilities(verdict),
        "what": description.what,
        "kind_grade": description.kind_grade,
        "kind_reason": clean(description.kind_reason, 1000),
        "kind_evidence": [_evidence(one, description) for one in description.kind_evidence],
        "reported_channels": [_channel(one) for one in description.reported_channels],
        "features": [
            {"feature": one.name, "seen": clean(one.seen), "probe": clean(one.probe)} for one in description.features
        ],
        "care": [
            {
                "kind": one.kind, "why": clean(one.why, 600), "mend": clean(one.mend, 600), "since": one.since,
                "source": one.source, "flaws": list(one.flaws),
            }
            for one in verdict.care
        ],
    }  # fmt: skip


def _advisories(verdict: Verdict, knowledge: Knowledge) -> list[dict[str, Any]]:
    """The answers kept, and "no" for each record that ends its list of models without the device's own."""
    kept = {one.id for one in verdict.advisories}
    others = flaws(verdict.attribution, verdict.description, knowledge).others
    return [
        {
            "id": one.id, "applies": one.applies, "known_exploited": one.known_exploited, "exploited": one.known_exploited,
            "why": clean(one.why, 400), "product_type": one.product_type, "fixed_in": clean(one.fixed_in, 400) or None,
        }
        for one in (*verdict.advisories, *(one for one in others if one.id not in kept))
    ]  # fmt: skip


def _channel(one: ReportedChannel) -> dict[str, Any]:
    """A camera behind a recorder, in the recorder's words; it is no device of its own here."""
    claimed = {"manufacturer": _said(one.manufacturer), "model": _said(one.model)}
    return {
        "channel": one.number, "name": _said(one.name), "claimed": claimed, "serial": _said(one.serial),
        "firmware": _said(one.firmware), "address": _said(one.address), "input": "analogue" if one.analogue else "digital",
    }  # fmt: skip


def _key(device: Device) -> str | None:
    return f"{device.keys[0].kind}:{_long(device.keys[0].value)}" if device.keys else None


def _long(value: str) -> str:
    """A key, cleaned; one too long to show ends in a digest, so that two of them stay apart."""
    shown = clean(value, 4 * len(value) + 200)
    return shown if len(shown) <= 200 else f"{shown[:160]}…{hashlib.sha256(value.encode()).hexdigest()[:16]}"


def _listings(verdict: Verdict) -> list[dict[str, str]]:
    """Without those of a maker that is only possible: the window says of these "May be listed – check"."""
    return [{"list": one.list, "manufacturer": one.manufacturer} for one in verdict.findings if not one.may]


def _seat(verdict: Verdict) -> dict[str, str] | None:
    """Where the maker is based, by our reading of a statement that names no company; without one that is only possible."""
    found = verdict.seat
    return None if found is None or found.may else {
        "country": found.country, "source": found.source, "reading": found.reading
    }  # fmt: skip


def _capabilities(verdict: Verdict) -> list[dict[str, Any]]:
    """Every capability of a camera or recorder: what is known of it, or "unknown", which is that it cannot be seen."""
    known = {one.capability: one for one in verdict.capabilities}
    watched = verdict.description.kind in COUNTED_KINDS + DOOR_KINDS
    entries: list[dict[str, Any]] = []
    for capability in CAPABILITIES:
        one = known.get(capability)
        if one is not None:
            entries.append(
                {
                    "capability": capability,
                    "state": one.state,
                    "seen": _said(one.seen),
                    "said_by": one.said_by,
                    "source": one.source,
                }
            )
        elif watched:
            entries.append({"capability": capability, "state": "unknown", "seen": None})
    return entries


def _evidence(one: Evidence, description: Description) -> dict[str, Any]:
    return {
        "fingerprint": one.fingerprint, "probe": one.probe, "family": one.family, "group": one.group, "role": one.role,
        "subject": clean(one.subject or " or ".join(one.subjects)), "strength": one.strength,
        "supports": _supports(one, description),
        "seen": clean(one.seen),
        "why": clean(one.why, 1000), "source": one.source,
    }  # fmt: skip


def _supports(one: Evidence, description: Description) -> bool:
    """Whether a sign is for the answer that is given to what it speaks of: maker, brand, kind, model or a part."""
    if one.role == "model":
        return (one.subject or one.seen).casefold() == (description.model or "").casefold()
    return one.supports


def _said(text: str | None) -> str | None:
    return clean(text) if text else None


def _asset(asset: Asset, paths: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    decision, pin = asset.decision, asset.pin
    return {
        "ref": asset.ref,
        "place": [clean(name) for name in asset.place_path],
        "sensitive": asset.sensitive,
        "pin": (
            {"place": [clean(name) for name in paths[pin.place]], "x": pin.x, "y": pin.y, "walked": pin.walked} if pin else None
        ),
        "decision": decision.what if decision else None,
        "decided_by": clean(decision.by) if decision else None,
        "decided_at": decision.at if decision else None,
        "status": asset.status,
        "recorder": asset.connected_ref,
        "channel": asset.channel,
        "vendor": _said(asset.vendor_name),
        "seller": _said(asset.seller_name),
        "maintainer": _said(asset.maintainer_name),
        "confirmed": not asset.unconfirmed,
        "purpose": _said(asset.purpose),
        "inside_outside": asset.inside_outside,
        "camera_type": asset.camera_type,
        "ownership": asset.ownership,
        "owner": _said(asset.owner),
        "dpia_ref": _said(asset.dpia_ref),
        "retention_days": asset.retention_days,
        "installed_on": asset.installed_on,
        "installed_basis": _said(asset.installed_basis),
        "cost_pence": asset.cost_pence,
        "tags": [clean(tag) for tag in asset.tags],
        "last_picture_check": asset.last_picture_check,
        **{
            one.name: {
                "answer": getattr(asset, one.name),
                "on": getattr(asset, one.on),
                "by": _said(getattr(asset, one.by)),
            }
            for one in EXPOSURE_QUESTIONS
        },
        "ask_installer": asset.ask_installer,
        "notes": clean(asset.notes, 10_000) if asset.notes else None,
    }


def _no_device() -> dict[str, Any]:
    """A row typed by hand, or a channel of a recorder: a device with no addresses."""
    empty: dict[str, Any] = dict.fromkeys(_NULLS)
    return _in_order(
        empty
        | {name: [] for name in _LISTS}
        | {
            "kind": "unknown", "kind_grade": "unknown", "kind_reason": "Nothing was seen on the network for this row.",
            "grade": "unknown", "reason": "Nothing was seen on the network for this row.",
            "claimed": {"manufacturer": None, "model": None}, "channels": {"analogue": None, "digital": None},
            "cloud_link": {"state": "unknown", "seen": None},
        }
    )  # fmt: skip


def _in_order(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in _FIELDS}


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_FIELDS = _split(
    "key keys addresses network mac kind brand manufacturer manufacturer_name candidates grade reason claimed model serial"
    " firmware firmware_date channels recorder channel activated cloud_link probes_answered first_seen last_seen evidence"
    " listings seat advisories capabilities what kind_grade kind_reason kind_evidence reported_channels features care"
)
_LISTS = _split(
    "keys addresses candidates probes_answered evidence listings advisories capabilities kind_evidence reported_channels"
    " features care"
)
_NULLS: Iterable[str] = [
    name
    for name in _FIELDS
    if name not in (*_LISTS, "kind", "kind_grade", "kind_reason", "grade", "reason", "claimed", "channels", "cloud_link")
]
