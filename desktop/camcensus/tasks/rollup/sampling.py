"""What the shares of those that are counted say of all that were asked: an estimate with its range."""

from __future__ import annotations

import math
from collections.abc import Iterator

from camcensus.model.words import clean, range_words
from camcensus.report.rollup import RollupHead, RollupSection
from camcensus.tasks.rollup.figures import Figures
from camcensus.tasks.rollup.kinds import kind_words

Z_95 = 1.959963984540054
"""Standard deviations on each side that hold 95% of a normal distribution."""

SHARES_ALONE = (
    "The shares are of the organisations counted, and of no others: those that were not asked, or did not "
    "reply, may be different."
)


def wilson(part: float, of: float) -> tuple[float, float]:
    """The ends of Wilson's score interval at 95% for a share, from 0 to 1. `of` is more than 0.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    share, square = part / of, Z_95**2
    middle = share + square / (2 * of)
    half = Z_95 * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    low, high = (middle - half) / (1 + square / of), (middle + half) / (1 + square / of)
    return max(0.0, low) if part else 0.0, min(1.0, high) if part < of else 1.0


ESTIMATE_COLUMNS = ("by", "value", "asked", "counted", "bodies", "not_known", "estimate", "low", "high")
ESTIMATE_METHOD = (
    "The estimate is the share with one of those known to have one or none, times all that were asked. The range is Wilson’s "
    "interval at 95%, narrower the more of those asked are counted (finite population); at its lower end none of the not known "
    "has one, at its upper end all have. Those that did not reply may be different."
)


def estimate_rows(figures: Figures) -> Iterator[tuple[str, str, int, int, int, int, int, int, int]]:
    """How many of all that were asked have a camera by a listed maker, by kind and by region, with the ends of the range."""
    for name, key in (("by_type_and_way", "body_type"), ("by_region", "region")):
        table = next((one for one in figures.tables if one.name == name), None)
        for cells in table.rows if table is not None and figures.totals.asked else ():
            row = dict(zip(table.columns, cells, strict=True))  # type: ignore[union-attr]
            asked, bodies, unclear = row["asked"] or 0, row["bodies"], row["bodies_not_known"]
            counted = sum(row[way] for way in ("measured", "recorded", "claimed"))
            if counted == unclear or counted > asked:
                continue
            low, _ = _of_asked(bodies, counted, asked)
            _, high = _of_asked(bodies + unclear, counted, asked)
            yield (
                key, row[key], asked, counted, bodies, unclear, round(asked * bodies / (counted - unclear)),
                max(bodies, round(asked * low)), min(asked - row["bodies_none"], round(asked * high)),
            )  # fmt: skip


def _of_asked(part: int, counted: int, asked: int) -> tuple[float, float]:
    """The ends of the interval for a share of those counted, out of a finite number that were asked."""
    if counted == asked:
        return part / asked, part / asked
    weight = (asked - 1) / (asked - counted)
    return wilson(part * weight, counted * weight)


def estimate_section(figures: Figures) -> RollupSection | None:
    """The estimates as a table of the report; None where all that were asked are counted, or nobody gave a list of them."""
    found = list(estimate_rows(figures))
    not_known = max((row[5] for row in found), default=0)
    rows = [
        (kind_words(value) if by == "body_type" else clean(value, 60), f"{asked:,}", f"{counted:,}", f"{bodies:,}",
         f"{unclear:,}", f"{estimate:,}", range_words(low, high))
        for by, value, asked, counted, bodies, unclear, estimate, low, high in found
    ]  # fmt: skip
    if not rows or all(row[1] == row[2] and row[4] == "0" for row in rows):
        return None
    words = ("Asked", "Counted", "With one", "Not known", "Estimate\nof all", "95% range")
    return RollupSection(
        title="Estimate for all that were asked, by kind and by region",
        intro=f"Organisations with at least one camera by a listed maker. Of those counted, {not_known:,} are not known."
        f" {ESTIMATE_METHOD}",
        heads=(RollupHead("Kind or region", figures=False, share=1.6), *map(RollupHead, words)),
        rows=tuple(rows),
    )
