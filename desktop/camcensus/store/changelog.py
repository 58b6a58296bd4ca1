"""Every edit is a list of steps that can be taken back: the change log, undo and redo."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from camcensus.model.changes import Changes
from camcensus.store.rows import ASSET_COLUMNS

_COLUMNS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "asset": ("id", ASSET_COLUMNS),
    "place": ("id", ("parent", "kind", "name", "sensitive")),
    "contact": ("id", ("name", "role")),
    "list_choice": ("list", ("is_on", "by", "why", "at")),
    "setting": ("key", ("value",)),
    "body": ("one", ("name", "type", "year_starts", "expected_cameras")),
}
"""What an edit may touch: table -> its key and its columns. Names from a file never reach SQL unless they stand here."""


@dataclass(frozen=True, slots=True)
class Step:
    """Set columns of a row, insert a row (`values` whole), or delete one."""

    do: Literal["set", "insert", "delete"]
    table: str
    key: str | int
    values: Mapping[str, Any]


def make(db: Database, verb: str, say: str, steps: Sequence[Step], *, by: str | None, at: str) -> Changes:
    """Take the steps, log them with their inverse, and say what changed. Call inside a transaction."""
    inverse: list[Step] = []
    for step in steps:
        inverse.insert(0, _inverse(db, step))
        _take(db, step)
    cursor = db.execute(
        "INSERT INTO change (at, by, verb, say, steps, inverse) VALUES (?, ?, ?, ?, ?, ?)",
        [at, by, verb, say, _written(steps), _written(inverse)],
    )
    return _changes(steps, say, str(cursor.lastrowid))


def note(db: Database, verb: str, say: str, *, by: str | None, at: str) -> str:
    """Log what happened where there is nothing to take back (a scan kept, answers judged again)."""
    cursor = db.execute("INSERT INTO change (at, by, verb, say, steps) VALUES (?, ?, ?, ?, '[]')", [at, by, verb, say])
    return str(cursor.lastrowid)


def undo(db: Database, at: str) -> Changes | None:
    """Take back the newest edit that still stands; None where there is none."""
    row = next(
        db.query(
            "SELECT id, say, inverse FROM change WHERE inverse IS NOT NULL AND undone_at IS NULL ORDER BY id DESC LIMIT 1"
        ),
        None,
    )
    if row is None:
        return None
    steps = _read(row["inverse"])
    for step in steps:
        _take(db, step)
    db.execute("UPDATE change SET undone_at = ? WHERE id = ?", [at, row["id"]])
    return _changes(steps, f"Undone: {row['say']}", str(row["id"]))


def redo(db: Database) -> Changes | None:
    """Do again what was taken back last, unless another edit came after it; None where there is nothing."""
    row = next(
        db.query(
            "SELECT id, say, steps FROM change WHERE undone_at IS NOT NULL AND id >"
            " (SELECT coalesce(max(id), 0) FROM change WHERE inverse IS NOT NULL AND undone_at IS NULL) ORDER BY id LIMIT 1"
        ),
        None,
    )
    if row is None:
        return None
    steps = _read(row["steps"])
    for step in steps:
        _take(db, step)
    db.execute("UPDATE change SET undone_at = NULL WHERE id = ?", [row["id"]])
    return _changes(steps, row["say"], str(row["id"]))


def _take(db: Database, step: Step) -> None:
    key, columns = _COLUMNS[step.table]
    names = [name for name in step.values if name in columns]
    values = [step.values[name] for name in names]
    if step.do == "delete":
        db.execute(f'DELETE FROM "{step.table}" WHERE "{key}" = ?', [step.key])
    elif step.do == "set":
        sets = ", ".join(f'"{name}" = ?' for name in names)
        db.execute(f'UPDATE "{step.table}" SET {sets} WHERE "{key}" = ?', [*values, step.key])
    else:
        listed, marks = ", ".join(f'"{name}"' for name in (key, *names)), ", ".join("?" for _ in (key, *names))
        db.execute(f'INSERT INTO "{step.table}" ({listed}) VALUES ({marks})', [step.key, *values])


def _inverse(db: Database, step: Step) -> Step:
    key, columns = _COLUMNS[step.table]
    if step.do == "insert":
        return Step("delete", step.table, step.key, {})
    listed = ", ".join(f'"{name}"' for name in columns)
    row = next(db.query(f'SELECT {listed} FROM "{step.table}" WHERE "{key}" = ?', [step.key]))
    if step.do == "delete":
        return Step("insert", step.table, step.key, row)
    return Step("set", step.table, step.key, {name: row[name] for name in step.values})


def _written(steps: Sequence[Step]) -> str:
    plain = [[step.do, step.table, step.key, dict(step.values)] for step in steps]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _read(text: str) -> list[Step]:
    return [Step(do, table, key, values) for do, table, key, values in json.loads(text)]


def _changes(steps: Sequence[Step], say: str, change_id: str) -> Changes:
    def touched(table: str) -> frozenset[str]:
        return frozenset(str(step.key) for step in steps if step.table == table)

    settings = any(step.table in ("setting", "list_choice", "body") for step in steps)
    return Changes(touched("asset"), touched("place"), touched("contact"), frozenset(), settings, say, change_id)
