"""Files that tasks write for people, and the paths they were asked to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from camcensus.model import frozen
from camcensus.model.errors import DiskError, disk_error, on_disk, open_file, shown
from camcensus.store.files import write_whole
from camcensus.tasks.policy import refuse_folder

_MAGIC_BYTES = 5
"""How much of a file's beginning says what kind it is: a PDF's is "%PDF-"."""
_TEXT_MARK = b"\xef\xbb\xbf"
"""What our tables begin with, whatever their first column is called."""


@frozen
class Written:
    """A file that is on the disk and was read back: its pages and the SHA-256 of its bytes."""

    path: Path
    pages: int
    sha256: str


def write_through(path: Path, draw: Callable[[], tuple[bytes, int]]) -> Written:
    """Put what `draw` gives (a file's bytes, and its number of pages or rows) at `path`, whole or not at all.

    Raises DiskError, and PolicyError where the IT team's policy allows no file there; an older file at `path` stays as it was
    unless all went well, and always where it is of another kind: a report is not to take the place of an inventory.
    """
    refuse_folder(path)
    try:
        data, pages = draw()
    except InterruptedError:  # of the caller, who stopped it
        raise
    except OSError as error:
        raise disk_error(path, error) from error
    _refuse_other_kind(path, _TEXT_MARK if data.startswith(_TEXT_MARK) else data[:_MAGIC_BYTES])
    write_whole(path, data)
    return Written(path, pages, hashlib.sha256(data).hexdigest())


def save_drawn(drawn: Written, path: Path) -> Written:
    """A finished file at another place, as it was drawn and looked at, whole or not at all. Raises DiskError."""

    def copy() -> tuple[bytes, int]:
        with on_disk(drawn.path):
            return drawn.path.read_bytes(), drawn.pages

    return write_through(path, copy)


def _refuse_other_kind(path: Path, magic: bytes) -> None:
    with on_disk(path):
        if not path.is_file():
            return
        with open_file(path) as older:
            begins = older.read(len(magic))
    if begins not in (b"", magic):
        raise DiskError(f"The file “{shown(path)}” is of another kind, so it was left alone; give another name.")
