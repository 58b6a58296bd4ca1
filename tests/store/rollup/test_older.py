"""A roll-up file of an older Camcensus is brought up to date, also where it is only read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from camcensus.store.rollup.file import open_rollup_readonly
from camcensus.store.rollup.schema import APPLICATION_ID, MIGRATIONS, names


@pytest.mark.parametrize("step", names()[1:])
def test_an_older_file_is_brought_up_to_date_before_it_is_read(step: str, tmp_path: Path) -> None:
    path = tmp_path / "old.camcensus-rollup"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        db = Database(connection, execute_plugins=False)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        MIGRATIONS.apply(db, stop_before=step)
        db.execute("INSERT INTO setting VALUES ('made_at', '2026-01-01T00:00:00Z')")
    with open_rollup_readonly(path) as file:
        assert file.readonly
        assert file.connection.execute("SELECT count(*) FROM claim").fetchone() == (0,)
        found = {name for (name,) in file.connection.execute("SELECT name FROM _sqlite_migrations")}
    assert found == set(names())
