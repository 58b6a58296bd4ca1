"""Files that tasks write for people, and the paths they were asked to."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from camcensus.store.files import write_whole


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is on the disk and was read back: its pages and the SHA-256 of its bytes."""

    path: Path
    pages: int
    sha256: str


def write_through(path: Path, draw: Callable[[Path], int]) -> Written:
    """Let `draw` write a file somewhere private (it gives the number of pages), then put it at `path`, whole or not at all.

    Raises DiskError; an older file at `path` stays as it was unless all went well.
    """
    with tempfile.TemporaryDirectory(prefix="camcensus-") as folder:
        draft = Path(folder) / "draft"
        pages = draw(draft)
        data = draft.read_bytes()
    write_whole(path, data)
    return Written(path, pages, hashlib.sha256(data).hexdigest())
