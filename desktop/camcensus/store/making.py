"""A new database file: whole and on the disk under its name, or not there at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from camcensus.model.disk import disk_error, patiently
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
