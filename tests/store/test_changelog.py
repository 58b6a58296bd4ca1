"""Steps of one edit are taken back last first."""

from __future__ import annotations

import contextlib
from pathlib import Path

from camcensus.store import changelog, opening
from camcensus.store.changelog import Pen
from camcensus.store.inventory import create_inventory
from samples import NOW, body

AT = "2026-11-24T10:42:00Z"


def test_two_steps_on_one_row_are_taken_back_in_reverse(tmp_path: Path) -> None:
    path = tmp_path / "a.camcensus"
    create_inventory(path, body(), now=NOW).close()
    with contextlib.closing(opening.connect_writing(path)) as db:

        def rows() -> list[dict[str, str]]:
            return list(db.query("SELECT key, value FROM setting WHERE key = 'k'"))

        first = Pen(db, None, AT)
        first.insert("setting", "k", {"value": "one"})
        first.log("first", "First.")
        second = Pen(db, None, AT)
        second.set("setting", "k", {"value": "two"})
        second.set("setting", "k", {"value": "three"})
        second.log("second", "Second.")
        assert rows() == [{"key": "k", "value": "three"}]
        changelog.undo(db, AT)
        assert rows() == [{"key": "k", "value": "one"}]
        changelog.redo(db)
        assert rows() == [{"key": "k", "value": "three"}]
        changelog.undo(db, AT)
        changelog.undo(db, AT)
        assert rows() == []
