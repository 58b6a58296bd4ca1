"""Questions for the installer: one list of all that nobody here can tell, with room for the answers."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.model import frozen
from camcensus.model.blocks import Block, Column, Heading, Prose, ReportDocument, Row, TableBlock, key_facts
from camcensus.model.words import clean, count, listed, run_of_refs
from camcensus.report.sheet import Occasion

HANDLING = "For the installer: no network details, no staff names"
ROW_POINTS = 18.0
REFS_NAMED = 6
QUESTION = "Maker, exact model and firmware?"
FIRMWARE_KNOWN = "Maker and exact model?"
_LEAD = (
    "You fitted or look after these. We cannot tell everything from the devices alone. Write what your records, the label "
    "or the invoice say; where it is a brand name, write also which company made it, and what shows that. Where we ask you to "
    "update a device, write the firmware that it has afterwards."
)


@frozen(kw_only=True)
class Asked:
    """One thing to ask about devices that are alike at a site, "" for all of them.

    `seen` is what we know already, `question` what staff typed or the usual question.
    """

    site: str
    refs: tuple[str, ...]
    where: str
    seen: str
    question: str = QUESTION


def questions_report(occasion: Occasion, asked: Sequence[Asked]) -> ReportDocument:
    """The list."""
    devices = sum(len(one.refs) for one in asked)
    blocks: list[Block] = [
        Heading("Questions for the installer", 1),
        Prose(f"From {occasion.organisation}: {count(len(asked), 'question')} about {count(devices, 'device')}.", after=6),
        Prose(_LEAD, after=10),
    ]
    if asked:
        columns = [
            Column("Devices", 1.2), Column("Where", 1.1), Column("What we see", 1.7), Column("Our question", 2.6),
            Column("Your answer, and what shows it", 1.6),
        ]  # fmt: skip
        rows: list[Row] = []
        for site in dict.fromkeys(one.site for one in asked):
            rows += [Row([clean(site, 80)], "group")] if site else []
            rows += [_row(one) for one in asked if one.site == site]
        blocks.append(TableBlock(columns, rows, to_write=ROW_POINTS, spacing="dense"))
    else:
        blocks.append(Prose("There is nothing to ask: no row is marked for the installer."))
    blocks += [
        Heading("Answered by", 2),
        key_facts([("Company", ""), ("Name", ""), ("Date", "")], to_write=26),
    ]
    return occasion.document("Questions for the installer", blocks, handling=HANDLING, landscape=True)


def _row(one: Asked) -> Row:
    number = f"{len(one.refs):,}: " if len(one.refs) > 1 else ""
    refs = listed(run_of_refs(one.refs).split(", "), REFS_NAMED)
    return Row([f"{number}{refs}", clean(one.where, 3_000), clean(one.seen, 120), clean(one.question, 500), ""])
