"""What can still be read of a damaged inventory, brought out of it into a new one. The damaged file is only read.

Own code: SQLite's recovery is a program that no package for Python carries. It also brings out what others wrote into a file;
here only rows that our own tables take are kept, and the new file goes through the checks of every file that is opened.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from camcensus.model.disk import disk_error
from camcensus.model.errors import DamagedFileError
from camcensus.store import connecting, opening, soundness
from camcensus.store.bounded_schema import read_schema
from camcensus.store.making import making
from camcensus.store.schema import APPLICATION_ID, MIGRATIONS, names
from camcensus.store.sentences import damaged, explain

PAGE_BYTES = 4096
LIMIT_S = 120
PROBES = 48
"""So many tries to read on behind a page that cannot be read, each twice as far as the one before."""
ROUNDS = 20
_HEADER = b"SQLite format 3\0"
_CELL = "CASE WHEN {octets}({name}) <= {most} THEN {name} END"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many rows of each table are in the new file, and how many more were seen and could not be kept."""

    kept: dict[str, int]
    lost: int


def salvage(path: Path, to: Path) -> Salvaged:
    """Write what can be read of the inventory at `path` into a new one at `to`. Raises StoreError where nothing can."""
    try:
        with tempfile.TemporaryDirectory(prefix="camcensus-") as folder, making(to) as draft:
            source = _opened(path, Path(folder))
            try:
                applied = _applied(source)
                found = _bring_out(source, draft, applied)
            finally:
                source.close()
            opening.check_contents(draft)
    except DamagedFileError as error:
        raise DamagedFileError(f"{damaged(path)} Nothing could be brought out of it.") from error
    except OSError as error:
        raise disk_error(path, error) from error
    return found


def _opened(path: Path, folder: Path) -> sqlite3.Connection:
    """A private copy, with its log where that helps, else with a header such as ours have. Raises DamagedFileError."""
    for mended in (False, True):
        copy = folder / f"{mended}.camcensus"
        shutil.copyfile(path, copy)
        if mended:
            _mend_header(copy)
        else:
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{path}-wal", f"{copy}-wal")
        with contextlib.suppress(sqlite3.Error, ValueError):
            connection = _connected(copy)
            try:
                if {"body", "asset"} <= _tables(connection).keys():
                    return connection
            except BaseException:
                connection.close()
                raise
            connection.close()
    raise damaged(path)


def _connected(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy)
    for never in (sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW):
        connection.setconfig(never, False)
    connection.execute("PRAGMA trusted_schema = OFF")
    read_schema(connection)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    end_s = time.monotonic() + LIMIT_S
    connection.set_progress_handler(lambda: time.monotonic() > end_s, 10_000)
    return connection


def _mend_header(copy: Path) -> None:
    """Source: SQLite's file format, 1.3: what every file of ours has, no log, no free pages, as many pages as there are."""
    with copy.open("r+b") as stream:
        head = bytearray(stream.read(100).ljust(100, b"\0"))
        pages = copy.stat().st_size // PAGE_BYTES
        head[:24] = _HEADER + PAGE_BYTES.to_bytes(2, "big") + bytes((1, 1, 0, 64, 32, 32))
        head[24:28] = head[92:96] = (1).to_bytes(4, "big")
        head[28:32] = pages.to_bytes(4, "big")
        head[32:40] = bytes(8)
        head[44:48] = (4).to_bytes(4, "big")
        head[52:68] = (0).to_bytes(4, "big") + (1).to_bytes(4, "big") + bytes(8)
        stream.seek(0)
        stream.write(head)


def _tables(connection: sqlite3.Connection) -> dict[str, str]:
    return {
        name: sql
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
        if isinstance(name, str) and isinstance(sql, str) and sql.startswith("CREATE TABLE")
    }


def _applied(source: sqlite3.Connection) -> tuple[str, ...]:
    """The steps that made the file, of those that we know; all where its own list cannot be read."""
    ours = list(names())
    try:
        said = {row[0] for row in source.execute("SELECT name FROM _sqlite_migrations").fetchall()}
    except sqlite3.Error:
        said = set()
    known = [name for name in ours if name in said]
    return tuple(known if known == ours[: len(known)] and known else ours)


