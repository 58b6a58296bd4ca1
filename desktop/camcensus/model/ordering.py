"""Names and refs in the order in which people count: "Room 6" before "Room 10", CAM-9 before CAM-10."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_NUMBER = re.compile(r"[0-9]{1,18}")


@lru_cache(maxsize=65536)
def natural(text: str) -> str:
    """A sort key that compares numbers as numbers and takes no notice of capitals."""
    return _NUMBER.sub(lambda found: found[0].zfill(18), text.casefold())


def natural_path(names: Iterable[str]) -> tuple[str, ...]:
    """A sort key for the names of a place from the site down: what lies in a place follows it."""
    return tuple(map(natural, names))
