"""Two entries that are one thing."""

from __future__ import annotations

import json
from typing import Any, Literal

from sqlite_utils import Database

from camcensus.model.asset import inside
from camcensus.model.errors import StoreError
from camcensus.model.words import clean
from camcensus.store.differences import TOGETHER, whole_row
from camcensus.store.edits.tagging import carriers
from camcensus.store.pen import Pen, edit
from camcensus.store.register_rows import read_places
from camcensus.store.rows import observations_digest


@edit("merge", failed="The rows were not merged")
def merge(pen: Pen, keep: str, absorb: str) -> str:
    """Two rows become one: `absorb` goes, and what was seen of it, its photos and what only it told go to `keep`."""
    if keep == absorb:
        raise StoreError("A row cannot be merged into itself; choose two rows.")
    one, two = whole_row(pen.db, keep), whole_row(pen.db, absorb)
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


def _merge_devices(pen: Pen, keep: str, absorb: str) -> str:
    """The same, by the devices; one that has no row brings none."""
    sql = "SELECT id FROM asset WHERE device = ?"
    one, two = (pen.db.execute(sql, [device]).fetchone() for device in (keep, absorb))
    if one is not None and two is not None:
        return pen.do(merge(one[0], two[0]))
    if two is not None:
        # Only the newer one has a row: it stays, and now stands for the device that was known first.
        _absorb_device(pen, keep, absorb)
        pen.set("asset", two[0], {"device": keep})
    else:
        _absorb_device(pen, keep, absorb)
    return "They are one device now."


@edit("doubt", failed="Your answer was not saved")
def answer_doubt(pen: Pen, doubt_id: str, answer: Literal["same", "different"]) -> str:
    """Keep what a person says of a possible duplicate; of one that is the same, the newer row is merged into the older."""
    doubt = next((one for one in pen.inventory.doubts() if one.id == doubt_id), None)
    if doubt is None:
        raise StoreError("That question is answered already; look at the list again.")
    pen.set("doubt", doubt.id, {"answer": answer, "by": pen.by, "answered_at": pen.at, "device": doubt.device})
    say = f"{clean(pen.by or '', 60)} said that they are {'one and the same' if answer == 'same' else 'two different devices'}."
    return f"{say} {_merge_devices(pen, doubt.other, doubt.device)}" if answer == "same" else say


def _together(db: Database, one: dict[str, Any], two: dict[str, Any], keep: str, absorb: str) -> dict[str, Any]:
    """The columns of the row that stays that change."""
    values: dict[str, Any] = {}
    for group in TOGETHER:
        if one[group[0]] is None and two[group[0]] is not None:
            values |= {name: two[name] for name in group}
    to = values.get("connected_to", one["connected_to"])
    # What is connected to the row that goes goes to the one that stays, which must not be connected to any of it.
    if to is not None and {keep, absorb} & set(carriers(db, to)):
        values |= {"connected_to": None, "channel": None}
    place = values.get("place", one["place"])
    if values.get("pin_place") and place not in inside(read_places(db), values["pin_place"]):
        values = {name: value for name, value in values.items() if not name.startswith("pin_")}
    if two["entered_at"] and not one["entered_from"]:
        values |= {name: two[name] for name in ("entered_at", "entered_by", "entered_from")}
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
    newest = max(one, two, key=lambda row: (row[0] is not None or row[2] != "[]", row[4] or ""))
    seen_at = sorted(time for row in (one, two) for time in row[3:] if time)
    facts = {
        "network": newest[0], "mac": newest[1] or one[1] or two[1], "addresses": newest[2],
        "first_seen": seen_at[0] if seen_at else None, "last_seen": seen_at[-1] if seen_at else None,
        "observations_digest": observations_digest(db, keep),
    }  # fmt: skip
    pen.set("device", keep, facts)
    pen.set("device", absorb, {"merged_into": keep, "observations_digest": observations_digest(db, absorb)})


_KINDS = ("mac", "uuid", "serial", "addr")


def _best_first(row: tuple[Any, ...]) -> tuple[bool, int, str]:
    return (row[2] == "weak", _KINDS.index(row[0]), row[1])


def _keys(db: Database, device: str) -> list[tuple[Any, ...]]:
    sql = "SELECT kind, value, trust, rank, first, last FROM device_key WHERE device = ? ORDER BY rank, kind, value"
    return list(db.execute(sql, [device]).fetchall())
