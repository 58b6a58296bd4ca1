"""Whether a published count over many organisations gives away how many cameras one of them has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camcensus.planning.foi_counts import SMALL

type Held = Mapping[str, int]
"""Organisation -> how many of the cameras of a count it has."""

NOBODY_SAYS = ""
"""Stands for the organisations of a count where nobody says whose it is."""
CLOSE_PCT = 10
FEW = 3
"""Organisations that a table may speak of together, at least."""


def tells(count: Held) -> bool:
    """Whether a count of cameras, or a difference of two, tells what one organisation has.

    It does from 1 to SMALL - 1, and where the organisation with the next most could work out what the one with the most has
    within CLOSE_PCT per cent: so where one or two alone have them all.
    """
    numbers = sorted((abs(number) for number in count.values() if number), reverse=True)
    if not numbers or sum(numbers) < SMALL:
        return bool(numbers)
    return NOBODY_SAYS not in count and 100 * sum(numbers[2:]) < CLOSE_PCT * numbers[0]


def plus(counts: Iterable[Held]) -> dict[str, int]:
    """All of them together."""
    found: dict[str, int] = {}
    for count in counts:
        for owner, number in count.items():
            found[owner] = found.get(owner, 0) + number
    return found


def minus(count: Held, other: Held) -> dict[str, int]:
    """What is left of the first without the other."""
    found = dict(count)
    for owner, number in other.items():
        found[owner] = found.get(owner, 0) - number
    return found
