"""The register's rows as values, and what a table shows of their answers; everything that is read, nothing that is written."""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from camcensus.model.asset import Asset, Decision, Doubt, KnownBy, Pin, Place, Vendor, known_of, paths_of
from camcensus.model.device import CareFinding, DeviceKind, Finding, Grade
from camcensus.model.pictures import Photo, Picture
from camcensus.model.plain import from_plain
from camcensus.model.tags import FIELDS
from camcensus.model.words import natural

_AS_THEY_ARE = (
    "id", "ref", "kind", "device", "place", "status", "confirmed_by", "confirmed_at",
    *(name for name in FIELDS if name != "ask_installer"),
)  # fmt: skip
"""Columns that an Asset has under the same name, as they are."""
_OTHERS = (
    "tags", "ask_installer", "pin_place", "pin_x", "pin_y", "pin_walked", "decision", "decision_by", "decision_at",
    "decision_why", "decision_review_on", "decision_year", "entered_at", "entered_by", "entered_from",
)  # fmt: skip
ASSET_COLUMNS = (*_AS_THEY_ARE[1:], "kind_by", *_OTHERS)
"""All but the id."""


class Answered(NamedTuple):
    """The newest answer for a device in the columns a table shows. `stale_replies` where replies have come since `at`.

    `findings`, `care`, `answer` (the whole), `keys` and what ends in `_json` are JSON text, read where somebody asks.
    """

    device: str
    network: str | None
    mac: str | None
    addresses_json: str
    kind: DeviceKind
    manufacturer: str | None
    candidates_json: str
    grade: Grade
    brand: str | None
    model: str | None
    serial: str | None
    firmware: str | None
    findings: str
    care: str
    knowledge_version: str
    at: str
    stale_replies: int
    answer: str
    keys: str

    @property
    def addresses(self) -> tuple[str, ...]:
        """The device's addresses at its last search."""
        return _texts(self.addresses_json)

    @property
    def candidates(self) -> tuple[str, ...]:
        """The makers that the signs speak for, best first."""
        return _texts(self.candidates_json)


def read_places(db: Database) -> tuple[Place, ...]:
    """All places, parents before children, siblings by name as people count."""
    rows = [
        Place(place, parent, kind, name, bool(sensitive), picture, progress, progress_on)
        for place, parent, kind, name, sensitive, picture, progress, progress_on in db.execute(
            "SELECT id, parent, kind, name, sensitive, picture, progress, progress_on FROM place"
        )
    ]
    rows.sort(key=lambda place: (natural(place.name), place.id))
    children: dict[str | None, list[Place]] = {}
    for place in rows:
        children.setdefault(place.parent, []).append(place)
    ordered: list[Place] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        place = waiting.pop()
        ordered.append(place)
        waiting.extend(reversed(children.get(place.id, [])))
    return tuple(ordered)


def read_vendors(db: Database) -> tuple[Vendor, ...]:
    """Who sold or serves, by name."""
    rows = db.execute(
        "SELECT id, name, role, contract_number, contract_end, email, phone FROM contact ORDER BY name COLLATE NOCASE, id"
    )
    return tuple(Vendor(*row) for row in rows)


def read_assets(db: Database, ids: Iterable[str] | None = None) -> tuple[Asset, ...]:
    """The register, or the rows named, by ref. A room inside a sensitive place is sensitive too."""
    places = read_places(db)
    paths = paths_of(places)
    sensitive: dict[str, bool] = {}
    for place in places:
        sensitive[place.id] = place.sensitive or sensitive.get(place.parent or "", False)
    where, values = among("asset.id", ids)
    photos = dict(db.execute("SELECT asset, count(*) FROM photo GROUP BY asset").fetchall())
    noted = _read_noted(db, ids)
    rows = db.execute(
        f"SELECT {_listed(_AS_THEY_ARE)}, {_listed(_OTHERS)}, seller_.name, maintainer_.name, there.ref,"
        " device_.first_seen, device_.last_seen FROM asset LEFT JOIN contact AS seller_ ON seller_.id = asset.seller"
        " LEFT JOIN contact AS maintainer_ ON maintainer_.id = asset.maintainer"
        " LEFT JOIN asset AS there ON there.id = asset.connected_to LEFT JOIN device AS device_ ON device_.id = asset.device"
        f"{where} ORDER BY asset.ref",
        values,
    )
    assets = (_asset(row, paths, sensitive, photos, noted) for row in rows)
    return tuple(sorted(assets, key=lambda asset: natural(asset.ref)))


