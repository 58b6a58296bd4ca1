"""The report of a roll-up: one honest total with what it is out of, the tables behind it, and every body from A to Z."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from camcensus.model import frozen
from camcensus.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Fact,
    Heading,
    Prose,
    ReportDocument,
    Row,
    TableBlock,
    Text,
)
from camcensus.model.words import DISCLAIMER_ALONE, clean, long_date, short_date

TITLE = "Cameras of many organisations"
HANDLING = "For auditors: it names organisations and their counts"
SHORT = 8
"""Rows of a table that is not parted between pages."""

Value = str | tuple[str, ...]
"""A cell: a fact, or a fact with others under it."""


@frozen
class RollupHead:
    """The head of a column: its word, whether figures are in it, and its share of the room that figures leave."""

    word: str
    figures: bool = True
    share: float = 1


@frozen(kw_only=True)
class RollupSection:
    """A table under its heading. `total` where the last row adds up the rest; `nothing` is said where there is no row."""

    title: str
    intro: str = ""
    heads: tuple[RollupHead, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: bool = False
    note: str = ""
    nothing: str = "There is nothing to count."
    new_page: bool = False


@frozen(kw_only=True)
class RollupReport:
    """All that is printed. `lead` is the sentence that matters, `facts` are under it."""

    title: str = TITLE
    handling: str = HANDLING
    name: str
    knowledge_version: str
    made_at: datetime
    lead: Text
    facts: tuple[tuple[str, str], ...]
    sections: tuple[RollupSection, ...]
    method: tuple[str, ...]
    foot: str
    simulation: str | None = None
    """The sentence that says that none of it is real."""


def rollup_report(report: RollupReport) -> ReportDocument:
    """The report."""
    day = report.made_at.date().isoformat()
    return ReportDocument(
        title=f"{clean(report.title, 120)}, {clean(report.name, 80)}",
        kind=clean(report.title, 120),
        organisation=clean(report.name, 80),
        handling=report.simulation or report.handling,
        foot=(f"As at {short_date(day)} · list version {clean(report.knowledge_version, 40)}", report.foot),
        made_at=report.made_at,
        blocks=tuple(_blocks(report, day)),
    )


def _blocks(report: RollupReport, day: str) -> Iterator[Block]:
    yield Heading(clean(report.title, 120), 1)
    yield Prose(f"{clean(report.name, 80)}, as at {long_date(day)}", "subtitle", after=10)
    if report.simulation is not None:
        yield Prose(report.simulation, after=10)
    yield Prose(report.lead, "ask", after=10, bar=True)
    yield TableBlock([Column("", 1.1), Column("", 2)], [Row(list(fact)) for fact in report.facts], head=False, spacing="tight")
    yield Prose(DISCLAIMER_ALONE)
    for section in report.sections:
        yield from _section(section)
    yield Heading("How this was counted, and how to add it up again", 2)
    yield Bullets(list(report.method))


def _section(section: RollupSection) -> Iterator[Block]:
    yield Heading(section.title, 2, new_page=section.new_page)
    if section.intro:
        yield Prose(section.intro, after=6, keeps_next=True)
    if not section.rows:
        yield Prose(section.nothing)
        return
    last = len(section.rows) - 1 if section.total else -1
    yield TableBlock(
        [Column(head.word, head.share, figures=head.figures) for head in section.heads],
        [Row([_cell(value) for value in row], "total" if at == last else "body") for at, row in enumerate(section.rows)],
        note=section.note,
        spacing="close",
        whole=len(section.rows) <= SHORT,
    )


def _cell(value: Value) -> Cell:
    if isinstance(value, str):
        return value
    first, *rest = value
    under = [Fact(one, "second") for one in rest if one]
    return [Fact(first), *under] if under else first
