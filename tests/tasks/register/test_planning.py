"""What staff change of the plan: kept, counted, undone, and never dropped by what the register says next."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Batch, Costs, OwnLine, Plan
from camcensus.store.edits import batches, by_hand, placing, settings, tagging
from camcensus.store.edits import plan as plan_edits
from camcensus.store.edits.by_hand import NewRow
from camcensus.store.inventory import Inventory
from camcensus.tasks.register import plan as planning
from camcensus.tasks.register import verbs as register
from report_estate import NOW, STAFF
from samples import body

BY, LATER_YEAR = STAFF, "2027-28"
NOBODY = Knowledge(version="2026.11.24+test")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed inventory: eight cameras in two rooms of one building, one recorder on which the first two hang."""
    file = tmp_path / "school.camcensus"
    with register.new_inventory(file, body(), NOW) as inventory:
        site = inventory.do(placing.add_place("site", "Elm Park", None), by=BY, now=NOW).made
        block = inventory.do(placing.add_place("building", "Main block", site), by=BY, now=NOW).made
        rooms = [
            inventory.do(placing.add_place("room", name, block, sensitive=name == "Gate"), by=BY, now=NOW).made
            for name in ("Gate", "Hall")
        ]
        for room in rooms:
            for _ in range(4):
                inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=room)]), by=BY, now=NOW)
        inventory.do(by_hand.add_rows([NewRow(kind="recorder", prefix="REC", place=rooms[1])]), by=BY, now=NOW)
        ids = {asset.ref: asset.id for asset in inventory.assets()}
        inventory.do(by_hand.connect([ids["CAM-001"], ids["CAM-002"]], ids["REC-001"]), by=BY, now=NOW)
        inventory.do(
            settings.set_costs(Costs(camera_unit=180_00, camera_fitting=120_00, recorder_unit=1050_00)), by=BY, now=NOW
        )
    return file


@pytest.fixture
def inventory(path: Path) -> Iterator[Inventory]:
    with register.open_inventory(path, NOW) as opened:
        yield opened


def plan(inventory: Inventory) -> Plan:
    return planning.plan(inventory, NOBODY, NOW)


def named(inventory: Inventory, name: str, kind: str = "camera") -> Batch:
    (found,) = [batch for batch in plan(inventory).batches if batch.name in (name, f"{name}: {kind}s") and batch.kind == kind]
    return found


def ids(inventory: Inventory) -> dict[str, str]:
    return {asset.ref: asset.id for asset in inventory.assets()}


def test_nobody_decided_anything_so_batches_are_by_place_and_in_no_total(inventory: Inventory) -> None:
    made = plan(inventory)
    assert [(batch.name, batch.kind, batch.option, batch.quantity) for batch in made.batches] == [
        ("Gate", "camera", None, 4),
        ("Hall: cameras", "camera", None, 4),
        ("Hall: recorders", "recorder", None, 1),
    ]
    assert made.batches[0].reason == "Sensitive place."
    assert (made.years, made.total.total) == ((), 0)


def test_an_option_is_the_decision_of_the_rows(inventory: Inventory) -> None:
    changes = inventory.do(batches.set_option([named(inventory, "Gate")], "replace"), by=BY, now=NOW)
    assert (changes.say, changes.plan, len(changes.assets)) == ("Gate: Replace.", True, 4)
    decided = [asset.decision for asset in inventory.assets() if asset.place_path[-1] == "Gate"]
    assert [(one.what, one.by) for one in decided if one] == [("replace", BY)] * 4
    gate = named(inventory, "Gate")
    assert (gate.option, gate.year, gate.priority, gate.total) == ("replace", LATER_YEAR, 2, 4 * 300_00)
    assert gate.touched


def test_a_batch_keeps_its_id_when_it_is_edited_and_when_that_is_undone(inventory: Inventory) -> None:
    before = named(inventory, "Gate")
    inventory.do(batches.set_fields([before], {"unit": "£195", "name": "Front gate"}), by=BY, now=NOW)
    assert named(inventory, "Front gate").id == before.id
    assert named(inventory, "Front gate").typed == {"unit", "name"}
    register.undo(inventory, NOBODY, NOW)
    assert named(inventory, "Gate") == before
    register.redo(inventory, NOBODY, NOW)
    assert named(inventory, "Front gate").unit == 195_00


