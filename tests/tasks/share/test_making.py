"""Files for others, from one estate: each holds what its audience is given and nothing else, and adds up to the record."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.pwhash import argon2id
from PIL import Image

from camcensus.intake.pictures import plain_picture
from camcensus.model.asset import Asset, Decision, Place
from camcensus.model.device import Device, Key, Observation, Reading
from camcensus.model.errors import DiskError, StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.planning.counts import is_counted
from camcensus.store import sealed
from camcensus.store.edits import placing
from camcensus.store.edits.settings import set_body
from camcensus.store.exchange_file.reading import check_exchange
from camcensus.store.inventory import open_inventory
from camcensus.tasks import safekeeping
from camcensus.tasks.finding.census import Census, judge, judge_device
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.editions import Edition
from camcensus.tasks.reports.scope import ReportScope, looked_up
from camcensus.tasks.share.columns import COLUMNS
from camcensus.tasks.share.devices import DeviceAnswer
from camcensus.tasks.share.making import Shared, ShareWish, share, suggested_name
from camcensus.tasks.share.progress import progress_rows
from camcensus.tasks.share.staff import ROLE, Staff
from camcensus.tasks.share.tables import channel_rows
from camcensus.wire.read import read
from planted import ids, plant
from report_estate import NOW, STAFF, estate, knowledge
from samples import DATA, scan

PHRASE = "four plain words here"


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("estate") / "estate.camcensus"
    estate(path)
    return path


@pytest.fixture(autouse=True, scope="module")
def cheap() -> object:
    """The passphrase costs as little as libsodium allows: what a try costs is not what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "OPS", argon2id.OPSLIMIT_MIN)
        patch.setattr(sealed, "MEMORY_BYTES", argon2id.MEMLIMIT_MIN)
        yield


def made(record: Path, known: Knowledge, to: Path, audience: str, by: str = STAFF, **more: object) -> Shared:
    passphrase = PHRASE if audience == "backup" and not more.get("plain") else None
    with register.open_inventory(record, NOW, readonly=True) as inventory:
        wish = ShareWish(audience, by, **more)  # type: ignore[arg-type]
        return share(inventory, known, to, wish, NOW, passphrase=passphrase, key_folder=to.parent / "keys")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        yield db


def tables_of(path: Path) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(path) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
            if name.endswith(".csv")
        }


# -- a part of the register


def parts_of(record: Path, known: Knowledge) -> list[ReportScope]:
    """A place, a site, two entries, and a year of the plan."""
    with register.open_inventory(record, NOW, readonly=True) as inventory:
        assets, places = inventory.assets(), inventory.places()
    busy = Counter(one.place for one in assets if one.place).most_common(1)[0][0]
    site = next(one.id for one in places if one.parent is None)
    return [
        ReportScope(place=busy), ReportScope(place=site), ReportScope(assets=tuple(one.id for one in assets[:6])),
        ReportScope(year="2026-27"),
    ]  # fmt: skip


def test_a_supplier_gets_the_part_that_was_chosen_in_every_table_and_photograph(
    whole: Path, known: Knowledge, tmp_path: Path
) -> None:
    every = tables_of(made(whole, known, tmp_path / "all.zip", "supplier").path)
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        rows = register.rows(inventory, known)
        for scope in parts_of(whole, known):
            found = looked_up(scope, inventory, known, rows, now=NOW, edition=Edition("supplier"))
            assert found is not None
            refs = {row.asset.ref for row in found.of(rows)}
            shared = made(whole, known, tmp_path / "part.zip", "supplier", scope=scope)
            tables = tables_of(shared.path)
            for name, table in every.items():
                assert tables[name] == [one for one in table if one["ref"] in refs]
            assert tables["devices.csv"]
            with zipfile.ZipFile(shared.path) as archive:
                photos = {name.split("/")[1].rsplit("-", 1)[0] for name in archive.namelist() if name.startswith("photos/")}
                assert photos <= refs
                assert shared.part in archive.read("read-me-first.txt").decode("utf-8-sig")


