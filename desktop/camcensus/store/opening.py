"""Opening an inventory file safely: is it ours, is it sound, may we write, is nobody else writing."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from camcensus.model.asset import Body
from camcensus.model.disk import disk_error, shown
from camcensus.model.errors import DamagedFileError, DiskError, FileBusyError, NewerFileError, NotOurFileError, StoreError
from camcensus.model.words import stamp
from camcensus.store.files import sync_folder
from camcensus.store.schema import APPLICATION_ID, EXCHANGE_ID, MIGRATIONS, names

_HEADER = b"SQLite format 3\0"
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
    if kind != APPLICATION_ID:
        raise NotOurFileError(
            f"“{shown(path)}” was made by another program, not by Camcensus; choose a file that Camcensus made."
        )
    # A crafted rollback journal beside a database makes SQLite delete any file that it names; our files never have one.
    if path.with_name(path.name + "-journal").exists():
        raise DamagedFileError(
            f"A file “{shown(path)}-journal” that is not ours lies beside the inventory; move it away, then open again."
        )


def check_contents(path: Path) -> None:
    """Refuse a newer or a damaged file without writing a byte. Raises StoreError."""
    with reading(path) as db:
        _check_migrations(path, db)
        try:
            answers = [row[0] for row in db.execute("PRAGMA quick_check(1)")]
            bad_links = db.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise explain(path, error) from error
        if answers != ["ok"] or bad_links is not None:
            raise damaged(path)


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
    needs to write beside the file; where the folder does not allow that, a private copy is read.
    """
    log = path.with_name(path.name + "-wal")
    try:
        has_log = log.exists() and log.stat().st_size > 0
        if not has_log:
            return _connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1"), None
        if os.access(path.parent, os.W_OK):
            with contextlib.suppress(sqlite3.OperationalError):
                return _connect(f"{path.resolve().as_uri()}?mode=ro"), None
        folder = Path(tempfile.mkdtemp(prefix="camcensus-"))
        shutil.copyfile(path, folder / "copy.camcensus")
        shutil.copyfile(log, folder / "copy.camcensus-wal")
        return _connect((folder / "copy.camcensus").as_uri()), folder
    except OSError as error:
        raise disk_error(path, error) from error
    except sqlite3.Error as error:
        raise explain(path, error) from error


def connect_writing(path: Path) -> Database:
    """A connection in WAL mode that syncs every commit; refuses to run where the disk does not give that. Raises StoreError."""
    try:
        db = _connect(f"{path.resolve().as_uri()}?mode=rw")
        if not settle(db):
            db.close()
            raise DiskError(f"“{shown(path)}” lies on a disk that cannot keep edits safe; copy it to a disk of this computer.")
    except sqlite3.Error as error:
        raise explain(path, error) from error
    return db


def settle(db: Database) -> bool:
    """Set what durability needs, and say whether SQLite answers that it did: a failed PRAGMA is silent otherwise."""
    wal = db.execute("PRAGMA journal_mode = WAL").fetchone()
    db.execute("PRAGMA synchronous = FULL")
    full = db.execute("PRAGMA synchronous").fetchone()
    db.execute("PRAGMA foreign_keys = ON")
    keys = db.execute("PRAGMA foreign_keys").fetchone()
    return bool(wal == ("wal",) and full == (2,) and keys == (1,))


def _connect(uri: str) -> Database:
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_MS / 1000)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return Database(connection)
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
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        temporary.touch(exist_ok=False)
        db = _connect(f"{temporary.resolve().as_uri()}?mode=rw")
        try:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrate(db)
            db.execute("BEGIN IMMEDIATE")
            db.execute(
                "INSERT INTO body (one, id, inventory_id, name, type, year_starts, expected_cameras)"
                " VALUES (1, ?, ?, ?, ?, ?, ?)",
                [body.id, str(uuid.uuid4()), body.name, body.type, body.year_starts, body.expected_cameras],
            )
            db.execute("INSERT INTO setting (key, value) VALUES ('made_at', ?)", [stamp(now)])
            db.execute("COMMIT")
            if not settle(db):
                raise DiskError(
                    f"“{shown(path)}” would lie on a disk that cannot keep edits safe; choose a disk of this computer."
                )
        finally:
            db.close()
        with temporary.open("r+b") as stream:
            os.fsync(stream.fileno())
        temporary.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise disk_error(path, error) from error
    except sqlite3.Error as error:
        raise explain(path, error) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                temporary.with_name(temporary.name + suffix).unlink()


def upgrade(path: Path, db: Database, now: datetime) -> None:
    """Apply pending migrations, all or none, after a verified copy of the file as it was. Raises StoreError."""
    pending = MIGRATIONS.pending(db)
    if not pending:
        return
    copy = path.with_name(f"{path.stem} before update {now:%Y-%m-%d %H%M%S}{path.suffix}")
    copy_verified(path, db, copy)
    try:
        migrate(db)
    except sqlite3.Error as error:
        raise explain(path, error) from error


def migrate(db: Database) -> None:
    """Apply what is pending in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        MIGRATIONS.apply(db)
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


def copy_verified(path: Path, db: Database, copy: Path) -> None:
    """A copy of the open file, on the disk and read back: same tables, same counts. Raises DiskError."""
    temporary = copy.with_name(f".{copy.name}.part")
    try:
        temporary.unlink(missing_ok=True)
        target = sqlite3.connect(temporary)
        try:
            db.conn.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").fetchone()
            if _counts(target) != _counts(db.conn) or target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise DiskError(f"A copy of “{shown(path)}” could not be made, so it was left as it is; check the disk.")
        finally:
            target.close()
        with temporary.open("r+b") as stream:
            os.fsync(stream.fileno())
        temporary.replace(copy)
        sync_folder(copy.parent)
    except OSError as error:
        raise disk_error(copy, error) from error
    except sqlite3.Error as error:
        raise explain(copy, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def damaged(path: Path) -> DamagedFileError:
    """The sentence for a file of ours that does not hold together."""
    return DamagedFileError(f"“{shown(path)}” is damaged; keep it as it is and open your latest back-up or copy of it.")


def busy(path: Path, holder: str) -> FileBusyError:
    """The sentence for a file that another Camcensus writes."""
    return FileBusyError(f"“{shown(path)}” is open in another Camcensus ({holder}); close it there, then try again.")


def explain(path: Path, error: sqlite3.Error) -> StoreError:
    """What SQLite refused, as one sentence with what to do."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return busy(path, "another program")
    if name.startswith("SQLITE_FULL"):
        return DiskError(
            f"The disk is full, so the last change to “{shown(path)}” was not kept; free some space and try again."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return DiskError(f"“{shown(path)}” cannot be written: it or its folder is read-only; copy it to a folder of your own.")
    if name.startswith("SQLITE_IOERR"):
        return DiskError(f"The disk refused to read or write “{shown(path)}”; check the disk and try again.")
    return damaged(path)
