"""In the JSON a sign supports what is answered to what it speaks of: the maker, the brand, the kind, the model, a part."""

from __future__ import annotations

import json
from typing import Any

from attribution.small_knowledge import does, says, seen, small_knowledge
from camcensus.model.device import Observation
from camcensus.tasks.device_entries import device_entry
from camcensus.tasks.finding.census import judge
from camcensus.wire.read import read
from samples import observation, packet

KNOWLEDGE = small_knowledge(
    fingerprints=(
        says("says-bcs", "manufacturer", "^BCS$", "bcs"),
        says("called-bcs", "name", "^BCS", "bcs"),
        does("dhip", "dhip.answer", "^client", "dahua", "protocol", "conclusive"),
        says("says-axis", "name", "AXIS", "axis"),
        says("is-camera", "onvif.scope", "/type/ptz", "camera", role="kind"),
        says("is-recorder", "model", "^NVR", "recorder", role="kind"),
        says("has-chip", "http.server", "^uc-httpd", "hisilicon", "weak", role="component"),
    ),
)


def supports(*observations: Observation) -> dict[str, bool]:
    (verdict,) = judge(observations, KNOWLEDGE)
    entry: dict[str, Any] = device_entry(verdict, KNOWLEDGE)
    of_the_knowledge = {one.id for one in KNOWLEDGE.fingerprints}
    return {sign["fingerprint"]: sign["supports"] for sign in entry["evidence"] if sign["fingerprint"] in of_the_knowledge}


def test_the_name_on_a_rebrand_supports_the_brand_and_another_name_does_not() -> None:
    found = supports(
        seen("onvif.GetDeviceInformation", manufacturer="BCS"),
        seen("onvif.GetScopes", name="BCS-1"),
        seen("wsdiscovery", name="AXIS P1"),
        seen("dhip", dhip__answer="client.notifyDevInfo"),
    )
    assert found == {"dhip": True, "says-bcs": True, "called-bcs": True, "says-axis": False}


def test_a_sign_of_another_kind_than_the_answer_is_against_it() -> None:
    assert supports(
        seen("onvif.GetScopes", onvif__scope="onvif://www.onvif.org/type/ptz"),
        seen("onvif.GetDeviceInformation", model="NVR 4"),
    ) == {"is-camera": False, "is-recorder": True}


def test_the_signs_of_the_kind_stand_by_themselves_too_with_grade_and_reason() -> None:
    (verdict,) = judge(
        [
            seen("onvif.GetScopes", onvif__scope="onvif://www.onvif.org/type/ptz"),
            seen("onvif.GetDeviceInformation", model="NVR 4"),
        ],
        KNOWLEDGE,
    )
    entry: dict[str, Any] = device_entry(verdict, KNOWLEDGE)
    assert (entry["kind"], entry["kind_grade"]) == ("recorder", "likely")
    assert entry["kind_reason"].endswith(".")
    assert {one["role"] for one in entry["kind_evidence"]} == {"kind"}
    assert [one for one in entry["evidence"] if one["role"] == "kind"] == entry["kind_evidence"]
    found = {one["fingerprint"]: one["supports"] for one in entry["kind_evidence"]}
    assert (found["is-recorder"], found["is-camera"], found["kind.onvif"]) == (True, False, True)


def test_a_part_is_no_answer_that_anything_is_against() -> None:
    assert supports(seen("http", http__server="uc-httpd 1.0.0")) == {"has-chip": True}


def test_the_model_that_a_person_read_is_supported_by_the_reading() -> None:
    def label(model: str, when: str, number: int) -> Observation:
        told = {"basis": "label", "model": model, "who": "A", "when": when}
        raw = json.dumps(told).encode()
        return observation(
            number, probe="person", ask=None, port=None, raw=raw, reading=read("person", None, raw), address="10.0.0.31"
        )

    (verdict,) = judge([label("P1448", "2026-11-01", 1), label("P1447", "2026-11-20", 2)], KNOWLEDGE)
    entry = device_entry(verdict, KNOWLEDGE)
    assert entry["model"] == "P1447"
    assert {sign["seen"]: sign["supports"] for sign in entry["evidence"]} == {"P1448": False, "P1447": True}


def test_cameras_behind_a_recorder_are_listed_with_the_input_they_come_by() -> None:
    replies = [
        observation(1, probe=probe, ask=None, port=None, raw=packet(name), reading=read(probe, None, packet(name)))
        for probe, name in (
            ("isapi.System/capabilities", "isapi/capabilities-recorder"),
            ("isapi.System/Video/inputs/channels", "isapi/inputs"),
            ("isapi.ContentMgmt/InputProxy/channels", "isapi/channels"),
        )
    ]
    (verdict,) = judge(replies, KNOWLEDGE)
    entry = device_entry(verdict, KNOWLEDGE)
    assert (entry["kind"], entry["channels"]) == ("recorder", {"analogue": 4, "digital": 3})
    assert [(one["channel"], one["input"]) for one in entry["reported_channels"]] == [
        (1, "digital"),
        (1, "analogue"),
        (2, "digital"),
        (3, "digital"),
        (3, "analogue"),
    ]
    assert entry["cloud_link"] == {"state": "able", "seen": "isapi.System/capabilities"}