def test_what_is_typed_stays_when_new_rows_come_and_they_do_not_join_by_themselves(inventory: Inventory) -> None:
    inventory.do(batches.set_fields([named(inventory, "Hall")], {"unit": "£195"}), by=BY, now=NOW)
    hall = next(asset.place for asset in inventory.assets() if asset.ref == "CAM-005")
    inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=hall)]), by=BY, now=NOW)
    halls = [batch for batch in plan(inventory).batches if batch.name.startswith("Hall") and batch.kind == "camera"]
    assert sorted((batch.touched, batch.refs, batch.unit) for batch in halls) == [
        (False, ("CAM-009",), None),
        (True, ("CAM-005", "CAM-006", "CAM-007", "CAM-008"), 195_00),
    ]
    assert len({batch.id for batch in halls}) == 2


def test_a_batch_nobody_touched_follows_the_register(inventory: Inventory) -> None:
    inventory.do(tagging.decide([ids(inventory)["CAM-001"]], "replace", year="2026-27"), by=BY, now=NOW)
    gates = [batch for batch in plan(inventory).batches if batch.name.startswith("Gate")]
    assert [(batch.refs, batch.option, batch.year, batch.priority) for batch in gates] == [
        (("CAM-001",), "replace", "2026-27", 1),
        (("CAM-002", "CAM-003", "CAM-004"), None, None, 2),
    ]


def test_a_batch_whose_camera_went_away_says_so_and_keeps_what_was_typed(inventory: Inventory) -> None:
    inventory.do(batches.set_option([named(inventory, "Gate")], "replace"), by=BY, now=NOW)
    inventory.do(batches.set_fields([named(inventory, "Gate")], {"unit": "£195", "quantity": 4}), by=BY, now=NOW)
    inventory.do(tagging.set_status([ids(inventory)["CAM-002"]], "removed"), by=BY, now=NOW)
    gate = named(inventory, "Gate")
    assert gate.notes[0] == "CAM-002 is no longer in use."
    assert gate.notes[1] == "The quantity 4 was typed; 3 rows are left in it."
    assert (gate.quantity, gate.total) == (4, 4 * (195_00 + 120_00))
    inventory.do(tagging.set_status(list(gate.assets), "removed"), by=BY, now=NOW)
    empty = named(inventory, "Gate")
    assert (empty.assets, empty.unit, empty.total, empty.acting) == ((), 195_00, None, False)
    assert "The cameras of this batch are no longer in use, so it is left out of every total." in empty.notes
    assert plan(inventory).total.total == 0
    inventory.do(batches.propose_again([empty]), by=BY, now=NOW)
    assert [batch.name for batch in plan(inventory).batches] == ["Hall: cameras", "Hall: recorders"]


def test_a_row_that_is_decided_otherwise_leaves_and_that_is_said(inventory: Inventory) -> None:
    inventory.do(batches.set_option([named(inventory, "Gate")], "replace"), by=BY, now=NOW)
    inventory.do(tagging.decide([ids(inventory)["CAM-003"]], "keep"), by=BY, now=NOW)
    gates = [batch for batch in plan(inventory).batches if batch.name.startswith("Gate")]
    assert [(batch.option, batch.quantity) for batch in gates] == [("replace", 3), ("keep", 1)]
    assert gates[0].notes == ("CAM-003 has another decision now and is in a batch of its own.",)


def test_a_batch_of_which_all_rows_are_decided_otherwise_stays_together_with_its_prices(inventory: Inventory) -> None:
    inventory.do(batches.set_option([named(inventory, "Gate")], "replace"), by=BY, now=NOW)
    inventory.do(batches.set_fields([named(inventory, "Gate")], {"unit": "£195"}), by=BY, now=NOW)
    gate = named(inventory, "Gate")
    inventory.do(tagging.decide(gate.assets, "replace", year="2030-31"), by=BY, now=NOW)
    after = named(inventory, "Gate")
    assert (after.id, after.year, after.unit, after.notes) == (gate.id, "2030-31", 195_00, ())


