"""What the user's own prices come to. Whole pence, excluding VAT; a price that was not given is never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from camcensus.model.plan import Costs, Option, PlanItem, YearTotal

CONTINGENCY_STEP_PENCE = 1000
"""Contingency is rounded to the nearest £10 a year: it is an allowance, not a quote."""

NOT_DATED = "Not dated"
REPLACING: frozenset[Option] = frozenset({"replace", "replace-with-recorder"})
"""Options that buy something."""


def priced(item: PlanItem, costs: Costs) -> PlanItem:
    """The item with unit, fitting and line total in pence; all None where the user gave no unit price for it.

    Only replacing has a price: the user is asked for none for removing or separating, nor for kinds other than
    cameras and recorders. A missing fitting price is left out of the line total.
    """
    if item.option not in REPLACING:
        return item
    unit, fitting = {
        "camera": (costs.camera_unit, costs.camera_fitting),
        "recorder": (costs.recorder_unit, costs.recorder_fitting),
    }.get(item.kind, (None, None))
    if unit is None:
        return item
    return replace(item, unit=unit, fitting=fitting, total=item.quantity * (unit + (fitting or 0)))


def contingency(pence: int, percent: int) -> int:
    """`percent` of `pence`, to the nearest £10; a half goes up."""
    return (pence * percent + 50 * CONTINGENCY_STEP_PENCE) // (100 * CONTINGENCY_STEP_PENCE) * CONTINGENCY_STEP_PENCE


def year_total(year: str, items: Iterable[PlanItem], percent: int) -> YearTotal:
    """One year: how many cameras and recorders are replaced (priced or not) and what the priced ones come to."""
    bought = [item for item in items if item.option in REPLACING]
    equipment = sum(item.quantity * item.unit for item in bought if item.unit is not None)
    fitting = sum(item.quantity * item.fitting for item in bought if item.unit is not None and item.fitting is not None)
    allowance = contingency(equipment + fitting, percent)
    return YearTotal(
        year=year,
        cameras=sum(item.quantity for item in bought if item.kind == "camera"),
        recorders=sum(item.quantity for item in bought if item.kind == "recorder"),
        equipment=equipment,
        fitting=fitting,
        contingency=allowance,
        total=equipment + fitting + allowance,
    )


def year_totals(items: Sequence[PlanItem], percent: int) -> tuple[YearTotal, ...]:
    """Each year in which something is replaced, in order; what has no year comes last, as "Not dated"."""
    named = {item.year or NOT_DATED for item in items if item.option in REPLACING}
    years = sorted(named, key=lambda year: (year == NOT_DATED, year))
    return tuple(year_total(year, [item for item in items if (item.year or NOT_DATED) == year], percent) for year in years)


def grand_total(years: Iterable[YearTotal]) -> YearTotal:
    """The years added up."""
    every = tuple(years)
    return YearTotal(
        year="Total",
        cameras=sum(year.cameras for year in every),
        recorders=sum(year.recorders for year in every),
        equipment=sum(year.equipment for year in every),
        fitting=sum(year.fitting for year in every),
        contingency=sum(year.contingency for year in every),
        total=sum(year.total for year in every),
    )
