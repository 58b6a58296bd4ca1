"""Migration 7 of the roll-up file: what was published of it. Literal SQL that has shipped."""

M0007 = """
CREATE TABLE pack (
  id INTEGER PRIMARY KEY,
  made_at TEXT NOT NULL,
  shown BLOB NOT NULL
) STRICT;
"""
