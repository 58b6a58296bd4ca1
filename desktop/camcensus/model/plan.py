"""A replacement plan. Money is whole pence, excluding VAT, and always the user's own figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from camcensus.model.attribution import Grade
from camcensus.model.device import DeviceKind

Option = Literal["keep", "separate", "replace", "replace-with-recorder", "remove"]
Priority = Literal[1, 2, 3, 4]

PRIORITY_WORDS: dict[Priority, str] = {
    1: "must do now",
    2: "within 2 years",
    3: "in years 3 to 5",
    4: "at end of life",
}


@dataclass(frozen=True, slots=True)
class Costs:
    """What the user pays for one item, by kind; None where the user gave no figure. Pence, excluding VAT."""

    camera_unit: int | None = None
    camera_fitting: int | None = None
    recorder_unit: int | None = None
    recorder_fitting: int | None = None
    contingency_percent: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One register row in the plan. `unit`, `fitting`, `total` are pence or None ("not priced", left out of totals)."""

    asset: str
    ref: str
    kind: DeviceKind
    place_path: tuple[str, ...]
    sensitive: bool
    purpose: str | None
    brand: str | None
    model: str | None
    manufacturer: str | None
    manufacturer_name: str | None
    grade: Grade
    listed_on: tuple[str, ...]
    reason: str
    priority: Priority
    option: Option
    year: str | None
    quantity: int
    unit: int | None
    fitting: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class YearTotal:
    """One financial year ("2026-27"), pence excluding VAT."""

    year: str
    cameras: int
    recorders: int
    equipment: int
    fitting: int
    contingency: int
    total: int


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be answered before the work: what is known of it from the record, and who answers."""

    ask: str
    known: str
    who: str

    def __str__(self) -> str:
        return f"{self.ask} {self.known} ({self.who})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan: items to act on sorted by year, priority, place and ref; items kept; what could not be priced or identified.

    `items`, `kept` and `undecided` hold each row of the register once; `unidentified` and `unpriced` point into them.
    `dependencies` are `questions` as sentences.
    """

    items: tuple[PlanItem, ...]
    kept: tuple[PlanItem, ...]
    undecided: tuple[PlanItem, ...]
    unidentified: tuple[PlanItem, ...]
    unpriced: tuple[PlanItem, ...]
    years: tuple[YearTotal, ...]
    total: YearTotal
    cameras_all: int
    recorders_all: int
    costs: Costs
    year_starts: int
    dependencies: tuple[str, ...]
    risks: tuple[str, ...]
    questions: tuple[Question, ...] = ()
