"""Joins small rows of the table for release, so that none tells which camera is meant. Every camera stays counted, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from camcensus.model.foi import PublicCount
from camcensus.planning.foi_counts import SMALL

SEVERAL = "several"
"""A value of a row that joins rows which differ in it."""
STEPS: tuple[tuple[str, ...], ...] = (
    ("installed_financial_year",),
    ("installed_financial_year", "camera_type"),
    ("installed_financial_year", "camera_type", "inside_outside"),
    ("installed_financial_year", "camera_type", "inside_outside", "decision_band"),
    ("installed_financial_year", "camera_type", "inside_outside", "decision_band", "certainty_band"),
    ("installed_financial_year", "camera_type", "inside_outside", "decision_band", "certainty_band", "made_by"),
)
"""What rows may differ in to be joined, step by step: the year first, who made them last."""
RULE = (
    f"Rows that count fewer than {SMALL} cameras are joined: first those that differ only in the year, then also in type, in "
    f"inside or outside, in the decision, in how sure it is, and last in the maker. What differs reads “{SEVERAL}”."
)
_FIELDS = STEPS[-1]


def join_small(counts: Iterable[PublicCount], small: int = SMALL) -> tuple[PublicCount, ...]:
    """The rows, with small ones joined until none counts fewer than `small`, unless all together do."""
    rows = list(counts)
    for differing in STEPS:
        rows = _joined(rows, differing, small)
    left = [row for row in rows if row.count < small]
    enough = sorted((row for row in rows if row.count >= small), key=lambda row: (row.count, row))
    if left and enough:  # what is left over goes into the smallest row that is large enough
        rows = [*enough[1:], _one([*left, enough[0]])]
    return tuple(sorted(rows))


def _joined(rows: Iterable[PublicCount], differing: Sequence[str], small: int) -> list[PublicCount]:
    groups: dict[PublicCount, list[PublicCount]] = {}
    enough = []
    for row in rows:
        if row.count >= small:
            enough.append(row)
        else:
            alike = replace(row, count=0, **dict.fromkeys(differing, ""))
            groups.setdefault(alike, []).append(row)
    return enough + [_one(group) for group in groups.values()]


def _one(rows: Sequence[PublicCount]) -> PublicCount:
    """One row of several: what they share, "several" for the rest."""
    values = {name: {getattr(row, name) for row in rows} for name in _FIELDS}
    shared = {name: next(iter(found)) if len(found) == 1 else SEVERAL for name, found in values.items()}
    return replace(rows[0], count=sum(row.count for row in rows), **shared)
