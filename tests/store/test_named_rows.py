"""Rows by the names of their columns."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest

from camcensus.store.named_rows import insert, insert_all, read


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, key TEXT UNIQUE, value TEXT)")
        yield connection


def test_rows_are_written_and_read_by_name_in_any_order(db: sqlite3.Connection) -> None:
    assert insert(db, "thing", {"value": "v", "key": "a"}) == 1
    insert_all(db, "thing", [{"key": "b", "value": None}, {"value": "w", "key": "c"}])
    insert_all(db, "thing", [])
    rows = list(read(db, "SELECT value, key FROM thing WHERE id > ? ORDER BY id", [1]))
    assert [(row["key"], row["value"]) for row in rows] == [("b", None), ("c", "w")]
    assert db.execute("SELECT count(*) FROM thing").fetchone() == (3,)


def test_a_row_takes_the_place_of_the_one_with_its_key_only_where_it_may(db: sqlite3.Connection) -> None:
    insert(db, "thing", {"key": "a", "value": "old"})
    with pytest.raises(sqlite3.IntegrityError):
        insert(db, "thing", {"key": "a", "value": "new"})
    insert(db, "thing", {"key": "a", "value": "new"}, replace=True)
    assert [row["value"] for row in read(db, "SELECT * FROM thing")] == ["new"]


def test_a_row_that_lacks_a_column_of_the_first_is_refused(db: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.ProgrammingError):
        insert_all(db, "thing", [{"key": "a", "value": "v"}, {"key": "b"}])
