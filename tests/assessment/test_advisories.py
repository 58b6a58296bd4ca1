"""Published flaws through the true maker: yes, maybe and no, relabels, other kinds of product, and what is never claimed."""

from __future__ import annotations

from typing import Any

import pytest

from attribution.small_knowledge import small_knowledge
from camcensus.assessment.advisories import FlawAnswers, flaws
from camcensus.model.device import GRADES, NAMED_GRADES, AdvisoryFinding, Attribution, Description, DeviceKind, Grade
from camcensus.model.records import Advisory, Affected


def advisory(id: str, maker: str, *affected: Affected, **more: Any) -> Advisory:
    types = more.pop("product_types", ("camera",))
    return Advisory(id, maker, "A flaw", "It has a flaw.", "src", more.pop("verified", True), types, affected=affected, **more)


RANGE = Affected((r"^DS-2CD2.{2}2F",), built_until="2016-05-30", version_until="5.4.0")
KNOWLEDGE = small_knowledge(
    brand_names={"honeywell": "Honeywell", "lorex": "Lorex", "hikvision": "Hikvision", "dahua": "Dahua", "ezviz": "EZVIZ"},
    advisories=(
        advisory("CVE-1", "hikvision", RANGE, models_complete=True, exploited=True, fixed_in="V5.4.1"),
        advisory("CVE-2", "hikvision", models_said="many cameras"),
        advisory("CVE-3", "hikvision", Affected(("^DS-K1T",), every_firmware=True), models_complete=True),
        advisory("CVE-4", "hikvision", Affected(("^DS-2CD",), every_firmware=True), verified=False),
        advisory("CVE-5", "hikvision", Affected(("^DS-2CD",), built_until="2017", certain=False)),
        advisory("CVE-6", "hikvision", Affected(("^DS-2CD",), every_firmware=True), product_types=("software",)),
        advisory("CVE-7", "hikvision", Affected(("^DS-2CD",))),
        advisory("CVE-8", "hikvision", Affected((), built_before="2021-09-01")),
        advisory("CVE-9", "dahua", Affected(("^IPC-",), every_firmware=True), models_complete=True),
        advisory("CVE-10", "axis", Affected(("^LBC",), every_firmware=True), models_complete=True, brand="lorex"),
        advisory("CVE-11", "hikvision", Affected(("^DS-",), every_firmware=True), product_types=("switch", "storage")),
        advisory(
            "CVE-12",
            "hikvision",
            Affected(("^DS-2CD",), kind="camera", version_before="5.4.5"),
            Affected(("^DS-7",), kind="recorder", version_before="4.0"),
            product_types=("camera", "recorder"),
        ),
        advisory("CVE-13", "dahua", Affected(("^IPC-",)), exploited=True),
        advisory("CVE-15", "lorex", Affected((".",), version_before="2.4"), brand="lorex"),
        advisory("CVE-14", "axis", Affected((".",), version_from="6.50", version_before="9.80.5"), models_complete=True),
    ),
)


def answers(
    model: str | None = None,
    *,
    maker: str | None = "hikvision",
    brand: str | None = "Hikvision",
    grade: Grade = "likely",
    kind: DeviceKind = "camera",
    **more: Any,
) -> FlawAnswers:
    candidates = (maker,) if maker else ()
    attribution = Attribution(maker, brand, grade, candidates, (), (), (), "", "test")
    return flaws(attribution, Description(kind=kind, model=model, **more), KNOWLEDGE)


def found(model: str | None = None, **more: Any) -> dict[str, AdvisoryFinding]:
    given = answers(model, **more).findings
    assert len({answer.id for answer in given}) == len(given)
    return {answer.id: answer for answer in given}


def others(model: str | None = None, **more: Any) -> set[str]:
    given = answers(model, **more).others
    assert {answer.applies for answer in given} <= {"no"}
    return {answer.id for answer in given}


def asked(model: str | None = None, **more: Any) -> tuple[str | None, set[str]]:
    given = answers(model, **more)
    return given.asks, {one.id for one in given.open}


def test_a_model_and_a_build_inside_the_range_is_yes_and_says_that_attacks_are_known() -> None:
    answer = found("DS-2CD2432F-IW", firmware="V5.3.0 build 150513", firmware_date="2015-05-13")["CVE-1"]
    assert (answer.applies, answer.known_exploited, answer.product_type, answer.fixed_in) == ("yes", True, "camera", "V5.4.1")
    assert answer.why == "Its model is one of those named, and its firmware, built 13 May 2015, is one that has the flaw."


def test_newer_firmware_of_a_named_model_is_no() -> None:
    answer = found("DS-2CD2432F-IW", firmware="V5.5.0 build 170725", firmware_date="2017-07-25")["CVE-1"]
    assert (answer.applies, answer.known_exploited) == ("no", True)
    assert "25 July 2017" in answer.why