def _read_noted(db: Database, ids: Iterable[str] | None) -> Mapping[str, Sequence[KnownBy]]:
    """Asset id -> who read what of its device, and which lists have it; what was typed into the record comes from no list."""
    where, values = among("asset.id", ids)
    found = defaultdict[str, list[KnownBy]](list)
    for asset, at, probe, who, file, number in db.execute(
        "SELECT asset.id, observation.at, probe, json_extract(fields, '$.\"person.who\"[0]'),"
        " json_extract(fields, '$.\"list.file\"[0]'), json_extract(fields, '$.\"list.row\"[0]')"
        " FROM observation JOIN asset ON asset.device = observation.device"
        f"{where or ' WHERE true'} AND superseded = 0 AND (probe = 'person' OR probe = 'list'"
        " AND (json_extract(fields, '$.\"list.basis\"[0]') IS NULL OR json_extract(fields, '$.\"list.file\"[0]') IS NOT NULL))",
        values,
    ):
        source = f"{file}, row {number}" if number else file or ""
        found[asset].append(KnownBy("list", at, source) if probe == "list" else KnownBy("person", at, who or ""))
    return found


def _asset(
    row: tuple[Any, ...],
    paths: Mapping[str, tuple[str, ...]],
    sensitive: Mapping[str, bool],
    photos: Mapping[str, int],
    noted: Mapping[str, Sequence[KnownBy]],
) -> Asset:
    said = dict(zip(_AS_THEY_ARE, row, strict=False))
    (
        tags, ask, pin_place, x, y, walked, what, by, at, why, review_on, year, entered_at, entered_by, entered_from,
        seller_name, maintainer_name, connected_ref, first_seen, last_seen,
    ) = row[len(_AS_THEY_ARE) :]  # fmt: skip
    happened = [KnownBy("search", last_seen)] if last_seen else []
    if entered_at:
        happened.append(
            KnownBy("list", entered_at, entered_from) if entered_from else KnownBy("person", entered_at, entered_by or "")
        )
    looked = said["last_picture_check"]
    if looked and not (entered_from and looked <= (entered_at or "")[:10]):  # else the list says so
        happened.append(KnownBy("person", looked, said["picture_checked_by"] or ""))
    if said["confirmed_at"]:
        happened.append(KnownBy("person", said["confirmed_at"], said["confirmed_by"] or ""))
    happened += noted.get(said["id"], ())
    place = said["place"]
    return Asset(
        **said, place_path=paths.get(place, ()), sensitive=sensitive.get(place, False),
        decision=Decision(what, by, at, why or "", review_on, year) if what is not None else None,
        seller_name=seller_name, maintainer_name=maintainer_name, connected_ref=connected_ref, tags=_texts(tags),
        pin=Pin(pin_place, x, y, bool(walked)) if pin_place is not None else None, ask_installer=bool(ask),
        photos=photos.get(said["id"], 0), first_seen=first_seen, last_seen=last_seen, known_by=known_of(happened),
    )  # fmt: skip


def read_answers(db: Database, ids: Iterable[str] | None = None, *, rowless: bool = False) -> dict[str, Answered]:
    """Device id -> the newest answer for it, of all devices that are not merged into another, or of those named.

    `rowless` gives those that have no row in the register.
    """
    where, values = among("device.id", ids)
    if rowless:
        where = f"{where or ' WHERE true'} AND NOT EXISTS (SELECT 1 FROM asset WHERE asset.device = device.id)"
    rows = db.execute(
        "SELECT device.id, network, mac, addresses, judgement.kind, manufacturer, candidates, grade, brand, model, serial,"
        " firmware, findings, care, knowledge_version, judged_at, device.observations_digest <> judgement.observations_digest,"
        " answer, (SELECT json_group_array(json_array(kind, value, trust)) FROM (SELECT kind, value, trust FROM device_key"
        " WHERE device_key.device = device.id ORDER BY rank, kind, value))"
        " FROM device JOIN judgement ON judgement.device = device.id"
        " AND judgement.id = (SELECT max(id) FROM judgement AS newest WHERE newest.device = device.id)"
        f"{where or ' WHERE true'} AND merged_into IS NULL",
        values,
    )
    return {row[0]: Answered._make(row) for row in rows}


