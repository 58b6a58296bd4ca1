"""How those who were asked had been chosen, and what their shares say of those who were not: an interval, or a warning."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from camcensus.model.errors import IntakeError
from camcensus.model.prose import range_words
from camcensus.model.words import clean
from camcensus.report.rollup import RollupHead, RollupSection
from camcensus.tasks.rollup.figures import Figures
from camcensus.tasks.rollup.kinds import kind_words
from camcensus.tasks.rollup.taking import CHOSEN_HOW, RollUp

ChosenHow = Literal["all", "random", "otherwise"]
CHOSEN_WORDS: Mapping[ChosenHow, str] = {
    "all": "All organisations of their kind",
    "random": "Drawn at random",
    "otherwise": "Chosen otherwise",
}
Z_95 = 1.959963984540054
"""Standard deviations on each side that hold 95% of a normal distribution."""
METHOD = (
    "Wilson’s score interval at 95%, without a correction for small populations. It says nothing of those who were drawn and "
    "did not answer."
)
_SAYS: Mapping[str | None, str] = {
    "all": "All organisations of their kind were asked. Those that did not answer may be different.",
    "otherwise": "Those asked were not drawn at random: the shares are of them alone, and of no others.",
    None: "Nobody said how those asked were chosen: take the shares as theirs alone, and of no others.",
}


def set_chosen_how(rollup: RollUp, how: str) -> str:
    """Save how those who were asked had been chosen; gives a sentence. Raises IntakeError for another word."""
    if how not in get_args(ChosenHow):
        raise IntakeError(f"“{clean(how, 40)}” is no way to choose; say one of: {', '.join(get_args(ChosenHow))}.")
    with rollup.file.writing():
        rollup.file.set(CHOSEN_HOW, how)
    return f"Saved how those asked were chosen: {CHOSEN_WORDS[how].lower()}."  # type: ignore[index]


def sampling_words(figures: Figures) -> str:
    """What the shares say of others, in a sentence."""
    if figures.chosen_how == "random":
        return f"Those asked were drawn at random. {METHOD}"
    return _SAYS.get(figures.chosen_how, _SAYS[None])


def wilson(part: float, of: float) -> tuple[float, float]:
    """The ends of Wilson's score interval at 95% for a share, from 0 to 1. `of` is more than 0.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    share, square = part / of, Z_95**2
    middle = share + square / (2 * of)
    half = Z_95 * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    low, high = (middle - half) / (1 + square / of), (middle + half) / (1 + square / of)
    return max(0.0, low) if part else 0.0, min(1.0, high) if part < of else 1.0


INTERVAL_COLUMNS = ("body_type", "counted", "bodies", "low_pct", "high_pct", "table")
INTERVAL_TABLES = ("by_body_type", "by_type_and_way")
"""Whose shares have intervals: of files, and of these and what others answered together."""
_TOGETHER = {"by_body_type": "", "by_type_and_way": ", measured, recorded and answered together"}


def interval_rows(figures: Figures, name: str) -> Iterator[tuple[str, int, int, str, str, str]]:
    """For each kind of organisation that was drawn at random, the ends of the interval in per cent; none where not.

    Only of INTERVAL_TABLES; of the second there are none where nobody is counted by an answer.
    """
    table = next((one for one in figures.tables if one.name == name), None)
    nobody = name == "by_type_and_way" and (figures.ways is None or not figures.ways.counted.claimed)
    if name not in INTERVAL_TABLES or figures.chosen_how != "random" or table is None or nobody:
        return
    for cells in table.rows:
        row = dict(zip(table.columns, cells, strict=True))
        if row["counted"]:
            low, high = wilson(row["bodies"], row["counted"])
            yield row["body_type"], row["counted"], row["bodies"], f"{100 * low:.1f}", f"{100 * high:.1f}", name


def interval_section(figures: Figures, name: str) -> RollupSection | None:
    """The intervals of a table as a table of the report; None where there are none."""
    rows = [
        (kind_words(kind), f"{counted:,}", f"{bodies:,}", f"{first}% to {last}%")
        for kind, counted, bodies, first, last, _ in interval_rows(figures, name)
    ]
    if not rows:
        return None
    heads = (
        RollupHead("Kind of organisation", figures=False, share=1.6),
        *(RollupHead(word) for word in ("Counted", "Organisations", "95% interval")),
    )
    return RollupSection(
        title=f"What the shares say of those who were not asked{_TOGETHER[name]}",
        intro=f"Organisations with at least one camera by a listed maker{_TOGETHER[name]}. {METHOD}",
        heads=heads,
        rows=tuple(rows),
        total=True,
    )


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
