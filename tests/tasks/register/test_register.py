"""Keeping, placing, deciding and reading labels, over real inventories, knowledge and replies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from camcensus.model.device import Observation
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Costs
from camcensus.store.edits import by_hand, placing, settings, tagging
from camcensus.store.edits.by_hand import NewRow
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.wire.read import read
from samples import LATER, NETWORK, NOW, body, observation, packet, scan


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        yield made


def reply(number: int, probe: str, name: str | None, at: str = "2026-11-24T10:41:00Z", **changes: object) -> Observation:
    """A recorded reply as if host 10.0.0.<number> had sent it."""
    raw = packet(name) if name else b""
    plain = observation(number, probe=probe, ask=None, port=None, raw=raw, at=at)
    plain = replace(plain, **changes)  # type: ignore[arg-type]
    return replace(plain, reading=read(plain.probe, plain.ask, plain.raw))


def census(knowledge: Knowledge, *observations: Observation, scan_id: str = "scan-1") -> Census:
    return Census(scan=scan(scan_id), observations=observations, verdicts=judge(observations, knowledge))


def keep(
    inventory: Inventory, knowledge: Knowledge, *observations: Observation, scan_id: str = "s1", now: datetime = NOW
) -> str:
    return register.save_census(inventory, census(knowledge, *observations, scan_id=scan_id), knowledge, now).say


def dahua(number: int = 31, at: str = "2026-11-24T10:41:00Z") -> Observation:
    return reply(number, "dhip", "dhip/camera", at)


def test_a_camera_gets_a_row_with_its_maker_and_what_is_on_record(inventory: Inventory, knowledge: Knowledge) -> None:
    say = keep(inventory, knowledge, dahua())
    assert say == "1 device seen, 1 new."
    (row,) = register.rows(inventory, knowledge)
    assert (row.asset.ref, row.asset.kind, row.state) == ("CAM-001", "camera", "listed")
    assert row.verdict is not None
    assert (row.verdict.attribution.manufacturer, row.verdict.attribution.grade) == ("dahua", "almost-certain")
    assert row.addresses == ("10.0.0.31",)
    assert {finding.list for finding in row.findings} <= register.enabled_lists(inventory, knowledge)
    assert not row.stale


def test_the_same_device_at_a_new_address_keeps_its_row(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, dahua(31))
    say = keep(inventory, knowledge, dahua(77, "2026-12-01T09:00:00Z"), scan_id="s2", now=LATER)
    assert say == "1 device seen, 0 new."
    (row,) = register.rows(inventory, knowledge)
    assert row.asset.ref == "CAM-001"
    assert "10.0.0.77" in row.addresses
    assert (row.asset.first_seen, row.asset.last_seen) == ("2026-11-24T10:41:00Z", "2026-12-01T09:00:00Z")


def test_keeping_the_same_census_twice_makes_nothing_new(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, dahua(), reply(40, "mdns", "mdns/printer"))
    before = (inventory.assets(), inventory.observations(), register.others(inventory))
    keep(inventory, knowledge, dahua(), reply(40, "mdns", "mdns/printer"), scan_id="s2")
    assert (inventory.assets(), inventory.observations(), register.others(inventory)) == before


def test_a_printer_is_kept_and_gets_no_row(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, reply(40, "mdns", "mdns/printer"))
    assert register.rows(inventory, knowledge) == ()
    (printer,) = register.others(inventory)
    assert printer.description.kind == "other"


def test_a_host_with_no_sign_of_a_camera_gets_no_row(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, reply(50, "http", None, ask="GET /", raw=b"HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\nhello"))
    assert register.rows(inventory, knowledge) == ()
    (host,) = register.others(inventory)
    assert (host.description.kind, host.description.kind_grade) == ("other", "unknown")
    assert host.attribution.reason == "It answered, and nothing in its answers speaks of a camera."


def test_replies_of_two_scans_are_judged_together(inventory: Inventory, knowledge: Knowledge) -> None:
    mac = "3c:ef:8c:11:22:33"
    keep(inventory, knowledge, reply(60, "neighbour", None, mac=mac))
    weak = inventory.verdicts()
    assert {entry.attribution.grade for entry in weak.values()} != {"almost-certain"}
    later = reply(60, "dhip", "dhip/camera", "2026-12-01T09:00:00Z", mac=mac)
    keep(inventory, knowledge, later, scan_id="s2", now=LATER)
    row = next(
        row for row in register.rows(inventory, knowledge) if row.verdict and "dhip" in row.verdict.description.probes_answered
    )
    assert row.verdict is not None
    assert row.verdict.attribution.grade == "almost-certain"


def test_a_label_leaves_the_maker_and_its_listing_in_place(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, dahua())
    (before,) = register.rows(inventory, knowledge)
    changes = register.do(
        inventory,
        knowledge,
        hand.read_label(knowledge, before.asset.id, basis="label", brand="Honeywell", model="H4W2PER3"),
        by="R. Khan",
        now=LATER,
    )
    (after,) = register.rows(inventory, knowledge)
    assert after.verdict is not None
    assert after.verdict.attribution.manufacturer == "dahua"
    assert after.verdict.attribution.brand == "Honeywell"
    assert after.state == "listed"
    assert after.findings == before.findings
    assert "person" in {evidence.probe for evidence in after.verdict.attribution.evidence}
    assert changes.say == "R. Khan read the label of CAM-001."
    assert not after.stale
    history = inventory.judgements(after.asset.device or "")
    assert len(history) == 2
    assert history[1].was == history[0].is_now
    assert "Honeywell" in history[1].is_now


def test_a_label_outlives_the_next_scan(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, dahua())
    (row,) = register.rows(inventory, knowledge)
    register.do(
        inventory, knowledge, hand.read_label(knowledge, row.asset.id, basis="label", brand="Honeywell"), by="R. Khan", now=NOW
    )
    keep(inventory, knowledge, dahua(31, "2026-12-01T09:00:00Z"), scan_id="s2", now=LATER)
    (row,) = register.rows(inventory, knowledge)
    assert row.verdict is not None
    assert row.verdict.attribution.brand == "Honeywell"


def test_a_label_on_a_row_of_which_nothing_was_seen_is_evidence_too(inventory: Inventory, knowledge: Knowledge) -> None:
    (asset,) = inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by="A", now=NOW).assets
    register.do(
        inventory, knowledge, hand.read_label(knowledge, asset, basis="label", brand="Axis", model="P3245-V"), by="A", now=NOW
    )
    (row,) = register.rows(inventory, knowledge)
    assert (row.asset.kind, row.brand, row.model, row.maker, row.grade) == ("camera", "Axis", "P3245-V", "axis", "confirmed")
    assert row.addresses == ()
    assert register.undo(inventory, knowledge, NOW) is not None
    (row,) = register.rows(inventory, knowledge)
    assert (row.asset.device, row.judged, row.verdict) == (None, False, None)
    assert register.redo(inventory, knowledge, NOW) is not None
    (row,) = register.rows(inventory, knowledge)
    assert (row.maker, row.stale) == ("axis", False)


def test_newer_knowledge_judges_again_with_no_new_scan(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, dahua())
    forgetful = replace(knowledge, version="2030.01.01+0", fingerprints=(), macs={})
    (stale,) = register.rows(inventory, forgetful)
    assert stale.stale
    changes = register.reassess(inventory, forgetful, LATER)
    assert changes.say == (
        "1 device re-checked, 1 answer changed. Since the lists of 1 January 2030, 1 device is no longer listed: Dahua is no longer"
        " on “67 parliamentarians asked for a ban on Hikvision and Dahua, and for a review of CCTV” and Dahua is no longer on"
        " “A committee of MPs recommended that Hikvision and Dahua should not operate in the UK”."
    )
    (row,) = register.rows(inventory, forgetful)
    assert not row.stale
    assert row.verdict is not None
    assert row.verdict.attribution.manufacturer is None
    assert row.state == "not-known"
    history = inventory.judgements(row.asset.device or "")
    assert "Re-checked" in history[1].why
    assert register.reassess(inventory, forgetful, LATER).devices == frozenset()


def test_judging_again_with_the_same_knowledge_changes_nothing(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, dahua(), reply(40, "mdns", "mdns/printer"), reply(41, "sadp", "sadp/camera"))
    before = (inventory.verdicts(), inventory.assets())
    changes = register.reassess(inventory, knowledge, LATER, devices=list(inventory.verdicts()))
    assert "0 answers changed" in changes.say
    assert (inventory.verdicts(), inventory.assets()) == before


def test_a_list_that_is_switched_off_shows_at_once(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, dahua())
    for name in register.enabled_lists(inventory, knowledge):
        inventory.do(settings.set_lists({name: False}, "not ours", "List switched."), by="R. Khan", now=NOW)
    (row,) = register.rows(inventory, knowledge)
    assert (row.state, row.findings) == ("not-listed", ())


def test_a_list_that_was_off_when_searching_shows_when_switched_on(inventory: Inventory, knowledge: Knowledge) -> None:
    seen = (dahua(),)
    searched = Census(scan=scan(), observations=seen, verdicts=judge(seen, knowledge, frozenset()))
    assert searched.verdicts[0].findings == ()
    register.save_census(inventory, searched, knowledge, NOW)
    inventory.do(settings.set_lists({"us-ndaa-889": True}, "Trust board", "List switched."), by="R. Khan", now=NOW)
    (row,) = register.rows(inventory, knowledge)
    assert "us-ndaa-889" in {finding.list for finding in row.findings}


def test_places_are_made_on_the_way_once(inventory: Inventory) -> None:
    path = ("Elm Park", "Main block", "Ground", "Hall")
    hall = inventory.do(placing.place_named(path, sensitive=True), by="A", now=NOW).made
    assert inventory.do(placing.place_named(path), by="A", now=NOW).made == hall
    assert [(place.kind, place.name, place.sensitive) for place in inventory.places()] == [
        ("site", "Elm Park", False), ("building", "Main block", False), ("floor", "Ground", False), ("room", "Hall", True),
    ]  # fmt: skip
    with pytest.raises(StoreError):
        inventory.do(placing.place_named(()), by="A", now=NOW)


def test_a_decision_stands_beside_the_answer_and_a_scan_does_not_erase_it(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, dahua())
    (row,) = register.rows(inventory, knowledge)
    say = inventory.do(tagging.decide([row.asset.id], "replace", why="old", year="2026-27"), by="R. Khan", now=NOW).say
    assert say == "Decision for CAM-001: Replace."
    keep(inventory, knowledge, dahua(31, "2026-12-01T09:00:00Z"), scan_id="s2", now=LATER)
    (row,) = register.rows(inventory, knowledge)
    assert row.asset.decision is not None
    assert (row.asset.decision.what, row.asset.decision.by, row.asset.decision.year) == ("replace", "R. Khan", "2026-27")


def test_a_camera_that_answers_less_on_a_bad_day_keeps_its_row(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, dahua())
    less = reply(31, "http", "http/dahua-hex-realm", "2026-12-01T09:00:00Z", ask="GET /")
    keep(inventory, knowledge, less, scan_id="s2", now=LATER)
    (row,) = register.rows(inventory, knowledge)
    assert (row.asset.ref, row.asset.status, row.asset.last_seen) == ("CAM-001", "present", "2026-12-01T09:00:00Z")


def test_another_maker_at_a_known_address_is_a_new_row_and_said_so(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, dahua())
    other = reply(31, "http", "http/hikvision-401", "2026-12-01T09:00:00Z", ask="GET /")
    for scan_id in ("s2", "s3"):
        say = keep(inventory, knowledge, other, scan_id=scan_id, now=LATER)
        rows = register.rows(inventory, knowledge)
        makers = [(row.asset.ref, row.verdict.attribution.manufacturer) for row in rows if row.verdict]
        assert makers == [("CAM-001", "dahua"), ("CAM-002", "hikvision")]
        assert ("may be a device you already have" in say) == (scan_id == "s2")


def test_costs_are_kept(inventory: Inventory) -> None:
    assert inventory.costs() == Costs()
    figures = Costs(camera_unit=18_000, camera_fitting=None, recorder_unit=1, contingency_percent=0)
    inventory.do(settings.set_costs(figures), by=None, now=NOW)
    assert inventory.costs() == figures


def test_a_network_of_two_hosts_that_swap_addresses_stays_two(inventory: Inventory, knowledge: Knowledge) -> None:
    first, second = dahua(31), reply(32, "sadp", "sadp/camera")
    keep(inventory, knowledge, first, second)
    keep(
        inventory, knowledge, dahua(32, "2026-12-01T09:00:00Z"), reply(31, "sadp", "sadp/camera", "2026-12-01T09:00:00Z"),
        scan_id="s2", now=LATER,
    )  # fmt: skip
    makers = {row.asset.ref: row.verdict.attribution.manufacturer for row in register.rows(inventory, knowledge) if row.verdict}
    assert makers == {"CAM-001": "dahua", "CAM-002": "hikvision"}
    assert NETWORK in {one.network for one in inventory.observations()}
