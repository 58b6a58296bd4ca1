"""Opening and making a roll-up file: one writer, nothing of a stranger's beside it, a newer one refused."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from camcensus.model.errors import DamagedFileError, DiskError, NewerFileError, NotOurFileError, disk_error, shown
from camcensus.model.words import utc_second
from camcensus.store import connecting
from camcensus.store.beside import refuse_links, where_it_lies
from camcensus.store.connecting import migrate, settle
from camcensus.store.lock import FileLock
from camcensus.store.making import making
from camcensus.store.private_copy import read_schema
from camcensus.store.rollup.schema import APPLICATION_ID, MIGRATIONS, SUFFIX, names
from camcensus.store.schema import APPLICATION_ID as INVENTORY_ID
from camcensus.store.schema import EXCHANGE_ID
from camcensus.store.sentences import SQLITE_ERRORS, busy, explain
from camcensus.store.soundness import has_our_schema
from camcensus.store.whereabouts import locate

_CACHE_KB = 65_536


class RollUpFile:
    """An open roll-up file; a context manager. `connection` is the one that writes, or reads where `readonly`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock | None) -> None:
        self.path = path
        self.connection = connection
        self._lock = lock

    @property
    def readonly(self) -> bool:
        return self._lock is None

    @contextlib.contextmanager
    def explained(self) -> Iterator[None]:
        """What SQLite refuses within, as a sentence: damage may show only where it is read. Raises StoreError."""
        try:
            yield
        except SQLITE_ERRORS as error:
            raise explain(self.path, error) from error

    def __enter__(self) -> RollUpFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go: everything is in the one file then."""
        with contextlib.suppress(sqlite3.Error):
            if self._lock is not None:
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.connection.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def setting(self, key: str) -> str | None:
        """A setting of the file, None where it has none."""
        row = self.connection.execute("SELECT value FROM setting WHERE key = ?", [key]).fetchone()
        return None if row is None else str(row[0])

    def set(self, key: str, value: str | None) -> None:
        """Write a setting in the transaction that is open, or by itself; None takes it away."""
        if value is None:
            self.connection.execute("DELETE FROM setting WHERE key = ?", [key])
        else:
            self.connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", [key, value])

    @contextlib.contextmanager
    def attached(self, copy: Path, name: str) -> Iterator[None]:
        """Within it, the tables of a private copy that was looked at are read beside ours. Raises StoreError."""
        with self.explained():
            self.connection.execute(f"ATTACH ? AS {name}", [f"{copy.resolve().as_uri()}?mode=ro&immutable=1"])
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute(f"DETACH {name}")

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, whole or not at all. Raises StoreError."""
        with self.explained():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # SQLite itself takes all back where the disk is full
                    self.connection.execute("ROLLBACK")
                raise


def open_rollup(path: Path, now: datetime, *, make: bool = False) -> RollUpFile:
    """Open a roll-up file for writing; `make` a new one where there is none. Raises StoreError."""
    if make and not os.path.lexists(path):
        _make(path, now)
    path = where_it_lies(path)
    _check_header(path)
    lock = FileLock(path, copied=locate(path).kind == "synchronised")
    try:
        if not lock.acquire():
            raise busy(path, lock.holder(), lock=lock.path if lock.elsewhere else None)
    except OSError as error:
        raise disk_error(path, error) from error
    try:
        connection = _connect(path)
    except BaseException:
        lock.release()
        raise
    return RollUpFile(path, connection, lock)


def open_rollup_readonly(path: Path) -> RollUpFile:
    """Open a roll-up file to read it, also while another program writes to it. Raises StoreError."""
    path = where_it_lies(path)
    _check_header(path)
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=5)
        _harden(connection)
        _check_migrations(path, Database(connection, execute_plugins=False))
    except SQLITE_ERRORS as error:
        raise explain(path, error) from error
    return RollUpFile(path, connection, None)


