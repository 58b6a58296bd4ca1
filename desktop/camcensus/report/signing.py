"""Where people sign: what it means where that is said, name, signature and date, with room to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from camcensus.model.blocks import Block, Column, Fact, Heading, Prose, Row, Spacing, Strong, TableBlock
from camcensus.report.sheet import SIMULATION

SIGNATURE_POINTS = 30.0
_BARE = (Column("Role", 1.35), Column("Name", 1.55), Column("Signature", 1.2), Column("Date", 0.9))
_MEANT = (Column("Role", 1.42), Column("Signs that", 1.6), Column("Name and signature", 1.2), Column("Date", 0.9))
NOT_FOR_SIGNING = "It is not for signing."


def signing(
    roles: Sequence[str], *, heading: str = "Sign-off", simulation: bool = False, to_write: float = SIGNATURE_POINTS
) -> Iterator[Block]:
    """A heading, and a row for each role; on a sample it says that it is not for signing."""
    yield Heading(heading, 2)
    if simulation:
        yield Prose([Strong(f"{SIMULATION}."), f" {NOT_FOR_SIGNING}"], keeps_next=True)
    yield to_sign(roles, simulation=simulation, to_write=to_write)


def to_sign(
    roles: Sequence[str] | Mapping[str, str],
    *,
    simulation: bool,
    to_write: float,
    spacing: Spacing = "writing",
    note: str = "",
) -> TableBlock:
    """A row for each role, with what its signature means where `roles` tells it, and room to write, which a sample has not."""
    sample, name, day = (Fact(words, "second") for words in ("Simulation", "Name", "DD / MM / YYYY"))
    rows: list[Row]
    if isinstance(roles, Mapping):
        columns, to_fill = _MEANT, (sample, "–") if simulation else (name, day)
        rows = [Row([role, means, *to_fill]) for role, means in roles.items()]
    else:
        columns, bare = _BARE, ("–", sample, "–") if simulation else (name, "", day)
        rows = [Row([role, *bare]) for role in roles]
    return TableBlock([*columns], rows, to_write=to_write, spacing=spacing, note=note)