def test_a_named_model_with_firmware_that_is_not_known_is_maybe() -> None:
    answer = found("DS-2CD2432F-IW")["CVE-1"]
    assert answer.applies == "maybe"
    assert answer.why == "Its model is one of those named; its firmware is not known. Look it up on the device’s own page."


def test_a_record_about_other_models_is_no_where_it_names_all_and_says_nothing_where_it_goes_on() -> None:
    every = {"CVE-4", "CVE-5", "CVE-7", "CVE-8", "CVE-12"}
    assert set(found("DS-2CD2T46G2-ISU", firmware="V5.7.0 build 220101")) == every
    assert others("DS-2CD2T46G2-ISU", firmware="V5.7.0 build 220101") == {"CVE-1", "CVE-3"}
    assert asked("DS-2CD2T46G2-ISU", firmware="V5.7.0 build 220101") == (None, set())


def test_a_record_that_names_neither_models_nor_firmware_says_nothing_of_one_device() -> None:
    for model in ("DS-2CD2T46G2-ISU", None):
        given = answers(model)
        assert "CVE-2" not in {one.id for one in (*given.findings, *given.others, *given.open)}


def test_a_record_of_all_models_of_some_firmware_goes_by_the_firmware() -> None:
    assert found("DS-2CD2T46G2-ISU", firmware_date="2022-01-01")["CVE-8"].applies == "no"
    assert found("DS-2CD2T46G2-ISU", firmware="V5.6.0 build 210831")["CVE-8"].applies == "maybe"
    assert asked("XYZ-9") == ("firmware", {"CVE-8"})


def test_a_record_of_all_products_goes_by_the_firmware_and_asks_once_for_it() -> None:
    axis = {"maker": "axis", "brand": "Axis"}
    assert found("P3364-LV", firmware="8.40.1", **axis)["CVE-14"].applies == "yes"
    fixed = found("P3364-LV", firmware="9.80.5", **axis)["CVE-14"]
    assert (fixed.applies, fixed.why) == (
        "no",
        "The report is about all models, but its firmware 9.80.5 is not one that has the flaw.",
    )
    assert asked("P3364-LV", **axis) == ("firmware", {"CVE-14"})
    assert found(None, firmware="8.40.1", **axis)["CVE-14"].applies == "yes"
    assert "CVE-14" in asked("X-1", firmware="8.40.1", maker="axis", brand="Honeywell")[1]


@pytest.mark.parametrize("kind", ["camera", "recorder", "intercom", "unknown"])
def test_a_flaw_of_another_kind_of_product_is_no_answer_at_all(kind: DeviceKind) -> None:
    given = answers("DS-2CD2432F-IW", kind=kind, firmware="V5.3.0 build 150513")
    every = {one.id for one in (*given.findings, *given.others, *given.open)}
    assert not every & {"CVE-6", "CVE-11"}
    assert {one.product_type for one in (*given.findings, *given.others)} <= (
        {"camera", "recorder", "encoder"} if kind == "unknown" else {kind}
    )
    assert ("CVE-1" in every) is (kind in ("camera", "unknown"))


def test_a_range_of_one_kind_says_nothing_of_another() -> None:
    assert found("DS-7608NI-I2", kind="recorder", firmware="V3.4.0")["CVE-12"].applies == "yes"
    assert found("DS-7608NI-I2", kind="camera", firmware="V3.4.0").get("CVE-12") is None
    answer = found("DS-7608NI-I2", kind="unknown", firmware="V3.4.0")["CVE-12"]
    assert (answer.applies, answer.product_type) == ("yes", "recorder")


def test_a_fixed_build_is_not_affected() -> None:
    assert found("DS-2CD2432F-IW", firmware="V5.4.5 build 170123")["CVE-12"].applies == "no"
    assert found("DS-2CD2432F-IW", firmware="V5.4.4")["CVE-12"].applies == "yes"


def test_what_was_not_verified_or_is_not_certain_is_maybe_at_most() -> None:
    answers = found("DS-2CD2T46G2-ISU", firmware_date="2016-01-01")
    assert {answers[name].applies for name in ("CVE-4", "CVE-5", "CVE-7")} == {"maybe"}
    assert "we have not seen the original" in answers["CVE-4"].why
    assert "some firmware of that range is free" in answers["CVE-5"].why
    assert "does not say which firmware" in answers["CVE-7"].why


def test_programs_for_a_computer_are_not_in_a_camera() -> None:
    assert "CVE-6" not in found("DS-2CD2T46G2-ISU")


