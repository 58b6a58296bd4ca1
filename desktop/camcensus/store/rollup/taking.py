"""What becomes of a file that was looked at: accepted, superseded, held or refused, each with its reason; one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from camcensus.model.body_names import names_agree
from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.errors import shown
from camcensus.model.official_ids import OFFICIAL_IDS
from camcensus.model.words import clean, count, long_date, utc_second
from camcensus.store.named_rows import insert
from camcensus.store.rollup.answers import Answers
from camcensus.store.rollup.bodies import NO_BODY, body_for, find_bodies, ids_of
from camcensus.store.rollup.check import Inspected
from camcensus.store.rollup.claims import remove_sheet
from camcensus.store.rollup.file import RollUpFile
from camcensus.store.rollup.given import FileOutcome, State, given_before, is_mended, note_file, plain
from camcensus.store.rollup.rows import MOST_COUNTED, THEIRS, Unsound, copy_rows, remove_rows

SIMULATION = "simulation"
"""Setting: the sentence that says that a roll-up is of the demo. Only such a one takes the demo's files, and no other."""
JUDGED_BY = "judged_by"
"""Setting: the knowledge version that the roll-up's answers go by."""
OLD = timedelta(days=365)
AHEAD = timedelta(days=2)
"""A clock may be wrong by so much; a file from further in the future would keep every later one out."""
DEPTH_OF_NAME = 300

_WARNINGS = {
    "old": "Its record is older than 12 months (as at {}).",
    "search-only": "Its cameras were found by search only, so there may be more.",
    "empty": "There is no camera in it.",
    "empty-search": "There is no camera in it, and a search alone may miss those behind recorders.",
    "nothing": "No camera or recorder is in it, which does not mean that the organisation has none: answered, and not counted.",
    "channels": "Its recorders report {} without a row, so there may be more cameras.",
    "other-key": "It is not signed with the key of the file before it; ask the organisation whether it is theirs.",
    "unconfirmed": "Some of its cameras are what a recorder reports, and nobody has checked them on site.",
}


class _End(Exception):
    def __init__(self, state: State, why: str, reason: str) -> None:
        super().__init__(reason)
        self.state, self.why, self.reason = state, why, reason


def take(file: RollUpFile, path: Path, found: Inspected, answers: Answers, now: datetime) -> FileOutcome:
    """Take a file in, or say why not, and keep that. One transaction: after a kill it is done or not begun.

    Its rows are copied from the private copy that was looked at. Raises StoreError where the roll-up itself cannot be written.
    """
    kept = given_before(file.connection, path, found.sha256)
    if kept is not None:
        if is_mended(file.connection, path):
            with file.writing() as connection:
                note_file(connection, kept, now)
        return kept
    about = _about(found)
    try:
        if found.ending != "sound":
            raise _End("refused" if found.ending == "known" else found.ending, found.why, found.reason)
        assert found.copy is not None
        with file.attached(Path(found.copy), THEIRS), file.writing() as connection:
            taken = _take(file, path, found, answers, now)
            note_file(connection, taken, now)
        return taken
    except _End as end:
        taken = FileOutcome(path, found.sha256, end.state, end.why, end.reason, (), **about)
    except (Unsound, ValueError):
        say = f"“{shown(path)}” holds values that no exchange file has; ask them to send it again."
        taken = FileOutcome(path, found.sha256, "refused", "rows", say, (), **about)
    answers.forget()
    with file.writing() as connection:
        note_file(connection, taken, now)
        connection.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", [NO_BODY])  # whoever sent it is not missing
    return taken


