"""Two rows that are one thing and one that is two: what staff noted follows, the next search keeps to it, and undo gives all back."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from camcensus.model.device import Observation
from camcensus.model.knowledge import Knowledge
from camcensus.model.pictures import NewPhoto, Picture
from camcensus.store.edits import by_hand, merging, placing, tagging
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import history
from camcensus.tasks.register import verbs as register
from identity.hosts_seen import Host, host, observations
from labelled.packets import info, neighbour
from samples import NOW, body, scan

DAY = timedelta(days=1)
CABLE, RADIO, OTHER = "3c:ef:8c:10:20:31", "d8:f1:5b:70:21:0c", "3c:ef:8c:44:50:62"
SERIAL = "C00PYSER1AL9"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        yield made


def camera(address: str, mac: str, serial: str = "") -> Host:
    return host(address, neighbour(mac), info("Dahua", "IPC-HDW2431T", "2.800", serial))


def keep(inventory: Inventory, knowledge: Knowledge, number: int, *hosts: Host) -> None:
    at = NOW + number * DAY
    minute = at.strftime("%Y-%m-%dT%H:%M")
    seen: list[Observation] = [one for found in hosts for one in observations(found, minute)]
    record = replace(scan(f"s{number}"), started_at=f"{minute}:00Z", ended_at=f"{minute}:30Z")
    register.save_census(
        inventory, Census(scan=record, observations=tuple(seen), verdicts=judge(seen, knowledge)), knowledge, at
    )


def refs(inventory: Inventory) -> dict[str, str]:
    return {asset.ref: asset.id for asset in inventory.assets()}


def photo(text: str) -> NewPhoto:
    data = text.encode()
    return NewPhoto(Picture(hashlib.sha256(data).hexdigest(), "photo", "image/jpeg", 4, 3, data), f"{text}.jpg")


TABLES = ("asset", "device", "device_key", "sighting", "observation", "photo", "doubt")


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of what an edit of identity may touch; digests of answers are worked out again and are left out."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        return {table: sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for table in TABLES}  # type: ignore[misc]


def noted(inventory: Inventory, later: datetime) -> tuple[str, str]:
    """CAM-001 with a note, tag, photo and decision; CAM-002 with others, and a place that the first has not."""
    one, two = (refs(inventory)[name] for name in ("CAM-001", "CAM-002"))
    inventory.do(tagging.set_tags([one], {"notes": "Above the door", "purpose": "Entrance"}), by="A. Bell", now=later)
    inventory.do(tagging.set_tags([two], {"notes": "Wet label", "dpia_ref": "DPIA-7"}), by="A. Bell", now=later)
    inventory.do(tagging.add_tags([one], ["gate"]), by="A. Bell", now=later)
    inventory.do(tagging.add_tags([two], ["gate", "leased"]), by="A. Bell", now=later)
    inventory.do(tagging.decide([one], "keep"), by="R. Khan", now=later)
    inventory.do(tagging.decide([two], "replace"), by="R. Khan", now=later)
    place = inventory.do(placing.place_named(["Elm Park", "Main block"]), by="A. Bell", now=later).made
    inventory.do(placing.set_place([two], place), by="A. Bell", now=later)
    inventory.do(by_hand.add_photos(one, [photo("front")]), by="A. Bell", now=later)
    inventory.do(by_hand.add_photos(two, [photo("label")]), by="A. Bell", now=later)
    return one, two


def test_a_merge_keeps_what_both_rows_had_and_undo_and_redo_are_exact(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, 0, camera("10.0.0.31", CABLE), camera("10.0.0.32", RADIO))
    later = NOW + DAY / 2
    one, two = noted(inventory, later)
    before = everything(inventory.path)
    preview = register.merge_preview(inventory, one, two)
    assert {fact.field: (fact.wins, fact.keep, fact.absorb) for fact in preview.facts} == {
        "place": ("absorb", "", "Elm Park › Main block"),
        "dpia_ref": ("absorb", "", "DPIA-7"),
        "notes": ("both", "Above the door", "Wet label"),
        "tags": ("both", "gate", "gate, leased"),
        "decision": ("keep", "Keep", "Replace"),
    }
    assert everything(inventory.path) == before
    register.do(inventory, knowledge, merging.merge(one, two), by="A. Bell", now=later)
    (asset,) = inventory.assets()
    assert (asset.ref, asset.notes, asset.tags) == ("CAM-001", "Above the door\nWet label", ("gate", "leased"))
    assert (asset.purpose, asset.dpia_ref, asset.place_path) == ("Entrance", "DPIA-7", ("Elm Park", "Main block"))
    assert asset.decision is not None
    assert asset.decision.what == "keep"
    assert {one.name for one in inventory.photos(asset.id)} == {"front.jpg", "label.jpg"}
    (row,) = register.rows(inventory, knowledge)
    assert row.verdict is not None
    assert {key.value for key in row.verdict.device.keys if key.kind == "mac"} == {CABLE, RADIO}
    merged = everything(inventory.path)
    register.undo(inventory, knowledge, later)
    assert everything(inventory.path) == before
    register.redo(inventory, knowledge, later)
    assert everything(inventory.path) == merged


def test_the_next_search_keeps_to_a_merge_whether_it_sees_both_cards_or_one(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, 0, camera("10.0.0.31", CABLE), camera("10.0.0.32", RADIO))
    one, two = noted(inventory, NOW + DAY / 2)
    register.do(inventory, knowledge, merging.merge(one, two), by="A. Bell", now=NOW + DAY / 2)
    keep(inventory, knowledge, 1, camera("10.0.0.31", CABLE), camera("10.0.0.32", RADIO))
    keep(inventory, knowledge, 2, camera("10.0.0.40", RADIO))
    keep(inventory, knowledge, 3, camera("10.0.0.32", CABLE), camera("10.0.0.31", RADIO))
    assert refs(inventory) == {"CAM-001": one}
    assert inventory.doubts() == ()
    (asset,) = inventory.assets()
    assert (asset.status, asset.notes) == ("present", "Above the door\nWet label")
    past = history.read(inventory)
    last = past.last_seen(asset.device, 1 << 62)
    assert last is not None
    assert set(last.sighting.addresses) == {"10.0.0.31", "10.0.0.32"}


def test_a_merge_of_two_rows_that_show_addresses_only_holds_too(inventory: Inventory, knowledge: Knowledge) -> None:
    bare = [host(f"10.0.0.{number}", info("Dahua", "IPC-HDW2431T", "2.800", "")) for number in (31, 32)]
    keep(inventory, knowledge, 0, *bare)
    rows = refs(inventory)
    register.do(inventory, knowledge, merging.merge(rows["CAM-001"], rows["CAM-002"]), by="A. Bell", now=NOW + DAY / 2)
    keep(inventory, knowledge, 1, *bare)
    assert set(refs(inventory)) == {"CAM-001"}


def test_two_rows_that_turn_out_to_be_one_device_are_asked_about_and_make_no_third(
    inventory: Inventory, knowledge: Knowledge
) -> None:
    keep(inventory, knowledge, 0, camera("10.0.0.31", CABLE), host("10.0.0.32", info("Dahua", "IPC-HDW2431T", "2.800", SERIAL)))
    assert set(refs(inventory)) == {"CAM-001", "CAM-002"}
    keep(inventory, knowledge, 1, camera("10.0.0.31", CABLE, SERIAL))
    assert set(refs(inventory)) == {"CAM-001", "CAM-002"}
    (doubt,) = inventory.doubts()
    register.do(inventory, knowledge, merging.answer_doubt(doubt.id, "same"), by="A. Bell", now=NOW + 2 * DAY)
    assert set(refs(inventory)) == {"CAM-001"} or set(refs(inventory)) == {"CAM-002"}
    keep(inventory, knowledge, 3, camera("10.0.0.31", CABLE, SERIAL))
    assert len(refs(inventory)) == 1
    assert inventory.doubts() == ()


def test_a_possible_duplicate_is_asked_once_and_different_stays_different(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, 0, camera("10.0.0.31", CABLE, SERIAL))
    keep(inventory, knowledge, 1, camera("10.0.0.32", OTHER, SERIAL))
    (doubt,) = inventory.doubts()
    assert doubt.reason == "Its serial number is that of a known device, and other things differ: is it the same one?"
    keep(inventory, knowledge, 2, camera("10.0.0.32", OTHER, SERIAL))
    assert len(inventory.doubts()) == 1
    register.do(inventory, knowledge, merging.answer_doubt(doubt.id, "different"), by="A. Bell", now=NOW + 3 * DAY)
    keep(inventory, knowledge, 4, camera("10.0.0.31", CABLE, SERIAL), camera("10.0.0.32", OTHER, SERIAL))
    assert inventory.doubts() == ()
    assert set(refs(inventory)) == {"CAM-001", "CAM-002"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"serial": SERIAL}, camera("10.0.0.31", CABLE, SERIAL)),
        ({"serial": "c00p-yser-1al9"}, camera("10.0.0.31", CABLE, SERIAL)),
        ({"mac": "3C-EF-8C-10-20-31"}, camera("10.0.0.31", CABLE)),
    ],
    ids=["serial", "serial written otherwise", "MAC address"],
)
def test_a_row_typed_by_hand_is_the_one_that_a_search_finds_later(
    inventory: Inventory, knowledge: Knowledge, typed: dict[str, str], found: Host
) -> None:
    row = register.HandRow(brand="Dahua", model="IPC-HDW2431T", values={"notes": "Above the door"}, **typed)  # type: ignore[arg-type]
    register.do(inventory, knowledge, hand.add_rows(knowledge, [row], "A. Bell"), by="A. Bell", now=NOW)
    keep(inventory, knowledge, 1, found)
    (asset,) = inventory.assets()
    assert asset.notes == "Above the door"
    assert inventory.doubts() == ()


@pytest.mark.parametrize("serial", ["0123456789", "SerialNumber", "N/A"])
def test_a_junk_serial_typed_by_hand_ties_nothing(inventory: Inventory, knowledge: Knowledge, serial: str) -> None:
    rows = [register.HandRow(brand="Dahua", serial=serial), register.HandRow(brand="Dahua", serial=serial)]
    register.do(inventory, knowledge, hand.add_rows(knowledge, rows, "A. Bell"), by="A. Bell", now=NOW)
    keep(inventory, knowledge, 1, camera("10.0.0.31", CABLE, serial))
    assert len(inventory.assets()) == 3
