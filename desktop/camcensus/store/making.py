"""A new database file: whole and on the disk under its name, or not there at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlite_utils import Database

from camcensus.model.errors import DiskError, disk_error, need_room, patiently, shown
from camcensus.store.files import sync_folder
from camcensus.store.sentences import explain


@contextlib.contextmanager
def making(path: Path, *, over: bool = False) -> Iterator[Path]:
    """An empty private file, to be filled and closed; it takes the name `path` once the block ends well, else it goes.

    `over` lets it take the place of an older file. Raises DiskError, and StoreError where SQLite refuses.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")  # nobody can lay a journal for it beforehand
    try:
        draft.touch(mode=0o600, exist_ok=False)
        yield draft
        with draft.open("r+b") as stream:
            os.fsync(stream.fileno())
        patiently(lambda: draft.replace(path) if over else draft.rename(path))
        sync_folder(path.parent)
    except OSError as error:
        raise disk_error(path, error) from error
    except sqlite3.Error as error:
        raise explain(path, error) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                draft.with_name(draft.name + suffix).unlink()


# Copies of a whole inventory: on the disk and read back before anybody relies on them.

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
