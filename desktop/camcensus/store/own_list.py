"""The organisation's own list: the makers it counts itself, each with who put it there and why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from camcensus.model import frozen

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


# Brands that the organisation recorded itself: the name on the box, who makes it, and who said so, how and when.

BRANDS_KEY = "own_brands"
"""The setting they are saved under."""

LIMIT = 500
"""More names on boxes than any organisation has."""


@frozen(order=True)
class OwnBrand:
    """A name on boxes. `maker` is a company id, None where it is not known.

    `basis` is one of BASES in `tasks.register.own_brands`; `said_by` who said it, `said_on` when (ISO date, a month or year
    alone is allowed); `by` is who recorded it, `at` when (UTC).
    """

    name: str
    maker: str | None
    basis: str
    said_by: str
    said_on: str
    by: str
    at: str = ""


def read_brands(text: str | None) -> tuple[OwnBrand, ...]:
    """What was written, by name; empty where nothing was. Raises ValueError, TypeError or KeyError for a damaged text."""
    return tuple(sorted((OwnBrand(**row) for row in json.loads(text or "[]")), key=lambda one: (one.name.casefold(), one.name)))


def write_brands(brands: Iterable[OwnBrand]) -> str:
    """As `read_brands` reads it."""
    return json.dumps([asdict(one) for one in sorted(brands, key=lambda one: one.name.casefold())], ensure_ascii=False)
