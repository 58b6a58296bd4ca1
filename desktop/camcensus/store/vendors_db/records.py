"""Reads out of vendors.db what is on record besides the lists, and the packed registry of MAC addresses."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from camcensus.model.records import Advisory, Affected, CapabilityClaim, EndOfLife, Replacement
from camcensus.model.registry import Registry
from camcensus.store.vendors_db.schema import rows


@dataclass(frozen=True, slots=True)
class RecordTables:
    """What these tables hold, sorted by their keys."""

    registry: Registry
    advisories: tuple[Advisory, ...]
    capabilities: tuple[CapabilityClaim, ...]
    replacements: tuple[Replacement, ...]
    ends_of_life: tuple[EndOfLife, ...]


def read_records(connection: sqlite3.Connection) -> RecordTables:
    """All records. Raises sqlite3.DatabaseError, ValueError, TypeError or KeyError where the file is damaged."""

    def numbered(table: str) -> list[dict[str, Any]]:
        return [{key: value for key, value in row.items() if key != "number"} for row in rows(connection, table)]

    parts = dict(connection.execute("SELECT part, value FROM registry").fetchall())
    return RecordTables(
        registry=Registry(parts["records"], parts["names"]),
        advisories=tuple(_advisory(row) for row in rows(connection, "advisory")),
        capabilities=tuple(_claim(row) for row in numbered("capability")),
        replacements=tuple(Replacement(**_flags(row, "verified")) for row in numbered("replacement")),
        ends_of_life=tuple(EndOfLife(**_flags(row, "verified", "at_the_latest")) for row in numbered("end_of_life")),
    )


def _claim(row: dict[str, Any]) -> CapabilityClaim:
    return CapabilityClaim(**_flags({**row, "capabilities": tuple(json.loads(row["capabilities"]))}, "verified"))


def _advisory(row: dict[str, Any]) -> Advisory:
    affected = tuple(Affected(**{**one, "models": tuple(one["models"])}) for one in json.loads(row["affected"]))
    lists = {"affected": affected, "product_types": tuple(json.loads(row["product_types"]))}
    return Advisory(**_flags({**row, **lists}, "verified", "models_complete", "exploited"))


def _flags(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**row, **{name: bool(row[name]) for name in names}}