def test_replacing_with_the_recorder_decides_the_recorder_too(inventory: Inventory) -> None:
    changes = inventory.do(batches.set_option([named(inventory, "Gate")], "replace-with-recorder"), by=BY, now=NOW)
    assert changes.say == "Gate: Replace with its recorder. REC-001 is replaced with them."
    made = plan(inventory)
    assert [(batch.name, batch.kind, batch.option) for batch in made.acting] == [
        ("Gate", "camera", "replace-with-recorder"),
        ("Hall: recorders", "recorder", "replace"),
    ]
    (note,) = made.acting[0].notes
    assert note.startswith("The record does not say which recorder CAM-003 and CAM-004 are connected to")
    register.undo(inventory, NOBODY, NOW)
    assert [asset.decision for asset in inventory.assets()] == [None] * 9


def test_moving_to_a_year_is_the_year_of_the_decision_and_not_dated_is_a_choice(inventory: Inventory) -> None:
    gate = named(inventory, "Gate")
    with pytest.raises(StoreError, match="Decide first what to do with Gate"):
        inventory.do(batches.move_to_year([gate], LATER_YEAR), by=BY, now=NOW)
    inventory.do(batches.set_option([gate], "replace"), by=BY, now=NOW)
    assert (
        inventory.do(batches.move_to_year([named(inventory, "Gate")], "2029"), by=BY, now=NOW).say == "Gate moved to 2029-30."
    )
    assert {asset.decision.year for asset in inventory.assets() if asset.decision} == {"2029-30"}
    inventory.do(batches.move_to_year([named(inventory, "Gate")], None), by=BY, now=NOW)
    assert (named(inventory, "Gate").year, plan(inventory).years[0].year) == (None, "No year yet")
    with pytest.raises(StoreError, match="no financial year"):
        inventory.do(batches.move_to_year([named(inventory, "Gate")], "next year"), by=BY, now=NOW)


def test_taken_out_counts_in_no_total_and_comes_back(inventory: Inventory) -> None:
    inventory.do(batches.set_option([named(inventory, "Gate")], "replace"), by=BY, now=NOW)
    whole = plan(inventory).total
    inventory.do(batches.take_out([named(inventory, "Gate")]), by=BY, now=NOW)
    made = plan(inventory)
    assert (len(made.taken_out), made.total.equipment) == (4, 0)
    (out,) = [batch for batch in made.batches if batch.out]
    inventory.do(batches.put_back([out]), by=BY, now=NOW)
    assert plan(inventory).total == whole
    inventory.do(batches.take_out(plan(inventory).acting), by=BY, now=NOW)
    assert plan(inventory).total.total == 0
    assert {asset.decision.what for asset in inventory.assets() if asset.decision} == {"replace"}


def test_own_lines_are_counted_kept_and_undone(inventory: Inventory) -> None:
    line = OwnLine(id="", name=" Cabling, lift hire ", quantity=2, unit=350_00, fitting=80_00, year="2026-27", priority=1)
    changes = inventory.do(plan_edits.add_line(line), by=BY, now=NOW)
    assert (changes.say, changes.plan) == ("Cabling, lift hire added.", True)
    assert plan(inventory).total.total == 860_00 + 90_00
    (kept,) = plan(inventory).lines
    inventory.do(plan_edits.change_line(replace(kept, year="2028-29", unit=None)), by=BY, now=NOW)
    (kept,) = plan(inventory).lines
    assert (kept.id, kept.year, kept.total) == (changes.made, "2028-29", None)
    inventory.do(plan_edits.remove_line(changes.made), by=BY, now=NOW)
    assert plan(inventory).lines == ()
    register.undo(inventory, NOBODY, NOW)
    assert plan(inventory).lines == (kept,)
    with pytest.raises(StoreError, match="needs a name"):
        inventory.do(plan_edits.add_line(OwnLine(id="", name=" ")), by=BY, now=NOW)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("unit", "a lot", "Unit price: the cost must be a number"),
        ("fitting", -1, "Fitting price: the cost must be a number"),
        ("unit", "1,50", "Unit price: the cost must be a number"),
        ("quantity", "1.5", "Quantity must be a whole number"),
        ("quantity", "1,5", "Quantity must be a whole number"),
        ("priority", "5", "Priority must be 1, 2, 3 or 4"),
        ("target_date", "soon", "Target date must be a date"),
        ("status", "lost", "Status must be one of"),
        ("name", "x" * 201, "Name can be 200 characters at most"),
    ],
)
def test_what_does_not_fit_is_one_sentence_and_changes_nothing(
    inventory: Inventory, field: str, value: object, says: str
) -> None:
    before = plan(inventory)
    with pytest.raises(StoreError, match=says):
        inventory.do(batches.set_fields([named(inventory, "Gate")], {"unit": "180", field: value}), by=BY, now=NOW)
    assert plan(inventory) == before


