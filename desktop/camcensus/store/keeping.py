"""Putting a scan away: what was seen, which devices it was of, and what was concluded. Call inside a transaction."""

from __future__ import annotations

import functools
import hashlib
import ipaddress
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from camcensus.identity.networks import looked_for, other_networks, subnet_of
from camcensus.model import frozen
from camcensus.model.asset import NOT_ASKED
from camcensus.model.device import CareFinding, Description, Device, DeviceKind, Finding, Observation, Verdict, register_kind
from camcensus.model.plain import to_plain
from camcensus.model.scan import ScanRecord
from camcensus.store.named_rows import insert
from camcensus.store.register_rows import next_ref
from camcensus.store.rows import SCAN_COLUMNS, SCAN_FLAGS, build_verdict, digest_with, write_answer

Because = Callable[[Verdict, Verdict], str]
"""Says why the second answer differs from the first."""


@frozen(kw_only=True)
class SavedDevice:
    """A device of a scan as it is to be saved.

    `id` is a device id of the inventory, or a new UUID where `new`. `device` is what this scan saw; `verdict` judges all
    that is known of it, and `outcome` is that in a few words. `prefix` is of its register ref ("CAM"), None for no row.
    `firmware` and `model` are as this scan saw them. `doubt` is the id of a known device that it may be, and why, where
    staff are to be asked.
    """

    id: str
    new: bool
    device: Device
    verdict: Verdict
    outcome: str
    prefix: str | None
    matched: str = ""
    firmware: str | None = None
    model: str | None = None
    doubt: tuple[str, str] | None = None


def save_scan(db: Database, scan: ScanRecord) -> None:
    """The log entry of a scan and what it covered."""
    (number,) = db.execute("SELECT coalesce(max(number), 0) + 1 FROM scan").fetchone()
    insert(
        db.conn,
        "scan",
        {
            **{name: getattr(scan, name) for name in (*SCAN_COLUMNS, *SCAN_FLAGS)},
            "number": number, "interfaces": json.dumps(to_plain(scan.interfaces)), "ranges": json.dumps(list(scan.ranges)),
            "not_covered": json.dumps(list(scan.not_covered), ensure_ascii=False),
            "advice": json.dumps(to_plain(scan.advice), ensure_ascii=False), "run_by": scan.ran.by,
            "computer": scan.ran.computer, "program": scan.ran.program,
        },
    )  # fmt: skip
    for one in scan.coverage:
        insert(db.conn, "coverage", {"scan": scan.id} | asdict(one), replace=True)


def observation_values(one: Observation, digest: str, scan: str | None, device: str | None) -> dict[str, Any]:
    """The columns of an observation but its id; `digest` is of its raw bytes, which are kept once."""
    return {
        "scan": scan, "device": device, "probe": one.probe, "ask": one.ask, "network": one.network, "address": one.address,
        "port": one.port, "mac": one.mac, "at": one.at, "reply": digest, "cut": int(one.cut), "state": one.reading.state,
        "fields": json.dumps(to_plain(one.reading.fields), ensure_ascii=False), "codec": one.reading.codec,
        "problem": one.reading.problem,
    }  # fmt: skip


def save_observations(
    db: Database, observations: Iterable[Observation], scan: str | None, device: str | None
) -> tuple[str, ...]:
    """Each observation once, each reply's bytes once; what is already kept stays as it is. The ids of what is new."""
    new = []
    for one in observations:
        digest = hashlib.sha256(one.raw).hexdigest()
        db.execute("INSERT OR IGNORE INTO reply (sha256, raw) VALUES (?, ?)", [digest, one.raw])
        values = observation_values(one, digest, scan, device)
        added = db.execute(
            f"INSERT OR IGNORE INTO observation (id, {', '.join(values)}) VALUES (?{', ?' * len(values)})",
            [one.id, *values.values()],
        )
        if added.rowcount:
            new.append(one.id)
    return tuple(new)


def heard_at(observations: Iterable[Observation]) -> tuple[str | None, str | None]:
    """When a search first and last heard of a device, (None, None) where none did."""
    times = sorted(one.at for one in observations if one.probe not in NOT_ASKED)
    return (times[0], times[-1]) if times else (None, None)


