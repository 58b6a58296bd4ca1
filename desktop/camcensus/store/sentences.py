"""Sentences for an inventory that cannot be opened, read or written: what happened, and what to do."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from camcensus.model.errors import DamagedFileError, DiskError, FileBusyError, StoreError, how_full, on_disk, shown

SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite refuses: its own sentence quotes what it could not read, and where that is no text Python raises the second."""

LONGEST_PATH = 480
"""SQLite opens no longer one: of 512 bytes it keeps some for the names of what lies beside. Source: its MAX_PATHNAME."""
_TRUSTS_JSON = (3, 46)
"""SQLite 3.40.1 takes json_valid in the tables of a file for unsafe; 3.46.1 does not. Not tried in between."""


def damaged(path: Path) -> DamagedFileError:
    """The sentence for a file of ours that does not hold together."""
    return DamagedFileError(f"“{shown(path)}” is damaged; keep it as it is and open your latest back-up or copy of it.")


def busy(path: Path, holder: str, *, lock: Path | None = None) -> FileBusyError:
    """The sentence for a file that another Camcensus writes; `lock` is what another computer left in a copied folder."""
    if lock is not None:
        return FileBusyError(
            f"“{shown(path)}” is open on another computer ({holder}); close it there and wait for the copying to end, or, where"
            f" that computer was switched off, delete the file “{shown(lock)}” beside it, then try again."
        )
    return FileBusyError(f"“{shown(path)}” is open in another Camcensus ({holder}); close it there, then try again.")


def explain(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> StoreError:
    """What SQLite refused, as one sentence with what to do."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return busy(path, "another program")
    if name.startswith("SQLITE_FULL"):
        return DiskError(
            f"The disk is full{how_full(path)}, so the last change to “{shown(path)}” was not kept; free some space and try "
            "again."
        )
    if name.startswith("SQLITE_CANTOPEN") and len(os.fsencode(path.absolute())) > LONGEST_PATH:
        return DiskError(f"The path of “{shown(path)}” is too long for an inventory; move it nearer to the top of its disk.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return DiskError(f"“{shown(path)}” cannot be written: it or its folder is read-only; copy it to a folder of your own.")
    if name.startswith("SQLITE_IOERR"):
        return DiskError(f"The disk refused to read or write “{shown(path)}”; check the disk and try again.")
    if str(error).startswith("unsafe use of json_valid") and sqlite3.sqlite_version_info < _TRUSTS_JSON:
        return StoreError(
            f"The SQLite of this Python ({sqlite3.sqlite_version}) is too old for inventories; install Camcensus from the "
            "package for your system, which brings its own, or use a newer Python."
        )
    return damaged(path)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """What the disk or SQLite refuses within is one sentence about `path`. Raises StoreError."""
    with on_disk(path):
        try:
            yield
        except SQLITE_ERRORS as error:
            raise explain(path, error) from error
