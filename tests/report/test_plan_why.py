"""What a person who signs asks of the decision paper: why, what a signature means, who does what first, what is not known."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from camcensus.model.blocks import Prose, plain
from camcensus.model.plan import Costs
from camcensus.planning.plan import make_plan
from camcensus.report.plan.front import front
from camcensus.report.plan.reasons import TOPICS, ReasonsRoom, reasons, unknown
from camcensus.report.plan.room import ROOMS
from camcensus.report.plan.why import statements
from random_plans import random_plan
from report.sample import KNOWLEDGE, TODAY, decision, plan_of, school_rows
from report.test_plan_urgent import cared
from report.test_plan_wording import SEEDS, brief_of, device, said

REASONS = ReasonsRoom(0, 10_000, every=True)


def test_the_reasons_of_each_decision_add_up_to_its_items_and_all_of_them_to_the_plan() -> None:
    heard = set()
    for seed in SEEDS[:200]:
        plan, rows = random_plan(seed)
        lines = re.findall(
            r"^(Replace|Isolate|Remove|Keep) ([\d,]+)\b.*?(?:; staff: (.*))?\.$",
            said(reasons(brief_of(plan, rows), REASONS)).partition("Options\n")[0],
            re.M,
        )
        for _, number, why in lines:
            parts = [int(one) for one in re.findall(r"\((\d+)(?: items?)?\)", re.sub(r"“[^”]*”", "", why))]
            assert not why or sum(parts) == int(number), (seed, why)
        acted = sum(int(number) for head, number, _ in lines if head != "Keep")
        kept = sum(int(number) for head, number, _ in lines if head == "Keep")
        assert (acted, kept) == (len(plan.items), len(plan.kept)), seed
        heard |= {head for head, *_ in lines}
    assert heard == {"Replace", "Isolate", "Remove", "Keep"}


def test_what_cannot_wait_has_who_and_by_when_and_whether_it_is_paid_for() -> None:
    def now(*given: tuple[str, str | None], costs: Costs, **fields: object) -> str:
        rows = [cared(at, *one) for at, one in enumerate(given)]
        brief = brief_of(make_plan(rows, costs, today=TODAY, year_starts=4), rows, **fields)
        told = (plain(one.text) for one in front(brief, ROOMS[0]) if isinstance(one, Prose))
        return next((one for one in told if "Do now" in one), "")

    priced = Costs(camera_unit=20_000, separate_unit=4_500)
    assert "We propose that the IT team sees to it by 1 December 2026; no money is asked for it. 1 item" in now(
        ("replace", "2026-27"), costs=priced
    )
    assert "by 1 December 2026; the amount pays for isolating CAM-000 alone. 1 item" in now(
        ("separate", "2026-27"), costs=priced
    )
    assert "by 1 December 2026. 1 item" in now(("replace", "2026-27"), costs=Costs())
    assert now(("replace", "2026-27"), costs=priced, audience="supplier") == ""


def test_the_questions_are_named_by_who_answers_and_add_up() -> None:
    heard = set()
    for seed in SEEDS[:150]:
        plan, rows = random_plan(seed)
        text = "\n".join(plain(one) for one in unknown(brief_of(plan, rows)))
        found = re.search(
            r"Next: (\d+) questions? (?:has|have) to be answered before you order; the plan’s appendices have them\. (.*)$",
            text,
            re.M,
        )
        assert (found is not None) == bool(plan.questions)
        if found is None:
            continue
        number = 0
        for part in found[2].rstrip(".").split(". "):
            for topic in re.split(r", | and ", part.partition(": ")[2]):
                name, many = re.fullmatch(r"(.*?)(?: \((\d+)\))?", topic).groups()  # type: ignore[union-attr]
                assert name in TOPICS.values()
                number += int(many or 1)
        assert number == int(found[1]) == len(plan.questions), (seed, found[0])
        assert all(f"{question.who.partition(',')[0]}: " in found[2] for question in plan.questions)
        heard.add(number)
    assert len(heard) > 3


def test_the_statement_that_names_no_company_is_said_with_what_it_asks_and_where_it_is_from() -> None:
    dice = random.Random(5)
    rows = [device(at, "camera", decision(dice.choice(("replace", "keep")), "2026-27")) for at in range(6)]
    brief = brief_of(make_plan(rows, Costs(), today=TODAY, year_starts=4), rows)
    assert said(statements(brief)) == ""
    plan = replace(brief.plan, items=tuple(replace(item, based=True) for item in brief.plan.items))
    entry = next(one for one in KNOWLEDGE.lists.values() if not one.names_makers)
    text = said(statements(replace(brief, plan=plan, enabled_lists=frozenset({entry.id}))))
    assert "which names no company" in text
    title = entry.title.rstrip(".")
    assert f"In it, {title[0].lower()}{title[1:]} ({KNOWLEDGE.sources[entry.source].publisher})." in text


def test_what_waits_is_at_sites_that_add_up_to_the_register() -> None:
    rows = [device(at, "camera", None, (("Elm", "Hall"), ("Elm", "Gate"), ("Oak", "Hall"))[at % 3]) for at in range(9)]
    brief = brief_of(make_plan(rows, Costs(), today=TODAY, year_starts=4))
    listed = {
        site: sum(bool(item.listed_on) for item in brief.plan.undecided if item.place_path[0] == site)
        for site in ("Elm", "Oak")
    }
    what = "items by a listed maker" if any(listed.values()) else "items"
    assert f"What waits is at 2 sites, most {what} at Elm (6) and Oak (3); the asset register has each site." in [
        *unknown(brief)
    ]


def test_whom_the_lists_address_is_said_in_the_words_that_they_share() -> None:
    rows = school_rows()
    brief = brief_of(plan_of(rows, Costs()), rows, enabled_lists=frozenset(KNOWLEDGE.lists))
    (note,) = statements(brief)
    assert isinstance(note, Prose)
    to = {KNOWLEDGE.lists[name].addressed_to for item in brief.everything for name in item.listed_on}
    assert to
    assert all(one in plain(note.text).partition("Addressed to ")[2] for one in to)
