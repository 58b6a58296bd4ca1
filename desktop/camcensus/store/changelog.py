"""Every edit is a list of steps that can be taken back: the change log, undo and redo."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, Literal

from sqlite_utils import Database

from camcensus.model import frozen
from camcensus.model.changes import Changes
from camcensus.model.errors import StoreError
from camcensus.store.register_rows import ASSET_COLUMNS

TABLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "asset": (("id",), ASSET_COLUMNS),
    "place": (("id",), ("parent", "kind", "name", "sensitive", "picture", "progress", "progress_on")),
    "contact": (("id",), ("name", "role", "contract_number", "contract_end", "email", "phone")),
    "photo": (("id",), ("asset", "picture", "name", "taken_at", "added_at")),
    "doubt": (("id",), ("device", "other", "reason", "at", "answer", "by", "answered_at")),
    "device": (
        ("id",),
        ("kind", "network", "mac", "addresses", "observations_digest", "first_seen", "last_seen", "merged_into"),
    ),
    "device_key": (("device", "kind", "value"), ("trust", "rank", "first", "last")),
    "observation": (
        ("id",),
        (
            "scan", "device", "probe", "ask", "network", "address", "port", "mac", "at", "reply", "cut", "state", "fields",
            "codec", "problem",
        ),
    ),
    "sighting": (("scan", "device"), ("network", "mac", "addresses", "matched", "firmware", "model")),
    "list_choice": (("list",), ("is_on", "by", "why", "at")),
    "setting": (("key",), ("value",)),
    "body": (
        ("one",),
        (
            "name", "type", "year_starts", "expected_cameras", "expected_basis", "urn", "ods", "gss", "company_no", "dpia",
            "policy", "signs", "footage_access", "equality", "consultation", "face_policy", "watch_lists", "complaints",
        ),
    ),
    "plan_batch": (
        ("id",),
        (
            "kind", "place_path", "what", "year", "undated", "with_recorder", "name", "priority", "reason", "quantity", "unit",
            "fitting", "other", "out", "target_date", "disposal", "wiped_on", "wipe_certificate", "weee_note",
            "status", "note",
        ),
    ),
    "plan_row": (("asset",), ("batch",)),
    "plan_need": (("batch", "kind"), ("state", "note")),
    "plan_line": (("id",), ("number", "name", "quantity", "unit", "fitting", "year", "priority", "reason")),
    "plan_version": (
        ("id",), ("number", "made_at", "made_by", "note", "knowledge_version", "total", "with_vat", "brief", "plan"),
    ),
}  # fmt: skip
"""What an edit may touch: table -> its key and its other columns. Names from a file never reach SQL unless they stand here."""

_OF_PLAN = frozenset({"costs"})
"""Settings that the plan is worked out from."""

GONE = "That row is no longer in the inventory; look at the list again."

Key = str | int | tuple[str, ...]


@frozen
class ChangeStep:
    """Set columns of rows, insert a row (`values` whole), or delete one.

    `keys` are the rows' keys; a table with a key of several columns has tuples. Of a deleted row `values` may say whose it was.
    """

    do: Literal["set", "insert", "delete"]
    table: str
    keys: tuple[Key, ...]
    values: Mapping[str, Any] = field(default_factory=dict)


def note(db: Database, verb: str, say: str, *, by: str | None, at: str) -> str:
    """Log what happened where there is nothing to take back (a scan kept, a report written)."""
    cursor = db.execute("INSERT INTO change (at, by, verb, say, steps) VALUES (?, ?, ?, ?, '[]')", [at, by, verb, say])
    return str(cursor.lastrowid)


def steps_of(db: Database, change: int) -> tuple[list[ChangeStep], list[ChangeStep]]:
    """What a line of the log did and what takes it back; two empty lists where nothing of it is saved."""
    row = db.execute("SELECT steps, inverse FROM change WHERE id = ?", [change]).fetchone()
    return (read_steps(row[0]), read_steps(row[1] or "[]")) if row else ([], [])


def take(db: Database, step: ChangeStep) -> None:
    """Take one step."""
    key, columns = TABLES[step.table]
    names = [name for name in step.values if name in columns]
    if step.do == "delete":
        for one in step.keys:
            if step.table == "device":
                # What was concluded of it goes with it; it is concluded again from its replies.
                db.execute("DELETE FROM judgement WHERE device = ?", [one])
            db.execute(f'DELETE FROM "{step.table}" WHERE {_where(key)}', _listed(one))
    elif step.do == "set":
        if not names:
            return
        sets, values = ", ".join(f'"{name}" = ?' for name in names), [step.values[name] for name in names]
        if len(key) == 1:
            where = f'"{key[0]}" IN (SELECT value FROM json_each(?))'
            db.execute(f'UPDATE "{step.table}" SET {sets} WHERE {where}', [*values, json.dumps(step.keys)])
        else:
            for one in step.keys:
                db.execute(f'UPDATE "{step.table}" SET {sets} WHERE {_where(key)}', [*values, *_listed(one)])
    else:
        listed = ", ".join(f'"{name}"' for name in (*key, *names))
        marks = ", ".join("?" for _ in (*key, *names))
        values = [*_listed(step.keys[0]), *(step.values[name] for name in names)]
        db.execute(f'INSERT INTO "{step.table}" ({listed}) VALUES ({marks})', values)


def before(db: Database, table: str, keys: tuple[Key, ...], names: tuple[str, ...]) -> list[ChangeStep]:
    """The steps that set these columns back, rows with the same values together. Raises StoreError for a missing row."""
    key, columns = TABLES[table]
    if unknown := set(names) - set(columns):
        raise KeyError(f"{table} has no {unknown}")
    listed = ", ".join(f'"{name}"' for name in (*key, *names))
    if len(key) == 1:
        sql = f'SELECT {listed} FROM "{table}" WHERE "{key[0]}" IN (SELECT value FROM json_each(?))'
        rows = db.execute(sql, [json.dumps(keys)]).fetchall()
    else:
        sql = f'SELECT {listed} FROM "{table}" WHERE {_where(key)}'
        rows = [row for one in keys for row in db.execute(sql, _listed(one))]
    if len(rows) != len(keys):
        raise StoreError(GONE)
    alike: dict[tuple[Any, ...], list[Key]] = {}
    for row in rows:
        alike.setdefault(tuple(row[len(key) :]), []).append(row[0] if len(key) == 1 else tuple(row[: len(key)]))
    return [ChangeStep("set", table, tuple(group), dict(zip(names, values, strict=True))) for values, group in alike.items()]


def _where(key: tuple[str, ...]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in key)


def _listed(key: Key) -> list[Any]:
    return list(key) if isinstance(key, tuple) else [key]


def written(steps: Iterable[ChangeStep]) -> str:
    """Steps as the change log holds them, a JSON array. One step at a time: the window works on meanwhile."""
    plain = ([step.do, step.table, list(step.keys), dict(step.values)] for step in steps)
    return f"[{','.join(json.dumps(one, ensure_ascii=False, separators=(',', ':')) for one in plain)}]"


def read_steps(text: str) -> list[ChangeStep]:
    """Steps as written. Raises ValueError, TypeError or KeyError for what we do not write."""
    return [
        ChangeStep(do, table, tuple(tuple(key) if isinstance(key, list) else key for key in keys), dict(values))
        for do, table, keys, values in json.loads(text)
    ]


def changes_of(steps: Sequence[ChangeStep], say: str, change_id: str) -> Changes:
    """What steps touched, for whoever shows it."""

    def touched(table: str) -> set[str]:
        return {str(key) for step in steps if step.table == table for key in step.keys}

    shown = {str(step.values["asset"]) for step in steps if step.table == "photo" and step.values.get("asset")}
    asked = {str(step.values["device"]) for step in steps if step.table == "doubt" and step.values.get("device")}
    # The register reads none of the plan's own settings: 20,000 rows are not read again for them.
    plans_own = [step for step in steps if step.table == "setting" and str(step.keys[0]).startswith("plan.")]
    settings = any(step.table in ("setting", "list_choice", "body") and step not in plans_own for step in steps)
    plan = any(step.table.startswith("plan_") or (step.table == "setting" and step.keys[0] in _OF_PLAN) for step in steps)
    return Changes(
        frozenset(touched("asset") | shown), frozenset(touched("place")), frozenset(touched("contact")),
        frozenset(touched("device") | asked), settings, say, change_id, plan,
    )  # fmt: skip


# Taking back what stands in the change log, and doing it again.

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
    """Take the steps of a text from the file. Raises ValueError, TypeError or KeyError where they are not as ours."""
    steps = read_steps(text)
    for step in steps:
        take(db, step)
    touched = json.dumps([key for step in steps if step.table == "asset" for key in step.keys])
    # What an answer says a row is may have changed since the step was written; it holds unless a person has said.
    db.execute(
        "UPDATE asset SET kind = (SELECT device.kind FROM device WHERE device.id = asset.device) WHERE kind_by IS NULL"
        " AND device IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        [touched],
    )
    return steps
