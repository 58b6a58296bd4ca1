"""One Camcensus writes an inventory at a time: a lock on a small file beside it, freed by the system when we die."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import time
from pathlib import Path

WAIT_S = 2.0
"""How long to wait for another holder: a command that only prints holds the lock for well under a second."""

_LOCK_BYTE = 1024
"""Beyond the text in the file: Windows refuses others to read the bytes that are locked."""


class FileLock:
    """Held from a successful `acquire` until `release`. The lock file names who holds it, for the sentence."""

    def __init__(self, inventory: Path) -> None:
        self.path = inventory.with_name(inventory.name + ".lock")
        self._handle: int | None = None

    def acquire(self, wait_s: float | None = None) -> bool:
        """True when we hold it; False when another program does. Raises OSError where the folder cannot be written."""
        end = time.monotonic() + (WAIT_S if wait_s is None else wait_s)
        while not self._try():
            if time.monotonic() >= end:
                return False
            time.sleep(0.05)
        return True

    def _try(self) -> bool:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if not _take(handle) or not self._still_named(handle):
                os.close(handle)
                return False
            os.ftruncate(handle, 0)
            os.write(handle, f"{os.getpid()} {platform.node()}\n".encode())
        except BaseException:
            with contextlib.suppress(OSError):
                os.close(handle)
            raise
        self._handle = handle
        return True

    def _still_named(self, handle: int) -> bool:
        """Whether the file we locked is still the one at the path: the last holder may just have removed it."""
        if os.name == "nt":
            return True
        try:
            return os.path.samestat(os.fstat(handle), self.path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let go, and remove the lock file."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if os.name != "nt":
            with contextlib.suppress(OSError):
                self.path.unlink()
        os.close(handle)
        if os.name == "nt":
            with contextlib.suppress(OSError):
                self.path.unlink()

    def holder(self) -> str:
        """Who holds it, as far as the lock file says: "process 812 on OFFICE-PC", else "another program"."""
        try:
            number, _, computer = self.path.read_text("utf-8", "replace")[:200].strip().partition(" ")
        except OSError:
            return "another program"
        return f"process {int(number)} on {computer or 'this computer'}" if number.isdigit() else "another program"


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        os.lseek(handle, _LOCK_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
