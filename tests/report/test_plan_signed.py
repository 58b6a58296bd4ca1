"""Who signs the decision paper, and for what: each signature against what the paper holds, over random plans."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from camcensus.model.asset import Body
from camcensus.model.blocks import TableBlock
from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.plan import NOT_DATED, Plan
from camcensus.report.plan.brief import Brief
from camcensus.report.plan.front import front
from camcensus.report.plan.room import ROOMS
from camcensus.report.plan.signers import approval, signed_for
from report.test_plan_aloud import found
from report.test_plan_sums import pence
from report.test_plan_wording import SEEDS, brief_of, random_plan, said, words

NOW = "“Do now”"


def drawn(seed: int, key: str = "school") -> Brief:
    """A plan, each third of them with something that cannot wait, each seventh with nothing to do."""
    plan, rows = random_plan(seed)
    if seed % 3 == 0:
        plan = replace(plan, urgent=("1 item was never set up: CAM-1. Set a password or unplug it now.",))
    if seed % 7 == 0:
        plan = nothing_to_do(plan)
    return brief_of(plan, rows, body=Body("1", "Elm Park", key))


def nothing_to_do(plan: Plan) -> Plan:
    return replace(plan, items=(), lines=(), batches=(), years=(), questions=(), total=replace(plan.total, total=0, vat=None))


def holds(means: str, brief: Brief, page: str) -> bool:
    """Whether the paper has what a signature is for."""
    plan = brief.plan
    asked = {role: sum(one.who.startswith(role) for one in plan.questions) for role in ("IT", "Data protection officer")}
    works = [*(one.year for one in plan.items if one.option != "separate"), *(one.year for one in plan.lines)]
    isolated = sum(one.option == "separate" for one in plan.items)
    items = f"{isolated} {'item' if isolated == 1 else 'items'}"
    return {
        "this is what the record says": True,
        "the work can be done": works and not any(works),
        "the work can be done in time": any(works),
        f"{NOW} is in hand": "Do now, before any replacement" in page and not isolated,
        f"{NOW} and isolation start": "Do now, before any replacement" in page and isolated,
        f"{items} can be isolated": isolated and "Do now, before any replacement" not in page,
        f"IT’s {asked['IT']} questions were read": asked["IT"] > 1,
        "IT’s question was read": asked["IT"] == 1,
        f"their {asked['Data protection officer']} questions were read": asked["Data protection officer"] > 1,
        "their question was read": asked["Data protection officer"] == 1,
        "the budget has this money": "£" in page.partition("The last signature")[2],
        "this plan names no amount": (plan.items or plan.lines) and "no amount" in page,
        "the plan is approved": "The last signature approves" in page,
        "this paper was read": "The last signature says that this paper was read" in page,
    }.get(means) not in (None, False, 0, [], ())


@pytest.mark.parametrize("key", ORGANISATIONS)
def test_each_thing_signed_is_something_that_the_paper_holds(key: str) -> None:
    heard = set()
    for seed in SEEDS[:90]:
        brief = drawn(seed, key)
        blocks = [*front(brief, ROOMS[0])]
        table = [one for one in blocks if isinstance(one, TableBlock)][-1]
        for row in table.rows:
            means = str(row.cells[1])
            assert holds(means, brief, said(blocks)), (seed, row.cells[0], means)
            heard.add(re.sub(r"\d+ items?", "# items", means))
        signs = signed_for(brief)
        assert [*signs] == [role for role in ORGANISATIONS[key].plan_signers if role in signs], seed
        assert len({*signs.values()}) == len(signs)
    assert len(heard) > (8 if "IT" in ORGANISATIONS[key].plan_signers else 4)


def test_who_has_nothing_in_the_plan_has_no_line_and_everybody_else_has_one() -> None:
    heard = set()
    for seed in SEEDS[:200]:
        plan = (brief := drawn(seed)).plan
        signs = signed_for(brief)
        others = [one for one in plan.items if one.option != "separate"]
        for role, has in (
            ("Prepared by", True),
            ("Estates", others or plan.lines),
            ("IT", plan.urgent or len(others) < len(plan.items) or any(one.who.startswith("IT") for one in plan.questions)),
            ("Data protection officer", any(one.who == "Data protection officer" for one in plan.questions)),
            ("Head teacher", plan.items or plan.lines),
            ("Chair of governors", True),
        ):
            assert (role in signs) == bool(has), (seed, role)
            heard.add((role, bool(has)))
        assert (signs["Chair of governors"] == "the plan is approved") == bool(plan.items or plan.lines or plan.kept), seed
    assert len(heard) == 10


def test_what_is_done_now_is_there_and_signed_for_only_where_something_is_to_be_done() -> None:
    heard = set()
    for seed in SEEDS[:150]:
        brief = found(seed)
        care = {kind for item in brief.everything for kind in item.care}
        to_do = bool(care & {"exploited-flaw", "never-set-up", "known-flaw"})
        page = said(front(brief, ROOMS[0]))
        assert ("Do now, before any replacement" in page) == to_do, seed
        assert signed_for(brief).get("IT", "").startswith(NOW) == to_do, seed
        staying = sum(
            "support-ended" in item.care
            for item in (*brief.plan.kept, *brief.plan.undecided, *brief.plan.items)
            if item.option in ("keep", "separate")
        )
        told = re.search(
            r"^(\d+) items? that (?:is|are) not replaced (?:is|are) no longer supported", "\n".join(brief.plan.risks), re.M
        )
        assert int(told[1] if told else 0) == staying, seed
        heard.add((to_do, bool(staying)))
    assert len(heard) == 4


def test_a_signature_line_is_no_higher_for_what_it_means() -> None:
    means = set()
    for seed in SEEDS:
        brief = drawn(seed)
        signed = [one for one in front(brief, ROOMS[0]) if isinstance(one, TableBlock)][-1]
        assert [column.head for column in signed.columns] == ["Role", "Signs that", "Name and signature", "Date"]
        means |= {str(row.cells[1]) for row in signed.rows}
    assert max(map(len, means)) <= 30


def test_what_is_approved_has_its_years_and_how_much_of_it_has_none() -> None:
    heard = set()
    for seed in SEEDS:
        brief = drawn(seed)
        if not brief.plan.total.total:
            continue
        text = words(approval(brief))
        assert not re.search(r"\b(in|and) £[\d.,]+ of it\b", text)
        undated = sum(year.total for year in brief.plan.years if year.year == NOT_DATED)
        dated = [year.year for year in brief.plan.years if year.year != NOT_DATED and year.total]
        left = re.search(r"; (?:before VAT, )?(£[\d.,]*\d) has no year yet\.", text)
        assert (left is not None) == bool(undated and dated), text
        if left is not None:
            assert pence(left[1]) == undated
            assert ("before VAT" in text) == ("including VAT" in text)
        assert (", with no year yet." in text) == (not dated), text
        assert all(re.search(rf"\b{year}\b", text) for year in dated)
        heard.add((bool(dated), bool(undated)))
    assert heard == {(True, True), (True, False), (False, True)}
