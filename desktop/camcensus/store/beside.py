"""The files that we open for writing beside a file from outside: each is ours alone, or it is not touched.

Whoever gives a person a folder can lay links in it, by whose names we would write into another file of that person. So what
lies beside must be an ordinary file of one name, in the folder itself.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from camcensus.model.disk import disk_error, shown
from camcensus.model.errors import DamagedFileError, DiskError

SIDE_FILES = ("-journal", "-wal", "-shm", ".lock")
"""What we and SQLite make beside a database that is written. Source: SQLite, "Temporary Files Used By SQLite"."""

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def refuse_links(path: Path) -> None:
    """Raises DamagedFileError where a link, a pipe or a folder lies beside a database under the name of a file of ours."""
    for suffix in SIDE_FILES:
        side = path.with_name(path.name + suffix)
        try:
            if not _is_alone(side.lstat()):
                raise DamagedFileError(
                    f"“{shown(side)}”, beside “{shown(path)}”, is a link or no ordinary file, and Camcensus makes none such; "
                    "move it away, then open again."
                )
        except FileNotFoundError:
            continue
        except OSError as error:
            raise disk_error(side, error) from error


def open_alone(path: Path) -> int:
    """A handle to read and write an ordinary file of one name, made where it is not there; nothing in it is changed.

    Raises DiskError where it is a link, a pipe or has a second name, OSError where the system refuses.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINKS, 0o600)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO):
            raise _odd(path) from error
        raise
    if (_NO_LINKS and not _is_alone(os.fstat(handle))) or (os.name == "nt" and not _is_alone(path.lstat())):
        os.close(handle)
        raise _odd(path)
    return handle


def _is_alone(state: os.stat_result) -> bool:
    """Whether a file is ordinary and has one name, or none any more."""
    is_point = bool(getattr(state, "st_file_attributes", 0) & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0))
    return stat.S_ISREG(state.st_mode) and state.st_nlink <= 1 and not is_point


def _odd(path: Path) -> DiskError:
    return DiskError(
        f"“{shown(path)}” is a link or no ordinary file, and Camcensus makes none such; move it away, then try again."
    )
