"""A private copy is asked for its CHECKs in other words than SQLite's own check has: both find the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from camcensus.store.exchange_file.schema import SCHEMA
from camcensus.store.private_copy import Made, checks_in, has_sound_rows, parts_made_by, parts_of
from camcensus.store.vendors_db.schema import SCHEMA as OF_VENDORS
from rollup_estate import make_estate, write_file

SPOILED = ("NULL", "''", "'x'", "'[]'", "'2026-13-01'", "-1", "7", "3000000000")


@pytest.mark.parametrize("made", [parts_made_by(SCHEMA), parts_made_by(OF_VENDORS)])
def test_every_check_is_asked(made: Made) -> None:
    tables = [sql or "" for kind, _, _, sql in made if kind == "table"]
    assert any("CHECK" in sql for sql in tables)
    for sql in tables:
        assert len(list(checks_in(sql))) == sql.count("CHECK")


def test_a_value_is_found_if_and_only_if_sqlite_finds_it(tmp_path: Path) -> None:
    estate = make_estate(5, 1, 12)
    path = tmp_path / "sound.camcensus"
    write_file(estate, estate.bodies[0], estate.bodies[0].cameras, path, 0, 1)
    found = missed = 0
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        with closing(sqlite3.connect(path)) as theirs:
            theirs.backup(db)
        made = parts_of(db)
        assert has_sound_rows(db, made)
        db.execute("PRAGMA ignore_check_constraints = 1")
        for table, column in db.execute(
            "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"
        ).fetchall():
            for value in SPOILED:
                db.execute("BEGIN")
                with suppress(sqlite3.IntegrityError):
                    db.execute(f'UPDATE "{table}" SET "{column}" = {value}')
                db.execute("PRAGMA ignore_check_constraints = 0")
                sqlite_says = (
                    db.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
                    and not db.execute("PRAGMA foreign_key_check").fetchall()
                )
                assert has_sound_rows(db, made) == sqlite_says, (table, column, value)
                db.execute("PRAGMA ignore_check_constraints = 1")
                db.execute("ROLLBACK")
                found, missed = found + (not sqlite_says), missed + sqlite_says
    assert found > 100
    assert missed > 100