def save_device(db: Database, kept: SavedDevice, scan: str, now: str) -> None:
    """The device, its keys, that this scan saw it, and its answer."""
    device = kept.device
    times = sorted(one.at for one in device.observations) or [now]
    asked = heard_at(device.observations) if device.observations else (now, now)
    addresses = json.dumps(list(device.addresses))
    db.execute(
        "INSERT INTO device (id, kind, network, mac, addresses, observations_digest, first_seen, last_seen)"
        " VALUES (?, ?, ?, ?, ?, '', ?, ?) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, network = excluded.network,"
        " mac = coalesce(excluded.mac, mac), addresses = excluded.addresses, "
        " first_seen = coalesce(min(first_seen, excluded.first_seen), first_seen, excluded.first_seen),"
        " last_seen = coalesce(max(last_seen, excluded.last_seen), last_seen, excluded.last_seen)",
        [kept.id, entry_kind(kept.verdict.description), device.network, device.mac, addresses, *asked],
    )
    for rank, key in enumerate(device.keys):
        db.execute(
            "INSERT INTO device_key (device, kind, value, trust, rank, first, last) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (device, kind, value) DO UPDATE SET trust = excluded.trust, rank = excluded.rank,"
            " last = excluded.last",
            [kept.id, key.kind, key.value, key.trust, rank, times[0], times[-1]],
        )
    new = save_observations(db, device.observations, scan, kept.id)
    (digest,) = db.execute("SELECT observations_digest FROM device WHERE id = ?", [kept.id]).fetchone()
    db.execute("UPDATE device SET observations_digest = ? WHERE id = ?", [digest_with(digest, new), kept.id])
    db.execute(
        "INSERT INTO sighting (scan, device, network, mac, addresses, matched, firmware, model) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (scan, device) DO UPDATE SET addresses = excluded.addresses",
        [scan, kept.id, device.network, device.mac, addresses, kept.matched, kept.firmware, kept.model],
    )
    save_answer(db, kept.id, kept.verdict, kept.outcome, now)


def save_doubts(db: Database, kept: Iterable[SavedDevice], now: str) -> None:
    """Questions whether a device kept as new is one known already; each is asked once, however often it is seen."""
    for one in kept:
        if one.doubt is None:
            continue
        other, reason = one.doubt
        pair = [one.id, other]
        sql = "SELECT 1 FROM doubt WHERE (device = ? AND other = ?) OR (other = ? AND device = ?)"
        if one.id != other and db.execute(sql, [*pair, *pair]).fetchone() is None:
            db.execute(
                "INSERT INTO doubt (id, device, other, reason, at) VALUES (?, ?, ?, ?, ?)",
                [str(uuid.uuid4()), *pair, reason, now],
            )


def save_answer(db: Database, device: str, verdict: Verdict, outcome: str, now: str, *, because: Because | None = None) -> bool:
    """The answer for a device: a new row where it changed (True), else the newest row is brought up to date.

    `because` says why newer knowledge answers otherwise; it is asked only where the answer changed.
    """
    digest, last, is_now, findings, last_digest, last_version = db.execute(
        "SELECT device.observations_digest, judgement.id, is_now, findings, judgement.observations_digest, knowledge_version"
        " FROM device LEFT JOIN judgement ON judgement.id = "
        "(SELECT max(id) FROM judgement AS newest WHERE newest.device = device.id) WHERE device.id = ?",
        [device],
    ).fetchone()
    version, answer, light = verdict.attribution.knowledge_version, write_answer(verdict), _light(verdict)
    if last is not None and is_now == outcome and _lists(findings) == _findings(verdict):
        sets = "".join(f", {name} = ?" for name in light)
        db.execute(
            "UPDATE judgement SET knowledge_version = ?, observations_digest = ?, judged_at = ?, answer = ?"
            f"{sets} WHERE id = ?",
            [version, digest, now, answer, *light.values(), last],
        )
        return False
    if last is None:
        why = "First judged."
    elif last_digest != digest:
        why = "Something new was seen, read or recorded."
    else:
        (before,) = db.execute("SELECT answer FROM judgement WHERE id = ?", [last]).fetchone()
        said = because(build_verdict(before), verdict) if because else ""
        why = f"Re-checked with knowledge {version} (before: {last_version}). {said}".strip()
    insert(
        db.conn,
        "judgement",
        {
            "device": device, "knowledge_version": version, "observations_digest": digest, "judged_at": now, "first_at": now,
            "answer": answer, "was": is_now, "is_now": outcome, "why": why, **light,
        },
    )  # fmt: skip
    return True


def _light(verdict: Verdict) -> dict[str, str | None]:
    """What a table shows of an answer, in columns of its own."""
    attribution, description = verdict.attribution, verdict.description
    return {
        "kind": register_kind(description.kind), "manufacturer": attribution.manufacturer, "grade": attribution.grade,
        "candidates": json.dumps(list(attribution.candidates)), "brand": attribution.brand, "model": description.model,
        "serial": description.serial, "firmware": description.firmware,
        "findings": _findings_text(verdict.findings), "care": _care_text(verdict.care),
    }  # fmt: skip


@functools.lru_cache(maxsize=1024)
def _findings_text(findings: tuple[Finding, ...]) -> str:
    return json.dumps(to_plain(findings), ensure_ascii=False, separators=(",", ":"))


