"""The base tables of a roll-up as Parquet, for engines that hold more than a laptop does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from camcensus.model.errors import DiskError, disk_error, shown
from camcensus.store.files import replacing, write_whole
from camcensus.store.parquet import ParquetColumn, write_table
from camcensus.store.rollup.engines import EXPECTED, PARTED_BY, Engine, script
from camcensus.store.rollup.tables import BASE, RollupTable

_FILE = "part-0.parquet"


def write_parquet(connection: sqlite3.Connection, folder: Path) -> tuple[Path, ...]:
    """Write every base table below an empty folder, after `prepare`. Raises DiskError."""
    try:
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            raise DiskError(
                f"“{shown(folder)}” is not an empty folder; give another name, so that no older figures are mixed in."
            )
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write_base(connection, name, folder) for name in BASE)
    except OSError as error:
        raise disk_error(folder, error) from error


def write_script(folder: Path, engine: Engine, tables: Sequence[RollupTable], resources: Path) -> Path:
    """Write, beside the base tables, the script of an engine, and our own tables to compare its with. Raises DiskError."""
    path = folder / f"{engine}.sql"
    try:
        for table in tables:
            columns = [ParquetColumn(column, "text") for column in table.columns]
            _write(folder / EXPECTED / table.name, columns, table.rows)
        write_whole(path, script(engine, resources, {table.name: table.columns for table in tables}).encode())
    except OSError as error:
        raise disk_error(folder, error) from error
    return path


def _write_base(connection: sqlite3.Connection, table: str, folder: Path) -> Path:
    columns = _columns(connection, table)
    if table != "item":
        rows = connection.execute(f"SELECT {', '.join(BASE[table])} FROM {table}")
        return _write(folder / table, columns, rows)
    rows = connection.execute(
        f"SELECT {', '.join(f'item.{column.name}' for column in columns)}, body.type FROM item"
        " JOIN export ON export.id = item.export JOIN body ON body.id = export.body ORDER BY body.type, item.id"
    )
    target = folder / table
    for kind, items in groupby(rows, key=itemgetter(len(columns))):
        _write(target / f"{PARTED_BY}={quote(kind, safe='') or 'none'}", columns, (row[:-1] for row in items))
    if not target.exists():  # an engine finds the columns in the files
        _write(target / f"{PARTED_BY}=none", columns, ())
    return target


def _write(target: Path, columns: Sequence[ParquetColumn], rows: Iterable[Sequence[Any]]) -> Path:
    target.mkdir(parents=True)
    with replacing(target / _FILE) as stream:
        write_table(stream, columns, rows)
    return target


def _columns(connection: sqlite3.Connection, table: str) -> list[ParquetColumn]:
    """The base columns of a table, each with what it holds."""
    kinds = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info('{table}')").fetchall()}
    return [ParquetColumn(name, "number" if kinds[name] == "INTEGER" else "text") for name in BASE[table]]
