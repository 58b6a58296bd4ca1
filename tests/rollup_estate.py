"""A made-up country: exchange files of so many bodies, seeded, and the truth of each, counted without the roll-up.

Rows of a device are those that the real exporter writes for a labelled case, with other addresses and numbers for each unit. The
proportions are those of the published study (tests/study.py); which body has what is drawn from the seed.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from camcensus.model.asset import Body
from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Interface, ScanRecord
from camcensus.model.words import utc_second
from camcensus.store.exchange_file.schema import APPLICATION_ID, HASHED, SCHEMA, SCHEMA_VERSION, TABLES, table_digest
from camcensus.store.inventory import create_inventory
from camcensus.store.keeping import SavedDevice
from camcensus.store.vendors_db.read import load_knowledge
from study import ANSWERED, LISTED_SHARE, OTHER_LISTED, SHARE_DAHUA, SHARE_HIKVISION

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
NETWORK = "eth0 10.0.0.2/24"
SURE = ("confirmed", "almost-certain")
NAMED = (*SURE, "likely")
_FORMS = {"school": "urn", "college": "urn", "university": "company_no", "council": "gss", "nhs": "ods", "police": None}
_YEARS = (None, 2014, 2017, 2019, 2021, 2023)


class Template(NamedTuple):
    """A sort of device: its rows by table as JSON, the texts that are its own, and what is known of it."""

    text: str
    tokens: tuple[tuple[str, str], ...]
    kind: str
    maker: str | None
    grade: str
    able: tuple[str, ...]
    keyed: bool


@dataclass(frozen=True, slots=True)
class Camera:
    """A row of a register as the generator knows it. `unit` is the same for the same device in another record."""

    template: int | None
    unit: int
    status: str
    said_kind: str | None
    sensitive: bool
    inside: str | None
    year: int | None
    camera_type: str | None = None
    purpose: str | None = None
    retention_days: int | None = None
    dpia_ref: str | None = None
    seller: str | None = None
    cost_pence: int | None = None
    decision: str | None = None
    decision_year: str | None = None


@dataclass(slots=True)
class BodyTruth:
    """What was put into the files of one body."""

    number: int
    name: str
    type: str
    ids: dict[str, str]
    use: dict[str, str | None] = field(default_factory=dict)
    """Its answers on how it uses its cameras."""
    cameras: list[Camera] = field(default_factory=list)
    """Each device once, whatever number of files it is in."""
    paths: list[Path] = field(default_factory=list)
    records: list[tuple[datetime, list[Camera]]] = field(default_factory=list)
    """What each file holds, and as at when."""


@dataclass(slots=True)
class Estate:
    """All bodies, and the sorts of devices; `shared` are units that a second body has too."""

    bodies: list[BodyTruth]
    templates: tuple[Template, ...]
    shared: set[int]
    base: dict[str, list[list[Any]]]

    def kind(self, one: Camera) -> str:
        if one.said_kind is not None:
            return one.said_kind
        return "camera" if one.template is None else self.templates[one.template].kind

    def counts_as(self, one: Camera) -> str:
        if one.status == "removed":
            return "gone"
        kind = self.kind(one)
        return "may-be-camera" if kind == "unknown" else kind

    def grade(self, one: Camera) -> str:
        return "unknown" if one.template is None else self.templates[one.template].grade

    def maker(self, one: Camera) -> str | None:
        return None if one.template is None else self.templates[one.template].maker

    def cameras_of(self, body: BodyTruth) -> list[Camera]:
        return [one for one in body.cameras if self.counts_as(one) == "camera"]


@cache
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "vendors.db")


@cache
def templates() -> tuple[tuple[Template, ...], dict[str, list[list[Any]]]]:
    """Sorts of devices with the rows that the real exporter writes, and the rows that every file has (lists, sources, words)."""
    from bench.reassess import kinds
    from camcensus.identity.group import group
    from camcensus.tasks.finding.census import judge_device
    from camcensus.tasks.share.tables import ExportRequest, fill
    from labelled.every import cases

    known = knowledge()
    chosen: dict[tuple[object, ...], list[Any]] = {}
    for number, told in enumerate((*kinds(), *(case.observations() for case in cases()))):
        address = f"10.9.{number >> 8}.{number & 255}"
        replies = [replace(one, address=address) for one in told]
        devices = group(replies, known)
        if len(devices) != 1 or any(one.probe == "person" for one in replies):
            continue
        verdict = judge_device(devices[0], known)
        kind, able = verdict.description.kind, any(one.state != "unknown" for one in verdict.capabilities)
        if kind in ("camera", "recorder", "unknown") and not (kind == "unknown" and verdict.attribution.grade in NAMED):
            there = chosen.setdefault((verdict.attribution.manufacturer, verdict.attribution.grade, kind, able), [])
            if len(there) < 1 + (kind == "camera"):
                there.append((devices[0], verdict))
    kept = [
        SavedDevice(id=str(uuid.uuid5(uuid.NAMESPACE_OID, str(number))), new=True, device=device, verdict=verdict, outcome="x", prefix="CAM", matched="New.")
        for number, (device, verdict) in enumerate(pair for pairs in chosen.values() for pair in pairs)
    ]  # fmt: skip
    rows: dict[str, list[list[Any]]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        create_inventory(Path(folder) / "sorts.camcensus", Body("b", "Sorts"), now=NOW) as inventory,
    ):
        scan = ScanRecord(
            id="scan", started_at="2026-11-20T10:40:00Z", ended_at="2026-11-20T10:42:00Z", stopped_early=False,
            knowledge_version=known.version, interfaces=(Interface("eth0", "10.0.0.2/24"),), ranges=(), passive=False,
            pace="gentle", coverage=(), not_covered=(),
        )  # fmt: skip
        inventory.keep(scan, [one for kind in kept for one in kind.device.observations], kept, NOW)
        fill(inventory, known, ExportRequest("A"), NOW, lambda table, some: rows.setdefault(table, []).extend(map(list, some)))
    owned = ("device", "device_key", "observation", "attribution", "evidence", "finding", "asset")
    made = []
    for one in kept:
        mine = {table: [row for row in rows[table] if one.id in (row[0], row[1], row[6])] for table in owned}
        mine["asset"] = [row for row in rows["asset"] if row[6] == one.id]
        keys = one.device.keys
        text = json.dumps(mine, ensure_ascii=False)
        made.append(
            Template(
                text, tuple(_tokens(one, text)), one.verdict.description.kind, one.verdict.attribution.manufacturer,
                one.verdict.attribution.grade, tuple(sorted(able.capability for able in one.verdict.capabilities if able.state != "unknown")),
                any(key.trust == "strong" and key.kind != "addr" for key in keys),
            )
        )  # fmt: skip
    base = {table: some for table, some in rows.items() if table in ("about", "data_dictionary", "list_used", "source")}
    return tuple(made), base


def _tokens(one: SavedDevice, text: str) -> Iterator[tuple[str, str]]:
    """What of a device's rows is its own: the text, and how the unit's is made. Longest first."""
    found: dict[str, str] = {one.id: "{device}", one.device.addresses[0]: "{address}"}
    for key in one.device.keys:
        if key.kind == "mac":
            head, tail = key.value[:9], key.value[9:]
            for form in (key.value, key.value.upper()):
                found[form] = (head if form.islower() else head.upper()) + "{mac}"
            for form in (key.value.replace(":", ""), key.value.replace(":", "").upper()):
                found[form] = (head if form.islower() else head.upper()).replace(":", "") + "{tail}"
            found[key.value.replace(":", "-")] = head.replace(":", "-") + "{dashed}"
            del tail
        if key.kind == "serial":
            serial = key.value.partition(":")[2]
            found.setdefault(serial, serial[: max(0, len(serial) - 7)] + "{serial}")
        if key.kind == "uuid" and len(key.value) > 12:
            found.setdefault(key.value, key.value[:-7] + "{serial}")
    for row in json.loads(text)["observation"]:
        found[row[0]] = "{hex}" + row[0][8:]
    asset = json.loads(text)["asset"][0]
    found[asset[0]] = "{asset}"
    found[f'"{asset[1]}"'] = '"{ref}"'
    return iter(sorted(((old, new) for old, new in found.items() if old in text), key=lambda pair: -len(pair[0])))


def make_estate(seed: int, bodies: int, devices: int, *, double_share: float = 0.004) -> Estate:
    """Which body has which devices. Pure: one seed gives one country."""
    sorts, base = templates()
    draw = random.Random(seed)
    typed = random.Random(seed + 1)
    listed = listed_makers()
    groups = {
        "hikvision": [
            n for n, one in enumerate(sorts) if one.maker == "hikvision" and one.grade in NAMED and one.kind == "camera"
        ],
        "dahua": [n for n, one in enumerate(sorts) if one.maker == "dahua" and one.grade in NAMED and one.kind == "camera"],
        "other": [n for n, one in enumerate(sorts) if one.maker not in listed and one.grade in NAMED],
        "doubt": [n for n, one in enumerate(sorts) if one.grade not in NAMED],
    }
    made = []
    types = [kind for kind, number in ANSWERED.items() for _ in range(max(1, round(number * bodies / sum(ANSWERED.values()))))]
    types = (types + ["school"] * bodies)[:bodies]
    weights = [draw.lognormvariate(0, 0.8) for _ in types]
    sizes = [int(devices * weight / sum(weights)) for weight in weights]
    for number in range(devices - sum(sizes)):
        sizes[number % bodies] += 1
    unit = 0
    shared: set[int] = set()
    pool: list[tuple[int, int, int]] = []
    for number, kind in enumerate(types):
        body = BodyTruth(number, f"Body {number:05d} {kind.title()}", kind, _ids(kind, number))
        body.use = {one.name: typed.choice([None, *one.answers]) for one in USE_QUESTIONS}
        has = draw.random() < LISTED_SHARE.get(kind, OTHER_LISTED)
        makers = []
        if has:
            both = draw.random()
            makers = ["hikvision"] if both < SHARE_HIKVISION else ["dahua"]
            if makers == ["hikvision"] and both < SHARE_HIKVISION + SHARE_DAHUA - 1:
                makers.append("dahua")
        pick = [n for name in makers for n in groups[name]]
        for place in range(sizes[number]):
            fate = draw.random()
            if pick and place == 0:
                template: int | None = pick[0]
            elif pick and len(makers) == 2 and place == 1:
                template = pick[-1]
            elif pick and fate < 0.55:
                template = draw.choice(pick)
            elif fate < 0.96:
                template = draw.choice(groups["other"] if fate < 0.88 else groups["doubt"])
            else:
                template = None
            this, unit = unit, unit + 1
            if template is not None and sorts[template].keyed and draw.random() < double_share:
                if pool and pool[-1][2] != number and draw.random() < 0.5:
                    there, template, _ = pool.pop()
                    shared.add(there)
                    this = there
                else:
                    pool.append((this, template, number))
            said = draw.random()
            body.cameras.append(
                Camera(
                    template, this, draw.choices(("present", "not-seen", "removed"), (90, 6, 4))[0],
                    ("camera" if said < 0.02 else "recorder" if said < 0.025 else None), draw.random() < 0.15,
                    draw.choice(("inside", "outside", None)), draw.choice(_YEARS), **_written_down(typed, number),
                )
            )  # fmt: skip
        made.append(body)
    return Estate(made, sorts, shared, base)


def _written_down(draw: random.Random, body: int) -> dict[str, Any]:
    """What staff have written down of a camera: of most of them nothing."""
    if draw.random() < 0.6:
        return {}
    decision = draw.choice((None, "keep", "replace", "remove", "separate"))
    return {
        "camera_type": draw.choice((None, "dome", "bullet", "ptz")),
        "purpose": draw.choice((None, "Main entrance", "main  entrance", "Car park", f"Yard {body}")),
        "retention_days": draw.choice((None, 0, 7, 8, 30, 31, 32, 90, 91, 365)),
        "dpia_ref": draw.choice((None, "DPIA 1")),
        "seller": draw.choice((None, "Elm Security", "ELM security", f"Firm {body % 5}")),
        "cost_pence": draw.choice((None, 0, 12_345, 20_000)),
        "decision": decision,
        "decision_year": draw.choice((None, "2026-27", "2027", "soon")) if decision in ("replace", "remove") else None,
    }


def listed_makers() -> frozenset[str]:
    """Makers that a list which is on by default names, by themselves or through whom they belong to."""
    known = knowledge()
    on = {one.id for one in known.lists.values() if one.default_on}
    named = {named.manufacturer for one in known.lists.values() if one.id in on for named in one.names}
    found = set()
    for maker in known.manufacturers:
        at: str | None = maker
        for _ in range(8):
            if at in named:
                found.add(maker)
            entry = known.manufacturers.get(at or "")
            at = entry.parent if entry else None
    return frozenset(found)


def based_makers() -> frozenset[str]:
    """Makers whose own legal seat is in China by a source; whoever owns them makes no difference."""
    return frozenset(maker.id for maker in knowledge().manufacturers.values() if maker.country == "China" and maker.seat_source)


def _ids(kind: str, number: int) -> dict[str, str]:
    form = _FORMS.get(kind)
    value = {"urn": f"{100000 + number}", "gss": f"E{number:08d}", "ods": f"R{number:05d}", "company_no": f"{number:08d}"}
    return {form: value[form]} if form else {}


def write_estate(estate: Estate, folder: Path, *, two_files: float = 0.05, processes: int = 2, seed: int = 1) -> None:
    """Write a file a body, and two for some, a few devices being in both; fills in the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)
    jobs = []
    for body in estate.bodies:
        cut = draw.random() < two_files and len(body.cameras) > 10
        parts = [body.cameras]
        if cut:
            half = len(body.cameras) // 2
            known = [one for one in body.cameras[half:] if one.template is not None and estate.templates[one.template].keyed]
            parts = [body.cameras[:half] + [one for one in known if one.status != "removed"][:2], body.cameras[half:]]
        for part, cameras in enumerate(parts):
            path = folder / f"{body.number:05d}-{part}.camcensus"
            body.paths.append(path)
            made_at = NOW - timedelta(days=draw.randrange(1, 200), seconds=body.number)
            body.records.append((made_at, cameras))
            jobs.append((replace_body(body), cameras, path, part, draw.randrange(1 << 40), made_at))
    if processes <= 1 or len(jobs) < 300:
        for job in jobs:
            write_file(estate, *job)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        global _shared  # noqa: PLW0603
        _shared = estate
        list(pool.map(_write_one, jobs, chunksize=8))


