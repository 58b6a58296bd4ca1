"""Where people sign: name, signature and date, with room to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model.blocks import Block, Column, Fact, Heading, Prose, Row, Strong, TableBlock
from camcensus.report.sheet import SIMULATION

SIGNATURE_POINTS = 30.0


def signing(
    roles: Sequence[str], *, heading: str = "Sign-off", simulation: bool = False, to_write: float = SIGNATURE_POINTS
) -> Iterator[Block]:
    """A heading, and a row for each role; on a sample it says that it is not for signing."""
    yield Heading(heading, 2)
    if simulation:
        yield Prose([Strong(f"{SIMULATION}."), " It is not for signing."], keeps_next=True)
    yield TableBlock(
        [Column("Role", 1.35), Column("Name", 1.55), Column("Signature", 1.2), Column("Date", 0.9)],
        [Row([role, Fact("Name", "second"), "", Fact("DD / MM / YYYY", "second")]) for role in roles],
        to_write=to_write,
        spacing="writing",
    )
