"""SQLite reads the whole schema of a file before it answers anything: in a stranger's file that has bounds, too."""

from __future__ import annotations

import sqlite3

STEPS_MOST, TICK_STEPS = 10_000, 500
"""Of SQLite's own machine, to read a schema, seven for a part: ours have up to 100 parts."""
_LIMITS = {
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

    before = {limit: connection.getlimit(limit) for limit in _LIMITS}
    for limit, most in _LIMITS.items():
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
