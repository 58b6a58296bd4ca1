"""Replies that count no more stay in the file and are not read again; edits and what takes them back never lose one that counts."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from camcensus.identity.latest_replies import SEARCHES
from camcensus.model.device import Observation
from camcensus.model.words import utc_second
from camcensus.store.edits import by_hand, merging
from camcensus.store.inventory import Inventory, create_inventory
from camcensus.store.keeping import SavedDevice
from camcensus.store.pen import Edit, Pen
from samples import LATER, NOW, body, device, observation, scan, verdict

BY = "S. Okafor"


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as made:
        yield made


def reply(number: int, day: int, **changes: object) -> Observation:
    """A reply that differs each day."""
    mac = f"02:00:00:00:00:{number:02x}"
    raw = b"HTTP/1.1 200 OK\r\nX-Day: %d\r\n\r\n" % day
    return observation(number, at=utc_second(NOW + timedelta(days=day)), mac=mac, **({"raw": raw} | changes))


def search(inventory: Inventory, day: int, *numbers: int, **changes: object) -> None:
    """A search that saw these devices."""
    known = inventory.device_keys()
    kept = [
        SavedDevice(
            id=f"device-{number}", new=f"device-{number}" not in known,
            device=device(number, reply(number, day, **changes)), verdict=verdict(number), outcome="Camera", prefix="CAM",
        )
        for number in numbers
    ]  # fmt: skip
    inventory.keep(scan(f"scan-{day}"), [], kept, NOW + timedelta(days=day))


def days(inventory: Inventory, name: str) -> list[int]:
    ((_, seen),) = inventory.latest_replies([name])
    return [int(one.raw.split(b"X-Day: ")[1].split(b"\r")[0]) for one in seen]


def unmarked(inventory: Inventory) -> int:
    with contextlib.closing(sqlite3.connect(inventory.path)) as db:
        return int(db.execute("SELECT count(*) FROM observation WHERE superseded = 0").fetchone()[0])


def test_all_is_kept_and_only_what_counts_is_read(inventory: Inventory) -> None:
    for day in range(20):
        search(inventory, day, 4)
    assert len(inventory.observations("device-4")) == 20
    assert days(inventory, "device-4") == list(range(20 - SEARCHES, 20))
    assert unmarked(inventory) == SEARCHES


def test_telling_is_whole_and_by_device(inventory: Inventory) -> None:
    search(inventory, 0, 4, 5)
    told = dict(inventory.latest_replies(["device-5", "device-4"]))
    assert list(told) == ["device-5", "device-4"]
    assert told["device-4"] == inventory.observations("device-4")
    assert dict(inventory.latest_replies(["none"])) == {"none": ()}


def test_what_a_search_has_just_seen_counts_as_if_it_were_kept(inventory: Inventory) -> None:
    for day in range(12):
        search(inventory, day, 4)
    fresh = reply(4, 12)
    ((_, before),) = inventory.latest_replies(["device-4"], {"device-4": [fresh]}, "scan-12")
    assert fresh in before
    search(inventory, 12, 4)
    assert dict(inventory.latest_replies(["device-4"])) == {"device-4": before}


def test_a_reading_does_not_go_out_of_date_and_makes_the_answer_stale(inventory: Inventory) -> None:
    search(inventory, 0, 4)
    read = replace(reply(4, 0), probe="person", raw=b'{"basis": "label"}', port=None, ask=None)

    def work(pen: Pen) -> str:
        by_hand.add_observations(pen, "device-4", [read])
        return "Read."

    inventory.do(Edit("read", "", work), by=BY, now=NOW)
    assert inventory.held()["device-4"].stale_replies
    for day in range(1, 20):
        search(inventory, day, 4)
    assert read in dict(inventory.latest_replies(["device-4"]))["device-4"]


def test_the_device_was_first_seen_when_it_was(inventory: Inventory) -> None:
    for day in range(20):
        search(inventory, day, 4)
    assert inventory.held()["device-4"].first_seen == utc_second(NOW)


def test_keeping_the_same_again_changes_no_digest(inventory: Inventory) -> None:
    search(inventory, 0, 4)
    with contextlib.closing(sqlite3.connect(inventory.path)) as db:
        sql = "SELECT observations_digest FROM device"
        before = db.execute(sql).fetchall()
        one = SavedDevice(
            id="device-4", new=False, device=device(4, reply(4, 0)), verdict=verdict(4), outcome="Camera", prefix="CAM"
        )
        inventory.keep(scan("again"), [], [one], NOW)
        assert db.execute(sql).fetchall() == before
        search(inventory, 1, 4)
        assert db.execute(sql).fetchall() != before


def test_a_merge_and_what_takes_it_back_lose_nothing_that_counts(inventory: Inventory) -> None:
    for day in range(12):
        search(inventory, day, *((4, 5) if day < 10 else (5,)))
    rows = {asset.device: asset.id for asset in inventory.assets()}
    before = days(inventory, "device-4"), days(inventory, "device-5")
    inventory.do(merging.merge(rows["device-4"], rows["device-5"]), by=BY, now=LATER)
    assert set(days(inventory, "device-4")) == set(range(12 - SEARCHES, 12))
    inventory.undo(LATER)
    assert (days(inventory, "device-4"), days(inventory, "device-5")) == before


def test_the_file_refuses_another_mark(inventory: Inventory) -> None:
    search(inventory, 0, 4)
    with contextlib.closing(sqlite3.connect(inventory.path)) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE observation SET superseded = 2")
