"""Where people sign: name, signature and date, with room to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model.blocks import Block, Column, Fact, Heading, Prose, Row, Strong, TableBlock
from camcensus.report.sheet import SIMULATION

SIGNATURE_POINTS = 30.0
SIGNED = (Column("Role", 1.35), Column("Name", 1.55), Column("Signature", 1.2), Column("Date", 0.9))
NOT_FOR_SIGNING = "It is not for signing."


def signing(
    roles: Sequence[str], *, heading: str = "Sign-off", simulation: bool = False, to_write: float = SIGNATURE_POINTS
) -> Iterator[Block]:
    """A heading, and a row for each role; on a sample it says that it is not for signing."""
    yield Heading(heading, 2)
    if simulation:
        yield Prose([Strong(f"{SIMULATION}."), f" {NOT_FOR_SIGNING}"], keeps_next=True)
    yield TableBlock(
        [*SIGNED],
        to_sign(roles, simulation=simulation),
        to_write=to_write,
        spacing="writing",
    )


def to_sign(roles: Sequence[str], *, simulation: bool) -> list[Row]:
    """A row for each role, with room to write; on a sample there is none."""
    if simulation:
        return [Row([role, "–", Fact("Simulation", "second"), "–"]) for role in roles]
    return [Row([role, Fact("Name", "second"), "", Fact("DD / MM / YYYY", "second")]) for role in roles]
