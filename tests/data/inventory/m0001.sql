-- A file of the first schema, as the first release made it, with one of everything that the second has to carry over.
PRAGMA application_id = 1128353097;
BEGIN;
CREATE TABLE "_sqlite_migrations" (
   [id] INTEGER PRIMARY KEY,
   [migration_set] TEXT,
   [name] TEXT,
   [applied_at] TEXT
);
CREATE UNIQUE INDEX [idx__sqlite_migrations_migration_set_name]
    ON [_sqlite_migrations] ([migration_set], [name]);
INSERT INTO _sqlite_migrations (migration_set, name, applied_at)
  VALUES ('camcensus.inventory', 'm0001_inventory', '2026-11-20 09:00:00.000000+00:00');
CREATE TABLE body (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  inventory_id TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  year_starts INTEGER NOT NULL CHECK (year_starts BETWEEN 1 AND 12),
  expected_cameras INTEGER CHECK (expected_cameras >= 0)
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
  simulation INTEGER NOT NULL CHECK (simulation IN (0, 1))
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
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL
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
  problem TEXT
) STRICT;
CREATE INDEX observation_device ON observation(device);
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
INSERT INTO body VALUES (1, 'body-1', 'inventory-1', 'Elm Park Primary School', 'school', 4, 40);
INSERT INTO setting VALUES ('made_at', '2026-11-20T09:00:00Z');
INSERT INTO place VALUES ('site', NULL, 'site', 'Elm Park', 1), ('hall', 'site', 'room', 'Hall', 0);
INSERT INTO contact VALUES ('shop', 'Elm Alarms', 'seller'), ('care', 'Oak Care', 'maintainer');
INSERT INTO device VALUES
  ('d-1', 'camera', 'eth0 10.0.0.2/24', '3c:ef:8c:00:00:01', '["10.0.0.31"]', 'one', '2026-11-20T09:00:00Z', '2026-11-20T09:00:00Z'),
  ('d-2', 'recorder', 'eth0 10.0.0.2/24', NULL, '["10.0.0.32"]', 'two', '2026-11-20T09:00:00Z', '2026-11-20T09:00:00Z');
INSERT INTO device_key VALUES ('d-1', 'mac', '3c:ef:8c:00:00:01', 'strong', 0, '2026-11-20T09:00:00Z', '2026-11-20T09:00:00Z');
INSERT INTO judgement (device, knowledge_version, observations_digest, judged_at, answer, was, is_now, why) VALUES
  ('d-1', '1', 'one', '2026-11-20T09:00:00Z',
   '{"description":{"kind":"camera","model":"H4W2PER3","serial":"S1","firmware":"V1"},"attribution":{"manufacturer":"dahua","brand":"Honeywell","grade":"likely","candidates":["dahua"],"supports":[],"against":[],"other":[],"reason":"Made by Dahua.","knowledge_version":"1"},"findings":[{"list":"uk-fac-2021","manufacturer":"dahua","path":["dahua"],"may":false,"our_reading":false}]}',
   NULL, 'Camera, Dahua – Likely', 'First judged.'),
  ('d-2', '1', 'two', '2026-11-20T09:00:00Z', 'not an answer of ours', NULL, '?', 'First judged.');
INSERT INTO ref_counter VALUES ('CAM', 3), ('REC', 1);
INSERT INTO asset VALUES
  ('a-1', 'CAM-001', 'camera', 'R. Khan', 'd-1', 'hall', 'shop', 'present', 'replace', 'S. Ellis', '2026-11-21T10:00:00Z', 'old', NULL, '2026-27', 'Watches the hall', NULL, NULL),
  ('a-2', 'CAM-002', 'camera', NULL, NULL, NULL, 'care', 'present', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'REC-001', 4),
  ('a-3', 'CAM-003', 'camera', NULL, NULL, NULL, NULL, 'removed', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'REC-009', 5),
  ('a-4', 'REC-001', 'recorder', NULL, 'd-2', 'hall', NULL, 'not-seen', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO change (at, by, verb, say, steps, inverse) VALUES
  ('2026-11-21T10:00:00Z', 'A', 'set-purpose', 'Purpose set.', '[["set","asset","a-1",{"purpose":"Watches the hall"}]]', '[["set","asset","a-1",{"purpose":null}]]'),
  ('2026-11-21T10:01:00Z', 'A', 'set-vendor', 'Vendor set.', '[["set","asset","a-1",{"vendor":"shop"}]]', '[["set","asset","a-1",{"vendor":null}]]'),
  ('2026-11-21T10:02:00Z', 'A', 'set-place', 'Moved.', '[["set","asset","a-1",{"place":"hall"}]]', '[["set","asset","a-1",{"place":null}]]');
COMMIT;