@functools.lru_cache(maxsize=1024)
def _care_text(care: tuple[CareFinding, ...]) -> str:
    return json.dumps(to_plain(care), ensure_ascii=False, separators=(",", ":"))


def _findings(verdict: Verdict) -> list[tuple[str, str, bool]]:
    """The same of an answer that is about to be kept."""
    return [(one.list, one.manufacturer, one.may) for one in verdict.findings]


@functools.lru_cache(maxsize=4096)
def _lists(findings: str) -> list[tuple[str, str, bool]]:
    """Which lists an answer, by its column of findings, says the maker is on, or may be: many devices share one text."""
    return [(one["list"], one["manufacturer"], one["may"]) for one in json.loads(findings)]


def save_assets(db: Database, kept: Sequence[SavedDevice]) -> frozenset[str]:
    """Register rows for what has none yet, refs in order of address; rows there are get today's kind. The ids touched."""
    touched = set()
    for one in sorted(kept, key=lambda one: _address_order(one.device)):
        row = next(db.query("SELECT id FROM asset WHERE device = ?", [one.id]), None)
        if row is not None:
            set_kind(db, row["id"], one.verdict.description)
            db.execute("UPDATE asset SET status = 'present' WHERE id = ?", [row["id"]])
            touched.add(row["id"])
        elif one.prefix is not None:
            touched.add(new_asset(db, one.prefix, register_kind(one.verdict.description.kind), one.id))
    return frozenset(touched)


def entry_kind(said: Description) -> DeviceKind:
    """The kind of a device's entry, if it has one: where its answers say nothing, it may still be a camera."""
    says_nothing = said.kind == "other" and said.kind_grade == "unknown"
    return "unknown" if says_nothing else register_kind(said.kind)


def set_kind(db: Database, asset: str, said: Description) -> None:
    """What the answers say it is, unless a person has said."""
    kind = entry_kind(said)
    db.execute("UPDATE asset SET kind = ? WHERE id = ? AND kind_by IS NULL AND kind <> ?", [kind, asset, kind])


def new_asset(db: Database, prefix: str, kind: str, device: str) -> str:
    """A register row with the next ref of its prefix."""
    asset = str(uuid.uuid4())
    db.execute(
        "INSERT INTO asset (id, ref, kind, device, status) VALUES (?, ?, ?, ?, 'present')",
        [asset, next_ref(db, prefix), kind, device],
    )
    return asset


def mark_not_seen(db: Database, scan: ScanRecord) -> frozenset[str]:
    """Rows whose device a complete scan of its network did not see: "not seen", never deleted. The ids touched.

    Where none of several devices known by their own keys was seen, it was another network with the same addresses.
    """
    if scan.stopped_early or scan.passive:
        return frozenset()
    now = {row["device"] for row in db.query("SELECT device FROM sighting WHERE scan = ?", [scan.id])}
    before = {
        row["device"]: row
        for row in db.query(
            # Of each device the row of its newest scan: SQLite takes bare columns from where max() was found.
            "SELECT sighting.device, sighting.network, sighting.addresses, scan.ranges, max(scan.number) FROM sighting"
            " JOIN scan ON scan.id = sighting.scan WHERE scan.id <> ? GROUP BY sighting.device",
            [scan.id],
        )
    }
    elsewhere = _other_networks(db, now, before)
    missing = []
    for row in db.query("SELECT id, device FROM asset WHERE status = 'present' AND device IS NOT NULL ORDER BY id"):
        last = before.get(row["device"])
        if last is None or row["device"] in now or subnet_of(last["network"]) in elsewhere:
            continue
        if looked_for(scan, last["network"], json.loads(last["addresses"]), json.loads(last["ranges"])):
            missing.append(row["id"])
            db.execute("UPDATE asset SET status = 'not-seen' WHERE id = ?", [row["id"]])
    return frozenset(missing)


def _other_networks(db: Database, now: set[str], before: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Subnets of a scan that saw `now` that are not the ones known under the same addresses: another building's, perhaps."""
    firm = {row["device"] for row in db.query("SELECT DISTINCT device FROM device_key WHERE trust = 'strong'")}
    there = {device: subnet_of(last["network"]) for device, last in before.items() if device in firm and last["network"]}
    rows = db.query("SELECT id, network FROM device WHERE network IS NOT NULL")
    seen = {row["id"]: subnet_of(row["network"]) for row in rows if row["id"] in firm and row["id"] in now}
    return other_networks(there, {device: net for device, net in seen.items() if device in there or device not in before})


def _address_order(device: Device) -> tuple[int, int, str]:
    text = device.addresses[0] if device.addresses else ""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return (9, 0, text)
    return (address.version, int(address), text)
