"""The ways to go, over random plans: each is of the same items, and its money is of what it says."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from camcensus.model.plan import NOT_DATED, REPLACING, Alternative, Plan
from camcensus.planning.alternatives import RECORDS
from random_plans import random_plan

SEEDS = range(7_000, 7_400)


def plans() -> list[Plan]:
    return [plan for seed in SEEDS if (plan := random_plan(seed)[0]).alternatives]


@pytest.fixture(scope="module")
def compared() -> list[tuple[Plan, dict[str, Alternative]]]:
    return [(plan, {way.way: way for way in plan.alternatives}) for plan in plans()]


def stays(way: Alternative) -> int:
    said = re.match(r"([\d,]+) items? stays? in use", way.means)
    assert said is not None
    return int(said[1].replace(",", ""))


def before_contingency(way: Alternative) -> int:
    return way.total.total - way.total.contingency if way.total else 0


def test_nothing_and_isolating_leave_all_items_of_the_plan_in_use(compared: list[tuple[Plan, dict[str, Alternative]]]) -> None:
    assert any(batch.option == "remove" for plan, _ in compared for batch in plan.acting)
    for plan, ways in compared:
        assert stays(ways["nothing"]) == stays(ways["isolate"]) == len(plan.items)


def test_what_stays_says_how_many_are_by_listed_makers(compared: list[tuple[Plan, dict[str, Alternative]]]) -> None:
    said = set()
    for plan, ways in compared:
        listed = sum(bool(item.listed_on) for item in plan.items)
        tells = "of them by a listed maker" in ways["nothing"].means
        assert tells is (listed > 0 and len(plan.items) > 1), ways["nothing"].means
        said.add(tells)
    assert said == {True, False}


def test_isolating_costs_what_separating_each_of_those_items_costs(compared: list[tuple[Plan, dict[str, Alternative]]]) -> None:
    for plan, ways in compared:
        priced = bare = 0
        for batch in plan.acting:
            each = plan.costs.separate_unit
            cost = batch.total if batch.option == "separate" else None if each is None else each * len(batch.assets)
            priced += cost or 0
            bare += len(batch.assets) if cost is None else 0
        assert before_contingency(ways["isolate"]) == priced
        assert (ways["isolate"].unpriced, ways["isolate"].unpriced_lines) == (bare, 0)
    assert any(ways["isolate"].total and ways["isolate"].unpriced for _, ways in compared)


def test_phased_and_at_once_are_the_same_work_and_money(compared: list[tuple[Plan, dict[str, Alternative]]]) -> None:
    for plan, ways in compared:
        whole = plan.total.total - plan.total.contingency
        bare = sum(line.total is None for line in plan.lines)
        for way in (one for one in ways.values() if one.way in ("phased", "at-once")):
            assert before_contingency(way) == whole
            assert (way.unpriced, way.unpriced_lines) == (len(plan.unpriced), bare)


def test_what_waits_what_has_no_year_and_what_comes_first_are_all_items(
    compared: list[tuple[Plan, dict[str, Alternative]]],
) -> None:
    undated = 0
    for plan, ways in compared:
        if "phased" not in ways or not ways["phased"].planned:
            continue
        first = min(one.year for one in (*plan.items, *plan.lines) if one.year)
        later = re.match(r"([\d,]+) items? waits? until", ways["phased"].means)
        rest = re.search(r"([\d,]+) (?:items? )?(?:has|have) no year yet\.", ways["phased"].means)
        dated = {one.year for one in (*plan.items, *plan.lines)}
        assert len(dated - {None}) == int((re.search(r"over (\d+) years", ways["phased"].title) or "11")[1])
        said = sum(int(one[1].replace(",", "")) for one in (later, rest) if one)
        assert said + sum(item.year == first for item in plan.items) == len(plan.items)
        undated += rest is not None
    assert undated


def test_what_speaks_for_phases_is_said_only_where_it_is_so(compared: list[tuple[Plan, dict[str, Alternative]]]) -> None:
    heard = set()
    for plan, ways in compared:
        way = ways.get("phased")
        if way is None or not way.planned:
            continue
        dated = sorted({one.year for one in (*plan.items, *plan.lines) if one.year})
        paid = [year.total for year in plan.years if year.year != NOT_DATED]
        assert ("The cost is spread" in way.good) == bool(sum(paid) and max(paid) * 3 <= 2 * sum(paid))
        assert ("later years" in way.risk) == (len(dated) > 2)
        assert (way.risk == f"Prices may change before {dated[-1]}.") == (len(dated) == 2)
        heard.add("cost is spread" in way.good)
    assert len(heard) == 2


def test_a_plan_of_one_year_is_compared_with_phases_only_where_priorities_part_it(
    compared: list[tuple[Plan, dict[str, Alternative]]],
) -> None:
    heard = set()
    for plan, ways in compared:
        if "phased" in ways and ways["phased"].planned:
            continue
        due = {one.priority for one in (*plan.acting, *plan.lines)}
        assert ("phased" in ways) == (len(due) > 1)
        if "phased" in ways:
            way = ways["phased"]
            assert way.title == f"Phased over {len(due)} years"
            waits = re.match(r"(?:([\d,]+) items? waits?|Other work waits) until", way.means)
            assert waits is not None
            assert int(waits[1] or 0) == sum(len(batch.assets) for batch in plan.acting if batch.priority != min(due))
            paid = [year.total for year in way.years]
            assert ("The cost is spread" in way.good) == bool(sum(paid) and max(paid) * 3 <= 2 * sum(paid))
        heard.add("phased" in ways)
    assert heard == {True, False}


def test_where_recording_stops_is_said_of_every_way_alike(compared: list[tuple[Plan, dict[str, Alternative]]]) -> None:
    heard = set()
    for plan, ways in compared:
        stops = Counter(item.year for item in plan.items if item.option != "separate" and item.kind in RECORDS)
        assert ways["nothing"].recording == ways["isolate"].recording == "Recording goes on."
        for way in (ways["at-once"], *(way for way in (ways.get("phased"),) if way is not None)):
            each = way.recording.partition(", for good")[0].split(", and at ")
            said = [
                sum(int(one.replace(",", "")) for one in re.findall(r"(?<![\d-])[\d,]*\d(?= [a-z])", part)) for part in each
            ]
            assert sum(said) == stops.total()
            assert ("goes on" in way.recording) == (not stops)
            if way.planned and way.way == "phased":
                assert (said if stops else []) == [stops[year] for year in sorted(stops, key=lambda year: (year is None, year))]
                heard.add(len(said))
    assert len(heard) > 2


def test_the_years_that_nobody_chose_are_told_one_by_one() -> None:
    told = 0
    for seed in SEEDS:
        plan, _ = random_plan(seed)
        risk = next((one for one in plan.risks if "No financial year was decided" in one), None)
        if risk is None:
            continue
        number, put = re.match(  # type: ignore[union-attr]
            r"No financial year was decided for ([\d,]+) items?, so the plan dates (?:it|them) by urgency: (.*?)(?: \(|, all|\.$)",
            risk,
        ).groups()
        parts = [int(one) for one in re.findall(r"(\d+) in \d{4}", put)]
        assert not parts or sum(parts) == int(number)
        years = set(re.findall(r"in (\d{4}(?:-\d\d)?)", put))
        assert years <= {item.year for item in plan.items}
        told += len(years) > 1
    assert told


def test_what_is_bought_is_what_makes_ways_comparable() -> None:
    for seed in SEEDS:
        plan, _ = random_plan(seed)
        assert bool(plan.alternatives) == any(batch.option in REPLACING for batch in plan.acting)
