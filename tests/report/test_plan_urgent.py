"""What cannot wait, in the decision paper: what each option leaves open to attack, and where page 1 has no room for all."""

from __future__ import annotations

from dataclasses import replace

from camcensus.model.blocks import OnePage, Prose
from camcensus.model.device import CareFinding
from camcensus.model.plan import Costs
from camcensus.planning.plan import make_plan
from camcensus.planning.rows import PlannedRow
from camcensus.report.plan.front import first_page, front
from camcensus.report.plan.reasons import second_page
from camcensus.report.plan.room import ROOMS
from camcensus.report.plan.work import work
from report.sample import TODAY, decision
from report.test_plan_wording import PAPER, TYPESETTER, brief_of, device, page_2, said


def test_what_each_option_leaves_open_to_attack_is_said_alike_and_not_to_the_public() -> None:
    rows = [cared(at, *given) for at, given in enumerate((("replace", "2026-27"), ("replace", "2028-29"), ("keep", None)))]
    plan = make_plan(rows, Costs(), today=TODAY, year_starts=4)
    left = "doing nothing 3; isolating 1; phasing 2 (1 of them until later); all at once 1."
    assert f"Items left open to attack if “Do now” is not done: {left}" in said(page_2(brief_of(plan, rows)))
    assert "open to attack" not in said(page_2(brief_of(plan, rows, audience="public")))


def cared(at: int, what: str, year: str | None) -> PlannedRow:
    """A camera with a flaw that attackers use."""
    made = device(at, "camera", decision(what, year))
    assert made.verdict is not None
    return replace(made, verdict=replace(made.verdict, care=(CareFinding("exploited-flaw", "Why.", "What mends it."),)))


def test_what_cannot_wait_is_all_in_the_appendices_where_page_1_does_not_name_it_all() -> None:
    rows = [cared(at, "replace", "2026-27") for at in range(2)]
    brief = brief_of(make_plan(rows, Costs(), today=TODAY, year_starts=4), rows)
    brief = replace(brief, plan=replace(brief.plan, urgent=("First.", "Second.")))
    for least, named in ((False, ("First.", "Second.")), (True, ("First.", "The plan’s appendices have 1 more."))):
        room = next(one for one in ROOMS if one.least == least)
        assert " ".join(named) in said(front(brief, room))
    tight = OnePage([[*front(brief, ROOMS[0]), *[Prose("Much.")] * 80]] * (len(ROOMS) - 1) + [[Prose("Little.")]])
    for page, there in ((first_page(brief), False), (tight, True)):
        text = said(part for one in work(brief, (page, second_page(brief))) for part in PAPER.way(one, TYPESETTER))
        assert ("Second." in text) == there
