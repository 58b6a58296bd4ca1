"""What people type from a walk-round sheet: understood, refused with a sentence, kept as one edit that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import by_hand, placing
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register import walking
from camcensus.tasks.register.walk_lines import CELLS, NEW, CellName, Walked, WalkLine, paste
from samples import NOW, body, scan, verdict

BY, WHO = "A. Clerk", "R. Khan"
SERIAL = "AAWRF12345678"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path, knowledge: Knowledge) -> Iterator[Inventory]:
    """CAM-001 with a serial number, CAM-002, REC-001 with two channels that nobody saw; a school with two halls."""
    first = verdict(1, "camera", "hikvision", knowledge.version)
    first = replace(first, description=replace(first.description, serial=f"DS-2CD2143G2-IS20210312{SERIAL}"))
    census = Census(
        scan=scan(knowledge_version=knowledge.version),
        observations=(),
        verdicts=(
            first,
            verdict(2, "camera", "axis", knowledge.version),
            verdict(3, "recorder", "hikvision", knowledge.version),
        ),
    )
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        register.save_census(made, census, knowledge, NOW)
        made.do(by_hand.add_channels(next(row.id for row in made.assets() if row.kind == "recorder"), [1, 2]), by=BY, now=NOW)
        for names in (
            ["Elm Park", "Main block", "Ground", "Hall"],
            ["Elm Park", "Annexe", "Hall"],
            ["Elm Park", "Annexe", "Store"],
        ):
            made.do(placing.place_named(names), by=BY, now=NOW)
        yield made


def read(inventory: Inventory, knowledge: Knowledge, *lines: WalkLine) -> list[Walked]:
    return walking.reader(inventory, knowledge).read(lines)


@pytest.mark.parametrize(
    ("typed", "names", "new"),
    [
        ("store", ("Elm Park", "Annexe", "Store"), False),
        ("Main block: Hall", ("Elm Park", "Main block", "Ground", "Hall"), False),
        ("Elm Park => Main block => Hall", ("Elm Park", "Main block", "Ground", "Hall"), False),
        ("Hall, Annexe", ("Elm Park", "Annexe", "Hall"), False),
        ("annexe > HALL", ("Elm Park", "Annexe", "Hall"), False),
        ("Elm Park › Main block › Ground", ("Elm Park", "Main block", "Ground"), False),
        ("Main block > Ground > Office", ("Elm Park", "Main block", "Ground", "Office"), True),
        ("Gate", ("Elm Park", "Gate"), True),
        ("Sports hall > Store", ("Elm Park", "Sports hall", "Store"), True),
    ],
)
def test_places_are_found_by_their_end_and_made_below_what_is_there(
    inventory: Inventory, knowledge: Knowledge, typed: str, names: tuple[str, ...], new: bool
) -> None:
    (one,) = read(inventory, knowledge, WalkLine(place=typed))
    assert not one.problems
    assert (one.names, one.new_place) == (names, new)


@pytest.mark.parametrize(
    ("cell", "typed", "sentence"),
    [
        ("place", "Hall", "There are 2 places called “Hall”"),
        ("place", "a > b > c > d > e", "at most four names"),
        ("kind", "toaster", "“toaster” is no kind we know; take one from the list"),
        ("hangs", "REC-009, 3", "There is no REC-009"),
        ("hangs", "CAM-002, 3", "CAM-002 is a camera and has no channels"),
        ("hangs", "behind the desk", "like REC-001, 3"),
        ("hangs", "5000", "up to 1,024"),
        ("photo", "perhaps", "Type yes"),
        ("ref", "CAM-099", "There is no CAM-099"),
    ],
)
def test_what_cannot_be_is_said_of_its_cell(
    inventory: Inventory, knowledge: Knowledge, cell: CellName, typed: str, sentence: str
) -> None:
    (one,) = read(inventory, knowledge, WalkLine(place="Store").changed(cell, typed))
    assert list(one.problems) == [cell]
    assert sentence in one.problems[cell]
    assert one.line.cell(cell) == typed


def test_kinds_and_channels_are_read_as_people_write_them(inventory: Inventory, knowledge: Knowledge) -> None:
    typed = ["", "Dome", "dome camera", "PTZ", "NVR", "recorder", "rec", "Something else", "other"]
    found = [
        (one.kind, one.camera_type)
        for one in read(inventory, knowledge, *(WalkLine(place="Store", kind=text) for text in typed))
    ]
    assert found == [
        ("camera", ""), ("camera", "dome"), ("camera", "dome"), ("camera", "ptz"), ("recorder", ""), ("recorder", ""),
        ("recorder", ""), ("other", ""), ("other", ""),
    ]  # fmt: skip
    recorder = next(row.id for row in inventory.assets() if row.kind == "recorder")
    for text in ("REC-001, 7", "rec-1 7", "REC-001 ch. 7", "channel 7", "7"):
        (one,) = read(inventory, knowledge, WalkLine(hangs=text))
        assert (one.recorder, one.channel, one.problems) == (recorder, 7, {}), text


def test_a_line_is_the_row_of_its_ref_its_serial_number_or_its_channel(inventory: Inventory, knowledge: Knowledge) -> None:
    lines = (WalkLine(ref="cam 2"), WalkLine(serial=SERIAL), WalkLine(hangs="REC-001, 1"), WalkLine(hangs="REC-001, 3"))
    found = read(inventory, knowledge, *lines)
    refs = [(one.row.asset.ref if one.row else None, one.why) for one in found]
    assert refs == [("CAM-002", "its ref"), ("CAM-001", "the same serial number"), ("CAM-003", "the same channel"), (None, "")]
    (apart,) = read(inventory, knowledge, WalkLine(serial=SERIAL, is_row=NEW))
    assert (apart.row, apart.like is not None) == (None, True)
    assert apart.line.changed("serial", "other").is_row == ""


def test_two_lines_of_one_thing_and_a_serial_of_another_row_are_said(inventory: Inventory, knowledge: Knowledge) -> None:
    found = read(inventory, knowledge, WalkLine(ref="CAM-001"), WalkLine(serial=SERIAL), WalkLine(serial="ABCD999999"), WalkLine(),
                 WalkLine(serial="abcd-999999"), WalkLine(ref="CAM-002", serial=SERIAL))  # fmt: skip
    assert [dict(one.problems) for one in found] == [
        {},
        {"serial": "Line 1 speaks of CAM-001 too; keep one of them."},
        {},
        {},
        {"serial": "Line 3 has this serial number too; look at both labels again."},
        {"serial": "CAM-001 has this serial number; look at the label and the ref again."},
    ]


def states(inventory: Inventory) -> dict[str, object]:
    """The rows; what a made-up device is by its own answers is told by a search, not here."""
    return {row.ref: replace(row, kind="camera") for row in inventory.assets()}


def test_all_lines_are_one_edit_that_is_taken_back_and_done_again(inventory: Inventory, knowledge: Knowledge) -> None:
    lines = [
        WalkLine(place="Store", kind="Dome", brand="Axis", model="P3245-V", serial="ACCC8E012345", photo="yes"),
        WalkLine(place="Gate > Post", kind="Bullet"),
        WalkLine(),
        WalkLine(ref="CAM-002", place="Annexe > Hall", brand="Axis", model="M3106-L"),
        WalkLine(hangs="1", place="Store"),
        WalkLine(place="Store", hangs="REC-001, 9", brand="HiLook"),
    ]
    before = states(inventory)
    number = len(inventory.changes())
    changes = register.do(inventory, knowledge, walking.save_walk(knowledge, lines, WHO), by=BY, now=NOW)
    assert changes.say == "3 rows added and 2 rows brought up to date from the walk-round of R. Khan."
    assert len(inventory.changes()) == number + 1
    rows = {row.asset.ref: row for row in register.rows(inventory, knowledge)}
    new = rows["CAM-005"]
    assert (new.maker, new.grade, new.asset.camera_type, new.asset.tags) == ("axis", "confirmed", "dome", ("photo taken",))
    assert new.asset.place_path == ("Elm Park", "Annexe", "Store")
    assert rows["CAM-006"].asset.place_path == ("Elm Park", "Gate", "Post")
    assert (rows["CAM-002"].asset.place_path[-1], rows["CAM-002"].model) == ("Hall", "M3106-L")
    assert (rows["CAM-003"].asset.confirmed_by, rows["CAM-003"].asset.unconfirmed) == (WHO, False)
    hung = rows["CAM-007"].asset
    assert (hung.connected_ref, hung.channel, hung.confirmed_by) == ("REC-001", 9, WHO)
    assert not any(row.stale for row in rows.values())
    register.undo(inventory, knowledge, NOW)
    assert states(inventory) == before
    assert all(place.name != "Gate" for place in inventory.places())
    register.redo(inventory, knowledge, NOW)
    assert len(inventory.assets()) == len(before) + 3


def test_nothing_is_kept_where_one_line_cannot_be_or_nobody_is_named(inventory: Inventory, knowledge: Knowledge) -> None:
    before, number = inventory.assets(), len(inventory.changes())
    for lines, who, sentence in (
        ([WalkLine(place="Store"), WalkLine(place="Hall")], WHO, "Line 2: There are 2 places"),
        ([WalkLine(place="Store")], " ", "who walked round"),
        ([WalkLine()], WHO, "nothing to save"),
    ):
        with pytest.raises(StoreError, match=sentence):
            register.do(inventory, knowledge, walking.save_walk(knowledge, lines, who), by=BY, now=NOW)
    assert (inventory.assets(), len(inventory.changes())) == (before, number)


def test_a_draft_waits_over_a_restart_and_is_no_edit(inventory: Inventory, knowledge: Knowledge) -> None:
    lines = [WalkLine(place="Hall", photo="yes"), WalkLine(serial=SERIAL, is_row=NEW)]
    number = len(inventory.changes())
    walking.save_draft(inventory, lines)
    path = inventory.path
    inventory.close()
    with register.open_inventory(path, NOW) as again:
        assert walking.draft(again) == lines
        assert len(again.changes()) == number
        walking.save_draft(again, [WalkLine()])
        assert walking.draft(again) == []
        again.save_draft(walking.DRAFT, '[{"place": "Hall", "later": "x"}]')
        assert walking.draft(again) == [WalkLine(place="Hall")]
        for text in ("no list", "3", '[{"place": 4}]'):
            again.save_draft(walking.DRAFT, text)
            assert walking.draft(again) == []


def test_cells_of_a_spreadsheet_are_laid_over_the_lines() -> None:
    made = paste(
        [WalkLine(place="Store", brand="Axis")], 0, "kind", [["Dome", "Bosch"], ["", "Hanwha", "QNV", "S", "", "", "too far"]]
    )
    assert made == [WalkLine(place="Store", kind="Dome", brand="Bosch"), WalkLine(brand="Hanwha", model="QNV", serial="S")]
    assert len(paste([], 0, CELLS[0], [["x"]] * 3)) == 3
