"""One device on one sheet: who made it, everything that is recorded about it, its photos, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from camcensus.model.blocks import (
    Block,
    Column,
    Fact,
    Heading,
    OnePage,
    PhotoBlock,
    Prose,
    ReportDocument,
    Row,
    Spacing,
    TableBlock,
    key_facts,
)
from camcensus.model.pictures import Picture
from camcensus.model.words import DISCLAIMER, clean, long_date
from camcensus.report.evidence import HISTORY_LINES, Past, newest
from camcensus.report.sheet import Occasion
from camcensus.report.signing import signing

PHOTO_POINTS = 190.0
TRIED = ((HISTORY_LINES, False), (HISTORY_LINES, True), (6, True), (3, True), (2, True))
"""Lines of its history, and whether all stands close, tried until the signature is on the page of the facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraSheet:
    """All that is printed. `facts` are (name, value), "" for what nobody has recorded; None values are left out before."""

    ref: str
    title: str
    what: str
    verdict: str
    facts: Sequence[tuple[str, str]]
    photos: Sequence[Picture]
    history: Sequence[Past]
    left_out: str
    handling: str
    methods: str


def camera_report(occasion: Occasion, sheet: CameraSheet) -> ReportDocument:
    """The sheet."""
    ways = [[*_blocks(occasion, sheet, lines, close)] for lines, close in TRIED]
    title = f"{clean(sheet.ref, 24)}, sheet"
    return occasion.document(title, [OnePage([*ways, ways[0]])], handling=sheet.handling, foot=sheet.methods)


def _blocks(occasion: Occasion, sheet: CameraSheet, lines: int, close: bool) -> Iterator[Block]:
    ref = clean(sheet.ref, 24)
    spacing: Spacing = "close" if close else "tight"
    yield Heading(f"{ref}, {clean(sheet.title, 80)}", 1)
    yield Prose(f"{clean(sheet.what, 120)} · as at {long_date(occasion.as_at.date().isoformat())}", "subtitle", after=10)
    yield Prose(clean(sheet.verdict, 900), "verdict", bar=True, after=6)
    if sheet.left_out:
        yield Prose(sheet.left_out)
    yield Heading("What is recorded about it", 2, close=close)
    known = [
        (name, Fact(clean(value, 400), "listed" if value == "Listed" else "normal")) for name, value in sheet.facts if value
    ]
    yield key_facts(known, spacing=spacing)
    missing = [name for name, value in sheet.facts if not value]
    if missing:
        yield Prose(f"Not recorded yet: {', '.join(missing)}.", "note")
    for number, picture in enumerate(sheet.photos, 1):
        yield PhotoBlock(picture, f"Photograph {number} of {ref}.", PHOTO_POINTS)
    if sheet.history:
        yield Heading("Who has looked, and what changed", 2, close=close)
        yield TableBlock(
            [Column("When", 1.1), Column("What", 2.6), Column("By", 0.9)],
            [
                Row([past.when or "–", clean(past.what, 300), clean(past.by, 60) or "Camcensus"])
                for past in newest(sheet.history, lines)
            ],
            spacing=spacing,
        )
    yield from signing(("Checked by",), heading="Checked", simulation=occasion.simulation)
    yield Prose(DISCLAIMER, "note")