def replace_body(body: BodyTruth) -> BodyTruth:
    return BodyTruth(body.number, body.name, body.type, body.ids, body.use)


_shared: Estate | None = None


def _write_one(job: Any) -> None:
    assert _shared is not None
    write_file(_shared, *job)


def write_file(
    estate: Estate, body: BodyTruth, cameras: Sequence[Camera], path: Path, part: int, seed: int,
    made_at: datetime = NOW, *, change: Any = None, version: str | None = None, method: str = "search+walk",
) -> None:  # fmt: skip
    """One exchange file. `change` is given the connection before the digests are worked out."""
    draw = random.Random(seed)
    path.unlink(missing_ok=True)
    body_id = str(uuid.uuid5(uuid.NAMESPACE_DNS, f"body {body.number}"))
    inventory = str(uuid.uuid5(uuid.NAMESPACE_DNS, f"inventory {body.number} {part}"))
    made = made_at
    version = version or knowledge().version
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
            db.execute(f"PRAGMA {setting}").fetchone()
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        db.executescript(SCHEMA)
        db.execute("BEGIN")
        rows: dict[str, list[Any]] = {table: list(some) for table, some in estate.base.items()}
        rows["body"] = [
            (
                body_id,
                body.name,
                body.type,
                *(body.ids.get(kind) for kind in ("urn", "ods", "gss", "company_no")),
                None,
                None,
                4,
                None,
                *(body.use.get(one.name) for one in USE_QUESTIONS),
            )
        ]
        rows["place"] = [
            ("site", None, "site", "Main site", "Main site", 0, 0, None), ("hall", "site", "building", "Hall", "Main site › Hall", 1, 1, None),
        ]  # fmt: skip
        rows["scan"] = [
            ["scan", 1, "2026-11-20T10:40:00Z", "2026-11-20T10:42:00Z", 0, version, "[]", "[]", 0, "gentle", "[]", None, 0]
        ]
        for number, one in enumerate(cameras, 1):
            _add(estate, inventory, one, number, draw, rows)
        rows["contact_role"] = [
            (name, name, "seller", None) for name in sorted({one.seller for one in cameras if one.seller is not None})
        ]
        rows["plan_total"] = [("2026-27", len(cameras), 1, 100_000 + body.number), ("not dated", 2, 2, 0)]
        rows["place_progress"] = [("hall", "has", "2026-11-20", "computed", 2, 0, 1)]
        for table in (
            "body",
            "contact_role",
            "place",
            "scan",
            "device",
            "device_key",
            "asset",
            "observation",
            "attribution",
            "evidence",
            "finding",
            "decision",
            "plan_total",
            "place_progress",
            *estate.base,
        ):
            if rows.get(table):
                db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[table][0]))})", rows[table])
        if version != knowledge().version:
            db.execute("UPDATE attribution SET knowledge_version = ?", [version])
        if change is not None:
            change(db)
        tables = {table: dict(zip(("rows", "sha256"), table_digest(db, table), strict=True)) for table in HASHED}
        db.execute(
            f"INSERT INTO export VALUES (?, ?, ?, {SCHEMA_VERSION}, ?, 'a member of staff', '0.1.0', 'auditor', 0, '[]', ?, ?, ?, ?, 0, ?, NULL, NULL)",
            [
                str(uuid.UUID(int=draw.getrandbits(128))), inventory, body_id, utc_second(made), version, utc_second(made),
                "2026-11-20T10:42:00Z", method, json.dumps(tables),
            ],
        )  # fmt: skip
        db.execute("COMMIT")


