"""How a sentence is put together: lists with "and", ranges, the form that fits a number, first letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from camcensus.model.words import clean


def joined(parts: Sequence[str], last: str = " and ") -> str:
    """ "a", "a and b", "a, b and c"; `last` is ", and " where a part may hold an "and" of its own."""
    return last.join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def shortened(parts: Sequence[str], most: int) -> list[str]:
    """At most `most` parts, and behind them "4 more": for `joined`."""
    rest = len(parts) - most
    return [*parts[:most], f"{rest:,} more"] if rest > 0 else list(parts)


def listed(parts: Sequence[str], most: int) -> str:
    """ "a, b, c", or "a, b and 4 more"."""
    return joined(shortened(parts, most)) if len(parts) > most else ", ".join(parts)


def fitting(number: int, one: str = "is", many: str = "are") -> str:
    """The form that fits the number."""
    return one if number == 1 else many


def range_words(low: int, high: int) -> str:
    """ "17 to 19", or "17"."""
    return f"{low:,}" if low >= high else f"{low:,} to {high:,}"


def upper_first(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The first letter small, the rest as it is."""
    return text[:1].lower() + text[1:]


def run_of_refs(refs: Sequence[str]) -> str:
    """ "CAM-001 to CAM-004" for refs that follow each other, else "CAM-017, CAM-018"; in the order given.

    A space that does not break holds the last ref to its "to".
    """
    runs: list[list[str]] = []
    for ref in (clean(ref, 24) for ref in refs):
        if runs and _follows(runs[-1][-1], ref):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    return ", ".join(", ".join(run) if len(run) < 3 else f"{run[0]} to\u00a0{run[-1]}" for run in runs)


def _follows(first: str, second: str) -> bool:
    one, two = re.fullmatch(r"(.*?)(\d{1,9})", first), re.fullmatch(r"(.*?)(\d{1,9})", second)
    return bool(one and two and one[1] == two[1] and len(one[2]) == len(two[2]) and int(one[2]) + 1 == int(two[2]))
