"""Looks at a knowledge base as if an enemy had made it: signed is not the same as sound.

Source: SQLite, "Defense Against The Dark Arts" (sqlite.org/security.html). A crafted journal beside a database makes SQLite
delete files; views and triggers run code; one row may ask for a gigabyte.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from camcensus.model.disk import on_disk
from camcensus.model.errors import CamcensusError, DamagedFileError, NewerFileError, NotOurFileError
from camcensus.model.knowledge import Knowledge
from camcensus.store.private_copy import has_sound_rows, open_private_copy, parts_made_by, parts_of
from camcensus.store.vendors_db.read import SIZE_LIMIT_BYTES, load_knowledge
from camcensus.store.vendors_db.schema import APPLICATION_ID, SCHEMA, SCHEMA_VERSION, digest_rows

TIME_LIMIT_S = 10.0
"""Checking ours takes well under a second."""


def load_stranger(data: bytes, *, name: str) -> Knowledge:
    """The knowledge base that `data` is the whole file of, after every check we know. `name` is for sentences.

    The bytes are looked at in a private copy, which is removed. Raises NotOurFileError, NewerFileError, DamagedFileError.
    """
    if not data.startswith(b"SQLite format 3\0") or len(data) > SIZE_LIMIT_BYTES:
        raise NotOurFileError(f"{name} is not a knowledge base of Camcensus; choose a vendors.db.")
    damaged = DamagedFileError(f"{name} does not hold a sound knowledge base, so it was not used; tell whoever gave it to you.")
    with (
        on_disk(Path(tempfile.gettempdir())),
        tempfile.TemporaryDirectory(prefix="camcensus-", ignore_cleanup_errors=True) as folder,
    ):
        copy = Path(folder) / "copy.db"
        copy.write_bytes(data)
        try:
            with closing(open_private_copy(copy, longest_bytes=SIZE_LIMIT_BYTES, seconds=TIME_LIMIT_S)) as connection:
                _check(connection, len(data), name=name, damaged=damaged)
            knowledge = load_knowledge(copy)
            _compile_patterns(knowledge)
            return knowledge
        except (NotOurFileError, NewerFileError):
            raise
        except (sqlite3.Error, re.error, RecursionError, MemoryError, ValueError, OverflowError, CamcensusError) as error:
            raise damaged from error


def _check(connection: sqlite3.Connection, size_bytes: int, *, name: str, damaged: DamagedFileError) -> None:
    def one(pragma: str) -> int:
        return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    if one("application_id") != APPLICATION_ID:
        raise NotOurFileError(f"{name} is not a knowledge base of Camcensus; choose a vendors.db.")
    if one("user_version") > SCHEMA_VERSION:
        raise NewerFileError(f"{name} was made for a newer Camcensus; update Camcensus first.")
    if one("user_version") < SCHEMA_VERSION:
        raise NotOurFileError(f"{name} was made for an older Camcensus and is of no use to this one; ask for a newer file.")
    if one("page_size") * one("page_count") != size_bytes:
        raise damaged
    # Only tables spelt exactly as ours: no view, trigger, index, virtual table, generated column, default or check of theirs.
    if parts_of(connection) != parts_made_by(SCHEMA) or not has_sound_rows(connection, parts_made_by(SCHEMA)):
        raise damaged
    held = connection.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()
    if held != (digest_rows(connection),):
        raise damaged


def _compile_patterns(knowledge: Knowledge) -> None:
    """Raises re.error for a pattern that is none. Whether one backtracks without bound is judged where a base is built."""
    patterns: list[str | None] = [one.pattern for one in knowledge.fingerprints]
    patterns += [one.models for one in knowledge.brands]
    patterns += [one.models for one in knowledge.capabilities]
    patterns += [one.models for one in knowledge.ends_of_life]
    patterns += [model for one in knowledge.advisories for part in one.affected for model in part.models]
    patterns += [part.firmware for one in knowledge.advisories for part in one.affected]
    for pattern in filter(None, patterns):
        re.compile(pattern)
