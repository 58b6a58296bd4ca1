"""The organisation's own list: the makers it counts itself, each with who put it there and why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from camcensus.model.frozen import frozen

KEY = "own_list"
"""The setting it is kept under."""

LIST = "own"
"""Its id among the lists."""


@frozen(order=True)
class OwnListing:
    """A maker (`manufacturer` is its id) on the own list. `at` is UTC."""

    manufacturer: str
    by: str
    why: str
    at: str


def read_own(text: str | None) -> tuple[OwnListing, ...]:
    """What was written, by maker; empty where nothing was. Raises ValueError, TypeError or KeyError for a damaged text."""
    return tuple(sorted(OwnListing(**row) for row in json.loads(text or "[]")))


def write_own(rows: Iterable[OwnListing]) -> str:
    """As `read_own` reads it."""
    return json.dumps([asdict(row) for row in sorted(rows)], ensure_ascii=False)