def _take(file: RollUpFile, path: Path, found: Inspected, answers: Answers, now: datetime) -> FileOutcome:
    connection, export, row = file.connection, found.export, found.body
    _check_facts(export, row, path, now)
    name = shown(path)
    demo = connection.execute("SELECT 1 FROM setting WHERE key = ?", [SIMULATION]).fetchone() is not None
    if export["simulation"] and not demo:
        raise _End("held", "simulation", f"“{name}” is of the simulated estate, so it is not counted.")
    if demo and not export["simulation"]:
        raise _End("held", "not-simulation", f"“{name}” is of a real organisation, and this roll-up is a simulation.")
    out = connection.execute("SELECT at FROM taken_out WHERE export_id = ?", [export["id"]]).fetchone()
    if out is not None:
        raise _End("held", "taken-out", f"It was taken out on {_day(out[0])}; put it back by its number to count it again.")
    if connection.execute("SELECT 1 FROM export WHERE uuid = ?", [export["id"]]).fetchone() is not None:
        raise _End(
            "held", "changed", f"“{name}” has the number of a file that is in already, and other contents; ask which is right."
        )
    ids = ids_of(row)
    before = connection.execute(
        "SELECT id, uuid, body, made_at, signer, body_uuid, body_name, inventory IN (SELECT inventory FROM agreed),"
        f" {', '.join(OFFICIAL_IDS)} FROM export WHERE inventory = ?",
        [export["inventory_id"]],
    ).fetchone()
    body = None
    other_key = before is not None and before[4] is not None and before[4] != found.signer
    if before is not None:
        number, uuid, body, made_at, _, body_uuid, called, agreed, *numbers = before
        shared = ids.items() & zip(OFFICIAL_IDS, numbers, strict=True)
        if body_uuid != row["id"] and not shared:
            raise _End(
                "held",
                "body-unclear",
                f"“{name}” says that it is the record of another organisation that is in already; ask both.",
            )
        if any(ids.get(kind, one) != one for kind, one in zip(OFFICIAL_IDS, numbers, strict=True) if one):
            raise _End(
                "held",
                "body-unclear",
                f"“{name}” gives another official number than the file of its record that is in; ask the organisation, and"
                " take that file out if this one is right.",
            )
        if not shared and not agreed and not names_agree(called, row["name"]):
            raise _End(
                "held",
                "other-name",
                f"It continues the record of “{clean(called, 80)}”, and its name is “{clean(row['name'], 80)}”; ask both, or"
                " agree that they are one.",
            )
        if (made_at, uuid) >= (export["made_at"], export["id"]):
            connection.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", [body])  # it may give another name of its body
            return _taken(path, found, "superseded", "superseded", _superseded_by(made_at))
        remove_rows(connection, number)
        connection.execute(
            "UPDATE file SET state = 'superseded', why = 'superseded', reason = ?, warnings = '[]' WHERE why = 'superseded'"
            " AND inventory_id = ? OR export_id = ? AND why IN ('', 'body-unknown', 'numbers-unclear', 'not-agreed')",
            [_superseded_by(export["made_at"]), export["inventory_id"], uuid],
        )
    if body is None:
        body = body_for(connection, export["id"], row)
    # A newer file has the place of the one before it: which files were there first does not change.
    number = _insert(connection, found, body, ids, path, None if before is None else before[0])
    assert found.copy is not None
    size_bytes, judged_by = Path(found.copy).stat().st_size, file.setting(JUDGED_BY) or ""
    items, channels = copy_rows(connection, size_bytes, number, answers, judged_by)
    connection.execute("UPDATE export SET items = ?, channels_without_row = ? WHERE id = ?", [items, channels, number])
    connection.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", [body])
    cameras, unconfirmed = connection.execute(
        "SELECT count(*), coalesce(sum(unconfirmed), 0) FROM item JOIN answer ON answer.id = item.answer WHERE export = ?"
        " AND status <> 'removed' AND coalesce(said_kind, kind) = 'camera'",
        [number],
    ).fetchone()
    nothing = row["expected_cameras"] != 0 and _is_bare(connection, number)
    warnings = _warnings(export, cameras, unconfirmed, nothing, now) + ((_WARNINGS["other-key"],) if other_key else ())
    if channels:
        warnings += (_WARNINGS["channels"].format(count(channels, "channel")),)
    return _taken(path, found, "accepted", "", None, warnings)


def _is_bare(connection: sqlite3.Connection, export: int) -> bool:
    """Whether nothing in it makes its body counted, by tally.sql and body_count.sql: a printer is no answer."""
    kind = "coalesce(said_kind, kind)"
    found = connection.execute(
        "SELECT 1 FROM item JOIN answer ON answer.id = item.answer WHERE export = ? AND (status = 'removed'"
        f" OR {kind} <> 'other' AND (has_row = 1 OR {kind} <> 'unknown')) LIMIT 1",
        [export],
    )
    return found.fetchone() is None


def _check_facts(export: Mapping[str, Any], row: Mapping[str, Any], path: Path, now: datetime) -> None:
    """What types alone do not show. Raises _End."""
    name = shown(path)
    ids = (export["id"], export["inventory_id"], row["id"])
    try:
        moments = [datetime.fromisoformat(export[key]) for key in ("made_at", "as_at")]
        sound = all(0 < len(one) <= 100 and one.isprintable() for one in ids) and export["body"] == row["id"]
    except ValueError:
        sound, moments = False, []
    if not sound or not row["name"].strip() or (row["expected_cameras"] or 0) > MOST_COUNTED:
        raise _End("refused", "rows", f"“{name}” holds values that no exchange file has; ask them to send it again.")
    if max(moments).astimezone(UTC) > now + AHEAD:
        raise _End(
            "refused",
            "future",
            f"“{name}” says that it was made in the future; ask them to send it again from a computer whose clock is right.",
        )