def _add(estate: Estate, inventory: str, one: Camera, number: int, draw: random.Random, rows: dict[str, list[Any]]) -> None:
    asset = str(uuid.uuid5(uuid.NAMESPACE_URL, f"asset {inventory} {one.unit}"))
    ref = f"CAM-{number:05d}"
    if one.template is None:
        kind = estate.kind(one)
        said = {
            "id": asset, "ref": ref, "kind": kind, "kind_said_by": "person", "status": one.status, "counts_as": "",
            "in_sensitive": 0, "unconfirmed": 0, "method": "walk",
        }  # fmt: skip
        row = [said.get(name) for name in _ASSET]
    else:
        template = estate.templates[one.template]
        text = template.text
        tail = f"{one.unit:06x}"
        unit = {
            "{device}": str(uuid.UUID(int=draw.getrandbits(128))), "{mac}": f"{tail[:2]}:{tail[2:4]}:{tail[4:]}", "{tail}": tail,
            "{dashed}": f"{tail[:2]}-{tail[2:4]}-{tail[4:]}", "{serial}": f"{one.unit:07d}", "{hex}": f"{draw.getrandbits(32):08x}",
            "{asset}": asset, "{ref}": ref, "{address}": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }  # fmt: skip
        for old, new in template.tokens:
            text = text.replace(old, _FIELD.sub(lambda found: unit[found[0]], new))
        made = json.loads(text)
        row = made.pop("asset")[0]
        for table, some in made.items():
            rows.setdefault(table, []).extend(some)
        row[2] = estate.kind(one)
        row[3] = "answers" if one.said_kind is None else "person"
        row[4] = one.status
    row[5] = estate.counts_as(one)
    row[7] = "hall" if one.sensitive else "site"
    row[8] = int(one.sensitive)
    row[10] = one.inside
    row[21], row[23] = (None, None) if one.year is None else (str(one.year), one.year)
    for name in ("camera_type", "purpose", "retention_days", "dpia_ref", "seller", "cost_pence"):
        row[_ASSET.index(name)] = getattr(one, name)
    if one.decision is not None:
        rows.setdefault("decision", []).append(
            (asset, one.decision, "staff", "2026-11-20T10:42:00Z", "", None, one.decision_year)
        )
    rows.setdefault("asset", []).append(row)


