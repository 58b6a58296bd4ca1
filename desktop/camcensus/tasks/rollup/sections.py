"""The tables of a roll-up in the words of its report: what each column is called, and what the figures are out of."""

from __future__ import annotations

import math
from collections.abc import Iterator

from camcensus.model.words import clean, count, listed, range_words, short_date
from camcensus.report.rollup import RollupHead, RollupSection, Value
from camcensus.tasks.rollup.drawn_tables import table_sections
from camcensus.tasks.rollup.figures import IN_TWO_BODIES, IN_TWO_RECORDS, BodyRow, Figures, code_words
from camcensus.tasks.rollup.kinds import BASED_HEAD, counted, kind_words, section

NAMES_SAID = 12
"""Organisations that are named at one reason; the JSON and the window have them all."""


def sections(figures: Figures) -> Iterator[RollupSection]:
    """The tables that have something to say, in the order of the report."""
    estimate = estimate_section(figures)
    drawn = list(table_sections(figures))
    first = drawn[0].title if drawn else ""
    begin = [one for one in drawn[:2] if one.title.startswith(first)]
    yield from (*begin, *([estimate] if estimate is not None else []), *drawn[len(begin) :])
    yield _bodies(figures)
    if figures.totals.asked is not None:
        yield _missing(figures)
    yield from _problems(figures)


def totals_words(figures: Figures) -> str:
    """The three numbers that add up to those counted, and the same with what others answered."""
    totals, ways = figures.totals, figures.ways
    if not totals.counted and (ways is None or not ways.counted.claimed):
        return "No organisation is counted yet."
    three = _three_words(totals.bodies, totals.bodies_none, totals.bodies_not_known)
    said = f"Of {totals.counted:,} counted: {three}."
    if ways is None:
        return said
    all_ = _three_words(ways.bodies.total, ways.bodies_none.total, ways.bodies_not_known.total)
    if not ways.counted.claimed and all_ == three:
        return said
    return f"{said} With the {ways.counted.claimed:,} that only answered: {all_}."


def _three_words(bodies: int, none: int, not_known: int) -> str:
    return f"{bodies:,} with a listed maker, {none:,} none found, {not_known:,} not known"


def _bodies(figures: Figures) -> RollupSection:
    return section(
        "Organisations from A to Z",
        f"Organisation|Cameras|Identified|Made by a\nlisted maker{BASED_HEAD * figures.reads}|Not\nknown|As at",
        [_body(row, figures.reads) for row in figures.bodies],
        intro="Each was measured by a search, unless its row says otherwise.",
        first=2.4,
        nothing="No organisation has sent a file.",
        new_page=True,
        note="Identified: cameras whose maker is named. Cameras that another organisation has too are in both rows.",
    )


def known_words(is_measured: bool) -> str:
    """How the cameras of a file are known: "measured by a search"."""
    return "measured by a search" if is_measured else "recorded in its own register"


def _body(row: BodyRow, read: bool) -> tuple[Value, ...]:
    more = " or more" if row.or_more else ""
    known = "" if row.is_measured else known_words(row.is_measured)
    about = [*filter(None, [code_words(row.code), known]), *(["not counted"] if not row.counted else [])]
    return (
        (clean(row.name, 90), ", ".join(about)), f"{row.cameras:,}{more}", f"{row.identified:,}",
        counted(row.listed, row.listed_proven, row.listed_most),
        *([counted(row.based_in_china, row.based_in_china_proven)] if read else []),
        f"{row.not_known:,}",
        (_day(row.as_at), "over a year old" if "old" in row.flags else ""),
    )  # fmt: skip


def _missing(figures: Figures) -> RollupSection:
    return section(
        "Organisations that are missing",
        "Organisation|~Number|~Kind",
        [(clean(name, 120), code_words(code) or "–", kind_words(kind)) for code, name, kind in figures.missing],
        intro=f"{count(len(figures.missing), 'organisation was', 'organisations were')} asked and sent neither a file nor an"
        " answer.",
        nothing="None: of every organisation that was asked a file or an answer is in.",
    )


def _problems(figures: Figures) -> Iterator[RollupSection]:
    """What two organisations have in common, a row for each two; then the rest, a row for each reason."""
    shared = [one for one in figures.problems if one.kind in (IN_TWO_BODIES, IN_TWO_RECORDS)]
    if shared:
        yield section(
            "Devices in two records",
            "Organisation|~And|Devices",
            [(*(*one.names, "Another record of its own")[:2], f"{one.devices:,}") for one in shared],
            intro="A device of two organisations counts for both, and once in the totals. One in two records of an "
            "organisation counts once.",
        )
    rest: dict[tuple[str, str], list[str]] = {}
    for one in figures.problems:
        if one not in shared:
            rest.setdefault((one.kind, one.why or one.say), []).extend(one.names)
    yield section(
        "What somebody has to look at",
        "What|~Organisations",
        [(clean(why, 400), listed(sorted(names), NAMES_SAID) or "–") for (_, why), names in rest.items()],
        first=2,
        nothing="Nothing was held or refused.",
    )


def _day(moment: str) -> str:
    try:
        return short_date(moment[:10]).replace(" ", "\u00a0")
    except (ValueError, IndexError):
        return "not known"


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
