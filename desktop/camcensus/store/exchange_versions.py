"""The versions of the exchange file that can be read: how each is spelt, and how its rows are read as today's."""

from __future__ import annotations

from camcensus.store.exchange_schema import SCHEMA, SCHEMA_VERSION

SCHEMAS: dict[int, str] = {SCHEMA_VERSION: SCHEMA}
"""Version -> its literal SQL. A version that has shipped stays here as it was."""

DIFFERENT: dict[int, dict[tuple[str, str], str]] = {}
"""Version -> what stands in for a column of today that it lacks or spells otherwise: (table, column) -> an SQL expression."""


def column(version: int, table: str, name: str) -> str:
    """The SQL expression that gives a column of today's from a file of that version."""
    return DIFFERENT.get(version, {}).get((table, name), f'"{name}"')
