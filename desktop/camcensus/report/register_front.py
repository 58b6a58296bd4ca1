"""The first pages of the asset register: what is in it, who signs it, and who made the cameras."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from camcensus.model.blocks import Block, Column, Heading, Prose, Row, Spacing, TableBlock
from camcensus.model.words import DISCLAIMER, clean, long_date, proven_means
from camcensus.planning.counts import Counts
from camcensus.report.maker_counts import ages, makers
from camcensus.report.register_values import BuildingSection, Register
from camcensus.report.sheet import Occasion
from camcensus.report.signing import signing

PLACE = 80
MAKERS, FEW = 12, 6
"""Makers with a row of their own, and places that are counted on the first page."""


def front(occasion: Occasion, register: Register) -> Iterator[Block]:
    """The page that is signed, who made the cameras and how old they are, and the numbers of each of many places."""
    yield Heading("Asset register", 1)
    yield Prose(f"As at {long_date(occasion.as_at.date().isoformat())}", "subtitle", after=12)
    yield Prose(clean(register.lead, 400), "ask", after=4, bar=True)
    if register.left_out:
        yield Prose(register.left_out, before=6)
    sections = [section for section in register.sections if section.counts.items.total]
    several = len(sections) > 1
    if sections:
        yield Heading("What is in it", 2)
        yield _counts(register, sections if several and len(sections) <= FEW else ())
    yield from signing(("Prepared by", "Checked by"), heading="Checked and signed", simulation=occasion.simulation)
    yield Prose(f"{register.reading} {DISCLAIMER}".lstrip(), "note", before=2)
    if register.makers:
        yield Heading("Who made the cameras, and how sure we are", 2, new_page=True)
        yield makers(register.makers, MAKERS, "tight")
        if register.ages:
            yield Heading("How old the cameras are", 2)
            yield ages(register.ages, "tight")
    if len(sections) > FEW:
        yield Heading("What is in each place", 2)
        yield _counts(register, sections, "dense")


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


def _counts(register: Register, sections: Sequence[BuildingSection], spacing: Spacing = "tight") -> TableBlock:
    """The numbers of each section with their total, or the total alone."""
    used = [at for at, (_, of) in enumerate(_NUMBERS) if at < 2 or of(register.counts)]
    rows = [Row([clean(section.name, PLACE), *_cells(section.counts, used)]) for section in sections]
    rows.append(Row(["Total", *_cells(register.counts, used)], "total" if sections else "body"))
    listed = register.counts.items.listed
    note = f"Made by listed makers: {listed}{listed.in_brackets}. {proven_means(listed)}" if listed.doubt else ""
    note = f"{note.strip()} {register.counts.identifiable.not_known_said()}".strip()
    columns = [Column("Place" if sections else "Rows"), *(Column(_NUMBERS[at][0], figures=True) for at in used)]
    return TableBlock(columns, rows, spacing=spacing, note=note)


def _cells(counts: Counts, used: Sequence[int]) -> Iterator[str]:
    return (f"{_NUMBERS[at][1](counts):,}" for at in used)
