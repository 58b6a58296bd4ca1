"""The plan in pictures: each floor with what is done there, and the table that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from camcensus.model import frozen
from camcensus.model.blocks import Block, Column, Heading, PinnedPlan, PinState, PlanPin, Prose, Row, TableBlock
from camcensus.model.pictures import Picture
from camcensus.model.plan import NOT_DATED, OPTION_WORDS, PlanItem
from camcensus.model.words import clean, count, joined, natural, natural_path
from camcensus.planning.spending import Work, work_of
from camcensus.report.plan.brief import PLACE_CHARACTERS, Brief

_PINS: Mapping[Work, PinState] = {"replace": "replace", "separate": "separate", "remove": "remove"}
_SAID: Mapping[PinState, str] = {
    "replace": "to replace", "separate": "to isolate", "remove": "to remove", "checking": "not decided", "": "to stay",
}  # fmt: skip
KEY = (
    "Filled square: replaced. Hollow square: kept, but isolated from other networks. Cross: removed. Dash: stays. "
    "Question mark: nobody has decided. Dashed edge: placed, not yet checked on site."
)

NO_FLOOR = "No floor plan with pins goes into this edition. Add pictures and pins under Places; the others keep them."


@frozen
class PlanFloor:
    """A floor's picture with the pins of the entries that are on it, by the entries' ids."""

    path: tuple[str, ...]
    picture: Picture
    pins: Sequence[tuple[str, PlanPin]]


def pictures(brief: Brief, floors: Sequence[PlanFloor]) -> Iterator[Block]:
    """The floors that may be shown."""
    yield Heading("Replacement plan in pictures", 1)
    yield Prose(brief.version, "subtitle", after=14)
    if not floors:
        yield Prose(NO_FLOOR)
    items = {item.asset: item for item in brief.everything}
    for floor in sorted(floors, key=lambda floor: natural_path(floor.path)):
        if pinned := [(items[asset], pin) for asset, pin in floor.pins if asset in items]:
            yield from _floor(brief, floor, sorted(pinned, key=lambda one: natural(one[0].ref)))


def _floor(brief: Brief, floor: PlanFloor, pinned: Sequence[tuple[PlanItem, PlanPin]]) -> Iterator[Block]:
    name = " › ".join(clean(part, PLACE_CHARACTERS) for part in floor.path)
    waiting, acting = ({item.asset for item in some} for some in (brief.plan.undecided, brief.plan.items))
    pins: list[PlanPin] = []
    rows: list[Row] = []
    for item, pin in pinned:
        state: PinState = "checking" if item.asset in waiting else ""
        what = "Nobody has decided" if state else "Stays"
        if item.asset in acting:
            state, what = _PINS[work_of(item.option)], OPTION_WORDS[item.option]
        pins.append(replace(pin, state=state))
        when = (item.year or NOT_DATED) if item.asset in acting else ""
        rows.append(Row([pin.label, item.ref, brief.place(item), what, when]))
    numbers = Counter(pin.state for pin in pins)
    done = [f"{numbers[state]:,} {words}" for state, words in _SAID.items() if numbers[state]]
    said = f"{count(len(pins), 'pin')}{f': {joined(done)}' if done else ''}"
    yield Heading(name, 2, new_page=True)
    yield PinnedPlan(floor.picture, pins, f"Plan of {name} with {said}. The table after it says the same.")
    yield Prose(KEY, "note")
    columns = [Column("Pin", 0.4), Column("Ref", 0.7), Column("Location", 2), Column("What is done", 1.5), Column("Year", 0.7)]
    yield TableBlock(columns, rows, spacing="close")
