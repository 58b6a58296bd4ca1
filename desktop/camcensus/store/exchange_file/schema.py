"""The tables of an exchange file: what an organisation gives to its auditor. Once shipped, a version is never edited.

Only texts and whole numbers, no view, trigger, index of ours or computed column: a reader may refuse a file that has any. What
each column means is in `exchange_dictionary`, which is written into every file.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping

from camcensus.store.schema import EXCHANGE_ID

APPLICATION_ID = EXCHANGE_ID
""" "CAMC" at byte 68 of the file."""

SCHEMA_VERSION = 2
"""In user_version, and in `export.schema_version`. A reader refuses a higher one."""

SCHEMA = """
CREATE TABLE about (
  number INTEGER PRIMARY KEY,
  heading TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE data_dictionary (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  meaning TEXT NOT NULL,
  words TEXT NOT NULL,
  sample_query TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;
CREATE TABLE export (
  id TEXT PRIMARY KEY,
  inventory_id TEXT NOT NULL,
  body TEXT NOT NULL REFERENCES body(id),
  schema_version INTEGER NOT NULL,
  made_at TEXT NOT NULL CHECK (made_at LIKE '____-__-__T%Z'),
  made_by TEXT NOT NULL,
  made_with TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience = 'auditor'),
  with_staff INTEGER NOT NULL CHECK (with_staff IN (0, 1)),
  left_out TEXT NOT NULL CHECK (json_valid(left_out)),
  knowledge_version TEXT NOT NULL,
  as_at TEXT NOT NULL CHECK (as_at LIKE '____-__-__T%Z'),
  searched_at TEXT CHECK (searched_at LIKE '____-__-__T%Z'),
  method TEXT NOT NULL,
  simulation INTEGER NOT NULL CHECK (simulation IN (0, 1)),
  tables TEXT NOT NULL CHECK (json_valid(tables)),
  public_key TEXT,
  signature TEXT,
  CHECK ((public_key IS NULL) = (signature IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE body (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  urn TEXT,
  ods TEXT,
  gss TEXT,
  company_no TEXT,
  expected_cameras INTEGER CHECK (expected_cameras >= 0),
  expected_basis TEXT CHECK (expected_basis IN ('counted', 'estimate')),
  year_starts INTEGER NOT NULL CHECK (year_starts BETWEEN 1 AND 12),
  building_kind TEXT,
  CHECK ((expected_cameras IS NULL) = (expected_basis IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE place (
  id TEXT PRIMARY KEY,
  parent TEXT REFERENCES place(id),
  kind TEXT NOT NULL CHECK (kind IN ('site', 'building', 'floor', 'room')),
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  sensitive INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
  in_sensitive INTEGER NOT NULL CHECK (in_sensitive IN (0, 1)),
  building_kind TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_role (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('seller', 'maintainer')),
  contract_end TEXT CHECK (contract_end LIKE '____-__-__')
) STRICT, WITHOUT ROWID;
CREATE TABLE device (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other', 'unknown')),
  kind_reason TEXT NOT NULL,
  what TEXT,
  network TEXT,
  mac TEXT,
  addresses TEXT NOT NULL CHECK (json_valid(addresses)),
  claimed_manufacturer TEXT,
  claimed_model TEXT,
  model TEXT,
  serial TEXT,
  firmware TEXT,
  firmware_date TEXT,
  channels_analogue INTEGER CHECK (channels_analogue >= 0),
  channels_digital INTEGER CHECK (channels_digital >= 0),
  activated INTEGER CHECK (activated IN (0, 1)),
  cloud_state TEXT NOT NULL CHECK (cloud_state IN ('able', 'on', 'off', 'unknown')),
  cloud_seen TEXT,
  probes_answered TEXT NOT NULL CHECK (json_valid(probes_answered)),
  seen_by TEXT NOT NULL CHECK (seen_by IN ('search', 'walk', 'import')),
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE device_key (
  device TEXT NOT NULL REFERENCES device(id),
  kind TEXT NOT NULL CHECK (kind IN ('mac', 'uuid', 'serial', 'addr')),
  value TEXT NOT NULL,
  trust TEXT NOT NULL CHECK (trust IN ('strong', 'weak')),
  rank INTEGER NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  PRIMARY KEY (device, kind, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE asset (
  id TEXT PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other', 'unknown')),
  kind_said_by TEXT NOT NULL CHECK (kind_said_by IN ('answers', 'person')),
  status TEXT NOT NULL CHECK (status IN ('present', 'not-seen', 'removed')),
  counts_as TEXT NOT NULL CHECK (counts_as = CASE WHEN status = 'removed' THEN 'gone' WHEN kind = 'unknown' THEN 'may-be-camera'
    ELSE kind END),
  device TEXT UNIQUE REFERENCES device(id),
  place TEXT REFERENCES place(id),
  in_sensitive INTEGER NOT NULL CHECK (in_sensitive IN (0, 1)),
  building_kind TEXT,
  inside_outside TEXT CHECK (inside_outside IN ('inside', 'outside')),
  camera_type TEXT CHECK (camera_type IN
    ('fixed', 'dome', 'turret', 'bullet', 'ptz', 'panoramic', 'thermal', 'body-worn', 'other')),
  purpose TEXT,
  ownership TEXT CHECK (ownership IN ('ours', 'not-ours')),
  dpia_ref TEXT,
  retention_days INTEGER CHECK (retention_days >= 0),
  seller TEXT REFERENCES contact_role(id),
  maintainer TEXT REFERENCES contact_role(id),
  connected_to TEXT REFERENCES asset(id),
  channel INTEGER CHECK (channel >= 0),
  unconfirmed INTEGER NOT NULL CHECK (unconfirmed IN (0, 1)),
  installed_on TEXT CHECK (installed_on LIKE '____' OR installed_on LIKE '____-__' OR installed_on LIKE '____-__-__'),
  installed_basis TEXT,
  installed_year INTEGER CHECK (installed_year BETWEEN 1900 AND 2999),
  installed_financial_year TEXT,
  cost_pence INTEGER CHECK (cost_pence >= 0),
  last_picture_check TEXT CHECK (last_picture_check LIKE '____-__-__'),
  method TEXT NOT NULL CHECK (method IN ('search', 'walk', 'import')),
  first_seen TEXT,
  last_seen TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE observation (
  id TEXT PRIMARY KEY,
  device TEXT NOT NULL REFERENCES device(id),
  scan TEXT REFERENCES scan(id),
  probe TEXT NOT NULL,
  ask TEXT,
  network TEXT,
  address TEXT NOT NULL,
  port INTEGER CHECK (port BETWEEN 0 AND 65535),
  mac TEXT,
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T%Z'),
  cut INTEGER NOT NULL CHECK (cut IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('read', 'unread', 'broken')),
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  codec TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE attribution (
  device TEXT PRIMARY KEY REFERENCES device(id),
  grade TEXT NOT NULL CHECK (grade IN ('confirmed', 'almost-certain', 'likely', 'possible', 'conflicting', 'unknown')),
  manufacturer TEXT,
  manufacturer_name TEXT,
  candidates TEXT NOT NULL CHECK (json_valid(candidates)),
  brand TEXT,
  reason TEXT NOT NULL,
  knowledge_version TEXT NOT NULL,
  judged_at TEXT NOT NULL CHECK (judged_at LIKE '____-__-__T%Z')
) STRICT, WITHOUT ROWID;
CREATE TABLE evidence (
  device TEXT NOT NULL REFERENCES device(id),
  number INTEGER NOT NULL CHECK (number >= 1),
  fingerprint TEXT NOT NULL,
  probe TEXT NOT NULL,
  ask TEXT,
  observation TEXT NOT NULL,
  family TEXT NOT NULL CHECK (family IN ('does', 'says')),
  sign_group TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('manufacturer', 'brand', 'kind', 'component', 'model')),
  subject TEXT NOT NULL,
  strength TEXT NOT NULL CHECK (strength IN ('conclusive', 'strong', 'weak')),
  supports INTEGER NOT NULL CHECK (supports IN (0, 1)),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  exclusive INTEGER NOT NULL CHECK (exclusive IN (0, 1)),
  seen TEXT NOT NULL,
  why TEXT NOT NULL,
  source TEXT NOT NULL,
  at TEXT,
  PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE finding (
  device TEXT NOT NULL REFERENCES device(id),
  number INTEGER NOT NULL CHECK (number >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('listing', 'seat', 'advisory', 'capability')),
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  manufacturer TEXT,
  path TEXT NOT NULL CHECK (json_valid(path)),
  country TEXT,
  product_type TEXT NOT NULL,
  fixed_in TEXT NOT NULL,
  known_exploited INTEGER NOT NULL CHECK (known_exploited IN (0, 1)),
  said_by TEXT CHECK (said_by IN ('device', 'maker')),
  seen TEXT,
  why TEXT,
  source TEXT,
  PRIMARY KEY (device, number),
  CHECK (state IN ('listed', 'may-be-listed') OR kind <> 'listing'),
  CHECK (state IN ('based', 'may-be-based') OR kind <> 'seat'),
  CHECK ((country IS NULL) = (kind <> 'seat')),
  CHECK (state IN ('yes', 'maybe') OR kind <> 'advisory'),
  CHECK (state IN ('able', 'on', 'off', 'unknown') OR kind <> 'capability')
) STRICT, WITHOUT ROWID;
CREATE TABLE list_used (
  id TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  said_by TEXT NOT NULL,
  addressed_to TEXT NOT NULL,
  not_addressed_to TEXT NOT NULL,
  date TEXT NOT NULL,
  names_makers INTEGER NOT NULL CHECK (names_makers IN (0, 1)),
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
  chosen INTEGER NOT NULL CHECK (chosen IN (0, 1)),
  by TEXT,
  why TEXT,
  at TEXT CHECK (at LIKE '____-__-__T%Z'),
  source TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE own_listing (
  manufacturer TEXT PRIMARY KEY,
  manufacturer_name TEXT NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE source (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  publisher TEXT NOT NULL,
  url TEXT,
  date TEXT,
  retrieved TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE decision (
  asset TEXT PRIMARY KEY REFERENCES asset(id),
  what TEXT NOT NULL CHECK (what IN ('keep', 'keep-review', 'separate', 'replace', 'remove')),
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL,
  review_on TEXT,
  year TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE place_progress (
  place TEXT PRIMARY KEY REFERENCES place(id),
  progress TEXT NOT NULL CHECK (progress IN ('never-had', 'has', 'disconnected', 'planned', 'replaced')),
  on_date TEXT NOT NULL CHECK (on_date LIKE '____-__-__'),
  basis TEXT NOT NULL CHECK (basis IN ('staff', 'computed')),
  listed_now INTEGER NOT NULL CHECK (listed_now >= 0),
  listed_gone INTEGER NOT NULL CHECK (listed_gone >= 0),
  not_known INTEGER NOT NULL CHECK (not_known >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE channel (
  recorder TEXT NOT NULL REFERENCES asset(id),
  entry INTEGER NOT NULL CHECK (entry >= 1),
  number INTEGER NOT NULL CHECK (number >= 0),
  wiring TEXT NOT NULL CHECK (wiring IN ('analogue', 'network', 'not-known')),
  asset TEXT REFERENCES asset(id),
  reported INTEGER NOT NULL CHECK (reported IN (0, 1)),
  confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
  reported_manufacturer TEXT,
  reported_model TEXT,
  PRIMARY KEY (recorder, entry)
) STRICT, WITHOUT ROWID;
CREATE TABLE scan (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  started_at TEXT NOT NULL CHECK (started_at LIKE '____-__-__T%Z'),
  ended_at TEXT NOT NULL CHECK (ended_at LIKE '____-__-__T%Z'),
  stopped_early INTEGER NOT NULL CHECK (stopped_early IN (0, 1)),
  knowledge_version TEXT NOT NULL,
  interfaces TEXT NOT NULL CHECK (json_valid(interfaces)),
  ranges TEXT NOT NULL CHECK (json_valid(ranges)),
  passive INTEGER NOT NULL CHECK (passive IN (0, 1)),
  pace TEXT NOT NULL CHECK (pace IN ('gentle', 'normal', 'fast')),
  not_covered TEXT NOT NULL CHECK (json_valid(not_covered)),
  allowed_by TEXT,
  simulation INTEGER NOT NULL CHECK (simulation IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE coverage (
  scan TEXT NOT NULL REFERENCES scan(id),
  probe TEXT NOT NULL,
  network TEXT NOT NULL,
  sent INTEGER NOT NULL CHECK (sent >= 0),
  received INTEGER NOT NULL CHECK (received >= 0),
  state TEXT NOT NULL CHECK (state IN ('done', 'partial', 'blocked', 'skipped')),
  reason TEXT,
  PRIMARY KEY (scan, probe, network)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan_total (
  year TEXT PRIMARY KEY,
  items INTEGER NOT NULL CHECK (items >= 0),
  unpriced INTEGER NOT NULL CHECK (unpriced >= 0),
  total_ex_vat_pence INTEGER NOT NULL CHECK (total_ex_vat_pence >= 0)
) STRICT, WITHOUT ROWID;
"""

KEYS: Mapping[str, tuple[str, ...]] = {
    "about": ("number",),
    "asset": ("id",),
    "attribution": ("device",),
    "body": ("id",),
    "channel": ("recorder", "entry"),
    "contact_role": ("id",),
    "coverage": ("scan", "probe", "network"),
    "data_dictionary": ("table_name", "column_name"),
    "decision": ("asset",),
    "device": ("id",),
    "device_key": ("device", "kind", "value"),
    "evidence": ("device", "number"),
    "export": ("id",),
    "finding": ("device", "number"),
    "list_used": ("id",),
    "observation": ("id",),
    "own_listing": ("manufacturer",),
    "place": ("id",),
    "place_progress": ("place",),
    "plan_total": ("year",),
    "scan": ("id",),
    "source": ("id",),
}
"""Every table, with its primary key: rows are hashed in this order."""

HASHED: tuple[str, ...] = tuple(sorted(table for table in KEYS if table != "export"))
"""The tables whose rows and digest are in `export.tables`."""

NOT_SIGNED: tuple[str, ...] = ("public_key", "signature")
"""Columns of `export` that the signature is not over."""


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table in the order of the schema."""
    return tuple(row[1] for row in connection.execute(f'PRAGMA table_info("{table}")'))


def table_digest(connection: sqlite3.Connection, table: str) -> tuple[int, str]:
    """How many rows a table has, and the SHA-256 of its canonical text.

    The text is UTF-8, one line a row: a JSON array of the values in the order of the schema, without blanks, ended by "\\n"; of
    characters only `"`, `\\` and those below U+0020 are escaped. Rows are in the order of their primary key, texts compared
    byte by byte.
    """
    columns = ", ".join(f'"{name}"' for name in columns_of(connection, table))
    order = ", ".join(f'"{name}" COLLATE BINARY' for name in KEYS[table])
    rows = connection.execute(f'SELECT json_array({columns}) FROM "{table}" ORDER BY {order}')
    digest, number = hashlib.sha256(), 0
    while some := rows.fetchmany(500):
        number += len(some)
        digest.update("".join(f"{row[0]}\n" for row in some).encode())
    return number, digest.hexdigest()


def canonical_row(values: tuple[object, ...]) -> str:
    """One line of that text, as any other program would write it (without its end)."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def signed_text(export: Mapping[str, object]) -> bytes:
    """What a signature is over: the one row of `export`, with the digest of every other table in it.

    A JSON object with the names in alphabetical order, without blanks and without NOT_SIGNED, UTF-8, no end of line.
    """
    held = {name: value for name, value in export.items() if name not in NOT_SIGNED}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
