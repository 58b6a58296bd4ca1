"""Looks at the rows of a stranger's database beyond what SQLite's own checks see: lengths, encoding, kinds of JSON."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Literal

from camcensus.model.errors import shown

TEXT_LIMIT_BYTES = 1 << 20
"""Longest text in a row: what a device said in one reply, as JSON. SQLite refuses longer ones while it reads."""
SHORT_LIMIT_BYTES = 16_384
"""Longest text in any column but LONG."""
Ending = Literal["sound", "known", "held", "refused"]
_BEGINS = {"array": "[", "object": "{"}
_BLANKS = "char(32, 9, 10, 13)"
_OCTETS = 'octet_length("{}")' if sqlite3.sqlite_version_info >= (3, 43) else 'length(CAST("{}" AS BLOB))'


class NotSound(Exception):
    """Why a file is not accepted: a word for programs and a sentence."""

    def __init__(self, why: str, reason: str, ending: Ending = "refused") -> None:
        super().__init__(reason)
        self.why, self.reason, self.ending = why, reason, ending


def damaged(path: Path) -> str:
    """The sentence about a file that is no sound one."""
    return f"“{shown(path)}” is damaged or was not made by Camcensus as it is; ask them to send it again."


def check_lengths(connection: sqlite3.Connection, table: str, path: Path, long: Container[tuple[str, str]]) -> None:
    """The length of each text of each row in bytes. Raises NotSound."""
    limits = {name: TEXT_LIMIT_BYTES if (table, name) in long else SHORT_LIMIT_BYTES for name in _texts(connection, table)}
    _refuse(connection, table, path, (f"{_OCTETS.format(name)} > {limit}" for name, limit in limits.items()))


def _texts(connection: sqlite3.Connection, table: str) -> list[str]:
    columns = connection.execute(f"PRAGMA table_info('{table}')").fetchall()
    return [name for _, name, declared, *_ in columns if declared == "TEXT"]


def check_json(connection: sqlite3.Connection, table: str, path: Path, json: Mapping[tuple[str, str], str]) -> None:
    """The kind of what is known to be JSON: its first letter tells. Raises NotSound."""
    begins = {name: _BEGINS[kind] for (of, name), kind in json.items() if of == table}
    other = f"(substr(\"{{0}}\", 1, 1) IS NOT '{{1}}' AND substr(ltrim(\"{{0}}\", {_BLANKS}), 1, 1) IS NOT '{{1}}')"
    _refuse(connection, table, path, (other.format(*one) for one in begins.items()))


def _refuse(connection: sqlite3.Connection, table: str, path: Path, tests: Iterable[str]) -> None:
    wrong = " OR ".join(tests)
    if wrong and connection.execute(f'SELECT 1 FROM "{table}" WHERE {wrong} LIMIT 1').fetchone() is not None:
        raise NotSound("rows", f"“{shown(path)}” holds values that no exchange file has; ask them to send it again.")
