"""A back-up in one file, to store elsewhere: the whole record, locked with a passphrase unless somebody chose plain."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from camcensus.model.errors import DiskError, StoreError, need_room, on_disk, open_file, shown
from camcensus.store import opening, sealed
from camcensus.store.contents import Contents
from camcensus.store.schema import APPLICATION_ID
from camcensus.store.sharing import put_in_place

SUFFIX = ".camcensus-backup"
LOCKED = "This back-up is locked; give the passphrase that it was made with."
_HEAD_BYTES = 100


def write_backup(inventory: Contents, path: Path, passphrase: str | None, look: Callable[[], None]) -> tuple[str, int]:
    """The whole record as it is, at `path`; None leaves it unlocked. Gives the file's SHA-256 and size.

    A locked one is opened again after it was written, and what was in it compared. Raises StoreError.
    """
    if passphrase is not None:
        sealed.check_passphrase(passphrase)
    elif path.suffix != SUFFIX:
        raise DiskError(f"A back-up that is not locked must not look like a working file: give a name that ends in {SUFFIX}.")
    with on_disk(path):
        if path.exists() and path.samefile(inventory.path):
            raise DiskError(f"“{shown(path)}” is the record itself; give another name for the back-up.")
    with tempfile.TemporaryDirectory(prefix="camcensus-") as folder:
        copy = Path(folder) / "copy.camcensus"
        inventory.copy_to(copy, look)
        look()
        line = opening.digest_line(copy)
        with copy.open("ab") as end:
            end.write(line)
        digest = _digest(copy)
        need_room(path, copy.stat().st_size)

        def write(into: BinaryIO) -> None:
            with copy.open("rb") as source:
                if passphrase is None:
                    _copy(source.read, into.write, look)
                else:
                    sealed.seal(source, into, passphrase, look)

        def read_back(source: BinaryIO) -> None:
            found = hashlib.sha256()
            if passphrase is None:
                _copy(source.read, found.update, look)
            else:
                sealed.unseal(source, found.update, passphrase, look)
            if found.hexdigest() != digest:
                raise DiskError(f"“{shown(path)}” reads back differently from what was written; save it somewhere else.")

        return put_in_place(path, write, _is_backup, read_back, mode=0o600)


def is_locked(path: Path) -> bool:
    """Whether a file is a back-up that needs a passphrase. Raises DiskError."""
    with on_disk(path), open_file(path) as stream:
        return sealed.is_sealed(stream.read(_HEAD_BYTES))


@contextlib.contextmanager
def opened(backup: Path, passphrase: str | None, look: Callable[[], None] | None = None) -> Iterator[Path]:
    """A back-up as a plain inventory file: itself, or a private copy of what is locked in it, which is removed afterwards.

    Raises StoreError where it is locked and there is no passphrase or a wrong one, and where it is damaged.
    """
    if not is_locked(backup):
        yield backup
        return
    if passphrase is None:
        raise StoreError(LOCKED)
    folder = Path(tempfile.mkdtemp(prefix="camcensus-"))
    try:
        plain = folder / f"{backup.stem}.camcensus"
        with on_disk(backup), open_file(backup) as source, plain.open("wb") as into:
            sealed.unseal(source, into.write, passphrase, look)
        yield plain
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_backup(path: Path) -> bool:
    with open_file(path) as stream:
        head = stream.read(_HEAD_BYTES)
    plain = path.suffix == SUFFIX and head[68:72] == APPLICATION_ID.to_bytes(4, "big")
    return sealed.is_sealed(head) or plain


def _copy(read: Callable[[int], bytes], write: Callable[[bytes], object], look: Callable[[], None]) -> None:
    while some := read(1 << 20):
        look()
        if write(some) not in (None, len(some)):
            raise OSError(os.strerror(5))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
