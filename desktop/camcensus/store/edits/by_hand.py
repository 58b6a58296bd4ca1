"""Entries that no search brings: typed by hand, from a list, channels of a recorder; what a person read of one; photos."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from sqlite_utils import Database

from camcensus.model import frozen
from camcensus.model.asset import AssetStatus, with_source
from camcensus.model.device import DeviceKind, Key, Observation
from camcensus.model.errors import StoreError
from camcensus.model.pictures import NewPhoto
from camcensus.model.tags import CHANNEL_LIMIT, checked, checked_tags
from camcensus.model.words import clean, count
from camcensus.store.changelog import GONE
from camcensus.store.edits.placing import save_picture
from camcensus.store.edits.tagging import refuse_ring
from camcensus.store.edits.wording import these
from camcensus.store.keeping import heard_at, observation_values
from camcensus.store.pen import Pen, edit
from camcensus.store.register_rows import next_ref
from camcensus.store.rows import digest_with, observations_digest


@frozen(kw_only=True)
class NewDevice:
    """A device that a person or a list describes: its id (a new UUID), the description, and what it can be recognised by."""

    id: str
    observations: tuple[Observation, ...]
    keys: tuple[Key, ...] = ()
    addresses: tuple[str, ...] = ()
    network: str | None = None
    mac: str | None = None


@frozen(kw_only=True)
class NewRow:
    """A register row that is to be added. `ref` is its own, "" for the next of `prefix` ("CAM"); `values` are tag fields.

    `listed` is the list and its row ("cameras.xlsx, row 14"), "" where a person typed it.
    """

    kind: DeviceKind
    prefix: str
    place: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    device: NewDevice | None = None
    status: AssetStatus = "present"
    listed: str = ""
    ref: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


@edit("add", failed="The rows were not added")
def add_rows(pen: Pen, rows: Sequence[NewRow], how: str = "added by hand") -> str:
    """Rows with the next refs, and their devices, which are to be judged afterwards."""
    for row in rows:
        values: dict[str, Any] = {name: checked(name, value) for name, value in row.values.items()}
        values = with_source({name: value for name, value in values.items() if value is not None}, pen.by, pen.at[:10])
        if row.tags:
            values["tags"] = json.dumps(checked_tags(row.tags), ensure_ascii=False)
        if row.device is not None:
            new_device(pen, row.device, row.kind)
            values["device"] = row.device.id
        ref = row.ref or next_ref(pen.db, row.prefix)
        values |= {"ref": ref, "kind": row.kind, "kind_by": pen.by, "status": row.status, "place": row.place}
        values |= {"entered_at": pen.at, "entered_by": pen.by, "entered_from": row.listed or None}
        pen.insert("asset", row.id, values)
    return f"{count(len(rows), 'row')} {how}."


def new_device(pen: Pen, device: NewDevice, kind: DeviceKind) -> None:
    """Save a device with its keys and its description."""
    times = sorted(one.at for one in device.observations) or [pen.at]
    first, last = heard_at(device.observations)
    facts = {
        "kind": kind, "network": device.network, "mac": device.mac, "addresses": json.dumps(list(device.addresses)),
        "observations_digest": digest_with("", {one.id for one in device.observations}), "first_seen": first, "last_seen": last,
    }  # fmt: skip
    pen.insert("device", device.id, facts)
    for rank, key in enumerate(device.keys):
        dated = {"trust": key.trust, "rank": rank, "first": times[0], "last": times[-1]}
        pen.insert("device_key", (device.id, key.kind, key.value), dated)
    _keep(pen, device.id, device.observations)


def add_observations(pen: Pen, device: str, observations: Iterable[Observation]) -> None:
    """Keep what a person read or a list told of a device that is there."""
    _keep(pen, device, observations)
    pen.set("device", device, {"observations_digest": observations_digest(pen.db, device)})


def _keep(pen: Pen, device: str, observations: Iterable[Observation]) -> None:
    for one in observations:
        digest = hashlib.sha256(one.raw).hexdigest()
        pen.db.execute("INSERT OR IGNORE INTO reply (sha256, raw) VALUES (?, ?)", [digest, one.raw])
        if pen.db.execute("SELECT 1 FROM observation WHERE id = ?", [one.id]).fetchone() is None:
            values = observation_values(one, digest, None, device)
            pen.insert("observation", one.id, {name: value for name, value in values.items() if value is not None})


def add_keys(pen: Pen, device: str, keys: Iterable[Key]) -> None:
    """Add to a device what it can be recognised by, of what it does not have yet."""
    there = {(kind, value) for kind, value in pen.db.execute("SELECT kind, value FROM device_key WHERE device = ?", [device])}
    for key in keys:
        if (key.kind, key.value) not in there:
            dated = {"trust": key.trust, "rank": len(there), "first": pen.at, "last": pen.at}
            pen.insert("device_key", (device, key.kind, key.value), dated)
            there.add((key.kind, key.value))


def give_device(pen: Pen, asset: str, device: NewDevice) -> None:
    """A device for a row that had none: somebody has read something of it."""
    row = pen.db.execute("SELECT kind, device FROM asset WHERE id = ?", [asset]).fetchone()
    if row is None or row[1] is not None:
        raise StoreError(GONE)
    new_device(pen, device, row[0])
    by = pen.db.execute("SELECT kind_by FROM asset WHERE id = ?", [asset]).fetchone()[0]
    # Nothing but a person ever said what it is, so the answer may not say "not sure" instead.
    pen.set("asset", asset, {"device": device.id, "kind_by": by or pen.by})


@edit("add", failed="The channels were not added")
def add_channels(pen: Pen, recorder: str, channels: Iterable[int] | Mapping[int, str]) -> str:
    """A camera row, not confirmed, for each channel of a recorder that has none yet, where the recorder is.

    A mapping gives a note for each number ("The recorder calls it Gate"), or "". Raises StoreError where all have rows.
    """
    wanted = channels if isinstance(channels, Mapping) else dict.fromkeys(channels, "")
    held = {row[0] for row in pen.db.execute("SELECT channel FROM asset WHERE connected_to = ?", [recorder])}
    new = [(number, note) for number, note in sorted(wanted.items()) if number not in held]
    return new_channels(pen, recorder, new)


def new_channels(pen: Pen, recorder: str, channels: Sequence[tuple[int, str]]) -> str:
    """A camera row, not confirmed, for each (number, note), also for two of one number: one analogue, one on the network."""
    row = pen.db.execute("SELECT ref, place FROM asset WHERE id = ?", [recorder]).fetchone()
    if row is None:
        raise StoreError(GONE)
    ref, place = row
    if any(not 0 <= number <= CHANNEL_LIMIT for number, _ in channels):
        raise StoreError(f"A channel must be a whole number up to {CHANNEL_LIMIT:,}.")
    if not channels:
        raise StoreError(f"Each of these channels of {ref} has a row already; choose others.")
    for number, note in channels:
        values = {
            "ref": next_ref(pen.db, "CAM"), "kind": "camera", "kind_by": pen.by, "status": "present", "place": place,
            "connected_to": recorder, "channel": number, "notes": note.strip() or None,
        }  # fmt: skip
        pen.insert("asset", str(uuid.uuid4()), values)
    return f"{count(len(channels), 'channel')} of {ref} added, not confirmed."


@edit("confirm", failed="That was not confirmed")
def confirm_channels(pen: Pen, rows: Sequence[str], who: str) -> str:
    """A person saw these cameras. Raises StoreError for a row that is no channel, or without a name."""
    who = who.strip()
    if not who:
        raise StoreError("Who saw it is needed; type a name.")
    said = these(pen.db, rows)
    sql = "SELECT ref FROM asset WHERE channel IS NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY ref"
    plain = pen.db.execute(sql, [json.dumps(rows)]).fetchone()
    if plain is not None:
        raise StoreError(f"{plain[0]} is not a channel of a recorder, so there is nothing to confirm; choose channels only.")
    pen.set("asset", rows, {"confirmed_by": who, "confirmed_at": pen.at})
    return f"{said} confirmed by {clean(who, 60)}."


@edit("connect", failed="The connection was not recorded")
def connect(pen: Pen, rows: Sequence[str], to: str | None) -> str:
    """Say which recorder or switch rows are connected to; None for none, and then they have no channel either."""
    said = these(pen.db, rows)
    if to is None:
        pen.set("asset", rows, {"connected_to": None, "channel": None, "confirmed_by": None, "confirmed_at": None})
        return f"{said} connected to nothing."
    refuse_ring(pen.db, rows, to)
    name = these(pen.db, [to])
    pen.set("asset", rows, {"connected_to": to})
    return f"{said} connected to {name}."


@edit("photo", failed="The photo was not saved")
def add_photos(pen: Pen, asset: str, photos: Sequence[NewPhoto]) -> str:
    """Photos to keep with a row. Their bytes are kept once each."""
    said = these(pen.db, [asset])
    for photo in photos:
        save_picture(pen.db, photo.picture)
        values = {
            "asset": asset, "picture": photo.picture.sha256, "name": clean(photo.name, 120), "taken_at": photo.taken_at,
            "added_at": pen.at,
        }  # fmt: skip
        pen.insert("photo", str(uuid.uuid4()), values)
    return f"{count(len(photos), 'photo')} added to {said}."


@edit("photo", failed="The photo was not removed")
def remove_photo(pen: Pen, photo: str) -> str:
    """Take a photo away from its row."""
    said = these(pen.db, [_row_of_photo(pen.db, photo)])
    pen.delete("photo", photo)
    return f"Photo removed from {said}."


def _row_of_photo(db: Database, photo: str) -> str:
    row = db.execute("SELECT asset FROM photo WHERE id = ?", [photo]).fetchone()
    if row is None:
        raise StoreError("That photo is no longer in the inventory; look again.")
    return str(row[0])
