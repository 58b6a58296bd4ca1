"""The sentences of the decision paper against the facts that they are of, counted here: nothing on it may be false."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from camcensus.model.asset import Body, KnownBy
from camcensus.model.plan import Costs, Plan
from camcensus.planning.plan import make_plan
from camcensus.report.plan.front import front
from camcensus.report.plan.reasons import ReasonsRoom, reasons
from camcensus.report.plan.room import ROOMS
from drawn import seed
from plan_row import PlanRow
from random_plans import random_plan
from report.sample import AS_AT, TODAY, decision, verdict
from report.test_plan_sums import pence
from report.test_plan_urgent import cared
from report.test_plan_wording import brief_of, device, said

FULL = ReasonsRoom(10_000, 10_000, every=True)


def drawn_plans(number: int) -> Iterator[tuple[int, Plan, list[PlanRow]]]:
    """So many plans, each with the number it is drawn from."""
    for at in range(seed() * 1_000, seed() * 1_000 + number):
        yield at, *random_plan(at)


def page_1(plan: Plan, rows: list[PlanRow], **fields: object) -> str:
    return said(front(brief_of(plan, rows, **fields), ROOMS[0]))


def test_the_year_to_finish_in_time_is_the_first_of_all_the_work_priced_or_not() -> None:
    heard = Counter[bool]()
    for at, plan, rows in drawn_plans(400):
        found = re.search(r", to finish (\S+) in time\.", page_1(plan, rows))
        if found is None:
            continue
        dated = [one for one in (*plan.items, *plan.lines) if one.year]
        assert found[1] == min(str(one.year) for one in dated), at
        heard[any(one.year == found[1] and one.total is None for one in dated)] += 1
        heard[len({one.year for one in dated}) > 1] += 1
    assert min(heard[True], heard[False]) > 10


def test_what_cannot_wait_has_its_day_in_full() -> None:
    dice = random.Random(seed())
    for _ in range(20):
        day = date(2026, 1, 1) + timedelta(days=dice.randrange(700))
        rows = [cared(0, "keep", None)]
        plan = make_plan(rows, Costs(), today=day, year_starts=4)
        as_at = AS_AT.replace(year=day.year, month=day.month, day=day.day)
        due = day + timedelta(days=7)
        text = page_1(plan, rows, as_at=as_at)
        assert f" sees to it by {due.day} {due:%B} {due.year}." in text
        assert "day above" not in text


def test_items_are_looked_up_in_the_flaws_by_what_is_known_of_them() -> None:
    dice = random.Random(seed())
    for _ in range(20):
        rows = [device(at, "camera", None) for at in range(dice.randint(2, 9))]
        silent = dice.randint(1, len(rows))
        listed = (KnownBy("list", "2026-11-24T10:42:00Z", "cameras.xlsx, row 14"),)
        rows = [replace(one, verdict=verdict(one.asset.id, "axis", "likely", model="P1")) for one in rows]
        by_list = [replace(one, asset=replace(one.asset, known_by=listed)) for one in rows[:silent]]
        asked, plan = len(rows) - silent, make_plan(rows, Costs(), today=TODAY, year_starts=4)
        text = page_1(plan, [*by_list, *rows[silent:]])
        assert "Do now: not known. Flaws go by model and firmware, and no firmware is in the record" in text
        text = page_1(plan, [*(replace(one, verdict=None) for one in by_list), *rows[silent:]])
        left = "no firmware is in the record" if asked else "none was looked up"
        assert left in text


def test_work_without_a_price_is_not_called_free_of_cost() -> None:
    heard = set()
    for at, plan, rows in drawn_plans(300):
        text = f"{page_1(plan, rows)}\n{said(reasons(brief_of(plan, rows), FULL))}"
        work = bool(plan.items or plan.lines)
        assert not ("so there are no costs" in text and work), at
        assert not ("Nothing will be bought" in text and any((*plan.lines, *(one for one in plan.acting if one.buys)))), at
        heard.add((work, "Nothing will be bought" in text))
    assert {(True, False), (False, True), (True, True)} <= heard


def test_phases_are_set_against_all_at_once_only_where_the_years_differ() -> None:
    heard = set()
    for at, plan, rows in drawn_plans(400):
        text = said(reasons(brief_of(plan, rows), FULL))
        found = re.search(r"all at once takes \S+ in one year, phasing (.*?)\.(?!\d)", text)
        if found is None:
            continue
        parts = re.findall(r"-?£[\d,.]*\d (?:in \S+|with no year yet)", found[1])
        assert len(parts) == sum(bool(year.total) for year in plan.years) > 1, at
        heard.add(len(parts))
    assert len(heard) > 1


def test_items_in_sensitive_places_are_parted_by_semicolons() -> None:
    rows = [device(at, "camera", decision("replace", "2026-27"), ("Elm", f"Room {at}")) for at in range(3)]
    rows = [replace(one, asset=replace(one.asset, sensitive=at < 2)) for at, one in enumerate(rows)]
    plan = make_plan(rows, Costs(), today=TODAY, year_starts=4)
    text = said(reasons(brief_of(plan, rows, body=Body("1", "Elm Park", "school")), FULL))
    assert "2 are in a sensitive place (CAM-000, Room 0; CAM-001, Room 1)" in text


def test_an_amount_that_buys_more_or_fewer_than_it_replaces_says_so() -> None:
    heard = Counter[str]()
    for at, plan, rows in drawn_plans(500):
        text = page_1(plan, rows)
        paid = [batch for batch in plan.acting if batch.buys and batch.total is not None]
        new, old = sum(batch.quantity for batch in paid), sum(len(batch.assets) for batch in paid)
        asked = re.search(r"to replace ((?:(?!, £| and £|\. That|, and for|: £|\.\n).)*)", text)
        if asked and sum(batch.total or 0 for batch in paid):
            said = re.search(r" with (?:(\d+)|no) new ones?", asked[1])
            assert (said is not None) == (new != old), (at, text)
            assert said is None or int(said[1] or 0) == new, (at, text)
            heard["asked"] += new != old
        for line in text.splitlines():
            year = re.match(r"In (\S+): |(No year yet): ", line)
            for number, kind, bought, amount in re.findall(
                r"(\d+) (?:other )?(camera|recorder|encoder)s?(?: \([^)]*\))?(?: with (\d+|no) new ones?)? for (-?£[\d,.]*\d)",
                line,
            ):
                assert year is not None, line
                these = [one for one in paid if one.kind == kind and one.year == year[1]]
                assert int(number) == sum(len(one.assets) for one in these), (at, line)
                quantity = sum(one.quantity for one in these)
                assert bought == ("" if quantity == int(number) else str(quantity) if quantity else "no"), (at, line)
                assert pence(amount) == sum(one.total or 0 for one in these), (at, line)
                heard["by kind"] += bool(bought)
    assert min(heard["asked"], heard["by kind"]) > 0
