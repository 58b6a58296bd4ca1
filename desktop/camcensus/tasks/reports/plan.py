"""Reports on paper: the plan, drawn from the register and the costs that staff typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from camcensus.intake.pictures import read_picture
from camcensus.model.asset import paths_of
from camcensus.model.blocks import PlanPin, ReportDocument
from camcensus.model.errors import StoreError
from camcensus.model.plan import Costs
from camcensus.model.words import clean
from camcensus.planning.scoped import PlanScope
from camcensus.report.plan.pictures import PlanFloor
from camcensus.report.plan.whole import plan_report
from camcensus.tasks.finding.judging import list_news
from camcensus.tasks.register.plan import plan_rows, planned, version_plan
from camcensus.tasks.register.verbs import AssetRow, enabled_lists, judged_now, rows, with_own_list
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.editions import Kept
from camcensus.tasks.reports.making import Making
from camcensus.tasks.reports.scope import InScope
from camcensus.tasks.reports.sheets import pin_label

HOLDS: tuple[Kept, ...] = ("place", "purpose", "batches", "network", "staff", "notes")
"""The facts of `editions.Kept` that the plan could hold."""


def plan(this: Making, figures: Costs | None = None) -> ReportDocument:
    """The plan, or with a version the plan as it was saved then, without what was found. Raises StoreError where there is none.

    The paper names one list version, so answers that were kept under another are re-checked for it; nothing is saved of that.
    """
    inventory, version = this.inventory, this.choices.version
    knowledge = with_own_list(inventory, this.knowledge)
    answers = judged_now(inventory, knowledge)
    register = rows(inventory, knowledge, answers)
    news = list_news(inventory, answers, knowledge) if version is None and this.edition.internal else ""
    scope = scope_of(this, register)
    scans, versions = inventory.scans(), inventory.plan_versions()
    given = plan_rows(register, knowledge, this.progress)
    if version is None:
        shown = planned(inventory, given, this.now, figures, scope=in_plan(scope))
    else:
        shown = version_plan(inventory, version)
    return plan_report(
        shown,
        body=inventory.body if scope is None else replace(inventory.body, expected_cameras=None),
        knowledge=knowledge,
        scans=scans,
        rows=given if scope is None else [row for row in given if row.asset.id in scope.entries],
        enabled_lists=enabled_lists(inventory, knowledge),
        as_at=this.now,
        audience=this.choices.audience,
        simulation=any(scan.simulation for scan in scans),
        versions=versions,
        left_out=this.edition.left_out(HOLDS),
        part=this.choices.part,
        issued=next((one for one in versions if one.number == version), None),
        floors=[*_floors(this, register)] if this.choices.part == "pictures" and this.edition.internal else (),
        scope=scope.short if scope else "",
        scope_says=scope.sentence if scope else news,
    )


def _floors(this: Making, register: Sequence[AssetRow]) -> Iterator[PlanFloor]:
    """Every floor with a picture, and its pins: for our own staff. Raises IntakeError where a picture cannot be read."""
    places, inventory = this.inventory.places(), this.inventory
    paths = paths_of(places)
    for place in places:
        pins = [
            (row.asset.id, PlanPin(label=pin_label(row.asset.ref), state="", x=pin.x, y=pin.y, walked=pin.walked))
            for row in register
            if (pin := row.asset.pin) is not None and pin.place == place.id
        ]
        if place.picture and pins:
            name = f"The plan of “{clean(place.name, 60)}”"
            yield PlanFloor(paths[place.id], read_picture(inventory.picture(place.picture).data, "plan", name), pins)


def scope_of(this: Making, register: Sequence[AssetRow]) -> InScope | None:
    """The part of the register that was chosen. Raises StoreError where an old version is asked for: it is saved as a whole."""
    scope = kit.scope_of(this, register)
    if scope is not None and this.choices.version is not None:
        raise StoreError("A version of the plan is printed as a whole. Choose all cameras, or the plan as it is now.")
    return scope


def in_plan(scope: InScope | None) -> PlanScope | None:
    """The scope as planning reads it."""
    return PlanScope(scope.entries, scope.scope.year) if scope else None