def test_a_relabel_asks_once_for_the_makers_model_and_its_own_model_names_rule_nothing_out() -> None:
    relabel = {"brand": "TRENDnet", "firmware": "V5.3.4 build 160830"}
    assert asked("TV-IP320PI", **relabel) == ("name", {"CVE-1", "CVE-3", "CVE-4", "CVE-5", "CVE-7", "CVE-12"})
    assert others("TV-IP320PI", **relabel) == set()
    assert found("TV-IP320PI", **relabel).keys() == {"CVE-8"}
    assert asked("H4W2PER3", maker="dahua", brand="Honeywell") == ("name", {"CVE-9", "CVE-13"})
    assert answers("H4W2PER3", maker="dahua", brand="Honeywell").open[0].id == "CVE-13"  # attacks are known


def test_a_relabel_that_keeps_the_makers_model_name_is_judged_by_it() -> None:
    relabel = {"brand": "TRENDnet", "firmware": "5.3", "firmware_date": "2015-05-13"}
    assert found("DS-2CD2432F-IW", **relabel)["CVE-1"].applies == "yes"
    assert asked("DS-2CD2432F-IW", **relabel) == (None, set())


def test_a_box_without_a_name_may_be_a_relabel() -> None:
    assert asked("XYZ-1", brand=None)[0] == "name"
    assert "CVE-1" not in asked("XYZ-1")[1]


def test_a_model_that_is_not_known_is_one_question() -> None:
    assert asked(None) == ("model", {"CVE-1", "CVE-3", "CVE-4", "CVE-5", "CVE-7", "CVE-8", "CVE-12"})
    assert found(None) == {}


def test_a_subsidiarys_devices_carry_what_is_on_record_about_the_owner_and_not_the_other_way_round() -> None:
    assert "CVE-8" in found("CS-C3", maker="ezviz-co", brand="EZVIZ", firmware="V5.2.0 build 190101")
    assert "CVE-1" in others("CS-C3", maker="ezviz-co", brand="EZVIZ")


def test_an_advisory_about_a_brand_is_about_it_whoever_made_the_device() -> None:
    assert found("LBC100", maker="dahua", brand="Lorex")["CVE-10"].applies == "yes"
    assert "CVE-10" not in found("LBC100", maker="dahua", brand="Honeywell")


def test_an_advisory_about_all_models_of_a_brand_goes_by_the_firmware_whoever_made_the_device() -> None:
    lorex = {"maker": "dahua", "brand": "Lorex"}
    assert found("LNB4421", firmware="2.3.1", **lorex)["CVE-15"].applies == "yes"
    assert found("LNB4421", firmware="2.4.0", **lorex)["CVE-15"].applies == "no"
    assert "CVE-15" in asked("LNB4421", **lorex)[1]


@pytest.mark.parametrize("grade", GRADES)
def test_a_maker_that_is_not_named_carries_no_advisories_beyond_those_of_the_name_on_the_box(grade: Grade) -> None:
    assert bool(found("DS-2CD2432F-IW", grade=grade, brand="TRENDnet")) is (grade in NAMED_GRADES)
    assert found("DS-2CD2432F-IW", maker=None, grade=grade, brand=None) == {}
    assert not answers("DS-2CD2432F-IW", maker=None, grade=grade, brand=None).looked


def test_a_flaw_of_a_brand_and_model_reaches_the_device_that_says_them_though_nobody_knows_who_made_it() -> None:
    unknown: dict[str, Any] = {"maker": None, "grade": "unknown"}
    assert found("LBC100", brand="Lorex", **unknown)["CVE-10"].applies == "yes"
    inside = {"firmware": "V5.3.4 build 160101", "firmware_date": "2016-01-01"}
    assert found("DS-2CD2432F-IW", **inside, **unknown)["CVE-1"].applies == "yes"
    assert found("LNB4421", brand="Lorex", firmware="2.3.1", **unknown)["CVE-15"].applies == "maybe"  # names no model
    assert asked(None, brand="Lorex", **unknown) == ("model", {"CVE-10", "CVE-15"})


def test_a_maker_that_sells_what_another_made_carries_its_own_advisories_by_the_name_on_the_box() -> None:
    assert found("DS-2CD2432F-IW", maker="dahua", firmware="5.3", firmware_date="2015-05-13")["CVE-1"].applies == "yes"


def test_where_signs_disagree_about_the_maker_a_flaw_is_maybe_at_most() -> None:
    answer = found("LBC100", maker=None, brand="Lorex", grade="conflicting")["CVE-10"]
    assert (answer.applies, "disagree about who made it" in answer.why) == ("maybe", True)


def test_the_firmest_come_first_and_of_these_the_ones_with_known_attacks() -> None:
    answers = list(found("DS-2CD2432F-IW", firmware="V5.3.0", firmware_date="2015-05-13").values())
    order = [("yes", "maybe", "no").index(answer.applies) for answer in answers]
    assert order == sorted(order)
    assert answers[0].id == "CVE-1"
    assert all(answer.why.endswith(".") for answer in answers)


def test_a_model_that_means_harm_is_only_text() -> None:
    assert found("DS-2CD2" + "(" * 100_000)["CVE-7"].applies == "maybe"
