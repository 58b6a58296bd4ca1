"""Steps of one edit are taken back last first."""

from __future__ import annotations

import contextlib
from pathlib import Path

from camcensus.store import changelog, opening
from camcensus.store.changelog import Step
from camcensus.store.inventory import create_inventory
from samples import NOW, body

AT = "2026-11-24T10:42:00Z"


def test_two_steps_on_one_row_are_taken_back_in_reverse(tmp_path: Path) -> None:
    path = tmp_path / "a.camcensus"
    create_inventory(path, body(), now=NOW).close()
    with contextlib.closing(opening.connect_writing(path)) as db:

        def rows() -> list[dict[str, str]]:
            return list(db.query("SELECT key, value FROM setting WHERE key = 'k'"))

        changelog.make(db, "first", "First.", [Step("insert", "setting", "k", {"value": "one"})], by=None, at=AT)
        steps = [Step("set", "setting", "k", {"value": "two"}), Step("set", "setting", "k", {"value": "three"})]
        changelog.make(db, "second", "Second.", steps, by=None, at=AT)
        assert rows() == [{"key": "k", "value": "three"}]
        changelog.undo(db, AT)
        assert rows() == [{"key": "k", "value": "one"}]
        changelog.redo(db)
        assert rows() == [{"key": "k", "value": "three"}]
        changelog.undo(db, AT)
        changelog.undo(db, AT)
        assert rows() == []
