"""Looks at an exchange file as if an enemy had made it. Runs in a process of its own (`rollup_worker`), on a private copy.

Source: SQLite, "Defense Against The Dark Arts" (sqlite.org/security.html). A crafted journal beside a database makes SQLite
delete files; views, triggers and generated columns run code; one row may ask for a gigabyte; a page may point at itself.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from collections.abc import Container, Iterable, Mapping
from contextlib import closing
from dataclasses import field
from pathlib import Path
from typing import Any, Literal

from camcensus.model import frozen
from camcensus.model.errors import disk_error, shown
from camcensus.model.letters import is_sheet, letter_words
from camcensus.store.exchange_file import schema as exchange_schema
from camcensus.store.exchange_file.reading import check_exchange
from camcensus.store.exchange_file.schema import TableDigest, digest_of
from camcensus.store.private_copy import has_sound_rows, open_private_copy, parts_made_by, parts_of
from camcensus.store.rollup.schema import APPLICATION_ID as ROLLUP_ID
from camcensus.store.schema import APPLICATION_ID as INVENTORY_ID
from camcensus.store.sealed import is_sealed

SIZE_LIMIT_BYTES = 1 << 30
"""An export of 20,000 devices is about 150 MB."""
LONG = frozenset({("observation", "fields"), ("export", "tables"), ("export", "left_out"), ("finding", "path"),
                  ("evidence", "seen"), ("about", "text"), ("scan", "not_covered"), ("scan", "interfaces")})  # fmt: skip
JSON = {("device", "addresses"): "array", ("observation", "fields"): "object", ("attribution", "candidates"): "array",
        ("export", "tables"): "object"}  # fmt: skip
TIME_S, TIME_S_PER_MB = 3.0, 0.1
"""Processor time that the checks of a file may take: a sound one takes about 0.02 s a megabyte."""
HEAP_LIMIT_BYTES = 256 << 20
_READ_BYTES = 256 << 10
_UTF8 = b"\0\0\0\1"
"""The encoding of texts in a database's first bytes: one of another encoding cannot be read beside ours."""
_SIDE_FILES = ("-journal", "-wal", "-shm")
_WORKING_FILE = "this is the working file; use Share"


@frozen
class Inspected:
    """What a file is. `why` is one word for programs, `reason` a sentence for people; both empty for a sound one.

    `export` and `body` are its one row of each; `copy` is the private copy that was looked at, for a sound file only.
    """

    ending: Ending
    why: str = ""
    reason: str = ""
    sha256: str | None = None
    copy: str | None = None
    export: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    signer: str | None = None


def inspect(path: Path, copy: Path, known: Container[str] = ()) -> Inspected:
    """Every check we know. `copy` is where the private copy goes; it is removed again unless the file is sound.

    `known` are SHA-256 of files that need not be looked at again. Writes nothing else, and nothing beside `path`.
    """
    found = _inspected(path, copy, known)
    if found.ending != "sound":
        copy.unlink(missing_ok=True)
    return found


def _inspected(path: Path, copy: Path, known: Container[str]) -> Inspected:
    sha256 = None
    try:
        size, sha256 = _copy(path, copy)
        return _inspect(path, copy, known, sha256, size)
    except NotSound as no:
        return Inspected(no.ending, no.why, no.reason, sha256)
    except (sqlite3.Error, MemoryError, ValueError, OverflowError, RecursionError) as error:
        if "interrupt" in str(error):
            return Inspected("refused", "too-slow", f"“{shown(path)}” takes too long to read; ask for it again.", sha256)
        return Inspected("refused", "damaged", damaged(path), sha256)
    except OSError as error:
        return Inspected("refused", "unreadable", str(disk_error(path, error)), sha256)


def _inspect(path: Path, copy: Path, known: Container[str], sha256: str, size: int) -> Inspected:
    if sha256 in known:
        return Inspected("known", sha256=sha256)
    with closing(open_copy(copy, seconds=TIME_S + TIME_S_PER_MB * size / 1e6)) as connection:
        digests = _check(connection, size, path)
        export = _only_row(connection, "export", path)
        body = _only_row(connection, "body", path)
        if connection.execute("PRAGMA freelist_count").fetchone() != (0,):  # what was deleted would travel with it
            raise NotSound(
                "changed", f"“{shown(path)}” was changed in another program since it was made; ask them to send it again."
            )
        checked = check_exchange(connection, digests=digests)
    if not checked.sound:
        word = "signed" if checked.state == "changed-since-signed" else "written"
        reason = f"“{shown(path)}” has changed since it was {word}; ask them to send it again."
        return Inspected("held", "changed", reason, sha256, export=export, body=body)
    return Inspected("sound", "", "", sha256, str(copy), export, body, checked.fingerprint)


def _copy(path: Path, copy: Path) -> tuple[int, str]:
    """The size and the SHA-256, after its first bytes were looked at and the private copy was made."""
    name = shown(path)
    seen = path.lstat()
    if stat.S_ISLNK(seen.st_mode):
        raise NotSound("link", f"“{name}” is a link to another file; give the file itself.")
    if stat.S_ISDIR(seen.st_mode):
        raise NotSound(
            "no-file", f"The folder “{name}” could not be opened, so nothing in it was looked at; check who may read it."
        )
    if not stat.S_ISREG(seen.st_mode):
        raise NotSound("no-file", f"“{name}” is not an ordinary file; give an exchange file.")
    for suffix in _SIDE_FILES:
        if os.path.lexists(f"{path}{suffix}"):
            raise NotSound(
                "side-file",
                f"Beside “{name}” lies a file “{shown(path)}{suffix}”, so it is open in another program or was changed by one;"
                " ask for the file again.",
            )
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as source:
        now = os.fstat(source.fileno())
        if not stat.S_ISREG(now.st_mode) or (now.st_dev, now.st_ino) != (seen.st_dev, seen.st_ino):
            raise NotSound("no-file", f"“{name}” was changed while it was read; try again.")
        size = now.st_size
        head = source.read(100)
        look_at_head(head, size, name)
        digest = hashlib.sha256(head)
        left = size - len(head)
        room = memoryview(bytearray(_READ_BYTES))
        with copy.open("xb") as target:
            target.write(head)
            while left > 0 and (number := source.readinto(room[: min(left, _READ_BYTES)])):
                digest.update(room[:number])
                target.write(room[:number])
                left -= number
        if left or source.read(1):
            raise NotSound("no-file", f"“{name}” was changed while it was read; try again.")
    return size, digest.hexdigest()