def test_a_need_is_answered_for_one_batch(inventory: Inventory) -> None:
    inventory.do(batches.set_option([named(inventory, "Gate")], "replace"), by=BY, now=NOW)
    kinds = [need.kind for need in named(inventory, "Gate").needs]
    assert kinds == ["recorder", "power", "cables", "dpia", "asbestos", "access"]
    inventory.do(batches.set_need([named(inventory, "Gate")], "dpia", "done", "DPIA-21"), by=BY, now=NOW)
    dpia = next(need for need in named(inventory, "Gate").needs if need.kind == "dpia")
    assert (dpia.state, dpia.note) == ("done", "DPIA-21")
    assert next(need.ref for need in named(inventory, "Gate").needs if need.kind == "recorder") == "REC-001"


def test_all_of_it_is_there_after_a_restart(path: Path) -> None:
    with register.open_inventory(path, NOW) as inventory:
        inventory.do(batches.set_option([named(inventory, "Gate")], "replace"), by=BY, now=NOW)
        inventory.do(
            batches.set_fields([named(inventory, "Gate")], {"name": "Front", "unit": "195", "note": "Ask Jo"}), by=BY, now=NOW
        )
        inventory.do(plan_edits.add_line(OwnLine(id="", name="Disks", unit=90_00)), by=BY, now=NOW)
        inventory.do(plan_edits.make_version(plan(inventory), NOBODY.version, "For the governors"), by=BY, now=NOW)
        before, versions = plan(inventory), inventory.plan_versions()
    with register.open_inventory(path, NOW) as inventory:
        assert plan(inventory) == before
        assert inventory.plan_versions() == versions
        for _ in range(4):
            register.undo(inventory, NOBODY, NOW)
        assert inventory.plan_versions() == ()
        for _ in range(4):
            register.redo(inventory, NOBODY, NOW)
        assert plan(inventory) == before


def test_versions_and_what_changed_since(inventory: Inventory) -> None:
    inventory.do(batches.set_option([named(inventory, "Gate"), named(inventory, "Hall")], "replace"), by=BY, now=NOW)
    inventory.do(plan_edits.add_line(OwnLine(id="", name="Cabling", unit=100_00, year="2026-27")), by=BY, now=NOW)
    shown = plan(inventory)
    assert (shown.version, shown.changes) == (None, ())
    assert (
        inventory.do(plan_edits.make_version(shown, NOBODY.version, "For the governors"), by=BY, now=NOW).say
        == "The plan is saved as it was signed."
    )
    now = plan(inventory)
    assert now.version is not None
    assert (now.version.number, now.version.total, now.changes) == (1, shown.total.total, ())
    inventory.do(batches.move_to_year([named(inventory, "Gate")], "2028-29"), by=BY, now=NOW)
    inventory.do(batches.set_fields([named(inventory, "Gate")], {"unit": "£195", "quantity": 5}), by=BY, now=NOW)
    inventory.do(batches.take_out([named(inventory, "Hall")]), by=BY, now=NOW)
    inventory.do(plan_edits.remove_line(plan(inventory).lines[0].id), by=BY, now=NOW)
    said = [str(change) for change in plan(inventory).changes]
    assert said[0].startswith("The total excluding VAT went from £")
    assert {
        "Gate: moved from 2027-28 to 2028-29.",
        "Gate: quantity was 4, now 5.",
        "Gate: unit price was £180, now £195.",
        "Hall: cameras: taken out of the plan.",
        "Cabling: line removed (£100).",
    } <= set(said)
    kept = planning.version_plan(inventory, 1)
    assert (kept.total, kept.years, kept.items, kept.unpriced) == (shown.total, shown.years, shown.items, shown.unpriced)
    inventory.do(plan_edits.make_version(plan(inventory), NOBODY.version, ""), by=BY, now=NOW)
    assert [one.number for one in inventory.plan_versions()] == [2, 1]
    assert plan(inventory).changes == ()
    with pytest.raises(StoreError, match=r"There is no version 3 of the plan\. There are: 1, 2\."):
        planning.version_plan(inventory, 3)


