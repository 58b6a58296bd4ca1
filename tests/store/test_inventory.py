"""What is put into an inventory comes out of it, each edit can be taken back, and refs are never used twice."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.asset import Body
from camcensus.model.device import Observation, Verdict
from camcensus.model.errors import DamagedFileError, DiskError, StoreError
from camcensus.store.edits import by_hand, placing, settings, tagging
from camcensus.store.edits.by_hand import NewRow
from camcensus.store.inventory import Inventory, create_inventory, open_inventory
from camcensus.store.keeping import SavedDevice
from camcensus.store.pen import Pen, edit
from samples import LATER, NETWORK, NOW, body, device, observation, scan, verdict


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as made:
        yield made


def kept(number: int, prefix: str | None = "CAM", outcome: str = "Camera, Dahua – Likely", **changes: object) -> SavedDevice:
    answer = verdict(number)
    plain = SavedDevice(
        id=f"device-{number}", new=True, device=answer.device, verdict=answer, outcome=outcome, prefix=prefix, matched="New."
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_scan_and_what_it_saw_read_back_as_they_were(inventory: Inventory) -> None:
    loose = observation(99)
    changes = inventory.keep(scan(), [loose], [kept(31), kept(4)], NOW)
    assert inventory.scans() == (scan(),)
    seen = [loose, *device(31).observations, *device(4).observations]
    assert sorted(inventory.observations(), key=lambda one: one.id) == sorted(seen, key=lambda one: one.id)
    assert inventory.observations("device-4") == device(4).observations
    assert inventory.device_keys()["device-31"] == device(31).keys
    answer = inventory.verdicts()["device-31"]
    assert answer == replace(verdict(31), device=replace(device(31), observations=()))
    assert changes.devices == {"device-31", "device-4"}
    assert changes.assets == {asset.id for asset in inventory.assets()}


def test_refs_follow_the_order_of_addresses_as_numbers(inventory: Inventory) -> None:
    inventory.keep(scan(), [], [kept(31), kept(4), kept(100), kept(7, "REC")], NOW)
    assert [(asset.ref, asset.device) for asset in inventory.assets()] == [
        ("CAM-001", "device-4"), ("CAM-002", "device-31"), ("CAM-003", "device-100"), ("REC-001", "device-7"),
    ]  # fmt: skip


def test_things_that_are_no_cameras_are_kept_without_a_row(inventory: Inventory) -> None:
    inventory.keep(scan(), [], [kept(9, None)], NOW)
    assert inventory.assets() == ()
    assert list(inventory.verdicts()) == ["device-9"]


def test_the_same_bytes_are_stored_once(inventory: Inventory) -> None:
    inventory.keep(scan(), [], [kept(1), kept(2), kept(3)], NOW)
    connection = sqlite3.connect(f"{inventory.path.as_uri()}?mode=ro", uri=True)
    assert connection.execute("SELECT count(*) FROM observation").fetchone() == (3,)
    assert connection.execute("SELECT count(*) FROM reply").fetchone() == (1,)
    connection.close()


def test_a_second_scan_keeps_refs_decisions_and_places(inventory: Inventory) -> None:
    inventory.keep(scan(), [], [kept(1), kept(2)], NOW)
    first, second = inventory.assets()
    hall = inventory.do(placing.add_place("site", "Hall", None), by="R. Khan", now=NOW).made
    inventory.do(placing.set_place([first.id], hall), by="R. Khan", now=NOW)
    inventory.do(tagging.decide([first.id], "replace", why="old", review_on=None, year="2026-27"), by="R. Khan", now=NOW)
    inventory.keep(scan("scan-2"), [], [kept(1, new=False), kept(3)], LATER)
    again = {asset.ref: asset for asset in inventory.assets()}
    assert again["CAM-001"].place_path == ("Hall",)
    assert again["CAM-001"].decision is not None
    assert again["CAM-001"].status == "present"
    assert again["CAM-002"].status == "not-seen"
    assert again["CAM-003"].device == "device-3"
    assert second.ref == "CAM-002"


def test_a_scan_that_was_stopped_says_nothing_of_what_it_did_not_see(inventory: Inventory) -> None:
    inventory.keep(scan(), [], [kept(1)], NOW)
    inventory.keep(scan("scan-2", stopped_early=True), [], [], LATER)
    assert inventory.assets()[0].status == "present"


def test_an_answer_that_changes_is_remembered_with_was_is_and_why(inventory: Inventory) -> None:
    inventory.keep(scan(), [], [kept(1)], NOW)
    same = replace(verdict(1), attribution=replace(verdict(1).attribution, knowledge_version="2"))
    inventory.reassess({"device-1": (same, "Camera, Dahua – Likely")}, {}, NOW)
    assert len(inventory.judgements("device-1")) == 1
    assert inventory.judged()["device-1"].knowledge_version == "2"
    other = replace(same, attribution=replace(same.attribution, manufacturer="axis", knowledge_version="3"))
    inventory.reassess({"device-1": (other, "Camera, Axis – Likely")}, {}, LATER)
    first, second = inventory.judgements("device-1")
    assert (first.was, first.is_now) == (None, "Camera, Dahua – Likely")
    assert (second.was, second.is_now) == ("Camera, Dahua – Likely", "Camera, Axis – Likely")
    assert second.why == "Re-checked with knowledge 3 (before: 2)."


@edit("read", failed="What you read was not saved")
def reading(pen: Pen, device: str, seen: Observation) -> str:
    by_hand.add_observations(pen, device, [seen])
    return "Read."


def test_a_new_observation_makes_the_answer_stale(inventory: Inventory) -> None:
    inventory.keep(scan(), [], [kept(1)], NOW)
    assert not inventory.judged()["device-1"].stale_replies
    inventory.do(reading("device-1", observation(1, probe="person", raw=b"{}")), by="R. Khan", now=NOW)
    assert inventory.judged()["device-1"].stale_replies


def _assets(inventory: Inventory, count: int = 3) -> list[str]:
    inventory.keep(scan(), [], [kept(number) for number in range(1, count + 1)], NOW)
    return [asset.id for asset in inventory.assets()]


def test_settings_lists_and_body_can_be_taken_back_too(inventory: Inventory) -> None:
    inventory.do(settings.set_lists({"us-ndaa-889": True}, "Trust board, 12 Oct", "List switched."), by="R. Khan", now=NOW)
    assert inventory.enabled_lists(["uk-fac-2021"]) == {"us-ndaa-889", "uk-fac-2021"}
    inventory.do(settings.set_lists({"uk-fac-2021": False}, "not ours", "List switched."), by="R. Khan", now=NOW)
    assert inventory.enabled_lists(["uk-fac-2021"]) == {"us-ndaa-889"}
    inventory.do(settings.set_body(Body(body().id, "Elm Park Academy", "school", 9, 42)), by=None, now=NOW)
    inventory.do(settings.set_setting("costs", "{}"), by=None, now=NOW)
    for _ in range(4):
        inventory.undo(NOW)
    assert inventory.enabled_lists(["uk-fac-2021"]) == {"uk-fac-2021"}
    assert inventory.body == body()
    assert inventory.setting("costs") is None


def test_undo_says_nothing_where_there_is_no_edit_and_never_takes_back_a_scan(inventory: Inventory) -> None:
    _assets(inventory)
    assert inventory.undo(NOW) is None
    assert len(inventory.assets()) == 3


def test_an_edit_after_undo_ends_redo(inventory: Inventory) -> None:
    ids = _assets(inventory)
    inventory.do(tagging.set_tags(ids, {"purpose": "one"}), by="A", now=NOW)
    inventory.undo(NOW)
    inventory.do(tagging.set_tags(ids, {"purpose": "two"}), by="A", now=NOW)
    assert inventory.redo() is None
    assert {asset.purpose for asset in inventory.assets()} == {"two"}


def test_a_ref_is_never_given_again_also_where_its_row_was_taken_back(inventory: Inventory) -> None:
    inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by="A", now=NOW)
    inventory.undo(NOW)
    inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by="A", now=NOW)
    assert [asset.ref for asset in inventory.assets()] == ["CAM-002"]


def test_who_allows_a_search_is_kept(inventory: Inventory) -> None:
    assert inventory.allowed(NETWORK) is None
    inventory.allow(NETWORK, " R. Khan ", NOW)
    assert inventory.allowed(NETWORK) == "R. Khan"
    with pytest.raises(StoreError, match="needs a name"):
        inventory.allow(NETWORK, "  ", NOW)


def test_a_room_in_a_sensitive_building_is_sensitive(inventory: Inventory) -> None:
    ids = _assets(inventory, 1)
    site = inventory.do(placing.add_place("site", "Elm Park", None, sensitive=True), by="A", now=NOW).made
    room = inventory.do(placing.add_place("room", "Hall", site), by="A", now=NOW).made
    inventory.do(placing.set_place(ids, room), by="A", now=NOW)
    assert inventory.assets()[0].sensitive
    assert inventory.assets()[0].place_path == ("Elm Park", "Hall")


def test_what_a_person_said_it_is_outlives_the_next_scan(inventory: Inventory) -> None:
    ids = _assets(inventory, 1)
    inventory.do(tagging.set_kind(ids, "recorder"), by="A", now=NOW)
    inventory.keep(scan("scan-2"), [], [kept(1, new=False)], LATER)
    assert inventory.assets()[0].kind == "recorder"


@pytest.mark.parametrize("text", ["'; DROP TABLE asset; --", "\u202eevil", "a\0b", "<b>x</b>", "名前" * 300])
def test_any_text_is_kept_as_it_is(inventory: Inventory, text: str) -> None:
    ids = _assets(inventory, 1)
    inventory.do(tagging.set_tags(ids, {"purpose": text}), by="A", now=NOW)
    assert inventory.assets()[0].purpose == text


def test_an_edit_that_names_what_is_not_there_is_refused_whole(inventory: Inventory) -> None:
    ids = _assets(inventory, 1)
    before = inventory.assets()
    with pytest.raises(StoreError, match="choose another"):
        inventory.do(placing.set_place(ids, "no such place"), by="A", now=NOW)
    with pytest.raises(StoreError, match="no longer"):
        inventory.do(tagging.set_tags(["no such row"], {"purpose": "x"}), by="A", now=NOW)
    assert inventory.assets() == before


def test_a_failing_scan_leaves_nothing_behind(inventory: Inventory) -> None:
    broken = kept(2, verdict=replace(verdict(2), description=replace(verdict(2).description, kind="no kind")))  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        inventory.keep(scan(), [observation(9)], [kept(1), broken], NOW)
    assert inventory.scans() == ()
    assert inventory.observations() == ()
    assert inventory.assets() == ()


def test_a_batch_writes_from_another_thread_while_the_window_reads(inventory: Inventory) -> None:
    ids = _assets(inventory, 60)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            with inventory.batch() as batch:
                batch.do(tagging.set_tags(ids, {"purpose": "bulk"}), by="A", now=NOW)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not failed
    assert {asset.purpose for asset in inventory.assets()} == {"bulk"}


def test_edits_are_refused_on_a_file_open_for_reading(inventory: Inventory) -> None:
    ids = _assets(inventory, 1)
    inventory.close()
    with open_inventory(inventory.path, readonly=True) as reading:
        assert reading.readonly
        with pytest.raises(DiskError, match="for reading only"):
            reading.do(tagging.set_tags(ids, {"purpose": "x"}), by="A", now=NOW)
        with pytest.raises(DiskError, match="for reading only"):
            reading.batch()


def test_a_verdict_is_kept_to_the_last_field(inventory: Inventory) -> None:
    full: Verdict = verdict(1, "recorder")
    full = replace(full, description=replace(full.description, channels_digital=8, activated=True, cloud_state="able"))
    inventory.keep(scan(), [], [kept(1, verdict=full)], NOW)
    answer = inventory.verdicts()["device-1"]
    assert (answer.description, answer.attribution, answer.findings) == (full.description, full.attribution, full.findings)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"description": 1, "attribution": {}, "findings": []}', "[" * 100_000])
def test_an_answer_that_another_program_put_there_is_damage_in_a_sentence(inventory: Inventory, text: str) -> None:
    inventory.keep(scan(), [], [kept(1)], NOW)
    inventory.close()
    connection = sqlite3.connect(inventory.path)
    connection.execute("UPDATE judgement SET answer = ?", [text])
    connection.commit()
    connection.close()
    with open_inventory(inventory.path) as again, pytest.raises(DamagedFileError, match="is damaged"):
        again.judged()


def test_answers_read_again_after_a_change_are_the_new_ones(inventory: Inventory) -> None:
    inventory.keep(scan(), [], [kept(1), kept(2)], NOW)
    before = inventory.verdicts()
    changed = replace(verdict(1, "recorder"), device=device(1))
    inventory.reassess({"device-1": (changed, "Recorder")}, {}, LATER)
    after = inventory.verdicts()
    assert after["device-1"].description.kind == "recorder"
    assert after["device-2"] == before["device-2"]
