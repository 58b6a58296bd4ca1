"""Looks into an exchange file as if an enemy had made it: whoever gives one away may have changed it.

Source: SQLite, "Defense Against The Dark Arts" (sqlite.org/security.html). What is read is a private copy without what lies
beside the file; its tables must be spelt exactly as ours, so there is no view, trigger, virtual table or computed column.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from camcensus.model import frozen
from camcensus.model.errors import DamagedFileError, NewerFileError, NotOurFileError, SignatureError, on_disk, open_file, shown
from camcensus.store.exchange_file.schema import (
    APPLICATION_ID,
    HASHED,
    SCHEMA,
    SCHEMA_VERSION,
    TableDigest,
    columns_of,
    digest_of,
    signed_text,
)
from camcensus.store.named_rows import read
from camcensus.store.private_copy import has_sound_rows, open_private_copy, parts_made_by, parts_of
from camcensus.store.sentences import SQLITE_ERRORS
from camcensus.store.signatures import PublicKey, read_public_key, verify

SIZE_LIMIT_BYTES = 2 << 30
TIME_LIMIT_S = 30.0
"""20,000 devices take some seconds."""
TEXT_LIMIT_BYTES = 8 << 20
"""The longest field of a reply has 4 KiB, and a reply has 512 of each at most."""

_HEADER = b"SQLite format 3\0"


def is_exchange(path: Path) -> bool:
    """Whether the first bytes of a file say that it is an exchange file; False also where it cannot be read."""
    try:
        with open_file(path) as stream:
            head = stream.read(72)
    except OSError:
        return False
    return head.startswith(_HEADER) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


@contextlib.contextmanager
def reading_exchange(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a private copy of an exchange file, for reading; what takes too long is ended.

    Raises NotOurFileError, NewerFileError, DamagedFileError, DiskError; within it SQLITE_ERRORS become DamagedFileError.
    """
    damaged = DamagedFileError(f"“{shown(path)}” is damaged or was tampered with, so it was not read; ask for it again.")
    with on_disk(path):
        if not path.is_file() or not is_exchange(path):
            raise NotOurFileError(
                f"“{shown(path)}” is not an exchange file of Camcensus; choose one that was made for auditors."
            )
        if path.stat().st_size > SIZE_LIMIT_BYTES:
            raise NotOurFileError(f"“{shown(path)}” is larger than an exchange file can be; ask who made it.")
        with tempfile.TemporaryDirectory(prefix="camcensus-") as folder:
            copy = Path(folder) / "copy.camcensus"
            shutil.copyfile(path, copy)
            try:
                with contextlib.closing(
                    open_private_copy(copy, longest_bytes=TEXT_LIMIT_BYTES, seconds=TIME_LIMIT_S, wide_rows=True)
                ) as connection:
                    _check(connection, copy.stat().st_size, path, damaged)
                    yield connection
            except (*SQLITE_ERRORS, MemoryError, OverflowError) as error:
                raise damaged from error


def _check(connection: sqlite3.Connection, size_bytes: int, path: Path, damaged: DamagedFileError) -> None:
    def one(pragma: str) -> int:
        return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    version = one("user_version")
    if version > SCHEMA_VERSION:
        raise NewerFileError(f"“{shown(path)}” was made with a newer Camcensus; update Camcensus to read it.")
    if version != SCHEMA_VERSION:
        raise NotOurFileError(f"“{shown(path)}” was made by an older Camcensus, so it is not read; ask them to send it again.")
    made = parts_made_by(SCHEMA)
    if (
        one("page_size") * one("page_count") != size_bytes
        or parts_of(connection) != made
        or not has_sound_rows(connection, made)
    ):
        raise damaged
    for table in ("export", "body"):
        if connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() != (1,):
            raise damaged


# Is an exchange file as it was written, and as it was signed.

CheckState = Literal["ok", "unsigned", "changed-since-signed", "changed-since-written"]

CHECK_WORDS: Mapping[CheckState, str] = {
    "ok": "Signed, and not changed since",
    "unsigned": "Not signed; not changed since it was written",
    "changed-since-signed": "Changed since it was signed",
    "changed-since-written": "Changed since it was written",
}


