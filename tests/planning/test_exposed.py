"""What a person says of the networks that reach a camera raises it in the plan; "no" and "not known" do not."""

from __future__ import annotations

import pytest

from camcensus.planning.plan import make_plan
from planning.test_plan import COSTS, TODAY, decided, plan, row


@pytest.mark.parametrize("question", ["core_network", "internet_reachable"])
@pytest.mark.parametrize(
    ("answer", "listed", "year", "priority"),
    [
        ("yes", True, "2029-30", 1),
        ("yes", False, "2026-27", 1),
        ("yes", False, "2029-30", 2),
        ("no", True, "2029-30", 2),
        ("not-known", False, "2029-30", 3),
        (None, False, "2029-30", 3),
    ],
)
def test_an_answer_of_yes_counts_like_a_sensitive_place(
    question: str, answer: str | None, listed: bool, year: str, priority: int
) -> None:
    made = plan(row("CAM-1", decided("replace", year), listed=listed, **{question: answer}))  # type: ignore[arg-type]
    assert [item.priority for item in made.items] == [priority]


def test_the_reason_says_how_many_can_be_reached_from_the_internet() -> None:
    made = plan(
        row("CAM-1", decided("replace", "2029-30"), internet_reachable="yes", core_network="yes"),
        row("CAM-2", decided("replace", "2029-30"), internet_reachable="no", core_network="yes"),
    )
    assert {batch.reason for batch in made.batches} == {"On a core network; reachable from the internet (1 of 2)."}


@pytest.mark.parametrize(("answer", "core"), [("yes", True), ("no", False), ("not-known", False), (None, False)])
def test_a_core_network_is_what_staff_say_of_the_camera(answer: str | None, core: bool) -> None:
    here = row("CAM-1", decided("replace", "2029-30"), core_network=answer)
    made = make_plan([here], COSTS, today=TODAY, year_starts=4)
    assert [item.core for item in made.items] == [core]
