"""The tables of vendors.db, and the digest over their rows that it carries."""

from __future__ import annotations

import functools
import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, cast, get_origin, get_type_hints

APPLICATION_ID = 0x43414D4B
""" "CAMK" in the file's header says that it is a knowledge base of Camcensus."""

SCHEMA_VERSION = 4
"""In user_version; a program refuses a higher one."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE source (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL, url TEXT, date TEXT, retrieved TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE manufacturer (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, legal_name TEXT, country TEXT,
  parent TEXT REFERENCES manufacturer (id) DEFERRABLE INITIALLY DEFERRED, ownership TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  role TEXT NOT NULL CHECK (role IN ('maker', 'brand-owner', 'both')), note TEXT NOT NULL,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)), seat_source TEXT REFERENCES source (id),
  other_seat TEXT, other_seat_source TEXT REFERENCES source (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE maker_answer (
  manufacturer TEXT NOT NULL REFERENCES manufacturer (id), number INTEGER NOT NULL, "by" TEXT NOT NULL, date TEXT NOT NULL,
  text TEXT NOT NULL, source TEXT NOT NULL REFERENCES source (id), PRIMARY KEY (manufacturer, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE brand (
  id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, also TEXT NOT NULL, owner TEXT REFERENCES manufacturer (id),
  note TEXT NOT NULL, source TEXT REFERENCES source (id), verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  common_word INTEGER NOT NULL CHECK (common_word IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE brand_record (
  brand TEXT NOT NULL REFERENCES brand (id), number INTEGER NOT NULL,
  made_by TEXT NOT NULL REFERENCES manufacturer (id),
  relation TEXT NOT NULL CHECK (relation IN ('own_brand', 'subsidiary', 'oem_rebrand', 'partial_oem', 'former_oem', 'listed')),
  models TEXT, since TEXT, until TEXT, against INTEGER NOT NULL CHECK (against IN (0, 1)),
  basis TEXT NOT NULL CHECK (basis IN (
    'maker', 'brand', 'authority', 'research', 'press', 'dealer', 'user-list', 'question')),
  note TEXT NOT NULL, quote TEXT NOT NULL, source TEXT NOT NULL REFERENCES source (id),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  PRIMARY KEY (brand, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE fingerprint (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, pattern TEXT NOT NULL,
  family TEXT NOT NULL CHECK (family IN ('does', 'says')), "group" TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('manufacturer', 'brand', 'kind', 'component', 'model')), subject TEXT NOT NULL,
  strength TEXT NOT NULL CHECK (strength IN ('conclusive', 'strong', 'weak')), why TEXT NOT NULL,
  source TEXT NOT NULL REFERENCES source (id), verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  examples TEXT NOT NULL, counterexamples TEXT NOT NULL, subjects TEXT NOT NULL,
  exact_case INTEGER NOT NULL CHECK (exact_case IN (0, 1)), also TEXT, devices TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE kind_pattern (
  id TEXT PRIMARY KEY, "where" TEXT NOT NULL CHECK ("where" IN ('model', 'text', 'beside')), pattern TEXT NOT NULL,
  kind TEXT NOT NULL,
  maker TEXT, strength TEXT NOT NULL CHECK (strength IN ('strong', 'weak')), source TEXT NOT NULL REFERENCES source (id),
  examples TEXT NOT NULL, counterexamples TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE mac_block (
  prefix TEXT PRIMARY KEY, registrant TEXT NOT NULL, role TEXT CHECK (role IN ('manufacturer', 'brand')),
  subject TEXT, exclusive INTEGER NOT NULL CHECK (exclusive IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE statement (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, said_by TEXT NOT NULL, date TEXT NOT NULL, "where" TEXT NOT NULL,
  about TEXT NOT NULL CHECK (about IN ('human-rights', 'security', 'procurement', 'trade', 'data', 'use')),
  text TEXT NOT NULL, addressed_to TEXT NOT NULL, not_addressed_to TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('in force', 'guidance', 'statement', 'proposed', 'pending', 'ended', 'unclear')),
  source TEXT NOT NULL REFERENCES source (id), today TEXT NOT NULL, weight INTEGER NOT NULL CHECK (weight IN (1, 2)),
  read_again TEXT, is_list INTEGER NOT NULL CHECK (is_list IN (0, 1)),
  default_on INTEGER NOT NULL CHECK (default_on IN (0, 1)), seat TEXT, reading TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE statement_name (
  statement TEXT NOT NULL REFERENCES statement (id), manufacturer TEXT NOT NULL REFERENCES manufacturer (id),
  quote TEXT NOT NULL, scope TEXT NOT NULL, effective TEXT, source TEXT NOT NULL REFERENCES source (id),
  PRIMARY KEY (statement, manufacturer)
) STRICT, WITHOUT ROWID;
CREATE TABLE statement_answer (
  statement TEXT NOT NULL REFERENCES statement (id), number INTEGER NOT NULL, "by" TEXT NOT NULL,
  manufacturer TEXT REFERENCES manufacturer (id), date TEXT NOT NULL, text TEXT NOT NULL,
  source TEXT NOT NULL REFERENCES source (id), besides INTEGER NOT NULL CHECK (besides IN (0, 1)),
  PRIMARY KEY (statement, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE registry (part TEXT PRIMARY KEY CHECK (part IN ('records', 'names')), value BLOB NOT NULL) STRICT;
CREATE TABLE advisory (
  id TEXT PRIMARY KEY, manufacturer TEXT NOT NULL REFERENCES manufacturer (id), title TEXT NOT NULL, summary TEXT NOT NULL,
  source TEXT NOT NULL REFERENCES source (id), verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  product_types TEXT NOT NULL, brand TEXT REFERENCES brand (id), affected TEXT NOT NULL,
  models_complete INTEGER NOT NULL CHECK (models_complete IN (0, 1)), models_said TEXT NOT NULL, firmware_said TEXT NOT NULL,
  fixed_in TEXT NOT NULL, published TEXT, cvss REAL, cvss_version TEXT,
  exploited INTEGER NOT NULL CHECK (exploited IN (0, 1)), exploited_listed TEXT, exploited_as_of TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE capability (
  manufacturer TEXT NOT NULL REFERENCES manufacturer (id), number INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('able', 'one-of', 'none')), capabilities TEXT NOT NULL, models TEXT,
  models_said TEXT NOT NULL, how TEXT NOT NULL, source TEXT NOT NULL REFERENCES source (id),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)), said_by TEXT NOT NULL, brand TEXT REFERENCES brand (id),
  PRIMARY KEY (manufacturer, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE replacement (
  manufacturer TEXT NOT NULL REFERENCES manufacturer (id), number INTEGER NOT NULL, product_line TEXT NOT NULL,
  country TEXT NOT NULL, statement TEXT NOT NULL, note TEXT NOT NULL, source TEXT NOT NULL REFERENCES source (id),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)), PRIMARY KEY (manufacturer, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE end_of_life (
  manufacturer TEXT NOT NULL REFERENCES manufacturer (id), number INTEGER NOT NULL, models TEXT, models_said TEXT NOT NULL,
  end_of_sale TEXT, end_of_support TEXT, note TEXT NOT NULL, source TEXT NOT NULL REFERENCES source (id),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)), at_the_latest INTEGER NOT NULL CHECK (at_the_latest IN (0, 1)),
  PRIMARY KEY (manufacturer, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE flaw_search (
  manufacturer TEXT NOT NULL PRIMARY KEY REFERENCES manufacturer (id), looked_at TEXT NOT NULL, not_held TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE junk (kind TEXT NOT NULL CHECK (kind IN ('serial', 'mac')), value TEXT NOT NULL, PRIMARY KEY (kind, value))
STRICT, WITHOUT ROWID;
"""