@frozen
class Checked:
    """How a file stands. `key` is the one it was signed with, whoever that is: only its
    owner can say whether it is theirs.

    `fingerprint` is of that key, for reading out on the telephone. `say` is one sentence.
    """

    state: CheckState
    say: str
    key: PublicKey | None = None
    fingerprint: str | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing was changed."""
        return self.state in ("ok", "unsigned")


def check_exchange(connection: sqlite3.Connection, digests: Mapping[str, TableDigest] | None = None) -> Checked:
    """Compares every row with what `export` says of its table, and that row with its signature.

    `digests` of all tables save working them out, where they are known.
    The connection is of a file that was looked at as an enemy's before. Raises sqlite3.Error.
    """
    export = read_export(connection)
    digests = digests or {table: digest_of(connection, table) for table in HASHED}
    as_written = _as_written(digests, export)
    if export.get("signature") is None:
        state: CheckState = "unsigned" if as_written else "changed-since-written"
        return Checked(state, f"{CHECK_WORDS[state]}.")
    try:
        key = read_public_key(str(export["public_key"]), name="The key in it")
        signed = verify(signed_text(export), str(export["signature"]), [key], name="It")
    except (SignatureError, ValueError, TypeError):
        return Checked("changed-since-signed", f"{CHECK_WORDS['changed-since-signed']}.")
    mark = fingerprint(key)
    if not as_written or signed.comment != f"camcensus export {export['id']}":
        return Checked("changed-since-signed", f"{CHECK_WORDS['changed-since-signed']} with the key {mark}.", key, mark)
    return Checked("ok", f"{CHECK_WORDS['ok']}, with a key that nobody here has vouched for: {mark}.", key, mark)


def read_export(connection: sqlite3.Connection) -> dict[str, Any]:
    """The one row of `export`, by column; empty where there is not exactly one."""
    names = columns_of(connection, "export")
    rows = connection.execute('SELECT * FROM "export" LIMIT 2').fetchall()
    return dict(zip(names, rows[0], strict=True)) if len(rows) == 1 else {}


def fingerprint(key: PublicKey) -> str:
    """The first half of the SHA-256 of a public key, in groups of four: "3f9c 21ab …"."""
    digits = hashlib.sha256(key.key).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def _as_written(digests: Mapping[str, TableDigest], export: Mapping[str, Any]) -> bool:
    try:
        said = json.loads(str(export.get("tables")))
        wanted = {name: (said[name]["rows"], said[name]["sha256"]) for name in HASHED}
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return all(digests[name][:2] == wanted[name] for name in HASHED)


# What is read of an exchange file to show it: its lines for people, its register, what is on record about each device.


def read_about(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Heading and text of its lines for people, 50 at most."""
    return connection.execute("SELECT heading, text FROM about LIMIT 50").fetchall()


def read_body_name(connection: sqlite3.Connection) -> str:
    """The organisation's name."""
    return str(connection.execute("SELECT name FROM body").fetchone()[0])


def read_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many entries of the register count as each word."""
    return dict(connection.execute("SELECT counts_as, count(*) FROM asset GROUP BY 1").fetchall())


def read_listed(connection: sqlite3.Connection) -> tuple[dict[str, list[str]], set[str]]:
    """By the lists that are on: the ids of those that name a device's maker, and the devices whose maker is based in China."""
    listed, based = dict[str, list[str]](), set[str]()
    for device, name, kind in connection.execute(
        "SELECT DISTINCT device, subject, finding.kind FROM finding JOIN list_used ON list_used.id = subject AND is_on"
        " WHERE (finding.kind, state) IN (('listing', 'listed'), ('seat', 'based')) ORDER BY 1, 2"
    ):
        if kind == "seat":
            based.add(device)
        else:
            listed.setdefault(device, []).append(name)
    return listed, based


def read_rows(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """The register by ref: ref, counts_as, place, maker, grade, brand, model, device, decision."""
    return read(
        connection,
        "SELECT ref, counts_as, place.path AS place, manufacturer_name AS maker, coalesce(grade, 'unknown') AS grade, brand,"
        " device.model AS model, asset.device AS device, decision.what AS decision FROM asset"
        " LEFT JOIN place ON place.id = asset.place LEFT JOIN device ON device.id = asset.device"
        " LEFT JOIN attribution ON attribution.device = asset.device LEFT JOIN decision ON decision.asset = asset.id"
        " ORDER BY substr(ref, 1, 3), length(ref), ref",
    ).fetchall()
