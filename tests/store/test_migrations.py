"""A file of the first schema comes out exactly as one made today, and carries all that was in it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from camcensus.store import opening
from camcensus.store.inventory import create_inventory, open_inventory
from camcensus.store.register_rows import findings_of
from samples import DATA, LATER, NOW, body


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file as the first release left it, closed."""
    path = tmp_path / "old.camcensus"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript((DATA / "inventory" / "m0001.sql").read_text("utf-8"))
    return path


def schema_of(path: Path) -> list[tuple[str, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE '%_sqlite_migrations%' ORDER BY type, name"
        ).fetchall()


def test_an_old_file_gets_exactly_the_schema_of_a_new_one(old: Path, tmp_path: Path) -> None:
    create_inventory(tmp_path / "new.camcensus", body(), now=NOW).close()
    assert schema_of(old) != schema_of(tmp_path / "new.camcensus")
    open_inventory(old, now=LATER).close()
    assert schema_of(old) == schema_of(tmp_path / "new.camcensus")
    with contextlib.closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_was_in_it_is_still_there(old: Path) -> None:
    with open_inventory(old, now=LATER) as inventory:
        first, channel, lost, recorder = inventory.assets()
        answers = inventory.answers()
        assert inventory.verdict_of(answers["d-1"]).attribution.reason == "Made by Dahua."
        light = answers["d-1"]
        findings = findings_of(light.findings)
    assert (first.seller_name, first.maintainer, first.purpose) == ("Elm Alarms", None, "Watches the hall")
    assert (first.place_path, first.sensitive, first.kind) == (("Elm Park", "Hall"), True, "camera")
    assert first.decision is not None
    assert (first.decision.what, first.decision.year, first.decision.why) == ("replace", "2026-27", "old")
    assert (channel.connected_to, channel.connected_ref, channel.channel) == (recorder.id, "REC-001", 4)
    assert channel.maintainer_name == "Oak Care"
    assert channel.unconfirmed
    assert (lost.connected_to, lost.channel, lost.status) == (None, 5, "removed")
    assert recorder.status == "not-seen"
    assert (light.kind, light.manufacturer, light.candidates, light.grade) == ("camera", "dahua", ("dahua",), "likely")
    assert (light.brand, light.model, light.serial, light.firmware) == ("Honeywell", "H4W2PER3", "S1", "V1")
    assert [finding.list for finding in findings] == ["uk-fac-2021"]
    assert (answers["d-2"].grade, answers["d-2"].kind, answers["d-2"].findings) == ("unknown", "unknown", "[]")


def test_edits_that_named_what_is_called_otherwise_now_and_those_before_cannot_be_taken_back(old: Path) -> None:
    with open_inventory(old, now=LATER) as inventory:
        assert [row.can_undo for row in inventory.changes()] == [True, False, False]
        taken = inventory.undo(LATER)
        assert taken is not None
        assert (taken.say, taken.assets) == ("Undone: Moved.", {"a-1"})
        assert inventory.assets(["a-1"])[0].place is None
        assert inventory.undo(LATER) is None
        assert inventory.assets(["a-1"])[0].purpose == "Watches the hall"
        assert inventory.redo() is not None
        assert inventory.assets(["a-1"])[0].place == "hall"


def test_an_old_file_opened_for_reading_is_read_and_left_as_it_is(old: Path) -> None:
    before = old.read_bytes(), sorted(old.parent.iterdir())
    with open_inventory(old, now=LATER, readonly=True) as inventory:
        assert [asset.ref for asset in inventory.assets()] == ["CAM-001", "CAM-002", "CAM-003", "REC-001"]
    assert (old.read_bytes(), sorted(old.parent.iterdir())) == before


def test_the_file_as_it_was_lies_beside_it(old: Path) -> None:
    before = schema_of(old)
    open_inventory(old, now=LATER).close()
    (copy,) = [entry for entry in old.parent.iterdir() if entry != old and entry.is_file()]
    assert schema_of(copy) == before
    opening.check_header(copy)
