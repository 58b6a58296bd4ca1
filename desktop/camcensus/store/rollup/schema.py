"""The roll-up file's tables, as literal SQL.

`tables.BASE` names the base tables that the SQL in `resources/rollup` runs on, here and in any other engine; `tally` is made
from them by `tally.sql` there. What organisations answered is in `claim`, one row a question; `answer` is of devices.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from camcensus.store.schema import ROLLUP_ID

APPLICATION_ID = ROLLUP_ID

SUFFIX = ".camcensus-rollup"

MIGRATIONS = Migrations("camcensus.rollup")


def names() -> tuple[str, ...]:
    """The migrations this program knows, in order."""
    return tuple(step.name for step in MIGRATIONS._migrations)


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)


@MIGRATIONS()
def m0001_rollup(db: Database) -> None:
    _run(db, _M0001)


_M0001 = """
CREATE TABLE setting (
  key TEXT PRIMARY KEY, value TEXT NOT NULL
) STRICT;
CREATE TABLE body (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL, urn TEXT UNIQUE,
  ods TEXT UNIQUE, gss TEXT UNIQUE, company_no TEXT UNIQUE, asked INTEGER NOT NULL CHECK (asked IN (0, 1)),
  expected_cameras INTEGER CHECK (expected_cameras >= 0), expected_basis TEXT,
  listed_cameras INTEGER CHECK (listed_cameras >= 0), dpia TEXT, policy TEXT, signs TEXT, footage_access TEXT,
  equality TEXT, consultation TEXT, face_policy TEXT, watch_lists TEXT, complaints TEXT, region TEXT,
  pupils INTEGER CHECK (pupils BETWEEN 0 AND 999999999), beds INTEGER CHECK (beds BETWEEN 0 AND 999999999),
  population INTEGER CHECK (population BETWEEN 0 AND 999999999)
) STRICT;
CREATE TABLE export (
  id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, inventory TEXT NOT NULL UNIQUE,
  body INTEGER NOT NULL REFERENCES body(id), state TEXT NOT NULL CHECK (state IN ('accepted', 'held')),
  body_uuid TEXT NOT NULL, body_name TEXT NOT NULL, made_at TEXT NOT NULL CHECK (made_at LIKE '____-__-__T%Z'),
  as_at TEXT NOT NULL CHECK (as_at LIKE '____-__-__T%Z'), searched_at TEXT, method TEXT NOT NULL,
  knowledge_version TEXT NOT NULL, signer TEXT, sha256 TEXT NOT NULL CHECK (length(sha256) = 64), name TEXT NOT NULL,
  items INTEGER NOT NULL CHECK (items >= 0), channels_without_row INTEGER NOT NULL CHECK (channels_without_row >= 0),
  body_type TEXT, expected_cameras INTEGER CHECK (expected_cameras >= 0), expected_basis TEXT, urn TEXT, ods TEXT,
  gss TEXT, company_no TEXT, dpia TEXT, policy TEXT, signs TEXT, footage_access TEXT, equality TEXT, consultation TEXT,
  face_policy TEXT, watch_lists TEXT, complaints TEXT
) STRICT;
CREATE INDEX export_body ON export(body);
CREATE INDEX export_body_uuid ON export(body_uuid);
CREATE TABLE file (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, path TEXT NOT NULL, sha256 TEXT CHECK (length(sha256) = 64),
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T%Z'),
  state TEXT NOT NULL CHECK (state IN ('accepted', 'superseded', 'held', 'refused')), why TEXT NOT NULL, reason TEXT,
  warnings TEXT NOT NULL CHECK (json_valid(warnings)), export_id TEXT, body_id TEXT, inventory_id TEXT, body_name TEXT
) STRICT;
CREATE INDEX file_export ON file(export_id);
CREATE INDEX file_path ON file(path);
CREATE TABLE taken_out (
  export_id TEXT PRIMARY KEY, at TEXT NOT NULL CHECK (at LIKE '____-__-__T%Z')
) STRICT;
CREATE TABLE agreed (
  inventory TEXT PRIMARY KEY
) STRICT;
CREATE TABLE waiting (
  body INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE answer (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other', 'unknown')),
  maker TEXT,
  grade TEXT NOT NULL CHECK (grade IN ('confirmed', 'almost-certain', 'likely', 'possible', 'conflicting', 'unknown')),
  brand TEXT, candidates TEXT NOT NULL CHECK (json_valid(candidates)),
  based_in_china INTEGER NOT NULL CHECK (based_in_china IN (0, 1))
) STRICT;
CREATE TABLE answer_list (
  answer INTEGER NOT NULL REFERENCES answer(id), list TEXT NOT NULL, may INTEGER NOT NULL CHECK (may IN (0, 1)),
  PRIMARY KEY (answer, list)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer_capability (
  answer INTEGER NOT NULL REFERENCES answer(id), capability TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('able', 'on', 'off', 'unknown')), PRIMARY KEY (answer, capability)
) STRICT, WITHOUT ROWID;
CREATE TABLE maker (
  id TEXT PRIMARY KEY, name TEXT NOT NULL
) STRICT;
CREATE TABLE list (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, said_by TEXT NOT NULL, addressed_to TEXT NOT NULL, date TEXT NOT NULL,
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)), names_makers INTEGER NOT NULL CHECK (names_makers IN (0, 1))
) STRICT;
CREATE TABLE item (
  id INTEGER PRIMARY KEY, export INTEGER NOT NULL REFERENCES export(id),
  has_row INTEGER NOT NULL CHECK (has_row IN (0, 1)), has_device INTEGER NOT NULL CHECK (has_device IN (0, 1)),
  said_kind TEXT, status TEXT NOT NULL CHECK (status IN ('present', 'not-seen', 'removed')),
  unconfirmed INTEGER NOT NULL CHECK (unconfirmed IN (0, 1)), building_kind TEXT, inside_outside TEXT,
  in_sensitive INTEGER NOT NULL CHECK (in_sensitive IN (0, 1)), installed_year INTEGER,
  answer INTEGER NOT NULL REFERENCES answer(id), stale INTEGER NOT NULL CHECK (stale IN (0, 1)),
  in_body INTEGER NOT NULL CHECK (in_body IN (0, 1)),
  in_nation INTEGER NOT NULL CHECK (in_nation IN (0, 1)), camera_type TEXT, purpose TEXT,
  retention_days INTEGER CHECK (retention_days >= 0), has_dpia INTEGER NOT NULL DEFAULT 0 CHECK (has_dpia IN (0, 1)),
  firmware_years INTEGER CHECK (firmware_years >= 0), decision TEXT, decision_year INTEGER, seller TEXT,
  cost_pence INTEGER CHECK (cost_pence BETWEEN 0 AND 1000000000000)
) STRICT;
CREATE INDEX item_export ON item(export);
CREATE INDEX item_stale ON item(id) WHERE stale = 1;
CREATE TABLE detail (
  item INTEGER PRIMARY KEY REFERENCES item(id), asset TEXT, device TEXT, ref TEXT, place TEXT, network TEXT, mac TEXT,
  addresses TEXT NOT NULL, own_answer INTEGER NOT NULL, own_version TEXT
) STRICT;
CREATE TABLE item_key (
  item INTEGER NOT NULL REFERENCES item(id), kind TEXT NOT NULL, value TEXT NOT NULL, rank INTEGER NOT NULL,
  strong INTEGER NOT NULL CHECK (strong IN (0, 1)), PRIMARY KEY (item, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_key_value ON item_key(value, kind) WHERE strong = 1 AND kind <> 'addr';
CREATE TABLE observation (
  id INTEGER PRIMARY KEY, item INTEGER NOT NULL REFERENCES item(id), uuid TEXT NOT NULL, probe TEXT NOT NULL, ask TEXT,
  network TEXT, address TEXT NOT NULL, port INTEGER, mac TEXT, at TEXT NOT NULL, cut INTEGER NOT NULL,
  state TEXT NOT NULL, fields TEXT NOT NULL, codec TEXT NOT NULL
) STRICT;
CREATE INDEX observation_item ON observation(item);
CREATE TABLE double (
  item INTEGER PRIMARY KEY REFERENCES item(id), first INTEGER NOT NULL REFERENCES item(id),
  same_body INTEGER NOT NULL CHECK (same_body IN (0, 1)), kind TEXT NOT NULL, value TEXT NOT NULL
) STRICT;
CREATE TABLE unsettled (
  body INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE tally (
  body INTEGER NOT NULL, answer INTEGER NOT NULL, counts_as TEXT NOT NULL, building_kind TEXT NOT NULL,
  inside_outside TEXT NOT NULL, in_sensitive INTEGER NOT NULL, installed_year INTEGER, found INTEGER NOT NULL,
  found_elsewhere INTEGER NOT NULL, unconfirmed INTEGER NOT NULL
) STRICT;
CREATE INDEX tally_body ON tally(body);
CREATE TABLE round (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kept_at TEXT NOT NULL CHECK (kept_at LIKE '____-__-__T%Z'),
  knowledge_version TEXT NOT NULL, lists TEXT NOT NULL CHECK (json_valid(lists))
) STRICT;
CREATE TABLE round_body (
  round INTEGER NOT NULL REFERENCES round(id), code TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  asked INTEGER NOT NULL, answered INTEGER NOT NULL, counted INTEGER NOT NULL, found INTEGER NOT NULL,
  listed INTEGER NOT NULL, listed_proven INTEGER NOT NULL, listed_most INTEGER NOT NULL, not_known INTEGER NOT NULL,
  based_in_china INTEGER NOT NULL, based_in_china_proven INTEGER NOT NULL, PRIMARY KEY (round, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE round_listed (
  round INTEGER NOT NULL REFERENCES round(id), asset TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (round, asset)
) STRICT, WITHOUT ROWID;
CREATE TABLE listed (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, urn TEXT, ods TEXT, gss TEXT, company_no TEXT,
  expected_cameras INTEGER CHECK (expected_cameras >= 0), region TEXT,
  pupils INTEGER CHECK (pupils BETWEEN 0 AND 999999999), beds INTEGER CHECK (beds BETWEEN 0 AND 999999999),
  population INTEGER CHECK (population BETWEEN 0 AND 999999999)
) STRICT;
CREATE TABLE sheet (
  id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  name TEXT NOT NULL, given_at TEXT NOT NULL CHECK (given_at LIKE '____-__-__T%Z'),
  rows INTEGER NOT NULL CHECK (rows >= 0)
) STRICT;
CREATE TABLE claim (
  id INTEGER PRIMARY KEY, sheet INTEGER NOT NULL REFERENCES sheet(id), row INTEGER NOT NULL,
  body INTEGER REFERENCES body(id), why TEXT NOT NULL, body_name TEXT NOT NULL, body_type TEXT, urn TEXT, ods TEXT,
  gss TEXT, company_no TEXT,
  question TEXT NOT NULL CHECK (question IN ('cameras', 'maker', 'listed', 'not-known', 'other')), asks TEXT NOT NULL,
  heading TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('answered', 'replied', 'refused', 'not-held', 'no-reply')),
  section TEXT, asked_on TEXT, answered_on TEXT, low INTEGER CHECK (low >= 0), high INTEGER CHECK (high >= low),
  yes INTEGER CHECK (yes IN (0, 1)), words TEXT, document TEXT, typed_by TEXT,
  newest INTEGER NOT NULL CHECK (newest IN (0, 1))
) STRICT;
CREATE INDEX claim_body ON claim(body);
CREATE INDEX claim_sheet ON claim(sheet);
CREATE TABLE claim_maker (
  claim INTEGER NOT NULL REFERENCES claim(id), maker TEXT NOT NULL, PRIMARY KEY (claim, maker)
) STRICT, WITHOUT ROWID;
CREATE TABLE list_maker (
  list TEXT NOT NULL, maker TEXT NOT NULL, is_named INTEGER NOT NULL CHECK (is_named IN (0, 1)), PRIMARY KEY (list, maker)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer_flaw (
  answer INTEGER NOT NULL REFERENCES answer(id), flaw TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('yes', 'maybe')), exploited INTEGER NOT NULL CHECK (exploited IN (0, 1)),
  PRIMARY KEY (answer, flaw)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan_year (
  export INTEGER NOT NULL REFERENCES export(id), year INTEGER NOT NULL,
  items INTEGER NOT NULL CHECK (items BETWEEN 0 AND 1000000000000),
  unpriced INTEGER NOT NULL CHECK (unpriced BETWEEN 0 AND 1000000000000),
  total_pence INTEGER NOT NULL CHECK (total_pence BETWEEN 0 AND 1000000000000), PRIMARY KEY (export, year)
) STRICT, WITHOUT ROWID;
CREATE TABLE site (
  export INTEGER NOT NULL REFERENCES export(id), number INTEGER NOT NULL,
  is_sensitive INTEGER NOT NULL CHECK (is_sensitive IN (0, 1)), progress TEXT,
  listed_now INTEGER CHECK (listed_now BETWEEN 0 AND 1000000000000), PRIMARY KEY (export, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE trait (
  body INTEGER NOT NULL, camera_type TEXT NOT NULL, purpose TEXT NOT NULL, retention INTEGER NOT NULL,
  has_dpia INTEGER NOT NULL, firmware_age INTEGER NOT NULL, found INTEGER NOT NULL, found_elsewhere INTEGER NOT NULL
) STRICT;
CREATE INDEX trait_body ON trait(body);
"""
