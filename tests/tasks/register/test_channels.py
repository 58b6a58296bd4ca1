"""A recorder's channels become rows that nobody has confirmed, and each camera is counted once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.device import ReportedChannel, Verdict
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import by_hand, tagging
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import channels
from camcensus.tasks.register import verbs as register
from samples import NOW, body, scan, verdict

BY = "A. Clerk"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def told(knowledge: Knowledge, *reported: ReportedChannel, analogue: int = 0, digital: int = 0) -> Verdict:
    one = verdict(9, "recorder", "hikvision", knowledge.version)
    said = replace(one.description, reported_channels=reported, channels_analogue=analogue, channels_digital=digital)
    return replace(one, description=said)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        yield made


def keep(inventory: Inventory, knowledge: Knowledge, *verdicts: Verdict) -> str:
    """The asset id of the recorder among them."""
    census = Census(scan=scan(knowledge_version=knowledge.version), observations=(), verdicts=verdicts)
    register.save_census(inventory, census, knowledge, NOW)
    return next(row.id for row in inventory.assets() if row.kind == "recorder")


def behind(inventory: Inventory, recorder: str) -> list[tuple[int | None, str | None]]:
    return [(row.channel, row.notes) for row in inventory.assets() if row.connected_to == recorder]


def test_a_recorder_that_only_counts_its_channels_gives_that_many(empty: Inventory, knowledge: Knowledge) -> None:
    recorder = keep(empty, knowledge, told(knowledge, digital=16))
    empty.do(by_hand.add_channels(recorder, [3]), by=BY, now=NOW)
    changes = empty.do(channels.add_missing(knowledge, [recorder]), by=BY, now=NOW)
    assert changes.say == "15 channels of REC-001 added, not confirmed."
    assert sorted(number or 0 for number, _ in behind(empty, recorder)) == list(range(1, 17))
    assert channels.unconfirmed_words(empty.assets()) == "16 reported by the recorder, not confirmed"
    with pytest.raises(StoreError, match="has a row already"):
        empty.do(channels.add_missing(knowledge, [recorder]), by=BY, now=NOW)
    register.undo(empty, knowledge, NOW)
    assert len(behind(empty, recorder)) == 1


def test_an_analogue_and_a_network_channel_of_one_number_are_two_rows(empty: Inventory, knowledge: Knowledge) -> None:
    reported = (
        ReportedChannel(1, name="Gate", analogue=True),
        ReportedChannel(1, name="Hall", manufacturer="HIKVISION", model="DS-2CD2143G2-I"),
        ReportedChannel(2),
    )
    recorder = keep(empty, knowledge, told(knowledge, *reported))
    empty.do(channels.add_missing(knowledge, [recorder]), by=BY, now=NOW)
    held = [
        (1, "Network channel. The recorder calls it Hall and reports a HIKVISION DS-2CD2143G2-I"),
        (1, "Analogue channel. The recorder calls it Gate"),
        (2, "Network channel"),
    ]
    assert sorted(behind(empty, recorder)) == sorted(held)
    row = next(row for row in empty.assets() if row.notes and row.notes.startswith("Network channel. "))
    empty.do(tagging.set_status([row.id], "removed"), by=BY, now=NOW)
    empty.do(by_hand.connect([row.id], None), by=BY, now=NOW)
    register.undo(empty, knowledge, NOW)
    assert channels.missing_channels(*missing(empty, knowledge, recorder)) == ()
    register.redo(empty, knowledge, NOW)
    again = channels.missing_channels(*missing(empty, knowledge, recorder))
    assert [(one.number, one.note.split(".")[0]) for one in again] == [(1, "Network channel")]


def missing(
    inventory: Inventory, knowledge: Knowledge, recorder: str
) -> tuple[register.AssetRow, tuple[register.AssetRow, ...], Knowledge]:
    rows = register.rows(inventory, knowledge)
    return next(row for row in rows if row.asset.id == recorder), rows, knowledge


def test_a_camera_that_is_a_row_already_is_connected_and_not_counted_twice(empty: Inventory, knowledge: Knowledge) -> None:
    seen = verdict(5, "camera", "hikvision", knowledge.version)
    seen = replace(seen, description=replace(seen.description, serial="DS-2CD2143G2-IS20210312AAWRF12345678"))
    other = verdict(6, "camera", "axis", knowledge.version)
    reported = (
        ReportedChannel(1, serial="F12345678"),
        ReportedChannel(2, address=other.device.addresses[0]),
        ReportedChannel(3, address="192.168.254.2"),
        ReportedChannel(4, serial="F12345678"),
    )
    recorder = keep(empty, knowledge, seen, other, told(knowledge, *reported))
    changes = empty.do(channels.add_missing(knowledge, [recorder]), by=BY, now=NOW)
    assert changes.say == "2 channels of REC-001 added, not confirmed. 2 cameras of the record connected to it."
    assert len(empty.assets()) == 5
    hung = {row.ref: (row.channel, row.unconfirmed) for row in empty.assets() if row.connected_to == recorder}
    assert hung == {"CAM-001": (1, False), "CAM-002": (2, False), "CAM-003": (3, True), "CAM-004": (4, True)}
    register.undo(empty, knowledge, NOW)
    assert behind(empty, recorder) == []


def test_the_words_name_what_nobody_saw_and_nothing_else(empty: Inventory, knowledge: Knowledge) -> None:
    recorder = keep(empty, knowledge, told(knowledge, digital=2))
    assert channels.unconfirmed_words(empty.assets()) == ""
    empty.do(channels.add_missing(knowledge, [recorder]), by=BY, now=NOW)
    one, two = [row.id for row in empty.assets() if row.channel]
    empty.do(by_hand.confirm_channels([one], "R. Khan"), by=BY, now=NOW)
    assert channels.unconfirmed_words(empty.assets()) == "1 reported by the recorder, not confirmed"
    empty.do(tagging.set_status([two], "removed"), by=BY, now=NOW)
    assert channels.unconfirmed_words(empty.assets()) == ""
