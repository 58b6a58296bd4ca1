"""Where the decision paper is signed: each role with what its signature means."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.model.blocks import Column, Fact, Row

SIGNED = (Column("Role", 1.42), Column("Signs that", 1.6), Column("Name and signature", 1.2), Column("Date", 0.9))
_MEANS = {
    "Prepared by": "this is what the record says",
    "Estates": "the work can be done in time",
    "IT": "IT’s part will be done",
    "Data protection officer": "data protection is in order",
}
_URGENT = "“Do now” is in hand"
_PAYS, _APPROVES = "the budget has this money", "the plan is approved"


def to_sign(roles: Sequence[str], *, urgent: bool, simulation: bool) -> list[Row]:
    """A row for each role with what its signature means, and room to write; on a sample there is none."""
    means = {**_MEANS, "IT": _URGENT} if urgent else _MEANS
    return [
        Row(
            [
                role,
                _APPROVES if role == roles[-1] else means.get(role, _PAYS),
                Fact("Simulation" if simulation else "Name", "second"),
                "–" if simulation else Fact("DD / MM / YYYY", "second"),
            ]
        )
        for role in roles
    ]