@functools.lru_cache(maxsize=4096)
def findings_of(text: str) -> tuple[Finding, ...]:
    """The findings of an answer from their column: many devices share one text."""
    return tuple(from_plain(Finding, one) for one in json.loads(text))


@functools.lru_cache(maxsize=4096)
def care_of(text: str) -> tuple[CareFinding, ...]:
    """What to act on, of an answer from its column: many devices share one text."""
    return tuple(from_plain(CareFinding, one) for one in json.loads(text))


def read_photos(db: Database, asset: str | None = None) -> tuple[Photo, ...]:
    """The photos of a row, or of all, oldest first."""
    where, values = ("", []) if asset is None else (" WHERE asset = ?", [asset])
    rows = db.execute(
        f"SELECT id, asset, picture, name, taken_at, added_at FROM photo{where}"
        " ORDER BY coalesce(taken_at, added_at), name, id",
        values,
    )
    return tuple(Photo(*row) for row in rows)


def read_picture(db: Database, sha256: str) -> Picture | None:
    """A picture by its content's digest."""
    rows = db.execute("SELECT sha256, kind, media, width, height, data FROM picture WHERE sha256 = ?", [sha256])
    return next((Picture(*row) for row in rows), None)


def read_doubts(db: Database, open_only: bool = True) -> tuple[Doubt, ...]:
    """Possible duplicates, oldest first; those whose device was merged meanwhile are closed by that."""
    still = " AND answer IS NULL AND one.merged_into IS NULL AND two.merged_into IS NULL" if open_only else ""
    rows = db.execute(
        "SELECT doubt.id, doubt.device, other, reason, doubt.at, answer, doubt.by, answered_at FROM doubt"
        " JOIN device AS one ON one.id = doubt.device JOIN device AS two ON two.id = doubt.other"
        f" WHERE true{still} ORDER BY doubt.at, doubt.id"
    )
    return tuple(Doubt(*row) for row in rows)


def read_used(db: Database, column: str) -> tuple[str, ...]:
    """Texts that are in a column of the register, most used first, then by name."""
    if column not in ASSET_COLUMNS:
        raise KeyError(column)
    source = "asset, json_each(asset.tags) AS one" if column == "tags" else "asset"
    value = "one.value" if column == "tags" else f'"{column}"'
    rows = db.execute(
        f"SELECT {value} AS said FROM {source} WHERE said IS NOT NULL GROUP BY said ORDER BY count(*) DESC, said COLLATE NOCASE"
    )
    return tuple(str(row[0]) for row in rows)


@functools.lru_cache(maxsize=8192)
def _texts(text: str) -> tuple[str, ...]:
    if text == "[]":
        return ()
    if text.count('"') == 2 and "\\" not in text and text.startswith('["'):
        return (text[2:-2],)
    return tuple(json.loads(text))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"asset.{name}" for name in names)


def among(column: str, ids: Iterable[str] | None) -> tuple[str, list[str]]:
    """A WHERE for the rows named and its values; nothing where all are wanted (None)."""
    if ids is None:
        return "", []
    return f" WHERE {column} IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]


# What people call a row: refs, given once and never again.


def next_ref(db: Database, prefix: str) -> str:
    """ "CAM-004": one more than any given before, also where that row was taken back."""
    while True:
        db.execute(
            "INSERT INTO ref_counter (prefix, last) VALUES (?, 1) ON CONFLICT (prefix) DO UPDATE SET last = last + 1", [prefix]
        )
        (last,) = db.execute("SELECT last FROM ref_counter WHERE prefix = ?", [prefix]).fetchone()
        ref = f"{prefix}-{last:03d}"
        # A list may have brought one that looks like ours.
        if db.execute("SELECT 1 FROM asset WHERE ref = ?", [ref]).fetchone() is None:
            return ref


def refs_in_use(db: Database) -> set[str]:
    """The refs of all rows of the register."""
    return {str(ref) for (ref,) in db.execute("SELECT ref FROM asset")}
