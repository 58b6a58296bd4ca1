"""Errors that name whose fault it is. `str(error)` is one sentence fit for staff."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import BinaryIO

from camcensus.model.words import clean


class CamcensusError(Exception):
    """Base of all expected errors. Anything else that escapes is a bug of ours."""


class WireError(CamcensusError):
    """The peer sent something its protocol does not allow."""


class DiscoveryError(CamcensusError):
    """This network, or this computer's place in it, stopped us."""


class ScopeError(DiscoveryError):
    """A network or range that may not be scanned, or an interface that does not exist."""


class IntakeError(CamcensusError):
    """A file that a person brought cannot be read at all."""


class DeviceListError(IntakeError):
    """A file lists what is on a network (leases, a switch's table, a capture), and is no register."""


class EncodingUnknownError(IntakeError):
    """A text file does not say how its letters are written, and no guess fits: a person can name the encoding."""


class StoreError(CamcensusError):
    """An inventory or another file of ours cannot be used."""


class NotOurFileError(StoreError):
    """The file is not a Camcensus file."""


class NewerFileError(StoreError):
    """The file was made by a newer Camcensus; nothing was written to it."""


class DamagedFileError(StoreError):
    """The file is ours and does not hold together."""


class FileBusyError(StoreError):
    """Another program, or another Camcensus, has the file open."""


class DiskError(StoreError):
    """The disk refused: full, read-only, or no permission."""


class NotStartedError(IntakeError, StoreError):
    """The system did not start a process that looks at strangers' files. No file is to blame."""


class SignatureError(StoreError):
    """A signed file is not what was signed, or not signed by a key that we take."""


class UpdateError(StoreError):
    """An update of the knowledge base was refused; what was in use stays."""


class NoUpdateKeyError(UpdateError):
    """There is no key to check an update with."""


class PolicyError(StoreError):
    """A policy file of the IT team cannot be used, or it does not allow what was asked for."""


class KnowledgeError(CamcensusError):
    """Our own sources, or the vendors.db built from them, are wrong."""


class DemoError(CamcensusError):
    """The simulated estate cannot be started on this computer."""


# What the disk refused, in one sentence fit for staff.

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


SPARE_BYTES = 1 << 20
"""What is to be left on a disk beside what is written: journals, names, other programs."""
_ALMOST_FULL_BYTES = 100 << 20


def free_bytes(path: Path) -> int | None:
    """What may still be written to the disk of a file, None where the system will not say."""
    try:
        return shutil.disk_usage(path.parent).free
    except (OSError, ValueError):
        return None


def need_room(path: Path, needed_bytes: int) -> None:
    """Raises DiskError, with what is needed and what there is, where the disk has no room for so much more at `path`."""
    free = free_bytes(path)
    if free is not None and free < needed_bytes + SPARE_BYTES:
        needed, left = _size(needed_bytes + SPARE_BYTES), _size(free)
        raise DiskError(
            f"“{shown(path)}” needs about {needed} and its disk has {left} free, so it was not written; free some "
            "space and try again."
        )


def how_full(path: Path) -> str:
    """ " (3 MB free)" for a disk that is almost full, else "": a refusal can also come from a limit for one person."""
    free = free_bytes(path)
    return f" ({_size(free)} free)" if free is not None and free < _ALMOST_FULL_BYTES else ""


def _size(count_bytes: int) -> str:
    return f"{-(-count_bytes // 1_000_000):,} MB" if count_bytes >= 1_000_000 else f"{count_bytes // 1000} kB"


class NotAFileError(OSError):
    """A device, a pipe or a socket where a file was meant: it would be waited for, or written over."""


def open_file(path: Path) -> BinaryIO:
    """A file that somebody named, open for reading. Raises OSError, NotAFileError for what is no file; waits for no pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise NotAFileError(errno.EINVAL, os.strerror(errno.EINVAL))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def open_alone(path: Path, mode: int = 0o600) -> int:
    """A handle to read and write an ordinary file of one name, made where it is not there; nothing in it is changed.

    What lies in a folder from outside may be a link, by whose name we would write into another file of the person. Raises
    DiskError where it is a link, a pipe or has a second name, OSError where the system refuses.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINKS, mode)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO):
            raise _odd(path) from error
        raise
    if (_NO_LINKS and not is_alone(os.fstat(handle))) or (os.name == "nt" and not is_alone(path.lstat())):
        os.close(handle)
        raise _odd(path)
    return handle


def is_alone(state: os.stat_result) -> bool:
    """Whether a file is ordinary and has one name, or none any more."""
    is_point = bool(getattr(state, "st_file_attributes", 0) & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0))
    return stat.S_ISREG(state.st_mode) and state.st_nlink <= 1 and not is_point


_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _odd(path: Path) -> DiskError:
    return DiskError(
        f"“{shown(path)}” is a link or no ordinary file, and Camcensus makes none such; move it away, then try again."
    )


def refuse_odd(path: Path) -> None:
    """Raises NotAFileError where a device, a pipe or a socket is at `path`, OSError where the system will not say."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise NotAFileError(errno.EINVAL, os.strerror(errno.EINVAL))


def shown(path: PurePath) -> str:
    """A file's name fit for a sentence."""
    return clean(path.name or str(path), 80)


def is_full(error: OSError) -> bool:
    """Whether there was no room for what was written, on the disk or in what one person may fill of it."""
    return error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def disk_error(path: PurePath, error: OSError) -> DiskError:
    """The operating system's refusal to read or write `path`, as a sentence that says what to do."""
    name, folder, code = shown(path), clean(str(path.parent), 120), error.errno
    if isinstance(error, NotAFileError) or code == errno.ENXIO:
        return DiskError(f"“{name}” is a device or a pipe, not a file; give another name.")
    if is_full(error):
        return DiskError(f"The disk is full{how_full(Path(path))}, so “{name}” was not saved; free some space and try again.")
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
    if code == errno.ELOOP:
        return DiskError(f"“{name}” in “{folder}” is a link that leads to itself; give another name.")
    if code == errno.EISDIR:
        return DiskError(f"“{name}” is a folder; give the name of a file.")
    if code in (errno.ENODEV, errno.ENXIO):
        return DiskError(f"“{name}” is a device or a pipe, not a file; give another name.")
    if code == errno.ENAMETOOLONG:
        return DiskError(f"The name “{name}” is too long for this disk; choose a shorter one.")
    if code == errno.EINVAL and sys.platform == "win32":
        return DiskError(f"Windows does not take “{name}” in “{folder}” as the name of a file; choose another name.")
    return DiskError(f"“{name}” could not be read or written ({clean(error.strerror or 'disk error', 80)}); check the disk.")


@contextlib.contextmanager
def on_disk(path: Path) -> Iterator[None]:
    """What the disk refuses within is a DiskError about `path`."""
    try:
        yield
    except OSError as error:
        raise disk_error(path, error) from error
