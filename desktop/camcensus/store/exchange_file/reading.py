"""Looks into an exchange file as if an enemy had made it: whoever gives one away may have changed it.

Source: SQLite, "Defense Against The Dark Arts" (sqlite.org/security.html). What is read is a private copy without what lies
beside the file; its tables must be spelt exactly as ours, so there is no view, trigger, virtual table or computed column.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from camcensus.model.disk import on_disk, open_file, shown
from camcensus.model.errors import DamagedFileError, NewerFileError, NotOurFileError
from camcensus.store.exchange_file.schema import APPLICATION_ID, SCHEMA, SCHEMA_VERSION
from camcensus.store.private_copy import has_sound_rows, open_private_copy, parts_made_by, parts_of
from camcensus.store.sentences import SQLITE_ERRORS

SIZE_LIMIT_BYTES = 2 << 30
TIME_LIMIT_S = 30.0
"""20,000 devices take some seconds."""
TEXT_LIMIT_BYTES = 8 << 20
"""The longest field of a reply has 4 KiB, and a reply has 512 of each at most."""

_HEADER = b"SQLite format 3\0"


def is_exchange(path: Path) -> bool:
    """Whether the first bytes of a file say that it is an exchange file; False also where it cannot be read."""
    try:
        with open_file(path) as stream:
            head = stream.read(72)
    except OSError:
        return False
    return head.startswith(_HEADER) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


@contextlib.contextmanager
def reading_exchange(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a private copy of an exchange file, for reading; what takes too long is ended.

    Raises NotOurFileError, NewerFileError, DamagedFileError, DiskError; within it SQLITE_ERRORS become DamagedFileError.
    """
    damaged = DamagedFileError(f"“{shown(path)}” is damaged or was tampered with, so it was not read; ask for it again.")
    with on_disk(path):
        if not path.is_file() or not is_exchange(path):
            raise NotOurFileError(
                f"“{shown(path)}” is not an exchange file of Camcensus; choose one that was made for auditors."
            )
        if path.stat().st_size > SIZE_LIMIT_BYTES:
            raise NotOurFileError(f"“{shown(path)}” is larger than an exchange file can be; ask who made it.")
        with tempfile.TemporaryDirectory(prefix="camcensus-") as folder:
            copy = Path(folder) / "copy.camcensus"
            shutil.copyfile(path, copy)
            try:
                with contextlib.closing(
                    open_private_copy(copy, longest_bytes=TEXT_LIMIT_BYTES, seconds=TIME_LIMIT_S, wide_rows=True)
                ) as connection:
                    _check(connection, copy.stat().st_size, path, damaged)
                    yield connection
            except (*SQLITE_ERRORS, MemoryError, OverflowError) as error:
                raise damaged from error


def _check(connection: sqlite3.Connection, size_bytes: int, path: Path, damaged: DamagedFileError) -> None:
    def one(pragma: str) -> int:
        return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    version = one("user_version")
    if version > SCHEMA_VERSION:
        raise NewerFileError(f"“{shown(path)}” was made with a newer Camcensus; update Camcensus to read it.")
    if version != SCHEMA_VERSION:
        raise NotOurFileError(f"“{shown(path)}” was made by an older Camcensus, so it is not read; ask them to send it again.")
    made = parts_made_by(SCHEMA)
    if (
        one("page_size") * one("page_count") != size_bytes
        or parts_of(connection) != made
        or not has_sound_rows(connection, made)
    ):
        raise damaged
    for table in ("export", "body"):
        if connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() != (1,):
            raise damaged
