"""What the money buys: by kind of work, year and site; it adds up to the plan over random plans."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from camcensus.model.plan import NOT_DATED, Plan
from camcensus.model.plan_edits import BatchEdit, PlanEdits
from camcensus.planning.differences import differences
from camcensus.planning.names import told_apart
from camcensus.planning.plan import make_plan
from camcensus.planning.spending import NO_SITE, by_site, by_work, sites, spending, would_cost
from camcensus.planning.years import year_label
from random_plans import random_plan
from report.sample import COSTS, TODAY, plan_of, school_rows

SEEDS = range(120)


def before_contingency(plan: Plan) -> int:
    return plan.total.total - plan.total.contingency


@pytest.mark.parametrize("seed", SEEDS[::6])
def test_works_years_and_sites_each_add_up_to_the_plan(seed: int) -> None:
    for one in range(seed, seed + 6):
        plan = random_plan(one)[0]
        assert sum(spend.pence or 0 for spend in spending(plan)) == before_contingency(plan), one
        assert sum(spend.pence or 0 for spend in by_work(plan)) == before_contingency(plan), one
        assert sum(site.pence for site in by_site(plan)) == before_contingency(plan), one
        for year in plan.years:
            held = [spend for spend in spending(plan) if spend.year == year.year]
            assert sum(spend.pence or 0 for spend in held) == year.total - year.contingency, one
        assert sum(site.replace + site.separate + site.remove for site in by_site(plan)) == len(plan.items)
        assert sum(len(spend.items) for spend in spending(plan)) == len(plan.items)
        for spend in (*spending(plan), *by_work(plan)):
            kinds = {batch.id: batch.kind for batch in plan.batches}
            alike = all(item.kind == kinds[item.batch] for item in spend.priced)
            assert not spend.items or sum(spend.by_kind.values()) == ((spend.pence or 0) if alike else 0), one
            assert set(spend.by_kind) <= {item.kind for item in spend.items}, one


def test_what_items_cost_is_the_price_of_as_many_also_where_only_fitting_has_one() -> None:
    plans = [random_plan(seed)[0] for seed in SEEDS]
    priced = [(plan, batch) for plan in plans for batch in plan.acting if batch.total is not None]
    for plan, batch in priced:
        totals = [item.total for item in plan.items if item.batch == batch.id]
        assert totals == [batch.price_of(1)] * len(batch.assets)
    assert any(batch.unit is None and batch.fitting for _, batch in priced)


def test_what_has_no_year_comes_last_and_is_called_so() -> None:
    plans = [random_plan(seed)[0] for seed in SEEDS]
    named = [[spend.year for spend in spending(plan)] for plan in plans]
    assert any(NOT_DATED in years for years in named)
    for years in named:
        assert years == sorted(years, key=lambda year: (year == NOT_DATED, year))


def test_sites_are_in_counting_order_and_no_site_is_last() -> None:
    rows = []
    for number, row in enumerate(school_rows()):
        path = (f"Site {number % 12 + 1}", "Main", "Ground", f"Room {number}") if number % 5 else ()
        rows.append(replace(row, asset=replace(row.asset, place_path=path)))
    random.Random(1).shuffle(rows)
    plan = make_plan(rows, COSTS, today=TODAY, year_starts=4)
    assert sites(plan) == tuple(f"Site {number}" for number in range(1, 13))
    assert [one.site for one in by_site(plan)][-1] == NO_SITE


def test_no_two_proposed_batches_have_one_name() -> None:
    rows = [replace(row, asset=replace(row.asset, place_path=())) for row in school_rows()]
    plan = make_plan(rows, COSTS, today=TODAY, year_starts=4)
    names = [batch.name for batch in plan.batches]
    assert len(names) > 4
    assert len(set(names)) == len(names)
    assert all(name.startswith("No location yet: ") for name in names)
    for seed in SEEDS:
        proposed = [batch.name for batch in random_plan(seed)[0].batches if "name" not in batch.typed and batch.refs]
        assert len(set(proposed)) == len(proposed), seed


def test_a_name_that_staff_typed_stays() -> None:
    plan = make_plan(school_rows(), COSTS, today=TODAY, year_starts=4)
    first, second, *_ = plan.batches
    typed = replace(first, name="Gates", typed=frozenset({"name"}))
    again = told_apart([typed, replace(second, name="Gates")])
    assert again[0].name == "Gates"
    assert again[1].name.startswith("Gates: ")


def test_what_a_batch_costs_once_belongs_to_its_site() -> None:
    rows = school_rows()
    bare = make_plan(rows, COSTS, today=TODAY, year_starts=4)
    batch = next(one for one in bare.acting if one.total is not None and one.place_path)
    edit = BatchEdit(id=batch.id, kind=batch.kind, place_path=batch.place_path, other=12_300)
    edits = PlanEdits(batches={batch.id: edit}, rows=dict.fromkeys(batch.assets, batch.id))
    more = make_plan(rows, COSTS, today=TODAY, year_starts=4, edits=edits)
    before, after = ({one.site: one.pence for one in by_site(plan)} for plan in (bare, more))
    assert {site: after[site] - before[site] for site in after if after[site] != before[site]} == {batch.place_path[0]: 12_300}


def test_a_batch_that_is_acted_on_for_the_first_time_is_new_in_the_plan() -> None:
    rows = school_rows()
    after = make_plan(rows, COSTS, today=TODAY, year_starts=4)
    before = make_plan(
        [replace(row, asset=replace(row.asset, decision=None)) for row in rows], COSTS, today=TODAY, year_starts=4
    )
    said = differences(before, after)
    new = {one.batch for one in said if one.say.startswith("new in the plan, ")}
    assert {batch.id for batch in after.acting} == new
    assert not [one for one in differences(after, after)]


def test_what_the_listed_would_cost_is_said_before_anything_is_decided() -> None:
    rows = [replace(row, asset=replace(row.asset, decision=None)) for row in school_rows()]
    plan = plan_of(rows, replace(COSTS, recorder_unit=None))
    listed = [item for item in plan.undecided if item.listed_on and item.kind in ("camera", "recorder")]
    found = would_cost(plan, date(2026, 11, 24))
    assert sum(one.cameras + one.recorders for one in found) == len(listed)
    assert [one.year for one in found] == [year_label(2026 + one.priority - 1, 4) for one in found]
    for one in found:
        price = None if one.recorders else one.cameras * ((COSTS.camera_unit or 0) + (COSTS.camera_fitting or 0))
        assert one.pence == price
    assert not would_cost(replace(plan, undecided=()), date(2026, 11, 24))
