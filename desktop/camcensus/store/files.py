"""Files written for people: whole or not at all, and on the disk before we say "saved"."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from camcensus.model.errors import DiskError, StoreError
from camcensus.model.words import clean


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`: temporary file beside it, every write checked, fsync, replace, fsync the folder, re-read.

    An older file at `path` stays as it was until the new one is complete. Raises DiskError.
    """
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
        temporary.replace(path)
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


def shown(path: Path) -> str:
    """A file's name fit for a sentence."""
    return clean(path.name or str(path), 80)


def disk_error(path: Path, error: OSError) -> StoreError:
    """What the operating system refused, as one sentence with what to do."""
    name, folder = shown(path), clean(str(path.parent), 120)
    code = error.errno
    if code in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
        return DiskError(f"The disk is full, so “{name}” was not saved; free some space and try again.")
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DiskError(
            f"“{name}” cannot be written in “{folder}”: it is read-only or you have no permission; choose another folder."
        )
    if code in (errno.ENOENT, errno.ENOTDIR):
        return DiskError(f"The folder “{folder}” does not exist; make it or choose another folder for “{name}”.")
    if code == errno.EISDIR:
        return DiskError(f"“{name}” is a folder; give the name of a file.")
    if code == errno.ENAMETOOLONG:
        return DiskError(f"The name “{name}” is too long for this disk; choose a shorter one.")
    return DiskError(
        f"“{name}” could not be read or written ({clean(error.strerror or 'disk error', 80)}); check the disk and try again."
    )
