"""What the questions and risks of a plan are read from, and how refs are said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass
from datetime import date

from camcensus.model.plan import REPLACING, Batch, Costs, OwnLine, PlanItem
from camcensus.model.prose import fitting, joined, shortened
from camcensus.model.words import clean
from camcensus.planning.rows import PlannedRow

REFS_NAMED, OF_MANY = 6, 2
"""Refs that one sentence names, and of more than so many; the tables name them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A plan in the making: rows by asset id, its three lists, what is work, the prices, and the day."""

    rows: Mapping[str, PlannedRow]
    items: tuple[PlanItem, ...]
    kept: tuple[PlanItem, ...]
    undecided: tuple[PlanItem, ...]
    batches: tuple[Batch, ...]
    lines: tuple[OwnLine, ...]
    costs: Costs
    today: date
    this_year: str

    @property
    def replaced(self) -> tuple[PlanItem, ...]:
        """Items for which something is bought."""
        return tuple(item for item in self.items if item.option in REPLACING)

    @property
    def staying(self) -> tuple[PlanItem, ...]:
        """Items that are still there afterwards as they are now."""
        return self.kept + self.undecided + tuple(item for item in self.items if item.option == "separate")

    def by_recorder(self, items: Iterable[PlanItem]) -> dict[str, list[PlanItem]]:
        """The items that record on something, in their order, by its asset id."""
        found: dict[str, list[PlanItem]] = {}
        for item in items:
            to = self.rows[item.asset].asset.connected_to
            if to is not None:
                found.setdefault(to, []).append(item)
        return found


def verb(items: Sized, one: str = "is", many: str = "are") -> str:
    """The form that fits the number of items."""
    return fitting(len(items), one, many)


def refs(items: Iterable[PlanItem]) -> str:
    """ "CAM-036 and CAM-037"; of more than six "CAM-036, CAM-037 and 9 more"."""
    named = [clean(item.ref, 24) for item in items]
    return joined(shortened(named, REFS_NAMED if len(named) <= REFS_NAMED else OF_MANY))