_ASSET = tuple(TABLES["asset"].columns)
_FIELD = re.compile(r"\{[a-z]+\}")


def truth(estate: Estate, body: BodyTruth) -> dict[str, int]:
    """A body's figures, counted from what was drawn for it."""
    listed = listed_makers()
    cameras = estate.cameras_of(body)
    grades = Counter((estate.maker(one) in listed, estate.grade(one)) for one in cameras)
    based = Counter(estate.grade(one) for one in cameras if estate.maker(one) in based_makers())
    return {
        "cameras": len(cameras),
        "listed_proven": sum(grades[True, grade] for grade in SURE),
        "listed": sum(grades[True, grade] for grade in NAMED),
        "based_in_china_proven": sum(based[grade] for grade in SURE),
        "based_in_china": sum(based[grade] for grade in NAMED),
        "not_known": sum(number for (_, grade), number in grades.items() if grade not in NAMED),
        "recorders": sum(estate.counts_as(one) == "recorder" for one in body.cameras),
        "may_be_cameras": sum(estate.counts_as(one) == "may-be-camera" for one in body.cameras),
    }


def once_in_nation(estate: Estate) -> list[tuple[BodyTruth, Camera]]:
    """Every device once: of one that several records have, the newest record's row counts. Removed rows are no match for any."""
    newest: dict[int, tuple[datetime, BodyTruth, Camera]] = {}
    found = []
    for body in estate.bodies:
        seen = set()
        for at, cameras in sorted(body.records, key=lambda record: record[0], reverse=True):
            for one in cameras:
                if one.unit in seen:
                    continue
                seen.add(one.unit)
                if one.unit not in estate.shared or one.status == "removed":
                    found.append((body, one))
                elif one.unit not in newest or at > newest[one.unit][0]:
                    newest[one.unit] = (at, body, one)
    return found + [(body, one) for _, body, one in newest.values()]
