"""The JSON of the outside contract, version 1: what other programs read. Fields keep the contract's names and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from camcensus.model.asset import EXPOSURE_QUESTIONS, Asset, paths_of
from camcensus.model.device import DeviceKind, Verdict, register_kind
from camcensus.model.knowledge import Knowledge
from camcensus.model.official_ids import OFFICIAL_IDS
from camcensus.model.scan import ScanRecord
from camcensus.model.tags import FIELDS
from camcensus.model.words import clean
from camcensus.store.inventory import Inventory
from camcensus.tasks.device_entries import device_entry, no_device, said
from camcensus.tasks.finding.census import Census
from camcensus.tasks.finding.given_files import FileProblem, capture_entry, unread_probes
from camcensus.tasks.finding.judging import Reassessment, changed_by
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
        entry = device_entry(row.verdict, knowledge) if row.verdict else no_device()
        entry |= {"kind": _kind_of(row), "recorder": row.asset.connected_ref, "channel": row.asset.channel}
        entry |= {"first_seen": row.asset.first_seen, "last_seen": row.asset.last_seen}
        entry["known_by"] = [{"way": one.way, "at": one.at, "what": said(one.what)} for one in row.asset.known_by]
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
        "allowed_by": said(scan.allowed_by),
        "allowed_at": scan.started_at if scan.allowed_by else None,
        "run_by": said(scan.ran.by),
        "computer": said(scan.ran.computer),
        "program": said(scan.ran.program),
        "coverage": [
            {
                "probe": one.probe, "network": clean(one.network), "sent": one.sent, "received": one.received,
                "state": one.state, "reason": said(one.reason),
            }
            for one in scan.coverage
        ],
        "not_covered": [clean(one) for one in scan.not_covered],
        "advice": [{"topic": one.topic, "say": clean(one.say, 600), "next": clean(one.next, 600)} for one in scan.advice],
    }  # fmt: skip


_SAID = tuple(field.name for field in FIELDS.values() if field.group and field.column and field.name != "picture_checked_by")


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
        "status": asset.status_for_others,
        "spare": asset.status == "spare",
        "recorder": asset.connected_ref,
        "vendor": said(asset.vendor_name),
        "seller": said(asset.seller_name),
        "maintainer": said(asset.maintainer_name),
        "confirmed": asset.confirmed,
        **{name: clean(value) if isinstance(value := getattr(asset, name), str) else value for name in _SAID},
        "tags": [clean(tag) for tag in asset.tags],
        **{
            one.name: {
                "answer": getattr(asset, one.name),
                "on": getattr(asset, one.on),
                "by": said(getattr(asset, one.by)),
            }
            for one in EXPOSURE_QUESTIONS
        },
        "ask_installer": asset.ask_installer,
        "notes": clean(asset.notes, 10_000) if asset.notes else None,
    }
