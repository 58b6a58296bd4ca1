"""Checking a back-up before anybody relies on it: in a private copy, so that what was checked is what is used."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from camcensus.model.disk import disk_error, need_room, open_file, shown
from camcensus.model.errors import DamagedFileError, StoreError
from camcensus.model.frozen import frozen
from camcensus.store import connecting, journal, opening
from camcensus.store.beside import where_it_lies
from camcensus.store.contents import Contents
from camcensus.store.sentences import SQLITE_ERRORS, damaged, explain

SUMS = "SHA256SUMS"
SUMS_LIMIT_BYTES = 1 << 20


@frozen
class Owner:
    """Whose a record is: its own id, and the organisation's name."""

    inventory: str
    name: str


def owner_of(path: Path) -> Owner | None:
    """Whose the record at `path` is; None where there is none that can be opened."""
    try:
        opening.check_header(path)
        opening.check_contents(path)
        with connecting.reading(path) as db:
            return Owner(*db.execute("SELECT inventory_id, name FROM body").fetchone())
    except (StoreError, OSError, TypeError, *SQLITE_ERRORS):
        return None


@contextlib.contextmanager
def checked_copy(backup: Path, beside: Path | None = None) -> Iterator[tuple[Path, bool]]:
    """A private copy of a back-up that was found sound, and whether it had a checksum; the copy is removed afterwards.

    It is one file in the folder `beside`, else among temporary files, brought to its last commit where a log or a journal
    lay beside the back-up. Raises StoreError.
    """
    lies = where_it_lies(backup)
    with contextlib.ExitStack() as held:
        try:
            folder = held.enter_context(
                tempfile.TemporaryDirectory(prefix=".camcensus-", dir=beside, ignore_cleanup_errors=True)
            )
            copy = Path(folder) / lies.name
            opening.check_header(lies)
            noted = noted_in(lies.parent).get(lies.name)
            _copy(lies, copy)
            _check(copy, noted)
            had_sums = noted is not None or opening.has_digest(copy)
        except OSError as error:
            raise disk_error(lies, error) from error
        except ValueError as error:  # a damaged text in what SQLite says, or in the file
            raise damaged(lies) from error
        yield copy, had_sums


def _copy(backup: Path, copy: Path) -> None:
    """Copy a back-up as SQLite reads it. Raises OSError, StoreError."""
    log = backup.with_name(backup.name + "-wal")
    need_room(copy, backup.stat().st_size)
    if journal.state_of(backup) != "hot" and not (log.exists() and log.stat().st_size):
        with open_file(backup) as source, copy.open("xb") as into:
            shutil.copyfileobj(source, into)
        return
    db, folder = connecting.connect_readonly(backup)
    try:
        with contextlib.closing(sqlite3.connect(copy)) as target:
            db.conn.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.Error as error:
        raise explain(backup, error) from error
    finally:
        db.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _check(copy: Path, noted: str | None) -> None:
    """Check a copy that nobody else can change. Raises OSError, ValueError, StoreError."""
    if noted is not None and noted != digest_of(copy):
        raise DamagedFileError(f"The back-up “{shown(copy)}” is not as it was written; use an older one.")
    opening.check_header(copy)
    opening.check_contents(copy)
    _read_through(copy)


def _read_through(copy: Path) -> None:
    """Read what is read as it is opened and what the pages show: what no check of SQLite sees is met before it takes a sound
    file's place. Raises StoreError.
    """
    db, folder = connecting.connect_readonly(copy)
    with Contents(copy, db, None, readonly_reason="A back-up is only read.", copy=folder) as contents:
        _ = contents.body
        for read in (
            contents.judged, contents.history, contents.places, contents.vendors, contents.doubts, contents.photos,
            contents.own_list, contents.own_brands, contents.list_choices, contents.unfinished, contents.plan_edits,
            contents.changes, contents.costs,
        ):  # fmt: skip
            read()
        for version in contents.plan_versions():
            contents.plan_version(version.number)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def noted_in(folder: Path) -> dict[str, str]:
    """File name -> SHA-256, as `sha256sum` writes them, in the order in which the files were made. Raises OSError."""
    sums = folder / SUMS
    if sums.is_symlink() or not sums.is_file():
        return {}
    with sums.open("rb") as stream:
        text = stream.read(SUMS_LIMIT_BYTES).decode("utf-8", "surrogateescape")
    return {name: digest for digest, _, name in (line.partition("  ") for line in text.splitlines()) if name}
