"""The inventory's tables, as migrations of literal SQL. Once shipped, a migration is never edited: add another."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

# Of the first migration: what staff change of the proposed plan, their own lines, and the versions that were made.

M0007 = """
CREATE TABLE plan_batch (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other', 'unknown')),
  place_path TEXT NOT NULL CHECK (json_valid(place_path)),
  what TEXT CHECK (what IN ('keep', 'keep-review', 'separate', 'replace', 'remove')),
  year TEXT,
  undated INTEGER NOT NULL DEFAULT 0 CHECK (undated IN (0, 1)),
  with_recorder INTEGER CHECK (with_recorder IN (0, 1)),
  name TEXT CHECK (name <> ''),
  priority INTEGER CHECK (priority BETWEEN 1 AND 4),
  reason TEXT,
  quantity INTEGER CHECK (quantity BETWEEN 0 AND 100000),
  unit INTEGER CHECK (unit BETWEEN 0 AND 10000000000),
  fitting INTEGER CHECK (fitting BETWEEN 0 AND 10000000000),
  other INTEGER CHECK (other BETWEEN 0 AND 10000000000),
  out INTEGER NOT NULL DEFAULT 0 CHECK (out IN (0, 1)),
  target_date TEXT CHECK (target_date LIKE '____-__-__'),
  disposal TEXT,
  wiped_on TEXT CHECK (wiped_on LIKE '____-__-__'),
  wipe_certificate TEXT,
  weee_note TEXT,
  status TEXT CHECK (status IN ('planned', 'approved', 'ordered', 'done')),
  note TEXT
) STRICT;
CREATE TABLE plan_row (
  asset TEXT PRIMARY KEY,
  batch TEXT NOT NULL
) STRICT;
CREATE INDEX plan_row_batch ON plan_row(batch);
CREATE TABLE plan_need (
  batch TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN
    ('recorder', 'viewing', 'power', 'cables', 'storage', 'dpia', 'asbestos', 'access', 'network', 'footage')),
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'not-needed')),
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (batch, kind)
) STRICT;
CREATE TABLE plan_line (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 0 AND 100000),
  unit INTEGER CHECK (unit BETWEEN 0 AND 10000000000),
  fitting INTEGER CHECK (fitting BETWEEN 0 AND 10000000000),
  year TEXT,
  priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 4),
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE plan_version (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  made_at TEXT NOT NULL CHECK (made_at LIKE '____-__-__T%Z'),
  made_by TEXT NOT NULL,
  note TEXT NOT NULL,
  knowledge_version TEXT NOT NULL,
  total INTEGER NOT NULL,
  with_vat INTEGER,
  brief TEXT NOT NULL CHECK (json_valid(brief)),
  plan TEXT NOT NULL CHECK (json_valid(plan))
) STRICT;
"""


# Of the first migration: what staff know of each row, places with plans, photos, doubts, and columns a table reads quickly.

M0002 = """
CREATE TABLE picture (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('plan', 'photo')),
  media TEXT NOT NULL CHECK (media IN ('image/png', 'image/jpeg')),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  data BLOB NOT NULL CHECK (length(data) BETWEEN 1 AND 16777216)
) STRICT;
ALTER TABLE place ADD COLUMN picture TEXT REFERENCES picture(sha256);
ALTER TABLE place ADD COLUMN progress TEXT CHECK (progress IN ('never-had', 'has', 'disconnected', 'planned', 'replaced'));
ALTER TABLE place ADD COLUMN progress_on TEXT CHECK (progress_on LIKE '____-__-__');
ALTER TABLE contact ADD COLUMN contract_number TEXT;
ALTER TABLE contact ADD COLUMN contract_end TEXT CHECK (contract_end LIKE '____-__-__');
ALTER TABLE contact ADD COLUMN email TEXT;
ALTER TABLE contact ADD COLUMN phone TEXT;
ALTER TABLE device ADD COLUMN merged_into TEXT REFERENCES device(id);
ALTER TABLE sighting ADD COLUMN firmware TEXT;
ALTER TABLE sighting ADD COLUMN model TEXT;
ALTER TABLE judgement ADD COLUMN first_at TEXT CHECK (first_at LIKE '____-__-__T%Z');
ALTER TABLE judgement ADD COLUMN kind TEXT NOT NULL DEFAULT 'unknown'
  CHECK (kind IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other', 'unknown'));
ALTER TABLE judgement ADD COLUMN manufacturer TEXT;
ALTER TABLE judgement ADD COLUMN candidates TEXT NOT NULL DEFAULT '[]';
ALTER TABLE judgement ADD COLUMN grade TEXT NOT NULL DEFAULT 'unknown'
  CHECK (grade IN ('confirmed', 'almost-certain', 'likely', 'possible', 'conflicting', 'unknown'));
ALTER TABLE judgement ADD COLUMN brand TEXT;
ALTER TABLE judgement ADD COLUMN model TEXT;
ALTER TABLE judgement ADD COLUMN serial TEXT;
ALTER TABLE judgement ADD COLUMN firmware TEXT;
ALTER TABLE judgement ADD COLUMN findings TEXT NOT NULL DEFAULT '[]';
ALTER TABLE judgement ADD COLUMN care TEXT NOT NULL DEFAULT '[]';
UPDATE judgement SET
  first_at = judged_at,
  kind = CASE WHEN json_extract(answer, '$.description.kind')
      IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other')
    THEN json_extract(answer, '$.description.kind') ELSE 'unknown' END,
  manufacturer = json_extract(answer, '$.attribution.manufacturer'),
  candidates = coalesce(json_extract(answer, '$.attribution.candidates'), '[]'),
  grade = CASE WHEN json_extract(answer, '$.attribution.grade')
      IN ('confirmed', 'almost-certain', 'likely', 'possible', 'conflicting')
    THEN json_extract(answer, '$.attribution.grade') ELSE 'unknown' END,
  brand = json_extract(answer, '$.attribution.brand'),
  model = json_extract(answer, '$.description.model'),
  serial = json_extract(answer, '$.description.serial'),
  firmware = json_extract(answer, '$.description.firmware'),
  findings = coalesce(json_extract(answer, '$.findings'), '[]')
  WHERE json_valid(answer);
ALTER TABLE asset RENAME TO asset_before;
CREATE TABLE asset (
  id TEXT PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('camera', 'recorder', 'encoder', 'intercom', 'software', 'other', 'unknown')),
  kind_by TEXT,
  device TEXT UNIQUE REFERENCES device(id),
  place TEXT REFERENCES place(id),
  status TEXT NOT NULL CHECK (status IN ('present', 'not-seen', 'spare', 'removed')),
  decision TEXT CHECK (decision IN ('keep', 'keep-review', 'separate', 'replace', 'remove')),
  decision_by TEXT,
  decision_at TEXT,
  decision_why TEXT,
  decision_review_on TEXT,
  decision_year TEXT,
  purpose TEXT,
  seller TEXT REFERENCES contact(id),
  maintainer TEXT REFERENCES contact(id),
  inside_outside TEXT CHECK (inside_outside IN ('inside', 'outside')),
  camera_type TEXT CHECK (camera_type IN
    ('fixed', 'dome', 'turret', 'bullet', 'ptz', 'panoramic', 'thermal', 'body-worn', 'other')),
  ownership TEXT CHECK (ownership IN ('ours', 'not-ours')),
  owner TEXT,
  dpia_ref TEXT,
  retention_days INTEGER CHECK (retention_days BETWEEN 0 AND 36500),
  retention_found_days INTEGER CHECK (retention_found_days BETWEEN 0 AND 36500),
  connected_to TEXT REFERENCES asset(id),
  channel INTEGER CHECK (channel >= 0),
  confirmed_by TEXT,
  confirmed_at TEXT,
  installed_on TEXT CHECK (installed_on LIKE '____' OR installed_on LIKE '____-__' OR installed_on LIKE '____-__-__'),
  installed_basis TEXT,
  cost_pence INTEGER CHECK (cost_pence >= 0),
  warranty_until TEXT CHECK (warranty_until LIKE '____' OR warranty_until LIKE '____-__' OR warranty_until LIKE '____-__-__'),
  support_until TEXT CHECK (support_until LIKE '____' OR support_until LIKE '____-__' OR support_until LIKE '____-__-__'),
  replace_by TEXT CHECK (replace_by LIKE '____' OR replace_by LIKE '____-__' OR replace_by LIKE '____-__-__'),
  action TEXT,
  working TEXT CHECK (working IN ('yes', 'poor', 'no')),
  working_since TEXT CHECK (working_since LIKE '____' OR working_since LIKE '____-__' OR working_since LIKE '____-__-__'),
  notes TEXT,
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  last_picture_check TEXT CHECK (last_picture_check LIKE '____-__-__'),
  picture_checked_by TEXT,
  core_network TEXT CHECK (core_network IN ('yes', 'no', 'not-known')),
  core_network_on TEXT CHECK (core_network_on LIKE '____-__-__'),
  core_network_by TEXT,
  internet_reachable TEXT CHECK (internet_reachable IN ('yes', 'no', 'not-known')),
  internet_reachable_on TEXT CHECK (internet_reachable_on LIKE '____-__-__'),
  internet_reachable_by TEXT,
  pin_place TEXT REFERENCES place(id),
  pin_x REAL CHECK (pin_x BETWEEN 0 AND 1),
  pin_y REAL CHECK (pin_y BETWEEN 0 AND 1),
  pin_walked INTEGER NOT NULL DEFAULT 0 CHECK (pin_walked IN (0, 1)),
  ask_installer INTEGER NOT NULL DEFAULT 0 CHECK (ask_installer IN (0, 1)),
  ask_note TEXT,
  entered_at TEXT CHECK (entered_at LIKE '____-__-__T%Z'),
  entered_by TEXT,
  entered_from TEXT,
  CHECK (decision IS NULL OR (decision_by IS NOT NULL AND decision_at IS NOT NULL)),
  CHECK (pin_place IS NULL OR (pin_x IS NOT NULL AND pin_y IS NOT NULL)),
  CHECK (connected_to <> id)
) STRICT;
INSERT INTO asset (id, ref, kind, kind_by, device, place, status, decision, decision_by, decision_at, decision_why,
    decision_review_on, decision_year, purpose, seller, maintainer, channel)
  SELECT id, ref, kind, kind_by, device, place, status, decision, decision_by, decision_at, decision_why,
    decision_review_on, decision_year, purpose,
    (SELECT contact.id FROM contact WHERE contact.id = vendor AND role = 'seller'),
    (SELECT contact.id FROM contact WHERE contact.id = vendor AND role = 'maintainer'), channel
  FROM asset_before;
