"""What edits say of the entries that they touch, and names as they are saved."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from camcensus.model.errors import StoreError
from camcensus.model.words import count
from camcensus.store.changelog import GONE


def these(db: Database, ids: Sequence[str]) -> str:
    """ "CAM-003", "12 cameras", "3 items" – for the undo strip. Raises StoreError where a row is not there."""
    rows = db.execute("SELECT ref, kind FROM asset WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(ids)]).fetchall()
    if not rows or len(rows) != len(set(ids)):
        raise StoreError(GONE)
    if len(rows) == 1:
        return str(rows[0][0])
    kinds = {kind for _, kind in rows}
    return count(len(rows), next(iter(kinds)) if kinds in ({"camera"}, {"recorder"}) else "item")


def named(name: str, what: str) -> str:
    """A name without blanks around it. Raises StoreError where none is left."""
    name = name.strip()
    if not name:
        raise StoreError(f"The {what} needs a name; type one.")
    return name
