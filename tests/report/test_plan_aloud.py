"""Pages 1 and 2 of the decision paper read aloud, over random registers: each sentence is true, and is English."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.big_inventory import NOW
from bench.plan_pages import PRICES
from bench.plan_room import lists_of, plan_rows
from camcensus.model.asset import Body
from camcensus.model.blocks import OnPage, Prose
from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.plan import Costs, OwnLine
from camcensus.model.plan_edits import PlanEdits
from camcensus.planning.plan import make_plan
from camcensus.planning.spending import by_work
from camcensus.report.plan.ask import ask
from camcensus.report.plan.brief import Brief
from camcensus.report.plan.front import front
from camcensus.report.plan.reasons import ReasonsRoom, reasons
from camcensus.report.plan.room import ROOMS
from camcensus.report.plan.why import statements
from camcensus.store.vendors_db.read import load_knowledge
from random_estates import estate
from random_plans import rows_of
from report.sample import COSTS, FONTS, KNOWLEDGE, MAKERS, SCANS, TODAY, decision, row, verdict
from report.test_plan_urgent import cared
from report.test_plan_wording import SEEDS, brief_of, device, random_plan, said, words

FULL = ReasonsRoom(99, 10_000, every=True)
TIGHT = ReasonsRoom(0, 1, least=True)
LISTS = frozenset({"uk-mps-2022", "uk-fac-2021"})
ODD = {
    "a number and its noun": r"(?<![\d,.£-])(?:1 (?:items|cameras|recorders|encoders|intercoms|sites|places|lines|questions|others)"
    r"|(?:[2-9]|\d\d+) (?:item|camera|recorder|encoder|intercom|site|place|line|question)|(?:[2-9]|\d\d+) other(?=[;,.]))\b",
    "a number and its verb": r"(?<!to )(?<!and )(?<![\d,.£-])(?:1 (?:are|have|wait|record|stay|were)|(?:[2-9]|\d\d+) (?:is|has|waits|stays|was))\b",
    "none is said as a number": r"(?<![\d,.£-])0 (?:of|are|is|items?|cameras?|recorders?)\b",
    "a word twice": r"\b(?!(?:hall|gate)\b)([a-z]+) \1\b",
    "an empty bracket, a lost mark": r"\(\s*\)|\s[,.;:]|\.\.|,,|[,;:]\.|\bof of\b",
    "an amount “in” an amount": r"\bin £|\b1 other (?:site|line)|over 1 year|within 1 year",
    "an article": r"\bThe IT support\b|\bthe other 1\b|\bby makers\b",
}


def drawn(seed: int) -> Brief:
    """A plan of a random kind of organisation, some searched, some with the camera count that it expected."""
    plan, rows = random_plan(seed)
    dice = random.Random(seed)
    body = Body("1", "Elm Park", dice.choice([*ORGANISATIONS]), expected_cameras=dice.choice((None, 1, len(rows))))
    return brief_of(plan, rows, body=body, scans=dice.choice((SCANS, ())), enabled_lists=LISTS)


def waiting(seed: int) -> Brief:
    """A register in which nobody decided anything, or only that things are kept."""
    dice = random.Random(seed)
    rows = []
    for at in range(dice.choice((0, 1, 2, 7))):
        made = device(at, dice.choice(("camera", "recorder", "unknown")), dice.choice((None, None, decision("keep"))))
        maker = dice.choice((*MAKERS, None))
        rows.append(row(made.asset, verdict(f"k{at}", maker, dice.choice(("confirmed", "likely")) if maker else "unknown")))
    return brief_of(make_plan(rows, Costs(), today=TODAY, year_starts=4), rows, enabled_lists=LISTS)


def found(seed: int) -> Brief:
    """An estate with makers that are listed, based in China by our reading, or neither."""
    dice, knowledge = random.Random(seed), load_knowledge(FONTS.parents[1] / "vendors.db")
    rows = plan_rows(estate(seed, knowledge, lists_of(knowledge)), knowledge)
    plan = make_plan(rows, dice.choice((COSTS, PRICES, Costs())), today=NOW.date(), year_starts=9)
    return brief_of(plan, rows, knowledge=knowledge, enabled_lists=lists_of(knowledge), as_at=NOW)


def briefs() -> Iterator[Brief]:
    yield from (found(seed) for seed in SEEDS[:60])
    yield from (drawn(seed) for seed in SEEDS[:150])
    yield from (waiting(seed) for seed in SEEDS[:60])
    for network in ("shop", "school"):
        rows = [cared(at, what, None) for at, what in enumerate(("keep", "separate"))]
        yield brief_of(make_plan(rows, Costs(), today=TODAY, year_starts=4), rows, body=Body("1", "Elm Park", network))


@pytest.mark.parametrize("page", ["first", "second"])
def test_no_sentence_makes_a_reader_stop(page: str) -> None:
    heard = 0
    for brief in briefs():
        blocks = [*front(brief, ROOMS[0]), *front(brief, ROOMS[-1])]
        if page == "second":
            blocks = [*reasons(brief, FULL), *reasons(brief, TIGHT)]
        for line in said(blocks).splitlines():
            spoken = re.sub(r"“[^”]*”|_{3,}|[A-Z]{3}-\d+", "…", line)
            for name, pattern in ODD.items():
                assert not (odd := re.search(pattern, spoken)), (name, odd, line)
            heard += 1
    assert heard > 2_000


def test_what_waits_is_said_with_how_many_of_it_listed_makers_made() -> None:
    heard = set()
    for seed in SEEDS:
        brief = waiting(seed)
        waits = brief.plan.undecided
        text = words(ask(brief, ()))
        if not waits or brief.plan.items:
            continue
        of = [item.grade for item in waits if item.manufacturer in ("dahua", "hikvision")]
        number = len(of) if len(of) < len(waits) else "both" if len(waits) == 2 else "all"
        by = "by a maker on the school’s lists"
        assert text.endswith("waits for a decision." if len(waits) == 1 else "wait for a decision.")
        if not of:
            assert "lists" not in text
        elif len(waits) == 1:
            assert f", {by}, waits" in text, text
        else:
            assert f", {number} of them {by}, wait" in text, text
        heard.add((min(len(waits), 3), bool(of), len(of) == len(waits)))
    assert len(heard) > 5


def test_how_many_have_no_reason_is_the_same_and_true_whatever_room_there_is() -> None:
    heard = set()
    for seed in SEEDS[:250]:
        brief = drawn(seed)
        typed = {batch.id: batch.reason for batch in brief.plan.batches if "reason" in batch.typed}
        why = {one.asset.id: one.asset.decision.why if one.asset.decision else "" for one in brief.rows}
        decided = [*brief.plan.items, *brief.plan.kept]
        bare = [item for item in decided if not typed.get(item.batch, why[item.asset])]
        told = set()
        for room in (FULL, ReasonsRoom(3, 3), TIGHT):
            found = re.findall(r"For (.*?) decided, no reason is recorded: ask why", said(reasons(brief, room)))
            told.add(tuple(found))
        (only,) = told
        assert len(only) == bool(bare), seed
        if bare:
            numbers = [int(one) for one in re.findall(r"\d+", only[0])]
            assert numbers in (
                [len(bare), len(decided)],
                [len(bare)] if len(bare) == len(decided) else None,
                [] if len(decided) == 1 else None,
            )
            heard.add(only[0].startswith("all"))
        heard.add(len({item.option for item in bare}) > 1)
    assert heard == {True, False}


def test_lists_are_named_newest_first_with_their_page_inside_the_sentence() -> None:
    heard = set()
    for seed in SEEDS:
        brief = drawn(seed)
        blocks = [one for one in statements(brief) if isinstance(one, Prose)]
        assert len(blocks) < 2
        listed = {name for item in brief.everything for name in item.listed_on}
        if not blocks:
            assert not listed
            continue
        days = [
            KNOWLEDGE.lists[name].date
            for name in sorted(listed, key=lambda name: words(blocks[0].text).index(KNOWLEDGE.lists[name].title))
        ]
        assert days == sorted(days, reverse=True)
        heard.add(len(days))
        _page_is_inside(blocks[0])
    assert max(heard) > 1
    rows = [device(at, "camera", decision("replace", "2026-27")) for at in range(3)]
    brief = brief_of(make_plan(rows, Costs(), today=TODAY, year_starts=4), rows)
    plan = replace(brief.plan, items=tuple(replace(item, based=True) for item in brief.plan.items))
    for lists in (frozenset({"uk-wms-2022"}), LISTS):
        (only,) = statements(replace(brief, plan=plan, enabled_lists=lists))
        assert isinstance(only, Prose)
        _page_is_inside(only)


def _page_is_inside(block: Prose) -> None:
    at = next(at for at, piece in enumerate(block.text) if isinstance(piece, OnPage))
    before, behind = words([block.text[at - 1]]), words(block.text[at + 1 :])
    assert before[-1] not in ".: "
    assert behind[0] in ".:"


def test_which_lists_is_said_before_these_lists_are() -> None:
    heard = set()
    for seed in SEEDS:
        brief = drawn(seed)
        text = said(reasons(brief, FULL)).partition("\n")[0]
        listed = any(item.listed_on for item in brief.everything)
        assert (text.count("(a listed maker)") == 1) == listed, text
        if "these lists" in text:
            assert "lists that " in text.partition("these lists")[0], text
        heard.add((listed, any(item.kind == "camera" for item in brief.everything)))
    assert len(heard) == 4


@pytest.mark.parametrize("unit", [0, None], ids=["all of it costs nothing", "no price"])
def test_prices_of_nothing_are_prices_and_other_work_alone_is_planned(unit: int | None) -> None:
    """What has a price of £0 was given one; own lines without a price are work that is decided about."""
    heard = set()
    for seed in SEEDS[:200]:
        dice = random.Random(seed)
        rows = rows_of(dice) if dice.random() < 0.7 else []
        of_all = replace(Costs(), **dict.fromkeys(("camera_unit", "recorder_unit", "separate_unit", "remove_unit"), unit))
        lines = tuple(
            OwnLine(id=f"line-{at}", name="Lift hire", quantity=2, unit=unit, year="2026-27")
            for at in range(dice.choice((0, 1, 2)))
        )
        plan = make_plan(rows, of_all, today=TODAY, year_starts=4, edits=PlanEdits(lines=lines))
        brief = brief_of(plan, rows)
        text = words(ask(brief, by_work(plan)))
        page = f"{said(front(brief, ROOMS[0]))}\n{said(reasons(brief, FULL))}\n{text}"
        given = any(one.total is not None for one in (*plan.items, *plan.lines))
        if plan.items or lines:
            assert text.startswith("We are asking for a decision"), text
            assert ("on other work" in text) is bool(lines), text
            assert ("The prices given come to £0." in text) is given, text
            assert ("no prices" in page) is not given, page
        heard.add((bool(plan.items), bool(lines), given))
    assert len(heard) > 3
