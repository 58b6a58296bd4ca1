"""How the words of certainty are defined, and how often answers with each word were right where the maker was known."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model import frozen
from camcensus.model.blocks import Block, Column, Fact, Heading, Prose, Row, TableBlock
from camcensus.model.device import GRADES, Grade
from camcensus.model.words import GRADE_SHORT, clean

MEANINGS: dict[Grade, str] = {
    "confirmed": "A letter names the maker, or a person read a label of a maker’s own brand and nothing contradicts it. "
    "The record says who and when.",
    "almost-certain": "A sign that only one maker’s devices give; or firm signs of independent kinds: two of what it does, "
    "three under a name that is the maker’s own, or what it does and what your register says. Nothing firm speaks for another.",
    "likely": "One firm sign, or your own register names the maker; or firm signs for this maker and some for another. It is "
    "counted, and not called proven.",
    "possible": "Weak signs only: one alone names nobody. It needs checking, and is counted for no maker.",
    "conflicting": "Signs of equal weight speak for different makers. It needs checking.",
    "unknown": "Nothing tells who made it. The label usually does.",
}


@frozen(kw_only=True)
class Measured:
    """What a measurement came to: how many answers were right, wrong, or named nobody.

    `grades` says it for each grade; `not_tellable` of the devices among them whose answers do not hold enough to tell who made
    them. `cases` were built from published facts, `captures` are replies of real devices; each was judged without what it alone
    taught.
    `kind_told` of `kind_tellable` devices were called what they are.
    """

    version: str
    command: str
    cases: int
    captures: int
    grades: tuple[tuple[Grade, int, int, int], ...]
    not_tellable: tuple[int, int, int]
    kind_told: int
    kind_tellable: int


def certainty(measured: Measured, in_use: str) -> Iterator[Block]:
    """The last page; `in_use` is the list version that the answers of this record were judged with."""
    yield Heading("What the words of certainty mean, and how often they are right", 2, new_page=True)
    yield TableBlock(
        [Column("Word", 0.9), Column("What it means", 3.4)],
        [Row([[Fact(GRADE_SHORT[grade], "strong", grade)], MEANINGS[grade]]) for grade in GRADES],
    )
    yield Heading("Measured on devices whose maker is known", 3)
    every = [sum(numbers) for numbers in zip(*(row[1:] for row in measured.grades), strict=True)]
    tellable = [one - other for one, other in zip(every, measured.not_tellable, strict=True)]
    yield TableBlock(
        [Column("Word"), *(Column(head, figures=True) for head in ("Right", "Wrong", "No maker named", "Together"))],
        [
            *(_measured(GRADE_SHORT[grade], *numbers) for grade, *numbers in measured.grades),
            _measured("Total", *every, total=True),
            _measured("Of these, maker can be identified", *tellable),
            _measured("Maker cannot be identified", *measured.not_tellable),
        ],
        spacing="tight",
        note=f"{measured.cases:,} cases built from published facts and {measured.captures:,} sets of replies of real devices, "
        "each answered without what that device alone had taught Camcensus, "
        f"list version {clean(measured.version, 40)}. Where the answers do not hold enough to tell the maker, “Right” counts "
        "those that name nobody because nobody can.",
    )
    yield Prose(
        f"Of the {sum(tellable):,} whose answers hold enough to tell the maker, {tellable[0]:,} were named rightly. "
        f"Of the {measured.kind_tellable:,} whose answers show what kind of device they are, {measured.kind_told:,} were "
        "identified rightly; “camera or recorder” counts as right for either. The cases are no sample of the devices in this "
        "record: many were chosen because they are hard. Devices that nobody has tried may do worse."
        + (
            ""
            if in_use.startswith(measured.version)
            else f" This record was judged with another list version, {clean(in_use, 40)}."
        ),
    )
    yield Prose(f"Measured with: {clean(measured.command, 200)}", "note")


def _measured(head: str, right: int, wrong: int, nobody: int, *, total: bool = False) -> Row:
    cells = [head, f"{right:,}", f"{wrong:,}", f"{nobody:,}", f"{right + wrong + nobody:,}"]
    return Row(cells, "total") if total else Row(cells)
