"""Migrations 5 and 6 of the roll-up file: what a review asks beside who made the cameras. Literal SQL that has shipped."""

M0005 = """
ALTER TABLE export ADD COLUMN dpia TEXT;
ALTER TABLE export ADD COLUMN policy TEXT;
ALTER TABLE export ADD COLUMN signs TEXT;
ALTER TABLE export ADD COLUMN footage_access TEXT;
ALTER TABLE body ADD COLUMN dpia TEXT;
ALTER TABLE body ADD COLUMN policy TEXT;
ALTER TABLE body ADD COLUMN signs TEXT;
ALTER TABLE body ADD COLUMN footage_access TEXT;
ALTER TABLE body ADD COLUMN region TEXT;
ALTER TABLE body ADD COLUMN pupils INTEGER CHECK (pupils BETWEEN 0 AND 999999999);
ALTER TABLE body ADD COLUMN beds INTEGER CHECK (beds BETWEEN 0 AND 999999999);
ALTER TABLE body ADD COLUMN population INTEGER CHECK (population BETWEEN 0 AND 999999999);
ALTER TABLE listed ADD COLUMN region TEXT;
ALTER TABLE listed ADD COLUMN pupils INTEGER CHECK (pupils BETWEEN 0 AND 999999999);
ALTER TABLE listed ADD COLUMN beds INTEGER CHECK (beds BETWEEN 0 AND 999999999);
ALTER TABLE listed ADD COLUMN population INTEGER CHECK (population BETWEEN 0 AND 999999999);
ALTER TABLE item ADD COLUMN camera_type TEXT;
ALTER TABLE item ADD COLUMN purpose TEXT;
ALTER TABLE item ADD COLUMN retention_days INTEGER CHECK (retention_days >= 0);
ALTER TABLE item ADD COLUMN has_dpia INTEGER NOT NULL DEFAULT 0 CHECK (has_dpia IN (0, 1));
ALTER TABLE item ADD COLUMN firmware_years INTEGER CHECK (firmware_years >= 0);
ALTER TABLE item ADD COLUMN decision TEXT;
ALTER TABLE item ADD COLUMN decision_year INTEGER;
ALTER TABLE item ADD COLUMN seller TEXT;
ALTER TABLE item ADD COLUMN cost_pence INTEGER CHECK (cost_pence BETWEEN 0 AND 1000000000000);
CREATE TABLE answer_flaw (
  answer INTEGER NOT NULL REFERENCES answer(id),
  flaw TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('yes', 'maybe')),
  exploited INTEGER NOT NULL CHECK (exploited IN (0, 1)),
  PRIMARY KEY (answer, flaw)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan_year (
  export INTEGER NOT NULL REFERENCES export(id),
  year INTEGER NOT NULL,
  items INTEGER NOT NULL CHECK (items BETWEEN 0 AND 1000000000000),
  unpriced INTEGER NOT NULL CHECK (unpriced BETWEEN 0 AND 1000000000000),
  total_pence INTEGER NOT NULL CHECK (total_pence BETWEEN 0 AND 1000000000000),
  PRIMARY KEY (export, year)
) STRICT, WITHOUT ROWID;
CREATE TABLE site (
  export INTEGER NOT NULL REFERENCES export(id),
  number INTEGER NOT NULL,
  is_sensitive INTEGER NOT NULL CHECK (is_sensitive IN (0, 1)),
  progress TEXT,
  listed_now INTEGER CHECK (listed_now BETWEEN 0 AND 1000000000000),
  PRIMARY KEY (export, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE trait (
  body INTEGER NOT NULL,
  camera_type TEXT NOT NULL,
  purpose TEXT NOT NULL,
  retention INTEGER NOT NULL,
  has_dpia INTEGER NOT NULL,
  firmware_age INTEGER NOT NULL,
  found INTEGER NOT NULL,
  found_elsewhere INTEGER NOT NULL
) STRICT;
CREATE INDEX trait_body ON trait(body);
INSERT OR IGNORE INTO unsettled SELECT id FROM body;
"""

M0006 = """
ALTER TABLE export ADD COLUMN has_facts INTEGER NOT NULL DEFAULT 0 CHECK (has_facts IN (0, 1));
"""
"""Files that are in already may have been accepted by a Camcensus that left out what migration 5 has columns for."""
