"""Putting a file for others in its place: whole, on the disk, read back, and never over a file of another kind."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from camcensus.model.errors import DiskError, on_disk, refuse_odd, shown
from camcensus.store.exchange_file.write import sweep
from camcensus.store.files import replacing


def put_in_place(
    path: Path,
    write: Callable[[BinaryIO], None],
    is_ours: Callable[[Path], bool],
    read_back: Callable[[BinaryIO], None],
    *,
    mode: int = 0o666,
) -> tuple[str, int]:
    """Let `write` fill a new file beside `path` and `read_back` look at it, then give it its name; its SHA-256 and size.

    `mode` is who may read it, as far as the system's own mask allows.
    Where a file is at `path` that `is_ours` does not know, nothing is written. An older one stays until the new one is whole.
    Raises DiskError, and what the three raise.
    """
    with on_disk(path):
        if not path.name or path.is_dir():
            raise DiskError(f"“{shown(path)}” is a folder; give the name of a file.")
        refuse_odd(path)
    with on_disk(path):
        if path.is_symlink() or (path.exists() and not (path.is_file() and (path.stat().st_size == 0 or is_ours(path)))):
            raise DiskError(f"The file “{shown(path)}” is of another kind, so it was left alone; give another name.")
        sweep(path)
        with replacing(path, mode) as draft:
            write(draft)
            draft.flush()
            size = draft.seek(0, os.SEEK_END)
            draft.seek(0)
            read_back(draft)
            draft.seek(0)
            digest = hashlib.file_digest(cast("io.BufferedRandom", draft), "sha256").hexdigest()
    return digest, size
