"""Where things are: places, how far each is, floor plans and the pins on them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, get_args

from sqlite_utils import Database

from camcensus.model.asset import PROGRESS_WORDS, Place, PlaceKind, Progress, inside
from camcensus.model.errors import StoreError
from camcensus.model.pictures import Picture
from camcensus.model.tags import iso_date
from camcensus.model.words import clean, count
from camcensus.store.edits.wording import named, these
from camcensus.store.pen import Made, Pen, edit
from camcensus.store.register_rows import read_places

PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
_NO_PIN = {"pin_place": None, "pin_x": None, "pin_y": None, "pin_walked": 0}
GONE = "That place is no longer in the list; choose another."


@edit("set-place", failed="The location was not set")
def set_place(pen: Pen, rows: Sequence[str], place: str | None) -> str:
    """Move rows to a place (None: to no place). A pin stays only where its plan still covers the row."""
    where = _place(pen.db, place) if place is not None else None
    said = these(pen.db, rows)
    pen.set("asset", rows, {"place": place})
    _drop_pins(pen, rows)
    return f"{said} moved to {clean(where.name, 60)}." if where is not None else f"{said} moved to no place."


@edit("set-place", failed="The location was not set")
def set_place_named(pen: Pen, ids: Sequence[str], names: Sequence[str], kind: PlaceKind | None = None) -> str:
    """Move rows to the place at a path of names (`place_named`)."""
    return pen.do(set_place(ids, pen.do(place_named(names, kind=kind)).id))


@edit("add-place", failed="The place was not added")
def add_place(pen: Pen, kind: PlaceKind, name: str, parent: str | None, *, sensitive: bool = False) -> Made:
    """A new place in another, or a new site (`parent` None).

    Raises StoreError for an empty name, a name that is there already, or a place that cannot hold it.
    """
    place = Place(str(uuid.uuid4()), parent, kind, name, sensitive)
    name = _free(pen, place)
    known = _by_name(pen)
    pen.insert("place", place.id, {"parent": parent, "kind": kind, "name": name, "sensitive": int(sensitive)})
    known[parent, name.casefold()] = place.id
    pen.noted["place"] = known
    return Made(f"{clean(name, 60)} added.", place.id)


@edit("add-place", failed="The place was not added")
def place_named(pen: Pen, names: Sequence[str], *, kind: PlaceKind | None = None, sensitive: bool = False) -> Made:
    """The place at a path of names from site down, made where missing; `kind` and `sensitive` are of a new last one.

    Without `kind` each is one level below what it lies in. Capitals do not make another place. Raises StoreError for no name,
    or more than four.
    """
    if not names or len(names) > len(PLACE_KINDS):
        raise StoreError("A place needs one to four names, from the site down to the room; type them.")
    found: Place | None = None
    for depth, typed in enumerate(names):
        above, parent, name = found, found.id if found else None, named(typed, "place")
        there = _by_name(pen).get((parent, name.casefold()))
        found = _place(pen.db, there) if there is not None else None
        if found is None:
            last = depth == len(names) - 1
            at = depth if above is None else min(PLACE_KINDS.index(above.kind) + 1, len(PLACE_KINDS) - 1)
            made = kind if last and kind is not None else PLACE_KINDS[at]
            found = _place(pen.db, pen.do(add_place(made, name, parent, sensitive=last and sensitive)).id)
    if found is None:
        raise StoreError(GONE)
    return Made(f"{clean(found.name, 60)} added.", found.id)


@edit("change-place", failed="The place was not saved")
def change_place(pen: Pen, place: Place) -> str:
    """Rename, move or mark a place, or say how far it is (by its id); its plan stays."""
    name = _free(pen, place)
    before = _place(pen.db, place.id)
    values = {"parent": place.parent, "kind": place.kind, "name": name, "sensitive": int(place.sensitive)}
    values |= _progress(place.progress, place.progress_on)
    pen.set("place", place.id, values)
    if before.parent != place.parent:
        _drop_pins(pen, _rows_in(pen.db, inside(read_places(pen.db), place.id)))
    return f"{clean(name, 60)} saved."


@edit("remove-place", failed="The place was not removed")
def remove_place(pen: Pen, place: str) -> str:
    """Remove a place that holds nothing. Raises StoreError where rows, pins or other places are in it."""
    name = clean(_place(pen.db, place).name, 60)
    for sql, one in (
        ("SELECT count(*) FROM place WHERE parent = ?", "place"),
        ("SELECT count(*) FROM asset WHERE place = ?", "row"),
        ("SELECT count(*) FROM asset WHERE pin_place = ?", "pin"),
    ):
        (held,) = pen.db.execute(sql, [place]).fetchone()
        if held:
            raise StoreError(f"{name} still holds {count(held, one)}; move {'it' if held == 1 else 'them'} elsewhere first.")
    pen.delete("place", place)
    return f"{name} removed."


def _progress(progress: Progress | None, on: str | None) -> dict[str, str | None]:
    if progress is None:
        return {"progress": None, "progress_on": None}
    if progress not in PROGRESS_WORDS:
        raise StoreError(f"The progress must be one of: {', '.join(PROGRESS_WORDS.values())}.")
    day = iso_date(on) if on else None
    if day is None:
        raise StoreError("The progress needs the day it was so, like 24/11/2026.")
    return {"progress": progress, "progress_on": day}


@edit("set-plan", failed="The plan was not saved")
def set_plan(pen: Pen, place: str, picture: Picture | None) -> str:
    """Give a place its floor plan. Pins stay where they are on a picture that replaces another; without one they go."""
    name = clean(_place(pen.db, place).name, 60)
    if picture is not None:
        save_picture(pen.db, picture)
        pen.set("place", place, {"picture": picture.sha256})
        return f"Plan of {name} saved."
    pinned = [row[0] for row in pen.db.execute("SELECT id FROM asset WHERE pin_place = ?", [place])]
    pen.set("asset", pinned, _NO_PIN)
    pen.set("place", place, {"picture": None})
    return f"Plan of {name} removed."


@edit("pin", failed="The pin was not placed")
def put_pin(pen: Pen, asset: str, place: str, x: float, y: float) -> str:
    """Put a row's pin on a plan, or move it; not yet checked on site. A row from elsewhere moves to the plan's place.

    Raises StoreError where the place has no plan, or the point is not on it.
    """
    where = _place(pen.db, place)
    if where.picture is None:
        raise StoreError(f"{clean(where.name, 60)} has no plan yet; add a picture of it first.")
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise StoreError("A pin must be on the plan; put it inside the picture.")
    said = these(pen.db, [asset])
    at, pinned = pen.db.execute("SELECT place, pin_place FROM asset WHERE id = ?", [asset]).fetchone()
    values: dict[str, object] = {"pin_place": place, "pin_x": float(x), "pin_y": float(y), "pin_walked": 0}
    if at not in inside(read_places(pen.db), place):
        values["place"] = place
    pen.set("asset", asset, values)
    return f"{said} {'moved' if pinned == place else 'placed'} on the plan of {clean(where.name, 60)}."


@edit("pin", failed="The pin was not removed")
def remove_pin(pen: Pen, rows: Sequence[str]) -> str:
    """Take rows off their plans."""
    said = these(pen.db, rows)
    pen.set("asset", rows, _NO_PIN)
    return f"{said} taken off the plan."


@edit("pin", failed="That was not recorded")
def walk_pin(pen: Pen, rows: Sequence[str], walked: bool) -> str:
    """Say that somebody was there and saw them, or not yet. Raises StoreError for a row that is on no plan."""
    said = these(pen.db, rows)
    sql = "SELECT ref FROM asset WHERE pin_place IS NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY ref"
    loose = pen.db.execute(sql, [json.dumps(rows)]).fetchall()
    if loose:
        raise StoreError(f"{loose[0][0]} is not on a plan yet; place it first.")
    pen.set("asset", rows, {"pin_walked": int(walked)})
    return f"{said} {'checked on site' if walked else 'not yet checked on site'}."


def save_picture(db: Database, picture: Picture) -> None:
    """A picture's bytes, once. It is found by its digest and never changed, so that undo needs no copy of it."""
    db.execute(
        "INSERT OR IGNORE INTO picture (sha256, kind, media, width, height, data) VALUES (?, ?, ?, ?, ?, ?)",
        [picture.sha256, picture.kind, picture.media, picture.width, picture.height, picture.data],
    )