def _check_header(path: Path) -> None:
    try:
        if path.is_symlink() and not path.exists():
            raise DiskError(f"“{shown(path)}” is a link to a file that is not there; give another name.")
        if not path.exists():
            raise DiskError(f"There is no file “{shown(path)}”; check the name and the folder.")
        if not path.is_file():
            raise NotOurFileError(f"“{shown(path)}” is not a file; give a roll-up file, whose name ends in {SUFFIX}.")
        with path.open("rb") as stream:
            head = stream.read(100)
        kind = int.from_bytes(head[68:72], "big") if head.startswith(b"SQLite format 3\0") else 0
        if kind == INVENTORY_ID:
            raise NotOurFileError(f"“{shown(path)}” is an inventory, not a roll-up; give another name for the roll-up file.")
        if kind == EXCHANGE_ID:
            raise NotOurFileError(f"“{shown(path)}” is an exchange file, not a roll-up; name the roll-up file first.")
        if kind != APPLICATION_ID:
            raise NotOurFileError(f"“{shown(path)}” is not a roll-up file of Camcensus; give another name.")
        refuse_links(path)
        if connecting.state_of(path) == "foreign":
            raise DamagedFileError(
                f"A file “{shown(path)}-journal” beside the roll-up is not ours; move it away, then open again."
            )
    except OSError as error:
        raise disk_error(path, error) from error


def _connect(path: Path) -> sqlite3.Connection:
    quick = locate(path).is_safe
    connection = None
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=5)
        _harden(connection)
        db = Database(connection, execute_plugins=False)
        if not settle(db, quick=quick):
            raise DiskError(
                f"“{shown(path)}” is on a disk that cannot save changes safely; copy it to a disk of this computer."
            )
        connection.execute("PRAGMA foreign_keys = OFF")  # rows come by the million, and each with all it belongs to
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.execute("PRAGMA temp_store = MEMORY")
        _check_migrations(path, db)
        migrate(db, MIGRATIONS)
    except SQLITE_ERRORS as error:
        if connection is not None:
            connection.close()
        raise explain(path, error) from error
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def _harden(connection: sqlite3.Connection) -> None:
    connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
    connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {setting}")
    read_schema(connection)


def _check_migrations(path: Path, db: Database) -> None:
    try:
        applied = list(db.execute("SELECT migration_set, name FROM _sqlite_migrations"))
        is_ours = bool(applied) and has_our_schema(db, MIGRATIONS)
    except SQLITE_ERRORS as error:
        raise DamagedFileError(f"“{shown(path)}” is damaged; make it again from the exchange files.") from error
    if any(kind != MIGRATIONS.name or name not in names() for kind, name in applied):
        raise NewerFileError(
            f"“{shown(path)}” was made with another Camcensus; update Camcensus, or make it again from the exchange files."
        )
    try:
        sound = is_ours and not any(db.execute(one).fetchone() for one in FAULTS)
    except SQLITE_ERRORS:  # what should be JSON is none
        sound = False
    if not sound:
        raise DamagedFileError(f"“{shown(path)}” is damaged; make it again from the exchange files.")


FAULTS = (
    "SELECT 1 FROM file WHERE json_type(warnings) <> 'array'"
    " OR EXISTS (SELECT 1 FROM json_each(warnings) AS one WHERE one.type <> 'text')",
    "SELECT 1 FROM answer WHERE json_type(candidates) <> 'array' OR json_type(key) <> 'array'"
    " OR json_array_length(key) <> 7 OR json_type(key, '$[4]') <> 'array' OR json_type(key, '$[5]') <> 'array'"
    " OR json_type(key, '$[6]') <> 'array'"
    " OR EXISTS (SELECT 1 FROM json_each(answer.key, '$[5]') AS one WHERE one.type <> 'array')",
    "SELECT 1 FROM round WHERE json_type(lists) <> 'array'",
)
"""What no row may be, of the tables that stay small; the rows of the others are many, and each is read with care."""


def _make(path: Path, now: datetime) -> None:
    """A new, empty roll-up file, whole or not at all."""
    with making(path) as draft, contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        db = Database(connection, execute_plugins=False)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(db, MIGRATIONS)
        db.execute("INSERT INTO setting VALUES ('made_at', ?)", [utc_second(now)])
