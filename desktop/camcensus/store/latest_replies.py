"""The latest replies of each device (`identity.latest_replies`), read in few queries; those that no longer count are marked.

The mark (`observation.superseded`) only spares reading: what has it never counts, what has it not may. Only keeping a search
sets it, and undo never goes back beyond that, so nothing that an edit moves or takes back can be marked wrongly. Call the
writing ones inside a transaction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched

from sqlite_utils import Database

from camcensus.identity.latest_replies import ALWAYS, ReplyDigest, newest, told
from camcensus.model.observation import Observation, Reading

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
