"""Of the first migration: what staff change of the proposed plan, their own lines, and the versions that were made."""

from __future__ import annotations

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
