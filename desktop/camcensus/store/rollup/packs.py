"""What earlier publishing packs of a roll-up show, saved in the roll-up: the next pack must tell nothing beside them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping

from camcensus.model.errors import StoreError
from camcensus.planning.joined_rows import ShownPack

type ShownTables = Mapping[str, ShownPack]
"""Table and part -> what is shown of it."""

_MOST_BYTES = 1 << 28


def save_pack(connection: sqlite3.Connection, made_at: str, shown: ShownTables) -> None:
    """Save what a pack shows, in the open transaction."""
    document = {
        part: {"held": one.held, "together": {name: [sorted(some) for some in all_] for name, all_ in one.together.items()}}
        for part, one in shown.items()
    }
    data = zlib.compress(json.dumps(document, separators=(",", ":")).encode())
    connection.execute("INSERT INTO pack (made_at, shown) VALUES (?, ?)", [made_at, data])


def forget_packs(connection: sqlite3.Connection) -> None:
    """Forget all packs, in the open transaction: nobody was given one."""
    connection.execute("DELETE FROM pack")


def when_packed(connection: sqlite3.Connection) -> tuple[str, ...]:
    """When each pack was made, the oldest first."""
    return tuple(made_at for (made_at,) in connection.execute("SELECT made_at FROM pack ORDER BY id"))


def read_packs(connection: sqlite3.Connection) -> list[ShownTables]:
    """What each pack shows, the oldest first. Raises StoreError."""
    return [_read(data) for (data,) in connection.execute("SELECT shown FROM pack ORDER BY id")]


def _read(data: bytes) -> ShownTables:
    try:
        unpacked = zlib.decompressobj()
        text = unpacked.decompress(data, _MOST_BYTES)
        if not unpacked.eof:
            raise ValueError("too long")
        return {
            part: ShownPack(
                {row: {name: {**held} for name, held in counts.items()} for row, counts in one["held"].items()},
                {name: [frozenset(some) for some in all_] for name, all_ in one["together"].items()},
            )
            for part, one in json.loads(text).items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise StoreError("What an earlier pack shows cannot be read: this roll-up is damaged. Use a copy of it.") from error
