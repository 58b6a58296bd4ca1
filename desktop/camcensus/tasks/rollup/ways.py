"""The totals of what was measured and what organisations answered, together: each of both, and which is which."""

from __future__ import annotations

from dataclasses import dataclass

from camcensus.store.rollup.tables import read_table
from camcensus.tasks.rollup.taking import RollUp


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysTotal:
    """The totals of what was measured and what organisations answered, together: each organisation counts in one way.

    `bodies_max`, `bodies_none` and `bodies_not_known` add up to `counted`, which is `measured` and `claimed`; each of them is
    (measured, claimed). `cameras` are at least so many; `without_number` of the claimed name no upper number.
    """

    replied: int
    counted: tuple[int, int]
    bodies_min: tuple[int, int]
    bodies_max: tuple[int, int]
    bodies_none: tuple[int, int]
    bodies_not_known: tuple[int, int]
    cameras: tuple[int, int]
    without_number: int


def read_ways(rollup: RollUp) -> WaysTotal | None:
    """The totals, after `prepare`; None where nobody answered."""
    if rollup.file.connection.execute("SELECT 1 FROM claim WHERE body IS NOT NULL LIMIT 1").fetchone() is None:
        return None
    table = read_table(rollup.file.connection, rollup.resources, "by_type_and_way")
    row = dict(zip(table.columns, table.rows[-1], strict=True))
    each = ("bodies_min", "bodies_max", "bodies_none", "bodies_not_known")
    parts = {name: (row[f"{name}_measured"], row[f"{name}_claimed"]) for name in each}
    return WaysTotal(
        replied=row["replied"], counted=(row["measured"], row["claimed"]), **parts,
        cameras=(row["cameras_measured"], row["cameras_claimed"]), without_number=row["bodies_without_number"],
    )  # fmt: skip
