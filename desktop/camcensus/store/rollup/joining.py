"""Joins another roll-up, checked by `part_check.py`: each of its files as if it were given here, whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.knowledge import Knowledge
from camcensus.model.official_ids import OFFICIAL_IDS
from camcensus.model.words import clean
from camcensus.store.named_rows import insert, read
from camcensus.store.rollup.answers import Answers, SharedAnswer
from camcensus.store.rollup.bodies import LIST_LOADED, find_bodies, list_loaded
from camcensus.store.rollup.carrying import PART, Carrying, carrying
from camcensus.store.rollup.check import Inspected
from camcensus.store.rollup.file import RollUpFile
from camcensus.store.rollup.given import FileOutcome, outcome_of
from camcensus.store.rollup.rows import Unsound
from camcensus.store.rollup.taking import (
    JUDGED_BY,
    SIMULATION,
    columns_without_id,
    superseded_by,
    take,
    take_out,
)

_SUPERSEDED = "superseded"
_TOGETHER = 64
"""Files of a part that are written to the disk together: each page of ours once, not once a file."""
_IN = "('', 'body-unknown', 'numbers-unclear')"
"""Why-words of files whose rows are in."""


def join(file: RollUpFile, copy: Path, answers: Answers, knowledge: Knowledge, now: datetime) -> Generator[FileOutcome]:
    """Join a private copy of a roll-up; gives what was done with each file that was given to it. After a kill call it again.

    A file that was taken out there is taken out here too. Raises StoreError; Unsound where the copy holds what no program of
    ours writes, and what was joined before that stays.
    """
    connection = file.connection
    with file.attached(copy, PART):
        by_export = carrying(connection, "export")
        with file.writing():
            _match_answers(connection, answers)
        _join_what_was_taken_out(file, now)
        _join_list(file)
        with file.together() as save:
            yield from _join_exports(file, by_export, answers, now, save)
        yield from _join_sheets(file, carrying(connection, "sheet"), knowledge)
        yield from _join_other_files(file)


def has_other_list(file: RollUpFile, copy: Path) -> bool:
    """Whether the copy has a list of those asked, and it is another than that of the roll-up."""
    connection = file.connection
    with file.attached(copy, PART):
        columns = ", ".join(columns_without_id(connection, "listed"))
        lists = [
            connection.execute(f"SELECT {columns} FROM {one}.listed ORDER BY {columns}").fetchall() for one in ("main", PART)
        ]
        return bool(lists[1]) and lists[0] != lists[1] and list_loaded(connection)


def ours_taken_out(file: RollUpFile, copy: Path) -> list[str]:
    """What is in here and was taken out of the copy, each with its number: joining takes it out here too."""
    with file.attached(copy, PART):
        gone = f"SELECT export_id FROM {PART}.taken_out"
        rows = file.connection.execute(
            f"SELECT body_name, uuid FROM main.export WHERE uuid IN ({gone})"
            f" UNION ALL SELECT name, uuid FROM main.sheet WHERE uuid IN ({gone}) ORDER BY 1, 2"
        ).fetchall()
        return [f"{clean(name, 80)} ({clean(number, 40)})" for name, number in rows]


def _join_what_was_taken_out(file: RollUpFile, now: datetime) -> None:
    rows = file.connection.execute(f"SELECT export_id, at FROM {PART}.taken_out ORDER BY export_id").fetchall()
    for export_id, at in rows:
        take_out(file, export_id, now)
        with file.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO taken_out VALUES (?, ?)", [export_id, at])


def _join_list(file: RollUpFile) -> None:
    """The list of those asked, where there is none here."""
    if list_loaded(file.connection):
        return
    with file.writing() as connection:
        columns = ", ".join(columns_without_id(connection, "listed"))
        connection.execute(f"INSERT INTO main.listed ({columns}) SELECT {columns} FROM {PART}.listed ORDER BY id")
        connection.execute(f"INSERT INTO main.setting SELECT key, '1' FROM {PART}.setting WHERE key = ?", [LIST_LOADED])


def _match_answers(connection: sqlite3.Connection, answers: Answers) -> None:
    """Their answers by their keys, as ours."""
    used = f"SELECT answer FROM {PART}.item UNION SELECT own_answer FROM {PART}.detail"
    rows = connection.execute(f"SELECT id, key FROM {PART}.answer WHERE id IN ({used}) ORDER BY key").fetchall()
    connection.execute("DELETE FROM temp.of_answer")
    try:
        for number, key in rows:
            kind, maker, grade, brand, candidates, capabilities, *flaws = json.loads(key)
            able = tuple((name, state) for name, state in capabilities)
            known = tuple((flaw, state, exploited) for some in flaws for flaw, state, exploited in some)
            answer = SharedAnswer(kind, maker, grade, brand, tuple(candidates), able, known)
            connection.execute("INSERT INTO temp.of_answer VALUES (?, ?)", [number, answers.id_of(answer)])
    except (ValueError, TypeError, sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError) as error:
        answers.forget()
        raise Unsound(str(error)) from error


def _join_exports(
    file: RollUpFile, by_export: Carrying, answers: Answers, now: datetime, save: Callable[[], None]
) -> Iterator[FileOutcome]:
    connection = file.connection
    instead = _as_judged_here(file)
    of_demo = connection.execute(f"SELECT 1 FROM {PART}.setting WHERE key = ?", [SIMULATION]).fetchone()
    simulation = int(of_demo is not None)
    exports = read(connection, f"SELECT * FROM {PART}.export ORDER BY id").fetchall()
    for number, row in enumerate(exports, 1):
        given = read(connection, f"SELECT path, at FROM {PART}.file WHERE key = ?", [row["sha256"]]).fetchone()
        path = Path(given["path"] if given is not None else row["name"])
        found = _as_inspected(row, simulation=simulation)

        def carry(ours: int, row: sqlite3.Row = row) -> tuple[int, int]:
            try:
                by_export.carry(row["id"], ours, instead)
            except sqlite3.IntegrityError as error:
                raise Unsound(str(error)) from error
            items = connection.execute("SELECT count(*) FROM main.item WHERE export = ?", [ours]).fetchone()[0]
            return int(items), int(row["channels_without_row"])

        yield take(file, path, found, answers, now, copy_into=carry)
        if number % _TOGETHER == 0:
            save()


def _as_judged_here(file: RollUpFile) -> dict[tuple[str, str], str]:
    """Where it goes by other knowledge, its devices count as their own bodies judged them, as those of all new files do."""
    row = file.connection.execute(f"SELECT value FROM {PART}.setting WHERE key = ?", [JUDGED_BY]).fetchone()
    here = file.setting(JUDGED_BY) or ""
    if row is not None and row[0] == here:
        return {}
    own = f"FROM {PART}.detail AS own"
    version = "'" + here.replace("'", "''") + "'"
    return {
        ("item", "answer"): f"(SELECT mine.ours {own} JOIN temp.of_answer AS mine ON mine.theirs = own.own_answer"
        " WHERE own.item = it.id)",
        ("item", "stale"): f"(it.has_device = 1 AND (SELECT own.own_version {own} WHERE own.item = it.id) IS NOT {version})",
    }


def _as_inspected(row: sqlite3.Row, *, simulation: int) -> Inspected:
    """An export that is in there, as if its file had just been looked at."""
    same = ("made_at", "as_at", "searched_at", "method", "knowledge_version", "has_facts")
    export: dict[str, Any] = {name: row[name] for name in same}
    export |= {"id": row["uuid"], "inventory_id": row["inventory"], "body": row["body_uuid"], "simulation": simulation}
    said = (*OFFICIAL_IDS, "expected_cameras", "expected_basis", *(one.name for one in USE_QUESTIONS))
    body: dict[str, Any] = {name: row[name] for name in said}
    body |= {"id": row["body_uuid"], "name": row["body_name"], "type": row["body_type"] or ""}
    return Inspected("sound", sha256=row["sha256"], export=export, body=body, seal=row["signed"], signer=row["signer"])


def _join_sheets(file: RollUpFile, by_sheet: Carrying, knowledge: Knowledge) -> Iterator[FileOutcome]:
    """The spreadsheets of answers that are in there, with their answers and the files of the replies."""
    for row in read(file.connection, f"SELECT * FROM {PART}.sheet ORDER BY id").fetchall():
        with file.writing() as connection:
            here = (
                "SELECT 1 FROM main.taken_out WHERE export_id = ?1"
                " UNION SELECT 1 FROM main.sheet WHERE uuid = ?1 OR sha256 = ?2"
            )
            if connection.execute(here, [row["uuid"], row["sha256"]]).fetchone() is not None:
                continue
            ours = insert(connection, "main.sheet", {name: row[name] for name in row.keys() if name != "id"})  # noqa: SIM118
            by_sheet.carry(row["id"], ours)
            mine = "SELECT id FROM main.claim WHERE sheet = ?"
            makers = connection.execute(f"SELECT DISTINCT maker FROM main.claim_maker WHERE claim IN ({mine})", [ours])
            for (maker,) in makers.fetchall():
                called = knowledge.name_of(maker).removeprefix("name:")
                connection.execute("INSERT OR IGNORE INTO main.maker VALUES (?, ?)", [maker, called])
            connection.execute(
                f"INSERT OR IGNORE INTO main.document SELECT * FROM {PART}.document WHERE sha256 IN"
                " (SELECT document FROM main.claim WHERE sheet = ?)",
                [ours],
            )
            given = read(connection, f"SELECT * FROM {PART}.file WHERE key = ?", [row["sha256"]]).fetchone()
            if given is not None:
                made = {name: given[name] for name in columns_without_id(connection, "file")} | {"mark": None}
                insert(connection, "main.file", made, replace=True)
            find_bodies(connection)
        if given is not None:
            yield outcome_of(given)


def _join_other_files(file: RollUpFile) -> Iterator[FileOutcome]:
    """The files whose rows are not in there: what became of each, unless the same is known here."""
    rows = read(file.connection, f"SELECT * FROM {PART}.file WHERE why NOT IN {_IN} ORDER BY id").fetchall()
    for row in rows:
        with file.writing() as connection:
            here = connection.execute("SELECT 1 FROM main.file WHERE key = ?", [row["key"]]).fetchone()
            newer = connection.execute(
                "SELECT made_at, body FROM main.export WHERE inventory = ?", [row["inventory_id"]]
            ).fetchone()
            made: dict[str, Any] = {name: row[name] for name in columns_without_id(connection, "file")} | {"mark": None}
            if here is not None or (row["why"] == _SUPERSEDED and newer is None):
                continue
            if row["why"] == _SUPERSEDED:  # it may give another name of its body
                made["reason"] = superseded_by(newer[0])
                connection.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", [newer[1]])
            insert(connection, "main.file", made)
        yield outcome_of(row)
