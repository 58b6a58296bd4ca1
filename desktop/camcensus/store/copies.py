"""Copies of a whole inventory: on the disk and read back before anybody relies on them."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from camcensus.model.disk import need_room, shown
from camcensus.model.errors import DiskError
from camcensus.store.making import making

PAGES = 2000
"""Pages copied between two looks whether somebody wants to stop: 8 MB at 4 KB a page."""


def copy_verified(path: Path, db: Database, copy: Path, look: Callable[[], None] | None = None) -> None:
    """Copy the open file `path` to `copy`, and check its tables, counts and integrity.

    `look` is called between steps and may raise to stop. Raises DiskError, and what `look` does.
    """
    with making(copy, over=True) as draft, contextlib.closing(sqlite3.connect(draft)) as target:
        pages, page_bytes = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        need_room(copy, pages * page_bytes)
        try:
            db.execute("BEGIN")  # with the query after it: one state of the file, whoever writes meanwhile
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            db.conn.backup(target, pages=PAGES, progress=lambda *_: look() if look is not None else None)
            target.execute("PRAGMA journal_mode = DELETE").fetchone()
            if _counts(target) != _counts(db.conn) or target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise DiskError(f"A copy of “{shown(path)}” could not be made. The file itself is unchanged; check the disk.")
        finally:
            if db.conn.in_transaction:
                db.execute("ROLLBACK")


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
