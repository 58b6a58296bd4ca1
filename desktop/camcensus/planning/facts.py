"""What the questions and risks of a plan are read from, and how refs are said in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from camcensus.model.plan import REPLACING, Batch, Costs, OwnLine, PlanItem
from camcensus.model.words import clean, fitting, joined, kinds_in_words, shortened
from camcensus.planning.recording import left_recording
from camcensus.planning.rows import PlannedRow

REFS_NAMED, OF_MANY = 6, 2
"""Refs that one sentence names, and of more than so many; the tables name them all."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A plan in the making: rows by asset id, its three lists, what is work, the prices, and the day.

    `whole_work`, `whole_kept` and the rest, undecided and taken out, are of the whole plan where this is a part of it.
    `named` says whether sentences name devices and say what staff do next: for our own staff.
    """

    rows: Mapping[str, PlannedRow]
    items: tuple[PlanItem, ...]
    kept: tuple[PlanItem, ...]
    undecided: tuple[PlanItem, ...]
    batches: tuple[Batch, ...]
    lines: tuple[OwnLine, ...]
    costs: Costs
    today: date
    this_year: str
    whole_work: tuple[PlanItem, ...]
    whole_kept: tuple[PlanItem, ...]
    whole_rest: tuple[PlanItem, ...]
    named: bool = True

    @property
    def replaced(self) -> tuple[PlanItem, ...]:
        """Items for which something is bought."""
        return tuple(item for item in self.items if item.option in REPLACING)

    @property
    def staying(self) -> tuple[PlanItem, ...]:
        """Items that are still there afterwards as they are now."""
        return self.kept + self.undecided + tuple(item for item in self.items if item.option == "separate")

    @property
    def whole_staying(self) -> tuple[PlanItem, ...]:
        """What the whole plan does nothing with."""
        return self.whole_kept + self.whole_rest

    @cached_property
    def connected(self) -> dict[str, str]:
        """What each records on, both by asset id."""
        return {asset: row.asset.connected_to for asset, row in self.rows.items() if row.asset.connected_to is not None}

    @property
    def watched(self) -> set[tuple[str, ...]]:
        """Places with a camera that is sure to stay: kept, isolated or replaced, and there when somebody last looked."""
        stays = (*self.whole_kept, *(item for item in self.whole_work if item.option != "remove"))
        return {item.place_path for item in stays if item.kind == "camera" and self.rows[item.asset].asset.status == "present"}

    def left_by(self, work: Sequence[PlanItem]) -> list[PlanItem]:
        """What still records on recorders that `work`, which is of this plan or its part, removes."""
        here = {item.asset for item in work}
        rest = (item for item in self.whole_work if item.asset not in here)
        return left_recording(work, (*work, *rest), self.whole_staying, self.connected)

    def said(self, items: Iterable[PlanItem]) -> str:
        """ "CAM-036 and CAM-037"; for others "2 cameras"."""
        every = tuple(items)
        return refs(every) if self.named else kinds_in_words(Counter(item.kind for item in every))

    def which(self, items: Iterable[PlanItem]) -> str:
        """ ": CAM-036 and CAM-037" behind a number of them; nothing for others."""
        return f": {refs(items)}" if self.named else ""

    def do(self, words: str) -> str:
        """What staff do next, as a sentence behind others."""
        return f" {words}" if self.named else ""


def verb(items: Sized, one: str = "is", many: str = "are") -> str:
    """The form that fits the number of items."""
    return fitting(len(items), one, many)


def refs(items: Iterable[PlanItem]) -> str:
    """ "CAM-036 and CAM-037"; of more than six "CAM-036, CAM-037 and 9 more"; bare numbers are "items 5 and 6"."""
    named = [clean(item.ref, 24) for item in items]
    said = joined(shortened(named, REFS_NAMED if len(named) <= REFS_NAMED else OF_MANY))
    return f"{fitting(len(named), 'item', 'items')} {said}" if said[:1].isdecimal() else said
