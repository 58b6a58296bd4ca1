"""Where the decision paper is signed: each role with what its signature means."""

from __future__ import annotations

from camcensus.model.blocks import Column, Fact, Row
from camcensus.model.words import count
from camcensus.report.plan.brief import Brief

SIGNED = (Column("Role", 1.42), Column("Signs that", 1.6), Column("Name and signature", 1.2), Column("Date", 0.9))
_MEANS = {
    "Prepared by": "this is what the record says",
    "Estates": "the work can be done in time",
    "Data protection officer": "data protection is planned",
}
_PAYS, _APPROVES = "the budget has this money", "the plan is approved"


def to_sign(brief: Brief) -> list[Row]:
    """A row for each role with what its signature means, and room to write; on a sample there is none."""
    roles, sample = brief.body.kind.plan_signers, brief.simulation
    means = {**_MEANS, "IT": _of_it(brief), roles[-1]: _APPROVES}
    name, day = Fact("Simulation" if sample else "Name", "second"), "–" if sample else Fact("DD / MM / YYYY", "second")
    return [Row([role, means.get(role, _PAYS), name, day]) for role in roles]


def _of_it(brief: Brief) -> str:
    """What IT has to do: what cannot wait, then what is isolated."""
    isolated = sum(item.option == "separate" for item in brief.plan.items)
    if brief.urgent:
        return "“Do now”, isolation in hand" if isolated else "“Do now” is in hand"
    return f"{count(isolated, 'item')} can be isolated" if isolated else "IT’s questions are answered"