def _insert(
    connection: sqlite3.Connection, found: Inspected, body: int, ids: Mapping[str, str], path: Path, place: int | None
) -> int:
    """Held until the roll-up is settled: whose it is, and whether it counts, is found then."""
    export, row = found.export, found.body
    return insert(
        connection,
        "export",
        {
            **{name: export[name] for name in ("made_at", "as_at", "searched_at")},
            **{name: row[name] for name in ("expected_cameras", "expected_basis", *(one.name for one in USE_QUESTIONS))},
            **{kind: ids.get(kind) for kind in OFFICIAL_IDS},
            "id": place, "uuid": export["id"], "inventory": export["inventory_id"], "body": body, "state": "held",
            "body_uuid": row["id"], "body_name": row["name"][:DEPTH_OF_NAME], "body_type": row["type"][:DEPTH_OF_NAME],
            "method": export["method"][:40], "knowledge_version": export["knowledge_version"][:100],
            "signer": found.signer, "sha256": found.sha256, "name": plain(path.name),
            "items": 0, "channels_without_row": 0,
        },
    )  # fmt: skip


def _warnings(export: Mapping[str, Any], cameras: int, unconfirmed: int, nothing: bool, now: datetime) -> tuple[str, ...]:
    found = []
    if datetime.fromisoformat(export["as_at"]).astimezone(UTC) < now - OLD:
        found.append(_WARNINGS["old"].format(_day(export["as_at"])))
    search_only = export["method"] == "search"
    if nothing:
        found.append(_WARNINGS["nothing"])
    elif not cameras:
        found.append(_WARNINGS["empty-search" if search_only else "empty"])
    elif search_only:
        found.append(_WARNINGS["search-only"])
    if unconfirmed:
        found.append(_WARNINGS["unconfirmed"])
    return tuple(found)


def _about(found: Inspected) -> dict[str, Any]:
    return {
        "export_id": found.export.get("id"), "body_id": found.body.get("id"),
        "inventory_id": found.export.get("inventory_id"), "body_name": found.body.get("name"),
    }  # fmt: skip


def _taken(
    path: Path, found: Inspected, state: State, why: str, reason: str | None, warnings: tuple[str, ...] = ()
) -> FileOutcome:
    return FileOutcome(path, found.sha256, state, why, reason, warnings, **_about(found))


def take_out(file: RollUpFile, export_id: str, now: datetime) -> str | None:
    """Take an export, or a sheet of answers, out again; gives whose record or which sheet, None where it is not in."""
    with file.writing() as connection:
        row = connection.execute("SELECT id, body_name, inventory FROM export WHERE uuid = ?", [export_id]).fetchone()
        if row is not None:
            remove_rows(connection, row[0])
            # What it had superseded may be given again.
            connection.execute("DELETE FROM file WHERE why = 'superseded' AND inventory_id = ?", [row[2]])
            name = f"The record of {clean(str(row[1]), 80)}"
        else:
            sheet = remove_sheet(connection, export_id)
            if sheet is None:
                return None
            find_bodies(connection)
            name = f"What “{clean(sheet, 80)}” says"
        connection.execute("INSERT OR REPLACE INTO taken_out VALUES (?, ?)", [export_id, utc_second(now)])
        connection.execute(
            "UPDATE file SET state = 'held', why = 'taken-out', reason = ?, warnings = '[]' WHERE export_id ="
            " ? AND why IN ('', 'body-unknown', 'numbers-unclear', 'not-agreed')",
            [f"It was taken out on {_day(utc_second(now))}; put it back by its number to count it again.", export_id],
        )
        return name


def agree(file: RollUpFile, export_id: str) -> bool:
    """Note that a held file is of the organisation it says; False where there is no such file. Its newer ones are too."""
    with file.writing() as connection:
        row = connection.execute("SELECT inventory_id FROM file WHERE export_id = ? AND state = 'held'", [export_id]).fetchone()
        if row is None or row[0] is None:
            return False
        connection.execute("INSERT OR REPLACE INTO agreed VALUES (?)", [row[0]])
        find_bodies(connection)
    return True


def put_back(file: RollUpFile, export_id: str) -> bool:
    """Let an export that was taken out count again, the next time its file is given; False where it was not out."""
    with file.writing() as connection:
        done = connection.execute("DELETE FROM taken_out WHERE export_id = ?", [export_id]).rowcount
        connection.execute("DELETE FROM file WHERE export_id = ? AND why = 'taken-out'", [export_id])
        return bool(done)


def _superseded_by(made_at: str) -> str:
    """Why a file does not count beside the one of its record that was made then."""
    return f"A newer file of the same record is in: that of {_day(made_at)}."


def _day(moment: str) -> str:
    return long_date(moment[:10]) if moment[:10] else clean(moment, 40)
