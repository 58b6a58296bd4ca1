"""Recognises a roll-up file before anything of it is loaded: by its ending and its first bytes."""

from __future__ import annotations

from pathlib import Path

from camcensus.model.errors import open_file
from camcensus.store.rollup.schema import APPLICATION_ID, SUFFIX

__all__ = ["SUFFIX", "is_rollup"]


def is_rollup(path: Path) -> bool:
    """Whether a file is a roll-up by what is at its start, whatever its name. Never raises."""
    try:
        with open_file(path) as stream:
            head = stream.read(72)
    except OSError:
        return False
    return head[:16] == b"SQLite format 3\0" and int.from_bytes(head[68:72], "big") == APPLICATION_ID
