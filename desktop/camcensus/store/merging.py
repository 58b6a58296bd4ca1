"""Edits of identity: two rows that are one thing, and one that is two. Each takes a Pen and gives a sentence."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from camcensus.model.asset import Doubt
from camcensus.model.device import Device
from camcensus.model.errors import StoreError
from camcensus.model.words import clean
from camcensus.store.by_hand import NewDevice
from camcensus.store.changelog import GONE, Pen
from camcensus.store.placing import inside
from camcensus.store.refs import next_ref
from camcensus.store.register_rows import ASSET_COLUMNS, read_places
from camcensus.store.rows import observations_digest
from camcensus.store.tagging import carriers
from camcensus.store.telling import unmark

Wins = Literal["keep", "absorb", "both"]

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("purpose",), ("place",), ("seller",), ("maintainer",), ("inside_outside",), ("camera_type",), ("ownership", "owner"),
    ("dpia_ref",), ("retention_days",), ("connected_to", "channel"), ("confirmed_at", "confirmed_by"),
    ("installed_on", "installed_basis"), ("cost_pence",), ("last_picture_check", "picture_checked_by"),
    ("pin_place", "pin_x", "pin_y", "pin_walked"), ("kind_by", "kind"), ("ask_note",),
    ("decision", "decision_by", "decision_at", "decision_why", "decision_review_on", "decision_year"),
)  # fmt: skip
"""Columns that go together, named by the first: what the row that stays does not say is taken from the other."""


@dataclass(frozen=True, slots=True)
class MergeDifference:
    """A fact that both rows tell, or only the one that goes: the column, what each says, and which is kept."""

    column: str
    keep: Any
    absorb: Any
    wins: Wins


def differences(db: Database, keep: str, absorb: str) -> tuple[MergeDifference, ...]:
    """What of two rows differs and what becomes of it where the second is merged into the first."""
    one, two = _row(db, keep), _row(db, absorb)
    found = []
    for group in _GROUPS:
        name = group[-1] if group[0] == "kind_by" else group[0]
        if two[group[0]] is not None and two[name] != one[name]:
            found.append(MergeDifference(name, one[name], two[name], "absorb" if one[group[0]] is None else "keep"))
    if two["notes"] and two["notes"] != one["notes"]:
        found.append(MergeDifference("notes", one["notes"], two["notes"], "both" if one["notes"] else "absorb"))
    tags = json.loads(one["tags"]), json.loads(two["tags"])
    if set(tags[1]) - set(tags[0]):
        found.append(MergeDifference("tags", ", ".join(tags[0]), ", ".join(tags[1]), "both" if tags[0] else "absorb"))
    return tuple(found)


def merge(pen: Pen, keep: str, absorb: str) -> str:
    """Two rows become one: `absorb` goes, and what was seen of it, its photos and what only it told go to `keep`."""
    if keep == absorb:
        raise StoreError("A row cannot be merged into itself; choose two rows.")
    one, two = _row(pen.db, keep), _row(pen.db, absorb)
    values = _together(pen.db, one, two, keep, absorb)
    photos = pen.db.execute("SELECT id, picture, name, taken_at, added_at FROM photo WHERE asset = ?", [absorb]).fetchall()
    for photo, picture, name, taken_at, added_at in photos:
        pen.delete("photo", photo)
        kept = {"asset": keep, "picture": picture, "name": name, "taken_at": taken_at, "added_at": added_at}
        pen.insert("photo", photo, kept)
    hanging = [row[0] for row in pen.db.execute("SELECT id FROM asset WHERE connected_to = ?", [absorb])]
    pen.set("asset", [row for row in hanging if row != keep], {"connected_to": keep})
    if one["device"] is not None and two["device"] is not None:
        _absorb_device(pen, one["device"], two["device"])
        values["status"] = "present" if "present" in (one["status"], two["status"]) else one["status"]
    elif two["device"] is not None:
        pen.set("asset", absorb, {"device": None})
        pen.set("device", two["device"], {"merged_into": None})  # so that the change names it
        values |= {"device": two["device"], "status": two["status"]}
    pen.set("asset", keep, values)
    pen.delete("asset", absorb)
    return f"{two['ref']} merged into {one['ref']}."


def merge_devices(pen: Pen, keep: str, absorb: str) -> str:
    """The same, by the devices; one that has no row brings none."""
    sql = "SELECT id FROM asset WHERE device = ?"
    one, two = (pen.db.execute(sql, [device]).fetchone() for device in (keep, absorb))
    if one is not None and two is not None:
        return merge(pen, one[0], two[0])
    if two is not None:
        # Only the newer one has a row: it stays, and now stands for the device that was known first.
        _absorb_device(pen, keep, absorb)
        pen.set("asset", two[0], {"device": keep})
    else:
        _absorb_device(pen, keep, absorb)
    return "They are one device now."


def split(pen: Pen, asset: str, moved: Sequence[str], new: NewDevice, rest: Device) -> str:
    """What was seen in the observations `moved` is another device: it gets a row of its own, in the same place.

    `new` is that device (its observations are those moved), `rest` is what stays.
    """
    row = _row(pen.db, asset)
    old, at = row["device"], sorted(one.at for one in new.observations)
    facts = {
        "kind": row["kind"], "network": new.network, "mac": new.mac, "addresses": json.dumps(list(new.addresses)),
        "observations_digest": "", "first_seen": at[0], "last_seen": at[-1],
    }  # fmt: skip
    pen.insert("device", new.id, facts)
    pen.set("observation", moved, {"device": new.id})
    held = {(kind, value): rest_ for kind, value, *rest_ in _keys(pen.db, old)}
    stay = {(key.kind, key.value) for key in rest.keys}
    for rank, key in enumerate(new.keys):
        if (key.kind, key.value) in held and (key.kind, key.value) not in stay:
            pen.delete("device_key", (old, key.kind, key.value))
        dated = {"trust": key.trust, "rank": rank, "first": at[0], "last": at[-1]}
        pen.insert("device_key", (new.id, key.kind, key.value), dated)
    unmark(pen.db, [old, new.id])
    _split_sightings(pen, old, new, row["ref"])
    times = sorted(one.at for one in rest.observations)
    facts = {
        "network": rest.network, "mac": rest.mac, "addresses": json.dumps(list(rest.addresses)), "first_seen": times[0],
        "last_seen": times[-1], "observations_digest": observations_digest(pen.db, old),
    }  # fmt: skip
    pen.set("device", old, facts)
    pen.set("device", new.id, {"observations_digest": observations_digest(pen.db, new.id)})
    ref = next_ref(pen.db, row["ref"].partition("-")[0])
    values = {"ref": ref, "kind": row["kind"], "device": new.id, "place": row["place"], "status": "present"}
    pen.insert("asset", str(uuid.uuid4()), values)
    # A person has said that these are two, so that no search asks it again.
    said = {
        "device": new.id, "other": old, "reason": f"{ref} was split from {row['ref']}.", "at": pen.at, "answer": "different",
        "by": pen.by, "answered_at": pen.at,
    }  # fmt: skip
    pen.insert("doubt", str(uuid.uuid4()), said)
    return f"{ref} split from {row['ref']}."


def answer_doubt(pen: Pen, doubt: Doubt, answer: Literal["same", "different"], who: str) -> str:
    """Keep what a person said of a possible duplicate."""
    values = {"answer": answer, "by": who, "answered_at": pen.at, "device": doubt.device}
    pen.set("doubt", doubt.id, values)
    return f"{clean(who, 60)} said that they are {'one and the same' if answer == 'same' else 'two different devices'}."


def _together(db: Database, one: dict[str, Any], two: dict[str, Any], keep: str, absorb: str) -> dict[str, Any]:
    """The columns of the row that stays that change."""
    values: dict[str, Any] = {}
    for group in _GROUPS:
        if one[group[0]] is None and two[group[0]] is not None:
            values |= {name: two[name] for name in group}
    to = values.get("connected_to", one["connected_to"])
    # What hangs on the row that goes will hang on the one that stays, which then must not hang on any of them.
    if to is not None and {keep, absorb} & set(carriers(db, to)):
        values |= {"connected_to": None, "channel": None}
    place = values.get("place", one["place"])
    if values.get("pin_place") and place not in inside(read_places(db), values["pin_place"]):
        values = {name: value for name, value in values.items() if not name.startswith("pin_")}
    if two["ask_installer"] and not one["ask_installer"]:
        values["ask_installer"] = 1
    if two["notes"] and two["notes"] != one["notes"]:
        values["notes"] = "\n".join(filter(None, (one["notes"], two["notes"])))
    tags = json.loads(one["tags"])
    more = [tag for tag in json.loads(two["tags"]) if tag not in tags]
    if more:
        values["tags"] = json.dumps([*tags, *more], ensure_ascii=False)
    return values


def _absorb_device(pen: Pen, keep: str, absorb: str) -> None:
    db = pen.db
    pen.set(
        "observation", [row[0] for row in db.execute("SELECT id FROM observation WHERE device = ?", [absorb])], {"device": keep}
    )
    held = {(kind, value): dated for kind, value, *dated in _keys(db, keep)}
    for kind, value, trust, rank, first, last in _keys(db, absorb):
        pen.delete("device_key", (absorb, kind, value))
        if (kind, value) in held:
            _, _, first_, last_ = held[kind, value]
            pen.set("device_key", (keep, kind, value), {"first": min(first, first_), "last": max(last, last_)})
        else:
            pen.insert("device_key", (keep, kind, value), {"trust": trust, "rank": rank, "first": first, "last": last})
    for rank, (kind, value, _, was, *_) in enumerate(sorted(_keys(db, keep), key=_best_first)):
        if rank != was:
            pen.set("device_key", (keep, kind, value), {"rank": rank})
    seen = {row[0] for row in db.execute("SELECT scan FROM sighting WHERE device = ?", [keep])}
    names = ("network", "mac", "addresses", "matched", "firmware", "model")
    for scan, *values in db.execute(f"SELECT scan, {', '.join(names)} FROM sighting WHERE device = ?", [absorb]).fetchall():
        pen.delete("sighting", (scan, absorb))
        if scan not in seen:
            pen.insert("sighting", (scan, keep), dict(zip(names, values, strict=True)))
    sql = "SELECT network, mac, addresses, first_seen, last_seen FROM device WHERE id = ?"
    one, two = db.execute(sql, [keep]).fetchone(), db.execute(sql, [absorb]).fetchone()
    newest = max(one, two, key=lambda row: (row[0] is not None or row[2] != "[]", row[4]))
    facts = {
        "network": newest[0], "mac": newest[1] or one[1] or two[1], "addresses": newest[2],
        "first_seen": min(one[3], two[3]), "last_seen": max(one[4], two[4]),
        "observations_digest": observations_digest(db, keep),
    }  # fmt: skip
    pen.set("device", keep, facts)
    pen.set("device", absorb, {"merged_into": keep, "observations_digest": observations_digest(db, absorb)})


def _split_sightings(pen: Pen, old: str, new: NewDevice, ref: str) -> None:
    db = pen.db
    scans = {
        row[0] for row in db.execute("SELECT DISTINCT scan FROM observation WHERE device = ? AND scan IS NOT NULL", [new.id])
    }
    left = {row[0] for row in db.execute("SELECT DISTINCT scan FROM observation WHERE device = ? AND scan IS NOT NULL", [old])}
    for scan in sorted(scans):
        rows = db.execute(
            "SELECT DISTINCT address FROM observation WHERE device = ? AND scan = ? ORDER BY address", [new.id, scan]
        )
        addresses = json.dumps([row[0] for row in rows if row[0]])
        values = {"network": new.network, "mac": new.mac, "addresses": addresses, "matched": f"Split from {ref}."}
        pen.insert("sighting", (scan, new.id), values)
        if scan not in left and db.execute("SELECT 1 FROM sighting WHERE scan = ? AND device = ?", [scan, old]).fetchone():
            pen.delete("sighting", (scan, old))


_KINDS = ("mac", "uuid", "serial", "addr")


def _best_first(row: tuple[Any, ...]) -> tuple[bool, int, str]:
    return (row[2] == "weak", _KINDS.index(row[0]), row[1])


def _keys(db: Database, device: str) -> list[tuple[Any, ...]]:
    sql = "SELECT kind, value, trust, rank, first, last FROM device_key WHERE device = ? ORDER BY rank, kind, value"
    return list(db.execute(sql, [device]).fetchall())


def _row(db: Database, asset: str) -> dict[str, Any]:
    row = db.execute(f"SELECT {', '.join(ASSET_COLUMNS)} FROM asset WHERE id = ?", [asset]).fetchone()
    if row is None:
        raise StoreError(GONE)
    return dict(zip(ASSET_COLUMNS, row, strict=True))
