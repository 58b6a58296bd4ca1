"""From the register and what staff decided to a plan: what, when, why, for how much. People decide; this adds up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from camcensus.model.device import NAMED_GRADES
from camcensus.model.plan import Batch, Costs, ForOthers, Option, OwnLine, Plan, PlanItem
from camcensus.model.plan_edits import PlanEdits
from camcensus.model.words import natural, natural_path
from camcensus.planning.alternatives import alternatives
from camcensus.planning.batches import Basis, BatchDraft, batch_of, groups, level_of, order_of
from camcensus.planning.costs import grand_total, year_totals
from camcensus.planning.drafts import drafts
from camcensus.planning.facts import Facts
from camcensus.planning.names import names_of, told_apart
from camcensus.planning.needs import Staying, needs_of
from camcensus.planning.questions import questions
from camcensus.planning.reasons import row_reason
from camcensus.planning.recording import when
from camcensus.planning.risks import risks, urgent
from camcensus.planning.rows import PlannedRow
from camcensus.planning.scoped import PlanScope, scoped
from camcensus.planning.years import financial_year, first_year, year_label

YEARS_OFFERED = 6


def make_plan(
    rows: Sequence[PlannedRow],
    costs: Costs,
    *,
    today: date,
    year_starts: int,
    edits: PlanEdits | None = None,
    scope: PlanScope | None = None,
) -> Plan:
    """The plan for all rows that are still there, with what staff changed of it. The order of `rows` never changes it.

    An item whose decision names no year is put in one by its priority: 1 in the plan's first year, 2 in the next; 4 has
    none. A year that is over counts as the first. Things that are not CCTV ("other") and removed items are left out.
    With a `scope` the whole plan is drawn, and what is in it is added up.
    """
    edits = edits or PlanEdits()
    present = sorted((row for row in rows if row.asset.in_use and row.asset.kind != "other"), key=_by_ref)
    here = {row.asset.id for row in present}
    gone = {row.asset.id: row.asset.ref for row in rows if row.asset.id not in here}
    start = first_year(financial_year(today, year_starts)) or today.year
    this_year = year_label(start, year_starts)
    drafted = drafts(present, start, today)
    level = level_of(drafted)
    basis = Basis(costs=costs, edits=edits, start=start, year_starts=year_starts, level=level)
    grouped = groups(drafted, edits, level, gone)
    names = names_of(group.path for group in grouped)
    made = sorted(((batch_of(group, basis, names), group) for group in grouped), key=lambda one: order_of(one[0]))
    made = _with_needs(made, edits, present)
    if scope is not None:
        whole = _items(made)
        made = scoped(made, scope, basis)
    items, kept, undecided, taken_out = _items(made)
    if scope is None:
        whole = items, kept, undecided, taken_out
    batches = told_apart([batch for batch, _ in made])
    acting = tuple(batch for batch in batches if batch.acting)
    lines = _in_its_year(edits.lines, start, year_starts)
    lines = lines if scope is None else scope.lines(lines)
    years = year_totals(acting, lines, costs)
    everything = (*items, *kept, *undecided, *taken_out)
    facts = Facts(
        rows={row.asset.id: row for row in present},
        items=items,
        kept=kept,
        undecided=undecided,
        batches=acting,
        lines=lines,
        costs=costs,
        today=today,
        this_year=this_year,
        whole_work=whole[0],
        whole_kept=whole[1],
        whole_rest=whole[2] + whole[3],
    )
    others = replace(facts, named=False)
    asked = questions(facts)
    unpriced = {batch.id for batch in acting if batch.total is None}
    return Plan(
        items=items,
        kept=kept,
        undecided=undecided,
        taken_out=taken_out,
        unidentified=_sorted(item for item in everything if item.grade not in NAMED_GRADES and item.kind != "software"),
        unpriced=tuple(item for item in items if item.batch in unpriced),
        years=years,
        total=grand_total(years),
        cameras_all=sum(item.kind == "camera" for item in everything),
        recorders_all=sum(item.kind == "recorder" for item in everything),
        costs=costs,
        year_starts=year_starts,
        dependencies=tuple(str(question) for question in asked),
        risks=risks(facts),
        told=ForOthers(risks(others), questions(others)),
        urgent=urgent(facts),
        questions=asked,
        batches=batches,
        lines=lines,
        alternatives=alternatives(
            items, acting, lines, costs, years, lambda due: year_label(start + due - 1, year_starts), facts.left_by
        ),
        level=level,
        this_year=this_year,
        year_choices=_year_choices(batches, lines, start, year_starts),
    )


def _by_ref(row: PlannedRow) -> tuple[object, ...]:
    return natural(row.asset.ref), row.asset.id


def _items(made: Sequence[tuple[Batch, BatchDraft]]) -> tuple[tuple[PlanItem, ...], ...]:
    """Each row once: to act on, kept, undecided, taken out."""
    lists: dict[str, list[PlanItem]] = {"items": [], "kept": [], "undecided": [], "out": []}
    for batch, group in made:
        held = "out" if batch.out else "undecided" if batch.option is None else "kept" if batch.option == "keep" else "items"
        option: Option = batch.option or "keep"
        priced = batch.total is not None
        for draft in group.drafts:
            asset, light = draft.asset, draft.light
            lists[held].append(
                PlanItem(
                    asset=asset.id,
                    ref=asset.ref,
                    kind=asset.kind,
                    place_path=asset.place_path,
                    sensitive=asset.sensitive,
                    purpose=asset.purpose,
                    brand=light.brand,
                    model=light.model,
                    manufacturer=light.manufacturer,
                    manufacturer_name=draft.row.manufacturer_name or light.manufacturer,
                    grade=light.grade,
                    listed_on=draft.row.listed_on,
                    based=draft.based,
                    reason=row_reason(draft, batch.option, batch.year),
                    priority=batch.priority,
                    option=option,
                    year=batch.year,
                    quantity=1,
                    unit=batch.unit if priced else None,
                    fitting=batch.fitting if priced else None,
                    total=batch.price_of(1),
                    core=draft.core,
                    reachable=draft.reachable,
                    care=light.care,
                    batch=batch.id,
                )
            )
    return tuple(_sorted(members) for members in lists.values())


def _with_needs(
    made: Sequence[tuple[Batch, BatchDraft]], edits: PlanEdits, present: Sequence[PlannedRow]
) -> list[tuple[Batch, BatchDraft]]:
    goes = [batch for batch, _ in made if batch.buys or (batch.acting and batch.option == "remove")]
    going = {asset: when(batch) for batch in goes for asset in batch.assets}
    assets = {row.asset.id: row.asset for row in present}
    stay = [asset for asset in assets.values() if asset.id not in going]
    staying = Staying(
        {asset.id: asset.ref for asset in stay if asset.kind == "recorder"},
        tuple(asset.ref for asset in stay if asset.kind == "software"),
        {one: (assets[one].ref, year) for one, year in going.items() if assets[one].kind == "recorder"},
    )
    done = []
    for batch, group in made:
        needs = needs_of(batch, assets, staying, edits.needs.get(batch.id, {}))
        done.append((replace(batch, needs=needs) if needs else batch, group))
    return done


def _in_its_year(lines: Iterable[OwnLine], start: int, year_starts: int) -> tuple[OwnLine, ...]:
    """Lines by year, priority and the order in which they were typed; a year that is over counts as the first."""
    now = []
    for line in lines:
        first = first_year(line.year)
        now.append(replace(line, year=None if first is None else year_label(max(first, start), year_starts)))
    return tuple(sorted(now, key=lambda line: (line.year is None, line.year or "", line.priority)))


def _year_choices(batches: Iterable[Batch], lines: Iterable[OwnLine], start: int, year_starts: int) -> tuple[str, ...]:
    offered = {year_label(start + years, year_starts) for years in range(YEARS_OFFERED)}
    used = {batch.year for batch in batches if batch.year} | {line.year for line in lines if line.year}
    return tuple(sorted(offered | used))


def _sorted(items: Iterable[PlanItem]) -> tuple[PlanItem, ...]:
    return tuple(sorted(items, key=_order))


def _order(item: PlanItem) -> tuple[object, ...]:
    return (
        item.year is None,
        item.year or "",
        item.priority,
        item.kind != "camera",
        item.kind,
        natural_path(item.place_path),
        natural(item.ref),
        item.asset,
    )
