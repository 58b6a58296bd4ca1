"""What the replacement plan of each year comes to, for an exchange file: the plan that the organisation prints, added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from camcensus.model.asset import Asset
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Plan
from camcensus.planning.costs import NOT_DATED, REPLACING
from camcensus.planning.plan import make_plan
from camcensus.store.inventory import Inventory
from camcensus.tasks.exchange_devices import Row
from camcensus.tasks.paper import plan_rows
from camcensus.tasks.progress import Progress
from camcensus.tasks.register import costs, judged_now, rows, with_own_list


def plan_totals(
    inventory: Inventory, knowledge: Knowledge, assets: Sequence[Asset], now: datetime, progress: Progress | None = None
) -> Iterator[Row]:
    """A row for each year."""
    plan = decided_plan(inventory, knowledge, assets, now, progress)
    money = {one.year: one.total for one in plan.years}
    items = [(one.year or NOT_DATED, one) for one in plan.items]
    for year in sorted({year for year, _ in items}):
        mine = [one for when, one in items if when == year]
        unpriced = sum(one.option in REPLACING and one.total is None for one in mine)
        yield (year.lower(), len(mine), unpriced, money.get(year, 0))


def decided_plan(
    inventory: Inventory, knowledge: Knowledge, assets: Sequence[Asset], now: datetime, progress: Progress | None = None
) -> Plan:
    """The plan of the rows that somebody decided on: only those are in it, so only those are looked at."""
    decided = [one for one in assets if one.decision is not None]
    held = inventory.held([one.device for one in decided if one.device])
    old = [one for one, kept in held.items() if kept.stale_replies or kept.knowledge_version != knowledge.version]
    known = with_own_list(inventory, knowledge)
    register = rows(inventory, known, judged_now(inventory, knowledge, old), [one.id for one in decided], progress)
    return make_plan(
        plan_rows(register, known, progress), costs(inventory), today=now.date(), year_starts=inventory.body.year_starts
    )
