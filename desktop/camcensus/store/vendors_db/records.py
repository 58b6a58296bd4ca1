"""Reads the records besides lists, and the packed registry of MAC addresses, out of vendors.db."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from camcensus.model.frozen import frozen
from camcensus.model.records import Advisory, Affected, CapabilityClaim, EndOfLife, FlawSearch, Replacement
from camcensus.model.registry import Registry
from camcensus.store.vendors_db.schema import made_of, rows


@frozen
class RecordTables:
    """What these tables hold, sorted by their keys."""

    registry: Registry
    advisories: tuple[Advisory, ...]
    capabilities: tuple[CapabilityClaim, ...]
    replacements: tuple[Replacement, ...]
    ends_of_life: tuple[EndOfLife, ...]
    flaw_searches: dict[str, FlawSearch]


def read_records(connection: sqlite3.Connection) -> RecordTables:
    """All records. Raises sqlite3.DatabaseError, ValueError, TypeError or KeyError where the file is damaged."""

    parts = dict(connection.execute("SELECT part, value FROM registry").fetchall())
    return RecordTables(
        registry=Registry(parts["records"], parts["names"]),
        advisories=tuple(_advisory(row) for row in rows(connection, "advisory")),
        capabilities=tuple(made_of(CapabilityClaim, row) for row in rows(connection, "capability")),
        replacements=tuple(made_of(Replacement, row) for row in rows(connection, "replacement")),
        ends_of_life=tuple(made_of(EndOfLife, row) for row in rows(connection, "end_of_life")),
        flaw_searches={row["manufacturer"]: made_of(FlawSearch, row) for row in rows(connection, "flaw_search")},
    )


def _advisory(row: dict[str, Any]) -> Advisory:
    affected = tuple(Affected(**{**one, "models": tuple(one["models"])}) for one in json.loads(row["affected"]))
    return made_of(Advisory, row, affected=affected)
