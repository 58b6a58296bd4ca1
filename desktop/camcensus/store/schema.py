"""The inventory's tables, as migrations of literal SQL. Once shipped, a migration is never edited: add another."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from camcensus.store.schema_plan import M0007
from camcensus.store.schema_register import M0002
from camcensus.store.schema_seen import M0003

APPLICATION_ID = 0x43414D49
""" "CAMI" at byte 68 of the file."""

EXCHANGE_ID = 0x43414D43
"""A copy made for others: never opened as an inventory."""

ROLLUP_ID = 0x43414D52
"""What auditors add up files in: "CAMR" at byte 68 of the file."""

MIGRATIONS = Migrations("camcensus.inventory")


def names() -> tuple[str, ...]:
    """The migrations this program knows, in order."""
    return tuple(step.name for step in MIGRATIONS._migrations)


@MIGRATIONS()
def m0001_inventory(db: Database) -> None:
    for statement in (_M0001 + M0002 + M0003 + M0007).split(";\n"):
        if statement.strip():
            db.execute(statement)


_M0001 = """
CREATE TABLE body (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  inventory_id TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  year_starts INTEGER NOT NULL CHECK (year_starts BETWEEN 1 AND 12),
  expected_cameras INTEGER CHECK (expected_cameras >= 0),
  urn TEXT,
  ods TEXT,
  gss TEXT,
  company_no TEXT,
  expected_basis TEXT CHECK (expected_basis IN ('counted', 'estimate')),
  dpia TEXT CHECK (dpia IN ('all', 'some', 'none')),
  policy TEXT CHECK (policy IN ('published', 'written', 'none')),
  signs TEXT CHECK (signs IN ('all', 'some', 'none')),
  footage_access TEXT CHECK (footage_access IN ('named', 'staff', 'others')),
  equality TEXT CHECK (equality IN ('yes', 'no', 'not-known')),
  consultation TEXT CHECK (consultation IN ('yes', 'no', 'not-known')),
  face_policy TEXT CHECK (face_policy IN ('yes', 'no', 'not-known')),
  watch_lists TEXT CHECK (watch_lists IN ('yes', 'no', 'not-known')),
  complaints TEXT CHECK (complaints IN ('yes', 'no', 'not-known'))
) STRICT;
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE list_choice (
  list TEXT PRIMARY KEY,
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
  by TEXT NOT NULL,
  why TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T%Z')
) STRICT;
CREATE TABLE permission (
  network TEXT PRIMARY KEY,
  who TEXT NOT NULL CHECK (who <> ''),
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T%Z')
) STRICT;
CREATE TABLE scan (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  started_at TEXT NOT NULL CHECK (started_at LIKE '____-__-__T%Z'),
  ended_at TEXT NOT NULL CHECK (ended_at LIKE '____-__-__T%Z'),
  stopped_early INTEGER NOT NULL CHECK (stopped_early IN (0, 1)),
  knowledge_version TEXT NOT NULL,
  interfaces TEXT NOT NULL,
  ranges TEXT NOT NULL,
  passive INTEGER NOT NULL CHECK (passive IN (0, 1)),
  pace TEXT NOT NULL CHECK (pace IN ('gentle', 'normal', 'fast')),
  not_covered TEXT NOT NULL,
  allowed_by TEXT,
  simulation INTEGER NOT NULL CHECK (simulation IN (0, 1)),
  advice TEXT NOT NULL DEFAULT '[]',
  run_by TEXT,
  computer TEXT,
  program TEXT
) STRICT;
CREATE TABLE coverage (
  scan TEXT NOT NULL REFERENCES scan(id),
  probe TEXT NOT NULL,
  network TEXT NOT NULL,
  sent INTEGER NOT NULL CHECK (sent >= 0),
  received INTEGER NOT NULL CHECK (received >= 0),
  state TEXT NOT NULL CHECK (state IN ('done', 'partial', 'blocked', 'skipped')),
  reason TEXT,
  PRIMARY KEY (scan, probe, network)
) STRICT;
CREATE TABLE reply (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  raw BLOB NOT NULL CHECK (length(raw) <= 98304)
) STRICT;
CREATE TABLE device (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other', 'unknown')),
  network TEXT,
  mac TEXT,
  addresses TEXT NOT NULL,
  observations_digest TEXT NOT NULL,
  first_seen TEXT,
  last_seen TEXT
) STRICT;
CREATE TABLE observation (
  id TEXT PRIMARY KEY,
  scan TEXT REFERENCES scan(id),
  device TEXT REFERENCES device(id),
  probe TEXT NOT NULL,
  ask TEXT,
  network TEXT,
  address TEXT NOT NULL,
  port INTEGER CHECK (port BETWEEN 0 AND 65535),
  mac TEXT,
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T%Z'),
  reply TEXT NOT NULL REFERENCES reply(sha256),
  cut INTEGER NOT NULL CHECK (cut IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('read', 'unread', 'broken')),
  fields TEXT NOT NULL,
  codec TEXT NOT NULL,
  problem TEXT,
  superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1))
) STRICT;
CREATE INDEX observation_device ON observation(device);
CREATE INDEX observation_telling ON observation(device, probe) WHERE superseded = 0;
CREATE TABLE device_key (
  device TEXT NOT NULL REFERENCES device(id),
  kind TEXT NOT NULL CHECK (kind IN ('mac', 'uuid', 'serial', 'addr')),
  value TEXT NOT NULL,
  trust TEXT NOT NULL CHECK (trust IN ('strong', 'weak')),
  rank INTEGER NOT NULL,
  first TEXT NOT NULL,
  last TEXT NOT NULL,
  PRIMARY KEY (device, kind, value)
) STRICT;
CREATE INDEX device_key_value ON device_key(kind, value);
CREATE TABLE sighting (
  scan TEXT NOT NULL REFERENCES scan(id),
  device TEXT NOT NULL REFERENCES device(id),
  network TEXT,
  mac TEXT,
  addresses TEXT NOT NULL,
  matched TEXT NOT NULL,
  PRIMARY KEY (scan, device)
) STRICT;
CREATE TABLE judgement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  device TEXT NOT NULL REFERENCES device(id),
  knowledge_version TEXT NOT NULL,
  observations_digest TEXT NOT NULL,
  judged_at TEXT NOT NULL CHECK (judged_at LIKE '____-__-__T%Z'),
  answer TEXT NOT NULL,
  was TEXT,
  is_now TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT;
