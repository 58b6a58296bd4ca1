"""Checksums that a back-up carries over its own rows: SQLite's checks do not see a changed value.

A row of `setting` holds one SHA-256 for the schema and one for each table; `user_version` says that it must be there, so that
damage to that row is seen too. A file that is edited carries none: they would be wrong after the first edit.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from camcensus.store.bounded_schema import read_schema
from camcensus.store.sentences import explain

KEY = "row_sums"
MARK = 1
"""In user_version of a file that carries checksums; 0 in all others."""

_SCHEMA = "schema"
_LOOK_EVERY_ROWS = 2000


def write_row_sums(connection: sqlite3.Connection, look: Callable[[], None] | None) -> None:
    """Add checksums over all rows to a copy that was just made, page by page. Raises sqlite3.Error, and what `look` raises."""
    pages, page_bytes = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    held = {"source_bytes": pages * page_bytes, "sha256": _sums(connection, look)}
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", [KEY, json.dumps(held)])
        connection.execute(f"PRAGMA user_version = {MARK}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def drop_row_sums(connection: sqlite3.Connection) -> None:
    """Remove the checksums of a file that will be edited; does nothing where there are none. Raises sqlite3.Error."""
    if connection.execute("PRAGMA user_version").fetchone() == (0,):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM setting WHERE key = ?", [KEY])
        connection.execute("PRAGMA user_version = 0")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def differing(path: Path, look: Callable[[], None] | None = None) -> tuple[str, ...] | None:
    """The tables of a closed file whose rows are not as written, and `KEY` where the checksums are not; None without any.

    Raises StoreError, and what `look` raises.
    """
    try:
        with _reading(path) as connection:
            held = _held(connection)
            if held is None:
                return None
            found = _sums(connection, look)
    except sqlite3.Error as error:
        raise explain(path, error) from error
    except (ValueError, RecursionError):
        return (KEY,)
    written = held["sha256"]
    return tuple(name for name in sorted(written.keys() | found.keys()) if written.get(name) != found.get(name))


def source_bytes(path: Path) -> int | None:
    """The size of the file that a copy was made of, None where it does not say."""
    with contextlib.suppress(sqlite3.Error, ValueError, RecursionError), _reading(path) as connection:
        held = _held(connection)
        return None if held is None else int(held["source_bytes"])
    return None


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        read_schema(connection)
        yield connection


def _held(connection: sqlite3.Connection) -> dict[str, Any] | None:
    """What a file carries, None where it is of before or is edited. Raises ValueError where it is damaged."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", [KEY]).fetchone()
    if row is None and connection.execute("PRAGMA user_version").fetchone() == (0,):
        return None
    held = json.loads(row[0]) if row is not None else None
    if not isinstance(held, dict) or not isinstance(held.get("sha256"), dict) or not isinstance(held.get("source_bytes"), int):
        raise ValueError(KEY)
    return held


def _sums(connection: sqlite3.Connection, look: Callable[[], None] | None) -> dict[str, str]:
    """Name -> SHA-256 over the rows of each table in the order of its key, one line a row as Python's `ascii` writes it.

    The order of a table that is scanned is that of its key; NOT INDEXED keeps SQLite from going by an index instead.
    """
    before, connection.text_factory = connection.text_factory, lambda data: data.decode("utf-8", "surrogateescape")
    try:
        schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
        found = {_SCHEMA: hashlib.sha256(ascii(schema).encode()).hexdigest()}
        for kind, name, _, _ in schema:
            if kind != "table":
                continue
            quoted = name.replace('"', '""')
            where = " WHERE key <> ?" if name == "setting" else ""
            rows = connection.execute(f'SELECT * FROM "{quoted}" NOT INDEXED{where}', [KEY] if where else [])
            digest = hashlib.sha256()
            for number, row in enumerate(rows):
                if look is not None and number % _LOOK_EVERY_ROWS == 0:
                    look()
                digest.update(_line(row))
            found[name] = digest.hexdigest()
    finally:
        connection.text_factory = before
    return found


def _line(row: tuple[object, ...]) -> bytes:
    if bytes in map(type, row):  # a photograph, say: its digest stands for it
        row = tuple(hashlib.sha256(value).digest() if isinstance(value, bytes) else value for value in row)
    return f"{row!a}\n".encode("ascii")
