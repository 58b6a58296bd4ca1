"""A plan follows flaws and support: what cannot wait is priority 1, what has no support is raised, and both are said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from camcensus.model.device import CareFinding, CareKind
from camcensus.model.plan import Costs
from camcensus.planning.risks import open_to_attack
from planning.test_plan import decided, judged, plan, row


def cared(*kinds: CareKind, **described: object):  # type: ignore[no-untyped-def]
    return replace(judged(**described), care=tuple(CareFinding(kind, "It is so.", "Do this.") for kind in kinds))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kinds", "sensitive", "listed", "year", "priority"),
    [
        (("exploited-flaw",), False, False, None, 1),
        (("exploited-flaw",), False, False, "2030-31", 1),
        (("never-set-up",), False, False, None, 1),
        (("known-flaw", "old-firmware", "flaw-to-check", "model-to-check", "sale-ended"), False, False, None, 4),
        (("support-ended",), False, False, None, 2),
        (("support-ended",), False, False, "2026-27", 1),
        (("support-ended",), True, False, "2029-30", 1),
        (("support-ended",), False, False, "2029-30", 2),
        ((), False, False, "2029-30", 3),
    ],
)
def test_priority_follows_flaws_and_support(
    kinds: tuple[CareKind, ...], sensitive: bool, listed: bool, year: str | None, priority: int
) -> None:
    made = plan(row("CAM-1", decided("replace", year), listed=listed, sensitive=sensitive, verdict=cared(*kinds)))
    assert [item.priority for item in made.items] == [priority]


def test_an_item_that_is_urgent_and_has_no_year_is_put_in_the_first() -> None:
    made = plan(row("CAM-1", decided("replace"), verdict=cared("exploited-flaw")))
    assert made.items[0].year == "2026-27"


def test_the_reason_names_what_cannot_wait_first_and_how_many_of_a_batch() -> None:
    made = plan(
        row("CAM-1", decided("replace", "2026-27"), listed=True, verdict=cared("exploited-flaw", "support-ended")),
        row("CAM-2", decided("replace", "2026-27"), listed=True, verdict=cared("exploited-flaw")),
        row("CAM-3", verdict=cared("known-flaw")),
    )
    assert made.batches[0].reason == ("A flaw that attackers use: update or isolate now; it is so (1 of 2); maker listed.")
    assert made.undecided[0].reason == "Known flaw."


def test_what_cannot_wait_is_said_of_every_row_whatever_was_decided() -> None:
    made = plan(
        row("CAM-1", decided("keep"), verdict=cared("exploited-flaw")),
        row("CAM-2", decided("replace", "2029-30"), verdict=cared("exploited-flaw", "support-ended")),
        row("CAM-3", verdict=cared("never-set-up")),
        row("CAM-4", decided("keep"), verdict=cared("known-flaw", "support-ended")),
        row("CAM-5", verdict=cared("flaw-to-check")),
    )
    assert made.urgent == (
        "2 items have a flaw that attackers use: CAM-2 and CAM-1. Update or isolate them now. "
        "After that CAM-2 is replaced in 2029-30 and CAM-1 is kept.",
        "1 item was never set up: CAM-3. Set a password or unplug it now. After that it waits for a decision.",
        "1 item has a known flaw: CAM-4. Ask the installer to update it. After that it is kept.",
    )
    assert "1 item that is not replaced is no longer supported. New flaws may never be mended." in made.risks
    assert any(
        "due in the first year (priority 1) waits until 2029-30, the year that staff chose: CAM-2" in risk
        for risk in made.risks
    )
    assert plan(row("CAM-5", verdict=cared("flaw-to-check"))).urgent == ()


def test_what_cannot_wait_is_named_with_its_place_while_that_fits_and_then_counted() -> None:
    def said(number: int) -> str:
        rows = [
            row(
                f"CAM-{at}",
                decided("keep") if at % 2 else None,
                place_path=("Elm", f"Room {at}"),
                verdict=cared("exploited-flaw"),
            )
            for at in range(1, number + 1)
        ]
        return plan(*rows).urgent[0]

    assert said(1) == ("1 item has a flaw that attackers use: CAM-1 (Room 1). Update or isolate it now. After that it is kept.")
    assert said(2).endswith("After that CAM-1 is kept and CAM-2 waits for a decision.")
    assert "Room" not in said(5)
    assert said(5).endswith("After that 3 are kept and 2 wait for a decision.")


def test_what_attackers_use_and_what_was_never_set_up_is_open_to_attack() -> None:
    made = plan(
        row("CAM-1", decided("keep"), verdict=cared("exploited-flaw")),
        row("CAM-2", verdict=cared("never-set-up", "exploited-flaw")),
        row("CAM-3", verdict=cared("known-flaw")),
    )
    every = made.items + made.kept + made.undecided
    assert [item.ref for item in every if open_to_attack(item)] == ["CAM-1", "CAM-2"]


def test_each_option_leaves_open_to_attack_what_it_does_not_change_in_its_first_year() -> None:
    made = plan(
        row("CAM-1", decided("replace", "2026-27"), verdict=cared("exploited-flaw")),
        row("CAM-2", decided("replace", "2028-29"), verdict=cared("never-set-up")),
        row("CAM-3", decided("remove", "2028-29"), verdict=cared("known-flaw")),
        row("CAM-4", decided("keep"), verdict=cared("exploited-flaw")),
    )
    assert {way.way: way.left_open for way in made.alternatives} == {"nothing": 2, "isolate": 0, "phased": 1, "at-once": 0}


def test_what_is_removed_without_replacement_is_the_first_risk() -> None:
    made = plan(row("CAM-1", decided("remove", "2026-27")), row("REC-1", decided("remove", "2026-27")))
    lost = "1 camera and 1 recorder are removed without replacement: what they alone covered is lost."
    assert made.risks[0] == f"{lost} 1 of these cameras has no location in the record. Look before it goes."
    assert not any("without replacement" in risk for risk in plan(row("CAM-1", decided("replace", "2026-27"))).risks)


def test_what_still_records_on_a_recorder_that_is_removed_is_named() -> None:
    made = plan(
        row("REC-1", decided("remove", "2026-27")),
        row("REC-2", decided("replace", "2026-27")),
        row("CAM-1", decided("keep"), connected_to="id-REC-1"),
        row("CAM-2", connected_to="id-REC-1"),
        row("CAM-3", decided("remove", "2026-27"), connected_to="id-REC-1"),
        row("CAM-4", decided("keep"), connected_to="id-REC-2"),
    )
    assert "REC-1 is removed, but 2 items still record on it: CAM-1 and CAM-2. Connect them elsewhere first." in made.risks
    assert not any("Connect" in risk for risk in plan(row("REC-1", decided("remove", "2026-27"))).risks)


def test_recording_stops_for_the_work_and_for_good_where_nothing_comes_instead() -> None:
    def said(*options: str) -> str:
        rows = [row(f"CAM-{at}", decided(option, "2026-27")) for at, option in enumerate(options)]  # type: ignore[arg-type]
        return next(way.recording for way in plan(*rows, costs=Costs(camera_unit=100)).alternatives if way.planned)

    assert said("replace", "remove", "separate") == "Recording stops at 2 cameras, for good at 1 of them."
    assert said("replace", "separate") == "Recording stops at 1 camera."


def test_the_installer_is_asked_about_all_that_records_on_a_new_recorder_for_a_while() -> None:
    made = plan(
        row("REC-1", decided("replace", "2026-27")),
        row("REC-2", decided("replace", "2026-27")),
        row("CAM-1", decided("replace", "2026-27"), connected_to="id-REC-1"),
        row("CAM-2", decided("replace", "2027-28"), connected_to="id-REC-1"),
        row("CAM-3", decided("keep"), connected_to="id-REC-1"),
        row("CAM-4", decided("replace", "2027-28")),
    )
    asked = next(one for one in made.questions if one.kind == "recorder")
    assert asked.ask == "Will the new recorder work with CAM-3 and CAM-2?"
    assert asked.known.startswith("They record on REC-1 today, which is replaced, and stay for now. ")


def test_a_bare_number_is_called_an_item() -> None:
    made = plan(row("5", verdict=cared("known-flaw")), row("6", verdict=cared("known-flaw")))
    assert "2 items have a known flaw: item 5" in made.urgent[0]
    assert "item 6" in made.urgent[0]
