"""A line of the neighbour table: the observation itself says that this address has this MAC address; there are no bytes."""

from __future__ import annotations

from camcensus.wire.fields import Fields

VERSION = 1


def decode(data: bytes, ask: str | None = None) -> Fields:
    """No fields, whatever the bytes."""
    del data, ask
    return {}
