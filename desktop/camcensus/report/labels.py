"""A sheet of labels to stick on: ref and QR code, three by eight on A4, with a page before it that says where each one goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model import frozen
from camcensus.model.blocks import Block, Column, Heading, LabelPage, Prose, ReportDocument, Row, StickyLabel, TableBlock
from camcensus.model.words import clean, count
from camcensus.report.sheet import Occasion

PER_PAGE = 24
"""Sheets with 24 labels of 63.5 by 33.9 mm, as many makers sell them."""
HANDLING = "For internal use: it shows where cameras are"
_LEAD = (
    "Print the pages after this list on A4 sheets with 24 labels of 63.5 × 33.9 mm, at 100% (no “fit to page”). Stick each "
    "label where a person standing below can read it, and never over the maker’s own label. The code holds the ref and the "
    "number of the record, and nothing about the network."
)


@frozen(kw_only=True)
class Label:
    """One label. `where` and `what` are for the list of labels, not for the label."""

    ref: str
    what: str
    where: str


def labels_report(occasion: Occasion, labels: Sequence[Label]) -> ReportDocument:
    """The list and the sheets."""
    blocks = [*_blocks(occasion, labels)]
    return occasion.document("Label sheet", blocks, handling=HANDLING, foot=count(len(labels), "label"))


def _blocks(occasion: Occasion, labels: Sequence[Label]) -> Iterator[Block]:
    yield Heading("Labels", 1)
    yield Prose(_LEAD)
    if not labels:
        yield Prose("There is nothing to label yet: no camera and no recorder is in the record.")
        return
    yield Heading("Where each label goes", 2)
    yield TableBlock(
        [Column("Ref", 0.6), Column("What it is", 1.5), Column("Location", 1.8)],
        [Row([clean(one.ref, 24), clean(one.what, 100), clean(one.where, 120) or "No location yet"]) for one in labels],
        spacing="tight",
    )
    for start in range(0, len(labels), PER_PAGE):
        yield LabelPage([_label(occasion, one) for one in labels[start : start + PER_PAGE]])


def _label(occasion: Occasion, label: Label) -> StickyLabel:
    ref, record = clean(label.ref, 24), occasion.record
    code = " ".join(part for part in (ref, record) if part)
    return StickyLabel(ref, (occasion.organisation, f"Record {record}"), code)
