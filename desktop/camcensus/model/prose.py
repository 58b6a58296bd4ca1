"""How a sentence is put together: lists with "and", ranges, the form that fits a number, first letters."""

from __future__ import annotations

from collections.abc import Sequence


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
