"""Connections to an inventory file: to read with nothing left beside it, and to write with every commit on the disk."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from sqlite_utils import Database, Migrations

from camcensus.model.errors import DamagedFileError, DiskError, need_room, shown
from camcensus.store import whereabouts
from camcensus.store.private_copy import read_schema
from camcensus.store.schema import MIGRATIONS
from camcensus.store.sentences import busy, explained

# A rollback journal beside an inventory: left by us when we were killed, or laid there by somebody else.
#
# On shares and in copied folders an inventory has a rollback journal while it is written (`connecting.settle`). After a kill
# SQLite must play it back, or the file stays half written. But a journal may name a second, "super" journal, which SQLite
# deletes after playing it back: whoever can lay a journal beside an inventory could have any file deleted that we may delete.
# Ours never name one (we never write two databases in one transaction), so one that does is refused, and so is one that does
# not fit.
# Source: SQLite's file format, section 3, and pager.c (readSuperJournal, readJournalHdr, hasHotJournal).

State = Literal["none", "idle", "hot", "foreign"]
"""`idle`: nothing of it was played into the file, it may be removed. `hot`: it must be played back before the file is read."""

MAGIC = bytes.fromhex("d9d505f920a163d7")
_HEADER_BYTES = 28
_PAGE_SIZES = frozenset(1 << bit for bit in range(9, 17))
_SECTOR_SIZES = frozenset(1 << bit for bit in range(5, 17))


def beside(path: Path) -> Path:
    """Where the journal of a database lies."""
    return path.with_name(path.name + "-journal")


def state_of(path: Path) -> State:
    """What the journal beside a database is. Raises OSError where it cannot be read."""
    journal = beside(path)
    if not journal.is_file():
        return "foreign" if journal.exists() or journal.is_symlink() else "none"
    if journal.is_symlink():
        return "foreign"
    with journal.open("rb") as stream:
        head = stream.read(_HEADER_BYTES)
        size = stream.seek(0, 2)
        stream.seek(max(0, size - len(MAGIC)))
        tail = stream.read(len(MAGIC))
    # A name of a super-journal ends in the magic bytes: the last thing in the journal. No page that we write ends so.
    if tail == MAGIC:
        return "foreign"
    if not head or head[0] == 0:
        return "idle"  # SQLite fills in the first bytes only when the pages in it are on the disk, before it writes to the file
    return "hot" if _fits(head, path) else "foreign"


def _fits(head: bytes, path: Path) -> bool:
    """Whether a journal's first header is of this database: its page size, and no more pages than it has."""
    if len(head) < _HEADER_BYTES or not head.startswith(MAGIC):
        return False
    pages, sector, page = (int.from_bytes(head[at : at + 4], "big") for at in (16, 20, 24))
    with path.open("rb") as stream:
        own = int.from_bytes(stream.read(18)[16:18], "big")
        bytes_now = stream.seek(0, 2)
    own = 65_536 if own == 1 else own
    return page == own and page in _PAGE_SIZES and sector in _SECTOR_SIZES and 0 < pages * page <= bytes_now


def clear(path: Path) -> None:
    """Remove an idle journal, so that nothing that lay in it is ever taken for ours. Only for the one who holds the lock."""
    with contextlib.suppress(OSError):
        if state_of(path) == "idle":
            beside(path).unlink()


_COPY = "copy.camcensus"
_BUSY_MS = 5000
_SIDES = ("-wal", "-journal")
LARGEST_SIDE_BYTES, _SIDE_TIMES = 512 << 20, 4
"""A log or a journal has each page that a change touched, and is begun anew after it."""


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Database]:
    """A read-only connection that leaves no file behind, for a moment's look."""
    db, folder = connect_readonly(path)
    try:
        yield db
    finally:
        db.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def connect_readonly(path: Path) -> tuple[Database, Path | None]:
    """A connection that cannot write, and the temporary folder to remove afterwards where a copy was needed.

    With nothing in the write-ahead log the file is opened as unchanging and nothing is made beside it. With a log, SQLite
    needs the log's index beside the file, which is there while somebody writes; where it is not, a private copy is read. So
    it is where a journal has to be played back, which changes the file: here, in the copy only.
    """
    log, index = (path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))
    with explained(path):
        hot = state_of(path) == "hot"
        has_log = log.exists() and log.stat().st_size > 0
        if not has_log and not hot:
            return connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1"), None
        if not hot and index.exists() and os.access(path.parent, os.W_OK):
            with contextlib.suppress(sqlite3.OperationalError):
                return connect(f"{path.resolve().as_uri()}?mode=ro"), None
        return _connect_copy(path)


