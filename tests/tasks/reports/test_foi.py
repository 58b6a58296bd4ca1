"""The FOI pack from a real file: what it counts, what it lets out, what it keeps; and the table of reports that both faces read."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from camcensus.model.foi import QUESTIONS, FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.model.pictures import NewPhoto, Picture
from camcensus.planning.foi_counts import SMALL
from camcensus.planning.foi_joining import RULE
from camcensus.store.edits import by_hand, placing, settings, tagging
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import lists
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.verbs import judged_now, rows
from camcensus.tasks.reports import catalogue as reports
from camcensus.tasks.reports import foi
from planted import ids, kept_in, mark, tables, texts, unnamed
from report_estate import change_plan
from report_writing import write
from samples import LATER, NOW, body, observation, scan, verdict

BY = "A. Clerk"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    """A record in which every table has rows: searched twice, tagged, with plans, photos, firms, lists and edits."""
    path = tmp_path_factory.mktemp("foi") / "a.camcensus"
    found = [
        verdict(number, kind, maker, knowledge.version)  # type: ignore[arg-type]
        for number, (kind, maker) in enumerate(
            [("camera", "dahua"), ("camera", "hikvision"), ("camera", "axis"), ("camera", None), ("recorder", "dahua")], 1
        )
    ]
    census = Census(
        scan=scan(knowledge_version=knowledge.version),
        observations=tuple(one for each in found for one in each.device.observations),
        verdicts=tuple(found),
    )
    with register.new_inventory(path, body(), NOW) as inventory:
        register.save_census(inventory, census, knowledge, NOW)
        rows = {asset.ref: asset.id for asset in inventory.assets()}
        cameras = [rows[ref] for ref in sorted(rows) if ref.startswith("CAM")]
        inventory.allow("eth0 10.0.0.2/24", "R. Khan", NOW)
        firm = inventory.do(tagging.add_vendor("Elm Alarms", "seller", contract_number="C-7", contract_end="2027-03-31", email="a@b.example", phone="01234"), by=BY, now=NOW).made  # fmt: skip
        data = (Path(__file__).parents[3] / "resources" / "demo" / "ground-floor.png").read_bytes()
        picture = Picture(hashlib.sha256(data).hexdigest(), "plan", "image/png", 400, 300, data)
        floor = inventory.do(placing.add_place("site", "Elm Park", None), by=BY, now=NOW).made
        inventory.do(placing.set_plan(floor, picture), by=BY, now=NOW)
        inventory.do(placing.set_place(cameras, floor), by=BY, now=NOW)
        inventory.do(placing.put_pin(cameras[0], floor, 0.5, 0.5), by=BY, now=NOW)
        said = {
            "seller": firm, "purpose": "Gate", "inside_outside": "outside", "camera_type": "dome", "ownership": "not-ours",
            "owner": "Landlord", "dpia_ref": "D-12", "retention_days": 31, "connected_to": rows["REC-001"], "channel": 4,
            "installed_on": "2019-06", "installed_basis": "Invoice", "cost_pence": 18050, "notes": "a", "ask_note": "Which?",
            "last_picture_check": "2026-11-24", "picture_checked_by": "R. Khan", "warranty_until": "2027", "support_until": "2029-01", "working": "no",
            "working_since": "2026-05", "replace_by": "2028-09", "action": "Quote ZQACTION",
        }  # fmt: skip
        inventory.do(tagging.set_tags(cameras[:2], said), by=BY, now=NOW)
        inventory.do(tagging.add_tags(cameras[:2], ["stairs"]), by=BY, now=NOW)
        inventory.do(tagging.decide(cameras[:2], "replace", why="old", year="2026-27"), by=BY, now=NOW)
        inventory.do(tagging.decide(cameras[2:3], "keep-review", why="old", review_on="2027-01-01"), by=BY, now=NOW)
        inventory.do(
            by_hand.add_photos(cameras[0], [NewPhoto(replace(picture, kind="photo"), "gate.jpg", "2026-11-24T10:00:00Z")]),
            by=BY,
            now=NOW,
        )
        inventory.do(settings.set_lists({"us-ndaa-889": True}, "governors", "List switched."), by=BY, now=NOW)
        inventory.do(lists.put_on_own_list(knowledge, "axis", "because"), by=BY, now=NOW)
        inventory.note_seen(scan("running"), [observation(9)], NOW)
        inventory.note_report("plan", "Written", BY, NOW)
        inventory.do(settings.set_setting("free", "words"), by=BY, now=NOW)
        inventory.do(tagging.set_kind([rows["REC-001"]], "recorder"), by=BY, now=NOW)
        change_plan(inventory, knowledge)
    with sqlite3.connect(path) as db:  # a doubt, as a search makes one
        first, second = [device for (device,) in db.execute("SELECT id FROM device LIMIT 2")]
        db.execute(
            "INSERT INTO doubt VALUES ('doubt-of-two', ?, ?, 'same name', '2026-11-24T10:00:00Z', NULL, NULL, NULL)",
            [first, second],
        )
        db.execute("UPDATE asset SET confirmed_by = 'R. Khan', confirmed_at = '2026-11-24T10:00:00Z'")
        db.execute("UPDATE doubt SET answer = 'same', by = 'R. Khan', answered_at = '2026-11-24T10:00:00Z'")
        db.execute("UPDATE coverage SET reason = 'firewall'")
        db.execute("UPDATE observation SET problem = 'cut'")
        db.execute("UPDATE device_key SET trust = trust")
    db.close()
    return path


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture
def inventory(record: Path) -> Iterator[Inventory]:
    with register.open_inventory(record, NOW) as opened:
        yield opened


# -- what is let out


def everything_in(pdf: bytes) -> str:
    """All text of a PDF: what pages draw, metadata, outline, and every stream and string of every object in it."""
    reader = PdfReader(io.BytesIO(pdf))
    parts = [page.extract_text() for page in reader.pages]
    parts += [str(reader.metadata), str(reader.xmp_metadata and reader.xmp_metadata.stream.get_data())]
    parts += [str(one) for one in reader.outline]
    for number in range(1, int(reader.trailer["/Size"])):  # type: ignore[call-overload]
        held = reader.get_object(number)
        parts.append(str(held))
        if isinstance(held, StreamObject):
            parts.append(held.get_data().decode("latin-1"))
    return texts(parts)


def test_every_column_is_planted_or_named_with_a_reason(record: Path) -> None:
    assert unnamed(record) == []
    marks = mark(record)
    with sqlite3.connect(record) as db:
        held = tables(db)
        bare = [table for table in held if not db.execute(f'SELECT 1 FROM "{table}"').fetchone()]
    db.close()
    assert bare == []
    assert {f"{t}.{c}" for t, columns in held.items() for c in columns} == set(marks.values()) | {
        f"{t}.{c}" for t in held for c, why in kept_in(t).items() if why != "json"
    }


def test_the_public_edition_and_the_csv_let_out_nothing_that_is_not_on_the_list(
    record: Path, knowledge: Knowledge, data_dir: Path, tmp_path: Path
) -> None:
    known = ids(record)
    marks = mark(record)
    request = FoiRequest("ZQREFQZ", "2026-11-17")
    with register.open_inventory(record, NOW) as inventory:
        public = write(
            "foi", inventory, knowledge, tmp_path / "p.pdf", request=request, audience="public", data_dir=data_dir, now=NOW
        )
        lead = write("foi", inventory, knowledge, tmp_path / "i.pdf", request=request, data_dir=data_dir, now=NOW)
        csv_of = reports.kind_called("foi").csv
        assert csv_of is not None
        table = csv_of(
            reports.Making(inventory=inventory, knowledge=knowledge, path=tmp_path / "p.csv", data_dir=data_dir, now=NOW)
        )
    for written in (public, table):
        content = written.path.read_bytes()
        said = everything_in(content) if content.startswith(b"%PDF") else texts([content.decode()])
        out = {where for one, where in (marks | known | {"ZQREFQZ": "the request"}).items() if one in said}
        assert out - {"asset.replace_by"} == {"body.name"}, out  # “and by when?” is answered
        assert "ElmPark" not in said.replace("ElmParkPrimary", "")
    inside = everything_in(lead.path.read_bytes())
    assert {where for one, where in marks.items() if one in inside} == {"body.name", "contact.name", "asset.replace_by"}
    assert "ZQREFQZ" in inside


def test_no_other_file_of_the_pack_is_left_behind(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path, tmp_path: Path
) -> None:
    before = set(tmp_path.iterdir())
    write("foi", inventory, knowledge, tmp_path / "p.pdf", request=FoiRequest(), data_dir=data_dir, now=NOW)
    assert {path.name for path in set(tmp_path.iterdir()) - before} == {"p.pdf"}


# -- the CSV


def test_the_csv_is_safe_for_a_spreadsheet_and_adds_up(inventory: Inventory, knowledge: Knowledge) -> None:
    inventory.do(settings.set_body(replace(inventory.body, name="=cmd|'/c calc'!A1")), by=None, now=NOW)
    content, number = foi.foi_csv(inventory, knowledge, rows(inventory, knowledge, judged_now(inventory, knowledge)), NOW)
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n") == number + 1
    found = list(csv.DictReader(io.StringIO(text)))
    assert tuple(found[0]) == foi.CSV_COLUMNS
    assert {row["body_name"] for row in found} == {"'=cmd|'/c calc'!A1"}
    assert {row["as_at"] for row in found} == {"2026-11-24"}
    assert sum(int(row["count"]) for row in found) == 4
    assert {row["decision_band"] for row in found} == {"replace or remove", "keep", "not decided"}
    assert {row["installed_financial_year"] for row in found} == {"2019-20", "not recorded"}


def test_a_maker_that_the_knowledge_does_not_hold_has_no_name(record: Path, knowledge: Knowledge) -> None:
    with sqlite3.connect(record) as db:
        db.execute("UPDATE judgement SET manufacturer = 'spoken by a device' WHERE manufacturer = 'axis'")
    db.close()
    with register.open_inventory(record, NOW) as inventory:
        content, _ = foi.foi_csv(inventory, knowledge, rows(inventory, knowledge, judged_now(inventory, knowledge)), NOW)
    assert b"spoken" not in content
    bands = [row["certainty_band"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]
    assert bands.count("not known") == 2


# -- the request and the choices


def test_the_request_is_checked_and_kept_without_being_an_edit(inventory: Inventory) -> None:
    assert foi.foi_request(inventory) == FoiRequest()
    newest = inventory.changes(1)[0].id
    request = foi.checked_request(" FOI-1 ", "17/11/2026", ["where", "total"])
    assert request == FoiRequest("FOI-1", "2026-11-17", ("total", "where"))
    foi.save_request(inventory, request)
    assert foi.foi_request(inventory) == request
    assert inventory.changes(1)[0].id == newest
    for text in ("2026-11-17", "17.11.2026", "17 November 2026", "17 Nov 2026"):
        assert foi.checked_request("", text).received == "2026-11-17"
    for wrong in ("soon", "31/02/2026", "17/11/26", "1026-11-17"):
        with pytest.raises(ValueError, match="is not a date"):
            foi.checked_request("", wrong)
    with pytest.raises(ValueError, match="There is no question “novel”"):
        foi.checked_request("", None, ["novel"])


@pytest.mark.parametrize("text", ["{", "[]", '{"ref": 1}', '{"ref": "a", "received": "soon", "questions": []}', "null"])
def test_a_kept_request_that_cannot_be_read_is_an_empty_one(inventory: Inventory, text: str) -> None:
    inventory.save_draft("report.foi", text)
    assert foi.foi_request(inventory) == FoiRequest()


def test_choices_are_kept_for_each_report_as_far_as_they_still_hold(inventory: Inventory) -> None:
    plan, floor, pack = (reports.kind_called(name) for name in ("plan", "floor", "foi"))
    assert reports.choices_kept(inventory, plan).audience == "internal"
    (place,) = [one.id for one in inventory.places() if one.picture]
    assert reports.choices_kept(inventory, floor).place == place
    reports.save_choices(inventory, plan, reports.Choices("supplier"))
    reports.save_choices(inventory, pack, reports.Choices("public", request=FoiRequest("A", "2026-11-17", ("total",))))
    assert reports.choices_kept(inventory, plan) == reports.Choices("supplier")
    assert reports.choices_kept(inventory, pack).request.ref == "A"
    inventory.save_draft("report.choices.plan", '{"audience": "everybody"}')
    inventory.save_draft("report.choices.floor", '{"place": "gone"}')
    assert reports.choices_kept(inventory, plan).audience == "internal"
    assert reports.choices_kept(inventory, floor).place == place


def test_every_report_of_the_table_is_made_for_each_of_its_audiences(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path, tmp_path: Path
) -> None:
    for kind in reports.KINDS:
        for audience in kind.audiences:
            choices = replace(reports.choices_kept(inventory, kind), audience=audience)
            making = reports.Making(
                inventory=inventory, knowledge=knowledge, path=tmp_path / f"{kind.name}-{audience}.pdf", data_dir=data_dir,
                now=LATER, choices=choices,
            )  # fmt: skip
            assert kind.write(making).pages >= 1
            assert kind.left_out[audience].endswith(".")
            if kind.csv is not None:
                assert kind.csv(replace(making, path=tmp_path / "t.csv")).pages >= 1


# -- the days that are data


def test_the_bank_holidays_are_those_of_the_whole_united_kingdom(data_dir: Path) -> None:
    days, since, until = foi._bank_holidays(data_dir / "resources" / "calendar" / "bank-holidays.toml")
    assert (since, until) == (date(2024, 1, 1), date(2028, 12, 31))
    for day in ("2026-01-02", "2026-03-17", "2026-06-15", "2026-07-13", "2026-11-30", "2026-12-28", "2027-12-27"):
        assert date.fromisoformat(day) in days
    assert all(day.weekday() < 5 for day in days)
    assert {day.year for day in days} == set(range(2024, 2029))
    easter = [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2028, 4, 16)]
    assert {date.fromordinal(day.toordinal() + add) for day in easter for add in (-2, 1)} <= days


def test_each_question_of_the_pack_is_answered_from_a_real_file(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    pack = foi.foi_pack(
        inventory,
        knowledge,
        rows(inventory, knowledge, judged_now(inventory, knowledge)),
        FoiRequest("", "2026-11-17"),
        data_dir=data_dir,
    )
    assert [one.key for one in pack.answers] == list(QUESTIONS)
    said = {one.key: one.answer for one in pack.answers}
    assert said["total"] == "4 cameras and 1 recorder."
    assert said["named"] == (
        "2 cameras by our record (Dahua 1 and Hikvision 1), not proven yet, including 1 Honeywell, made by Dahua, and 1 Honeywell, made by Hikvision. "
        "Also 1 recorder. The maker of 1 camera is not known."
    )
    assert (
        said["suppliers"]
        == "Elm Alarms (sold 2, contract to 31 March 2027). Not recorded for 3 items, unless names or notes say it."
    )
    assert said["retention"] == (
        "31 days for 2 items. Not recorded for 3 items, unless names or notes say it. 2 cameras are recorded as connected to a recorder."
    )
    assert pack.cover.due is not None
    assert pack.cover.due.by == date(2026, 12, 16)


def test_joined_rows_are_the_same_in_the_paper_and_in_the_csv_and_the_choice_is_saved(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    request = FoiRequest("FOI-1", join_small=True)
    foi.save_request(inventory, request)
    assert foi.foi_request(inventory) == request
    pack = foi.foi_pack(
        inventory, knowledge, rows(inventory, knowledge, judged_now(inventory, knowledge)), request, data_dir=data_dir
    )
    apart = foi.foi_pack(
        inventory, knowledge, rows(inventory, knowledge, judged_now(inventory, knowledge)), FoiRequest(), data_dir=data_dir
    )
    assert pack.cameras == apart.cameras
    assert all(one.count >= SMALL for one in pack.counts) or len(pack.counts) == 1
    assert (pack.cover.joined, apart.cover.joined) == (RULE, "")
    table, number = foi.foi_csv(
        inventory, knowledge, rows(inventory, knowledge, judged_now(inventory, knowledge)), NOW, join=True
    )
    found = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert number == len(found) == len(pack.counts)
    assert [int(row["count"]) for row in found] == [one.count for one in pack.counts]
