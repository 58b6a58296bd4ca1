"""A floor on paper: its picture with the pins, and the same in a table for those who do not see the picture."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.model import frozen
from camcensus.model.blocks import Block, Column, Heading, PinnedPlan, PinState, PlanPin, Prose, ReportDocument, Row, TableBlock
from camcensus.model.pictures import Picture
from camcensus.model.words import clean, count, fitting
from camcensus.report.sheet import Occasion


@frozen(kw_only=True)
class FloorPin:
    """One pin: `x` and `y` from 0 to 1 of the picture, the rest as it is printed.

    `state` is "listed", "based" (in China, by our reading), "checking" or "".
    """

    label: str
    ref: str
    place: str
    what: str
    made_by: str
    listing: str
    state: PinState
    x: float
    y: float
    walked: bool

    @property
    def on_plan(self) -> PlanPin:
        """What the picture shows of it."""
        return PlanPin(label=self.label, state=self.state, x=self.x, y=self.y, walked=self.walked)


def floor_report(
    occasion: Occasion, *, name: str, path: str, picture: Picture, pins: Sequence[FloorPin], not_placed: int
) -> ReportDocument:
    """The sheet."""
    title = f"Floor plan: {clean(name, 60)}"
    walked = sum(pin.walked for pin in pins)
    listed = sum(pin.state == "listed" for pin in pins)
    based = sum(pin.state == "based" for pin in pins)
    read = f"{based} of a maker based in China (our reading), " if based else ""
    alt = (
        f"Plan of {clean(name, 60)} with {count(len(pins), 'pin')}: {listed} of a listed maker, "
        f"{read}{walked} checked on site. The table after it says the same."
    )
    note = f"{clean(path, 200)}. " if path else ""
    note += f"{count(len(pins), 'pin')}, {walked} checked on site."
    if not_placed:
        note += f" {count(not_placed, 'item')} on this floor {fitting(not_placed, 'has', 'have')} no pin yet."
    key = Prose(
        f"Triangle: listed maker. {'Diamond: maker based in China (our reading). ' if based else ''}Dash: not listed. "
        "Question mark: needs checking. Dashed edge: placed, not yet checked on site.",
        "note",
    )
    rows = [
        Row([pin.label, pin.ref, pin.place, pin.what, pin.made_by, pin.listing, "Checked" if pin.walked else "Not yet"])
        for pin in pins
    ]
    columns = [
        Column("Pin", 0.5), Column("Ref", 0.9), Column("Location", 2), Column("What it is", 1.3),
        Column("Made by", 2),
        Column("List", 1.3), Column("Checked on site", 1.2),
    ]  # fmt: skip
    blocks: list[Block] = [
        Heading(clean(name, 60), 1),
        Prose(note, after=10, keeps_next=True),
        PinnedPlan(picture, [pin.on_plan for pin in pins], alt),
        key,
    ]
    if rows:
        blocks += [Heading("What the pins are", 2), TableBlock(columns, rows)]
    return occasion.document(title, blocks, landscape=True, foot="Plans can be sensitive: keep this sheet as you keep keys")
