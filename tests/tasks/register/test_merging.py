"""A merge says beforehand what it does, does just that, and a possible duplicate is asked and answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.pictures import NewPhoto, Picture
from camcensus.store.edits import by_hand, merging, placing, tagging
from camcensus.store.edits.by_hand import NewRow
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import verbs as register
from camcensus.wire.read import read
from samples import LATER, NOW, body, observation, packet, scan

BY = "A. Clerk"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path, knowledge: Knowledge) -> Iterator[Inventory]:
    """A camera that answers Dahua's protocol, one known by its MAC address, and a row typed by hand."""
    raw = packet("dhip/camera")
    seen = [
        observation(31, probe="dhip", ask=None, port=37810, raw=raw, reading=read("dhip", None, raw)),
        observation(
            40, probe="neighbour", ask=None, port=None, raw=b"", mac="3c:ef:8c:01:02:03", reading=read("neighbour", None, b"")
        ),
    ]
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        census = Census(scan=scan(), observations=tuple(seen), verdicts=judge(seen, knowledge))
        register.save_census(made, census, knowledge, NOW)
        made.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by=BY, now=NOW)
        yield made


def ids(inventory: Inventory) -> list[str]:
    return [asset.id for asset in inventory.assets()]


def test_the_preview_says_what_differs_and_which_wins(inventory: Inventory, knowledge: Knowledge) -> None:
    keep, absorb, _ = ids(inventory)
    firm = inventory.do(tagging.add_vendor("Elm Alarms", "seller"), by=BY, now=NOW).made
    hall = inventory.do(placing.place_named(["Elm Park", "Main", "Ground", "Hall"]), by=BY, now=NOW).made
    inventory.do(placing.set_place([absorb], hall), by=BY, now=NOW)
    inventory.do(tagging.set_tags([keep], {"purpose": "Gate", "notes": "one", "retention_days": 31}), by=BY, now=NOW)
    said = {
        "purpose": "Door",
        "notes": "two",
        "retention_days": 31,
        "cost_pence": 18000,
        "seller": firm,
        "installed_on": "2019",
    }
    inventory.do(tagging.set_tags([absorb], said), by=BY, now=NOW)
    inventory.do(tagging.decide([absorb], "replace"), by="S. Ellis", now=NOW)
    inventory.do(tagging.add_tags([keep], ["a"]), by=BY, now=NOW)
    inventory.do(tagging.add_tags([absorb], ["a", "b"]), by=BY, now=NOW)
    photo = NewPhoto(Picture("0" * 64, "photo", "image/png", 1, 1, b"x"), "a", None)
    inventory.do(by_hand.add_photos(absorb, [photo]), by=BY, now=NOW)
    before = inventory.changes()
    preview = register.merge_preview(inventory, keep, absorb)
    assert inventory.changes() == before
    assert {(fact.title, fact.keep, fact.absorb, fact.wins) for fact in preview.facts} == {
        ("Purpose", "Gate", "Door", "keep"),
        ("Notes", "one", "two", "both"),
        ("Purchase cost", "", "£180", "absorb"),
        ("Who sold it", "", "Elm Alarms", "absorb"),
        ("Installed", "", "2019", "absorb"),
        ("Location", "", "Elm Park › Main › Ground › Hall", "absorb"),
        ("Decision", "", "Replace", "absorb"),
        ("Tags", "a", "a, b", "both"),
    }
    assert preview.moves == "1 observation and 1 photo of CAM-002 will move to CAM-001."
    changes = register.do(inventory, knowledge, merging.merge(keep, absorb), by=BY, now=NOW)
    assert changes.say == "CAM-002 merged into CAM-001."
    merged = inventory.assets([keep])[0]
    assert (merged.purpose, merged.notes, merged.cost_pence, merged.seller_name) == ("Gate", "one\ntwo", 18000, "Elm Alarms")
    assert (merged.place, merged.tags, merged.photos, merged.installed_on) == (hall, ("a", "b"), 1, "2019")
    assert merged.decision is not None
    assert [asset.ref for asset in inventory.assets()] == ["CAM-001", "CAM-003"]


