"""The base tables of a roll-up as Parquet, for engines that hold more than a laptop does. DuckDB, an extra, writes them."""

from __future__ import annotations

import csv
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from camcensus.model.disk import disk_error, shown
from camcensus.model.errors import DiskError
from camcensus.model.words import clean
from camcensus.store.rollup.tables import BASE

NOT_INSTALLED = (
    "Parquet files are written by DuckDB, which is not installed here: run “pip install camcensus[parquet]”, then try again."
)
PARTED_BY = "body_type"
"""`item` is in one folder for each kind of body, named as engines expect it: item/body_type=nhs/…"""
_NULL = "\\N"


def write_parquet(connection: sqlite3.Connection, folder: Path) -> tuple[Path, ...]:
    """Write every base table below an empty folder, after `prepare`. Raises DiskError, also where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError as error:
        raise DiskError(NOT_INSTALLED) from error
    try:
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            raise DiskError(
                f"“{shown(folder)}” is not an empty folder; give another name, so that no older figures are mixed in."
            )
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="camcensus-") as scratch, duckdb.connect(":memory:") as engine:
            return tuple(
                _write(connection, engine, table, columns, Path(scratch) / f"{table}.csv", folder)
                for table, columns in BASE.items()
            )
    except OSError as error:
        raise disk_error(folder, error) from error
    except duckdb.Error as error:
        raise DiskError(
            f"DuckDB could not write “{shown(folder)}” ({clean(str(error).splitlines()[0], 120)}); check the disk."
        ) from error


def _write(
    connection: sqlite3.Connection, engine: Any, table: str, columns: Sequence[str], scratch: Path, folder: Path
) -> Path:
    if table == "item":
        names = (*columns, PARTED_BY)
        read = ", ".join(f"item.{name}" for name in columns)
        sql = (
            f"SELECT {read}, body.type FROM item JOIN export ON export.id = item.export JOIN body ON body.id = export.body"
            " ORDER BY item.id"
        )
    else:
        names = tuple(columns)
        sql = f"SELECT {', '.join(columns)} FROM {table}"
    types = _types(connection, table) | {PARTED_BY: "VARCHAR"}
    with scratch.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        for row in connection.execute(sql):
            # A text that is spelt like "nothing" stays a text: every value gets a mark in front, nothing gets none.
            writer.writerow([_NULL if cell is None else f"={cell}" for cell in row])
    target = folder / table
    target.mkdir()
    read_as = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    select = ", ".join(
        f'CAST(CASE WHEN "{name}" = \'{_NULL}\' THEN NULL ELSE substr("{name}", 2) END AS {types[name]}) AS "{name}"'
        for name in names
    )
    source = (
        f"SELECT {select} FROM read_csv(?, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
        f" columns = {{{read_as}}}, max_line_size = 4194304, parallel = false)"
    )
    parted = f", PARTITION_BY ({PARTED_BY})" if table == "item" else ""
    place = str(target if parted else target / "part-0.parquet").replace("'", "''")
    engine.execute(f"COPY ({source}) TO '{place}' (FORMAT PARQUET, COMPRESSION ZSTD{parted})", [str(scratch)])
    scratch.unlink()
    return target


def _types(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    return {
        row[1]: "BIGINT" if row[2] == "INTEGER" else "VARCHAR"
        for row in connection.execute(f"PRAGMA table_info('{table}')").fetchall()
    }
