"""What staff change of the plan: kept, counted, undone, and never dropped by what the register says next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Batch, Costs, Plan
from camcensus.store.inventory import Inventory
from camcensus.tasks import planning, register
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
