"""Values worked out once for each knowledge base, and asked for often."""

from __future__ import annotations

import functools
from collections.abc import Callable

from camcensus.model.knowledge import Knowledge

KEPT = 4
"""A knowledge base with and without an organisation's own list, and the same of another version beside it."""


def once_for_each[T](build: Callable[[Knowledge], T]) -> Callable[[Knowledge], T]:
    """A function that builds its value on first use for this very Knowledge (by identity); the last few are kept."""
    kept: tuple[tuple[Knowledge, T], ...] = ()

    @functools.wraps(build)
    def value_of(knowledge: Knowledge) -> T:
        nonlocal kept
        for held, value in kept:
            if held is knowledge:
                return value
        value = build(knowledge)
        kept = ((knowledge, value), *kept[: KEPT - 1])
        return value

    return value_of
