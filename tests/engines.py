"""Other people's engines over a roll-up's Parquet: each runs the SQL of `resources/rollup` as it is, or the script made for it."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from camcensus.store.rollup.engines import CHECK
from camcensus.store.rollup.tables import BASE, MADE, SETTLED, TABLES, read_sql

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
BUILT = (*SETTLED, *MADE)
Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]
"""Columns, and rows in the order that the engine gave them in."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What an engine made of the Parquet in a folder. `check` are the rows of its script's own check, where it has one."""

    tables: dict[str, Table]
    settings: str = "none"
    check: tuple[tuple[Any, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine by its name, the package that brings it, how it is run, and the name of its script where there is one."""

    name: str
    package: str
    run: Callable[[Path], Ran]
    script: str | None = None

    @property
    def missing(self) -> str | None:
        """Why it cannot run here."""
        try:
            importlib.metadata.version(self.package)
        except importlib.metadata.PackageNotFoundError:
            return f"{self.package} is not installed"
        return "there is no Java" if self.package == "pyspark" and shutil.which("java") is None else None

    @property
    def version(self) -> str:
        return importlib.metadata.version(self.package)


def statements(folder: Path, engine: str) -> list[str]:
    """The statements of a ready script, without the comments before them."""
    text = (folder / f"{engine}.sql").read_text("utf-8")
    lines = "".join(f"{line}\n" for line in text.splitlines() if not line.startswith("--"))
    return [one.strip() for one in lines.split(";\n") if one.strip()]


@contextlib.contextmanager
def _within(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _script(folder: Path, engine: str, ask: Callable[[str], Table], do: Callable[[str], Any]) -> Ran:
    made = statements(folder, engine)
    settings = [one.removeprefix("SET ") for one in made if one.startswith("SET ")]
    for one in made[:-1]:
        do(one)
    return Ran(
        {name: ask(f"SELECT * FROM {name}") for name in TABLES},
        ", ".join(settings) or "none",
        tuple(ask(f"SELECT * FROM {CHECK} ORDER BY table_name")[1]),
    )


def run_duckdb(folder: Path) -> Ran:
    import duckdb

    def ask(sql: str) -> Table:
        found = engine.execute(sql)
        return tuple(column[0] for column in found.description or ()), found.fetchall()

    with _within(folder), duckdb.connect(":memory:") as engine:
        return _script(folder, "duckdb", ask, engine.execute)


def _of_spark(spark: Any) -> Callable[[str], Table]:
    def ask(sql: str) -> Table:
        found = spark.sql(sql)
        return tuple(found.columns), [tuple(row) for row in found.collect()]

    return ask


def run_spark(folder: Path) -> Ran:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    spark = (
        SparkSession.builder.master("local[2]").appName("camcensus")
        .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "3g").config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.sql.shuffle.partitions", "1").config("spark.sql.adaptive.enabled", "false")
        .getOrCreate()
    )  # fmt: skip
    spark.sparkContext.setLogLevel("OFF")
    try:
        with _absolute(folder, "spark") as made:
            return _script(made, "spark", _of_spark(spark), spark.sql)
    finally:
        spark.stop()


@contextlib.contextmanager
def _absolute(folder: Path, engine: str) -> Iterator[Path]:
    """Spark finds paths from where it was started; its script says to put an address before them elsewhere."""
    path = folder / f"{engine}.sql"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(\(path|DIRECTORY) '", rf"\1 '{folder.as_uri()}/", text), "utf-8")
    try:
        yield folder
    finally:
        path.write_text(text, "utf-8")


def run_clickhouse(folder: Path) -> Ran:
    from chdb.session import Session

    with _within(folder):
        session = Session()

        def ask(sql: str) -> Table:
            import json

            found = json.loads(str(session.query(f"{sql} SETTINGS output_format_json_quote_64bit_integers = 0", "JSONCompact")))
            return tuple(one["name"] for one in found["meta"]), [tuple(row) for row in found["data"]]

        try:
            return _script(folder, "clickhouse", ask, session.query)
        finally:
            session.close()


def run_polars(folder: Path) -> Ran:
    import polars

    context = polars.SQLContext(eager=True)
    for name in BASE:
        context.register(name, polars.scan_parquet(f"{folder}/{name}/**/*.parquet", hive_partitioning=name == "item"))
    for name in BUILT:
        context.register(name, context.execute(read_sql(RESOURCES, name)))

    def ask(name: str) -> Table:
        found = context.execute(read_sql(RESOURCES, name))
        return tuple(found.columns), found.rows()

    return Ran({name: ask(name) for name in TABLES})


def run_datafusion(folder: Path) -> Ran:
    import datafusion
    import pyarrow

    context = datafusion.SessionContext()
    for name in BASE:
        parts = [("body_type", pyarrow.string())] if name == "item" else []
        context.register_parquet(name, f"{folder}/{name}/", table_partition_cols=parts)
    for name in BUILT:
        context.register_view(name, context.sql(read_sql(RESOURCES, name)).cache())

    def ask(name: str) -> Table:
        found = context.sql(read_sql(RESOURCES, name))
        columns = tuple(found.schema().names)
        rows = [tuple(row[column] for column in columns) for batch in found.collect() for row in batch.to_pylist()]
        return columns, rows

    return Ran({name: ask(name) for name in TABLES})


def run_sail(folder: Path) -> Ran:
    """Over Arrow Flight SQL: Spark's own protocol needs more packages."""
    import pyarrow.flight as flight
    from pysail.flight import FlightSqlServer

    server = FlightSqlServer("127.0.0.1", 0)
    server.start()
    try:
        with flight.connect("grpc://{}:{}".format(*server.listening_address)) as client:

            def ask(sql: str) -> Table:
                info = client.get_flight_info(flight.FlightDescriptor.for_command(_statement(sql)))
                found = client.do_get(info.endpoints[0].ticket).read_all()
                return tuple(found.column_names), [tuple(row.values()) for row in found.to_pylist()]

            for name in BASE:
                ask(f"CREATE OR REPLACE TEMPORARY VIEW {name} USING parquet OPTIONS (path '{folder}/{name}')")
            for name in BUILT:
                ask(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {read_sql(RESOURCES, name)}")
            return Ran({name: ask(read_sql(RESOURCES, name)) for name in TABLES})
    finally:
        server.stop()


def _statement(sql: str) -> bytes:
    """A CommandStatementQuery in an Any. Source: Apache Arrow's FlightSql.proto and Protocol Buffers' wire format."""

    def field(data: bytes, number: int) -> bytes:
        length, head = len(data), bytearray([number << 3 | 2])
        while length > 127:
            head.append(length & 127 | 128)
            length >>= 7
        return bytes([*head, length]) + data

    kind = b"type.googleapis.com/arrow.flight.protocol.sql.CommandStatementQuery"
    return field(kind, 1) + field(field(sql.encode(), 1), 2)


ENGINES = (
    Engine("DuckDB", "duckdb", run_duckdb, "duckdb"),
    Engine("Spark", "pyspark", run_spark, "spark"),
    Engine("ClickHouse (chdb)", "chdb-core", run_clickhouse, "clickhouse"),
    Engine("DataFusion", "datafusion", run_datafusion),
    Engine("Polars", "polars", run_polars),
    Engine("Sail", "pysail", run_sail),
)
