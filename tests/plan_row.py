"""For tests of plans: a row of the register with its whole answer at hand, and what a year and priority come to."""

from __future__ import annotations

from camcensus.model import frozen
from camcensus.model.asset import Asset
from camcensus.model.device import Verdict
from camcensus.model.plan import NOT_DATED, Plan
from camcensus.planning.rows import Light, ended_said


@frozen
class PlanRow:
    """A `PlannedRow` whose whole answer is at hand."""

    asset: Asset
    verdict: Verdict | None
    listed_on: tuple[str, ...]
    manufacturer_name: str | None = None
    based: bool = False

    @property
    def judged(self) -> bool:
        """Whether it has a device."""
        return self.verdict is not None

    @property
    def light(self) -> Light:
        """Out of the whole answer."""
        if self.verdict is None:
            return Light()
        who, what = self.verdict.attribution, self.verdict.description
        care = self.verdict.care
        model = what.model or what.claimed_model
        kinds = tuple(one.kind for one in care)
        return Light(who.brand, model, who.manufacturer, who.grade, kinds, what.firmware, ended_said(care))


def by_priority(plan: Plan) -> dict[tuple[str, int], tuple[int, int]]:
    """How many of each year and priority, and what they cost, excluding contingency and VAT."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for one in (*plan.acting, *plan.lines):
        key = one.year or NOT_DATED, one.priority
        many, cost = found.get(key, (0, 0))
        found[key] = many + one.quantity, cost + (one.total or 0)
    return found
