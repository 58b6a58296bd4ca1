"""What the replacement plan of each year comes to, for an exchange file: the plan that the organisation prints, added up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from camcensus.model.knowledge import Knowledge
from camcensus.store.exchange_file.schema import row_of
from camcensus.store.inventory import Inventory
from camcensus.tasks.register.plan import plan
from camcensus.tasks.share.devices import Row

NOT_DATED = "not dated"


def plan_totals(inventory: Inventory, knowledge: Knowledge, now: datetime) -> Iterator[Row]:
    """A row for each year of the plan, and one for what has no year."""
    made = plan(inventory, knowledge, now)
    money = {one.year.lower(): one.total for one in made.years}
    unpriced = {one.asset for one in made.unpriced}
    items = [((one.year or NOT_DATED).lower(), one.asset) for one in made.items]
    for year in sorted({year for year, _ in items} | money.keys()):
        mine = [asset for when, asset in items if when == year]
        number = sum(asset in unpriced for asset in mine)
        yield row_of(
            "plan_total", {"year": year, "items": len(mine), "unpriced": number}, total_ex_vat_pence=money.get(year, 0)
        )
