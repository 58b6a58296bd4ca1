"""The walk-round sheet: what is known at each place, with room to write what is on the label and what was missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from camcensus.model import frozen
from camcensus.model.blocks import Block, Cell, Column, Fact, Heading, OnePage, Prose, ReportDocument, Row, TableBlock
from camcensus.model.words import clean, count
from camcensus.report.sheet import Occasion

ROW_POINTS = 30.0
"""Room to write by hand."""
BLANK_ROWS = (2, 4)
"""Empty rows for each place, what no search finds: at least, and at most where much is there already."""
ROWS_FOR_A_BLANK = 5
EMPTY_MOST = 16
"""Empty rows of a sheet on which nothing is known: as many of them as fit its page."""
NAME, PLACE = 60, 80
COLUMNS = (
    Column("Ref", 0.9),
    Column("Where", 2.1),
    Column("Known", 2.5),
    Column("Here?", 0.7),
    Column("Brand", 1.5),
    Column("Model or P/N", 1.7),
    Column("Serial", 1.7),
    Column("Recorder\nChannel", 1.2),
    Column("Photo?", 0.7),
)
"""Heads of one or two words: a long line of them on a later page sounds like text that is not read out."""
_BOX = Fact("Yes", "second", "box")
_LEAD = (
    "Go to each place. Tick what is there, and copy the brand and the model from its label: on a dome it is often under the "
    "cover, on a bullet camera on the underside. Do not open, unplug or reset anything. Found one that is not listed? Use an "
    "empty row. Then look at each recorder’s screen: each picture is a camera, so add any that is missing."
)


@frozen(kw_only=True)
class WalkRow:
    """One row to look for. `known` is what we think it is in a few words, `model` its model; `channel` is where it hangs.

    `unconfirmed`: a recorder's channel nobody saw.
    """

    ref: str
    where: str
    known: str
    model: str = ""
    channel: str = ""
    unconfirmed: bool = False


@frozen(kw_only=True)
class WalkPlace:
    """One floor or building with its rows; `path` from the site down, empty for what has no place yet."""

    path: tuple[str, ...]
    rows: tuple[WalkRow, ...]


def walkround_report(
    occasion: Occasion,
    places: Sequence[WalkPlace],
    *,
    expected: int | None,
    found: int,
) -> ReportDocument:
    """The sheet."""
    blocks: list[Block] = [Heading("Walk-round sheet", 1), Prose(_LEAD, after=6), Prose(_amounts(expected, found), after=6)]
    blocks.append(Prose("Checked by: ______________________________     Date: ______________", after=4))
    for place in places:
        blocks.append(Heading(_name(place.path), 2))
        rows = [Row([*_cells(row)]) for row in place.rows]
        least, most = BLANK_ROWS
        rows += [_blank() for _ in range(min(most, least + len(rows) // ROWS_FOR_A_BLANK))]
        blocks.append(TableBlock(_columns(place.path), rows, to_write=ROW_POINTS, spacing="tight"))
    whole = blocks if places else [OnePage([[*blocks, _empty(number)] for number in range(EMPTY_MOST, 0, -1)])]
    return occasion.document("Walk-round sheet", whole, landscape=True, foot=_foot(found))


def _empty(number: int) -> TableBlock:
    return TableBlock(COLUMNS, [_blank() for _ in range(number)], to_write=ROW_POINTS)


def _amounts(expected: int | None, found: int) -> str:
    held = count(found, "row is", "rows are") if found else "Nothing is"
    return f"{held} in the record{f'; you expected about {expected:,} cameras' if expected else ''}."


def _foot(found: int) -> str:
    return f"{count(found, 'row')} to look for" if found else "Nothing is in the record yet"


def _name(path: tuple[str, ...]) -> str:
    return " › ".join(clean(name, NAME) for name in path) or "No location yet"


def _columns(path: Sequence[str]) -> tuple[Column, ...]:
    """The head comes again on each page, and then says of which place the rows are."""
    here = " › ".join(clean(name, NAME) for name in path[-2:])
    return tuple(replace(one, head=here) if here and one.head == "Where" else one for one in COLUMNS)


def _cells(row: WalkRow) -> list[Cell]:
    facts = [Fact(clean(row.known, PLACE))]
    if row.unconfirmed:
        facts.append(Fact("Reported by the recorder, not confirmed", "second"))
    elif row.model:
        facts.append(Fact(clean(row.model, PLACE), "second"))
    return [clean(row.ref, 20), clean(row.where, PLACE), facts, _BOX, "", "", "", clean(row.channel, 40), _BOX]


def _blank() -> Row:
    """A row to write in. Grey words say what goes where: a table of nothing but empty cells is no table to who hears it."""
    where, what, brand, model, serial = (Fact(text, "second") for text in ("Where", "What it is", "Brand", "Model", "Serial"))
    return Row([Fact("New", "second"), where, what, _BOX, brand, model, serial, "", _BOX])
