"""The policy file of an IT team: where it lies on each system, and what may be in it. Reads only.

Every key is known here or the file is refused: a limit that was misspelt would be no limit.
"""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

from camcensus.model.errors import PolicyError
from camcensus.model.policy import GIVEN, PACES, Policy, all_of
from camcensus.model.words import clean

FURTHER = "CAMCENSUS_POLICY"
"""With this variable set, the files that it names (parted as in PATH) tighten the system's policy."""

SIZE_LIMIT_BYTES = 256 * 1024
ENTRIES_LIMIT = 1_000
CONTACT_LIMIT_CHARACTERS = 200
NAME = "policy.toml"


def system_place() -> Path:
    """Where this system's policy lies; only an administrator can write there."""
    if sys.platform == "win32":
        return Path("C:\\ProgramData\\Camcensus") / NAME  # %ProgramData% may be set by anybody
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Camcensus") / NAME
    return Path("/etc/camcensus") / NAME


def read_in_force() -> Policy:
    """The system's policy, tightened by the files that CAMCENSUS_POLICY names. Never raises: `problem` says what cannot be
    used, and then nothing may be searched.
    """
    found: list[Policy] = []
    place = system_place()
    if _is_there(place):
        found.append(_read_or_problem(place))
    for name in filter(None, os.environ.get(FURTHER, "").split(os.pathsep)):
        found.append(_read_or_problem(Path(name)))
    return all_of(found)


def read_policy(path: Path) -> Policy:
    """The policy in a file. Raises PolicyError, one sentence that names the file and what is wrong with it."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise _Wrong("it is no file")
            data = stream.read(SIZE_LIMIT_BYTES + 1)
        if len(data) > SIZE_LIMIT_BYTES:
            raise _Wrong("it is too large")
        return _policy(tomllib.loads(data.decode("utf-8-sig")), str(path))
    except _Wrong as error:
        reason = str(error)
    except UnicodeDecodeError:
        reason = "it is not text in UTF-8"
    except (ValueError, RecursionError) as error:
        reason = f"it is no TOML: {clean(str(error), 120)}"
    except OSError as error:
        reason = clean(error.strerror or "no reason given", 80).lower()
    raise PolicyError(
        f"The policy file {clean(str(path), 160)} cannot be used ({reason}), so nothing is searched; ask your IT team."
    )


class _Wrong(Exception):
    """What is wrong with the file, as part of a sentence."""


def _read_or_problem(path: Path) -> Policy:
    try:
        return read_policy(path)
    except PolicyError as error:
        return Policy(files=(str(path),), problem=str(error))


def _is_there(path: Path) -> bool:
    """False only where there certainly is none: a folder that may not be looked into may hold one."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _policy(values: Mapping[str, Any], path: str) -> Policy:
    read: dict[str, Any] = {}
    for table, entries in values.items():
        if table == "contact":
            read["contact"] = _contact("contact", entries)
            continue
        known = KEYS.get(table)
        if known is None:
            raise _Wrong(f"it has “{clean(table, 40)}”, which Camcensus does not know")
        if not isinstance(entries, dict):
            raise _Wrong(f"“{table}” must be a table, [{table}]")
        for key, value in entries.items():
            if key not in known:
                raise _Wrong(f"[{table}] has “{clean(key, 40)}”, which Camcensus does not know")
            read[key] = known[key](key, value)
    return Policy(files=(path,), **read)


def _contact(key: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > CONTACT_LIMIT_CHARACTERS or not value.isprintable():
        raise _Wrong(f"“{key}” must be one line of text, of at most {CONTACT_LIMIT_CHARACTERS} characters")
    return value.strip().rstrip(".")


def _yes_no(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(f"“{key}” must be true or false")
    return value


def _texts(key: str, value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > ENTRIES_LIMIT or not all(isinstance(one, str) for one in value):
        raise _Wrong(f"“{key}” must be a list of texts in quotes, {ENTRIES_LIMIT:,} at most")
    return value


def _ranges(key: str, value: object) -> tuple[str, ...]:
    found: list[str] = []
    for text in _texts(key, value):
        try:
            found.append(str(IPv4Network(text.strip())))
        except ValueError:
            raise _Wrong(f"“{clean(text, 40)}” in “{key}” is no range like 10.0.0.0/24") from None
    return tuple(dict.fromkeys(found))


def _folders(key: str, value: object) -> tuple[str, ...]:
    found: list[str] = []
    for text in _texts(key, value):
        path = Path(os.path.expanduser(os.path.expandvars(text.strip())))  # noqa: PTH111 – leaves what has no home as it is
        if not text.strip() or not path.is_absolute() or "%" in str(path) or "$" in str(path):
            raise _Wrong(f"“{clean(text, 80)}” in “{key}” is no whole path of a folder on this computer")
        found.append(os.path.normpath(path))
    return tuple(dict.fromkeys(found))


def _some_of(every: tuple[str, ...]) -> Callable[[str, object], tuple[str, ...]]:
    def read(key: str, value: object) -> tuple[str, ...]:
        texts = _texts(key, value)
        strange = next((text for text in texts if text not in every), None)
        if strange is not None:
            raise _Wrong(f"“{clean(strange, 40)}” in “{key}” is none of {', '.join(every)}")
        return tuple(one for one in every if one in texts)

    return read


KEYS: Mapping[str, Mapping[str, Callable[[str, object], Any]]] = {
    "search": {
        "allowed_ranges": _ranges,
        "never_ask": _ranges,
        "paces": _some_of(PACES),
        "passive_only": _yes_no,
        "logins": _yes_no,
        "name_user": _yes_no,
    },
    "files": {"folders": _folders, "for_others": _some_of(GIVEN)},
}
"""Table, key, and what reads its value; beside them there is `contact`."""
