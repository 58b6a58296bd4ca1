"""Taking back what stands in the change log, and doing it again. The log may be anybody's: only what we write is written."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from sqlite_utils import Database

from camcensus.model.changes import Changes
from camcensus.store.changelog import TABLES, ChangeStep, changes_of, read_steps, take
from camcensus.store.soundness import fits, has_our_rows

_SINCE_SCAN = "inverse IS NOT NULL AND id > (SELECT coalesce(max(id), 0) FROM change WHERE verb IN ('keep', 'begin'))"


def undo(db: Database, at: str) -> Changes | None:
    """Take back the newest edit that still stands, as far back as the newest kept scan; None where there is none."""
    row = next(
        db.query(f"SELECT id, say, inverse FROM change WHERE {_SINCE_SCAN} AND undone_at IS NULL ORDER BY id DESC LIMIT 1"),
        None,
    )
    if row is None:
        return None
    steps = _again(db, row["inverse"])
    db.execute("UPDATE change SET undone_at = ? WHERE id = ?", [at, row["id"]])
    return changes_of(steps, f"Undone: {row['say']}", str(row["id"]))


def redo(db: Database) -> Changes | None:
    """Do again what was taken back last, unless another edit or a scan came after it; None where there is nothing."""
    row = next(
        db.query(
            f"SELECT id, say, steps FROM change WHERE {_SINCE_SCAN} AND undone_at IS NOT NULL AND id >"
            " (SELECT coalesce(max(id), 0) FROM change WHERE inverse IS NOT NULL AND undone_at IS NULL) ORDER BY id LIMIT 1"
        ),
        None,
    )
    if row is None:
        return None
    steps = _again(db, row["steps"])
    db.execute("UPDATE change SET undone_at = NULL WHERE id = ?", [row["id"]])
    return changes_of(steps, row["say"], str(row["id"]))


def _again(db: Database, text: str) -> list[ChangeStep]:
    """Take the steps of a text from the file, which may be anybody's. Raises ValueError where they are not as ours."""
    steps = read_steps(text)
    for step in steps:
        if not all(fits(step.table, name, value) for name, value in step.values.items() if isinstance(value, str)):
            raise ValueError("That is no value of ours.")
        take(db, step)
    touched_rows = defaultdict[str, list[Any]](list)
    for step in steps:
        touched_rows[step.table] += [one[0] if isinstance(one, tuple) else one for one in step.keys]
    if not all(has_our_rows(db, table, TABLES[table][0][0], keys) for table, keys in touched_rows.items()):
        raise ValueError("Its rows would be none of ours.")
    touched = json.dumps([key for step in steps if step.table == "asset" for key in step.keys])
    # What an answer says a row is may have changed since the step was written; it holds unless a person has said.
    db.execute(
        "UPDATE asset SET kind = (SELECT device.kind FROM device WHERE device.id = asset.device) WHERE kind_by IS NULL"
        " AND device IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        [touched],
    )
    return steps
