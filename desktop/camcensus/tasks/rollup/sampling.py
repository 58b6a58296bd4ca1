"""How those who were asked had been chosen, and what their shares say of those who were not: an interval, or a warning."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from camcensus.model.errors import IntakeError
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


def wilson(part: int, of: int) -> tuple[float, float]:
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
