"""A signed knowledge base is opened as if an enemy had made it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from camcensus.model.errors import DamagedFileError, NewerFileError, NotOurFileError, StoreError
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.store.vendors_db.schema import digest_rows
from camcensus.store.vendors_db.updates import load_stranger
from installers.knowledge.build import build
from store.vendors_db.sources_sample import write_sources


@pytest.fixture
def database(tmp_path: Path) -> Path:
    build(write_sources(tmp_path / "sources"), tmp_path / "vendors.db")
    return tmp_path / "vendors.db"


def harmed(database: Path, *statements: str) -> bytes:
    """The file after these statements, its digest made right again: whoever signs can do that."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'digest'", [digest_rows(connection)])
    return database.read_bytes()


def test_a_sound_one_is_read_like_any_and_nothing_is_left_behind(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    assert load_stranger(database.read_bytes(), name="vendors.db") == load_knowledge(database)
    assert list(scratch.iterdir()) == []


HARM = {
    "a view": ["CREATE VIEW shadow AS SELECT 1"],
    "a view that never ends": [
        "DROP TABLE junk",
        "CREATE VIEW junk AS WITH RECURSIVE n(kind, value) AS (SELECT 'mac', 1 UNION ALL SELECT 'mac', value + 1 FROM n)"
        " SELECT * FROM n",
    ],
    "a trigger": ["CREATE TRIGGER shadow AFTER INSERT ON meta BEGIN SELECT 1; END"],
    "a virtual table": ["CREATE VIRTUAL TABLE extra USING fts5(words)"],
    "an index": ["CREATE INDEX shadow ON fingerprint (pattern)"],
    "a table more": ["CREATE TABLE extra (id)"],
    "a generated column": ["ALTER TABLE meta ADD COLUMN extra TEXT GENERATED ALWAYS AS (key) VIRTUAL"],
    "a table less": ["DROP TABLE statement_answer"],
    "no version": ["DELETE FROM meta WHERE key = 'version'"],
    "text that is no JSON": ["UPDATE fingerprint SET examples = '{'"],
    "a maker that is not there": ["PRAGMA foreign_keys = OFF", "UPDATE statement_name SET manufacturer = 'nobody'"],
    "a pattern that is none": ["UPDATE fingerprint SET pattern = '('"],
}


@pytest.mark.parametrize("case", HARM)
def test_what_is_unsound_is_refused_though_its_digest_is_right(database: Path, case: str) -> None:
    if case in ("a table less", "a view that never ends"):
        with closing(sqlite3.connect(database)) as connection:
            for statement in HARM[case]:
                connection.execute(statement)
        data = database.read_bytes()
    else:
        data = harmed(database, *HARM[case])
    with pytest.raises(DamagedFileError, match=r"^vendors\.db does not hold a sound knowledge base"):
        load_stranger(data, name="vendors.db")


def test_a_changed_row_is_seen_by_the_digest(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE manufacturer SET name = 'Someone' WHERE id = 'maker-a'")
    with pytest.raises(DamagedFileError):
        load_stranger(database.read_bytes(), name="vendors.db")


def test_pages_cut_off_or_added_are_seen(database: Path) -> None:
    data = database.read_bytes()
    for changed in (data[:-4096], data[:-1], data + bytes(4096)):
        with pytest.raises(StoreError):
            load_stranger(changed, name="vendors.db")


def test_any_flipped_bit_is_refused_or_harmless(database: Path) -> None:
    """Over the whole file, a bit every 127 bytes: what is still taken says exactly the same."""
    data, known = database.read_bytes(), load_knowledge(database)
    for at in range(0, len(data), 127 * 8):
        changed = bytearray(data)
        changed[at] ^= 1 << (at % 8)
        try:
            taken = load_stranger(bytes(changed), name="vendors.db")
        except StoreError:
            continue
        assert taken == known


@pytest.mark.parametrize(
    ("pragma", "error"),
    [
        ("user_version = 99", NewerFileError),
        ("user_version = 0", NotOurFileError),
        ("application_id = 1", NotOurFileError),
    ],
)
def test_another_kind_of_file_is_refused(database: Path, pragma: str, error: type[StoreError]) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA {pragma}")
    with pytest.raises(error):
        load_stranger(database.read_bytes(), name="vendors.db")


def test_bytes_that_are_no_database_are_refused() -> None:
    for data in (b"", b"text", b"SQLite format 3\0" + bytes(500), b"SQLite format 3\0" + bytes(16 * 1024 * 1024)):
        with pytest.raises(StoreError):
            load_stranger(data, name="vendors.db")