def _drop_pins(pen: Pen, ids: Sequence[str]) -> None:
    sql = "SELECT id, place, pin_place FROM asset WHERE pin_place IS NOT NULL AND id IN (SELECT value FROM json_each(?))"
    covered: dict[str, frozenset[str]] = {}
    lost = list[str]()
    rows = pen.db.execute(sql, [json.dumps(ids)]).fetchall()
    places = read_places(pen.db) if rows else ()
    for asset, place, pinned in rows:
        if pinned not in covered:
            covered[pinned] = inside(places, pinned)
        if place not in covered[pinned]:
            lost.append(asset)
    pen.set("asset", lost, _NO_PIN)


def _rows_in(db: Database, places: Iterable[str]) -> list[str]:
    sql = "SELECT id FROM asset WHERE place IN (SELECT value FROM json_each(?))"
    return [row[0] for row in db.execute(sql, [json.dumps(sorted(places))])]


_COLUMNS = "id, parent, kind, name, sensitive, picture, progress, progress_on"


def _place(db: Database, place: str) -> Place:
    row = db.execute(f"SELECT {_COLUMNS} FROM place WHERE id = ?", [place]).fetchone()
    if row is None:
        raise StoreError(GONE)
    return _place_of(row)


def _place_of(row: tuple[Any, ...]) -> Place:
    place, parent, kind, name, sensitive, picture, progress, progress_on = row
    return Place(place, parent, kind, name, bool(sensitive), picture, progress, progress_on)


def _by_name(pen: Pen) -> dict[tuple[str | None, str], str]:
    """What lies where under which name, capitals or not: read once, as an import adds thousands."""
    if "place" not in pen.noted:
        rows = pen.db.execute("SELECT parent, name, id FROM place ORDER BY rowid DESC")
        pen.noted["place"] = {(parent, name.casefold()): place for parent, name, place in rows}
    known: dict[tuple[str | None, str], str] = pen.noted["place"]
    return known


def _free(pen: Pen, place: Place) -> str:
    """The place's name, where it may have it there."""
    db, name = pen.db, named(place.name, "place")
    above = _place(db, place.parent) if place.parent is not None else None
    if above is not None and PLACE_KINDS.index(above.kind) >= PLACE_KINDS.index(place.kind):
        raise StoreError(f"A {place.kind} cannot be in a {above.kind}; choose another place for it.")
    while above is not None:
        if above.id == place.id:
            raise StoreError("A place cannot be inside itself; choose another place for it.")
        above = _place(db, above.parent) if above.parent is not None else None
    if _by_name(pen).get((place.parent, name.casefold()), place.id) != place.id:
        raise StoreError(f"{clean(name, 60)} is there already; choose it from the list, or give another name.")
    return name
