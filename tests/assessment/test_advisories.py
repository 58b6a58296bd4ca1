"""Published flaws through the true maker: yes, maybe and no, relabels, and what is never claimed."""

from __future__ import annotations

from typing import Any

import pytest

from attribution.small_knowledge import small_knowledge
from camcensus.assessment.advisories import advisories
from camcensus.model.attribution import GRADES, NAMED_GRADES, Attribution, Grade
from camcensus.model.device import Description
from camcensus.model.records import Advisory, Affected
from camcensus.model.verdict import AdvisoryFinding


def advisory(id: str, maker: str, *affected: Affected, **more: Any) -> Advisory:
    return Advisory(id, maker, "A flaw", "It has a flaw.", "src", more.pop("verified", True), affected=affected, **more)


RANGE = Affected((r"^DS-2CD2.{2}2F",), built_until="2016-05-30", version_until="5.4.0")
KNOWLEDGE = small_knowledge(
    brand_names={"honeywell": "Honeywell", "lorex": "Lorex", "hikvision": "Hikvision", "dahua": "Dahua", "ezviz": "EZVIZ"},
    advisories=(
        advisory("CVE-1", "hikvision", RANGE, models_complete=True, exploited=True),
        advisory("CVE-2", "hikvision", models_said="many cameras"),
        advisory("CVE-3", "hikvision", Affected(("^DS-K1T",), every_firmware=True), models_complete=True),
        advisory("CVE-4", "hikvision", Affected(("^DS-2CD",), every_firmware=True), verified=False),
        advisory("CVE-5", "hikvision", Affected(("^DS-2CD",), built_until="2017", certain=False)),
        advisory("CVE-6", "hikvision", Affected(("^DS-2CD",), every_firmware=True), software=True),
        advisory("CVE-7", "hikvision", Affected(("^DS-2CD",))),
        advisory("CVE-8", "hikvision", Affected((), built_before="2021-09-01")),
        advisory("CVE-9", "dahua", Affected(("^IPC-",), every_firmware=True), models_complete=True),
        advisory("CVE-10", "axis", Affected(("^LBC",), every_firmware=True), models_complete=True, brand="lorex"),
    ),
)


def found(
    model: str | None = None,
    *,
    maker: str | None = "hikvision",
    brand: str | None = "Hikvision",
    grade: Grade = "likely",
    **more: Any,
) -> dict[str, AdvisoryFinding]:
    candidates = (maker,) if maker else ()
    attribution = Attribution(maker, brand, grade, candidates, (), (), (), "", "test")
    answers = advisories(attribution, Description(model=model, **more), KNOWLEDGE)
    assert len({answer.id for answer in answers}) == len(answers)
    return {answer.id: answer for answer in answers}


def test_a_model_and_a_build_inside_the_range_is_yes_and_says_that_attacks_are_known() -> None:
    answer = found("DS-2CD2432F-IW", firmware="V5.3.0 build 150513", firmware_date="2015-05-13")["CVE-1"]
    assert (answer.applies, answer.known_exploited) == ("yes", True)
    assert answer.why == "Its model is one of those named, and its firmware, built 13 May 2015, is one that has the flaw."


def test_newer_firmware_of_a_named_model_is_no() -> None:
    answer = found("DS-2CD2432F-IW", firmware="V5.5.0 build 170725", firmware_date="2017-07-25")["CVE-1"]
    assert (answer.applies, answer.known_exploited) == ("no", True)
    assert "25 July 2017" in answer.why


def test_a_named_model_with_firmware_that_is_not_known_is_maybe() -> None:
    answer = found("DS-2CD2432F-IW")["CVE-1"]
    assert (answer.applies, answer.why) == ("maybe", "Its model is one of those named; its firmware is not known.")


def test_an_advisory_about_other_models_is_left_out_and_one_that_names_none_is_maybe() -> None:
    answers = found("DS-2CD2T46G2-ISU", firmware_date="2022-01-01")
    assert "CVE-1" not in answers
    assert "CVE-3" not in answers
    assert answers["CVE-2"].applies == "maybe"
    assert "CVE-8" not in answers
    assert found("DS-2CD2T46G2-ISU", firmware_date="2021-08-31")["CVE-8"].applies == "maybe"


def test_what_was_not_verified_or_is_not_certain_is_maybe_at_most() -> None:
    answers = found("DS-2CD2T46G2-ISU", firmware_date="2016-01-01")
    assert {answers[name].applies for name in ("CVE-4", "CVE-5", "CVE-7")} == {"maybe"}
    assert "we have not seen the original" in answers["CVE-4"].why
    assert "some firmware of that range is free" in answers["CVE-5"].why
    assert "does not say which firmware" in answers["CVE-7"].why


def test_programs_for_a_computer_are_not_in_a_camera() -> None:
    assert "CVE-6" not in found("DS-2CD2T46G2-ISU")


def test_a_relabel_is_covered_by_its_true_maker_and_its_own_model_names_rule_nothing_out() -> None:
    answers = found("TV-IP320PI", brand="TRENDnet", firmware="V5.3.4 build 160830", firmware_date="2016-08-30")
    assert answers["CVE-1"].applies == "maybe"
    assert answers["CVE-1"].why == "It is sold as TRENDnet; the report names models by the maker's own names."
    assert answers["CVE-3"].applies == "maybe"
    assert "CVE-9" not in answers
    assert found("H4W2PER3", maker="dahua", brand="Honeywell")["CVE-9"].applies == "maybe"
    assert found("DS-2CD2432F-IW", brand="TRENDnet", firmware="5.3", firmware_date="2015-05-13")["CVE-1"].applies == "yes"


def test_a_box_without_a_name_may_be_a_relabel() -> None:
    assert found("XYZ-1", brand=None)["CVE-1"].applies == "maybe"
    assert "CVE-1" not in found("XYZ-1")


def test_a_subsidiarys_devices_carry_what_is_on_record_about_the_owner_and_not_the_other_way_round() -> None:
    assert "CVE-2" in found("CS-C3", maker="ezviz-co", brand="EZVIZ")
    assert "CVE-1" not in found("CS-C3", maker="ezviz-co", brand="EZVIZ")


def test_an_advisory_about_a_brand_is_about_it_whoever_made_the_device() -> None:
    assert found("LBC100", maker="dahua", brand="Lorex")["CVE-10"].applies == "yes"
    assert "CVE-10" not in found("LBC100", maker="dahua", brand="Honeywell")


@pytest.mark.parametrize("grade", GRADES)
def test_only_a_maker_that_is_named_carries_advisories(grade: Grade) -> None:
    named = grade in NAMED_GRADES
    assert bool(found("DS-2CD2432F-IW", grade=grade)) is named
    assert found("DS-2CD2432F-IW", maker=None, grade=grade) == {}


def test_the_firmest_come_first_and_of_these_the_ones_with_known_attacks() -> None:
    answers = list(found("DS-2CD2432F-IW", firmware="V5.3.0", firmware_date="2015-05-13").values())
    order = [("yes", "maybe", "no").index(answer.applies) for answer in answers]
    assert order == sorted(order)
    assert answers[0].id == "CVE-1"
    assert all(answer.why.endswith(".") for answer in answers)


def test_a_model_that_means_harm_is_only_text() -> None:
    assert found("DS-2CD2" + "(" * 100_000)["CVE-2"].applies == "maybe"