ORDER = {
    "meta": "key",
    "source": "id",
    "manufacturer": "id",
    "brand": "id",
    "brand_record": "brand, number",
    "fingerprint": "id",
    "kind_pattern": "id",
    "mac_block": "prefix",
    "statement": "id",
    "statement_name": "statement, manufacturer",
    "statement_answer": "statement, number",
    "maker_answer": "manufacturer, number",
    "junk": "kind, value",
    "registry": "part",
    "advisory": "id",
    "capability": "manufacturer, number",
    "replacement": "manufacturer, number",
    "end_of_life": "manufacturer, number",
    "flaw_search": "manufacturer",
}
"""Every table, with the key its rows are read and hashed by."""


def digest_rows(connection: sqlite3.Connection) -> str:
    """SHA-256 over all rows in table and key order, leaving out the digest itself. The same for every SQLite version."""
    digest = hashlib.sha256()
    for table in sorted(ORDER):
        digest.update(table.encode() + b"\0")
        for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY {ORDER[table]}'):
            if table != "meta" or row[0] != "digest":
                digest.update(json.dumps(row, ensure_ascii=False, default=_digest_of_bytes).encode() + b"\n")
    return digest.hexdigest()


def rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """The rows of a table by column, in key order."""
    found = connection.execute(f"SELECT * FROM {table} ORDER BY {ORDER[table]}")
    names = [column[0] for column in found.description]
    # All at once: a row that cannot be read would leave a statement open and with it the file, which Windows then keeps.
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def made_of[T](kind: type[T], row: Mapping[str, Any], **given: Any) -> T:
    """A value of a frozen class from the columns of its fields' names: truth values from 0 and 1, lists of texts from JSON.

    `given` are fields that no column holds as they are. Raises ValueError, TypeError or KeyError for a row that is none.
    """
    names, readers = _readers(cast(Any, kind))
    plain = {name: row[name] for name in names if name in row and name not in given}
    for name, read in readers:
        if name in plain:
            plain[name] = read(plain[name])
    return kind(**plain, **given)


@functools.cache
def _readers(kind: Any) -> tuple[list[str], list[tuple[str, Callable[[Any], Any]]]]:
    """The fields, and how the columns are read that do not hold them as they are."""
    hints = get_type_hints(kind)
    names = [one.name for one in fields(kind)]
    truths = [(name, bool) for name in names if hints[name] is bool]
    return names, [*truths, *((name, _texts) for name in names if get_origin(hints[name]) is tuple)]


def _texts(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(json.loads(text))


def _digest_of_bytes(value: bytes) -> str:
    return hashlib.sha256(value).hexdigest()
