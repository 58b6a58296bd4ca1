"""The tables of a roll-up: plain SQL of `resources/rollup`, which SQLite and DuckDB both run, over the base tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MADE = ("camera", "body_count")
"""What the tables are made from, in this order; each from its own SQL."""

TABLES = (
    "by_body_type", "by_type_and_maker", "by_maker", "by_list", "by_capability", "by_place_type", "by_year",
    "by_year_installed", "by_kind", "change", "missing", "bodies",
)  # fmt: skip
"""In the order in which they are printed."""

BASE: dict[str, tuple[str, ...]] = {
    "body": ("id", "code", "name", "type", "urn", "ods", "gss", "company_no", "asked", "expected_cameras", "expected_basis"),
    "export": (
        "id", "uuid", "inventory", "body", "state", "made_at", "as_at", "searched_at", "method", "knowledge_version", "sha256",
        "name", "items", "channels_without_row",
    ),
    "item": (
        "id", "export", "has_row", "has_device", "said_kind", "status", "unconfirmed", "building_kind", "inside_outside",
        "in_sensitive", "installed_year", "answer", "in_body", "in_nation",
    ),
    "answer": ("id", "kind", "maker", "grade", "brand", "based_in_china"),
    "answer_list": ("answer", "list", "may"),
    "answer_capability": ("answer", "capability", "state"),
    "maker": ("id", "name"),
    "list": ("id", "title", "said_by", "addressed_to", "date", "is_on", "names_makers"),
    "chosen_list": ("list",),
    "round_body": (
        "round", "code", "name", "type", "asked", "answered", "counted", "found", "listed_min", "listed_max", "not_known",
        "based_in_china_min", "based_in_china_max",
    ),
}  # fmt: skip
"""The base tables and their columns, as another engine is given them; no address, key or reply of a device is among them."""


@dataclass(frozen=True, slots=True)
class RollupTable:
    """A table with its columns' names and its rows, ready to print."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def read_sql(resources: Path, name: str) -> str:
    """The SELECT of a table."""
    return (resources / "rollup" / f"{name}.sql").read_text(encoding="utf-8")


def prepare(connection: sqlite3.Connection, resources: Path, lists: Sequence[str]) -> None:
    """Make, in this connection alone, what the tables are read from; `lists` are those that are counted."""
    connection.execute("PRAGMA temp_store = MEMORY")
    for name in (*reversed(MADE), "chosen_list"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
    connection.execute("CREATE TEMP TABLE chosen_list (list TEXT PRIMARY KEY)")
    connection.executemany("INSERT INTO chosen_list VALUES (?)", [(name,) for name in lists])
    for name in MADE:
        connection.execute(f"CREATE TEMP TABLE {name} AS {read_sql(resources, name)}")
    connection.execute("CREATE INDEX temp.body_count_body ON body_count(body)")
    connection.execute("CREATE INDEX temp.camera_body ON camera(body)")


def read_table(connection: sqlite3.Connection, resources: Path, name: str) -> RollupTable:
    """One table, after `prepare`."""
    cursor = connection.execute(read_sql(resources, name))
    return RollupTable(name, tuple(column[0] for column in cursor.description), tuple(cursor.fetchall()))