CREATE INDEX judgement_device ON judgement(device, id);
CREATE TABLE place (
  id TEXT PRIMARY KEY,
  parent TEXT REFERENCES place(id),
  kind TEXT NOT NULL CHECK (kind IN ('site', 'building', 'floor', 'room')),
  name TEXT NOT NULL CHECK (name <> ''),
  sensitive INTEGER NOT NULL CHECK (sensitive IN (0, 1))
) STRICT;
CREATE TABLE contact (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  role TEXT NOT NULL CHECK (role IN ('seller', 'maintainer'))
) STRICT;
CREATE TABLE ref_counter (
  prefix TEXT PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last >= 0)
) STRICT;
CREATE TABLE asset (
  id TEXT PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other', 'unknown')),
  kind_by TEXT,
  device TEXT UNIQUE REFERENCES device(id),
  place TEXT REFERENCES place(id),
  vendor TEXT REFERENCES contact(id),
  status TEXT NOT NULL CHECK (status IN ('present', 'not-seen', 'removed')),
  decision TEXT CHECK (decision IN ('keep', 'keep-review', 'separate', 'replace', 'remove')),
  decision_by TEXT,
  decision_at TEXT,
  decision_why TEXT,
  decision_review_on TEXT,
  decision_year TEXT,
  purpose TEXT,
  recorder TEXT,
  channel INTEGER CHECK (channel >= 0),
  CHECK (decision IS NULL OR (decision_by IS NOT NULL AND decision_at IS NOT NULL))
) STRICT;
CREATE INDEX asset_place ON asset(place);
CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T%Z'),
  by TEXT,
  verb TEXT NOT NULL,
  say TEXT NOT NULL,
  steps TEXT NOT NULL,
  inverse TEXT,
  undone_at TEXT
) STRICT;
"""
