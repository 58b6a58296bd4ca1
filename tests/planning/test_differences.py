"""What has changed between two plans: a sentence for each thing that a paper tells, and none for what is as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from camcensus.model.plan import Batch, OwnLine, Plan
from camcensus.planning.differences import differences
from planning.test_plan import decided, plan, row

CAMERAS = [row(f"CAM-{at}", decided("replace", "2026-27")) for at in (1, 2)]
LINE = OwnLine(id="line", name="Lift hire", unit=30_000, year="2026-27")


def with_batch(whole: Plan, **fields: object) -> Plan:
    (batch,) = whole.batches
    return replace(whole, batches=(replace(batch, **fields),))  # type: ignore[arg-type]


def said(before: Plan, after: Plan) -> list[str]:
    return [one.say for one in differences(before, after)]


@pytest.fixture
def whole() -> Plan:
    return replace(plan(*CAMERAS), lines=(LINE,))


def test_a_plan_that_is_as_it_was_has_no_difference(whole: Plan) -> None:
    assert said(whole, whole) == []


@pytest.mark.parametrize(
    ("fields", "say"),
    [
        ({"year": "2027-28"}, "moved from 2026-27 to 2027-28"),
        ({"year": None}, "moved from 2026-27 to no year yet"),
        ({"option": "remove"}, "option was “Replace”, now “Remove”"),
        ({"quantity": 3}, "quantity was 2, now 3"),
        ({"unit": 50_000}, "unit price was £180, now £500"),
        ({"other": 1_000}, "other details changed"),
        ({"name": "Gates"}, "renamed"),
        ({"reason": "Old", "typed": frozenset({"reason"})}, "other details changed"),
        ({"status": "ordered"}, "now ordered"),
        ({"target_date": "2026-11-24"}, "target date was not given, now 24 November 2026"),
        ({"weee_note": "Collected"}, "other details changed"),
        ({"listed": 1}, "other details changed"),
        ({"based": 1}, "other details changed"),
        ({"out": True}, "taken out of the plan"),
        ({"assets": ("id-CAM-1",)}, "1 row fewer"),
        ({"assets": ()}, "its cameras are no longer in use"),
        ({"needs": ()}, "other details changed"),
    ],
)
def test_each_change_of_a_batch_is_said(whole: Plan, fields: Mapping[str, object], say: str) -> None:
    assert say in said(whole, with_batch(whole, **fields))


def test_an_answer_to_what_a_batch_depends_on_is_said(whole: Plan) -> None:
    (batch,) = whole.batches
    needs = (replace(batch.needs[0], state="done"), *batch.needs[1:])
    assert said(whole, with_batch(whole, needs=needs)) == ["other details changed"]


@pytest.mark.parametrize(
    ("fields", "say"),
    [
        ({"reason": "It is high"}, "other details changed"),
        ({"name": "Scaffold"}, "renamed"),
        ({"unit": 40_000}, "unit price was £300, now £400"),
    ],
)
def test_each_change_of_a_line_is_said(whole: Plan, fields: Mapping[str, object], say: str) -> None:
    assert said(whole, replace(whole, lines=(replace(LINE, **fields),))) == [say]  # type: ignore[arg-type]


def test_lines_and_batches_that_come_and_go_are_said(whole: Plan) -> None:
    bare: Plan = replace(whole, lines=(), batches=())
    (batch,) = whole.batches
    new, gone = said(bare, whole), said(whole, bare)
    assert [one.partition(",")[0] for one in new] == ["new in the plan", "new line"]
    assert [one.partition(" (")[0] for one in gone] == ["no longer in the plan", "line removed"]
    again: Batch = replace(batch, id="another")
    assert said(whole, replace(whole, batches=(again,))) == [], "the same rows in a batch of another name"