def look_at_head(head: bytes, size: int, name: str) -> None:
    """Whether a file can be an exchange file, by its first 100 bytes. Raises NotSound."""
    kind = _kind_of_database(head, size, name)
    if kind == INVENTORY_ID:
        raise NotSound("working-file", f"“{name}”: {_WORKING_FILE}.")
    if kind == ROLLUP_ID:
        raise NotSound("rollup", f"“{name}” is a roll-up file itself; give the exchange files it was made from.")
    if kind != exchange_schema.APPLICATION_ID:
        raise NotSound("not-ours", f"“{name}” was made by another program; give an exchange file of Camcensus.")
    if size > SIZE_LIMIT_BYTES:
        raise NotSound("too-large", f"“{name}” is larger than {SIZE_LIMIT_BYTES >> 20:,} MB, and no exchange file is.")
    if head[18:20] != b"\1\1":
        raise NotSound("changed", f"“{name}” was opened for writing by another program; ask them to send it again.")
    page = int.from_bytes(head[16:18], "big")
    if (65_536 if page == 1 else page) * int.from_bytes(head[28:32], "big") != size:
        raise NotSound("damaged", f"“{name}” is cut short or damaged; ask them to send it again.")
    version = int.from_bytes(head[60:64], "big", signed=True)
    if version > exchange_schema.SCHEMA_VERSION:
        raise NotSound("newer", f"“{name}” was made by a newer Camcensus; update Camcensus, then give it again.", "held")
    if version != exchange_schema.SCHEMA_VERSION:
        raise NotSound("not-ours", f"“{name}” was made by an older Camcensus, so it is not read; ask them to send it again.")


def _kind_of_database(head: bytes, size: int, name: str) -> int:
    """The application number in the first 100 bytes of a database. Raises NotSound."""
    start = head.lstrip()[:9].lower()
    if not size:
        raise NotSound("empty", f"“{name}” is empty; ask them to send it again.")
    if letter := letter_words(head, name):
        raise NotSound("letter", letter)
    if is_sheet(head, name):
        raise NotSound("sheet", f"“{name}” is a spreadsheet; give it as answers, or as the list of those you asked.")
    if head.startswith(b"PK"):
        raise NotSound("zip", f"“{name}” is a ZIP file without an exchange file in it; unpack it to see what it is.")
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        raise NotSound(
            "html", f"“{name}” is a web page, perhaps the one it was to be downloaded from; ask them to send it again."
        )
    if is_sealed(head):
        raise NotSound("backup", f"“{name}” is a locked back-up; ask for the file that Share makes for auditors.")
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0") or head[56:60] != _UTF8:
        raise NotSound("not-ours", f"“{name}” is not a file that Camcensus made; give an exchange file.")
    return int.from_bytes(head[68:72], "big")


def open_copy(copy: Path, *, seconds: float) -> sqlite3.Connection:
    """A connection that only reads a private copy of an exchange file."""
    return open_private_copy(copy, longest_bytes=2 * TEXT_LIMIT_BYTES, seconds=seconds, wide_rows=True)


def _check(connection: sqlite3.Connection, size: int, path: Path) -> dict[str, TableDigest]:
    """Everything but what the file says of itself; gives the digests, for which every row is read."""

    def one(pragma: str) -> int:
        return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    if one("page_size") * one("page_count") != size:
        raise NotSound("damaged", damaged(path))
    # Only tables spelt exactly as ours: no view, trigger, index, virtual table, generated column, default or check of theirs.
    ours = parts_made_by(exchange_schema.SCHEMA)
    if parts_of(connection) != ours:
        say = f"“{shown(path)}” holds other tables or columns than an exchange file, a view or a trigger; ask for it again."
        raise NotSound("schema", say)
    if not has_sound_rows(connection, ours):
        raise NotSound("damaged", damaged(path))
    digests = {}
    for table in exchange_schema.TABLES:
        try:
            digests[table] = digest_of(connection, table)
        except sqlite3.DataError:  # longer than SQLite may read: that is said
            check_lengths(connection, table, path, LONG)
            raise
        if not digests[table].is_text:
            raise NotSound("damaged", damaged(path))
        if digests[table].longest_bytes > SHORT_LIMIT_BYTES:
            check_lengths(connection, table, path, LONG)
        check_json(connection, table, path, JSON)
    return digests


def _only_row(connection: sqlite3.Connection, table: str, path: Path) -> dict[str, Any]:
    cursor = connection.execute(f"SELECT * FROM {table} LIMIT 2")
    rows = cursor.fetchall()
    if len(rows) != 1:
        raise NotSound("rows", f"“{shown(path)}” does not say once whose it is; ask them to send it again.")
    return dict(zip((column[0] for column in cursor.description), rows[0], strict=True))


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
