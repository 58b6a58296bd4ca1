"""What the money of a plan buys: by kind of work and year, and by site. It adds up to the plan's totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Literal

from camcensus.model import frozen
from camcensus.model.device import DeviceKind
from camcensus.model.plan import NOT_DATED, REPLACING, Batch, Option, OwnLine, Plan, PlanItem, Priority
from camcensus.model.words import count, natural, pounds
from camcensus.planning.costs import batch_total, in_order, prices
from camcensus.planning.years import financial_year, first_year, year_begins, year_label

Work = Literal["replace", "separate", "remove", "other"]
WORKS: tuple[Work, ...] = ("replace", "separate", "remove", "other")
COST_NOTHING = "The prices given come to £0."
NO_SITE = ""
"""The site of what lies nowhere yet, or belongs to no single site."""


@frozen
class Spend:
    """One kind of work in one year. `pence` excludes VAT and contingency, and is None where none of it is priced."""

    year: str
    work: Work
    items: tuple[PlanItem, ...]
    lines: tuple[OwnLine, ...]
    pence: int | None
    by_kind: Mapping[DeviceKind, int] = field(default_factory=dict)
    """What of the amount is for which kind of item; nothing where a batch has several kinds, which share its price."""
    bought: Mapping[DeviceKind, int] = field(default_factory=dict)
    """How many of which kind the amount buys: staff may buy more or fewer than there were."""

    @property
    def priced(self) -> tuple[PlanItem, ...]:
        """Items that the amount pays for."""
        return tuple(item for item in self.items if item.total is not None)

    @property
    def unpriced(self) -> tuple[PlanItem, ...]:
        """Items that are left out of the amount."""
        return tuple(item for item in self.items if item.total is None)


@frozen
class WouldCost:
    """What replacing undecided items of listed makers would take: those of one priority, in the year that it is due.

    `pence` excludes VAT and contingency; None where a price is missing.
    """

    priority: Priority
    year: str
    cameras: int
    recorders: int
    pence: int | None


def would_cost(plan: Plan, today: date) -> tuple[WouldCost, ...]:
    """By priority, from the prices of the plan."""
    found: dict[Priority, Counter[DeviceKind]] = {}
    for item in plan.undecided:
        if item.listed_on and item.kind in ("camera", "recorder"):
            found.setdefault(item.priority, Counter())[item.kind] += item.quantity
    start = first_year(financial_year(today, plan.year_starts)) or today.year
    rows = []
    for priority, kinds in sorted(found.items()):
        totals = [batch_total("replace", number, *prices(plan.costs, kind, "replace"), None) for kind, number in kinds.items()]
        given = [total for total in totals if total is not None]
        pence = sum(given) if len(given) == len(totals) else None
        year = year_label(start + priority - 1, plan.year_starts)
        rows.append(WouldCost(priority, year, kinds["camera"], kinds["recorder"], pence))
    return tuple(rows)


@frozen
class SiteSum:
    """What the plan does at one site: items by kind of work, and pence as in `Spend`."""

    site: str
    replace: int
    separate: int
    remove: int
    pence: int


def work_of(option: Option | None) -> Work:
    """The kind of work that an option is."""
    if option in REPLACING:
        return "replace"
    return "separate" if option == "separate" else "remove"


def spending(plan: Plan) -> tuple[Spend, ...]:
    """Every year and kind of work that the plan asks for, years in order, "No year yet" last."""
    years = {item.year or NOT_DATED for item in plan.items} | {line.year or NOT_DATED for line in plan.lines}
    return tuple(spend for year in in_order(years) for work in WORKS if (spend := _spend(plan, year, work)) is not None)


def by_work(plan: Plan) -> tuple[Spend, ...]:
    """Each kind of work, all years together."""
    return tuple(spend for work in WORKS if (spend := _spend(plan, None, work)) is not None)


def _spend(plan: Plan, year: str | None, work: Work) -> Spend | None:
    def here(one: PlanItem | Batch | OwnLine) -> bool:
        return year is None or (one.year or NOT_DATED) == year

    if work == "other":
        lines = tuple(line for line in plan.lines if here(line))
        return Spend(year or "", work, (), lines, _sum(line.total for line in lines)) if lines else None
    items = tuple(item for item in plan.items if here(item) and work_of(item.option) == work)
    batches = [batch for batch in plan.acting if here(batch) and work_of(batch.option) == work]
    if not items:
        return None
    by_kind: Counter[DeviceKind] = Counter()
    bought: Counter[DeviceKind] = Counter()
    for batch in batches:
        by_kind[batch.kind] += batch.total or 0
        bought[batch.kind] += batch.quantity if batch.buys and batch.total is not None else 0
    kinds = {batch.id: batch.kind for batch in batches}
    mixed = any(item.kind != kinds.get(item.batch, item.kind) for item in items if item.total is not None)
    return Spend(year or "", work, items, (), _sum(batch.total for batch in batches), {} if mixed else by_kind, bought)


def _sum(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def is_priced(plan: Plan) -> bool:
    """Whether anything of it has a price, one of £0 too."""
    return any(spend.pence is not None for spend in by_work(plan))


def paid_years(plan: Plan) -> list[str]:
    """The years in which money is asked for, without what has no year; where nothing has a price, those of the work."""
    if plan.total.total:
        return [one.year for one in plan.years if one.year != NOT_DATED and one.total]
    work: tuple[PlanItem | OwnLine, ...] = (*plan.items, *plan.lines)
    return sorted({one.year for one in work if one.year})


def undated_pence(plan: Plan) -> int:
    """What of the amount has no year yet, contingency included."""
    return sum(one.total for one in plan.years if one.year == NOT_DATED)


def work_begins(plan: Plan) -> tuple[date, str] | None:
    """The day on which the first dated work begins, and its year: "" where it is a target date; None where nothing is dated."""
    days = [(date.fromisoformat(batch.target_date), "") for batch in plan.acting if batch.target_date]
    rest: tuple[Batch | OwnLine, ...] = (*(batch for batch in plan.acting if not batch.target_date), *plan.lines)
    days += [(day, one.year or "") for one in rest if (day := year_begins(one.year, plan.year_starts))]
    return min(days, default=None)


def over(years: Sequence[str], several: str = "over") -> str:
    """ "over 2 years"; of one, which."""
    return f"in {years[0]}" if len(years) == 1 else f"{several} {count(len(years), 'year')}"


def over_years(plan: Plan) -> str:
    """ " over 2 years", or ", £190,240 over 2 years and £9,455 that has no year yet,", behind the amount of a plan.

    Where none has a year: ", its year still to be chosen,".
    """
    dated, undated = paid_years(plan), undated_pence(plan)
    if not dated:
        return ", its year still to be chosen," if undated else ""
    if not undated:
        return f" {over(dated)}"
    return f", {pounds(plan.total.total - undated)} {over(dated)} and {pounds(undated)} that has no year yet,"


def site_of(one: PlanItem | Batch) -> str:
    """The first name of where it is."""
    return one.place_path[0] if one.place_path and one.place_path[0].strip() else NO_SITE


def sites(plan: Plan) -> tuple[str, ...]:
    """The sites of all items of the plan in the order in which people count; `NO_SITE` is not among them."""
    every = (*plan.items, *plan.kept, *plan.undecided, *plan.taken_out)
    return tuple(sorted({site_of(item) for item in every} - {NO_SITE}, key=natural))


def by_site(plan: Plan) -> tuple[SiteSum, ...]:
    """A sum for each site at which something is done; last what belongs to no single site, own lines among it."""
    found: dict[str, dict[Work, int]] = {}
    pence: Counter[str] = Counter()
    of_rows: Counter[str] = Counter()
    for item in plan.items:
        counts = found.setdefault(site_of(item), dict.fromkeys(WORKS, 0))
        counts[work_of(item.option)] += item.quantity
        pence[site_of(item)] += item.total or 0
        of_rows[item.batch] += item.total or 0
    for batch in plan.acting:  # what it costs besides its rows: more or fewer are bought, or something is paid once
        if batch.total is not None and site_of(batch) in found:
            pence[site_of(batch)] += batch.total - of_rows[batch.id]
    rest = plan.total.total - plan.total.contingency - sum(pence.values())
    made = [
        SiteSum(site, counts["replace"], counts["separate"], counts["remove"], pence[site])
        for site, counts in sorted(found.items(), key=lambda one: (one[0] == NO_SITE, natural(one[0])))
    ]
    if rest and made and made[-1].site == NO_SITE:
        last = made.pop()
        made.append(SiteSum(NO_SITE, last.replace, last.separate, last.remove, last.pence + rest))
    elif rest:
        made.append(SiteSum(NO_SITE, 0, 0, 0, rest))
    return tuple(made)
