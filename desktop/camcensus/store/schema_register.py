"""Of the first migration: what staff know of each row, places with plans, photos, doubts, and columns a table reads quickly."""

from __future__ import annotations

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
