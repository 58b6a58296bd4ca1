"""Where people sign: name, signature and date, with room to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.report.blocks import Block, Heading, Prose
from camcensus.report.drawn_table import DrawnTable
from camcensus.report.ink import BODY
from camcensus.report.plan_brief import SIMULATION
from camcensus.report.table_layout import Column, Fact, Row
from camcensus.report.text import Strong

SIGNATURE_POINTS = 30.0


def signing(
    roles: Sequence[str], *, heading: str = "Sign-off", simulation: bool = False, lowest: float = SIGNATURE_POINTS
) -> Iterator[Block]:
    """A heading, and a row for each role; on a sample it says that it is not for signing."""
    yield Heading(heading, 2)
    if simulation:
        yield Prose([Strong(f"{SIMULATION}."), " It is not for signing."], BODY, keeps_next=True)
    yield DrawnTable(
        [Column("Role", 1.35), Column("Name", 1.55), Column("Signature", 1.2), Column("Date", 0.9)],
        [Row([role, Fact("Name", "second"), "", Fact("DD / MM / YYYY", "second")]) for role in roles],
        lowest=lowest,
        pad=3,
    )
