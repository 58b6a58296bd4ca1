"""Opening an inventory file safely: is it ours, is it sound, may we write, is nobody else writing."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import uuid
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from camcensus.model.asset import Body
from camcensus.model.errors import (
    DamagedFileError,
    DiskError,
    NewerFileError,
    NotOurFileError,
    StoreError,
    disk_error,
    on_disk,
    shown,
)
from camcensus.model.words import utc_second
from camcensus.store import connecting, whereabouts
from camcensus.store.beside import refuse_links
from camcensus.store.connecting import connect, migrate, reading, settle
from camcensus.store.making import making
from camcensus.store.schema import APPLICATION_ID, EXCHANGE_ID, MIGRATIONS, ROLLUP_ID, names
from camcensus.store.sentences import damaged, explain, explained
from camcensus.store.soundness import has_our_schema, has_our_values, has_readable_texts, has_short_texts

_HEADER = b"SQLite format 3\0"
_DIGEST_BEGINS = b"\nSHA-256 "
_DIGEST_BYTES = len(_DIGEST_BEGINS) + 65
_JOURNAL_FORMATS = {1, 2}
"""With a rollback journal and with a write-ahead log. Source: SQLite's file format, bytes 18 and 19."""


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
    if not set(head[18:20]) <= _JOURNAL_FORMATS:
        raise damaged(path)  # SQLite would only read it, and say that it is write-protected
    refuse_links(path)
    with on_disk(connecting.beside(path)):
        foreign = connecting.state_of(path) == "foreign"
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
            sound = sound and _fits_together(db) and has_readable_texts(db) and has_our_values(db)
        except sqlite3.DatabaseError as error:
            raise explain(path, error) from error
        except OSError as error:
            raise disk_error(path, error) from error
        except (ValueError, TypeError) as error:  # text that is no text
            raise damaged(path) from error
        if not sound:
            raise damaged(path)


def _ends_with_its_pages(path: Path, db: Database) -> bool:
    """Whether nothing lies behind the last page, which would be copied along, but a back-up's own SHA-256.

    With a log or a journal that cannot be said.
    """
    sides = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    if any(side.exists() and side.stat().st_size > 0 for side in sides):
        return True
    size = [int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_size", "page_count")]
    more = path.stat().st_size - size[0] * size[1]
    return more == 0 or (more == _DIGEST_BYTES and has_digest(path) and digest_line(path, size[0] * size[1]) == _last(path))


def digest_line(path: Path, size: int | None = None) -> bytes:
    """What a back-up that is one file has behind its last page: the SHA-256 of the bytes before it. Raises OSError."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while some := stream.read(1 << 20 if size is None else min(1 << 20, size - stream.tell())):
            found.update(some)
    return _DIGEST_BEGINS + found.hexdigest().encode() + b"\n"


def has_digest(path: Path) -> bool:
    """Whether the file is a back-up with its SHA-256 at the end, be it right or wrong. Raises OSError."""
    return _last(path).startswith(_DIGEST_BEGINS)


def drop_digest(path: Path) -> None:
    """Make an inventory of a back-up, on the disk: its SHA-256 would be wrong after the first edit. Raises OSError."""
    with path.open("r+b") as stream:
        if has_digest(path):
            stream.truncate(path.stat().st_size - _DIGEST_BYTES)
        os.fsync(stream.fileno())


def _last(path: Path) -> bytes:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _DIGEST_BYTES))
        return stream.read(_DIGEST_BYTES)


def _fits_together(db: Database) -> bool:
    """Whether SQLite finds no fault in the pages and indexes, nor in what leads from table to table."""
    answers = [row[0] for row in db.execute("PRAGMA integrity_check(1)")]
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
    if len(applied) < len(names()):
        raise StoreError(f"“{shown(path)}” is of an older Camcensus, which this one does not read (nothing was changed).")


def recover(path: Path) -> None:
    """Before the first writing connection, by the one who holds the lock: bring the file to its last commit after a kill.

    Leaves a file that was closed as it is. Raises StoreError, also where the journal is not ours (see `journal`).
    """
    with explained(path):
        state = connecting.state_of(path)
        if state == "foreign":
            check_header(path)
        if state == "hot":
            connect(f"{path.resolve().as_uri()}?mode=rw").close()
        connecting.clear(path)


def why_readonly(path: Path) -> str | None:
    """The sentence where the file or its folder cannot be written, else None."""
    if has_digest(path):
        return f"“{shown(path)}” is a back-up, so it is open for reading only; go back to it to work in it."
    if not os.access(path, os.W_OK):
        return f"“{shown(path)}” is read-only, so the inventory is open for reading only."
    if not os.access(path.parent, os.W_OK):
        return f"The folder of “{shown(path)}” cannot be written, so the inventory is open for reading only."
    if path.stat().st_nlink > 1:  # What is written would be in the other file, beside which lies no lock of ours.
        return f"“{shown(path)}” is one file with another of another name, so the inventory is open for reading only."
    return None


def make_file(path: Path, body: Body, now: datetime) -> None:
    """A new, empty inventory at `path`, whole or not at all. Raises DiskError where a file is there or the folder refuses."""
    if path.exists():
        raise DiskError(f"“{shown(path)}” is there already; choose another name, or open it.")
    with making(path) as draft, contextlib.closing(connect(f"{draft.resolve().as_uri()}?mode=rw")) as db:
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
        if not settle(db, quick=whereabouts.locate(path).is_safe):
            raise DiskError(f"“{shown(path)}” would lie on a disk that cannot keep edits safe; choose a disk of this computer.")
