"""Other people's engines over a roll-up's Parquet: each runs the script made for it."""

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

from camcensus.store.rollup.parquet import CHECK
from camcensus.store.rollup.tables import TABLES

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]
"""Columns, and rows in the order that the engine gave them in."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What an engine made of the Parquet in a folder. `check` are the rows of its script's own check."""

    tables: dict[str, Table]
    settings: str
    check: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine by its name, the package that brings it, how it is run, and the name of its script."""

    name: str
    package: str
    run: Callable[[Path], Ran]
    script: str

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


ENGINES = (
    Engine("DuckDB", "duckdb", run_duckdb, "duckdb"),
    Engine("Spark", "pyspark", run_spark, "spark"),
)
