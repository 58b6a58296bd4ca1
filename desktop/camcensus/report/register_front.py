"""The first pages of the asset register: what is in it, who signs it, and who made the cameras, as bars with their tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model.blocks import Block, Column, Heading, Prose, Row, TableBlock
from camcensus.model.words import DISCLAIMER, clean, long_date
from camcensus.report.maker_charts import ages, makers, makers_by_building
from camcensus.report.register_values import BuildingSection, Register
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
    if register.sections:
        yield Heading("What is in it", 2)
        yield _counts(register.sections, "Rows" if register.buildings is None else "Building")
    yield from signing(("Prepared by", "Checked by"), heading="Checked and signed", simulation=occasion.simulation)
    yield Prose(f"{register.reading} {DISCLAIMER}".lstrip(), "note", before=2)
    yield from _at_a_glance(register)


def _at_a_glance(register: Register) -> Iterator[Block]:
    """Who made them and how old they are, by building where the edition names buildings and there are several."""
    if not register.makers:
        return
    by_building = register.buildings is not None and len(register.buildings) > 1
    title = "Cameras by building and manufacturer" if by_building else "Who made the cameras, and how sure we are"
    yield Heading(title, 2, new_page=True)
    if by_building and register.buildings:
        yield from makers_by_building(register.buildings, MAKERS)
    else:
        yield from makers(register.makers, BARS, spacing="tight", beside=True)
    if any(number for _, number in register.ages):
        yield Heading("How old the cameras are", 2)
        yield ages(register.ages, spacing="tight", labels=0.34)


def _counts(sections: Sequence[BuildingSection], what: str) -> TableBlock:
    heads = ("Cameras", "Recorders", "Others", "Listed", "Based in China\n(our reading)", "Maker not known", "Not decided")
    used = [at for at in range(len(heads)) if at in (0, 1) or any(section.counts[at] for section in sections)]
    rows = [Row([clean(section.name, PLACE), *(f"{section.counts[at]:,}" for at in used)]) for section in sections]
    if len(sections) > 1:
        total = [sum(section.counts[at] for section in sections) for at in range(len(heads))]
        rows.append(Row(["Total", *(f"{total[at]:,}" for at in used)], "total"))
    columns = [Column(what), *(Column(heads[at], figures=True) for at in used)]
    return TableBlock(columns, rows, spacing="tight")