def test_a_version_made_before_the_options_said_where_recording_stops_is_read(path: Path) -> None:
    with register.open_inventory(path, NOW) as opened:
        cameras = [asset.id for asset in opened.assets()]
        opened.do(tagging.decide(cameras, "replace", why="old", year=LATER_YEAR), by=BY, now=NOW)
        opened.do(plan_edits.make_version(plan(opened), NOBODY.version, ""), by=BY, now=NOW)
        kept = planning.version_plan(opened, 1)
    with contextlib.closing(sqlite3.connect(path)) as db:
        held = json.loads(db.execute("SELECT plan FROM plan_version").fetchone()[0])
        assert [one.pop("recording") for one in held["alternatives"]]
        db.execute("UPDATE plan_version SET plan = ?", [json.dumps(held)])
        db.commit()
    with register.open_inventory(path, NOW) as opened:
        older = planning.version_plan(opened, 1)
    assert [one.recording for one in older.alternatives] == [""] * len(kept.alternatives)
    assert older.total == kept.total


def test_whatever_the_paper_tells_of_the_plan_is_a_change_since_its_version(inventory: Inventory) -> None:
    inventory.do(batches.set_option([named(inventory, "Gate")], "replace"), by=BY, now=NOW)
    line = OwnLine(id="", name="Cabling", unit=100_00, year="2026-27")
    inventory.do(plan_edits.add_line(line), by=BY, now=NOW)
    (kept,) = plan(inventory).lines
    edits: list[tuple[Callable[[], object], str]] = [
        (lambda: inventory.do(batches.set_need([named(inventory, "Gate")], "dpia", "done", ""), by=BY, now=NOW),
         "Gate: other details changed."),
        (lambda: inventory.do(batches.set_need([named(inventory, "Gate")], "power", "open", "Ask IT"), by=BY, now=NOW),
         "Gate: other details changed."),
        (lambda: inventory.do(batches.set_fields([named(inventory, "Gate")], {"target_date": "1/2/2027"}), by=BY, now=NOW),
         "Gate: target date was not given, now 1 February 2027."),
        (lambda: inventory.do(batches.set_fields([named(inventory, "Gate")], {"weee_note": "T-9"}), by=BY, now=NOW),
         "Gate: other details changed."),
        (lambda: inventory.do(plan_edits.change_line(replace(kept, name="Lift")), by=BY, now=NOW), "Cabling: renamed."),
        (lambda: inventory.do(plan_edits.change_line(replace(kept, reason="High")), by=BY, now=NOW), "Cabling: other details changed."),
        (lambda: inventory.do(tagging.decide([ids(inventory)["CAM-005"]], "keep"), by=BY, now=NOW),
         "The number of rows that are kept was 0, now 1."),
        (lambda: inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by=BY, now=NOW),
         "The number of cameras in the register was 8, now 9."),
    ]  # fmt: skip
    for edit, say in edits:
        inventory.do(plan_edits.make_version(plan(inventory), NOBODY.version, ""), by=BY, now=NOW)
        assert plan(inventory).changes == ()
        edit()
        assert say in [str(change) for change in plan(inventory).changes]
        register.undo(inventory, NOBODY, NOW)
        assert plan(inventory).changes == ()


def test_a_batch_nobody_touched_is_known_again_by_its_rows(inventory: Inventory) -> None:
    inventory.do(tagging.decide(named(inventory, "Gate").assets, "replace", year="2026-27"), by=BY, now=NOW)
    inventory.do(plan_edits.make_version(plan(inventory), NOBODY.version, ""), by=BY, now=NOW)
    inventory.do(tagging.decide(named(inventory, "Gate").assets, "replace", year="2027-28"), by=BY, now=NOW)
    assert "Gate: moved from 2026-27 to 2027-28." in [str(change) for change in plan(inventory).changes]


def test_the_order_of_rows_never_changes_the_plan(inventory: Inventory) -> None:
    inventory.do(batches.set_option([named(inventory, "Gate")], "replace"), by=BY, now=NOW)
    shown = register.rows(inventory, NOBODY)
    assert planning.plan(inventory, NOBODY, NOW, register=shown) == planning.plan(inventory, NOBODY, NOW, register=shown[::-1])
