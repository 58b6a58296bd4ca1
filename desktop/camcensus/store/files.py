"""Files written for people: whole or not at all, and on the disk before we say "saved"."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from camcensus.model.errors import DiskError, on_disk, open_file, patiently, refuse_odd, shown


def write_whole(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write `data` to `path`: temporary file beside it, every write checked, fsync, replace, fsync the folder, re-read.

    An older file at `path` stays as it was until the new one is complete. Raises DiskError.
    """
    with on_disk(path):
        if not path.name or path.is_dir():
            raise DiskError(f"“{shown(path)}” is a folder; give the name of a file.")
        with contextlib.suppress(PermissionError):  # writing says it better
            refuse_odd(path)
    with on_disk(path):
        with replacing(path, mode) as stream:
            left = memoryview(data)
            while left:
                written = os.write(stream.fileno(), left)
                if written <= 0:
                    raise OSError(errno.EIO, "nothing was written")
                left = left[written:]
        with open_file(path) as stream:
            if stream.read(len(data) + 1) != data:
                raise DiskError(f"“{shown(path)}” reads back differently from what was written; save it somewhere else.")


@contextlib.contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A new file, open to be written and read, that takes the place of `path` once the block ends well, synced, else goes.

    It is only ever written through this handle: others who may write in the folder can lay a link where its name was, and we
    would follow it if we opened the name again. Raises OSError.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode), "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        patiently(lambda: draft.replace(path))
        sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (a new file's name is not, until then). Does nothing on Windows."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
