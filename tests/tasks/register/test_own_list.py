"""Lists switched on and off with who and why, and the organisation's own list, over a real inventory and real replies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.errors import DamagedFileError, StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import settings
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks import documents
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import lists, plan
from camcensus.tasks.register import verbs as register
from camcensus.wire.read import read
from report_writing import write
from samples import LATER, NOW, body, observation, packet, scan


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path, knowledge: Knowledge) -> Iterator[Inventory]:
    """A Dahua camera and a Hikvision recorder."""
    seen = [
        replace(one, reading=read(one.probe, None, one.raw))
        for one in (
            observation(31, probe="dhip", ask=None, port=None, raw=packet("dhip/camera")),
            observation(4, probe="sadp", ask=None, port=None, raw=packet("sadp/recorder")),
        )
    ]
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        census = Census(scan=scan(), observations=tuple(seen), verdicts=judge(seen, knowledge))
        register.save_census(made, census, knowledge, NOW)
        yield made


def switch_all_off(inventory: Inventory, knowledge: Knowledge) -> None:
    for name in sorted(register.enabled_lists(inventory, knowledge)):
        inventory.do(settings.set_lists({name: False}, "Governors, 3 Nov", "List switched."), by="R. Khan", now=NOW)


def listed(inventory: Inventory, knowledge: Knowledge) -> dict[str, set[str]]:
    return {row.asset.ref: {finding.list for finding in row.findings} for row in register.rows(inventory, knowledge)}


def test_a_list_that_is_switched_off_is_gone_from_rows_and_plan_and_comes_back(
    inventory: Inventory, knowledge: Knowledge
) -> None:
    before = listed(inventory, knowledge), plan.plan(inventory, knowledge, NOW)
    assert all(before[0].values())
    switch_all_off(inventory, knowledge)
    assert {row.state for row in register.rows(inventory, knowledge)} == {"not-listed"}
    plain = plan.plan_rows(register.rows(inventory, knowledge), knowledge)
    assert [row.listed_on for row in plain] == [(), ()]
    assert plan.plan(inventory, knowledge, NOW) != before[1]
    (choice,) = {(one.by, one.why, one.on) for one in inventory.list_choices().values()}
    assert choice == ("R. Khan", "Governors, 3 Nov", False)
    while inventory.undo(LATER):
        pass
    assert (listed(inventory, knowledge), plan.plan(inventory, knowledge, NOW)) == before


def test_a_maker_on_the_own_list_is_counted_by_it(inventory: Inventory, knowledge: Knowledge) -> None:
    switch_all_off(inventory, knowledge)
    say = inventory.do(lists.put_on_own_list(knowledge, "dahua", "Trust policy 7"), by="R. Khan", now=LATER).say
    assert say == "Dahua is on your own list."
    assert listed(inventory, knowledge) == {"CAM-001": {"own"}, "REC-001": set()}
    (own,) = inventory.own_list()
    assert (own.manufacturer, own.by, own.why, own.at) == ("dahua", "R. Khan", "Trust policy 7", "2026-12-01T09:00:00Z")
    (row,) = [row for row in register.rows(inventory, knowledge) if row.findings]
    assert (row.state, row.findings[0].path, row.findings[0].may) == ("listed", ("dahua",), False)
    (entry,) = register.with_own_list(inventory, knowledge).lists["own"].names
    assert (entry.manufacturer, entry.why, entry.effective) == ("dahua", "Trust policy 7", "2026-12-01")
    assert entry.source in knowledge.sources
    assert plan.plan_rows(register.rows(inventory, knowledge), knowledge)[0].listed_on == ("own",)


def test_the_json_has_the_own_list_also_where_it_is_switched_off(inventory: Inventory, knowledge: Knowledge) -> None:
    inventory.do(lists.put_on_own_list(knowledge, "dahua", "B"), by="A", now=NOW)
    inventory.do(settings.set_lists({"own": False}, "Not yet", "List switched."), by="A", now=NOW)
    rows = register.rows(inventory, knowledge)
    assert not any(finding.list == "own" for row in rows for finding in row.findings)
    document = documents.inventory_document(inventory, rows, knowledge)
    by_maker = {device["manufacturer"]: device["listings"] for device in document["devices"]}
    assert {"list": "own", "manufacturer": "dahua"} in by_maker["dahua"]
    assert "own" not in {entry["list"] for entry in by_maker["hikvision"]}


def test_judging_again_keeps_the_own_list_out_of_what_is_stored(inventory: Inventory, knowledge: Knowledge) -> None:
    inventory.do(lists.put_on_own_list(knowledge, "dahua", "B"), by="A", now=NOW)
    newer = replace(knowledge, version="2030.01.01+00000000")
    register.reassess(inventory, newer, LATER)
    stored = {finding.list for verdict in inventory.verdicts().values() for finding in verdict.findings}
    assert "own" not in stored
    assert "own" in listed(inventory, newer)["CAM-001"]


def test_a_maker_is_taken_off_again_and_each_step_can_be_undone(inventory: Inventory, knowledge: Knowledge) -> None:
    before = listed(inventory, knowledge)
    inventory.do(lists.put_on_own_list(knowledge, "dahua", "B"), by="A", now=NOW)
    inventory.do(lists.put_on_own_list(knowledge, "hikvision", "C"), by="A", now=NOW)
    inventory.do(lists.take_off_own_list(knowledge, "dahua"), by="A", now=NOW)
    assert [row.manufacturer for row in inventory.own_list()] == ["hikvision"]
    inventory.undo(LATER)
    assert [row.manufacturer for row in inventory.own_list()] == ["dahua", "hikvision"]
    inventory.undo(LATER)
    inventory.undo(LATER)
    assert (inventory.own_list(), inventory.list_choices(), listed(inventory, knowledge)) == ((), {}, before)


def test_what_belongs_to_a_maker_is_on_the_list_with_it(inventory: Inventory, knowledge: Knowledge) -> None:
    parents = dict(knowledge.manufacturers)
    parents["dahua"] = replace(parents["dahua"], parent="axis")
    owned = replace(knowledge, manufacturers=parents)
    inventory.do(lists.put_on_own_list(owned, "axis", "B"), by="A", now=NOW)
    assert "own" in listed(inventory, owned)["CAM-001"]
    assert "own" not in listed(inventory, knowledge)["CAM-001"]


@pytest.mark.parametrize(("maker", "by", "why"), [("nobody", "A", "B"), ("dahua", "", "B"), ("dahua", "A", " ")])
def test_nothing_is_put_on_it_without_a_known_maker_a_name_and_a_reason(
    inventory: Inventory, knowledge: Knowledge, maker: str, by: str, why: str
) -> None:
    with pytest.raises(StoreError, match=r"\.$"):
        inventory.do(lists.put_on_own_list(knowledge, maker, why), by=by, now=NOW)
    with pytest.raises(StoreError, match="is not on your own list"):
        inventory.do(lists.take_off_own_list(knowledge, "dahua"), by="A", now=NOW)
    assert (inventory.own_list(), inventory.list_choices()) == ((), {})


@pytest.mark.parametrize("text", ["{", "[1]", '[{"manufacturer": "dahua"}]', "3"])
def test_an_own_list_that_is_no_list_is_a_sentence(inventory: Inventory, text: str) -> None:
    inventory.do(settings.set_setting("own_list", text), by=None, now=NOW)
    with pytest.raises(DamagedFileError):
        inventory.own_list()


def test_the_plan_prints_with_the_own_list(inventory: Inventory, knowledge: Knowledge, data_dir: Path, tmp_path: Path) -> None:
    switch_all_off(inventory, knowledge)
    inventory.do(lists.put_on_own_list(knowledge, "dahua", "Trust policy 7"), by="A", now=NOW)
    written = write("plan", inventory, knowledge, tmp_path / "plan.pdf", data_dir=data_dir, now=LATER)
    import pypdf

    text = " ".join(page.extract_text() for page in pypdf.PdfReader(written.path).pages).split()
    assert "Your organisation put Dahua on its own list." in " ".join(text)
