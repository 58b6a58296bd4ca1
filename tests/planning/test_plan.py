"""Decisions into items, years and totals."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date

import pytest

from camcensus.model.asset import Asset, Decision
from camcensus.model.device import Attribution, Description, Device, DeviceKind, Grade, Key, Verdict
from camcensus.model.plan import Costs, Plan
from camcensus.model.words import natural
from camcensus.planning.plan import make_plan
from plan_row import PlanRow

TODAY = date(2026, 11, 24)
COSTS = Costs(camera_unit=18_000, camera_fitting=12_000, recorder_unit=105_000, recorder_fitting=40_000)


def decided(what: str, year: str | None = None, why: str = "", review_on: str | None = None) -> Decision:
    return Decision(what, "Sam", "2026-11-01T09:00:00Z", why, review_on, year)  # type: ignore[arg-type]


def judged(grade: Grade = "almost-certain", manufacturer: str | None = "dahua", **described: object) -> Verdict:
    return Verdict(
        Device((Key("mac", "3c:ef:8c:00:00:01"),), (), None, None, ()),
        Description(**described),  # type: ignore[arg-type]
        Attribution(manufacturer, None, grade, (), (), (), (), "", "1"),
        (),
    )


def row(
    ref: str, decision: Decision | None = None, *, listed: bool = False, verdict: Verdict | None = None, **fields: object
) -> PlanRow:
    kind: DeviceKind = "recorder" if ref.startswith("REC") else "camera"
    asset = Asset(**{"id": f"id-{ref}", "ref": ref, "kind": kind, "device": ref, "decision": decision} | fields)  # type: ignore[arg-type]
    return PlanRow(asset, verdict or judged(), ("uk-mps-2022",) if listed else ())


def based(ref: str, decision: Decision | None = None, **fields: object) -> PlanRow:
    """A row whose maker is based in China by our reading, and that no list names."""
    return replace(row(ref, decision, **fields), based=True)  # type: ignore[arg-type]


def plan(*rows: PlanRow, costs: Costs = COSTS, year_starts: int = 4, today: date = TODAY) -> Plan:
    return make_plan(rows, costs, today=today, year_starts=year_starts)


def test_each_row_stands_once_in_items_kept_or_undecided() -> None:
    made = plan(
        row("CAM-1", decided("replace", "2026-27")),
        row("CAM-2", decided("remove", "2026-27")),
        row("CAM-3", decided("separate")),
        row("CAM-4", decided("keep")),
        row("CAM-5", decided("keep-review", review_on="2027-01-01")),
        row("CAM-6"),
        row("REC-1"),
    )
    assert [item.ref for item in made.items] == ["CAM-1", "CAM-2", "CAM-3"]
    assert [item.option for item in made.items] == ["replace", "remove", "separate"]
    assert [item.ref for item in made.kept] == ["CAM-4", "CAM-5"]
    assert [item.ref for item in made.undecided] == ["CAM-6", "REC-1"]
    assert (made.cameras_all, made.recorders_all) == (6, 1)


def test_removed_rows_and_things_that_are_no_cctv_are_left_out() -> None:
    made = plan(row("CAM-1", status="removed"), row("PRN-1", kind="other"), row("CAM-2"))
    assert [item.ref for item in made.undecided] == ["CAM-2"]
    assert made.cameras_all == 1


@pytest.mark.parametrize(
    ("sensitive", "listed", "year", "priority"),
    [
        (True, True, None, 1),
        (True, True, "2029-30", 1),
        (False, True, "2026-27", 1),
        (True, False, "2026-27", 1),
        (False, True, None, 2),
        (True, False, None, 2),
        (False, True, "2029-30", 2),
        (False, False, "2026-27", 2),
        (False, False, "2027-28", 2),
        (False, False, "2028-29", 3),
        (False, False, None, 4),
    ],
)
def test_priority_comes_from_place_list_and_year(sensitive: bool, listed: bool, year: str | None, priority: int) -> None:
    made = plan(row("CAM-1", decided("replace", year), listed=listed, sensitive=sensitive))
    assert made.items[0].priority == priority


def test_reason_says_what_the_priority_came_from_and_why_it_was_decided() -> None:
    made = plan(row("CAM-1", decided("replace", "2026-27", "Lens broken."), listed=True, sensitive=True))
    assert made.items[0].reason == "Maker listed; sensitive place; Lens broken."
    assert plan(row("CAM-1", decided("replace", "2027-28"))).items[0].reason == "Decided for 2027-28."
    assert plan(row("CAM-1", decided("replace"))).items[0].reason == "Decided, no year yet."
    assert plan(row("CAM-1")).undecided[0].reason == "No decision yet."


def test_a_reason_typed_with_hidden_characters_shows_them() -> None:
    made = plan(row("CAM-1", decided("replace", "2026-27", "ok\u202egnp.exe")))
    assert "\u202e" not in made.items[0].reason
    assert "\\u202e" in made.items[0].reason


def test_years_without_a_decision_come_from_the_priority_and_are_said() -> None:
    made = plan(
        row("CAM-1", decided("replace"), listed=True, sensitive=True),
        row("CAM-2", decided("replace"), listed=True),
        row("CAM-3", decided("replace")),
    )
    assert [item.year for item in made.items] == ["2026-27", "2027-28", None]
    assert [year.year for year in made.years] == ["2026-27", "2027-28", "No year yet"]
    assert (
        "No financial year was decided for 2 items, so the plan dates them by urgency: 1 in 2026-27 and 1 in 2027-28 (CAM-1 and CAM-2). "
        "1 less urgent item has no year." in made.risks
    )


def test_a_year_that_is_over_counts_as_this_one_and_is_said() -> None:
    made = plan(row("CAM-1", decided("replace", "2024-25")))
    assert made.items[0].year == "2026-27"
    assert any("a year that is over" in risk and "CAM-1" in risk for risk in made.risks)


def test_a_year_that_is_no_year_counts_as_none() -> None:
    assert plan(row("CAM-1", decided("replace", "soon"), listed=True)).items[0].year == "2027-28"


@pytest.mark.parametrize(("year_starts", "year"), [(4, "2026-27"), (9, "2026-27"), (12, "2025-26"), (1, "2026")])
def test_this_year_follows_the_month_the_year_starts_in(year_starts: int, year: str) -> None:
    made = plan(row("CAM-1", decided("replace"), listed=True, sensitive=True), year_starts=year_starts)
    assert made.items[0].year == year
    assert made.year_starts == year_starts


def test_totals_are_the_users_prices_with_contingency_to_the_nearest_ten_pounds() -> None:
    cameras = [row(f"CAM-{number}", decided("replace", "2026-27")) for number in range(9)]
    made = plan(*cameras, row("REC-1", decided("replace", "2026-27")), row("CAM-9", decided("replace", "2027-28")))
    first, second = made.years
    assert (first.cameras, first.recorders) == (9, 1)
    assert (first.equipment, first.fitting) == (9 * 18_000 + 105_000, 9 * 12_000 + 40_000)
    assert first.contingency == 42_000  # 10% of £4,150 is £415
    assert first.total == 415_000 + 42_000
    assert (second.equipment, second.fitting, second.contingency, second.total) == (18_000, 12_000, 3_000, 33_000)
    assert made.total.total == first.total + second.total
    assert made.total.contingency == 45_000


@pytest.mark.parametrize(("percent", "pence"), [(0, 0), (1, 0), (2, 1_000), (10, 3_000), (15, 5_000), (100, 30_000)])
def test_contingency_rounds_half_up_to_ten_pounds(percent: int, pence: int) -> None:
    made = plan(row("CAM-1", decided("replace", "2026-27")), costs=replace(COSTS, contingency_percent=percent))
    assert made.years[0].contingency == pence


def test_what_has_no_price_is_named_and_left_out() -> None:
    made = plan(
        row("CAM-1", decided("replace", "2026-27")),
        row("REC-1", decided("replace", "2026-27")),
        row("CAM-2", decided("remove", "2026-27")),
        row("ENC-1", decided("replace", "2026-27"), kind="encoder"),
        costs=Costs(camera_unit=18_000, camera_fitting=12_000),
    )
    assert {item.ref for item in made.unpriced} == {"REC-1", "CAM-2", "ENC-1"}
    assert made.years[0].equipment == 18_000
    assert (made.years[0].cameras, made.years[0].recorders) == (1, 1)


def test_no_prices_give_no_amounts() -> None:
    made = plan(row("CAM-1", decided("replace", "2026-27")), costs=Costs())
    assert made.items[0].total is None
    assert made.total.total == 0
    assert made.unpriced == made.items


def test_fitting_alone_is_no_price_and_adds_nothing() -> None:
    made = plan(row("CAM-1", decided("replace", "2026-27")), costs=Costs(camera_fitting=12_000))
    assert [(year.equipment, year.fitting, year.total) for year in made.years] == [(0, 0, 0)]


def test_a_missing_fitting_price_is_left_out_and_said() -> None:
    made = plan(row("CAM-1", decided("replace", "2026-27")), costs=Costs(camera_unit=18_000))
    assert (made.items[0].fitting, made.items[0].total) == (None, 18_000)
    assert any("No fitting price was given for cameras" in risk for risk in made.risks)


def test_a_price_of_nothing_is_a_price() -> None:
    made = plan(row("CAM-1", decided("replace", "2026-27")), costs=Costs(camera_unit=0, camera_fitting=0))
    assert made.items[0].total == 0
    assert made.unpriced == ()


@pytest.mark.parametrize("grade", ["possible", "conflicting", "unknown"])
def test_a_maker_that_is_not_named_makes_an_item_unidentified(grade: Grade) -> None:
    made = plan(row("CAM-1", decided("keep"), verdict=judged(grade)), row("CAM-2", decided("keep"), verdict=judged("likely")))
    assert [item.ref for item in made.unidentified] == ["CAM-1"]


def test_a_row_typed_by_hand_has_no_maker() -> None:
    made = make_plan(
        [PlanRow(Asset(id="1", ref="CAM-1", kind="camera", device=None), None, ())], COSTS, today=TODAY, year_starts=4
    )
    assert (made.undecided[0].grade, made.undecided[0].manufacturer) == ("unknown", None)


def test_a_camera_whose_recorder_goes_too_is_replaced_with_it() -> None:
    made = plan(
        row("CAM-1", decided("replace", "2026-27"), connected_to="id-REC-1"), row("REC-1", decided("replace", "2026-27"))
    )
    assert {item.ref: item.option for item in made.items} == {"CAM-1": "replace-with-recorder", "REC-1": "replace"}


def test_order_of_arrival_changes_nothing() -> None:
    rows = [
        row("CAM-10", decided("replace", "2026-27"), place_path=("A", "B")),
        row("CAM-9", decided("replace", "2026-27"), place_path=("A", "B")),
        row("CAM-2", decided("replace", "2027-28"), listed=True),
        row("REC-1", decided("replace", "2026-27")),
        row("CAM-4"),
        row("CAM-5", decided("keep")),
    ]
    first = plan(*rows)
    assert [item.ref for item in first.items] == ["CAM-9", "CAM-10", "REC-1", "CAM-2"]
    for order in itertools.islice(itertools.permutations(rows), 0, None, 37):
        assert plan(*order) == first
    shuffled = list(rows)
    random.Random(7).shuffle(shuffled)
    assert plan(*shuffled) == first


def test_an_empty_register_gives_an_empty_plan() -> None:
    made = plan()
    assert (made.items, made.years, made.questions, made.risks) == ((), (), (), ())
    assert made.total.total == 0


@pytest.mark.parametrize("ref", ["", "CAM", "9" * 400, "CAM-²", "CAM-٣", "\u202e7"])
def test_any_ref_can_be_sorted(ref: str) -> None:
    assert sorted([natural(ref), natural("CAM-1"), natural("7")])


# -- questions and risks


def asks(made: Plan) -> list[str]:
    return [question.ask for question in made.questions]


def test_dependencies_are_the_questions_as_sentences() -> None:
    made = plan(row("CAM-1", decided("replace", "2026-27")))
    assert made.dependencies == tuple(str(question) for question in made.questions)
    assert "Can walls and ceilings be drilled? The asbestos register" in " ".join(made.dependencies)


def test_walls_are_drilled_only_where_a_device_is_replaced() -> None:
    for option, ref, asked in (("replace", "CAM-1", True), ("separate", "CAM-1", False), ("replace", "REC-1", False)):
        made = plan(row(ref, decided(option, "2026-27")))
        assert any(need.kind == "asbestos" for batch in made.batches for need in batch.needs) is asked, (option, ref)


def test_keeping_everything_asks_nothing() -> None:
    assert plan(row("CAM-1", decided("keep")), row("REC-1", decided("keep"))).questions == ()


def test_any_work_asks_for_a_data_protection_impact_assessment() -> None:
    for what in ("replace", "remove", "separate"):
        assert any("data protection impact" in ask for ask in asks(plan(row("CAM-1", decided(what, "2026-27")))))


def test_separating_alone_needs_no_drilling_and_no_power() -> None:
    asked = " ".join(asks(plan(row("CAM-1", decided("separate")))))
    assert "drilled" not in asked
    assert "power" not in asked
    assert "Which network" in asked


def test_a_recorder_that_stays_is_asked_about_with_what_it_said() -> None:
    recorder = row("REC-1", decided("keep"), verdict=judged(channels_digital=16, probes_answered=("wsdiscovery",)))
    made = plan(row("CAM-1", decided("replace", "2026-27"), connected_to="id-REC-1"), recorder)
    question = next(question for question in made.questions if question.ask == "Will REC-1 work with the new cameras?")
    assert "1 camera recorded on it is replaced." in question.known
    assert "It reports 16 channels." in question.known
    assert "answered an ONVIF question" in question.known


def test_only_the_recorders_that_are_touched_are_asked_about() -> None:
    made = plan(row("CAM-1", decided("replace", "2026-27"), connected_to="id-REC-1"), row("REC-1"), row("REC-2"))
    assert "Will REC-1 work with the new cameras?" in asks(made)
    assert "Will REC-2 work with the new cameras?" not in asks(made)


def test_many_recorders_share_one_question() -> None:
    recorders = [row(f"REC-{number}") for number in range(9)]
    asked = asks(plan(row("CAM-1", decided("replace", "2026-27")), *recorders))
    assert "Will the 9 recorders that are not replaced work with the new cameras?" in asked
    assert sum("REC-" in ask for ask in asked) == 0


def test_a_new_recorder_is_asked_about_the_cameras_that_stay() -> None:
    made = plan(row("REC-1", decided("replace", "2026-27")), row("CAM-1", decided("keep"), connected_to="id-REC-1"))
    asked = asks(made)
    assert "Will the new recorder work with CAM-1?" in asked
    assert "Is there enough storage for the recordings?" in asked
    assert "How long must old footage be kept?" in asked


def test_analogue_channels_speak_of_coaxial_cable() -> None:
    recorder = row("REC-1", verdict=judged(channels_analogue=8))
    made = plan(row("CAM-1", decided("replace", "2026-27")), recorder)
    known = next(question.known for question in made.questions if question.ask == "Can the cables be used again?")
    assert "REC-1 reports analogue channels" in known
    without = plan(row("CAM-1", decided("replace", "2026-27")))
    assert "coaxial" not in " ".join(without.dependencies)


def test_viewing_software_is_asked_about_where_there_is_some() -> None:
    made = plan(row("CAM-1", decided("replace", "2026-27")), row("VMS-1", kind="software"))
    assert "Will the viewing software show the new equipment?" in asks(made)
    assert "viewing software" not in " ".join(asks(plan(row("CAM-1", decided("replace", "2026-27")))))


def test_risks_name_what_no_other_page_names() -> None:
    made = plan(
        row("CAM-1", decided("replace", "2026-27"), verdict=judged("likely")),
        row("CAM-2", verdict=judged("unknown", None)),
        row("CAM-3", listed=True),
        row("CAM-4", decided("keep"), status="not-seen"),
        row("CAM-5", decided("keep-review", review_on="2026-01-31")),
        row("CAM-6", decided("replace", "2028-29"), listed=True, sensitive=True),
    )
    said = "\n".join(made.risks)
    assert "likely, not certain: CAM-1." in said
    assert sorted(item.ref for item in made.undecided) == ["CAM-2", "CAM-3"]
    assert "CAM-2" not in said
    assert "CAM-3" not in said
    assert "marked as not seen: CAM-4. Check that it is still there." in said
    assert "CAM-5 was kept until a review on 31 January 2026; that day has passed." in said
    assert (
        "1 item due in the first year (priority 1) waits until 2028-29, the year that staff chose: CAM-6. Ask staff why."
        in said
    )


def test_a_rise_in_prices_is_worked_out_to_the_pound() -> None:
    made = plan(*(row(f"CAM-{number}", decided("replace", "2026-27")) for number in range(3)))
    risen = "A 5% rise in prices adds £45 to the £900 before contingency, excluding VAT."
    assert f"{risen} The contingency of £90 covers it if nothing else needs that money." in made.risks
    for percent, told in ((0, "There is no contingency to cover it."), (4, "The contingency of £40 does not cover it.")):
        made = plan(
            *(row(f"CAM-{number}", decided("replace", "2026-27")) for number in range(3)),
            costs=replace(COSTS, contingency_percent=percent),
        )
        assert f"{risen} {told}" in made.risks


def test_a_maker_based_in_china_is_a_reason_of_its_own_and_never_a_listed_one() -> None:
    made = plan(
        based("CAM-1", decided("replace"), sensitive=True), row("CAM-2", decided("replace"), listed=True, sensitive=True)
    )
    first, second = made.items
    assert (first.based, first.listed_on, first.priority) == (True, (), 1)
    assert first.reason == "Maker based in China (our reading); sensitive place."
    assert (second.based, second.reason) == (False, "Maker listed; sensitive place.")
    assert [(batch.listed, batch.based) for batch in made.acting] == [(1, 0), (0, 1)]


def test_a_maker_that_a_list_names_too_is_listed() -> None:
    (item,) = plan(replace(row("CAM-1", decided("replace"), listed=True), based=True)).items
    assert (item.based, item.reason) == (False, "Maker listed.")


def test_what_waits_for_a_decision_is_told_apart() -> None:
    made = plan(based("CAM-1"), row("CAM-2", listed=True))
    assert [(item.ref, item.based, bool(item.listed_on)) for item in made.undecided] == [
        ("CAM-1", True, False),
        ("CAM-2", False, True),
    ]
