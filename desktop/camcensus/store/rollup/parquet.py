"""The base tables of a roll-up as Parquet, for engines that hold more than a laptop does."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote

from camcensus.model.disk import disk_error, shown
from camcensus.model.errors import DiskError
from camcensus.store.files import replacing
from camcensus.store.parquet import ParquetColumn, write_table
from camcensus.store.rollup.tables import BASE

PARTED_BY = "body_type"
"""`item` is in one folder for each kind of body, named as engines expect it: item/body_type=nhs/…"""
_FILE = "part-0.parquet"


def write_parquet(connection: sqlite3.Connection, folder: Path) -> tuple[Path, ...]:
    """Write every base table below an empty folder, after `prepare`. Raises DiskError."""
    try:
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            raise DiskError(
                f"“{shown(folder)}” is not an empty folder; give another name, so that no older figures are mixed in."
            )
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write_items(connection, folder) if name == "item" else _write(connection, name, folder) for name in BASE)
    except OSError as error:
        raise disk_error(folder, error) from error


def _write(connection: sqlite3.Connection, table: str, folder: Path) -> Path:
    target = folder / table
    target.mkdir()
    with replacing(target / _FILE) as stream:
        write_table(stream, _columns(connection, table), connection.execute(f"SELECT {', '.join(BASE[table])} FROM {table}"))
    return target


def _write_items(connection: sqlite3.Connection, folder: Path) -> Path:
    """The one large table, in a folder for each kind of body."""
    target = folder / "item"
    target.mkdir()
    columns = _columns(connection, "item")
    rows = connection.execute(
        f"SELECT {', '.join(f'item.{column.name}' for column in columns)}, body.type FROM item"
        " JOIN export ON export.id = item.export JOIN body ON body.id = export.body ORDER BY body.type, item.id"
    )
    for kind, items in groupby(rows, key=itemgetter(len(columns))):
        part = target / f"{PARTED_BY}={quote(kind, safe='')}"
        part.mkdir()
        with replacing(part / _FILE) as stream:
            write_table(stream, columns, (row[:-1] for row in items))
    return target


def _columns(connection: sqlite3.Connection, table: str) -> list[ParquetColumn]:
    """The base columns of a table, each with what it holds."""
    kinds = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info('{table}')").fetchall()}
    return [ParquetColumn(name, "number" if kinds[name] == "INTEGER" else "text") for name in BASE[table]]
