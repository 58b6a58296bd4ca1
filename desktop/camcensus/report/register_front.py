"""The first pages of the asset register: what is in it, who signs it, and who made the cameras, as bars with their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from camcensus.model.blocks import Block, Column, Heading, Prose, Row, TableBlock
from camcensus.model.counts import proven_means
from camcensus.model.words import DISCLAIMER, clean, long_date
from camcensus.planning.counts import Counts
from camcensus.report.maker_charts import ages, makers, makers_by_building
from camcensus.report.register_values import Register
from camcensus.report.sheet import Occasion
from camcensus.report.signing import signing

PLACE = 80
MAKERS, BARS = 5, 8
"""Makers named in the table by building, and makers with a bar of their own where there are no buildings."""


def front(occasion: Occasion, register: Register) -> Iterator[Block]:
    """The page that is checked and signed, and a page of charts where there are cameras."""
    yield Heading("Asset register", 1)
    yield Prose(f"As at {long_date(occasion.as_at.date().isoformat())}", "subtitle", after=12)
    yield Prose(clean(register.lead, 400), "ask", after=4, bar=True)
    if register.left_out:
        yield Prose(register.left_out, before=6)
    if register.counts.items.total:
        yield Heading("What is in it", 2)
        yield _counts(register, "Rows" if register.buildings is None else "Place")
    yield from signing(("Prepared by", "Checked by"), heading="Checked and signed", simulation=occasion.simulation)
    yield Prose(f"{register.reading} {DISCLAIMER}".lstrip(), "note", before=2)
    yield from _at_a_glance(register)


def _at_a_glance(register: Register) -> Iterator[Block]:
    """Who made them and how old they are, by building where the edition names buildings and there are several."""
    if not register.makers:
        return
    by_building = register.buildings is not None and len(register.buildings) > 1
    title = "Cameras by place and manufacturer" if by_building else "Who made the cameras, and how sure we are"
    yield Heading(title, 2, new_page=True)
    if by_building and register.buildings:
        yield from makers_by_building(register.buildings, MAKERS)
    else:
        yield from makers(register.makers, BARS, spacing="tight", beside=True)
    if any(number for _, number in register.ages):
        yield Heading("How old the cameras are", 2)
        yield ages(register.ages, spacing="tight", labels=0.34)


_NUMBERS: tuple[tuple[str, Callable[[Counts], int]], ...] = (
    ("Cameras", lambda counts: counts.cameras.total),
    ("Recorders", lambda counts: counts.recorders.total),
    ("May be\ncameras", lambda counts: counts.may_be_cameras),
    ("Others", lambda counts: counts.others),
    ("Made by\nlisted makers", lambda counts: counts.items.listed.number),
    ("Makers based in\nChina (our reading)", lambda counts: counts.items.only_based.number),
    ("Maker\nnot known", lambda counts: counts.identifiable.not_known),
    ("Not\ndecided", lambda counts: counts.items.undecided),
)
"""The columns: heads, and what each counts."""


def _counts(register: Register, what: str) -> TableBlock:
    sections = [section for section in register.sections if section.counts.items.total]
    used = [at for at, (_, of) in enumerate(_NUMBERS) if at < 2 or of(register.counts)]
    rows = [Row([clean(section.name, PLACE), *_cells(section.counts, used)]) for section in sections]
    if len(sections) > 1:
        rows.append(Row(["Total", *_cells(register.counts, used)], "total"))
    listed = register.counts.items.listed
    note = f"Made by listed makers: {listed}{listed.in_brackets}. {proven_means(listed)}" if listed.doubt else ""
    note = f"{note.strip()} {register.counts.identifiable.not_known_said()}".strip()
    columns = [Column(what), *(Column(_NUMBERS[at][0], figures=True) for at in used)]
    return TableBlock(columns, rows, spacing="tight", note=note)


def _cells(counts: Counts, used: Sequence[int]) -> Iterator[str]:
    return (f"{_NUMBERS[at][1](counts):,}" for at in used)