UPDATE asset SET connected_to = (
    SELECT there.id FROM asset_before AS mine
    JOIN asset_before AS there ON there.ref = mine.recorder OR there.id = mine.recorder
    WHERE mine.id = asset.id AND there.id <> mine.id ORDER BY there.id = mine.recorder DESC LIMIT 1);
DROP TABLE asset_before;
CREATE INDEX asset_place ON asset(place);
CREATE INDEX asset_connected_to ON asset(connected_to);
CREATE INDEX asset_pin_place ON asset(pin_place);
CREATE TABLE photo (
  id TEXT PRIMARY KEY,
  asset TEXT NOT NULL REFERENCES asset(id),
  picture TEXT NOT NULL REFERENCES picture(sha256),
  name TEXT NOT NULL,
  taken_at TEXT,
  added_at TEXT NOT NULL CHECK (added_at LIKE '____-__-__T%Z')
) STRICT;
CREATE INDEX photo_asset ON photo(asset);
CREATE TABLE doubt (
  id TEXT PRIMARY KEY,
  device TEXT NOT NULL REFERENCES device(id),
  other TEXT NOT NULL REFERENCES device(id),
  reason TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T%Z'),
  answer TEXT CHECK (answer IN ('same', 'different')),
  by TEXT,
  answered_at TEXT,
  UNIQUE (device, other),
  CHECK (device <> other)
) STRICT;
CREATE INDEX doubt_other ON doubt(other);
UPDATE change SET inverse = NULL WHERE id <= (
    SELECT max(id) FROM change WHERE steps LIKE '%"vendor":%' OR steps LIKE '%"recorder":%'
      OR inverse LIKE '%"vendor":%' OR inverse LIKE '%"recorder":%');
"""


# Of the first migration: what a search has seen before it has ended.

M0003 = """
CREATE TABLE running (
  id TEXT PRIMARY KEY,
  scan TEXT NOT NULL,
  noted_at TEXT NOT NULL CHECK (noted_at LIKE '____-__-__T%Z')
) STRICT;
CREATE TABLE seen (
  running TEXT NOT NULL REFERENCES running(id),
  number INTEGER NOT NULL,
  observation TEXT NOT NULL,
  raw BLOB NOT NULL CHECK (length(raw) <= 98304),
  PRIMARY KEY (running, number)
) STRICT;
"""


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
