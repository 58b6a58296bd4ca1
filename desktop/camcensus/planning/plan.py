"""From the register and what staff decided to a plan: what, when, why, for how much. People decide; this adds up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from camcensus.model.asset import Asset, DecisionWhat
from camcensus.model.attribution import NAMED_GRADES
from camcensus.model.plan import Costs, Option, Plan, PlanItem, Priority
from camcensus.model.verdict import Verdict
from camcensus.model.words import clean
from camcensus.planning.costs import REPLACING, grand_total, priced, year_totals
from camcensus.planning.facts import Facts
from camcensus.planning.questions import questions
from camcensus.planning.risks import risks
from camcensus.planning.years import financial_year, first_year, year_label

_OPTIONS: dict[DecisionWhat, Option] = {
    "keep": "keep",
    "keep-review": "keep",
    "separate": "separate",
    "replace": "replace",
    "remove": "remove",
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the register, what was concluded about its device, and the ids of the lists in use that name its maker.

    `manufacturer_name` is how the maker's name is printed; the manufacturer's id where it is not given.
    """

    asset: Asset
    verdict: Verdict | None
    listed_on: tuple[str, ...]
    manufacturer_name: str | None = None


def make_plan(rows: Sequence[PlanRow], costs: Costs, *, today: date, year_starts: int) -> Plan:
    """The plan for all rows that are still there. The order of `rows` never changes it.

    An item whose decision names no year is put in one by its priority: 1 in this financial year, 2 in the next; 4 has
    none. A year that is over counts as this one. Things that are not CCTV ("other") and removed items are left out.
    """
    present = [row for row in rows if row.asset.status != "removed" and row.asset.kind != "other"]
    this_year = financial_year(today, year_starts)
    replaced = {
        name
        for row in present
        if row.asset.kind == "recorder" and row.asset.decision and row.asset.decision.what == "replace"
        for name in (row.asset.id, row.asset.ref)
    }
    everything = [priced(_item(row, replaced, this_year, year_starts), costs) for row in present]
    decided = {row.asset.id for row in present if row.asset.decision is not None}
    undecided = _sorted(item for item in everything if item.asset not in decided)
    kept = _sorted(item for item in everything if item.asset in decided and item.option == "keep")
    items = _sorted(item for item in everything if item.asset in decided and item.option != "keep")
    years = year_totals(items, costs.contingency_percent)
    facts = Facts(
        rows={row.asset.id: (row.asset, row.verdict) for row in present},
        items=items,
        kept=kept,
        undecided=undecided,
        costs=costs,
        today=today,
        this_year=this_year,
    )
    asked = questions(facts)
    return Plan(
        items=items,
        kept=kept,
        undecided=undecided,
        unidentified=_sorted(item for item in everything if item.grade not in NAMED_GRADES and item.kind != "software"),
        unpriced=tuple(item for item in items if item.total is None),
        years=years,
        total=grand_total(years),
        cameras_all=sum(item.kind == "camera" for item in everything),
        recorders_all=sum(item.kind == "recorder" for item in everything),
        costs=costs,
        year_starts=year_starts,
        dependencies=tuple(str(question) for question in asked),
        risks=risks(facts),
        questions=asked,
    )


def _item(row: PlanRow, replaced: set[str], this_year: str, year_starts: int) -> PlanItem:
    asset, verdict = row.asset, row.verdict
    decision = asset.decision
    option: Option = _OPTIONS[decision.what] if decision else "keep"
    if option == "replace" and asset.kind == "camera" and asset.connected_to in replaced:
        option = "replace-with-recorder"
    acting = decision is not None and option != "keep"
    now = first_year(this_year) or 0
    named = first_year(decision.year) if decision and acting else None
    year = None if named is None else year_label(max(named, now), year_starts)
    offset = None if named is None else max(named, now) - now
    priority = _priority(asset.sensitive, bool(row.listed_on), offset)
    if acting and year is None and priority < 4:
        year = year_label(now + priority - 1, year_starts)
    item = PlanItem(
        asset=asset.id,
        ref=asset.ref,
        kind=asset.kind,
        place_path=asset.place_path,
        sensitive=asset.sensitive,
        purpose=asset.purpose,
        brand=verdict.attribution.brand if verdict else None,
        model=(verdict.description.model or verdict.description.claimed_model) if verdict else None,
        manufacturer=verdict.attribution.manufacturer if verdict else None,
        manufacturer_name=row.manufacturer_name or (verdict.attribution.manufacturer if verdict else None),
        grade=verdict.attribution.grade if verdict else "unknown",
        listed_on=row.listed_on,
        reason="",
        priority=priority,
        option=option,
        year=year,
        quantity=1,
        unit=None,
        fitting=None,
        total=None,
    )
    return replace(item, reason=_reason(row, item))


def _priority(sensitive: bool, listed: bool, offset: int | None) -> Priority:
    """1 to 4 from place, lists and the decided year, `offset` years from this one (None: no year).

    1: listed in a sensitive place, or listed or sensitive and due this year. 2: listed, sensitive, or due this year or
    the next. 3: due later. 4: none of these.
    """
    if sensitive and listed:
        return 1
    if (sensitive or listed) and offset == 0:
        return 1
    if sensitive or listed or (offset is not None and offset <= 1):
        return 2
    return 4 if offset is None else 3


def _reason(row: PlanRow, item: PlanItem) -> str:
    """One sentence: the place, the maker's being on record, and what the person who decided wrote."""
    facts = []
    if item.listed_on:
        facts.append("maker listed")
    if item.sensitive:
        facts.append("sensitive place")
    if row.asset.status == "not-seen":
        facts.append("not seen in the last search")
    decision = row.asset.decision
    if decision and decision.why.strip():
        facts.append(clean(decision.why.strip().rstrip("."), 120))
    if not facts:
        if decision is None:
            facts = ["no decision yet"]
        elif item.option == "keep":
            facts = ["kept by decision"]
        elif item.year is None:
            facts = ["at end of life"]
        else:
            facts = [f"decided for {item.year}"]
    sentence = "; ".join(facts)
    return sentence[0].upper() + sentence[1:] + ("" if sentence.endswith("…") else ".")


def _sorted(items: Iterable[PlanItem]) -> tuple[PlanItem, ...]:
    return tuple(sorted(items, key=_order))


def _order(item: PlanItem) -> tuple[object, ...]:
    return (
        item.year is None,
        item.year or "",
        item.priority,
        item.kind != "camera",
        item.kind,
        item.place_path,
        natural(item.ref),
        item.asset,
    )


def natural(ref: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which CAM-9 comes before CAM-10."""
    parts = re.findall(r"([0-9]{1,18})|([^0-9]+)", ref)
    return tuple((0, int(number), "") if number else (1, 0, text) for number, text in parts)


__all__ = ["REPLACING", "PlanRow", "make_plan", "natural"]
