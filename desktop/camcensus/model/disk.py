"""What the disk refused, in one sentence fit for staff."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

from camcensus.model.errors import DiskError
from camcensus.model.words import clean

PATIENT_S = 2.0
"""How long security software may look at a file that was just written, before a person is told."""


def patiently[T](act: Callable[[], T]) -> T:
    """What `act` gives; on Windows tried again for PATIENT_S while another program has the file open. Raises OSError."""
    end = time.monotonic() + (PATIENT_S if sys.platform == "win32" else 0)
    while True:
        try:
            return act()
        except PermissionError:
            if time.monotonic() >= end:
                raise
        time.sleep(0.05)


def open_given(path: PurePath) -> BinaryIO:
    """An ordinary file that somebody gave, opened for reading: a pipe would be waited for, and a device may have no end.

    Raises OSError, as `open` does, and for what is no ordinary file.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0))
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENODEV
    raise OSError(code, os.strerror(code), str(path))


def shown(path: PurePath) -> str:
    """A file's name fit for a sentence."""
    return clean(path.name or str(path), 80)


def disk_error(path: PurePath, error: OSError) -> DiskError:
    """The operating system's refusal to read or write `path`, as a sentence that says what to do."""
    name, folder, code = shown(path), clean(str(path.parent), 120), error.errno
    if code in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return DiskError(f"The disk is full, so “{name}” was not saved; free some space and try again.")
    if code in (errno.EACCES, errno.EPERM) and sys.platform == "win32":
        # Windows says the same of a file that Excel or a PDF viewer has open, which is what mostly happens.
        return DiskError(
            f"“{name}” in “{folder}” cannot be read or written: another program has it open, or you may not write there; "
            "close it there, or choose another folder."
        )
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DiskError(
            f"You may not read or write “{name}” in “{folder}” (read-only or no permission); choose another folder."
        )
    if code in (errno.ENOENT, errno.ENOTDIR):
        return DiskError(f"There is no “{name}” in “{folder}”, or that folder does not exist; check the name and the folder.")
    if code == errno.EISDIR:
        return DiskError(f"“{name}” is a folder; give the name of a file.")
    if code in (errno.ENODEV, errno.ENXIO):
        return DiskError(f"“{name}” is a device or a pipe, not a file; give another name.")
    if code == errno.ENAMETOOLONG:
        return DiskError(f"The name “{name}” is too long for this disk; choose a shorter one.")
    if code == errno.EINVAL and sys.platform == "win32":
        return DiskError(f"Windows does not take “{name}” in “{folder}” as the name of a file; choose another name.")
    return DiskError(f"“{name}” could not be read or written ({clean(error.strerror or 'disk error', 80)}); check the disk.")
