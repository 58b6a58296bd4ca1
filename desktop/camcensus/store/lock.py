"""One Camcensus writes an inventory at a time: a lock on a small file beside it, freed by the system when we die.

Own code: filelock (4.3) takes a pipe or a file with a second name for its lock, does not say who holds it, and where a disk
has no locks it makes do with a file that stays behind when we die.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import platform
import sys
import time
from pathlib import Path

from camcensus.model.errors import open_alone
from camcensus.model.words import clean

WAIT_S = 2.0
"""How long to wait for another holder: a command that only prints holds the lock for well under a second."""

_LOCK_BYTE = 1024
"""Beyond the text in the file: Windows refuses others to read the bytes that are locked."""


class FileLock:
    """Held from a successful `acquire` until `release`. The lock file names who holds it, for the sentence."""

    def __init__(self, inventory: Path, *, copied: bool = False) -> None:
        """`copied`: the folder is copied to other computers, whose locks are not seen here but whose lock files are."""
        self.path = inventory.with_name(inventory.name + ".lock")
        self.elsewhere = False
        """True where `acquire` failed because the lock file names another computer."""
        self._copied = copied
        self._handle: int | None = None

    def acquire(self, wait_s: float | None = None) -> bool:
        """True when we hold it; False when another program does. Raises OSError where the folder cannot be written.

        DiskError where the lock file is a link or no file: then it is not ours.
        """
        end = time.monotonic() + (WAIT_S if wait_s is None else wait_s)
        while not self._try():
            if time.monotonic() >= end:
                return False
            time.sleep(0.05)
        return True

    def _try(self) -> bool:
        handle = open_alone(self.path)
        try:
            if not _take(handle) or not self._still_named(handle) or self._is_elsewhere(handle):
                os.close(handle)
                return False
            os.ftruncate(handle, 0)
            os.write(handle, f"{os.getpid()} {platform.node() or '-'} {_user()}\n".encode("utf-8", "replace"))
        except BaseException:
            with contextlib.suppress(OSError):
                os.close(handle)
            raise
        self._handle = handle
        return True

    def _is_elsewhere(self, handle: int) -> bool:
        """Whether another computer left its lock file here: open there, or switched off without closing; we cannot tell."""
        computer = os.read(handle, 200).decode("utf-8", "replace").partition(" ")[2].partition(" ")[0].strip()
        os.lseek(handle, 0, os.SEEK_SET)
        self.elsewhere = self._copied and computer not in ("", "-", platform.node())
        return self.elsewhere

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
        """Who holds it, as the lock file says: "process 812 on OFFICE-PC, user r.khan", else "another program"."""
        number, computer, user = self._said()
        if number is None:
            return "another program"
        where = clean(computer, 60) if computer not in ("", "-") else "this computer"
        return f"process {number} on {where}" + (f", user {clean(user, 60)}" if user else "")

    def process(self) -> int | None:
        """The process on this computer that holds it, as the lock file says; None where it says none."""
        number, computer, _ = self._said()
        return number if computer in ("", "-", platform.node()) else None

    def _said(self) -> tuple[int | None, str, str]:
        try:
            handle = os.open(self.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            with os.fdopen(handle, "rb") as stream:
                number, _, rest = stream.read(200).decode("utf-8", "replace").strip().partition(" ")
        except OSError:
            return None, "", ""
        computer, _, user = rest.partition(" ")
        return (int(number[:12]) if number.isascii() and number.isdigit() else None), computer, user


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a computer without user names
        return ""


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
