"""Looks at a roll-up that is to be joined as if an enemy had made it: through the same door as an exchange file."""

from __future__ import annotations

import functools
import hashlib
import sqlite3
from collections.abc import Container
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from camcensus.model.disk import shown
from camcensus.store.connecting import migrate
from camcensus.store.exchange_file.schema import APPLICATION_ID as EXCHANGE_ID
from camcensus.store.private_copy import Made, has_sound_rows, open_private_copy, parts_of
from camcensus.store.rollup.answers import KINDS
from camcensus.store.rollup.check import (
    PART_LIMIT_BYTES,
    TIME_S,
    TIME_S_PER_MB,
    Inspected,
    check_length,
    inspected,
    kind_of_database,
)
from camcensus.store.rollup.facts import MOST as MOST_PENCE
from camcensus.store.rollup.facts import MOST_COUNTED
from camcensus.store.rollup.file import FAULTS
from camcensus.store.rollup.row_check import NotSound, check_json, check_texts, damaged
from camcensus.store.rollup.schema import APPLICATION_ID, MIGRATIONS, SUFFIX, names
from camcensus.store.soundness import has_our_schema

_LONG = frozenset({("observation", "fields"), ("claim", "words"), ("answer", "key"), ("answer", "candidates")})
_JSON = {("detail", "addresses"): "array", ("observation", "fields"): "object", ("answer", "candidates"): "array",
         ("answer", "key"): "array", ("file", "warnings"): "array"}  # fmt: skip
DOCUMENT_LIMIT_BYTES = 32 << 20
"""The file of a reply to a request is no larger."""
_FAULTS = (
    "SELECT 1 FROM detail WHERE json_valid(addresses) = 0",
    "SELECT 1 FROM observation WHERE json_valid(fields) = 0",
    "SELECT 1 FROM answer WHERE json_valid(key) = 0",
    f"SELECT 1 FROM item WHERE said_kind NOT IN ({', '.join(repr(kind) for kind in sorted(KINDS))})",
    "SELECT 1 FROM item WHERE installed_year NOT BETWEEN 0 AND 9999 OR decision_year NOT BETWEEN 0 AND 9999"
    f" OR retention_days > {MOST_COUNTED} OR firmware_years > {MOST_COUNTED} OR cost_pence > {MOST_PENCE}",
    f"SELECT 1 FROM plan_year WHERE year NOT BETWEEN 0 AND 9999 OR max(items, unpriced, total_pence) > {MOST_PENCE}",
    f"SELECT 1 FROM site WHERE listed_now > {MOST_PENCE}",
    "SELECT 1 FROM item LEFT JOIN detail ON detail.item = item.id WHERE detail.item IS NULL",
    f"SELECT 1 FROM document WHERE length(bytes) > {DOCUMENT_LIMIT_BYTES}",
    f"SELECT 1 FROM export WHERE channels_without_row > {MOST_COUNTED} OR expected_cameras > {MOST_COUNTED}",
)
"""What our own programs never write, beside what every roll-up is looked at for."""


def inspect_part(path: Path, copy: Path, _known: Container[str] = ()) -> Inspected:
    """Every check we know; `copy` is where the private copy goes, and it is removed again unless the roll-up is sound."""
    return inspected(path, copy, _look_at_head, lambda sha256, _, size: _inspect(path, copy, sha256, size))


def _look_at_head(head: bytes, size: int, name: str) -> tuple[int, bytes]:
    kind = kind_of_database(head, size, name, f"a roll-up, whose name ends in {SUFFIX}")
    if kind == EXCHANGE_ID:
        raise NotSound("exchange-file", f"“{name}” is an exchange file, not a roll-up; give it without “--join”.")
    if kind != APPLICATION_ID:
        raise NotSound("not-ours", f"“{name}” is not a roll-up of Camcensus; give a roll-up, whose name ends in {SUFFIX}.")
    if size > PART_LIMIT_BYTES:
        raise NotSound("too-large", f"“{name}” is larger than {PART_LIMIT_BYTES >> 30:,} GB, and no roll-up is.")
    check_length(head, size, name)
    # A roll-up that was closed is whole without the log it is written with; the copy has none and needs none.
    return 0, head[:18] + b"\1\1" + head[20:]


def _inspect(path: Path, copy: Path, sha256: str, size: int) -> Inspected:
    seconds = TIME_S + TIME_S_PER_MB * size / 1e6
    with closing(
        open_private_copy(copy, longest_bytes=2 * DOCUMENT_LIMIT_BYTES, seconds=seconds, wide_rows=True)
    ) as connection:
        _check(connection, path)
        made_at = connection.execute("SELECT value FROM setting WHERE key = 'made_at'").fetchone()
    return Inspected("sound", "", "", sha256, str(copy), export={"made_at": made_at[0] if made_at else ""})


def _check(connection: sqlite3.Connection, path: Path) -> None:
    name = shown(path)
    db = Database(connection, execute_plugins=False)
    applied = [
        one for (one,) in connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [MIGRATIONS.name])
    ]
    if set(applied) - set(names()):
        raise NotSound("newer", f"“{name}” was made with a newer Camcensus; update Camcensus, then join it.", "held")
    if set(names()) - set(applied):
        raise NotSound(
            "older",
            f"“{name}” was made with an older Camcensus; run “camcensus rollup-report” on it once, then join it.",
            "held",
        )
    if not has_our_schema(db, MIGRATIONS):
        raise NotSound("schema", f"“{name}” holds other tables or columns than those of a roll-up; make it again.")
    if not has_sound_rows(connection, our_parts()):
        raise NotSound("damaged", damaged(path))
    for (table,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall():
        check_texts(connection, table, path, _LONG)
        check_json(connection, table, path, _JSON)
    if any(connection.execute(fault).fetchone() for fault in (*FAULTS, *_FAULTS)) or not _are_their_numbers(connection):
        raise NotSound("rows", f"“{name}” holds values that no roll-up has; make it again from the exchange files.")


@functools.cache
def our_parts() -> Made:
    """What a roll-up of ours is made of."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(Database(connection, execute_plugins=False), MIGRATIONS)
        return parts_of(connection)


def _are_their_numbers(connection: sqlite3.Connection) -> bool:
    """Whether each file of a reply is the one whose SHA-256 it bears."""
    rows = connection.execute("SELECT sha256, bytes FROM document")
    return all(hashlib.sha256(data).hexdigest() == sha256 for sha256, data in rows)
