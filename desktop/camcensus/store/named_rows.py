"""Rows of a database by the names of their columns, read and written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def read(connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
    """The rows of a SELECT, each of which is asked by a column's name. Raises sqlite3.Error."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, values)


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any], *, replace: bool = False) -> int:
    """Insert a row, or put it in the place of the one with its key; gives its number. Raises sqlite3.Error."""
    made = connection.execute(("REPLACE" if replace else "INSERT") + _into(table, row), row)
    assert made.lastrowid is not None
    return made.lastrowid


def insert_all(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns. Raises sqlite3.Error."""
    if rows:
        connection.executemany("INSERT" + _into(table, rows[0]), rows)


def insert_columns(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert many rows of these columns, which is quicker. Raises sqlite3.Error."""
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def _into(table: str, row: Mapping[str, Any]) -> str:
    return f" INTO {table} ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"
