"""Questions for the installer: one list of all that nobody here can tell, with room for the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from camcensus.model.blocks import Block, Column, Heading, Prose, ReportDocument, Row, TableBlock, key_facts
from camcensus.model.words import clean, count
from camcensus.report.sheet import Occasion

HANDLING = "For the installer: no network details, no staff names"
ROW_POINTS = 42.0
QUESTION = "Which company made it, and what are its exact model and firmware?"
_LEAD = (
    "You fitted or look after these. We cannot tell everything from the devices alone. Write what your records, the label "
    "or the invoice say; where it is a brand name, write also which company made it, and what shows that. Where we ask you to "
    "update a device, write the firmware that it has afterwards."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing to ask about. `seen` is what we know already, `question` what staff typed or the usual question."""

    ref: str
    where: str
    seen: str
    question: str = QUESTION


def questions_report(occasion: Occasion, asked: Sequence[Asked]) -> ReportDocument:
    """The list."""
    blocks: list[Block] = [
        Heading("Questions for the installer", 1),
        Prose(f"From {occasion.organisation}. {count(len(asked), 'question')}.", after=6),
        Prose(_LEAD, after=10),
    ]
    if asked:
        columns = [
            Column("Ref", 0.8), Column("Where", 1.7), Column("What we see", 1.9),
            Column("Our question", 2.2),
            Column("Your answer, and what shows it", 3),
        ]  # fmt: skip
        rows = [
            Row([clean(one.ref, 20), clean(one.where, 80), clean(one.seen, 120), clean(one.question, 500), ""]) for one in asked
        ]
        blocks.append(TableBlock(columns, rows, to_write=ROW_POINTS))
    else:
        blocks.append(Prose("There is nothing to ask: no row is marked for the installer."))
    blocks += [
        Heading("Answered by", 2),
        key_facts([("Company", ""), ("Name", ""), ("Date", "")], to_write=26),
    ]
    return occasion.document("Questions for the installer", blocks, handling=HANDLING, landscape=True)
