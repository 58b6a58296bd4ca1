"""Tables of cameras: who made them and how sure we are, where they are, how old they are."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.model.blocks import Column, Row, Spacing, TableBlock

NOT_KNOWN = "Not known"
STEPS = ("Confirmed", "Almost certain", "Likely", "Not known")

type Counted = tuple[str, tuple[int, ...]]
"""A name and how many there are, in parts."""


def makers(counted: Sequence[Counted], most: int, spacing: Spacing) -> TableBlock:
    """Cameras by maker and grade, with `most` makers named; those with the most cameras are first."""
    return _table("Made by", shortened(counted, most, "other makers", NOT_KNOWN), STEPS, spacing)


def places(counted: Sequence[Counted], most: int, spacing: Spacing) -> TableBlock:
    """How many cameras each place has, those with most first; beyond `most` the rest share a row."""
    named = [(name or "All", numbers) for name, numbers in sorted(counted, key=lambda one: -sum(one[1]))]
    return _table("Place", shortened(named, most, "other places", ""), (), spacing)


def ages(counted: Sequence[Counted], spacing: Spacing) -> TableBlock:
    """How many cameras are of each age."""
    return _table("Age", counted, (), spacing)


def shortened(counted: Sequence[Counted], most: int, others: str, last: str) -> list[Counted]:
    """At most `most` rows, the rest in one called "7 `others`"; the row called `last` keeps its own and stands last."""
    named = [one for one in counted if one[0] != last]
    kept = [one for one in counted if one[0] == last]
    if len(named) <= most:
        return [*named, *kept]
    rest = named[most - 1 :]
    return [*named[: most - 1], (f"{len(rest)} {others}", _added(rest)), *kept]


def _added(counted: Sequence[Counted]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(numbers for _, numbers in counted), strict=True)))


def _table(what: str, counted: Sequence[Counted], steps: Sequence[str], spacing: Spacing) -> TableBlock:
    """A row for each name, a column for each step that has any, and the cameras; the last row adds them up."""
    added = [*counted, ("Total", _added(counted))]
    shown = [(at, head) for at, head in enumerate(steps) if added[-1][1][at]]
    rows = [[name, *(f"{numbers[at]:,}" for at, _ in shown), f"{sum(numbers):,}"] for name, numbers in added]
    columns = [Column(what), *(Column(head, figures=True) for _, head in (*shown, (0, "Cameras")))]
    return TableBlock(columns, [*map(Row, rows[:-1]), Row(rows[-1], "total")], spacing=spacing, whole=True)
