"""Rows of the inventory as values: everything that is read, nothing that is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import batched
from typing import Any

from sqlite_utils import Database

from camcensus.identity.latest_replies import ALWAYS, ReplyDigest, newest, told
from camcensus.model import frozen
from camcensus.model.asset import Asset, Body
from camcensus.model.camera_use import USE_COLUMNS
from camcensus.model.device import Device, Key, Observation, Reading, Verdict
from camcensus.model.history import AnswerChange, History, LoggedEdit, RowNow, Search, Sighting
from camcensus.model.plain import from_plain, to_plain
from camcensus.model.scan import Advice, Coverage, Interface, Ran, ScanRecord
from camcensus.store.register_rows import Answered, among

# The latest replies of each device (`identity.latest_replies`), read in few queries; those that no longer count are marked.
#
# The mark (`observation.superseded`) only spares reading: what has it never counts, what has it not may. Only keeping a
# search sets it, and undo never goes back beyond that, so nothing that an edit moves or takes back can be marked wrongly.
# Call the writing ones inside a transaction.

BATCH = 200
"""Devices that are read at once: few queries, and not the replies of thousands in memory."""


def read_latest_replies(
    db: Database, devices: Iterable[str], now: Mapping[str, Sequence[Observation]], scan: str | None
) -> Iterator[tuple[str, tuple[Observation, ...]]]:
    """Each device named with the replies that count, oldest first; `now` holds what search `scan` saw of it, not kept yet."""
    for some in batched(devices, BATCH):
        fresh = {one.id: one for device in some for one in now.get(device, ())}
        notes = _notes(db, some)
        for device in some:
            for one in now.get(device, ()):
                notes[device].append(told(one, hashlib.sha256(one.raw).hexdigest(), scan))
        chosen = {device: newest(notes[device]) for device in some}
        there = _contents(db, [one.id for ones in chosen.values() for one in ones if one.id not in fresh])
        for device, ones in chosen.items():
            yield device, tuple(fresh[one.id] if one.id in fresh else there[one.id] for one in ones)


def first_replies(db: Database, device: str) -> tuple[Observation, ...]:
    """What the first search that was kept of a device heard of it, whatever its clock said; empty where none did."""
    seen = (
        "FROM observation JOIN scan ON scan.id = observation.scan WHERE device = :device"
        " AND probe NOT IN (SELECT value FROM json_each(:always))"
    )
    ids = db.execute(
        f"SELECT observation.id {seen} AND scan.number = (SELECT min(scan.number) {seen})",
        {"device": device, "always": json.dumps(sorted(ALWAYS))},
    )
    return tuple(_contents(db, [identity for (identity,) in ids]).values())


def latest_ids(db: Database, devices: Sequence[str]) -> list[str]:
    """The ids of the replies that count, of these devices."""
    return [one.id for some in batched(devices, BATCH) for notes in _notes(db, some).values() for one in newest(notes)]


def mark_superseded(db: Database, devices: Iterable[str]) -> None:
    """Mark the replies of these devices that count no more, so that they are not read again."""
    for some in batched(devices, BATCH):
        for notes in _notes(db, some).values():
            count = {one.id for one in newest(notes)}
            gone = [(one.id,) for one in notes if one.id not in count]
            db.conn.executemany("UPDATE observation SET superseded = 1 WHERE id = ?", gone)


def _notes(db: Database, devices: Sequence[str]) -> dict[str, list[ReplyDigest]]:
    found: dict[str, list[ReplyDigest]] = {device: [] for device in devices}
    for device, *note in db.execute(
        "SELECT device, id, coalesce(scan, substr(at, 1, 10)), probe, ask, network, address, port, mac, at, reply, state"
        " FROM observation WHERE superseded = 0 AND device IN (SELECT value FROM json_each(?))",
        [json.dumps(list(devices))],
    ):
        found[device].append(ReplyDigest._make(note))
    return found


def _contents(db: Database, ids: Sequence[str]) -> dict[str, Observation]:
    rows = db.execute(
        "SELECT id, probe, ask, network, address, port, mac, at, cut, state, fields, codec, problem, raw"
        " FROM observation JOIN reply ON reply.sha256 = observation.reply WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return {row[0]: observation_of(*row[1:]).known_as(row[0]) for row in rows}


def observation_of(
    probe: str, ask: str | None, network: str | None, address: str, port: int | None, mac: str | None, at: str, cut: int,
    state: str, fields: str, codec: str, problem: str | None, raw: bytes,
) -> Observation:  # fmt: skip
    """A row with its reply as a value."""
    read = {name: tuple(values) for name, values in json.loads(fields).items()}
    return Observation(
        probe=probe, address=address, at=at, raw=raw, ask=ask, network=network, port=port, mac=mac, cut=bool(cut),
        reading=Reading(state, read, codec, problem),  # type: ignore[arg-type]
    )  # fmt: skip


@frozen
class ListChoice:
    """That somebody switched a list on or off, who, why and when."""

    list: str
    on: bool
    by: str
    why: str
    at: str


@frozen
class Judged:
    """The newest answer kept for a device. `stale` where replies or the knowledge have changed since `at`."""

    verdict: Verdict
    knowledge_version: str
    at: str
    stale_replies: bool


@frozen
class JudgedDevice:
    """A device without its replies, under which knowledge it was judged last, and whether replies have come since.

    `first_seen` is of all its replies to searches, also of those that no answer is drawn from any more.
    """

    device: Device
    knowledge_version: str
    stale_replies: bool
    first_seen: str | None


@frozen
class ChangeRow:
    """One line of the change log, newest first; `undone` where it was taken back."""

    id: str
    at: str
    by: str | None
    verb: str
    say: str
    can_undo: bool
    undone: bool


def read_body(db: Database) -> Body:
    columns = f"id, name, type, year_starts, expected_cameras, expected_basis, urn, ods, gss, company_no, {USE_COLUMNS}"
    return Body(**next(db.query(f"SELECT {columns} FROM body")))


def read_keys(db: Database, ids: Iterable[str] | None = None) -> dict[str, tuple[Key, ...]]:
    """Device id -> its keys, best first, of all devices or of those named."""
    where, values = among("device", ids)
    found: dict[str, list[Key]] = {}
    for device, kind, value, trust in db.execute(
        f"SELECT device, kind, value, trust FROM device_key{where} ORDER BY device, rank, kind, value", values
    ):
        found.setdefault(device, []).append(Key(kind, value, trust))
    return {device: tuple(keys) for device, keys in found.items()}


def read_observations(db: Database, device: str | None = None) -> tuple[Observation, ...]:
    """What was seen of one device, or of all (None), oldest first, with raw bytes and what was read in them."""
    where, values = ("", []) if device is None else (" WHERE device = ?", [device])
    rows = db.execute(
        "SELECT probe, ask, network, address, port, mac, at, cut, state, fields, codec, problem, raw"
        f" FROM observation JOIN reply ON reply.sha256 = observation.reply{where} ORDER BY at, id",
        values,
    )
    return tuple(observation_of(*row) for row in rows)


def observations_digest(db: Database, device: str) -> str:
    """A sum over all that was seen of a device: another whenever it gets an observation or loses one."""
    return digest_with("", (row[0] for row in db.execute("SELECT id FROM observation WHERE device = ?", [device])))


def digest_with(before: str, ids: Iterable[str]) -> str:
    """The same from the one before and what has come, so that a search need not look at all that was ever seen."""
    try:
        total = int(before or "0", 16)
    except ValueError:
        total = 0
    for one in ids:
        total += int.from_bytes(hashlib.sha256(one.encode()).digest()[:16])
    return f"{total % (1 << 128):032x}"


_NOBODY = Device((), (), None, None, ())


def write_answer(verdict: Verdict) -> str:
    """The cached part of a verdict: all but the device, which has rows of its own."""
    parts = to_plain(replace(verdict, device=_NOBODY))
    del parts["device"]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def read_judged(db: Database, built: dict[str, tuple[str, Verdict]]) -> dict[str, Judged]:
    """Device id -> its newest answer. `verdict.device.observations` is empty: ask for them where needed.

    `built` holds the values built before, by device and text: after an edit only answers that changed are built again.
    """
    keys = read_keys(db)
    rows = db.query(
        "SELECT device.id, network, mac, addresses, device.observations_digest AS now, judgement.observations_digest AS then_,"
        " knowledge_version, judged_at, answer FROM device JOIN judgement ON judgement.device = device.id"
        " AND judgement.id = (SELECT max(id) FROM judgement AS newest WHERE newest.device = device.id)"
        " WHERE merged_into IS NULL"
    )
    found = {}
    for row in rows:
        text, answer = built.get(row["id"], (None, None))
        if answer is None or text != row["answer"]:
            answer = build_verdict(row["answer"])
            built[row["id"]] = (row["answer"], answer)
        device = Device(keys.get(row["id"], ()), tuple(json.loads(row["addresses"])), row["network"], row["mac"], ())
        found[row["id"]] = Judged(
            replace(answer, device=device), row["knowledge_version"], row["judged_at"], row["now"] != row["then_"]
        )
    return found


def read_held(db: Database, ids: Iterable[str] | None = None) -> dict[str, JudgedDevice]:
    """Device id -> the device; what the answers say is left alone, which is most of the work. One never judged is stale."""
    keys = read_keys(db, ids)
    where, values = among("device.id", ids)
    return {
        row["id"]: JudgedDevice(
            Device(keys.get(row["id"], ()), tuple(json.loads(row["addresses"])), row["network"], row["mac"], ()),
            row["knowledge_version"] or "",
            row["now"] != row["then_"],
            row["first_seen"],
        )
        for row in db.query(
            "SELECT device.id, network, mac, addresses, first_seen, device.observations_digest AS now,"
            " judgement.observations_digest AS then_, knowledge_version FROM device"
            " LEFT JOIN judgement ON judgement.device = device.id"
            " AND judgement.id = (SELECT max(id) FROM judgement AS newest WHERE newest.device = device.id)"
            f"{where or ' WHERE true'} AND merged_into IS NULL",
            values,
        )
    }


def build_verdict(answer: str) -> Verdict:
    """A verdict from its kept answer, with an empty device."""
    return from_plain(Verdict, {"device": to_plain(_NOBODY), **json.loads(answer)})


def build_whole(answer: Answered) -> Verdict:
    """A verdict from the newest answer of a device. Its `device.observations` is empty."""
    keys = tuple(Key(*key) for key in json.loads(answer.keys))
    return replace(build_verdict(answer.answer), device=Device(keys, answer.addresses, answer.network, answer.mac, ()))


def read_judgements(db: Database, device: str) -> tuple[AnswerChange, ...]:
    """Every change of the answer for a device, oldest first."""
    rows = db.execute("SELECT device, judged_at, was, is_now, why FROM judgement WHERE device = ? ORDER BY id", [device])
    return tuple(AnswerChange(*row) for row in rows)


SCAN_COLUMNS = ("id", "started_at", "ended_at", "knowledge_version", "pace", "allowed_by")
SCAN_FLAGS = ("stopped_early", "passive", "simulation")
"""Columns that a scan record has by the same name."""


def read_scans(db: Database) -> tuple[ScanRecord, ...]:
    """The scan log, oldest first."""
    coverage: dict[str, list[Coverage]] = {}
    for row in db.query(
        "SELECT scan, probe, network, sent, received, state, reason FROM coverage ORDER BY scan, probe, network"
    ):
        coverage.setdefault(row.pop("scan"), []).append(Coverage(**row))
    found = []
    for row in db.query("SELECT * FROM scan ORDER BY number"):
        same: dict[str, Any] = {name: row[name] for name in SCAN_COLUMNS} | {name: bool(row[name]) for name in SCAN_FLAGS}
        found.append(
            ScanRecord(
                **same, interfaces=tuple(from_plain(Interface, entry) for entry in json.loads(row["interfaces"])),
                ranges=tuple(json.loads(row["ranges"])), coverage=tuple(coverage.get(row["id"], ())),
                not_covered=tuple(json.loads(row["not_covered"])),
                advice=tuple(from_plain(Advice, entry) for entry in json.loads(row["advice"])),
                ran=Ran(row["run_by"], row["computer"], row["program"]),
            )
        )  # fmt: skip
    return tuple(found)


def read_changes(db: Database, limit: int = 200, verb: str | None = None) -> tuple[ChangeRow, ...]:
    """The change log, or the lines of one verb, newest first; what came before the newest kept scan cannot be taken back."""
    rows = db.execute(
        "SELECT id, at, by, verb, say, inverse IS NOT NULL AND undone_at IS NULL"
        " AND id > (SELECT coalesce(max(id), 0) FROM change WHERE verb IN ('keep', 'begin')), undone_at IS NOT NULL"
        " FROM change WHERE ? IS NULL OR verb = ? ORDER BY id DESC LIMIT ?",
        [verb, verb, limit],
    )
    return tuple(ChangeRow(str(row[0]), row[1], row[2], row[3], row[4], bool(row[5]), bool(row[6])) for row in rows)


# What happened, as it is saved: searches, sightings, answers and the change log, as values. Nothing is written.

_NONE = frozenset[str]()
"""One for all lines: an empty one takes 200 bytes, and logs have hundreds of thousands."""


def read_history(db: Database, assets: Iterable[Asset], scans: Iterable[ScanRecord]) -> History:
    """All that the file holds of what happened. `assets` and `scans` are its own, scans oldest first."""
    edits = tuple(_edit(*line) for line in db.execute("SELECT id, at, by, verb, say, steps, undone_at FROM change ORDER BY id"))
    return History(
        rows=tuple(RowNow(one.id, one.ref, one.kind, one.device, one.status, one.decision) for one in assets),
        searches=_searches(scans, [edit for edit in edits if edit.verb == "keep"]),
        sightings=tuple(
            Sighting(scan, device, network, tuple(json.loads(addresses)), mac, firmware, model)
            for scan, device, network, addresses, mac, firmware, model in db.execute(
                "SELECT scan, device, network, addresses, mac, firmware, model FROM sighting"
            )
        ),
        answers=tuple(
            AnswerChange(*line)
            for line in db.execute("SELECT device, coalesce(first_at, judged_at), was, is_now, why FROM judgement ORDER BY id")
        ),
        edits=edits,
        firm=frozenset(device for (device,) in db.execute("SELECT DISTINCT device FROM device_key WHERE trust = 'strong'")),
    )


def _searches(scans: Iterable[ScanRecord], kept: list[LoggedEdit]) -> tuple[Search, ...]:
    """Each search with the line of the change log that kept it: there is one for each, in the same order."""
    found: list[Search] = []
    for number, record in enumerate(scans, start=1):
        line = kept[number - 1] if number <= len(kept) else None
        at, change = (line.at, line.change) if line else (record.ended_at, found[-1].change if found else 0)
        found.append(Search(record, number, at, change))
    return tuple(found)


def _edit(change: int, at: str, by: str | None, verb: str, say: str, steps: str, undone_at: str | None) -> LoggedEdit:
    touched: set[str] = set()
    columns: set[str] = set()
    adds = removes = False
    for do, table, keys, values in json.loads(steps):
        if table != "asset":
            continue
        touched.update(map(str, keys))
        adds |= do == "insert"
        if do == "set":
            columns.update(values)
            removes |= values.get("status") == "removed"
    return LoggedEdit(
        change, at, by, verb, say, frozenset(touched) or _NONE, frozenset(columns) or _NONE, adds=adds, says_removed=removes,
        undone=undone_at is not None,
    )  # fmt: skip


# What a search sees, put away while it runs, and found again where it was cut off. Call the writing ones within
# a transaction.
#
# It waits in tables of its own and not among what is kept: nothing that reads the register or the log of searches meets a
# search that has not ended, and keeping it (or giving it up) empties them in the same transaction.


@frozen
class Unfinished:
    """A search that never ended: its log entry as far as it got, what it saw, in order, and when that was put away last."""

    scan: ScanRecord
    observations: tuple[Observation, ...]
    noted_at: str


def note(db: Database, scan: ScanRecord, observations: Sequence[Observation], at: str) -> None:
    """Add to what a running search has seen, and bring its log entry up to date."""
    db.execute(
        "INSERT INTO running (id, scan, noted_at) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET scan = excluded.scan, noted_at = excluded.noted_at",
        [scan.id, json.dumps(to_plain(scan), ensure_ascii=False), at],
    )
    (before,) = db.execute("SELECT coalesce(max(number), 0) FROM seen WHERE running = ?", [scan.id]).fetchone()
    db.conn.executemany(
        "INSERT INTO seen (running, number, observation, raw) VALUES (?, ?, ?, ?)",
        [
            (scan.id, number, json.dumps(to_plain(replace(one, raw=b"")), ensure_ascii=False), one.raw)
            for number, one in enumerate(observations, before + 1)
        ],
    )


def drop(db: Database, scan_id: str) -> None:
    """Forget what a search saw: it is kept now, or not wanted."""
    db.execute("DELETE FROM seen WHERE running = ?", [scan_id])
    db.execute("DELETE FROM running WHERE id = ?", [scan_id])


def read(db: Database) -> tuple[Unfinished, ...]:
    """Searches that never ended, oldest first. One that was kept after all is not among them."""
    found = []
    for row in db.query("SELECT id, scan, noted_at FROM running WHERE id NOT IN (SELECT id FROM scan) ORDER BY noted_at, id"):
        seen = db.query("SELECT observation, raw FROM seen WHERE running = ? ORDER BY number", [row["id"]])
        observations = tuple(
            replace(from_plain(Observation, json.loads(one["observation"])), raw=bytes(one["raw"])) for one in seen
        )
        found.append(Unfinished(from_plain(ScanRecord, json.loads(row["scan"])), observations, row["noted_at"]))
    return tuple(found)