def _bring_out(source: sqlite3.Connection, draft: Path, applied: Sequence[str]) -> Salvaged:
    connection = sqlite3.connect(draft, isolation_level=None)
    db = Database(connection, execute_plugins=False)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        later = [name for name in names() if name not in applied]
        MIGRATIONS.apply(db, stop_before=later[0] if later else None)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        held, kept, lost = _tables(source), dict[str, int](), 0
        for table in _tables(connection):
            if table in held and not table.startswith("_"):
                kept[table], gone = _copy(source, connection, table)
                lost += gone
        if not kept.get("body"):
            body = [str(uuid.uuid4()), str(uuid.uuid4()), "Name not read"]
            connection.execute(
                "INSERT INTO body (one, id, inventory_id, name, type, year_starts) VALUES (1, ?, ?, ?, 'school', 4)", body
            )
        lost += _settle(db, applied)
        connection.execute("COMMIT")
        connecting.migrate(db)
        kept = {table: db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in kept}
    except sqlite3.Error as error:
        raise explain(draft, error) from error
    finally:
        connection.close()
    if not any(kept.get(table) for table in ("asset", "scan", "place")):
        raise damaged(draft)
    return Salvaged(kept, lost)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> tuple[int, int]:
    """Rows of a table that the new one takes, and those that it does not."""
    there = {row[1] for row in source.execute(f'PRAGMA table_info("{table}")').fetchall()}
    columns = [row[1] for row in target.execute(f'PRAGMA table_info("{table}")').fetchall() if row[1] in there]
    if not columns:
        return 0, 0
    listed = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    kept = lost = 0
    for row in _rows(source, table, columns):
        try:
            target.execute(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', row)
            kept += 1
        except sqlite3.IntegrityError:
            lost += 1
    return kept, lost


def _rows(source: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Each row that can be read, once: from the first on, behind each page that cannot be read, and then from the last back."""
    cells = ", ".join(
        _CELL.format(octets=soundness.OCTETS, name=f'"{name}"', most=soundness.most_bytes(table, name)) for name in columns
    )
    select = f'SELECT rowid, {cells} FROM "{table}" WHERE rowid'
    last, ahead = -(1 << 63), 0
    while True:
        try:
            for rowid, *row in source.execute(f"{select} > ? ORDER BY rowid", [last]):
                if rowid <= last:  # pages that lead back
                    return
                last, ahead = rowid, 0
                yield tuple(row)
        except (sqlite3.DatabaseError, ValueError):
            if ahead > PROBES or last + (1 << ahead) >= 1 << 62:
                break
            last = max(last, 0) + (1 << ahead)
            ahead += 1
            continue
        return
    first = 1 << 62
    with contextlib.suppress(sqlite3.DatabaseError, ValueError):
        for rowid, *row in source.execute(f"{select} > ? ORDER BY rowid DESC", [last]):
            if rowid >= first:
                return
            first = rowid
            yield tuple(row)


def _settle(db: Database, applied: Sequence[str]) -> int:
    """Take away what no row of ours may be, and what leads nowhere, until nothing of the kind is left; how many rows went."""
    gone = 0
    for _ in range(ROUNDS):
        found = 0
        for table, condition in soundness.faults_by_table(tuple(applied)):
            found += db.execute(f'DELETE FROM "{table}" WHERE {condition}').rowcount
        found += _cut_loose(db)
        for table, column in soundness.PARENTS:
            found += soundness.cut_circles(db, table, column)
        gone += found
        if not found:
            break
    return gone


def _cut_loose(db: Database) -> int:
    """References to rows that are not there: emptied where they may be, else their rows go."""
    found = db.execute("PRAGMA foreign_key_check").fetchall()
    for table, rowid, _, number in found:
        keys = db.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
        required = {row[1] for row in db.execute(f'PRAGMA table_info("{table}")').fetchall() if row[3] or row[5]}
        leading = [row[3] for row in keys if row[0] == number]
        if required.isdisjoint(leading):
            with contextlib.suppress(sqlite3.IntegrityError):
                emptied = ", ".join(f'"{name}" = NULL' for name in leading)
                db.execute(f'UPDATE "{table}" SET {emptied} WHERE rowid = ?', [rowid])
                continue
        db.execute(f'DELETE FROM "{table}" WHERE rowid = ?', [rowid])
    return len(found)
