"""What a device can do: what it says itself, what its maker's pages say, and that not seen is not absent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from attribution.small_knowledge import seen, small_knowledge
from camcensus.assessment import capabilities as room
from camcensus.assessment.capabilities import capabilities
from camcensus.model.device import Attribution, CapabilityFinding, Description, Grade, Observation
from camcensus.model.records import CAPABILITIES, CapabilityClaim
from camcensus.store.vendors_db.read import load_knowledge


def claim(
    capabilities: str,
    models: str | None,
    verified: bool = True,
    brand: str | None = None,
    kind: Any = "able",
    said_by: str = "",
) -> CapabilityClaim:
    some: Any = tuple(capabilities.split())
    return CapabilityClaim("hikvision", kind, some, models, "DS-2CD7 series", "a page", "src", verified, said_by, brand)


KNOWLEDGE = small_knowledge(
    brand_names={"hikvision": "Hikvision", "honeywell": "Honeywell"},
    capabilities=(
        claim("ethnicity", "^DS-2CD7"),
        claim("emotion", "^DS-2CD7", verified=False),
        claim("mask", None),
        claim("crowd", "^DS-2CD7", brand="honeywell"),
        claim("face-detection", "^DS-2CD7"),
        claim("face-recognition face-detection number-plate", "^DS-2CD7", kind="one-of"),
        claim("fight number-plate skin-colour", "^DS-2CD7", said_by="a newspaper"),
        claim("fight temperature", "^DS-2CD7", kind="none"),
        claim("person-vehicle face-detection", "^DS-2CD1", kind="none"),
    ),
)


def found(
    *observations: Observation, model: str | None = None, grade: Grade = "likely", brand: str | None = "Hikvision"
) -> dict[str, CapabilityFinding]:
    attribution = Attribution("hikvision", brand, grade, ("hikvision",), (), (), (), "", "test")
    answers = capabilities(observations, attribution, Description(model=model), KNOWLEDGE)
    assert [answer.capability for answer in answers] == [
        name for name in CAPABILITIES if name in {a.capability for a in answers}
    ]
    return {answer.capability: answer for answer in answers}


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("onvif.topic", "tns1:RuleEngine/Recognition/Face", "face-recognition"),
        ("onvif.topic", "tns1:RuleEngine/Recognition/LicensePlate", "number-plate"),
        ("onvif.topic", "tns1:RuleEngine/MyRuleDetector/FaceDetect", "face-detection"),
        ("onvif.topic", "tns1:RuleEngine/CountAggregation/Counter", "people-counting"),
        ("onvif.topic", "tns1:RuleEngine/LineDetector/Crossed", "line-crossing"),
        ("onvif.topic", "tns1:RuleEngine/LoiteringDetector/ObjectIsLoitering", "behaviour"),
        ("onvif.topic", "tns1:VideoAnalytics/Radiometry/BodyTemperatureAlarm", "temperature"),
        ("onvif.rule", "tt:FieldDetector", "line-crossing"),
        ("onvif.analytics_type", "tt:LineDetectorEngine", "line-crossing"),
        ("onvif.analytics_module", "MyFieldDetectorModule", "line-crossing"),
        ("onvif.scope", "onvif://www.onvif.org/type/audio_encoder", "audio"),
    ],
)
def test_a_name_in_the_devices_own_answers_means_that_it_can(field: str, value: str, expected: str) -> None:
    answers = found(seen("onvif.GetX", **{field.replace(".", "__"): value}))
    assert list(answers) == [expected]
    answer = answers[expected]
    assert (answer.state, answer.seen, answer.said_by) == ("able", value, "device")


@pytest.mark.parametrize(
    "value",
    ["tt:CellMotionEngine", "MyCellMotionModule", "hikxsd:TamperEngine", "tns1:VideoSource/MotionAlarm", "tt:Surface", ""],
)
def test_motion_and_tampering_are_none_of_these(value: str) -> None:
    assert found(seen("onvif.GetX", onvif__analytics_type=value, onvif__analytics_module=value, onvif__topic=value)) == {}


def test_a_verified_page_about_the_model_says_able_and_never_on() -> None:
    answers = found(model="DS-2CD7A26G0")
    able = {name for name, answer in answers.items() if answer.state == "able"}
    assert able == {"ethnicity", "face-detection"}
    assert {answer.state for answer in answers.values()} == {"able", "unknown"}
    assert (answers["ethnicity"].said_by, answers["ethnicity"].seen, answers["ethnicity"].source) == (
        "maker",
        "DS-2CD7 series",
        "src",
    )


def test_one_of_several_is_not_known_and_says_which() -> None:
    answers = found(model="DS-2CD7A26G0")
    for name in ("face-recognition", "number-plate"):
        assert (answers[name].state, answers[name].claim, answers[name].said_by) == ("unknown", "one-of", "maker")
    assert answers["number-plate"].seen == "One of face-recognition, face-detection, number-plate: DS-2CD7 series"


def test_what_somebody_else_says_is_not_known_and_names_who_says_so() -> None:
    answer = found(model="DS-2CD7A26G0")["skin-colour"]
    assert (answer.state, answer.said_by, answer.who) == ("unknown", "other", "a newspaper")
    assert answer.seen == "DS-2CD7 series, by a newspaper"


def test_a_data_sheet_that_lists_none_says_unknown_never_off() -> None:
    answers = found(model="DS-2CD1043G0-I")
    assert {name: (answer.state, answer.claim) for name, answer in answers.items()} == {
        "person-vehicle": ("unknown", "none"),
        "face-detection": ("unknown", "none"),
    }


def test_what_others_say_comes_before_what_a_data_sheet_leaves_out() -> None:
    answers = found(model="DS-2CD7A26G0")
    assert (answers["fight"].said_by, answers["temperature"].claim) == ("other", "none")


def test_a_claim_about_one_brand_is_about_that_brand() -> None:
    assert "crowd" in found(model="DS-2CD7A26G0", brand="Honeywell")


@pytest.mark.parametrize("grade", ["possible", "conflicting", "unknown"])
def test_a_makers_page_says_nothing_of_a_device_whose_maker_is_not_named(grade: Grade) -> None:
    assert found(model="DS-2CD7A26G0", grade=grade) == {}


def test_the_devices_own_word_comes_before_a_page() -> None:
    answers = found(seen("onvif.GetX", onvif__topic="tns1:RuleEngine/MyRuleDetector/FaceDetect"), model="DS-2CD7A26G0")
    assert answers["face-detection"].said_by == "device"


def test_the_order_of_the_replies_changes_nothing() -> None:
    one = seen("onvif.GetA", onvif__topic="tns1:RuleEngine/LineDetector/Crossed")
    two = seen("onvif.GetB", onvif__topic="tns1:RuleEngine/LoiteringDetector/X")
    assert found(one, two) == found(two, one)


def test_nothing_seen_is_nothing_said() -> None:
    assert found(seen("http", http__status="401")) == {}


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("isapi.supports", "FaceDetect", {"face-detection": "able"}),
        ("isapi.supports", "FaceContrast", {"face-recognition": "able"}),
        ("isapi.supports", "FieldDetection", {"line-crossing": "able"}),
        ("isapi.supports", "Counting", {"people-counting": "able"}),
        ("isapi.supports", "Thermometry", {"temperature": "able"}),
        ("isapi.supports", "ThermometryShieldMask", {}),
        ("dahua-cgi.rule", "FaceDetection on", {"face-detection": "on"}),
        ("dahua-cgi.rule", "FaceRecognition off", {"face-recognition": "off", "face-detection": "off"}),
        ("dahua-cgi.rule", "FightDetection on", {"fight": "on"}),
        ("dahua-cgi.rule", "RioterDetection off", {"crowd": "off"}),
        ("dahua-cgi.rule", "VideoAbnormalDetection on", {}),
        ("axis-cgi.application", "loiteringguard Stopped AXIS Loitering Guard", {"behaviour": "off"}),
        ("axis-cgi.application", "fenceguard Running AXIS Fence Guard", {"line-crossing": "on"}),
        (
            "axis-cgi.application",
            "objectanalytics Stopped AXIS Object Analytics",
            {"person-vehicle": "off", "line-crossing": "off"},
        ),
        ("dahua-cgi.rule", "CrossLineDetection on", {"line-crossing": "on"}),
        ("dahua-cgi.rule", "WanderDetection off", {"behaviour": "off"}),
        ("axis-cgi.application", "vmd Running loiteringguard ", {}),
    ],
)
def test_makers_own_words_mean_able_on_or_off(field: str, value: str, expected: dict[str, str]) -> None:
    answers = found(seen("isapi.x", **{field.replace(".", "__"): value}))
    assert {name: answer.state for name, answer in answers.items()} == expected
    assert all(answer.said_by == "device" and answer.seen == value for answer in answers.values())


@pytest.mark.parametrize("turned", [False, True])
def test_switched_on_in_one_place_is_on_and_off_says_more_than_able(turned: bool) -> None:
    replies = [
        seen("dahua-cgi.getConfig", dahua_cgi__rule=("CrossLineDetection off", "WanderDetection on", "FaceDetection off")),
        seen("onvif.GetEventProperties", onvif__topic=("tns1:RuleEngine/LineDetector/Crossed", "x/FaceDetector")),
        seen("onvif.GetRules", onvif__analytics_type="tt:FaceDetectorX"),
    ]
    replies = [replace(one, reading=replace(one.reading, fields=renamed(one))) for one in replies]
    answers = found(*(reversed(replies) if turned else replies))
    assert {name: (answer.state, answer.seen) for name, answer in answers.items()} == {
        "line-crossing": ("off", "CrossLineDetection off"),
        "behaviour": ("on", "WanderDetection on"),
        "face-detection": ("off", "FaceDetection off"),
    }


def renamed(one: Observation) -> dict[str, tuple[str, ...]]:
    return {name.replace("dahua_cgi", "dahua-cgi"): values for name, values in one.reading.fields.items()}


def test_every_source_is_one_of_the_knowledge(data_dir: Path) -> None:
    held = load_knowledge(data_dir / "vendors.db").sources
    assert {field.source for field in room._FIELDS} <= set(held)
