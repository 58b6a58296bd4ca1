"""Staff registers into real inventories: matched or asked, said before, done as one change, and taken back as one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from books import xlsx
from camcensus.intake.registers import read_headings, read_register_bytes
from camcensus.model.asset import Asset
from camcensus.model.device import Observation
from camcensus.model.errors import IntakeError, StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.registers import TO_NOTES
from camcensus.registers.columns import field_of
from camcensus.store.edits import by_hand, placing, tagging
from camcensus.store.edits.by_hand import NewRow
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.imports import staff_register as importing
from camcensus.tasks.imports.columns import named_answers, named_columns
from camcensus.tasks.imports.document import import_document
from camcensus.tasks.imports.staff_register import NEW, ImportChoices, ImportPreview
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.rows import AssetRow
from camcensus.tasks.register.table import COLUMNS, register_csv, register_xlsx
from camcensus.wire.read import read
from samples import LATER, NOW, body, observation, packet, scan

AT = "2026-11-24T10:42:00Z"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def camera(number: int) -> Observation:
    """10.0.0.<number> answers as a Dahua camera with a MAC address of its own."""
    raw = packet("dhip/camera").replace(b"3c:ef:8c:00:00:01", b"3c:ef:8c:00:00:%02x" % number)
    raw = raw.replace(b"6C00000PAG00001", b"6C00000PAG000%02d" % number).replace(b'10.1.4.1"', b'10.0.0.%02d"' % number)
    plain = observation(number, probe="dhip", ask=None, port=None, raw=raw, mac=f"3c:ef:8c:00:00:{number:02x}")
    return replace(plain, reading=read("dhip", None, raw))


@pytest.fixture
def inventory(tmp_path: Path, knowledge: Knowledge) -> Iterator[Inventory]:
    """Three cameras that a search found, CAM-001 to CAM-003, the first in the hall."""
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        everything = tuple(camera(number) for number in (31, 32, 33))
        census = Census(scan=scan(), observations=everything, verdicts=judge(everything, knowledge))
        register.save_census(made, census, knowledge, NOW)
        hall = made.do(placing.place_named(["Elm Park", "Main block", "Ground", "Hall"]), by="A", now=NOW).made
        made.do(placing.set_place([asset(made, "CAM-001").id], hall), by="A", now=NOW)
        yield made


def asset(inventory: Inventory, ref: str) -> Asset:
    return next(one for one in inventory.assets() if one.ref == ref)


def look(inventory: Inventory, knowledge: Knowledge, data_dir: Path, content: str | bytes, **more: object) -> ImportPreview:
    path = inventory.path.with_name("register.csv")
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return importing.preview(inventory, knowledge, path, data_dir, **more)  # type: ignore[arg-type]


def dump(inventory: Inventory) -> dict[str, list[tuple[object, ...]]]:
    """All that an edit may touch, without the log."""
    tables = ("asset", "place", "contact", "device", "device_key", "observation", "setting")
    return {table: sorted(map(tuple, inventory._db.execute(f"SELECT * FROM {table}").fetchall()), key=repr) for table in tables}


def states(plan: ImportPreview) -> dict[int, tuple[str, str | None, str | None]]:
    return {row.row.number: (row.state, row.ref, row.by) for row in plan.rows}


LIST = (
    "Camera no,Make,Model,MAC,IP,Building,Room,Installed,Cost,Supplier,Retention,Notes,Serial\n"
    '1,Dahua,,3C:EF:8C:00:00:1F,,Main block,Office,24/11/2020,"£1,640.00",Acme,30 days,by the door\n'
    "2,,,,10.0.0.32,Main block,Gym,2019,180,Acme,1 month,\n"
    "3,Axis,P3245,,,Sports hall,Loft,,abc,Beta Ltd,,,SN-88231\n"
    "4,Dahua,IPC-1,3C:EF:8C:00:00:77,,Sports hall,Loft,,,,,\n"
)


def test_a_list_is_matched_said_before_and_done_as_one_change(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    before = dump(inventory)
    plan = look(inventory, knowledge, data_dir, LIST)
    assert states(plan) == {
        2: ("matched", "CAM-001", "mac"), 3: ("matched", "CAM-002", "address"), 4: ("new", None, None), 5: ("new", None, None),
    }  # fmt: skip
    assert [one.ref for one in plan.only_seen] == ["CAM-003"]
    assert [(one.row, one.column, one.say) for one in plan.problems] == [
        (4, "Cost", "Row 4: Cost must be a number, like 180 or 180.50; “abc” is saved in the notes.")
    ]
    assert plan.new_places == (
        "Elm Park > Main block > Office", "Elm Park > Main block > Gym", "Elm Park > Sports hall > Loft",
    )  # fmt: skip
    assert plan.new_firms == ("Acme", "Beta Ltd")
    assert dump(inventory) == before, "looking writes nothing"
    number = len(inventory.changes())
    done = importing.apply(inventory, knowledge, plan, ImportChoices(), "R. Khan", LATER)
    assert len(inventory.changes()) == number + 1
    assert done.changes.say == "2 rows added and 2 rows changed from register.csv."
    first = asset(inventory, "CAM-001")
    assert first.place_path == ("Elm Park", "Main block", "Office")
    assert (first.installed_on, first.cost_pence, first.seller_name, first.retention_days, first.notes) == (
        "2020-11-24", 164000, "Acme", 30, "by the door",
    )  # fmt: skip
    third = asset(inventory, "3")
    assert (third.place_path, third.cost_pence, third.seller_name, third.kind) == (
        ("Elm Park", "Sports hall", "Loft"), None, "Beta Ltd", "camera",
    )  # fmt: skip
    rows = {row.asset.ref: row for row in register.rows(inventory, knowledge)}
    assert (rows["3"].brand, rows["3"].model, rows["3"].maker, rows["3"].grade) == ("Axis", "P3245", "axis", "likely"), (
        "a list is the word of staff"
    )
    assert (rows["4"].mac, rows["4"].maker, rows["4"].brand, rows["4"].model) == (
        "3c:ef:8c:00:00:77",
        "dahua",
        "Dahua",
        "IPC-1",
    )
    assert sum(place.name == "Loft" for place in inventory.places()) == 1
    taken_back = register.undo(inventory, knowledge, LATER)
    assert taken_back is not None
    assert dump(inventory) == before
    again = register.redo(inventory, knowledge, LATER)
    assert again is not None
    assert asset(inventory, "3").seller_name == "Beta Ltd"


def test_the_same_list_again_changes_nothing(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    importing.apply(inventory, knowledge, look(inventory, knowledge, data_dir, LIST), ImportChoices(), "A", NOW)
    after, number = dump(inventory), len(inventory.changes())
    plan = look(inventory, knowledge, data_dir, LIST)
    assert {state for state, _, _ in states(plan).values()} == {"matched"}
    assert [row.changes for row in plan.rows] == [(), (), (), ()]
    importing.apply(inventory, knowledge, plan, ImportChoices(), "A", LATER)
    assert dump(inventory) == after
    assert len(inventory.changes()) == number


def full(inventory: Inventory, knowledge: Knowledge) -> None:
    """Every field of the register filled, with text that a spreadsheet would compute."""
    first, second = asset(inventory, "CAM-001").id, asset(inventory, "CAM-002").id
    seller = inventory.do(
        tagging.add_vendor("=Acme & Co", "seller", contract_number="S-1", contract_end="2027-01-31"), by="A", now=NOW
    ).made
    keeper = inventory.do(
        tagging.add_vendor("Beta", "maintainer", contract_number="+44/7", contract_end="2027-03-31"), by="A", now=NOW
    ).made
    values = {
        "purpose": "@door, \"front\" \u202egate", "seller": seller, "maintainer": keeper, "inside_outside": "outside",
        "camera_type": "ptz", "ownership": "not-ours", "dpia_ref": "-D/1", "retention_days": 31, "installed_on": "2019-03",
        "installed_basis": "invoice", "cost_pence": 18050, "notes": "two\n=lines; 'and more", "last_picture_check": "2026-11-01",
        "picture_checked_by": "＝Khan",
    }  # fmt: skip
    inventory.do(tagging.set_tags([first], values), by="A", now=NOW)
    inventory.do(tagging.add_tags([first], ["summer work", "'=tag"]), by="A", now=NOW)
    inventory.do(
        tagging.decide([first], "keep-review", why="  =why\nnot", review_on="2027-05-01", year="2026-27"), by="R. Khan", now=NOW
    )
    inventory.do(tagging.decide([second], "replace"), by="R. Khan", now=NOW)
    inventory.do(
        tagging.set_tags([second], {"owner": "Landlord", "installed_on": "2020-11-24", "purpose": "'=1"}), by="A", now=NOW
    )
    added = register.do(
        inventory,
        knowledge,
        hand.add_rows(knowledge, [register.HandRow(kind="recorder", brand="Hikvision", model="DS-7600")], "A"),
        by="A",
        now=NOW,
    )
    (recorder,) = added.assets
    inventory.do(by_hand.add_channels(recorder, [1, 2]), by="A", now=NOW)
    inventory.do(tagging.set_status([asset(inventory, "CAM-003").id], "removed"), by="A", now=NOW)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_show_writes_matches_every_row_and_changes_nothing(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path, form: str
) -> None:
    full(inventory, knowledge)
    rows = register.rows(inventory, knowledge)
    write = register_csv if form == "csv" else register_xlsx
    plan = look(inventory, knowledge, data_dir, write(inventory, rows, knowledge, AT))
    assert len(plan.rows) == len(rows) == 6
    assert {state for state, _, _ in states(plan).values()} == {"matched"}
    assert {row.by for row in plan.rows} == {"record_id"}
    assert [(row.ref, row.changes) for row in plan.rows if row.changes] == []
    assert [row.differs for row in plan.rows if row.differs] == []
    assert plan.problems == ()
    assert plan.only_seen == ()
    assert [guess.column.heading for guess in plan.mapping] == list(COLUMNS)
    before, number = dump(inventory), len(inventory.changes())
    importing.apply(inventory, knowledge, plan, ImportChoices(), "A", LATER)
    assert dump(inventory) == before
    assert len(inventory.changes()) == number


def test_a_model_in_our_own_table_keeps_the_brand_that_stands_before_it(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    full(inventory, knowledge)
    rows = [replace(row, brand="Axis", model="AXIS P1468-LE") for row in register.rows(inventory, knowledge)]
    plan = look(inventory, knowledge, data_dir, register_csv(inventory, rows, knowledge, AT))
    models = {str(row.row.values.get("model", "")) for row in plan.rows}
    assert "AXIS P1468-LE" in models
    assert "P1468-LE" not in models


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_that_was_edited_by_hand_sets_just_that(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path, form: str
) -> None:
    full(inventory, knowledge)
    rows = register.rows(inventory, knowledge)
    data = register_csv(inventory, rows, knowledge, AT)
    edited = data.decode("utf-8-sig").replace('"Landlord"', '"Tenant"').replace("180.50", "£190")
    if form == "xlsx":
        cells = [line for line in __import__("csv").reader(edited.splitlines(keepends=True))]
        edited_bytes = xlsx(("Register", [[cell.removeprefix("'") for cell in line] for line in cells]))
    else:
        edited_bytes = edited.encode()
    plan = look(inventory, knowledge, data_dir, edited_bytes)
    assert {(row.ref, change.field, change.was, change.is_now) for row in plan.rows for change in row.changes} == {
        ("CAM-001", "purchase_cost_gbp", "£180.50", "£190"), ("CAM-002", "owner", "Landlord", "Tenant"),
    }  # fmt: skip


ASKED = {
    "its number is one device's, its reference another's": "Ref,MAC\nCAM-001,3C:EF:8C:00:00:20\n",
    "its reference is of a device with another number": "Ref,MAC\nCAM-001,3C:EF:8C:00:00:99\n",
    "its address is of a device with another number": "IP,MAC\n10.0.0.31,3C:EF:8C:00:00:99\n",
    "its address is of a device of another model": "IP,Model\n10.0.0.31,P3245-LVE\n",
    "two rows are one device": "IP,Notes\n10.0.0.31,a\n10.0.0.31,b\n",
}


@pytest.mark.parametrize("why", ASKED)
def test_between_two_staff_are_asked_and_nothing_is_written(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path, why: str
) -> None:
    plan = look(inventory, knowledge, data_dir, ASKED[why])
    asked = plan.of("asked")
    assert len(asked) == len(plan.rows)
    assert all("CAM-001" in [ref for _, ref in row.candidates] for row in asked)
    assert [(one.row, one.column) for one in plan.problems] == [(row.row.number, None) for row in asked]
    assert all(row.candidates[0][0] not in [one.id for one in plan.only_seen] for row in asked)
    before = dump(inventory)
    done = importing.apply(inventory, knowledge, plan, ImportChoices(), "A", NOW)
    assert done.left == tuple(row.row.number for row in asked)
    assert dump(inventory) == before


def test_the_better_key_wins_and_the_rest_is_asked(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    plan = look(inventory, knowledge, data_dir, "MAC,IP,Notes\n3C:EF:8C:00:00:1F,,a\n,10.0.0.31,b\n")
    assert states(plan) == {2: ("matched", "CAM-001", "mac"), 3: ("asked", None, None)}


def test_two_of_one_name_are_asked_and_one_is_matched(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    for ref in ("CAM-001", "CAM-002"):
        inventory.do(tagging.set_tags([asset(inventory, ref).id], {"purpose": "Stage"}), by="A", now=NOW)
    content = "Camera name,Building,Room\nStage,Main block,Hall\n"
    assert states(look(inventory, knowledge, data_dir, content)) == {2: ("matched", "CAM-001", "place-and-name")}
    hall = asset(inventory, "CAM-001").place
    inventory.do(placing.set_place([asset(inventory, "CAM-002").id], hall), by="A", now=NOW)
    (row,) = look(inventory, knowledge, data_dir, content).rows
    assert (row.state, [ref for _, ref in row.candidates]) == ("asked", ["CAM-001", "CAM-002"])
    assert "its place and name is that of CAM-001 and CAM-002" in row.say


def test_an_answer_decides_what_was_asked(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    plan = look(inventory, knowledge, data_dir, "IP,MAC,Notes\n10.0.0.31,3C:EF:8C:00:00:99,a\n10.0.0.32,3C:EF:8C:00:00:98,b\n")
    first, second = plan.of("asked")
    known = asset(inventory, "CAM-001").id
    assert [change.field for change in importing.changes_if(plan, first, known)] == ["notes"]
    done = importing.apply(inventory, knowledge, plan, ImportChoices(answers={2: known, 3: NEW}), "A", NOW)
    assert (done.changed, list(done.added), done.left) == ({2: known}, [3], ())
    assert asset(inventory, "CAM-001").notes == "a"
    assert asset(inventory, "CAM-002").notes is None
    assert second.changes == ()


def test_rows_can_be_left_out(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    plan = look(inventory, knowledge, data_dir, LIST)
    choices = ImportChoices(leave=frozenset({3, 4, 5}))
    done = importing.apply(inventory, knowledge, plan, choices, "A", NOW)
    assert (list(done.changed), done.added, done.left) == ([2], {}, (3, 4, 5))
    assert asset(inventory, "CAM-001").retention_days == 30


def test_an_empty_cell_clears_nothing_and_notes_are_added_to(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    mine = asset(inventory, "CAM-001").id
    inventory.do(tagging.set_tags([mine], {"purpose": "Door", "notes": "ours", "retention_days": 31}), by="A", now=NOW)
    inventory.do(tagging.add_tags([mine], ["One"]), by="A", now=NOW)
    plan = look(inventory, knowledge, data_dir, "Ref,Purpose,Notes,Retention,Tags\nCAM-001,,theirs,n/a,one; two\n")
    importing.apply(inventory, knowledge, plan, ImportChoices(), "A", NOW)
    after = asset(inventory, "CAM-001")
    assert (after.purpose, after.notes, after.retention_days, after.tags) == ("Door", "ours\ntheirs", 31, ("One", "two"))


def test_a_camera_hangs_on_a_recorder_of_the_same_list(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    content = "Ref,Equipment,Connected to,Channel\nC1,Camera,NVR 9,4\nNVR 9,NVR,,\nC2,Camera,NVR 8,1\n"
    plan = look(inventory, knowledge, data_dir, content)
    assert [(one.row, one.say) for one in plan.problems] == [
        (4, "Row 4: Connected to “NVR 8” is no reference in the inventory or on the list; it is saved in the notes.")
    ]
    importing.apply(inventory, knowledge, plan, ImportChoices(), "A", NOW)
    assert (asset(inventory, "C1").connected_ref, asset(inventory, "C1").channel) == ("NVR 9", 4)
    assert asset(inventory, "NVR 9").kind == "recorder"
    again = look(inventory, knowledge, data_dir, "Connected to,Channel,Notes\nNVR 9,4,x\n")
    assert states(again) == {2: ("matched", "C1", "channel")}


def test_contracts_are_of_the_firm_and_two_ends_are_asked(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    content = "Ref,Maintained by,Contract end\nCAM-001,Beta,31/03/2027\nCAM-002,beta,2027-03-31\nCAM-003,Beta,2028-03-31\n"
    plan = look(inventory, knowledge, data_dir, content)
    assert [(one.row, one.column) for one in plan.problems] == [(4, "Contract end")]
    importing.apply(inventory, knowledge, plan, ImportChoices(), "A", NOW)
    (firm,) = inventory.vendors()
    assert (firm.name, firm.role, firm.contract_end) == ("Beta", "maintainer", "2027-03-31")
    assert {one.maintainer for one in inventory.assets()} == {firm.id}


def test_a_place_that_can_be_two_is_asked_and_a_site_can_be_given(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    inventory.do(placing.place_named(["Annexe", "Main block"]), by="A", now=NOW)
    content = "Ref,Building,Room\nCAM-002,Main block,Gym\nCAM-003,Shed,Door\n"
    plan = look(inventory, knowledge, data_dir, content)
    assert [(one.row, one.column) for one in plan.problems] == [(2, "Building"), (3, "Building")]
    plan = look(inventory, knowledge, data_dir, content, site="Annexe")
    assert plan.new_places == ("Annexe > Main block > Gym", "Annexe > Shed > Door")
    assert plan.problems == ()


def test_columns_are_remembered_for_a_list_with_these_headings(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    content = "Code,Anything,Extra\nCAM-001,gate,7\n"
    plan = look(inventory, knowledge, data_dir, content)
    assert [guess.field for guess in plan.mapping] == [None, None, None]
    assert plan.rows == ()
    names = named_columns(plan.file, {"code": "ref", "B": "purpose", "Extra": "none"})
    plan = look(inventory, knowledge, data_dir, content, mapping=names)
    assert states(plan) == {2: ("matched", "CAM-001", "ref")}
    importing.apply(inventory, knowledge, plan, ImportChoices(), "A", NOW)
    again = look(inventory, knowledge, data_dir, "Anything,Extra,Code\nby the door,7,CAM-002\n")
    assert [(guess.column.heading, guess.field) for guess in again.mapping] == [
        ("Anything", "purpose"),
        ("Extra", None),
        ("Code", "ref"),
    ]
    assert "last time" in again.mapping[0].why
    for wrong in ({"Nothing": "ref"}, {"Code": "colour"}):
        with pytest.raises(IntakeError):
            named_columns(plan.file, wrong)


def test_of_two_columns_for_one_field_the_second_is_kept_in_the_notes(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    plan = look(inventory, knowledge, data_dir, "Ref,Make,Manufacturer,Serial Number\nCAM-001,a,b,\n")
    assert [guess.field for guess in plan.mapping] == ["ref", "sold_as", "notes", "serial"]
    assert "another column has that" in plan.mapping[2].why


def test_a_row_typed_by_hand_learns_what_the_list_knows(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    (mine,) = inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by="A", now=NOW).assets
    ref = next(one.ref for one in inventory.assets() if one.id == mine)
    before = dump(inventory)
    plan = look(inventory, knowledge, data_dir, f"Ref,Make,Model,MAC\n{ref},Axis,P3245,AC:CC:8E:00:00:03\n")
    importing.apply(inventory, knowledge, plan, ImportChoices(), "A", LATER)
    row = next(one for one in register.rows(inventory, knowledge) if one.asset.id == mine)
    assert (row.mac, row.model, row.maker) == ("ac:cc:8e:00:00:03", "P3245", "axis")
    register.undo(inventory, knowledge, LATER)
    assert dump(inventory) == before


def test_what_the_device_shows_is_said_and_stays(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    plan = look(inventory, knowledge, data_dir, "Ref,Model\nCAM-001,P3245-LVE\n")
    (row,) = plan.rows
    assert row.state == "matched"
    assert [(change.field, change.is_now) for change in row.changes] == [("model", "P3245-LVE")]
    assert row.differs[0].startswith("The list has the model P3245-LVE; the device shows ")


def test_nothing_is_written_where_one_step_fails(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    plan = look(inventory, knowledge, data_dir, LIST)
    inventory._db.execute("DELETE FROM asset WHERE ref = 'CAM-002'")
    before = dump(inventory)
    with pytest.raises(StoreError):
        importing.apply(inventory, knowledge, plan, ImportChoices(), "A", NOW)
    assert dump(inventory) == before


@pytest.mark.parametrize("to", ["CAM-999", "CAM-003"])
def test_a_channel_without_its_recorder_is_left_out_with_it(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path, to: str
) -> None:
    plan = look(inventory, knowledge, data_dir, f"Ref,Connected to,Channel,Purpose\nCAM-003,{to},2,Gate\n")
    assert [problem.row for problem in plan.problems] == [2]
    importing.apply(inventory, knowledge, plan, ImportChoices(), "A", LATER)
    row = asset(inventory, "CAM-003")
    assert (row.connected_to, row.channel, row.purpose) == (None, None, "Gate")


def imported(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path, content: str | bytes, **more: object
) -> dict[str, AssetRow]:
    """What a list makes of an inventory, by reference."""
    plan = look(inventory, knowledge, data_dir, content, **more)
    importing.apply(inventory, knowledge, plan, ImportChoices(), "R. Khan", NOW)
    return {row.asset.ref: row for row in register.rows(inventory, knowledge)}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "new.camcensus", body(), NOW) as made:
        yield made


def test_every_column_of_a_new_row_is_written(empty: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    content = (
        "Asset tag,Type,Make,Model,Serial No,MAC,IP address,Firmware,Site,Room,External?,Status,Purpose,Retention,Installed,Cost,Supplier,"
        "Decision,DPIA,Condition,Lens\n"
        "A1,Vandal dome,Axis,P3245-V,S1,AC:CC:8E:00:00:01,10.0.0.9,10.12.1,Elm Park,Hall,Yes,Decommissioned 2023,Safety,30,2019,180,Acme,"
        "Replace,D1,3,2.8 mm\n"
    )
    row = imported(empty, knowledge, data_dir, content)["A1"]
    asset = row.asset
    assert (asset.kind, asset.camera_type, asset.status, asset.inside_outside) == ("camera", "dome", "removed", "outside")
    assert (row.brand, row.model, row.serial, row.firmware, row.addresses, row.mac) == (
        "Axis", "P3245-V", "S1", "10.12.1", ("10.0.0.9",), "ac:cc:8e:00:00:01",
    )  # fmt: skip
    assert (asset.place_path, asset.purpose, asset.retention_days, asset.installed_on, asset.cost_pence) == (
        ("Elm Park", "Hall"), "Safety", 30, "2019", 18000,
    )  # fmt: skip
    assert (asset.seller_name, asset.decision and asset.decision.what, asset.dpia_ref) == ("Acme", "replace", "D1")
    assert asset.notes == "Type: Vandal dome\nStatus: Decommissioned 2023\nCondition: 3\nLens: 2.8 mm"


def test_a_kind_nobody_understands_is_said_to_count_as_no_camera_whoever_keeps_it_in_the_notes(
    empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    content = "Room,Kind,Make\nHall,Camera,Axis\nFoyer,Dual head,Axis\nYard,Oak bench,\n"
    plan = look(empty, knowledge, data_dir, content)
    assert "counts as no camera unless the row names a make, model or number" in plan.problems[0].say
    told = imported(empty, knowledge, data_dir, content, answers={(1, "oak bench"): TO_NOTES, (1, "dual head"): TO_NOTES})
    assert sorted(row.asset.kind for row in told.values()) == ["camera", "other", "unknown"]


def test_a_maker_that_the_register_is_not_sure_of_is_no_maker_and_its_words_are_kept(
    empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    doubts = ("Dahua?", "Hik or Dahua", "Hikvision (tbc)", "probably Hikvision", "Dahua - check", "not Hikvision",
        "May be Hikvision", "Ex-Hikvision", "Hikvision (unconfirmed)", "Lorex or Night Owl", "Hikvision type", "Suspected Dahua")  # fmt: skip
    content = (
        "Room,Make,Model\n"
        + "".join(f"Room {at},{one},\n" for at, one in enumerate(doubts))
        + "Yard,,Hikvision?\nPond,,dummy\n"
    )
    plan = look(empty, knowledge, data_dir, content)
    assert [one.say.endswith("is saved in the notes.") for one in plan.problems] == [True] * (len(doubts) + 1)
    rows = imported(empty, knowledge, data_dir, content).values()
    assert {row.maker for row in rows} == {None}
    assert {row.asset.notes for row in rows} == {*(f"Make: {one}" for one in doubts), "Model: Hikvision?", None}
    assert [row.asset.kind for row in rows if row.model == "dummy"] == ["other"]


def test_words_of_doubt_that_are_of_something_else_take_no_maker_away(
    empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    content = (
        "Room,Make / model\nA,Hikvision DS-2CD2143G2-I 2.8 or 4mm\nB,Hikvision DS-2CD2143G2-I - check lens\nC,Check Point\n"
    )
    assert look(empty, knowledge, data_dir, content).problems == ()


@pytest.mark.parametrize(
    ("heading", "means"),
    [
        ("Camera position", "location"),
        ("Trust asset ref", "ref"),
        ("OEM part", "model"),
        ("Make of the device", "sold_as"),
        ("Our CCTV reference", "ref"),
        ("Date of camera install", "installed_date"),
        ("Cost to replace", "notes"),
        ("Recorder or camera?", "kind"),
        ("Trust name", None),
        ("CCTV", None),
    ],
)
def test_a_heading_is_what_it_asks_without_whose_and_of_what(heading: str, means: str | None, data_dir: Path) -> None:
    assert (field_of(heading, read_headings(data_dir / "resources" / "registers")) or (None,))[0] == means


def test_all_saints_is_a_school_and_no_total(empty: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    plan = look(empty, knowledge, data_dir, "School,Make,Qty\nElm,,1\nOak,,1\nAll Saints,,2\nAll schools,,4\n")
    assert [(row.row.values["site"], row.row.entries) for row in plan.rows] == [("Elm", 1), ("Oak", 1), ("All Saints", 2)]


@pytest.mark.parametrize("heading", ["Camera No", "Ref", "Asset"])
def test_each_shop_numbers_its_own_cameras(heading: str, empty: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    shops = {"Hull": 2, "York": 2, "Goole": 3}
    lines = [f"{shop},Cam {at + 1},Axis" for shop, many in shops.items() for at in range(many)]
    plan = look(empty, knowledge, data_dir, "\n".join((f"Store,{heading},Make", *lines)))
    assert ([row.state for row in plan.rows], plan.problems) == (["new"] * 7, ())
    plan = look(empty, knowledge, data_dir, "\n".join((f"Store,{heading},Make", *lines, lines[-1])))
    assert [row.state for row in plan.rows][-1] == "asked", "a row that is there twice is asked"


def test_a_copy_of_a_row_with_a_serial_number_is_asked(empty: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    content = "Make,Serial number\nAxis,ACCC8E000001\nAxis,ACCC8E000001\nAxis,ACCC8E000002\n"
    plan = look(empty, knowledge, data_dir, content)
    assert [row.state for row in plan.rows] == ["new", "asked", "new"]
    assert plan.problems[0].say == "Row 3 was not used: row 2 has the same serial number; say which is right."


def test_what_show_writes_begins_another_inventory_with_every_column(
    inventory: Inventory, empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    full(inventory, knowledge)
    made = register_csv(inventory, register.rows(inventory, knowledge), knowledge, AT)
    plan = look(empty, knowledge, data_dir, made)
    assert plan.problems == ()
    assert plan.not_saved == ()
    importing.apply(empty, knowledge, plan, ImportChoices(), "A", NOW)
    again = register_csv(empty, register.rows(empty, knowledge), knowledge, AT)
    left = {"made_by", "made_by_certainty", "analytics", "flaws_and_support", "known_flaws", "first_seen", "last_seen", "seen_by",
            "list_status", "based_in_china", "body_name", "body_code"}  # fmt: skip
    tables = [list(csv.DictReader(io.StringIO(one.decode("utf-8-sig"), newline=""))) for one in (made, again)]

    def kept(name: str, text: str) -> str:
        """A decision keeps its day, and a text no blanks before it."""
        return text[:10] if name == "decision_date" else text.replace("'  ", "'")

    first, second = (
        {row["record_id"]: {name: kept(name, text) for name, text in row.items() if name not in left} for row in table}
        for table in tables
    )
    assert second == first


NAMED: dict[str, tuple[str, str, str | None, str | None]] = {
    "Make,Model\nHIKVISION,NVR5216-16P": ("recorder", "HIKVISION", "NVR5216-16P", None),
    "Make,Model\n,HIKVISION DS-2CD2347G2-LU": ("camera", "HIKVISION", "DS-2CD2347G2-LU", None),
    "Make,Model\nHikvision,Hikvision DS-7616NI-K2": ("recorder", "Hikvision", "DS-7616NI-K2", None),
    "Make,Model\nAxis Communications P3245-V,": ("camera", "Axis Communications", "P3245-V", None),
    "Make,Model\nHoneywell,Hikvision DS-2CD2347": ("camera", "Honeywell", "Hikvision DS-2CD2347", None),
    "Make & Model,Room\nQvis Zeus-4,Hall": ("camera", "Qvis", "Zeus-4", None),
    "Make & Model,Room\nAxis,Hall": ("camera", "Axis", None, None),
    "Make,Model\nHikvision,DS-2CD2347G2-LU (dome)": ("camera", "Hikvision", "DS-2CD2347G2-LU", "dome"),
    "Make,Model\nHikvision,DS-2CD2143G2-I(2.8mm)": ("camera", "Hikvision", "DS-2CD2143G2-I(2.8mm)", None),
    "Name,Make\nNVR 1 - Main office,Qvis": ("recorder", "Qvis", None, None),
    "Name,Make\nSports hall DVR2,Qvis": ("recorder", "Qvis", None, None),
    "Name,Make\nNVR room,Qvis": ("camera", "Qvis", None, None),
    "Name,Make\nNVR1 Ch 4,Qvis": ("camera", "Qvis", None, None),
    "Name,Make\nDummy camera,Qvis": ("other", "Qvis", None, None),
    "Name,Make\nReception intercom,Qvis": ("intercom", "Qvis", None, None),
    "Type,Make\nCamera,Qvis": ("camera", "Qvis", None, None),
    "Type,Model\nCamera,NVR5216-16P": ("camera", "", "NVR5216-16P", None),
    "Name,Model\nWD Purple 4TB,": ("other", "", None, None),
    "Name,Model\nSurveillance disk,WD84PURZ": ("other", "", "WD84PURZ", None),
    "Name,Qty\nHard drive,2": ("other", "", None, None),
    "Name,Qty\nNVR with 4TB HDD,1": ("recorder", "", None, None),
    "Name,Room\nCCTV Monitor 22in,Office": ("other", "", None, None),
    "Who made it,Room\ndummy camera,Stairs": ("other", "dummy camera", None, None),
    "What,Room\nBullet cameras (Annke),Yard": ("camera", "Annke", None, "bullet"),
    "What,Room\nTapo C200,Yard": ("camera", "Tapo", "C200", None),
}  # fmt: skip


@pytest.mark.parametrize("content", NAMED)
def test_brand_and_model_are_told_apart_and_the_kind_is_told(
    empty: Inventory, knowledge: Knowledge, data_dir: Path, content: str
) -> None:
    (row,) = look(empty, knowledge, data_dir, f"{content}\n").rows
    values = row.row.values
    found = (values["kind"], values.get("sold_as", ""), values.get("model"), values.get("camera_type"))
    assert found == NAMED[content]


def test_one_row_of_several_channels_is_several_cameras(empty: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    content = (
        "Ref,Type,Make,Room,Connected to,Channel,Qty\nNVR1,NVR,Axis,Comms,,1-16,\nC7,Camera,Axis,Hall,NVR1,7-10,4\n"
        "C8,Camera,Axis,Gym,NVR1,11 & 12,\nC9,Camera,Axis,Yard,,,3\nC10,Camera,Axis,Loft,NVR1,13-14,5\n"
    )
    plan = look(empty, knowledge, data_dir, content)
    assert [(one.row, one.column) for one in plan.problems] == [(6, "Qty")]
    rows = imported(empty, knowledge, data_dir, content)
    in_room = {
        name: sorted((row.asset.channel or 0) for row in rows.values() if row.asset.place_path[-1] == name)
        for name in ("Hall", "Gym", "Yard", "Loft")
    }
    assert in_room == {"Hall": [7, 8, 9, 10], "Gym": [11, 12], "Yard": [0, 0, 0], "Loft": [13, 14]}
    assert {row.asset.connected_ref for row in rows.values() if row.asset.channel} == {"NVR1"}
    assert {row.brand for row in rows.values()} == {"Axis"}
    assert (rows["NVR1"].asset.channel, rows["NVR1"].asset.notes) == (None, "Channel: 1-16")
    assert register.rows(empty, knowledge) != []
    again = look(empty, knowledge, data_dir, content)
    assert [row.row.number for row in again.of("new")] == []
    assert [change for row in again.of("matched") for change in row.changes] == []


GROUPED = "Ref,Status,Cost\n" + "".join(f"C{n},{'3' if n % 3 else 'Removed'},{n}/{n}\n" for n in range(1, 31))


def test_cells_that_say_the_same_are_asked_once(empty: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    plan = look(empty, knowledge, data_dir, GROUPED)
    assert len(plan.problems) == 20 + 30
    assert [(one.column.heading, one.value, len(one.rows)) for one in plan.groups if one.column.heading == "Status"] == [
        ("Status", "3", 20)
    ]
    costs = [one for one in plan.groups if one.column.heading == "Cost"]
    assert [len(one.rows) for one in costs] == [1, 1, 1, 1, 1, 25]
    assert [answer for answer, _ in plan.groups[-1].choices] == ["notes", "leave"]
    answers = named_answers(plan.file, {"Status: 3": "present", "Cost:*": "notes", f"C:{costs[0].value}": "leave"})
    plan = look(empty, knowledge, data_dir, GROUPED, answers=answers)
    assert {one.column for one in plan.problems} == {"Cost"}
    assert len(plan.problems) == 4
    assert {one.answer for one in plan.groups} == {"present", "notes", "leave", None}
    rows = imported(empty, knowledge, data_dir, GROUPED, answers=answers)
    assert (rows["C1"].asset.status, rows["C3"].asset.status, rows["C30"].asset.notes) == ("present", "removed", "Cost: 30/30")


def test_a_place_that_is_named_once_is_asked_and_fills_the_rows_below(
    empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    content = "Site,Ref,Make,Room\nElm Park,1,Axis,Hall\n,2,Axis,Gym\n,3,Axis,Loft\nOak Hill,4,Axis,Hall\n,5,Axis,Yard\n"
    plan = look(empty, knowledge, data_dir, content)
    assert [(one.value, one.rows) for one in plan.groups] == [("", (3, 4, 6))]
    rows = imported(empty, knowledge, data_dir, content, answers={(0, ""): "above"})
    assert [rows[ref].asset.place_path[0] for ref in "12345"] == ["Elm Park"] * 3 + ["Oak Hill"] * 2


def test_a_column_that_is_not_understood_is_named_and_goes_to_the_notes_if_a_person_says_so(
    empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    content = "Ref,Make,Tag colour,Empty,Port\n1,Axis,blue,,80\n"
    plan = look(empty, knowledge, data_dir, content)
    assert [one.heading for one in plan.not_saved] == ["Tag colour", "Port"]
    chosen = named_columns(plan.file, {"Tag colour": "notes", "Port": "notes"})
    assert imported(empty, knowledge, data_dir, content, mapping=chosen)["1"].asset.notes == "Tag colour: blue\nPort: 80"


def test_a_name_tells_the_kind_where_no_column_and_no_model_does(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    names = {
        "Office NVR": "recorder", "NVR 2": "recorder", "SW-CCTV-1": "other", "UPS for NVR 2": "other", "Wall screen": "other",
        "Netgear GS728TP 24 port PoE switch": "other", "POE SWITCH CCTV": "other", "Main door entry": "intercom",
        "Intercom, rear gate": "intercom", "Camera above the screen": "camera", "Monitor camera": "camera", "Hall": "camera",
        "By the NVR cupboard": "camera", "CAM-7": "camera", "Till": "camera", "Till 2": "camera", "Screen 2 foyer": "camera",
    }  # fmt: skip
    plan = look(inventory, knowledge, data_dir, "Name,Cost\n" + "".join(f'"{name}",1\n' for name in names))
    assert {str(row.row.values["name"]): row.row.values["kind"] for row in plan.of("new")} == names


def test_what_is_no_camera_is_another_kind_unless_something_tells_a_device(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    plan = look(
        inventory,
        knowledge,
        data_dir,
        "Equipment,Room,Make,Qty\nCamera,Hall,,\nChairs,Shop,,120\nEye,Yard,Axis,\nCCTV,Yard,,\n",
    )
    assert [row.row.values["kind"] for row in plan.of("new")] == ["camera", "other", "unknown", "camera"]
    assert plan.of("new")[1].row.entries == 1
    assert "Qty: 120" in str(plan.of("new")[1].row.values["notes"])
    plan = look(inventory, knowledge, data_dir, "Category,Name\nSecurity,Gate\nSecurity,Office NVR\n")
    assert [row.row.values["kind"] for row in plan.of("new")] == ["camera", "recorder"]
    assert plan.problems == ()


def test_work_with_a_price_is_no_device(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    content = (
        "Description,Location,Qty,Unit £\nHikvision DS-2CD2T47G2-L 4MP bullet camera,North,4,168\n"
        '"Two engineers, three days",,3,640\nCamera in the training room,,1,90\nRe-use Samsung SND-6084R dome,Library,1,0\n'
    )
    plan = look(inventory, knowledge, data_dir, content)
    assert [(row.row.number, row.row.values.get("sold_as"), row.row.values.get("model")) for row in plan.of("new")] == [
        (2, "Hikvision", "DS-2CD2T47G2-L"), (4, None, None), (5, "Samsung", "SND-6084R"),
    ]  # fmt: skip
    assert "Row 3 is work or carriage, so it was left out." in [note.say for note in plan.notes]
    done = importing.apply(inventory, knowledge, plan, ImportChoices(), "A", NOW)
    assert len(import_document(plan, done)["only_listed"][0]["assets"]) == 3


def test_what_is_bought_is_no_place(empty: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    content = "Qty,Description,Unit £\n12,4MP AcuSense turret,95\n3,Engineer days,350\n1,8 port switch,40\n"
    plan = look(empty, knowledge, data_dir, content)
    assert [(row.row.values["name"], row.row.place) for row in plan.rows] == [
        ("4MP AcuSense turret", ()),
        ("8 port switch", ()),
    ]
    assert "Row 3 is work or carriage, so it was left out." in [note.say for note in plan.notes]


def test_cells_tell_makers_where_a_heading_does_not(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    plan = look(inventory, knowledge, data_dir, "where,what sort\nGate,hikvision\nHall,as above\nOffice,dahua NVR5216-4KS2\n")
    assert [(row.row.values["sold_as"], row.row.values["kind"]) for row in plan.of("new")] == [
        ("hikvision", "camera"), ("hikvision", "camera"), ("dahua", "recorder"),
    ]  # fmt: skip


def test_the_site_of_a_sheet_is_that_of_its_rows_and_no_other_sites_rooms(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    headings = read_headings(data_dir / "resources" / "registers")
    rows = [["Name", "Location", "Make"], ["One", "Hall", "Axis"], ["Two", "", "Axis"]]
    book = xlsx(("Ash Grove", rows), ("Birch Lane", rows))
    for name in ("Ash Grove", "Birch Lane"):
        file = read_register_bytes(book, "cameras.xlsx", headings, name)
        plan = importing.preview_file(inventory, knowledge, file, headings, mapping=None, site=None)
        assert plan.new_places == (f"{name} > Hall", name)
        importing.apply(inventory, knowledge, plan, ImportChoices(), "A", NOW)


def test_a_recorder_is_found_by_a_part_of_its_name(inventory: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    content = "Name,Recorded on,Make\nGate,NVR 1,Axis\nHall,NVR 2,Axis\nRack (NVR 1),,Dahua\nNVR 2 - server room,,Dahua\n"
    plan = look(inventory, knowledge, data_dir, content)
    assert plan.problems == ()
    assert [change.value for row in plan.of("new") for change in row.changes if change.kind == "link"] == [4, 5]


TOLD = (
    "Ref,Name,Make,Model,IP,Notes\n"
    "1,CAM 07 – Main Entrance,Hikvision,DS-2CD2143G0-I,10.9.0.1,PTZ\n"
    "2,Site A / Reception,Dahua,IPC-HDW2431T,10.9.0.2,External\n"
    "3,IPCamera 01,Dahua,IPC-HDW2431T,10.9.0.3,External hard disk beside it\n"
    '4,Canteen - Camera 1,Axis,P3245-LVE,10.9.0.4,"offline for 30 days, 30 days"\n'
    "5,NC-CAM-001,Axis,P3245-LVE,10.9.0.5,Ext. 4410\n"
    "6,Quad PTZ,Axis,Q6075-E,10.9.0.6,Retention 21 days\n"
    "7,AXIS P3245-LVE,Axis,P3245-LVE,10.9.0.7,\n"
    "8,EXT Bus stop,i-PRO,WV-S2136L,10.9.0.8,Dome entrance\n"
    '9,Office NVR,Samsung,SRN-1670D,10.9.0.9,"4 x 6TB, 30 days"\n'
    "10,Block B / Level 2 / Stair,Aiphone,IX-DV,10.9.0.10,\n"
    "11,External door,Samsung Techwin,SND-5084R,10.9.0.11,\n"
    "12,Spare,,,10.9.0.12,\n"
)


def test_names_and_remarks_tell_what_no_column_does(empty: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    rows = imported(empty, knowledge, data_dir, TOLD)
    told = {
        ref: (one.asset.place_path, one.asset.camera_type, one.asset.inside_outside, one.asset.retention_days)
        for ref, one in rows.items()
    }
    site = empty.body.name
    assert told == {
        "1": ((site, "Main Entrance"), "ptz", None, None), "2": (("Site A", "Reception"), None, "outside", None),
        "3": ((), None, None, None), "4": ((site, "Canteen"), None, None, None), "5": ((), None, None, None),
        "6": ((site, "Quad"), "ptz", None, None), "7": ((), None, None, None), "8": ((site, "Bus stop"), None, "outside", None),
        "9": ((site, "Office NVR"), None, None, None), "10": ((site, "Block B", "Level 2", "Stair"), None, None, None),
        "11": ((site, "External door"), None, None, None),
    }  # fmt: skip
    assert [rows[ref].brand for ref in ("8", "9", "10", "11")] == ["i-PRO", "Samsung", "Aiphone", "Samsung Techwin"], (
        "as recorded"
    )
    assert [rows[ref].maker for ref in ("8", "9", "10")] == ["panasonic", "hanwha", None]
    assert {row.state for row in look(empty, knowledge, data_dir, TOLD).rows} == {"matched"}
    assert [change for row in look(empty, knowledge, data_dir, TOLD).rows for change in row.changes] == []


def test_a_column_wins_over_what_a_name_says(empty: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    content = "Ref,Name,Type,Int/Ext,Retention,Room,Make,Notes\n1,EXT mast PTZ,Dome,Inside,14,Attic,Axis,retention 30 days\n"
    asset = imported(empty, knowledge, data_dir, content)["1"].asset
    assert (asset.camera_type, asset.inside_outside, asset.retention_days, asset.place_path[1:]) == (
        "dome",
        "inside",
        14,
        ("Attic",),
    )


STOCK = {
    "Ready to Deploy": ("spare", True), "In stores": ("spare", True), "Planned": ("spare", True), "On order": ("spare", True),
    "Offline": ("present", True), "Replacement planned": ("present", True), "In use": ("present", False), "Removed": ("removed", False),
}  # fmt: skip


def test_what_is_in_stock_or_planned_is_not_in_use_and_its_words_stay(
    empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    content = "Ref,Make,Status\n" + "".join(f"{at},Axis,{said}\n" for at, said in enumerate(STOCK))
    rows = imported(empty, knowledge, data_dir, content)
    found = {said: (rows[f"{at}"].asset.status, bool(rows[f"{at}"].asset.notes)) for at, said in enumerate(STOCK)}
    assert found == STOCK


def test_streets_are_sites_and_what_no_row_is_called_stays_in_words(
    empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    content = "Ref,Street,Make,Recorded on,Channel\n1,Mill Lane,Axis,NVR 8,3\n2,Quay Street,Axis,,\n"
    rows = imported(empty, knowledge, data_dir, content)
    assert [rows[ref].asset.place_path for ref in "12"] == [("Mill Lane",), ("Quay Street",)]
    assert (rows["1"].asset.notes, rows["1"].asset.channel) == ("Connected to: NVR 8, channel 3", None)


AS_FITTED = """As fitted,,,
NVR 1,Hikvision DS-9632NI-I8,IP 192.168.50.10,s/n J40112233
Ch,Camera ID,Position,Model
1,CP-01,Rear door,DS-2CD2T87G2-L
2,CP-02,Yard,DS-2CD2T87G2-L

