"""The tables of a roll-up in the words of its report: what each column is called, and what the figures are out of."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model.words import clean, count, listed, short_date
from camcensus.report.rollup import RollupSection, Value
from camcensus.tasks.rollup.drawn_tables import table_sections
from camcensus.tasks.rollup.figures import BodyRow, Figures, code_words
from camcensus.tasks.rollup.kinds import kind_words
from camcensus.tasks.rollup.problems import IN_TWO_BODIES, IN_TWO_RECORDS
from camcensus.tasks.rollup.sampling import estimate_section
from camcensus.tasks.rollup.section_rows import BASED_HEAD, counted, section

NAMES_SAID = 12
"""Organisations that are named at one reason; the JSON and the window have them all."""


def sections(figures: Figures) -> Iterator[RollupSection]:
    """The tables that have something to say, in the order of the report."""
    estimate = estimate_section(figures)
    for at, one in enumerate(table_sections(figures)):
        yield one
        if at == 0 and estimate is not None:
            yield estimate
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