def test_what_was_seen_of_both_is_judged_together_and_no_ghost_stays_behind(inventory: Inventory, knowledge: Knowledge) -> None:
    keep, absorb, _ = ids(inventory)
    before = register.rows(inventory, knowledge)
    register.do(inventory, knowledge, merging.merge(keep, absorb), by=BY, now=NOW)
    row = register.rows(inventory, knowledge)[0]
    assert row.verdict is not None
    assert {evidence.probe for evidence in row.verdict.attribution.evidence} >= {"dhip", "neighbour"}
    assert not row.stale
    assert register.others(inventory) == ()
    assert len(inventory.device_keys()) == 1
    assert register.undo(inventory, knowledge, NOW) is not None
    again = register.rows(inventory, knowledge)
    assert [(one.asset, one.maker, one.grade, one.addresses, one.mac) for one in again] == [
        (one.asset, one.maker, one.grade, one.addresses, one.mac) for one in before
    ]


def test_a_row_typed_by_hand_and_what_a_search_found_become_one_either_way(inventory: Inventory, knowledge: Knowledge) -> None:
    camera, _, typed = ids(inventory)
    inventory.do(tagging.set_tags([typed], {"purpose": "Gate"}), by=BY, now=NOW)
    seen = inventory.assets([camera])[0].device
    for keep, absorb in ((typed, camera), (camera, typed)):
        register.do(inventory, knowledge, merging.merge(keep, absorb), by=BY, now=NOW)
        merged = inventory.assets([keep])[0]
        assert (merged.purpose, merged.device) == ("Gate", seen)
        assert inventory.assets([absorb]) == ()
        register.undo(inventory, knowledge, NOW)
        assert {asset.id for asset in inventory.assets()} >= {camera, typed}


def test_rows_that_hung_on_the_one_that_goes_hang_on_the_one_that_stays(inventory: Inventory, knowledge: Knowledge) -> None:
    keep, absorb, typed = ids(inventory)
    inventory.do(by_hand.connect([typed, keep], absorb), by=BY, now=NOW)
    changes = register.do(inventory, knowledge, merging.merge(keep, absorb), by=BY, now=NOW)
    assert inventory.assets([typed])[0].connected_to == keep
    assert inventory.assets([keep])[0].connected_to is None
    assert typed in changes.assets


def test_a_merge_with_itself_or_with_nothing_is_refused(inventory: Inventory, knowledge: Knowledge) -> None:
    keep, *_ = ids(inventory)
    for absorb in (keep, "nothing"):
        with pytest.raises(StoreError, match=r"\.$"):
            register.merge_preview(inventory, keep, absorb)
        with pytest.raises(StoreError, match=r"\.$"):
            register.do(inventory, knowledge, merging.merge(keep, absorb), by=BY, now=NOW)


def test_a_possible_duplicate_is_asked_once_and_answered(inventory: Inventory, knowledge: Knowledge) -> None:
    known = {asset.device: asset for asset in inventory.assets() if asset.device}
    (older, newer) = list(known)[:2]
    at = "2026-11-24T10:42:00Z"
    inventory._db.execute(
        "INSERT INTO doubt (id, device, other, reason, at) VALUES ('x', ?, ?, 'Is it?', ?)", [newer, older, at]
    )
    inventory._db.conn.commit()
    (doubt,) = inventory.doubts()
    assert (doubt.device, doubt.other) == (newer, older)
    changes = register.do(inventory, knowledge, merging.answer_doubt(doubt.id, "different"), by="R. Khan", now=LATER)
    assert newer in changes.devices
    assert inventory.doubts() == ()
    with pytest.raises(StoreError, match="answered already"):
        register.do(inventory, knowledge, merging.answer_doubt(doubt.id, "same"), by="R. Khan", now=LATER)
    register.undo(inventory, knowledge, LATER)
    assert inventory.doubts() == (doubt,)
    register.do(inventory, knowledge, merging.answer_doubt(doubt.id, "same"), by="R. Khan", now=LATER)
    assert known[newer].ref not in [asset.ref for asset in inventory.assets()]
    (answered,) = inventory.doubts(open_only=False)
    assert answered == replace(doubt, answer="same", by="R. Khan", answered_at="2026-12-01T09:00:00Z")
    register.undo(inventory, knowledge, LATER)
    assert inventory.doubts() == (doubt,)
    assert {asset.device for asset in inventory.assets() if asset.device} == set(known)
