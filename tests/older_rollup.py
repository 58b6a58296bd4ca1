"""A roll-up file as an older Camcensus had it: everything that later migrations made is taken out again."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from camcensus.store.rollup.schema import MIGRATIONS, names


def make_older(path: Path, before: str) -> None:
    """Take out of a closed file what the migrations from `before` ("m0003") on made."""
    later = [name for name in names() if name >= before]
    old = Database(memory=True)
    for step in MIGRATIONS._migrations:
        if step.name not in later:
            step.fn(old)
    with contextlib.closing(sqlite3.connect(path)) as db:
        for (table,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
        ).fetchall():
            if table not in old.table_names():
                db.execute(f"DROP TABLE {table}")
        for table in old.table_names():
            had = {column.name for column in old[table].columns}
            for _, name, *_ in db.execute(f"PRAGMA table_info('{table}')").fetchall():
                if name not in had:
                    db.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
        db.executemany("DELETE FROM _sqlite_migrations WHERE name = ?", [(name,) for name in later])
        db.commit()
