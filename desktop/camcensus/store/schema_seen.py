"""Of the first migration: what a search has seen before it has ended."""

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
