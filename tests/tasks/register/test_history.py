"""The history of a real inventory: two searches of packets, what staff did between, a restart, and what is said of it all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest

from camcensus.identity.history import timeline
from camcensus.model.device import Observation
from camcensus.model.errors import StoreError
from camcensus.model.history import Moment
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import placing, tagging
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import history
from camcensus.tasks.register import verbs as register
from identity.hosts_seen import Host, host, observations
from labelled.packets import Packet, info, neighbour
from samples import NOW, body, scan

MACS = {number: f"3c:ef:8c:10:{number * 7:02x}:{number * 3:02x}" for number in range(1, 9)}
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        yield made


def camera(number: int, address: int | None = None, firmware: str = "2.800") -> Host:
    return host(f"10.0.0.{address or number}", *_answers(number, firmware))


def _answers(number: int, firmware: str) -> tuple[Packet, ...]:
    return neighbour(MACS[number]), info("Dahua", "IPC-HDW2431T", firmware, "")


def keep(inventory: Inventory, knowledge: Knowledge, name: str, at: datetime, *hosts: Host, **changes: object) -> None:
    minute = at.strftime("%Y-%m-%dT%H:%M")
    seen: list[Observation] = [one for found in hosts for one in observations(found, minute)]
    record = replace(scan(name, started_at=f"{minute}:00Z", ended_at=f"{minute}:30Z"), **changes)  # type: ignore[arg-type]
    register.save_census(
        inventory, Census(scan=record, observations=tuple(seen), verdicts=judge(seen, knowledge)), knowledge, at
    )


def ids(inventory: Inventory) -> dict[str, str]:
    return {asset.ref: asset.id for asset in inventory.assets()}


def two_searches(inventory: Inventory, knowledge: Knowledge) -> None:
    """Cameras 1 to 4; a week later 1 is gone, 2 has another address, 3 has other firmware, 5 is new."""
    keep(inventory, knowledge, "s1", NOW, *(camera(number) for number in (1, 2, 3, 4)))
    keep(
        inventory, knowledge, "s2", NOW + 7 * DAY, camera(2, 77), camera(3, firmware="2.840"), camera(4), camera(5)
    )  # fmt: skip


def test_two_searches_show_exactly_what_changed_and_the_same_after_a_restart(
    inventory: Inventory, knowledge: Knowledge, tmp_path: Path
) -> None:
    two_searches(inventory, knowledge)
    past = history.read(inventory)
    found = history.changes_between(past, history.moment_of(past, "1"))
    assert [(change.kind, change.ref, change.was, change.is_now) for change in found.changes] == [
        ("new", "CAM-005", "", "10.0.0.5"),
        ("gone", "CAM-001", "10.0.0.1", ""),
        ("moved", "CAM-002", "10.0.0.2", "10.0.0.77"),
        ("firmware", "CAM-003", "2.800", "2.840"),
    ]
    inventory.close()
    with register.open_inventory(tmp_path / "a.camcensus", NOW + 8 * DAY) as again:
        past = history.read(again)
        assert history.changes_between(past, history.moment_of(past, "1")) == found


def test_edits_are_told_with_who_and_an_undone_one_is_not(inventory: Inventory, knowledge: Knowledge) -> None:
    two_searches(inventory, knowledge)
    rows, later = ids(inventory), NOW + 8 * DAY
    place = inventory.do(placing.place_named(["Elm Park", "Main block"]), by="A. Bell", now=later).made
    inventory.do(placing.set_place([rows["CAM-002"], rows["CAM-003"]], place), by="A. Bell", now=later)
    inventory.do(tagging.decide([rows["CAM-004"]], "replace"), by="R. Khan", now=later)
    inventory.do(tagging.set_status([rows["CAM-001"]], "removed"), by="R. Khan", now=later)
    inventory.do(tagging.set_tags([rows["CAM-005"]], {"purpose": "Gate"}), by="A. Bell", now=later)
    register.undo(inventory, knowledge, later)
    past = history.read(inventory)
    found = history.changes_between(past, history.moment_of(past, "search 2"))
    assert [(change.kind, change.refs, change.by) for change in found.changes] == [
        ("removed", ("CAM-001",), "R. Khan"),
        ("decided", ("CAM-004",), "R. Khan"),
        ("placed", ("CAM-002", "CAM-003"), "A. Bell"),
    ]
    undone = [event for event in timeline(past) if event.undone]
    assert [event.say for event in undone] == ["Purpose set for CAM-005."]


def test_since_the_last_report_takes_what_came_after_it_in_the_log_even_in_the_same_second(
    inventory: Inventory, knowledge: Knowledge
) -> None:
    keep(inventory, knowledge, "s1", NOW, camera(1))
    with pytest.raises(StoreError, match="History names no report yet"):
        history.moment_of(history.read(inventory), "last-report")
    inventory.do(tagging.decide([ids(inventory)["CAM-001"]], "keep"), by="A. Bell", now=NOW)
    inventory.note_report("plan", "Replacement plan written.", "A. Bell", NOW)
    inventory.do(tagging.decide([ids(inventory)["CAM-001"]], "replace"), by="R. Khan", now=NOW)
    past = history.read(inventory)
    since = history.moment_of(past, "last-report")
    assert since.name == "your last report of 24 November 2026"
    assert [change.by for change in history.changes_between(past, since).changes] == ["R. Khan"]
    assert history.reports(past)[0] == since


def test_days_searches_and_what_is_neither(inventory: Inventory, knowledge: Knowledge) -> None:
    two_searches(inventory, knowledge)
    past = history.read(inventory)
    day = history.moment_of(past, "2026-11-25", UTC)
    assert history.moment_of(past, "25/11/2026", UTC) == day
    assert (day.at, day.name) == ("2026-11-25T00:00:00Z", "25 November 2026")
    assert [change.kind for change in history.changes_between(past, day).changes] == ["new", "gone", "moved", "firmware"]
    assert {
        change.kind for change in history.changes_between(past, Moment("0001-01-01T00:00:00Z", "the beginning", 0), day).changes
    } == {"new"}
    assert history.moment_of(past, "s2") == history.moment_of(past, "search 2")
    for text, say in (
        ("3", "There is no search 3; this inventory has 2 searches."),
        ("soon", "“soon” is no date"),
        ("31/2/2026", "is no"),
    ):
        with pytest.raises(StoreError, match=say):
            history.moment_of(past, text)


def test_a_removed_row_is_proved_by_the_next_complete_search(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, "s1", NOW, camera(1), camera(2))
    gone = ids(inventory)["CAM-001"]
    inventory.do(tagging.decide([gone], "remove", why="Contract ended"), by="R. Khan", now=NOW + DAY)
    inventory.do(tagging.set_status([gone], "removed"), by="A. Bell", now=NOW + 2 * DAY)
    before = history.removal_proof(history.read(inventory), gone)
    assert (before.shown, before.searches) == (False, ())
    assert any(one.startswith("Marked as removed by A. Bell on ") for one in before.say)
    keep(inventory, knowledge, "s2", NOW + 3 * DAY, camera(2), stopped_early=True)
    assert not history.removal_proof(history.read(inventory), gone).shown
    keep(inventory, knowledge, "s3", NOW + 4 * DAY, camera(2))
    proof = history.removal_proof(history.read(inventory), gone)
    assert proof.shown
    assert [number for number, _ in proof.searches] == [3]
    assert proof.say[1:3] == (
        "Marked as removed by A. Bell on 26 November 2026.",
        "Decision: Remove, by R. Khan on 25 November 2026: Contract ended.",
    )
    with pytest.raises(StoreError):
        history.removal_proof(history.read(inventory), "nobody")


def test_a_row_tells_its_own_history(inventory: Inventory, knowledge: Knowledge) -> None:
    two_searches(inventory, knowledge)
    one = ids(inventory)["CAM-002"]
    inventory.do(tagging.set_tags([one], {"purpose": "Gate"}), by="A. Bell", now=NOW + 8 * DAY)
    events = history.of_row(history.read(inventory), one)
    assert [(event.kind, event.say) for event in events] == [
        ("new", "First seen at 10.0.0.2."),
        ("moved", "Moved from 10.0.0.2 to 10.0.0.77."),
        ("edit", "Purpose set for CAM-002."),
    ]


def test_another_answer_is_told_at_the_time_when_it_became_another(inventory: Inventory, knowledge: Knowledge) -> None:
    keep(inventory, knowledge, "s1", NOW, camera(1))
    keep(inventory, knowledge, "s2", NOW + DAY, camera(1))
    keep(inventory, knowledge, "s3", NOW + 2 * DAY, host("10.0.0.1", neighbour(MACS[1]), info("AXIS", "M3106-L", "9", "")))
    keep(inventory, knowledge, "s4", NOW + 3 * DAY, host("10.0.0.1", neighbour(MACS[1]), info("AXIS", "M3106-L", "9", "")))
    past = history.read(inventory)
    for since, until, kinds in (("1", "2", []), ("2", "3", ["answer"]), ("1", "4", ["answer"]), ("3", "4", [])):
        found = history.changes_between(past, history.moment_of(past, since), history.moment_of(past, until))
        assert [change.kind for change in found.changes if change.kind == "answer"] == kinds, (since, until)


def test_the_spreadsheet_and_the_document_say_the_same_and_carry_no_formula(
    inventory: Inventory, knowledge: Knowledge, data_dir: Path
) -> None:
    keep(inventory, knowledge, "s1", NOW, camera(1))
    keep(inventory, knowledge, "s2", NOW + DAY, camera(1, firmware="=cmd|'/c calc'!A1"))
    past = history.read(inventory)
    found = history.changes_between(past, history.moment_of(past, "1"))
    data = history.comparison_csv(found)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 2
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (row["change"], row["ref"], row["was"], row["is_now"]) == (
        "Other firmware",
        "CAM-001",
        "2.800",
        "'=cmd|'/c calc'!A1",
    )
    document = history.comparison_document(found)
    schema = json.loads((data_dir / "resources" / "schema" / "changes.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    assert document["counts"]["firmware"] == 1
    assert document["changes"][0]["refs"] == ["CAM-001"]
    text = history.comparison_text(found, "Elm Park")
    assert text.startswith("Elm Park\n\nBetween search 1 of 24 November 2026 and now: 1 with other firmware.")
    assert "Other firmware (1)" in text
