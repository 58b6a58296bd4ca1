"""Refs in the order in which people read them."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTS = re.compile(r"([0-9]{1,18})|([^0-9]+)")


@lru_cache(maxsize=65536)
def natural(ref: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which CAM-9 comes before CAM-10."""
    return tuple((0, int(number), "") if number else (1, 0, text) for number, text in _PARTS.findall(ref))
