"""The files that we open for writing beside a file from outside: each is ours alone, or it is not touched.

Whoever gives a person a folder can lay links in it, by whose names we would write into another file of that person. So what
lies beside must be an ordinary file of one name, in the folder itself.
"""

from __future__ import annotations

import errno
from pathlib import Path

from camcensus.model.errors import DamagedFileError, disk_error, is_alone, shown

SIDE_FILES = ("-journal", "-wal", "-shm", ".lock")
"""What we and SQLite make beside a database that is written. Source: SQLite, "Temporary Files Used By SQLite"."""


def where_it_lies(path: Path) -> Path:
    """The file itself, where `path` is a link to it: SQLite looks beside that one for a journal, and so do we."""
    try:
        return path.resolve() if path.is_symlink() and path.exists() else path
    except (OSError, RuntimeError) as error:
        raise disk_error(path, error if isinstance(error, OSError) else OSError(errno.ELOOP, "")) from error


def refuse_links(path: Path) -> None:
    """Raises DamagedFileError where a link, a pipe or a folder lies beside a database under the name of a file of ours."""
    for suffix in SIDE_FILES:
        side = path.with_name(path.name + suffix)
        try:
            if not is_alone(side.lstat()):
                raise DamagedFileError(
                    f"“{shown(side)}”, beside “{shown(path)}”, is a link or no ordinary file, and Camcensus makes none such; "
                    "move it away, then open again."
                )
        except FileNotFoundError:
            continue
        except OSError as error:
            raise disk_error(side, error) from error
