"""The base tables of a roll-up as Parquet, for engines that hold more than a laptop does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import quote

from camcensus.model import frozen
from camcensus.model.errors import DiskError, disk_error, shown
from camcensus.store.files import replacing, write_whole
from camcensus.store.parquet import ParquetColumn, write_table
from camcensus.store.rollup.tables import BASE, MADE, SETTLED, TABLES, RollupTable, read_sql

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


Engine = Literal["spark", "duckdb"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
EXPECTED = "expected"
"""The folder of our own tables, all cells as text, that the script compares the engine's with."""
MADE_IN = "made"
"""The folder that Spark writes what the tables are made from into."""
PARTITIONS = "spark.camcensus.partitions"
"""The setting that tells Spark's script in how many parts rows are sent round; 2, for one computer, where nobody sets it."""
CHECK = "tables_check"
"""The view that says of each table how many rows the engine has, how many we have, and how many differ."""

PARTED_BY = "body_type"
"""`item` is in one folder for each kind of body, named as engines expect it: item/body_type=nhs/…"""

type Columns = Mapping[str, Sequence[str]]
"""Table -> its columns."""


@frozen
class _Dialect:
    """How an engine is spoken to: `read` gives a Parquet folder a name, `hold` works a SELECT out once under a name.

    `lay_down` does that for what the tables are made from, where an engine would else plan it again in each of them.
    """

    how: str
    settings: tuple[str, ...]
    read: Callable[[str, str, str | None], Iterator[str]]
    hold: Callable[[str, str], Iterator[str]]
    text: str
    view: str = "CREATE OR REPLACE VIEW"
    lay_down: Callable[[str, str], Iterator[str]] | None = None


def script(engine: Engine, resources: Path, tables: Columns) -> str:
    """The SQL that one gives to the engine, each statement ended by ";" at the end of a line and without comments in it.

    `tables` are those that our own were written of.
    """
    spoken = _DIALECTS[engine]
    statements = list(spoken.settings)
    for name in BASE:
        statements += spoken.read(name, name, PARTED_BY if name == "item" else None)
    for name in (*SETTLED, *MADE):
        statements += (spoken.lay_down or spoken.hold)(name, bare_sql(resources, name))
    for name in tables:
        statements += spoken.hold(name, bare_sql(resources, name))
    for name in tables:
        statements += spoken.read(f"{EXPECTED}_{name}", f"{EXPECTED}/{name}", None)
    statements.append(f"{spoken.view} {CHECK} AS\n{_check(tables, spoken.text)}")
    statements.append(f"SELECT * FROM {CHECK} ORDER BY table_name")
    return f"{_comment(spoken.how)}\n" + "".join(f"{one};\n" for one in statements)


def bare_sql(resources: Path, name: str) -> str:
    """The SELECT of a table without its comments: some clients end a statement at a semicolon in one."""
    lines = read_sql(resources, name).splitlines()
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("--"))


def _comment(how: str) -> str:
    lines = [*how.strip().splitlines(), *_SAYS.strip().splitlines()]
    return "\n".join(f"-- {line}".rstrip() for line in lines)


_SAYS = f"""
The last statement compares each table with the one that Camcensus made, cell by cell: rows_that_differ has to be 0 in
every line, and rows_here the same as rows_expected. Read the tables then: SELECT * FROM {TABLES[0]}.
What the columns mean is said in the first lines of each file of resources/rollup.
"""


def _check(tables: Columns, text: str) -> str:
    """Of each table: rows there, rows expected, and rows of which one side has more; two empty cells are the same."""
    parts = []
    for name, columns in tables.items():
        names = ", ".join(columns)
        as_text = ", ".join(f"CAST({column} AS {text}) AS {column}" for column in columns)
        parts.append(
            f"SELECT '{name}' AS table_name, coalesce(sum(here), 0) AS rows_here, coalesce(sum(ours), 0) AS rows_expected,\n"
            "  coalesce(sum(CASE WHEN here = ours THEN 0 ELSE 1 END), 0) AS rows_that_differ\n"
            f"FROM (\n  SELECT {names}, sum(is_here) AS here, sum(is_ours) AS ours FROM (\n"
            f"    SELECT {as_text}, 1 AS is_here, 0 AS is_ours FROM {name}\n"
            f"    UNION ALL\n    SELECT {names}, 0, 1 FROM {EXPECTED}_{name}\n"
            f"  ) AS every_row\n  GROUP BY {names}\n) AS every_kind"
        )
    return "\nUNION ALL\n".join(parts)


def _spark_read(name: str, folder: str, _part: str | None) -> Iterator[str]:
    yield f"CREATE OR REPLACE TEMPORARY VIEW {name} USING parquet OPTIONS (path '{folder}')"


def _spark_lay_down(name: str, sql: str) -> Iterator[str]:
    yield f"INSERT OVERWRITE DIRECTORY '{MADE_IN}/{name}' USING parquet\n{sql}"
    yield from _spark_read(name, f"{MADE_IN}/{name}", None)


def _spark_hold(name: str, sql: str) -> Iterator[str]:
    yield f"UNCACHE TABLE IF EXISTS {name}"
    yield f"CACHE TABLE {name} AS\n{sql}"


def _duckdb_read(name: str, folder: str, part: str | None) -> Iterator[str]:
    inside = "*/*.parquet', hive_partitioning = true" if part else "*.parquet'"
    yield f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{folder}/{inside})"


def _duckdb_hold(name: str, sql: str) -> Iterator[str]:
    yield f"CREATE OR REPLACE TABLE {name} AS\n{sql}"


_DIALECTS: dict[Engine, _Dialect] = {
    "spark": _Dialect(
        "For Apache Spark 4. In this folder: spark-sql -f spark.sql\n"
        f"On a cluster: spark-sql --conf {PARTITIONS}=64 -f spark.sql, with twice the cores of the cluster in place of 64.\n"
        "Where the folder is in a store of the cluster, put its address before each path.",
        (
            "SET spark.sql.adaptive.enabled = false",
            "SET spark.sql.codegen.wholeStage = false",
            # A setting that nobody made is put in as an empty text, and SET takes no expression.
            "DECLARE OR REPLACE VARIABLE set_partitions STRING DEFAULT\n"
            f"  'SET spark.sql.shuffle.partitions = ' || coalesce(nullif('${{{PARTITIONS}}}', ''), '2')",
            "EXECUTE IMMEDIATE set_partitions",
        ), _spark_read, _spark_hold, "STRING", "CREATE OR REPLACE TEMPORARY VIEW", _spark_lay_down,
    ),
    "duckdb": _Dialect(
        "For DuckDB 1. In this folder: duckdb national.duckdb -f duckdb.sql",
        (), _duckdb_read, _duckdb_hold, "VARCHAR",
    ),
}  # fmt: skip
