"""Opening a private copy of a stranger's database: every bound that SQLite has, in one place."""

from __future__ import annotations

import functools
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

# SQLite reads the whole schema of a file before it answers anything: in a stranger's file that has bounds, too.

STEPS_MOST, TICK_STEPS = 10_000, 500
"""Of SQLite's own machine, to read a schema, seven for a part: ours have up to 100 parts."""
_SCHEMA_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 1 << 20,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
}
"""The longest SQL of a part of ours has 2,400 letters, the widest table 50 columns."""


def read_schema(connection: sqlite3.Connection) -> None:
    """Have SQLite read the schema of a file, before anything else of it. Raises sqlite3.Error where it is like none of ours.

    With it SQLite reads what it knows of sizes of tables (sqlite_stat1), which has no bound of its own either.
    """
    ticks = 0

    def tick() -> bool:
        nonlocal ticks
        ticks += 1
        return ticks * TICK_STEPS > STEPS_MOST

    before = {limit: connection.getlimit(limit) for limit in _SCHEMA_LIMITS}
    for limit, most in _SCHEMA_LIMITS.items():
        connection.setlimit(limit, min(most, before[limit]))
    connection.set_progress_handler(tick, TICK_STEPS)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if ticks * TICK_STEPS > STEPS_MOST:  # SQLite ignores a stop while it reads the table sizes
            raise sqlite3.DatabaseError("the schema is larger than any of ours")
    finally:
        connection.set_progress_handler(None, 0)
        for limit, most in before.items():
            connection.setlimit(limit, most)


Made = list[tuple[str, str, str, str | None]]
"""What a database is made of: type, name, table and SQL of each part."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 3,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 8,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 10,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
"""What our own questions need, and little more: a crafted schema gets no room. Source: sqlite.org/security.html."""
_FOR_WIDE_ROWS = {sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100, sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 60}
"""What the digest of a table with many columns needs more."""
_BRACKETS = re.compile(r"'[^']*'|[()]")
_SETTINGS = ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON", "temp_store = MEMORY")


def open_private_copy(copy: Path, *, longest_bytes: int, seconds: float, wide_rows: bool = False) -> sqlite3.Connection:
    """A connection that only reads a private copy with no file beside it, interrupted after `seconds` of processor time.

    No cell and no text may be longer than `longest_bytes`; `wide_rows` leaves room for their digest. Raises sqlite3.Error.
    """
    connection = sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        room = _FOR_WIDE_ROWS if wide_rows else {}
        for limit, value in {**_LIMITS, sqlite3.SQLITE_LIMIT_LENGTH: longest_bytes, **room}.items():
            connection.setlimit(limit, value)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        read_schema(connection)
    except BaseException:
        connection.close()
        raise
    end = time.process_time() + seconds  # not by the clock: a busy computer is no fault of the file
    connection.set_progress_handler(lambda: time.process_time() > end, 100_000)
    return connection


def parts_of(connection: sqlite3.Connection) -> Made:
    """What a database is made of, in one order; of a crafted one no more than 200 parts."""
    return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name LIMIT 200").fetchall()


@functools.cache
def parts_made_by(schema: str) -> Made:
    """What our own SQL makes, to be compared: no view, trigger, index, virtual table, generated column or check of theirs."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(schema)
        return parts_of(connection)
    finally:
        connection.close()


def has_sound_rows(connection: sqlite3.Connection, made: Made) -> bool:
    """Whether SQLite finds no fault with the pages and rows of a private copy that is made of these parts of ours.

    SQLite forgets the CHECKs of a file that is read-only, and in its own check of another it makes each list in them anew for
    every row: so they are asked in one SELECT a table. Source: build.c, sqlite3AddCheckConstraint; expr.c, sqlite3CodeRhsOfIN.
    Raises sqlite3.Error.
    """
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        return False
    for kind, name, _, sql in made:
        checks = ", ".join(checks_in(sql or "")) if kind == "table" else ""
        if checks and connection.execute(f'SELECT 1 FROM "{name}" WHERE 0 IN ({checks}) LIMIT 1').fetchone() is not None:
            return False
    return connection.execute("PRAGMA foreign_key_check").fetchone() is None


@functools.cache
def checks_in(sql: str) -> tuple[str, ...]:
    """The expressions of the CHECKs in the SQL of a table of ours: a row is refused where one of them is false."""
    return tuple(_checks(sql))


def _checks(sql: str) -> Iterator[str]:
    for after in sql.split("CHECK (")[1:]:
        depth = 1
        for part in _BRACKETS.finditer(after):
            depth += {"(": 1, ")": -1}.get(part[0], 0)
            if not depth:
                yield f"({after[: part.start()]})"
                break
