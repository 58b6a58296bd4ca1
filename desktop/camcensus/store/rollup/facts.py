"""Copies of a checked export what a review asks beside who made the cameras: what staff wrote down, plans, sites."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from camcensus.model.prose import upper_first
from camcensus.model.words import clean
from camcensus.planning.years import first_year
from camcensus.store.named_rows import insert_columns

Batches = Callable[[str], Iterator[list[sqlite3.Row]]]
"""Reads a SELECT over the export, some hundred rows at a time."""
Source = Callable[..., str]
"""What is in a FROM for columns of a table, as today's: (table, *columns)."""
MOST = 10**12
"""Pence, or devices, beyond which a figure is no figure: sums stay far below what SQLite can hold."""
NOT_DATED = 0
"""The year of what an organisation has given no year."""
TYPED_LIMIT_CHARACTERS = 80
"""Of what somebody typed: a purpose, the name of a supplier."""
_OF_ITEM = (
    "camera_type", "purpose", "retention_days", "has_dpia", "firmware_years", "decision", "decision_year", "seller",
    "cost_pence",
)  # fmt: skip


def copy_facts(ours: sqlite3.Connection, batches: Batches, source: Source, export: int) -> None:
    """Write them to the items of the export, which are there already, and to its plan years and sites.

    Raises ValueError for a figure that is none.
    """
    (as_at,) = ours.execute("SELECT as_at FROM export WHERE id = ?", [export]).fetchone()
    items = dict(
        ours.execute(
            "SELECT detail.asset, item.id FROM item JOIN detail ON detail.item = item.id WHERE item.export = ?"
            " AND detail.asset IS NOT NULL",
            [export],
        ).fetchall()
    )
    change = f"UPDATE item SET {', '.join(f'{name} = ?' for name in _OF_ITEM)} WHERE id = ?"
    for rows in batches(_written_down(source)):
        ours.executemany(change, [(*_facts(row, as_at), items[row["asset"]]) for row in rows])
    _plan_years(ours, batches, source, export)
    _sites(ours, batches, source, export)


def _written_down(source: Source) -> str:
    """What is written down of each row of the register, and when its firmware was built; no row where nothing is."""
    asset = source("asset", "id", "device", "camera_type", "purpose", "retention_days", "dpia_ref", "seller", "cost_pence")
    return (
        "SELECT asset.id AS asset, camera_type, purpose, retention_days, coalesce(dpia_ref, '') <> '' AS has_dpia,"
        " firmware_date, decision.what AS decision, decision.year AS decision_year, contact_role.name AS seller, cost_pence"
        f" FROM {asset}"
        f" LEFT JOIN {source('device', 'id', 'firmware_date')} ON device.id = asset.device"
        f" LEFT JOIN {source('decision', 'asset', 'what', 'year')} ON decision.asset = asset.id"
        f" LEFT JOIN {source('contact_role', 'id', 'name')} ON contact_role.id = asset.seller"
        " WHERE coalesce(camera_type, purpose, retention_days, dpia_ref, firmware_date, decision.what, contact_role.name,"
        " cost_pence) IS NOT NULL"
    )


def _facts(row: sqlite3.Row, as_at: str) -> tuple[Any, ...]:
    """In the order of `_OF_ITEM`."""
    if (row["cost_pence"] or 0) > MOST:
        raise ValueError("A device costs more than anybody has.")
    return (
        row["camera_type"], typed(row["purpose"]), row["retention_days"], row["has_dpia"],
        whole_years(row["firmware_date"], as_at), row["decision"], first_year(row["decision_year"]), typed(row["seller"]),
        row["cost_pence"],
    )  # fmt: skip


def typed(text: str | None) -> str | None:
    """What somebody typed, without regard to blanks and the first letter; None for nothing."""
    plain = clean(" ".join((text or "").split()), TYPED_LIMIT_CHARACTERS)
    return upper_first(plain) if plain else None


def whole_years(day: str | None, moment: str) -> int | None:
    """The whole years from a day (ISO 8601) to a moment, none for a day after it; None where the day is not known."""
    try:
        built, seen = date.fromisoformat((day or "")[:10]), date.fromisoformat(moment[:10])
    except ValueError:
        return None
    return max(0, seen.year - built.year - ((seen.month, seen.day) < (built.month, built.day)))


def _plan_years(ours: sqlite3.Connection, batches: Batches, source: Source, export: int) -> None:
    years: dict[int, Iterable[int]] = {}
    plan = source("plan_total", "year", "items", "unpriced", "total_ex_vat_pence")
    for rows in batches(f"SELECT year, items, unpriced, total_ex_vat_pence FROM {plan}"):
        for label, *figures in rows:
            if max(figures) > MOST:
                raise ValueError("It plans for more than anybody has.")
            year = first_year(label) or NOT_DATED
            years[year] = [held + more for held, more in zip(years.get(year, (0, 0, 0)), figures, strict=True)]
    made = [(export, year, *figures) for year, figures in years.items()]
    insert_columns(ours, "plan_year", ("export", "year", "items", "unpriced", "total_pence"), made)


def _sites(ours: sqlite3.Connection, batches: Batches, source: Source, export: int) -> None:
    place = source("place", "id", "kind", "sensitive", "in_sensitive")
    progress = source("place_progress", "place", "progress", "listed_now")
    number = 0
    for rows in batches(
        f"SELECT in_sensitive, progress, listed_now FROM {place} LEFT JOIN {progress} ON place_progress.place = place.id"
        " WHERE place.kind = 'site' OR place.sensitive = 1 ORDER BY place.id"
    ):
        if max(row["listed_now"] or 0 for row in rows) > MOST:
            raise ValueError("It has more at a place than anybody has.")
        made = [(export, at, *row) for at, row in enumerate(rows, number)]
        number += len(made)
        insert_columns(ours, "site", ("export", "number", "is_sensitive", "progress", "listed_now"), made)
