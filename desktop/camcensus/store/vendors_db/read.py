"""Reads vendors.db: the whole knowledge base as frozen values, in less than 0.1 s."""

from __future__ import annotations

import functools
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from camcensus.model import frozen
from camcensus.model.errors import DamagedFileError, KnowledgeError, NewerFileError, NotOurFileError, StoreError
from camcensus.model.knowledge import (
    Also,
    Brand,
    BrandRecord,
    Fingerprint,
    KindPattern,
    Knowledge,
    MacBlock,
    Manufacturer,
    Source,
)
from camcensus.model.records import Advisory, Affected, CapabilityClaim, EndOfLife, FlawSearch, Replacement
from camcensus.model.registry import Registry
from camcensus.model.statements import Named, PublishedReply, Statement
from camcensus.store.private_copy import Made, parts_made_by, parts_of, read_schema
from camcensus.store.vendors_db.schema import APPLICATION_ID, SCHEMA, SCHEMA_VERSION, made_of, rows

# Reads the records besides lists, and the packed registry of MAC addresses, out of vendors.db.


@frozen
class RecordTables:
    """What these tables hold, sorted by their keys."""

    registry: Registry
    advisories: tuple[Advisory, ...]
    capabilities: tuple[CapabilityClaim, ...]
    replacements: tuple[Replacement, ...]
    ends_of_life: tuple[EndOfLife, ...]
    flaw_searches: dict[str, FlawSearch]


def read_records(connection: sqlite3.Connection) -> RecordTables:
    """All records. Raises sqlite3.DatabaseError, ValueError, TypeError or KeyError where the file is damaged."""

    parts = dict(connection.execute("SELECT part, value FROM registry").fetchall())
    return RecordTables(
        registry=Registry(parts["records"], parts["names"]),
        advisories=tuple(_advisory(row) for row in rows(connection, "advisory")),
        capabilities=tuple(made_of(CapabilityClaim, row) for row in rows(connection, "capability")),
        replacements=tuple(made_of(Replacement, row) for row in rows(connection, "replacement")),
        ends_of_life=tuple(made_of(EndOfLife, row) for row in rows(connection, "end_of_life")),
        flaw_searches={row["manufacturer"]: made_of(FlawSearch, row) for row in rows(connection, "flaw_search")},
    )


def _advisory(row: dict[str, Any]) -> Advisory:
    affected = tuple(Affected(**{**one, "models": tuple(one["models"])}) for one in json.loads(row["affected"]))
    return made_of(Advisory, row, affected=affected)


# Statements and makers' replies, read from the rows of vendors.db.


def load_statements(connection: sqlite3.Connection) -> dict[str, Statement]:
    """All statements of vendors.db by id. Raises sqlite3.DatabaseError, TypeError or KeyError where the file is damaged."""
    names: dict[str, list[Named]] = {}
    for row in rows(connection, "statement_name"):
        names.setdefault(row["statement"], []).append(made_of(Named, row))
    answers = load_answers(connection, "statement_answer", "statement")
    return {
        row["id"]: made_of(Statement, row, names=tuple(names.get(row["id"], ())), answers=answers.get(row["id"], ()))
        for row in rows(connection, "statement")
    }


def load_answers(connection: sqlite3.Connection, table: str, key: str) -> dict[str, tuple[PublishedReply, ...]]:
    """The id in column `key` -> what was answered to it. Raises as `load_statements`."""
    found: dict[str, tuple[PublishedReply, ...]] = {}
    for row in rows(connection, table):
        found[row[key]] = (*found.get(row[key], ()), made_of(PublishedReply, row))
    return found


SIZE_LIMIT_BYTES = 16 * 1024 * 1024
"""Ours stays below 4 MB; a larger file is not read at all."""


def load_knowledge(path: Path) -> Knowledge:
    """The knowledge base in `path`.

    Raises KnowledgeError where there is no such file or it cannot be read, NotOurFileError, NewerFileError,
    DamagedFileError.
    """
    with closing(open_knowledge(path)) as connection:
        try:
            return _read(connection)
        except (sqlite3.DatabaseError, ValueError, TypeError, KeyError) as error:
            raise DamagedFileError(f"The knowledge base {path.name} is damaged; install Camcensus again.") from error


def open_knowledge(path: Path) -> sqlite3.Connection:
    """A connection that can only read, to a file that says it is a knowledge base. Raises as `load_knowledge`."""
    try:
        size_bytes = path.stat().st_size
    except OSError as error:
        raise KnowledgeError(f"The knowledge base {path} cannot be read; check the path.") from error
    not_ours = NotOurFileError(f"{path.name} is not a knowledge base of Camcensus; choose a vendors.db.")
    if not path.is_file() or not 0 < size_bytes <= SIZE_LIMIT_BYTES:
        raise not_ours
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise KnowledgeError(f"The knowledge base {path} cannot be read; check its permissions.") from error
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        read_schema(connection)
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        made = parts_of(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite's own sentence can quote bytes that are no text
        connection.close()
        raise not_ours from error
    refusal: StoreError | None = None
    if application_id != APPLICATION_ID:
        refusal = not_ours
    elif version > SCHEMA_VERSION:
        refusal = NewerFileError(f"{path.name} was made for a newer Camcensus; update Camcensus first.")
    elif made != _our_parts():  # a column of somebody's own may compute without end
        refusal = DamagedFileError(f"The knowledge base {path.name} is damaged; install Camcensus again.")
    if refusal is not None:
        connection.close()
        raise refusal
    return connection


@functools.cache
def _our_parts() -> Made:
    return parts_made_by(SCHEMA)


def _read(connection: sqlite3.Connection) -> Knowledge:
    meta = {row["key"]: row["value"] for row in rows(connection, "meta")}
    brands = [made_of(Brand, row) for row in rows(connection, "brand")]
    names = {brand.id: brand.name for brand in brands}
    records, replies = read_records(connection), load_answers(connection, "maker_answer", "manufacturer")
    junk = rows(connection, "junk")
    return Knowledge(
        version=meta["version"],
        sources={row["id"]: made_of(Source, row) for row in rows(connection, "source")},
        manufacturers={
            row["id"]: made_of(Manufacturer, row, answers=replies.get(row["id"], ()))
            for row in rows(connection, "manufacturer")
        },
        brands=tuple(made_of(BrandRecord, row, brand_name=names[row["brand"]]) for row in rows(connection, "brand_record")),
        fingerprints=tuple(
            made_of(Fingerprint, row, also=Also(*json.loads(row["also"])) if row["also"] else None)
            for row in rows(connection, "fingerprint")
        ),
        kind_patterns=tuple(made_of(KindPattern, row) for row in rows(connection, "kind_pattern")),
        macs={row["prefix"]: made_of(MacBlock, row) for row in rows(connection, "mac_block")},
        statements=load_statements(connection),
        junk_serials=frozenset(row["value"] for row in junk if row["kind"] == "serial"),
        junk_macs=frozenset(row["value"] for row in junk if row["kind"] == "mac"),
        brand_names=names,
        brand_spellings={
            "".join(character for character in spelling.casefold() if character.isalnum()): brand.id
            for brand in brands
            for spelling in (brand.name, *brand.also)
        },
        brand_entries={brand.id: brand for brand in brands},
        registry=records.registry,
        advisories=records.advisories,
        capabilities=records.capabilities,
        replacements=records.replacements,
        ends_of_life=records.ends_of_life,
        flaw_searches=records.flaw_searches,
    )
