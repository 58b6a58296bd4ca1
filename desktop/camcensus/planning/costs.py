"""What the user's own prices come to. Whole pence, excluding VAT; a price that was not given is never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from camcensus.model.device import DeviceKind
from camcensus.model.plan import NOT_DATED, REPLACING, Batch, Costs, Option, OwnLine, YearTotal

CONTINGENCY_STEP_PENCE = 1000
"""Contingency is rounded to the nearest £10 a year: it is an allowance, not a quote."""


def prices(costs: Costs, kind: DeviceKind, option: Option | None) -> tuple[int | None, int | None]:
    """Unit and fitting price of one item, as they hold for every batch that has none of its own; None where not given."""
    if option in REPLACING:
        return {
            "camera": (costs.camera_unit, costs.camera_fitting),
            "recorder": (costs.recorder_unit, costs.recorder_fitting),
        }.get(kind, (None, None))
    if option == "separate":
        return costs.separate_unit, None
    return (costs.remove_unit, None) if option == "remove" else (None, None)


def batch_total(option: Option | None, quantity: int, unit: int | None, fitting: int | None, other: int | None) -> int | None:
    """quantity × (unit + fitting) + other; None where it is not priced: nothing is asked for, or no unit price was given.

    A missing fitting price is left out. Removing and separating may have an other cost only.
    """
    if option in (None, "keep"):
        return None
    if unit is None and (option in REPLACING or (fitting is None and other is None)):
        return None
    return quantity * ((unit or 0) + (fitting or 0)) + (other or 0)


def contingency(pence: int, percent: int) -> int:
    """`percent` of `pence`, to the nearest £10; a half goes up."""
    return (pence * percent + 50 * CONTINGENCY_STEP_PENCE) // (100 * CONTINGENCY_STEP_PENCE) * CONTINGENCY_STEP_PENCE


def vat(pence: int, hundredths: int | None) -> int | None:
    """VAT on `pence` at so many hundredths of a per cent, to the penny; a half goes up. None where no rate was given."""
    return None if hundredths is None else (pence * hundredths + 5000) // 10_000


def year_total(year: str, batches: Iterable[Batch], lines: Iterable[OwnLine], costs: Costs) -> YearTotal:
    """One year: how many cameras and recorders are replaced (priced or not) and what the priced ones come to."""
    every = tuple(batches)
    priced = [batch for batch in every if batch.total is not None]
    own = [line for line in lines if line.total is not None]
    equipment = sum(batch.quantity * (batch.unit or 0) for batch in priced) + sum(
        line.quantity * (line.unit or 0) for line in own
    )
    fitting = sum(batch.quantity * (batch.fitting or 0) for batch in priced)
    fitting += sum(line.quantity * (line.fitting or 0) for line in own)
    other = sum(batch.other or 0 for batch in priced)
    allowance = contingency(equipment + fitting + other, costs.contingency_percent)
    total = equipment + fitting + other + allowance
    return YearTotal(
        year=year,
        cameras=sum(batch.quantity for batch in every if batch.buys and batch.kind == "camera"),
        recorders=sum(batch.quantity for batch in every if batch.buys and batch.kind == "recorder"),
        equipment=equipment,
        fitting=fitting,
        other=other,
        contingency=allowance,
        total=total,
        vat=vat(total, costs.vat_hundredths),
    )


def year_totals(batches: Sequence[Batch], lines: Sequence[OwnLine], costs: Costs) -> tuple[YearTotal, ...]:
    """Each year in which something is bought or paid for, in order; what has no year comes last, as "No year yet"."""
    named = {batch.year or NOT_DATED for batch in batches if batch.buys or batch.total is not None}
    named |= {line.year or NOT_DATED for line in lines if line.total is not None}
    return tuple(
        year_total(
            year,
            [batch for batch in batches if (batch.year or NOT_DATED) == year],
            [line for line in lines if (line.year or NOT_DATED) == year],
            costs,
        )
        for year in in_order(named)
    )


def in_order(years: Iterable[str]) -> list[str]:
    """Years in order, "No year yet" last."""
    return sorted(years, key=lambda year: (year == NOT_DATED, year))


def grand_total(years: Iterable[YearTotal], name: str = "Total") -> YearTotal:
    """The years added up."""
    every = tuple(years)
    taxed = [year.vat for year in every if year.vat is not None]
    return YearTotal(
        year=name,
        cameras=sum(year.cameras for year in every),
        recorders=sum(year.recorders for year in every),
        equipment=sum(year.equipment for year in every),
        fitting=sum(year.fitting for year in every),
        other=sum(year.other for year in every),
        contingency=sum(year.contingency for year in every),
        total=sum(year.total for year in every),
        vat=sum(taxed) if taxed else None,
    )