NVR 2,Hikvision DS-7608NI-M2,IP 192.168.50.11,s/n J40112234
Ch,Camera ID,Position,Model
1,U9-01,Tills,DS-2CD2147G2-SU
Engineer: T. Rahman,,,Customer:
"""


def test_a_recorder_above_its_cameras_is_one_and_who_signed_is_none(
    empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    plan = look(empty, knowledge, data_dir, AS_FITTED)
    found = [(row.row.values["kind"], row.row.values["model"], row.row.values.get("ip")) for row in plan.of("new")]
    assert found == [
        ("recorder", "DS-9632NI-I8", "192.168.50.10"), ("camera", "DS-2CD2T87G2-L", None), ("camera", "DS-2CD2T87G2-L", None),
        ("recorder", "DS-7608NI-M2", "192.168.50.11"), ("camera", "DS-2CD2147G2-SU", None),
    ]  # fmt: skip
    assert any("looks like a remark (“Engineer: T. Rahman”)" in note.say for note in plan.notes)


def test_cameras_counted_in_two_columns_are_added_up_and_their_sum_is_no_shop(
    empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    lines = ["Shop,Cameras inside,Cameras outside,CCTV make,DVR/NVR", "Newark,6,1,Hikvision,DS-7608NI-K1"]
    lines += ["Grantham,4,0,Dahua,DH-XVR5104", "Louth,none,none,,", "All shops,10,1,,"]
    plan = look(empty, knowledge, data_dir, "\n".join(lines))
    cameras = [(row.row.values["site"], row.row.entries) for row in plan.of("new") if row.row.values["kind"] == "camera"]
    assert cameras == [("Newark", 7), ("Grantham", 4)]
    recorders = [row.row.values["model"] for row in plan.of("new") if row.row.values["kind"] == "recorder"]
    assert recorders == ["DS-7608NI-K1", "DH-XVR5104"]
    assert [note.say for note in plan.notes if note.row in (4, 5)] == [
        "Row 4 has no number of cameras, so it was left out.", "Row 5 has as many as all rows above it, so it was left out.",
    ]  # fmt: skip


def test_a_link_in_a_column_for_hardware_addresses_is_the_network_address(
    empty: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    plan = look(empty, knowledge, data_dir, "Hardware address,MAC address,Name\nhttp://10.77.0.31/,AC:CC:8E:77:00:31,Hall\n")
    (row,) = plan.of("new")
    assert (row.row.values["ip"], row.row.values["mac"]) == ("10.77.0.31", "ac:cc:8e:77:00:31")


def test_the_maker_is_told_by_a_word_of_what_a_thing_is(empty: Inventory, knowledge: Knowledge, data_dir: Path) -> None:
    plan = look(
        empty, knowledge, data_dir, 'Item,Where kept,Cost\n"CCTV cameras, Hikvision turret",Hall,£900\nBench,Green,£9\n'
    )
    assert [row.row.values.get("sold_as") for row in plan.of("new")] == ["Hikvision", None]
