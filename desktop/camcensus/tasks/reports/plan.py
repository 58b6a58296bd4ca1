"""Reports on paper: the plan, drawn from the register and the costs that staff typed."""

from __future__ import annotations

from camcensus.model.blocks import ReportDocument
from camcensus.model.plan import Costs
from camcensus.report.plan.whole import plan_report
from camcensus.tasks.register.plan import plan_rows, planned, version_plan
from camcensus.tasks.register.verbs import enabled_lists, judged_now, rows, with_own_list
from camcensus.tasks.reports.editions import Kept
from camcensus.tasks.reports.making import Making

HOLDS: tuple[Kept, ...] = ("place", "purpose", "batches", "network", "staff", "notes")
"""The facts of `editions.Kept` that the plan could hold."""


def plan(this: Making, figures: Costs | None = None) -> ReportDocument:
    """The plan, or with a version the plan as it was saved then, without what was found. Raises StoreError where there is none.

    The paper names one list version, so answers that were kept under another are re-checked for it; nothing is saved of that.
    """
    inventory, version = this.inventory, this.choices.version
    knowledge = with_own_list(inventory, this.knowledge)
    register = rows(inventory, knowledge, judged_now(inventory, knowledge))
    scans, versions = inventory.scans(), inventory.plan_versions()
    given = plan_rows(register, knowledge, this.progress)
    shown = planned(inventory, knowledge, given, this.now, figures) if version is None else version_plan(inventory, version)
    return plan_report(
        shown,
        body=inventory.body,
        knowledge=knowledge,
        scans=scans,
        rows=given,
        enabled_lists=enabled_lists(inventory, knowledge),
        as_at=this.now,
        audience=this.choices.audience,
        simulation=any(scan.simulation for scan in scans),
        versions=versions,
        left_out=this.edition.left_out(HOLDS),
        part=this.choices.part,
        issued=next((one for one in versions if one.number == version), None),
    )
