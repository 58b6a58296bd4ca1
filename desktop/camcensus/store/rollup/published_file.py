"""The database of a publishing pack: its tables with a dictionary of their columns; counts, and no row of a device."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from camcensus.model import frozen
from camcensus.store.making import making


@frozen
class PlainTable:
    """A table as it is written: its columns, each with whether it holds numbers, and its rows."""

    name: str
    columns: tuple[tuple[str, bool], ...]
    rows: Sequence[Sequence[Any]]


def write_published(path: Path, tables: Iterable[PlainTable]) -> None:
    """Write a new database at `path`, whole or not at all. Raises DiskError, StoreError."""
    with making(path) as draft, contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for table in tables:
            columns = ", ".join(f'"{name}" {"INTEGER" if is_number else "TEXT"}' for name, is_number in table.columns)
            connection.execute(f'CREATE TABLE "{table.name}" ({columns}) STRICT')
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)
        connection.execute("COMMIT")
        draft.chmod(0o644)  # it is for everybody


def datasette_metadata(
    database: str, about: Mapping[str, Any], tables: Iterable[tuple[str, str, Mapping[str, str]]]
) -> dict[str, Any]:
    """What Datasette says of that database: of each table its name, its meaning and those of its columns."""
    return {
        **about,
        "databases": {
            database: {
                "tables": {name: {"description": meaning, "columns": dict(columns)} for name, meaning, columns in tables}
            }
        },
    }
