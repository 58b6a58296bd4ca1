"""The replacement plan as it is now, or as a version has it, from the register and the costs that staff typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from camcensus.model import frozen
from camcensus.model.asset import Asset
from camcensus.model.device import NAMED_GRADES, Verdict
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Costs, Plan
from camcensus.planning.differences import differences
from camcensus.planning.plan import make_plan
from camcensus.planning.rows import Light, PlannedRow, ended_said
from camcensus.planning.scoped import PlanScope
from camcensus.store.inventory import Inventory
from camcensus.tasks.progress import Progress, collector_paused, counted_off
from camcensus.tasks.register.verbs import AssetRow, judged_now, rows, with_own_list


@frozen
class RegisterLine:
    """A row of the register as planning reads it; its whole answer is built where somebody asks for it."""

    row: AssetRow
    listed_on: tuple[str, ...]
    manufacturer_name: str | None

    @property
    def based(self) -> bool:
        """Whether our reading of a statement in use takes its maker in; not one that is only possible."""
        return self.row.based

    @property
    def asset(self) -> Asset:
        """The row's own facts."""
        return self.row.asset

    @property
    def judged(self) -> bool:
        """Whether it has a device."""
        return self.row.judged

    @property
    def verdict(self) -> Verdict | None:
        """The whole answer, None for a row with no device."""
        return self.row.verdict

    @property
    def light(self) -> Light:
        """What every table shows of the answer."""
        row, model = self.row, self.row.model
        if model is None and row.judged and row.verdict is not None:
            model = row.verdict.description.claimed_model
        care = tuple(one.kind for one in row.care)
        return Light(row.brand, model, row.maker, row.grade, care, row.firmware, ended_said(row.care))


def plan_rows(register: Sequence[AssetRow], knowledge: Knowledge, progress: Progress | None = None) -> tuple[PlannedRow, ...]:
    """The register as planning reads it; a maker that is only possible is on no list."""
    return tuple(
        RegisterLine(row, row.listed_on, knowledge.name_of(row.maker) if row.maker else None)
        for row in counted_off(register, progress)
    )


def plan(
    inventory: Inventory,
    knowledge: Knowledge,
    now: datetime,
    figures: Costs | None = None,
    *,
    register: Sequence[AssetRow] | None = None,
) -> Plan:
    """The replacement plan as it is now, with the costs given or else those saved in the inventory.

    `register` is the register where it is at hand: then nothing is judged. It says what changed since the newest version.
    """
    knowledge = with_own_list(inventory, knowledge)
    if register is None:
        register = rows(inventory, knowledge, judged_now(inventory, knowledge))
    return planned(inventory, plan_rows(register, knowledge), now, figures)


def planned(
    inventory: Inventory,
    given: Sequence[PlannedRow],
    now: datetime,
    figures: Costs | None = None,
    *,
    scope: PlanScope | None = None,
) -> Plan:
    """The plan from rows that are at hand, those of the whole register too where a `scope` is given.

    What changed since the newest version is always of the whole plan.
    """
    prices, edits = inventory.costs() if figures is None else figures, inventory.plan_edits()
    today, starts = now.date(), inventory.body.year_starts
    with collector_paused():
        whole = make_plan(given, prices, today=today, year_starts=starts, edits=edits)
        drawn = whole if scope is None else make_plan(given, prices, today=today, year_starts=starts, edits=edits, scope=scope)
    made = inventory.plan_versions()
    newest = made[0] if made else None
    before = inventory.plan_version(newest.number, brief=True) if newest else None
    return replace(
        drawn,
        version=newest,
        changes=differences(before, whole) if before else (),
    )


def version_plan(inventory: Inventory, number: int) -> Plan:
    """The plan as it was in a version. Raises StoreError where there is no such version."""
    found = inventory.plan_version(number)
    if found is None:
        made = [str(one.number) for one in inventory.plan_versions()]
        known = f"There are: {', '.join(reversed(made))}." if made else "No version was made yet."
        raise StoreError(f"There is no version {number} of the plan. {known}")
    unpriced = {batch.id for batch in found.batches if batch.acting and batch.total is None}
    everything = (*found.items, *found.kept, *found.undecided, *found.taken_out)
    unknown = tuple(item for item in everything if item.grade not in NAMED_GRADES and item.kind != "software")
    return replace(found, unidentified=unknown, unpriced=tuple(item for item in found.items if item.batch in unpriced))
