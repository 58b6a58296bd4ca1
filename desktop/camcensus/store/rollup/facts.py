"""Copies of a checked export what a review asks beside who made the cameras: what staff wrote down, plans, sites."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from camcensus.model.words import clean, upper_first
from camcensus.planning.years import first_year
from camcensus.store.named_rows import insert_columns

MOST = 10**12
"""Pence, or devices, beyond which a figure is no figure: sums stay far below what SQLite can hold."""
MOST_COUNTED = 1_000_000
"""Days, channels or expected cameras beyond which a figure is no figure."""
NOT_DATED = 0
"""The year of what an organisation has given no year."""
TYPED_LIMIT_CHARACTERS = 80
"""Of what somebody typed: a purpose, the name of a supplier."""


@contextlib.contextmanager
def with_facts(connection: sqlite3.Connection, export: int) -> Iterator[None]:
    """Within it, SQL may ask for `typed(text)`, `first_year(label)` and `whole_years(day)`: those up to when it was."""
    (as_at,) = connection.execute("SELECT as_at FROM export WHERE id = ?", [export]).fetchone()
    functions: dict[str, Callable[[str | None], str | int | None]] = {
        "typed": typed, "first_year": first_year, "whole_years": lambda day: whole_years(day, as_at)
    }  # fmt: skip
    for name, function in functions.items():
        connection.create_function(name, 1, function, deterministic=True)
    try:
        yield
    finally:
        for name in functions:
            connection.create_function(name, 1, None)


def copy_facts(connection: sqlite3.Connection, export: int) -> None:
    """Copy the plan years and the sites of the export. Raises ValueError for a figure that is none."""
    _plan_years(connection, export)
    _sites(connection, export)


@functools.lru_cache(maxsize=4096)
def typed(text: str | None) -> str | None:
    """What somebody typed, without regard to blanks and the first letter; None for nothing."""
    plain = clean(" ".join((text or "").split()), TYPED_LIMIT_CHARACTERS)
    return upper_first(plain) if plain else None


@functools.lru_cache(maxsize=4096)
def whole_years(day: str | None, moment: str) -> int | None:
    """The whole years from a day (ISO 8601) to a moment, none for a day after it; None where the day is not known."""
    try:
        built, seen = date.fromisoformat((day or "")[:10]), date.fromisoformat(moment[:10])
    except ValueError:
        return None
    return max(0, seen.year - built.year - ((seen.month, seen.day) < (built.month, built.day)))


def _plan_years(connection: sqlite3.Connection, export: int) -> None:
    years: dict[int, Iterable[int]] = {}
    plan = connection.execute("SELECT year, items, unpriced, total_ex_vat_pence FROM theirs.plan_total").fetchall()
    for label, *figures in plan:
        if max(figures) > MOST:
            raise ValueError("It plans for more than anybody has.")
        year = first_year(label) or NOT_DATED
        years[year] = [held + more for held, more in zip(years.get(year, (0, 0, 0)), figures, strict=True)]
    made = [(export, year, *figures) for year, figures in years.items()]
    insert_columns(connection, "plan_year", ("export", "year", "items", "unpriced", "total_pence"), made)


def _sites(connection: sqlite3.Connection, export: int) -> None:
    connection.execute(
        "INSERT INTO site (export, number, is_sensitive, progress, listed_now)"
        " SELECT ?, row_number() OVER (ORDER BY place.id) - 1, in_sensitive, progress, listed_now"
        " FROM theirs.place LEFT JOIN theirs.place_progress ON place_progress.place = place.id"
        " WHERE place.kind = 'site' OR place.sensitive = 1",
        [export],
    )
