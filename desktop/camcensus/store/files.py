"""Files written for people: whole or not at all, and on the disk before we say "saved"."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from camcensus.model.disk import disk_error, patiently, refuse_odd, shown
from camcensus.model.errors import DiskError


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`: temporary file beside it, every write checked, fsync, replace, fsync the folder, re-read.

    An older file at `path` stays as it was until the new one is complete. Raises DiskError.
    """
    try:
        if not path.name or path.is_dir():
            raise DiskError(f"“{shown(path)}” is a folder; give the name of a file.")
        with contextlib.suppress(PermissionError):  # writing says it better
            refuse_odd(path)
    except OSError as error:
        raise disk_error(path, error) from error
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            left = memoryview(data)
            while left:
                written = os.write(handle, left)
                if written <= 0:
                    raise OSError(errno.EIO, "nothing was written")
                left = left[written:]
            os.fsync(handle)
        finally:
            os.close(handle)
        patiently(lambda: temporary.replace(path))
        sync_folder(path.parent)
        if path.read_bytes() != data:
            raise DiskError(f"“{shown(path)}” reads back differently from what was written; save it somewhere else.")
    except OSError as error:
        raise disk_error(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (a new file's name is not, until then). Does nothing on Windows."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
