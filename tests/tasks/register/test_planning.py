"""What staff change of the plan: kept, counted, undone, and never dropped by what the register says next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Batch, Costs, OwnLine, Plan
from camcensus.store.inventory import Inventory
from camcensus.tasks.register import planning
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
        site = register.add_place(inventory, "site", "Elm Park", None, BY, NOW)
        block = register.add_place(inventory, "building", "Main block", site.id, BY, NOW)
        rooms = [
            register.add_place(inventory, "room", name, block.id, BY, NOW, sensitive=name == "Gate")
            for name in ("Gate", "Hall")
        ]
        for room in rooms:
            for _ in range(4):
                inventory.add_asset("camera", "CAM", room.id, BY, NOW)
        inventory.add_asset("recorder", "REC", rooms[1].id, BY, NOW)
        ids = {asset.ref: asset.id for asset in inventory.assets()}
        register.connect(inventory, [ids["CAM-001"], ids["CAM-002"]], ids["REC-001"], BY, NOW)
        register.set_costs(inventory, Costs(camera_unit=180_00, camera_fitting=120_00, recorder_unit=1050_00), NOW, BY)
    return file


@pytest.fixture
def inventory(path: Path) -> Iterator[Inventory]:
    with register.open_inventory(path, NOW) as opened:
        yield opened


def plan(inventory: Inventory) -> Plan:
    return planning.plan(inventory, NOBODY, NOW)


def named(inventory: Inventory, name: str, kind: str = "camera") -> Batch:
    (found,) = [batch for batch in plan(inventory).batches if batch.name == name and batch.kind == kind]
    return found


def ids(inventory: Inventory) -> dict[str, str]:
    return {asset.ref: asset.id for asset in inventory.assets()}


def test_nobody_decided_anything_so_batches_are_by_place_and_in_no_total(inventory: Inventory) -> None:
    made = plan(inventory)
    assert [(batch.name, batch.kind, batch.option, batch.quantity) for batch in made.batches] == [
        ("Gate", "camera", None, 4),
        ("Hall", "camera", None, 4),
        ("Hall", "recorder", None, 1),
    ]
    assert made.batches[0].reason == "Sensitive place."
    assert (made.years, made.total.total) == ((), 0)


def test_an_option_is_the_decision_of_the_rows(inventory: Inventory) -> None:
    changes = planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
    assert (changes.say, changes.plan, len(changes.assets)) == ("Gate: Replace.", True, 4)
    decided = [asset.decision for asset in inventory.assets() if asset.place_path[-1] == "Gate"]
    assert [(one.what, one.by) for one in decided if one] == [("replace", BY)] * 4
    gate = named(inventory, "Gate")
    assert (gate.option, gate.year, gate.priority, gate.total) == ("replace", LATER_YEAR, 2, 4 * 300_00)
    assert gate.touched


def test_a_batch_keeps_its_id_when_it_is_edited_and_when_that_is_undone(inventory: Inventory) -> None:
    before = named(inventory, "Gate")
    planning.set_fields(inventory, [before], {"unit": "£195", "name": "Front gate"}, BY, NOW)
    assert named(inventory, "Front gate").id == before.id
    assert named(inventory, "Front gate").typed == {"unit", "name"}
    register.undo(inventory, NOBODY, NOW)
    assert named(inventory, "Gate") == before
    register.redo(inventory, NOBODY, NOW)
    assert named(inventory, "Front gate").unit == 195_00


def test_what_is_typed_stays_when_new_rows_come_and_they_do_not_join_by_themselves(inventory: Inventory) -> None:
    planning.set_fields(inventory, [named(inventory, "Hall")], {"unit": "£195"}, BY, NOW)
    hall = next(asset.place for asset in inventory.assets() if asset.ref == "CAM-005")
    inventory.add_asset("camera", "CAM", hall, BY, NOW)
    halls = [batch for batch in plan(inventory).batches if batch.name == "Hall" and batch.kind == "camera"]
    assert sorted((batch.touched, batch.refs, batch.unit) for batch in halls) == [
        (False, ("CAM-009",), None),
        (True, ("CAM-005", "CAM-006", "CAM-007", "CAM-008"), 195_00),
    ]
    assert len({batch.id for batch in halls}) == 2


def test_a_batch_nobody_touched_follows_the_register(inventory: Inventory) -> None:
    register.decide(inventory, [ids(inventory)["CAM-001"]], "replace", BY, NOW, year="2026-27")
    gates = [batch for batch in plan(inventory).batches if batch.name == "Gate"]
    assert [(batch.refs, batch.option, batch.year, batch.priority) for batch in gates] == [
        (("CAM-001",), "replace", "2026-27", 1),
        (("CAM-002", "CAM-003", "CAM-004"), None, None, 2),
    ]


def test_a_batch_whose_camera_went_away_says_so_and_keeps_what_was_typed(inventory: Inventory) -> None:
    planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
    planning.set_fields(inventory, [named(inventory, "Gate")], {"unit": "£195", "quantity": 4}, BY, NOW)
    register.set_status(inventory, [ids(inventory)["CAM-002"]], "removed", BY, NOW)
    gate = named(inventory, "Gate")
    assert gate.notes[0] == "CAM-002 is no longer in the register."
    assert gate.notes[1] == "The quantity 4 was typed; 3 rows are left in it."
    assert (gate.quantity, gate.total) == (4, 4 * (195_00 + 120_00))
    register.set_status(inventory, list(gate.assets), "removed", BY, NOW)
    empty = named(inventory, "Gate")
    assert (empty.assets, empty.unit, empty.total, empty.acting) == ((), 195_00, None, False)
    assert "The cameras of this batch are no longer in the register, so it is left out of every total." in empty.notes
    assert plan(inventory).total.total == 0
    planning.propose_again(inventory, [empty], BY, NOW)
    assert [batch.name for batch in plan(inventory).batches] == ["Hall", "Hall"]


def test_a_row_that_is_decided_otherwise_leaves_and_that_is_said(inventory: Inventory) -> None:
    planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
    register.decide(inventory, [ids(inventory)["CAM-003"]], "keep", BY, NOW)
    gates = [batch for batch in plan(inventory).batches if batch.name == "Gate"]
    assert [(batch.option, batch.quantity) for batch in gates] == [("replace", 3), ("keep", 1)]
    assert gates[0].notes == ("CAM-003 has another decision now and is in a batch of its own.",)


def test_a_batch_of_which_all_rows_are_decided_otherwise_stays_together_with_its_prices(inventory: Inventory) -> None:
    planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
    planning.set_fields(inventory, [named(inventory, "Gate")], {"unit": "£195"}, BY, NOW)
    gate = named(inventory, "Gate")
    register.decide(inventory, gate.assets, "replace", BY, NOW, year="2030-31")
    after = named(inventory, "Gate")
    assert (after.id, after.year, after.unit, after.notes) == (gate.id, "2030-31", 195_00, ())


def test_rows_that_join_a_batch_are_decided_as_its_rows_are_by_now(inventory: Inventory) -> None:
    planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
    register.decide(inventory, named(inventory, "Gate").assets, "remove", BY, NOW, year="2030-31")
    planning.move_rows(inventory, [ids(inventory)["CAM-005"]], named(inventory, "Gate"), BY, NOW)
    gate = named(inventory, "Gate")
    assert (gate.option, gate.year, gate.notes) == ("remove", "2030-31", ())
    assert gate.refs == ("CAM-001", "CAM-002", "CAM-003", "CAM-004", "CAM-005")
    planning.set_option(inventory, [gate], "separate", BY, NOW)
    assert named(inventory, "Gate").year == "2030-31"
    register.undo(inventory, NOBODY, NOW)
    assert named(inventory, "Gate") == gate


def test_replacing_with_the_recorder_decides_the_recorder_too(inventory: Inventory) -> None:
    changes = planning.set_option(inventory, [named(inventory, "Gate")], "replace-with-recorder", BY, NOW)
    assert changes.say == "Gate: Replace with its recorder. REC-001 is replaced with them."
    made = plan(inventory)
    assert [(batch.name, batch.kind, batch.option) for batch in made.acting] == [
        ("Gate", "camera", "replace-with-recorder"),
        ("Hall", "recorder", "replace"),
    ]
    (note,) = made.acting[0].notes
    assert note.startswith("The record does not say on which recorder CAM-003 and CAM-004 hang")
    register.undo(inventory, NOBODY, NOW)
    assert [asset.decision for asset in inventory.assets()] == [None] * 9


def test_moving_to_a_year_is_the_year_of_the_decision_and_not_dated_is_a_choice(inventory: Inventory) -> None:
    gate = named(inventory, "Gate")
    with pytest.raises(StoreError, match="Say first what is to be done with Gate"):
        planning.move_to_year(inventory, [gate], LATER_YEAR, BY, NOW)
    planning.set_option(inventory, [gate], "replace", BY, NOW)
    assert planning.move_to_year(inventory, [named(inventory, "Gate")], "2029", BY, NOW).say == "Gate moved to 2029-30."
    assert {asset.decision.year for asset in inventory.assets() if asset.decision} == {"2029-30"}
    planning.move_to_year(inventory, [named(inventory, "Gate")], None, BY, NOW)
    assert (named(inventory, "Gate").year, plan(inventory).years[0].year) == (None, "Not dated")
    with pytest.raises(StoreError, match="no financial year"):
        planning.move_to_year(inventory, [named(inventory, "Gate")], "next year", BY, NOW)


def test_split_merge_and_move(inventory: Inventory) -> None:
    planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
    planning.set_fields(inventory, [named(inventory, "Gate")], {"unit": "£195"}, BY, NOW)
    rows = ids(inventory)
    changes, new = planning.split(inventory, named(inventory, "Gate"), [rows["CAM-001"]], BY, NOW, name="Front door")
    assert changes.say == "1 row of Gate split off."
    door = plan(inventory).batch(new)
    assert door is not None
    assert (door.name, door.refs, door.unit, door.option) == ("Front door", ("CAM-001",), 195_00, "replace")
    with pytest.raises(StoreError, match="not all of them"):
        planning.split(inventory, door, door.assets, BY, NOW)
    planning.move_rows(inventory, [rows["CAM-005"]], door, BY, NOW)
    door = named(inventory, "Front door")
    assert (door.refs, door.quantity) == (("CAM-001", "CAM-005"), 2)
    assert next(asset for asset in inventory.assets() if asset.ref == "CAM-005").decision is not None
    planning.set_fields(inventory, [door], {"quantity": 5, "other": "100"}, BY, NOW)
    planning.merge(inventory, [named(inventory, "Front door"), named(inventory, "Gate")], named(inventory, "Gate"), BY, NOW)
    gate = named(inventory, "Gate")
    assert (len(gate.assets), gate.quantity, gate.other) == (5, 3 + 5, 100_00)
    for _ in range(5):
        register.undo(inventory, NOBODY, NOW)
    assert named(inventory, "Gate").refs == ("CAM-001", "CAM-002", "CAM-003", "CAM-004")


def test_merging_says_which_prices_are_dropped(inventory: Inventory) -> None:
    planning.set_fields(inventory, [named(inventory, "Hall")], {"unit": "£200"}, BY, NOW)
    said = planning.merge(
        inventory, [named(inventory, "Hall"), named(inventory, "Gate")], named(inventory, "Gate"), BY, NOW
    ).say
    assert said == "Hall put together with Gate. The prices of Hall were other ones and are not kept."


def test_a_quantity_typed_for_one_of_three_leaves_no_row_of_the_others_out(inventory: Inventory) -> None:
    gate, hall = named(inventory, "Gate"), named(inventory, "Hall")
    _, new = planning.split(inventory, hall, hall.assets[:1], BY, NOW, name="Stage")
    stage = plan(inventory).batch(new)
    assert stage is not None
    planning.set_fields(inventory, [stage], {"quantity": 5}, BY, NOW)
    shown = plan(inventory)
    three = [shown.batch(gate.id), shown.batch(hall.id), shown.batch(new)]
    planning.merge(inventory, [one for one in three if one], gate, BY, NOW)
    assert (len(named(inventory, "Gate").assets), named(inventory, "Gate").quantity) == (8, 4 + 3 + 5)


def test_taken_out_counts_in_no_total_and_comes_back(inventory: Inventory) -> None:
    planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
    whole = plan(inventory).total
    planning.take_out_rows(inventory, named(inventory, "Gate"), [ids(inventory)["CAM-001"]], BY, NOW)
    made = plan(inventory)
    assert ([item.ref for item in made.taken_out], made.total.equipment) == (["CAM-001"], 3 * 180_00)
    (out,) = [batch for batch in made.batches if batch.out]
    planning.put_back(inventory, [out], BY, NOW)
    assert plan(inventory).total == whole
    planning.take_out(inventory, plan(inventory).acting, BY, NOW)
    assert plan(inventory).total.total == 0
    assert {asset.decision.what for asset in inventory.assets() if asset.decision} == {"replace"}


def test_the_last_price_of_a_kind_is_offered_and_not_counted(inventory: Inventory) -> None:
    register.set_costs(inventory, Costs(), NOW, BY)
    planning.set_option(inventory, [named(inventory, "Gate"), named(inventory, "Hall")], "replace", BY, NOW)
    planning.set_fields(inventory, [named(inventory, "Gate")], {"unit": "£195"}, BY, NOW)
    hall = named(inventory, "Hall")
    assert (hall.unit, hall.total, hall.offered_unit) == (None, None, 195_00)
    assert {item.batch for item in plan(inventory).unpriced} == {hall.id}


def test_own_lines_are_counted_kept_and_undone(inventory: Inventory) -> None:
    line = OwnLine(id="", name=" Cabling, lift hire ", quantity=2, unit=350_00, fitting=80_00, year="2026-27", priority=1)
    changes, made = planning.add_line(inventory, line, BY, NOW)
    assert (changes.say, changes.plan) == ("Cabling, lift hire added.", True)
    assert plan(inventory).total.total == 860_00 + 90_00
    assert planning.line_names(inventory) == {"cabling, lift hire": (350_00, 80_00)}
    (kept,) = plan(inventory).lines
    planning.change_line(inventory, replace(kept, year="2028-29", unit=None), BY, NOW)
    (kept,) = plan(inventory).lines
    assert (kept.id, kept.year, kept.total) == (made, "2028-29", None)
    planning.remove_line(inventory, made, BY, NOW)
    assert plan(inventory).lines == ()
    register.undo(inventory, NOBODY, NOW)
    assert plan(inventory).lines == (kept,)
    with pytest.raises(StoreError, match="needs a name"):
        planning.add_line(inventory, OwnLine(id="", name=" "), BY, NOW)


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
        planning.set_fields(inventory, [named(inventory, "Gate")], {"unit": "180", field: value}, BY, NOW)
    assert plan(inventory) == before


def test_a_core_network_counts_like_a_sensitive_place(inventory: Inventory) -> None:
    assert planning.networks(inventory) == ()
    planning.choose(inventory, BY, NOW, level="building", first_year_label="2028-29", core_networks=["eth0 10.0.0.2/24"])
    assert planning.choices(inventory).core_networks == {"eth0 10.0.0.2/24"}
    made = plan(inventory)
    assert (made.level, made.this_year, made.year_choices[0]) == ("building", "2028-29", "2028-29")
    assert [(batch.name, batch.quantity) for batch in made.batches] == [("Main block", 4), ("Main block", 4), ("Main block", 1)]


def test_a_need_is_answered_for_one_batch(inventory: Inventory) -> None:
    planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
    kinds = [need.kind for need in named(inventory, "Gate").needs]
    assert kinds == ["recorder", "power", "cables", "dpia", "asbestos", "access"]
    planning.set_need(inventory, [named(inventory, "Gate")], "dpia", "done", "DPIA-21", BY, NOW)
    dpia = next(need for need in named(inventory, "Gate").needs if need.kind == "dpia")
    assert (dpia.state, dpia.note) == ("done", "DPIA-21")
    assert next(need.ref for need in named(inventory, "Gate").needs if need.kind == "recorder") == "REC-001"


def test_all_of_it_is_there_after_a_restart(path: Path) -> None:
    with register.open_inventory(path, NOW) as inventory:
        planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
        planning.set_fields(inventory, [named(inventory, "Gate")], {"name": "Front", "unit": "195", "note": "Ask Jo"}, BY, NOW)
        planning.add_line(inventory, OwnLine(id="", name="Disks", unit=90_00), BY, NOW)
        planning.make_version(inventory, plan(inventory), NOBODY, "For the governors", BY, NOW)
        before, versions = plan(inventory), planning.versions(inventory)
    with register.open_inventory(path, NOW) as inventory:
        assert plan(inventory) == before
        assert planning.versions(inventory) == versions
        for _ in range(4):
            register.undo(inventory, NOBODY, NOW)
        assert planning.versions(inventory) == ()
        for _ in range(4):
            register.redo(inventory, NOBODY, NOW)
        assert plan(inventory) == before


def test_versions_and_what_changed_since(inventory: Inventory) -> None:
    planning.set_option(inventory, [named(inventory, "Gate"), named(inventory, "Hall")], "replace", BY, NOW)
    planning.add_line(inventory, OwnLine(id="", name="Cabling", unit=100_00, year="2026-27"), BY, NOW)
    shown = plan(inventory)
    assert (shown.version, shown.changes) == (None, ())
    assert planning.make_version(inventory, shown, NOBODY, "For the governors", BY, NOW).say == "Version 1 of the plan made."
    now = plan(inventory)
    assert now.version is not None
    assert (now.version.number, now.version.total, now.changes) == (1, shown.total.total, ())
    planning.move_to_year(inventory, [named(inventory, "Gate")], "2028-29", BY, NOW)
    planning.set_fields(inventory, [named(inventory, "Gate")], {"unit": "£195", "quantity": 5}, BY, NOW)
    planning.take_out(inventory, [named(inventory, "Hall")], BY, NOW)
    planning.remove_line(inventory, plan(inventory).lines[0].id, BY, NOW)
    said = [str(change) for change in plan(inventory).changes]
    assert said[0].startswith("The total excluding VAT went from £")
    assert {
        "Gate: moved from 2027-28 to 2028-29.",
        "Gate: quantity was 4, now 5.",
        "Gate: unit price was £180, now £195.",
        "Hall: taken out of the plan.",
        "Cabling: line removed (£100).",
    } <= set(said)
    kept = planning.version_plan(inventory, 1)
    assert (kept.total, kept.years, kept.items, kept.unpriced) == (shown.total, shown.years, shown.items, shown.unpriced)
    planning.make_version(inventory, plan(inventory), NOBODY, "", BY, NOW)
    assert [one.number for one in planning.versions(inventory)] == [2, 1]
    assert plan(inventory).changes == ()
    with pytest.raises(StoreError, match=r"There is no version 3 of the plan\. There are: 1, 2\."):
        planning.version_plan(inventory, 3)


def test_whatever_the_paper_tells_of_the_plan_is_a_change_since_its_version(inventory: Inventory) -> None:
    planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
    line = OwnLine(id="", name="Cabling", unit=100_00, year="2026-27")
    planning.add_line(inventory, line, BY, NOW)
    (kept,) = plan(inventory).lines
    edits: list[tuple[Callable[[], object], str]] = [
        (lambda: planning.set_need(inventory, [named(inventory, "Gate")], "dpia", "done", "", BY, NOW),
         "Gate: “Data protection impact assessment” is now “done”."),
        (lambda: planning.set_need(inventory, [named(inventory, "Gate")], "power", "open", "Ask IT", BY, NOW),
         "Gate: something else about what it depends on."),
        (lambda: planning.set_fields(inventory, [named(inventory, "Gate")], {"target_date": "1/2/2027"}, BY, NOW),
         "Gate: target date was not given, now 1 February 2027."),
        (lambda: planning.set_fields(inventory, [named(inventory, "Gate")], {"weee_note": "T-9"}, BY, NOW),
         "Gate: something else about the old ones."),
        (lambda: planning.change_line(inventory, replace(kept, name="Lift"), BY, NOW), "Cabling: renamed."),
        (lambda: planning.change_line(inventory, replace(kept, reason="High"), BY, NOW), "Cabling: another reason."),
        (lambda: register.decide(inventory, [ids(inventory)["CAM-005"]], "keep", BY, NOW),
         "The number of rows that are kept was 0, now 1."),
        (lambda: inventory.add_asset("camera", "CAM", None, BY, NOW),
         "The number of cameras in the register was 8, now 9."),
    ]  # fmt: skip
    for edit, say in edits:
        planning.make_version(inventory, plan(inventory), NOBODY, "", BY, NOW)
        assert plan(inventory).changes == ()
        edit()
        assert say in [str(change) for change in plan(inventory).changes]
        register.undo(inventory, NOBODY, NOW)
        assert plan(inventory).changes == ()


def test_a_batch_nobody_touched_is_known_again_by_its_rows(inventory: Inventory) -> None:
    register.decide(inventory, named(inventory, "Gate").assets, "replace", BY, NOW, year="2026-27")
    planning.make_version(inventory, plan(inventory), NOBODY, "", BY, NOW)
    register.decide(inventory, named(inventory, "Gate").assets, "replace", BY, NOW, year="2027-28")
    assert "Gate: moved from 2026-27 to 2027-28." in [str(change) for change in plan(inventory).changes]


def test_the_order_of_rows_never_changes_the_plan(inventory: Inventory) -> None:
    planning.set_option(inventory, [named(inventory, "Gate")], "replace", BY, NOW)
    planning.split(inventory, named(inventory, "Gate"), [ids(inventory)["CAM-001"]], BY, NOW)
    shown = register.rows(inventory, NOBODY)
    assert planning.plan(inventory, NOBODY, NOW, register=shown) == planning.plan(inventory, NOBODY, NOW, register=shown[::-1])