def connect_copy(path: Path, folder: Path) -> Database:
    """Another connection to the private copy of `path` that lies in a folder. Raises StoreError."""
    with explained(path):
        return connect((folder / _COPY).as_uri())


def _connect_copy(path: Path) -> tuple[Database, Path]:
    """A private copy with its log or journal, brought to its last commit there. Raises OSError, sqlite3.Error, StoreError."""
    folder = Path(tempfile.mkdtemp(prefix="camcensus-"))
    try:
        copy = folder / _COPY
        sizes = [_size(path.with_name(path.name + suffix)) for suffix in ("", *_SIDES)]
        if max(sizes) > LARGEST_SIDE_BYTES + _SIDE_TIMES * sizes[0]:
            raise DamagedFileError(
                f"The log beside “{shown(path)}” is larger than any that Camcensus makes, so the inventory was not read; get a"
                " copy that was made while nobody had it open."
            )
        need_room(folder / path.name, sum(sizes))
        shutil.copyfile(path, copy)
        for suffix in _SIDES:
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
        if state_of(copy) == "foreign":  # it was changed since it was looked at
            raise busy(path, "another program")
        return connect(copy.as_uri()), folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def migrate(db: Database, migrations: Migrations = MIGRATIONS) -> None:
    """Make the tables, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(db)
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


def connect_writing(path: Path) -> Database:
    """A connection that syncs every commit; refuses to run where the disk does not give that. Raises StoreError.

    On a disk of this computer it keeps a write-ahead log; elsewhere see `settle`.
    """
    is_local = whereabouts.locate(path).is_safe
    with explained(path):
        db = connect(f"{path.resolve().as_uri()}?mode=rw", alone=not is_local and _has_log_mode(path))
        if not settle(db, quick=is_local):
            db.close()
            raise DiskError(f"“{shown(path)}” is on a disk that cannot save edits safely; copy it to a disk of this computer.")
    return db


def settle(db: Database, *, quick: bool = True) -> bool:
    """Set what durability needs, and say whether SQLite answers that it did: a failed PRAGMA is silent otherwise.

    `quick` is a write-ahead log. It needs memory shared by all who write and is a second file for as long as one has the
    file open, so on a share or in a folder that is copied elsewhere (not `quick`) there is none: each change is in the one
    file when it is done, and its rollback journal is gone, names synced too.
    """
    mode, sync = ("wal", 2) if quick else ("delete", 3)
    journal_mode = db.execute(f"PRAGMA journal_mode = {mode}").fetchone()
    db.execute("PRAGMA locking_mode = NORMAL").fetchone()
    db.execute(f"PRAGMA synchronous = {sync}")
    synchronous = db.execute("PRAGMA synchronous").fetchone()
    db.execute("PRAGMA foreign_keys = ON")
    keys = db.execute("PRAGMA foreign_keys").fetchone()
    db.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # lets go of a lock that was held for the change of mode
    return bool(journal_mode == (mode,) and synchronous == (sync,) and keys == (1,))


def _has_log_mode(path: Path) -> bool:
    """Whether the file was written with a write-ahead log last. Source: SQLite's file format, bytes 18 and 19."""
    with path.open("rb") as stream:
        return stream.read(20)[18:20] == b"\2\2"


def connect(uri: str, *, alone: bool = False) -> Database:
    """A connection that runs nothing that a file holds.

    `alone` needs no memory shared with others to read a write-ahead log, and keeps them out meanwhile.
    """
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_MS / 1000)
    try:
        for never in (sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW):
            connection.setconfig(never, False)  # we make none, and a view may run for ever where a table was meant
        if alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        read_schema(connection)
        return Database(connection, execute_plugins=False)
    except BaseException:
        connection.close()
        raise
