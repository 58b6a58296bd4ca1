"""The versions of the exchange file that can be read: how each is spelt, and how its rows are read as today's."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Mapping

from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.exposure import EXPOSURE_QUESTIONS
from camcensus.store.exchange_file.schema import SCHEMA, SCHEMA_VERSION, TABLES, columns_of, without_comments
from camcensus.store.exchange_file.schema_1 import SCHEMA_1
from camcensus.store.exchange_file.schema_2 import SCHEMA_2

SCHEMAS: dict[int, str] = {1: SCHEMA_1, 2: without_comments(SCHEMA_2), SCHEMA_VERSION: SCHEMA}
"""Version -> its literal SQL. A version that has shipped stays here as it was."""

_NOT_ASKED = {("body", one.name): "NULL" for one in USE_QUESTIONS} | {
    ("asset", name): "NULL" for one in EXPOSURE_QUESTIONS for name in (one.name, one.on, one.by)
}
"""Until version 3 nobody was asked how an organisation uses its cameras, nor which networks reach one."""
_OWN_SEAT = "our_reading = 1 AND json_array_length(path) = 1"
DIFFERENT: dict[int, dict[tuple[str, str], str]] = {
    1: _NOT_ASKED
    | {
        # A listing that was our reading is where the maker is based; through an owner it was never said of the maker itself.
        ("finding", "kind"): f"CASE WHEN {_OWN_SEAT} THEN 'seat' WHEN our_reading = 1 THEN 'no longer said' ELSE kind END",
        ("finding", "state"): (
            f"CASE WHEN NOT ({_OWN_SEAT}) THEN state WHEN state = 'listed' THEN 'based' ELSE 'may-be-based' END"
        ),
        ("finding", "country"): f"CASE WHEN {_OWN_SEAT} THEN 'China' END",
        ("finding", "product_type"): "''",
        ("finding", "fixed_in"): "''",
    },
    2: _NOT_ASKED,
}
"""Version -> what replaces a column of today that it lacks or spells otherwise: (table, column) -> an SQL expression."""


@functools.cache
def columns_in(version: int) -> Mapping[str, tuple[str, ...]]:
    """The columns of each table of a version, in their order."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMAS[version])
        return {table: columns_of(connection, table) for table in TABLES}


def column(version: int, table: str, name: str) -> str:
    """The SQL expression that gives a column of today's from a file of that version."""
    return DIFFERENT.get(version, {}).get((table, name), f'"{name}"')


@functools.cache
def columns_from(version: int, table: str, *columns: str, within: str = "main") -> str:
    """What is in a FROM for some columns of a table, as today's, from a file of that version, attached as `within`."""
    read = ", ".join(f'{column(version, table, name)} AS "{name}"' for name in columns)
    return f'(SELECT {read} FROM {within}."{table}") AS {table}'