def test_the_public_counts_of_a_part_are_those_of_its_cameras_and_name_no_place(
    whole: Path, known: Knowledge, tmp_path: Path
) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        rows, names = register.rows(inventory, known), {one.name for one in inventory.places()}
        for scope in parts_of(whole, known)[1:3]:
            found = looked_up(scope, inventory, known, rows, now=NOW, edition=Edition("public"))
            assert found is not None
            shared = made(whole, known, tmp_path / "part.zip", "public", scope=scope)
            counted = sum(int(one["count"]) for one in tables_of(shared.path)["foi_public.csv"])
            assert counted == register.count_rows(found.of(rows)).cameras.total
            with zipfile.ZipFile(shared.path) as archive:
                said = archive.read("read-me-first.txt").decode("utf-8-sig")
            assert shared.part in said
            assert not [row.asset.ref for row in rows if row.asset.ref in said]
            assert not [name for name in names if name in said]
            assert not [name for name in names if name in suggested_name(inventory, "public", NOW, scope)]


@pytest.mark.parametrize("number", [1, 4])
def test_a_part_of_so_few_that_counts_are_facts_of_each_is_no_file_for_the_public(
    whole: Path, known: Knowledge, tmp_path: Path, number: int
) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        few = ReportScope(
            assets=tuple(one.id for one in inventory.assets() if one.kind == "camera" and is_counted(one))[:number]
        )
    with pytest.raises(StoreError, match="Choose a part with 5 or more"):
        made(whole, known, tmp_path / "few.zip", "public", scope=few)
    assert not (tmp_path / "few.zip").exists()
    assert made(whole, known, tmp_path / "few.zip", "supplier", scope=few).part


