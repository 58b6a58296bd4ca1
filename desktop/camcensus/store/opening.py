"""Opening an inventory file safely: is it ours, is it sound, may we write, is nobody else writing."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from camcensus.model.asset import Body
from camcensus.model.disk import disk_error, shown
from camcensus.model.errors import DamagedFileError, DiskError, NewerFileError, NotOurFileError
from camcensus.model.words import utc_second
from camcensus.store import cleaning, journal
from camcensus.store.beside import refuse_links
from camcensus.store.copies import copy_verified
from camcensus.store.making import making
from camcensus.store.row_sums import drop_row_sums
from camcensus.store.schema import APPLICATION_ID, EXCHANGE_ID, MIGRATIONS, ROLLUP_ID, names
from camcensus.store.sentences import busy, damaged, explain
from camcensus.store.soundness import has_our_schema, has_our_values, has_short_texts
from camcensus.store.whereabouts import locate

__all__ = [
    "busy",
    "check_contents",
    "check_header",
    "connect_readonly",
    "connect_writing",
    "copy_verified",
    "damaged",
    "explain",
    "make_file",
    "migrate",
    "reading",
    "recover",
    "settle",
    "upgrade",
    "why_readonly",
]

_HEADER = b"SQLite format 3\0"
_COPY = "copy.camcensus"
_BUSY_MS = 5000


def check_header(path: Path) -> None:
    """Refuse what is not an inventory, by its first 100 bytes and the files beside it. Raises StoreError."""
    try:
        if path.exists() and not path.is_file():
            raise NotOurFileError(f"“{shown(path)}” is not a file; choose an inventory, whose name ends in .camcensus.")
        with path.open("rb") as stream:
            head = stream.read(100)
    except FileNotFoundError as error:
        raise DiskError(f"There is no file “{shown(path)}”; check the name and the folder.") from error
    except OSError as error:
        raise disk_error(path, error) from error
    if len(head) < 100 or not head.startswith(_HEADER):
        raise NotOurFileError(f"“{shown(path)}” is not a Camcensus inventory; choose a file that Camcensus made.")
    kind = int.from_bytes(head[68:72], "big")
    if kind == EXCHANGE_ID:
        raise NotOurFileError(
            f"“{shown(path)}” is a copy made for others, not a working file; open the inventory it was made from."
        )
    if kind == ROLLUP_ID:
        raise NotOurFileError(f"“{shown(path)}” is a roll-up of many organisations, not an inventory; open it for auditors.")
    if kind != APPLICATION_ID:
        raise NotOurFileError(
            f"“{shown(path)}” was made by another program, not by Camcensus; choose a file that Camcensus made."
        )
    refuse_links(path)
    try:
        foreign = journal.state_of(path) == "foreign"
    except OSError as error:
        raise disk_error(journal.beside(path), error) from error
    if foreign:
        raise DamagedFileError(
            f"A file “{shown(path)}-journal” beside the inventory is not ours; move it away, then open again."
        )


def check_contents(path: Path) -> None:
    """Refuse a newer or a damaged file without writing a byte. Raises StoreError."""
    with reading(path) as db:
        _check_migrations(path, db)
        try:
            # What others put into the schema would be computed by the checks after it.
            sound = _ends_with_its_pages(path, db) and has_our_schema(db) and has_short_texts(db)
            sound = sound and _fits_together(db) and has_our_values(db)
        except sqlite3.DatabaseError as error:
            raise explain(path, error) from error
        except OSError as error:
            raise disk_error(path, error) from error
        except (ValueError, TypeError) as error:  # text that is no text
            raise damaged(path) from error
        if not sound:
            raise damaged(path)


def _ends_with_its_pages(path: Path, db: Database) -> bool:
    """Whether nothing lies behind the last page, which would be copied along; with a log or a journal that cannot be said."""
    sides = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    if any(side.exists() and side.stat().st_size > 0 for side in sides):
        return True
    size = [int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_size", "page_count")]
    return size[0] * size[1] == path.stat().st_size


def _fits_together(db: Database) -> bool:
    """Whether SQLite finds no fault in the pages, nor in what leads from table to table."""
    answers = [row[0] for row in db.execute("PRAGMA quick_check(1)")]
    return answers == ["ok"] and db.execute("PRAGMA foreign_key_check").fetchone() is None


def _check_migrations(path: Path, db: Database) -> None:
    try:
        applied = list(db.execute("SELECT migration_set, name FROM _sqlite_migrations"))
    except sqlite3.DatabaseError as error:
        raise damaged(path) from error
    if any(kind != MIGRATIONS.name or name not in names() for kind, name in applied):
        raise NewerFileError(
            f"“{shown(path)}” was made with a newer Camcensus; update Camcensus to open it (nothing in the file was changed)."
        )
    if not applied:
        raise damaged(path)


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
    try:
        hot = journal.state_of(path) == "hot"
        has_log = log.exists() and log.stat().st_size > 0
        if not has_log and not hot:
            return _connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1"), None
        if not hot and index.exists() and os.access(path.parent, os.W_OK):
            with contextlib.suppress(sqlite3.OperationalError):
                return _connect(f"{path.resolve().as_uri()}?mode=ro"), None
        return _connect_copy(path)
    except OSError as error:
        raise disk_error(path, error) from error
    except sqlite3.Error as error:
        raise explain(path, error) from error


def connect_copy(path: Path, folder: Path) -> Database:
    """Another connection to the private copy of `path` that lies in a folder. Raises StoreError."""
    try:
        return _connect((folder / _COPY).as_uri())
    except sqlite3.Error as error:
        raise explain(path, error) from error


def _connect_copy(path: Path) -> tuple[Database, Path]:
    """A private copy with its log or journal, brought to its last commit there. Raises OSError, sqlite3.Error, StoreError."""
    folder = Path(tempfile.mkdtemp(prefix="camcensus-"))
    try:
        copy = folder / _COPY
        shutil.copyfile(path, copy)
        for suffix in ("-wal", "-journal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
        if journal.state_of(copy) == "foreign":  # it was changed since it was looked at
            raise busy(path, "another program")
        return _connect(copy.as_uri()), folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def read_older(path: Path, db: Database, folder: Path | None) -> tuple[Database, Path | None]:
    """What `connect_readonly` gave; of an older file a private copy that was brought up to date. Raises StoreError."""
    if not MIGRATIONS.pending(db):
        return db, folder
    own = Path(tempfile.mkdtemp(prefix="camcensus-"))
    try:
        with contextlib.closing(sqlite3.connect(own / _COPY)) as target:
            db.conn.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").fetchone()
        copy = _connect((own / _COPY).as_uri())
        migrate(copy)
    except OSError as error:
        shutil.rmtree(own, ignore_errors=True)
        raise disk_error(path, error) from error
    except sqlite3.Error as error:
        shutil.rmtree(own, ignore_errors=True)
        raise explain(path, error) from error
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        shutil.rmtree(own, ignore_errors=True)
        raise damaged(path) from error
    finally:
        db.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
    return copy, own


def recover(path: Path) -> None:
    """Before the first writing connection, by the one who holds the lock: bring the file to its last commit after a kill.

    Leaves a file that was closed as it is. Raises StoreError, also where the journal is not ours (see `journal`).
    """
    try:
        state = journal.state_of(path)
        if state == "foreign":
            check_header(path)
        if state == "hot":
            _connect(f"{path.resolve().as_uri()}?mode=rw").close()
        journal.clear(path)
    except OSError as error:
        raise disk_error(path, error) from error
    except sqlite3.Error as error:
        raise explain(path, error) from error


def connect_writing(path: Path, *, as_it_is: bool = False) -> Database:
    """A connection that syncs every commit; refuses to run where the disk does not give that. Raises StoreError.

    On a disk of this computer it keeps a write-ahead log; elsewhere see `settle`. `as_it_is` leaves that as the file has it, so
    that what is taken back leaves not a byte changed.
    """
    quick = is_local = locate(path).is_safe
    try:
        if as_it_is:
            quick = _has_log_mode(path)
        db = _connect(f"{path.resolve().as_uri()}?mode=rw", alone=not is_local and _has_log_mode(path))
        if not settle(db, quick=quick):
            db.close()
            raise DiskError(f"“{shown(path)}” is on a disk that cannot save edits safely; copy it to a disk of this computer.")
    except OSError as error:
        raise disk_error(path, error) from error
    except sqlite3.Error as error:
        raise explain(path, error) from error
    return db


def connect_editing(path: Path) -> Database:
    """The same of a file that may be a back-up opened by itself: what it carries over its rows is dropped before an edit."""
    db = connect_writing(path)
    try:
        drop_row_sums(db.conn)
    except sqlite3.Error as error:
        db.close()
        raise explain(path, error) from error
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


def _connect(uri: str, *, alone: bool = False) -> Database:
    """`alone` needs no memory shared with others to read a write-ahead log, and keeps them out meanwhile."""
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_MS / 1000)
    try:
        for never in (sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW):
            connection.setconfig(never, False)  # we make none, and a view may run for ever where a table was meant
        if alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return Database(connection, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


def why_readonly(path: Path) -> str | None:
    """The sentence where the file or its folder cannot be written, else None."""
    if not os.access(path, os.W_OK):
        return f"“{shown(path)}” is read-only, so the inventory is open for reading only."
    if not os.access(path.parent, os.W_OK):
        return f"The folder of “{shown(path)}” cannot be written, so the inventory is open for reading only."
    return None


def make_file(path: Path, body: Body, now: datetime) -> None:
    """A new, empty inventory at `path`, whole or not at all. Raises DiskError where a file is there or the folder refuses."""
    if path.exists():
        raise DiskError(f"“{shown(path)}” is there already; choose another name, or open it.")
    with making(path) as draft, contextlib.closing(_connect(f"{draft.resolve().as_uri()}?mode=rw")) as db:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(db)
        db.execute("BEGIN IMMEDIATE")
        held = {"one": 1, "inventory_id": str(uuid.uuid4())} | {
            column.name: value for column in fields(body) if (value := getattr(body, column.name)) is not None
        }
        marks = ", ".join("?" * len(held))
        db.execute(f"INSERT INTO body ({', '.join(held)}) VALUES ({marks})", list(held.values()))
        db.execute("INSERT INTO setting (key, value) VALUES ('made_at', ?)", [utc_second(now)])
        db.execute("COMMIT")
        if not settle(db, quick=locate(path).is_safe):
            raise DiskError(f"“{shown(path)}” would lie on a disk that cannot keep edits safe; choose a disk of this computer.")


def upgrade(path: Path, now: datetime) -> str | None:
    """Apply pending migrations, all or none, after a verified copy of the file as it was was put beside it.

    Gives the sentence for people where logins that devices had sent back were blanked. Raises StoreError, and then the file is
    as it was, byte for byte.
    """
    said: list[str | None] = []
    db = connect_writing(path, as_it_is=True)
    try:
        if MIGRATIONS.pending(db):
            copy = path.with_name(f"{path.stem} before update {now:%Y-%m-%d %H%M%S}{path.suffix}")
            copy_verified(path, db, copy)
            db.execute("PRAGMA secure_delete = ON").fetchone()
            migrate(db, then=lambda: said.append(cleaning.say(db, shown(copy), utc_second(now))))
            if any(said):
                with contextlib.suppress(sqlite3.Error):
                    db.execute("VACUUM")  # Pages that were freed before may hold what was blanked now.
    except sqlite3.Error as error:
        raise explain(path, error) from error
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise damaged(path) from error
    finally:
        db.close()
    return said[0] if said else None


def migrate(db: Database, migrations: Migrations = MIGRATIONS, then: Callable[[], object] = lambda: None) -> None:
    """Apply what is pending, and do `then`, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(db)
        then()
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise
