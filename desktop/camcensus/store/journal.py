"""A rollback journal beside an inventory: left by us when we were killed, or laid there by somebody else.

On shares and in copied folders an inventory has a rollback journal while it is written (`connecting.settle`). After a kill
SQLite must play it back, or the file stays half written. But a journal may name a second, "super" journal, which SQLite
deletes after playing it back: whoever can lay a journal beside an inventory could have any file deleted that we may delete.
Ours never name one (we never write two databases in one transaction), so one that does is refused, and so is one that does
not fit.
Source: SQLite's file format, section 3, and pager.c (readSuperJournal, readJournalHdr, hasHotJournal).
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Literal

State = Literal["none", "idle", "hot", "foreign"]
"""`idle`: nothing of it was played into the file, it may be removed. `hot`: it must be played back before the file is read."""

MAGIC = bytes.fromhex("d9d505f920a163d7")
_HEADER_BYTES = 28
_PAGE_SIZES = frozenset(1 << bit for bit in range(9, 17))
_SECTOR_SIZES = frozenset(1 << bit for bit in range(5, 17))


def beside(path: Path) -> Path:
    """Where the journal of a database lies."""
    return path.with_name(path.name + "-journal")


def state_of(path: Path) -> State:
    """What the journal beside a database is. Raises OSError where it cannot be read."""
    journal = beside(path)
    if not journal.is_file():
        return "foreign" if journal.exists() or journal.is_symlink() else "none"
    if journal.is_symlink():
        return "foreign"
    with journal.open("rb") as stream:
        head = stream.read(_HEADER_BYTES)
        size = stream.seek(0, 2)
        stream.seek(max(0, size - len(MAGIC)))
        tail = stream.read(len(MAGIC))
    # A name of a super-journal ends in the magic bytes: the last thing in the journal. No page that we write ends so.
    if tail == MAGIC:
        return "foreign"
    if not head or head[0] == 0:
        return "idle"  # SQLite fills in the first bytes only when the pages in it are on the disk, before it writes to the file
    return "hot" if _fits(head, path) else "foreign"


def _fits(head: bytes, path: Path) -> bool:
    """Whether a journal's first header is of this database: its page size, and no more pages than it has."""
    if len(head) < _HEADER_BYTES or not head.startswith(MAGIC):
        return False
    pages, sector, page = (int.from_bytes(head[at : at + 4], "big") for at in (16, 20, 24))
    with path.open("rb") as stream:
        own = int.from_bytes(stream.read(18)[16:18], "big")
        bytes_now = stream.seek(0, 2)
    own = 65_536 if own == 1 else own
    return page == own and page in _PAGE_SIZES and sector in _SECTOR_SIZES and 0 < pages * page <= bytes_now


def clear(path: Path) -> None:
    """Remove an idle journal, so that nothing that lay in it is ever taken for ours. Only for the one who holds the lock."""
    with contextlib.suppress(OSError):
        if state_of(path) == "idle":
            beside(path).unlink()