def test_a_part_says_what_its_cameras_hang_on_outside_it(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    heard = set()
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        rows = register.rows(inventory, known)
    hanging = [row.asset for row in rows if row.asset.connected_to][:3]
    for assets in ([one.id for one in hanging], [one.id for one in hanging] + [str(one.connected_to) for one in hanging]):
        shared = made(whole, known, tmp_path / "part.zip", "supplier", scope=ReportScope(assets=tuple(assets)))
        named = {row["connected_to_ref"] for row in tables_of(shared.path)["devices.csv"]} - {""}
        outside = named - {row["ref"] for row in tables_of(shared.path)["devices.csv"]}
        assert ("which this part leaves out" in shared.part) == bool(outside)
        assert all(ref in shared.part for ref in outside)
        heard.add(bool(outside))
    assert heard == {True, False}


def test_a_part_that_is_called_after_staff_names_them_neither_in_the_file_nor_in_its_name(
    whole: Path, known: Knowledge, tmp_path: Path
) -> None:
    record = tmp_path / "estate.camcensus"
    record.write_bytes(whole.read_bytes())
    scope = parts_of(whole, known)[0]
    with register.open_inventory(record, NOW) as inventory:
        place = next(one for one in inventory.places() if one.id == scope.place)
        inventory.do(placing.change_place(replace(place, name=f"Room of {STAFF}")), by=STAFF, now=NOW)
        assert "okafor" not in suggested_name(inventory, "supplier", NOW, scope)
    shared = made(record, known, tmp_path / "part.zip", "supplier", scope=scope)
    assert ROLE in shared.part
    with zipfile.ZipFile(shared.path) as archive:
        assert not [name for name in archive.namelist() if STAFF.encode() in archive.read(name)]


@pytest.mark.parametrize("audience", ["auditor", "backup"])
def test_an_auditor_and_a_back_up_get_the_whole_record(whole: Path, known: Knowledge, tmp_path: Path, audience: str) -> None:
    with pytest.raises(StoreError, match="whole record"):
        made(whole, known, tmp_path / "part", audience, scope=ReportScope(year="2026-27"))
    assert not (tmp_path / "part").exists()


# -- what an auditor can do with it


@pytest.mark.parametrize(
    ("key", "wide"),
    [("academy", "school"), ("gp", "nhs"), ("police", "police"), ("university", "university"), ("odd", "other")],
)
def test_an_auditor_reads_the_wider_type_of_a_kind(whole: Path, known: Knowledge, tmp_path: Path, key: str, wide: str) -> None:
    record = tmp_path / "r.camcensus"
    shutil.copy(whole, record)
    with register.open_inventory(record, NOW) as inventory:
        inventory.do(set_body(replace(inventory.body, type=key)), by=STAFF, now=NOW)
    with opened(made(record, known, tmp_path / "a.camcensus", "auditor").path) as db:
        assert db.execute("SELECT type FROM body").fetchall() == [(wide,)]


def test_everything_can_be_added_up_again_from_the_file_alone(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    path = made(whole, known, tmp_path / "a.camcensus", "auditor").path
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        rows = register.rows(inventory, known)
        on = register.enabled_lists(inventory, known)
    here = [row for row in rows if row.asset.status != "removed"]
    with opened(path) as db:
        counted = dict(db.execute("SELECT counts_as, count(*) FROM asset GROUP BY 1").fetchall())
        assert counted.pop("gone") == len(rows) - len(here)
        assert counted == Counter("may-be-camera" if row.asset.kind == "unknown" else row.asset.kind for row in here)
        for sure, grades in ((True, ("confirmed", "almost-certain")), (False, ("likely",))):
            marks = ", ".join("?" * len(grades))
            found = dict(
                db.execute(
                    "SELECT subject, count(DISTINCT asset.id) FROM asset JOIN attribution USING (device)"
                    " JOIN finding USING (device) JOIN list_used ON list_used.id = subject AND is_on WHERE"
                    f" counts_as = 'camera' AND finding.kind = 'listing' AND state = 'listed' AND grade IN ({marks}) GROUP BY 1",
                    grades,
                ).fetchall()
            )
            mine = Counter(
                name
                for row in here
                if row.asset.kind == "camera" and row.grade in grades
                for name in {one.list for one in row.findings if not one.may}
            )
            assert found == mine, sure
        assert {name for (name,) in db.execute("SELECT id FROM list_used WHERE is_on")} == on
        assert db.execute("SELECT method, simulation, with_staff FROM export").fetchone() == ("search+walk", 0, 0)
        assert db.execute("SELECT count(*) FROM asset WHERE device IS NULL AND unconfirmed").fetchone() == (8,)
        assert db.execute("SELECT count(*) FROM evidence WHERE observation = ''").fetchone() == (0,)


def test_devices_can_be_judged_again_from_the_file_alone(known: Knowledge, tmp_path: Path) -> None:
    observations = _recorded()
    with register.new_inventory(tmp_path / "r.camcensus", register.new_body("Elm Park"), NOW) as inventory:
        census = Census(scan=scan(), observations=tuple(observations), verdicts=judge(observations, known))
        register.save_census(inventory, census, known, NOW)
        cameras = [row for row in register.rows(inventory, known) if row.asset.device]
        register.do(
            inventory,
            known,
            hand.read_label(known, cameras[0].asset.id, basis="label", brand="Honeywell"),
            by="R. Khan",
            now=NOW,
        )
        kept = inventory.verdicts()
    path = made(tmp_path / "r.camcensus", known, tmp_path / "a.camcensus", "auditor").path
    assert len(kept) > 8
    with opened(path) as db:
        assert db.execute("SELECT count(*) FROM observation WHERE fields LIKE '%R. Khan%'").fetchone() == (0,)
        for device, verdict in kept.items():
            network, mac, addresses = db.execute("SELECT network, mac, addresses FROM device WHERE id = ?", [device]).fetchone()
            keys = db.execute("SELECT kind, value, trust FROM device_key WHERE device = ? ORDER BY rank", [device]).fetchall()
            seen = tuple(
                Observation(
                    probe=row[1], ask=row[2], network=row[3], address=row[4], port=row[5], mac=row[6], at=row[7], cut=bool(row[8]),
                    reading=Reading(row[9], {name: tuple(held) for name, held in json.loads(row[10]).items()}, row[11]),
                ).known_as(row[0])
                for row in db.execute(
                    "SELECT id, probe, ask, network, address, port, mac, at, cut, state, fields, codec FROM observation"
                    " WHERE device = ? ORDER BY at, id",
                    [device],
                )
            )  # fmt: skip
            again = judge_device(
                Device(tuple(Key(*key) for key in keys), tuple(json.loads(addresses)), network, mac, seen), known
            )
            assert again.attribution == verdict.attribution
            assert again.findings == verdict.findings
            assert again.capabilities == verdict.capabilities
            assert again.advisories == verdict.advisories


def _recorded() -> list[Observation]:
    """Recorded replies of many makers, each on a host of its own."""
    found = []
    for number, (probe, name) in enumerate(
        [
            ("sadp", "sadp"), ("dhip", "dhip"), ("dahua-v1", "dahua-v1"), ("hanwha", "hanwha"), ("bosch", "bosch"),
            ("vivotek", "vivotek"), ("panasonic", "panasonic"), ("sony", "sony"), ("xiongmai", "xiongmai"), ("tvt", "tvt"),
            ("wsdiscovery", "wsdiscovery"),
        ],
        11,
    ):  # fmt: skip
        for file in sorted((DATA / name).glob("*.bin"))[:1]:
            raw = file.read_bytes()
            found.append(
                Observation(
                    probe=probe,
                    address=f"10.0.0.{number}",
                    at="2026-11-24T10:41:02.113Z",
                    raw=raw,
                    network="eth0 10.0.0.2/24",
                    mac=f"3c:ef:8c:00:00:{number:02x}",
                    reading=read(probe, None, raw),
                )
            )
    return found


def test_answers_of_an_older_knowledge_are_judged_again_for_the_file(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    record = tmp_path / "old.camcensus"
    shutil.copy(whole, record)
    with contextlib.closing(sqlite3.connect(record)) as db, db:
        db.execute("UPDATE judgement SET knowledge_version = 'older'")
    path = made(record, known, tmp_path / "a.camcensus", "auditor").path
    with opened(path) as db:
        assert db.execute("SELECT DISTINCT knowledge_version FROM attribution").fetchall() == [(known.version,)]
        # What the estate's answers rest on says nothing of a maker, so judged anew nobody made them.
        assert db.execute("SELECT count(*) FROM attribution WHERE grade = 'confirmed'").fetchone() == (0,)
    with contextlib.closing(sqlite3.connect(record)) as db:
        assert db.execute("SELECT DISTINCT knowledge_version FROM judgement").fetchall() == [("older",)]


def test_it_is_signed_with_a_key_of_ones_own_and_says_which(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    shared = made(whole, known, tmp_path / "a.camcensus", "auditor", sign=True)
    with opened(shared.path) as db:
        found = check_exchange(db)
    assert (found.state, found.fingerprint) == ("ok", shared.fingerprint)
    assert shared.key_file is not None
    assert shared.key_file.read_text().splitlines()[1].startswith("RW")


# -- what it may not tell


def mark(table: str, column: str) -> str:
    return f"Zq{table}{column}Qz".replace(".", "").replace("_", "")


GIVEN = {
    "auditor": {
        "body.name", "body.urn", "body.ods", "body.gss", "body.company_no", "place.name", "contact.name",
        "asset.ref", "asset.purpose", "asset.dpia_ref", "asset.installed_basis", "asset.decision_why", "asset.decision_year",
        "device.network", "device.mac", "device.addresses", "device_key.value", "observation.network", "observation.address",
        "observation.mac", "observation.ask", "scan.name", "scan.address", "scan.ranges", "scan.not_covered", "coverage.probe",
        "coverage.network", "coverage.reason", "list_choice.why", "judgement.model", "judgement.brand",
        "judgement.serial", "judgement.firmware", "judgement.claimed_model", "judgement.claimed_manufacturer", "judgement.what",
        "judgement.seen", "judgement.why", "judgement.reason", "judgement.kind_reason", "judgement.cloud_seen",
        "device.first_seen", "device.last_seen", "device_key.first", "device_key.last", "asset.decision_review_on",
    },
    "supplier": {
        "body.name", "asset.ref", "place.name", "asset.purpose", "judgement.model", "judgement.brand", "asset.decision_year",
        "device.last_seen",
    },
    "public": {"body.name"},
}  # fmt: skip
MUST = {
    "auditor": {"body.name", "place.name", "contact.name", "asset.purpose", "device.mac", "judgement.seen", "judgement.brand"},
    "supplier": {"body.name", "place.name", "asset.purpose", "judgement.model"},
    "public": {"body.name"},
}
IN_FIELDS = {"observation.http.status", "observation.person.brand", "observation.person.model", "observation.person.serial",
             "observation.person.basis", "observation.person.when"}  # fmt: skip
READ_BACK = ("permission.network", "setting.value", "asset.ref")
"""What the file is opened, or a row is found, by."""


@pytest.fixture(scope="module")
def marked(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("marked") / "marked.camcensus"
    shutil.copy(whole, path)
    names: dict[str, str] = {}

    def text(table: str, _: str, column: str) -> str:
        names[mark(table, column)] = f"{table}.{column}"
        return mark(table, column)

    went_in = plant(path, text, but=READ_BACK)
    assert len(went_in) > 60
    return path, {word: name for word, name in names.items() if word in went_in}


def everything_in(path: Path) -> bytes:
    """The bytes of a file, of what is packed in it, and all that a ZIP says beside that."""
    parts = [path.read_bytes()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts += [archive.comment, *(archive.read(name) for name in archive.namelist())]
            parts += [f"{one.filename} {one.comment!r} {one.extra!r}".encode() for one in archive.infolist()]
    return b"\n".join(parts)


@pytest.mark.parametrize("audience", ["auditor", "supplier", "public"])
def test_no_file_tells_what_its_readers_are_not_given(
    marked: tuple[Path, dict[str, str]], known: Knowledge, tmp_path: Path, audience: str
) -> None:
    record, names = marked
    for scope in (ReportScope(), *(parts_of(record, known)[1:3] if audience != "auditor" else ())):
        content = everything_in(made(record, known, tmp_path / "file", audience, by="S. Maker", scope=scope).path)
        told = {name for word, name in names.items() if word.encode() in content}
        given = GIVEN[audience] | (IN_FIELDS if audience == "auditor" else set())
        assert told - given == set()
        assert not scope.is_all or told >= MUST[audience]
        assert STAFF.encode() not in content
        assert b"S. Maker" not in content
        if audience != "auditor":
            assert not [number for number in (b"10.0.0.", b"02:00:00:00", b"SN000000") if number in content]
            assert not [name for value, name in ids(record).items() if value.encode() in content and len(value) > 16]


def test_with_staff_the_names_are_in_it_and_it_says_so(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    without = made(whole, known, tmp_path / "a.camcensus", "auditor")
    assert ROLE in without.left_out[0]
    content = everything_in(without.path)
    assert not [name for name in (STAFF, "S. Ellis", "R. Khan", "Bench") if name.encode() in content]
    shared = made(whole, known, tmp_path / "b.camcensus", "auditor", with_staff=True)
    with opened(shared.path) as db:
        assert db.execute("SELECT made_by, with_staff FROM export").fetchone() == (STAFF, 1)
        assert {name for (name,) in db.execute("SELECT by FROM decision")} == {"S. Ellis"}
    assert not any(ROLE in one for one in shared.left_out)


def test_a_name_is_taken_out_of_what_somebody_wrote_and_no_other_word() -> None:
    staff = Staff(["R. Khan, IT", "Al"], shown=False)
    assert staff.text("r. khan said so; Khanate stays, Al too") == f"[{ROLE}] said so; Khanate stays, Al too"
    assert (staff.who("R. Khan"), staff.who(""), staff.who(None)) == (ROLE, "", "")
    assert Staff(["R. Khan"], shown=True).text("R. Khan") == "R. Khan"


def test_a_surname_is_taken_out_where_it_is_meant_as_one() -> None:
    staff = Staff(["Susan Hall", "R. Khan"], shown=False)
    said = "Mrs Hall, S. Hall and Dr. Khan agreed; the hall, Main Hall and A.Halls stay"
    assert staff.text(said) == f"[{ROLE}], [{ROLE}] and [{ROLE}] agreed; the hall, Main Hall and A.Halls stay"


@pytest.mark.parametrize("audience", ["auditor", "supplier"])
def test_names_of_staff_in_places_and_purposes_are_not_given(
    whole: Path, known: Knowledge, tmp_path: Path, audience: str
) -> None:
    record = tmp_path / "record.camcensus"
    shutil.copy(whole, record)
    with sqlite3.connect(record) as db:
        db.execute(
            "UPDATE asset SET decision_by = 'Susan Ellis', purpose = 'Watches the desk of Susan Ellis' WHERE decision <> ''"
        )
        db.execute("UPDATE place SET name = 'Office of Susan Ellis ' || rowid")
    db.close()
    content = everything_in(made(record, known, tmp_path / "file", audience).path)
    assert b"Susan" not in content
    assert f"Office of [{ROLE}]".encode() in content
    assert f"desk of [{ROLE}]".encode() in content


def test_what_is_left_out_stands_inside_each_file(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    shared = made(whole, known, tmp_path / "a.camcensus", "auditor")
    with opened(shared.path) as db:
        assert json.loads(db.execute("SELECT left_out FROM export").fetchone()[0]) == list(shared.left_out)
        assert "photographs" in db.execute("SELECT text FROM about WHERE heading = 'What is left out'").fetchone()[0]
    for audience in ("supplier", "public"):
        path = made(whole, known, tmp_path / f"{audience}.zip", audience).path
        with zipfile.ZipFile(path) as archive:
            page = archive.read("read-me-first.txt").decode("utf-8-sig")
        assert "serial numbers" in page.lower()
        assert "staff names" in page


# -- the tables for a supplier and the public


def test_the_tables_have_the_columns_of_the_list_and_every_row(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    shared = made(whole, known, tmp_path / "s.zip", "supplier")
    tables = tables_of(shared.path)
    assert {name: tuple(rows[0]) for name, rows in tables.items()} == COLUMNS["supplier"]
    assert {name: len(rows) for name, rows in tables.items()} == dict(shared.rows)
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        assert [row["ref"] for row in tables["devices.csv"]] == [one.ref for one in inventory.assets() if one.kind != "other"]
    public = tables_of(made(whole, known, tmp_path / "p.zip", "public").path)
    assert set(public) == {"foi_public.csv"}
    cameras = sum(row["kind"] == "camera" and row["status"] != "removed" for row in tables["devices.csv"])
    assert sum(int(row["count"]) for row in public["foi_public.csv"]) == cameras


def test_a_cell_that_a_spreadsheet_would_compute_is_marked(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    record = tmp_path / "r.camcensus"
    shutil.copy(whole, record)
    with contextlib.closing(sqlite3.connect(record)) as db, db:
        db.execute("""UPDATE asset SET purpose = '=HYPERLINK("http://evil.example")'""")
        db.execute("UPDATE judgement SET model = '@SUM(1)'")
    path = made(record, known, tmp_path / "s.zip", "supplier").path
    with zipfile.ZipFile(path) as archive:
        data = archive.read("devices.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")
    rows = tables_of(path)["devices.csv"]
    assert {row["purpose"][:2] for row in rows} == {"'="}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t" and cell]


def test_photographs_go_without_what_a_phone_wrote_beside_them(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    picture = Image.new("RGB", (64, 48), "#88a")
    exif = Image.Exif()
    exif[0x010E] = "R. Khan's office"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    assert b"Khan" not in plain_picture(out.getvalue())
    assert b"Khan" not in plain_picture(out.getvalue() + b"R. Khan")
    record = tmp_path / "r.camcensus"
    shutil.copy(whole, record)
    with contextlib.closing(sqlite3.connect(record)) as db, db:
        db.execute("UPDATE picture SET data = ? WHERE kind = 'photo'", [out.getvalue()])
        db.execute("UPDATE photo SET name = 'R. Khan label.jpg'")
    shared = made(record, known, tmp_path / "s.zip", "supplier")
    with zipfile.ZipFile(shared.path) as archive:
        (photo,) = [name for name in archive.namelist() if name.startswith("photos/")]
        assert photo == "photos/CAM-003-1.jpg"
        assert Image.open(io.BytesIO(archive.read(photo))).size == (64, 48)
        assert b"Khan" not in archive.read(photo)
    assert shared.photos == 1
    assert made(record, known, tmp_path / "t.zip", "supplier", photos=False).photos == 0


def test_a_zip_of_something_else_is_left_alone(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    other = tmp_path / "holiday.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    before = other.read_bytes()
    with pytest.raises(DiskError, match="of another kind"):
        made(whole, known, other, "public")
    assert other.read_bytes() == before
    ours = made(whole, known, tmp_path / "p.zip", "public").path
    assert made(whole, known, ours, "supplier").photos == 1


class Stopped(Exception):
    pass


@pytest.mark.parametrize("audience", ["auditor", "supplier", "public", "backup"])
def test_a_stop_leaves_the_older_file(whole: Path, known: Knowledge, tmp_path: Path, audience: str) -> None:
    path = made(whole, known, tmp_path / "file", audience).path
    before = path.read_bytes()
    asked: list[int] = []

    def stop(*_: int) -> None:
        asked.append(1)
        if len(asked) > 2:
            raise Stopped

    wish = ShareWish(audience, STAFF)  # type: ignore[arg-type]
    with register.open_inventory(whole, NOW, readonly=True) as inventory, pytest.raises(Stopped):
        share(inventory, known, path, wish, NOW, passphrase=PHRASE, progress=stop)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


# -- back-ups


def test_a_backup_opens_with_its_passphrase_as_the_record_was(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    shared = made(whole, known, tmp_path / "b.camcensus-backup", "backup")
    content = shared.path.read_bytes()
    assert PHRASE.encode() not in content
    assert b"Elm Park" not in content
    new = tmp_path / "new.camcensus"
    with pytest.raises(StoreError, match="is locked"):
        safekeeping.restore(new, shared.path, NOW)
    with pytest.raises(StoreError, match="passphrase does not open"):
        safekeeping.restore(new, shared.path, NOW, "another four plain words")
    assert not new.exists()
    said = safekeeping.restore(new, shared.path, NOW, PHRASE)
    assert "new.camcensus" in said
    with open_inventory(new) as inventory, open_inventory(whole, readonly=True) as before:
        assert inventory.assets() == before.assets()
        assert inventory.id == before.id


def test_a_backup_that_is_not_locked_is_made_only_where_somebody_says_so(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        with pytest.raises(StoreError, match="locked with a passphrase"):
            share(inventory, known, tmp_path / "b.camcensus-backup", ShareWish("backup", STAFF), NOW)
        with pytest.raises(StoreError, match="must not look like a working file"):
            share(inventory, known, tmp_path / "b.camcensus", ShareWish("backup", STAFF, plain=True), NOW)
        with pytest.raises(DiskError, match="record itself"):
            share(inventory, known, whole, ShareWish("backup", STAFF), NOW, passphrase=PHRASE)
    plain = made(whole, known, tmp_path / "b.camcensus-backup", "backup", plain=True)
    assert "not locked" in plain.notes[0]
    safekeeping.restore(tmp_path / "new.camcensus", plain.path, NOW)
    with pytest.raises(StoreError, match="damaged"):
        _damage(made(whole, known, tmp_path / "c.camcensus-backup", "backup").path, tmp_path)


def _damage(path: Path, folder: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])
    safekeeping.restore(folder / "other.camcensus", path, NOW, PHRASE)


# -- what is worked out


SURE = DeviceAnswer("almost-certain", frozenset({"uk-mps-2022"}), ())
OTHER = DeviceAnswer("confirmed", frozenset(), ())
UNSURE = DeviceAnswer("possible", frozenset(), ())


def row(number: int, device: str, place: str = "p", **more: object) -> Asset:
    return Asset(id=f"a{number}", ref=f"CAM-00{number}", kind="camera", device=device, place=place, **more)  # type: ignore[arg-type]


GOING = Decision("replace", "S.", "2026-05-01T10:00:00Z")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row(1, "sure", last_seen="2026-11-24T10:00:00Z")], ("has", "2026-11-24", "computed", 1, 0, 0)),
        ([row(1, "sure", decision=GOING)], ("planned", "2026-05-01", "computed", 1, 0, 0)),
        ([row(1, "sure", decision=GOING), row(2, "sure")], ("has", "2026-11-24", "computed", 2, 0, 0)),
        ([row(1, "sure", status="removed"), row(2, "other")], ("replaced", "2026-06-01", "computed", 0, 1, 0)),
        ([row(1, "sure", status="removed"), row(2, "unsure")], None),
        ([row(1, "sure", status="spare"), row(2, "other")], ("never-had", "2026-11-24", "computed", 0, 0, 0)),
        ([row(1, "other")], ("never-had", "2026-11-24", "computed", 0, 0, 0)),
        ([row(1, "other"), row(2, "unsure")], None),
        ([row(1, "sure", decision=Decision("separate", "S.", "2026-05-01T10:00:00Z"))], ("has", "2026-11-24", "computed", 1, 0, 0)),
        ([], None),
    ],
)  # fmt: skip
def test_how_far_a_site_is_comes_from_what_is_there(rows: list[Asset], expected: tuple[object, ...] | None) -> None:
    told = {"sure": SURE, "other": OTHER, "unsure": UNSURE}
    found = list(progress_rows([Place("p", None, "site", "Elm")], rows, told, {"a1": "2026-06-01"}, NOW))
    assert found == ([] if expected is None else [("p", *expected)])


def test_what_staff_said_of_a_place_comes_first() -> None:
    places = [
        Place("p", None, "site", "Elm"),
        Place("q", "p", "building", "Lab", progress="disconnected", progress_on="2026-02-03"),
    ]
    found = list(progress_rows(places, [row(1, "sure", "q", last_seen="2026-11-24T10:00:00Z")], {"sure": SURE}, {}, NOW))
    assert [one[:4] for one in found] == [
        ("p", "has", "2026-11-24", "computed"),
        ("q", "disconnected", "2026-02-03", "staff"),
    ]


def test_each_channel_is_listed_once_with_its_row() -> None:
    said = tuple({"number": number, "analogue": wired, "manufacturer": "HIK", "model": None} for number, wired in
                 ((1, False), (1, True), (2, False)))  # fmt: skip
    recorder = Asset(id="r", ref="REC-001", kind="recorder", device="d")
    rows = [
        row(1, "", connected_to="r", channel=1, notes="Analogue channel. x", confirmed_at="2026-11-24T10:00:00Z"),
        row(2, "", connected_to="r", channel=1),
        row(3, "", connected_to="r", channel=7, status="removed"),
        row(4, "", connected_to="r", channel=9),
    ]
    found = list(channel_rows([recorder, *rows], {"d": DeviceAnswer("likely", frozenset(), said)}))
    assert [(one[2], one[3], one[4], one[5]) for one in found] == [
        (1, "network", "a2", 1), (1, "analogue", "a1", 1), (2, "network", None, 1), (9, "not-known", "a4", 0),
    ]  # fmt: skip
    assert [one[1] for one in found] == [1, 2, 3, 4]


def test_a_name_is_suggested(whole: Path) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        assert suggested_name(inventory, "auditor", NOW) == "elm-park-primary-school-2026-11-24.camcensus"
        assert suggested_name(inventory, "backup", NOW).endswith("-2026-11-24.camcensus-backup")
