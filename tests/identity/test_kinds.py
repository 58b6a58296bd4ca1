"""The ladder of kinds: which kind signs come to, how sure, why, and what stands against it; the same for any order."""

from __future__ import annotations

import random
from typing import Any

import pytest

from attribution.small_knowledge import seen
from camcensus.identity.kind_signs import answer_signs
from camcensus.identity.kinds import SUBJECTS, Kind, kind_of
from camcensus.model.device import (
    COUNTED_KINDS,
    DeviceKind,
    Evidence,
    Family,
    Grade,
    Group,
    is_watched,
    may_be_camera,
    register_kind,
)


def sign(
    subject: str,
    strength: Any = "strong",
    *,
    group: Group = "claim",
    reply: str = "r1",
    family: Family = "says",
    name: str = "",
) -> Evidence:
    fingerprint = name or f"named.{subject}.{group}"
    return Evidence(fingerprint, "http", reply, family, group, "kind", subject, strength, "x", f"A sign of {subject}.", "src")


def judged(*signs: Evidence) -> Kind:
    return kind_of((), signs)


DOES: dict[str, Any] = {"group": "protocol", "family": "does"}


@pytest.mark.parametrize(
    ("signs", "kind", "grade"),
    [
        ([sign("camera", "weak")], "camera", "possible"),
        ([sign("camera")], "camera", "likely"),
        ([sign("camera"), sign("camera", reply="r2")], "camera", "likely"),
        ([sign("camera"), sign("camera", reply="r1", **DOES)], "camera", "likely"),
        ([sign("camera"), sign("camera", reply="r2", **DOES)], "camera", "almost-certain"),
        ([sign("recorder", group="person", reply="p")], "recorder", "confirmed"),
        ([sign("camera-or-recorder", "weak", **DOES)], "camera-or-recorder", "possible"),
        ([sign("camera-or-recorder")], "camera-or-recorder", "likely"),
        ([sign("may-be-camera", "weak")], "unknown", "unknown"),
        ([sign("printer", "weak")], "other", "possible"),
        ([sign("switch")], "switch", "likely"),
    ],
)
def test_the_kind_and_how_sure(signs: list[Evidence], kind: DeviceKind, grade: Grade) -> None:
    told = judged(*signs)
    assert (told.kind, told.grade) == (kind, grade)
    assert told.reason.endswith(".")


@pytest.mark.parametrize(
    ("signs", "kind"),
    [
        # An own protocol says camera or recorder; the name of a model says which, or that it is neither.
        ([sign("camera-or-recorder", "weak", **DOES), sign("recorder")], "recorder"),
        ([sign("camera-or-recorder", "weak", **DOES), sign("switch")], "switch"),
        ([sign("camera-or-recorder", "weak", **DOES), sign("access-terminal")], "access-terminal"),
        ([sign("camera-or-recorder", "weak", **DOES), sign("camera", "weak")], "camera"),
        # Weak signs for two kinds come to what they have in common.
        ([sign("camera", "weak", **DOES), sign("recorder", "weak", **DOES, reply="r2")], "camera-or-recorder"),
        ([sign("camera", "weak", **DOES), sign("intercom", "weak")], "camera"),
        ([sign("camera", "weak", **DOES), sign("intercom", "weak", **DOES, reply="r2")], "intercom"),
        # Firm signs: a recorder also answers as its cameras, a door station as the camera in it.
        ([sign("camera"), sign("recorder", reply="r2")], "recorder"),
        ([sign("camera"), sign("access-terminal", reply="r2")], "access-terminal"),
        ([sign("camera"), sign("camera", reply="r2", **DOES), sign("recorder", reply="r3")], "camera"),
        # A program that streams may show cameras and is none.
        ([sign("may-be-camera", "weak", group="rtsp", family="does"), sign("software")], "software"),
        ([sign("camera", "weak"), sign("software", reply="r2")], "software"),
        # A maker's class for door stations holds door controllers too; the name of the model says which.
        ([sign("intercom", **DOES), sign("door-controller", reply="r2")], "other"),
        ([sign("camera", **DOES), sign("door-controller", reply="r2")], "unknown"),
        # What only streams may be a camera; a weak sign that it is another thing counts before that where the device does it.
        ([sign("may-be-camera", "weak"), sign("file-store", "weak", group="web", family="does")], "other"),
        ([sign("may-be-camera", "weak"), sign("file-store", "weak")], "unknown"),
    ],
)
def test_what_several_signs_come_to(signs: list[Evidence], kind: DeviceKind) -> None:
    assert judged(*signs).kind == kind


def test_a_cameras_language_against_a_firm_sign_of_another_thing_is_left_open() -> None:
    told = judged(
        sign("printer", group="web", family="does", name="http.title.printer"),
        sign("camera-or-recorder", "weak", **DOES, reply="r2"),
    )
    assert (told.kind, told.grade) == ("unknown", "conflicting")
    assert told.reason.startswith("Signs disagree.")


def test_signs_against_are_kept_and_stand_last() -> None:
    told = judged(sign("camera", "weak", **DOES), sign("recorder", reply="r2"), sign("may-be-camera", "weak"))
    assert told.kind == "recorder"
    assert [(one.subject, one.supports) for one in told.evidence] == [
        ("recorder", True),
        ("may-be-camera", True),
        ("camera", False),
    ]


def test_a_camera_with_many_sensors_is_no_recorder() -> None:
    many = seen("onvif.GetVideoSources", onvif__video_sources="8")
    assert kind_of((many,), ()).kind == "recorder"
    assert kind_of((many,), [sign("camera", reply="r2")]).kind == "camera"


def test_an_encoder_with_many_inputs_is_no_recorder() -> None:
    inputs = {"sadp__answer": "ProbeMatch", "channels__analogue": "8", "channels__digital": "0"}
    many = seen("sadp", kind="recorder", **inputs)
    assert kind_of((many,), ()).kind == "recorder"
    assert "says that it is" not in kind_of((many,), ()).reason
    assert kind_of((many,), [sign("encoder", reply="r2")]).kind == "encoder"
    disks = seen("sadp", kind="recorder", sadp__disks="2", **inputs)
    assert kind_of((disks,), [sign("encoder", reply="r2")]).kind == "recorder"
    stated = seen("dhip", kind="encoder", dhip__answer="client.notifyDevInfo", channels__analogue="16")
    assert kind_of((stated,), ()).kind == "encoder"


def test_the_order_of_the_signs_never_changes_the_answer() -> None:
    every = [
        sign(subject, strength, group=group, family=family, reply=f"{subject}{strength}{group}")
        for subject in SUBJECTS
        for strength in ("strong", "weak")
        for group, family in (("claim", "says"), ("protocol", "does"))
    ]
    shuffler = random.Random(5)
    for _ in range(300):
        signs = shuffler.sample(every, shuffler.randint(1, 6))
        first = judged(*signs)
        shuffler.shuffle(signs)
        assert judged(*signs) == first


def test_nothing_is_called_a_camera_without_a_sign_of_one() -> None:
    assert kind_of((seen("http", http__server="nginx"),), ())[:2] == ("other", "unknown")
    assert kind_of((), ())[:2] == ("other", "unknown")


@pytest.mark.parametrize(
    ("kind", "in_register", "counted", "may_be"),
    [
        ("camera", "camera", True, False),
        ("recorder", "recorder", True, False),
        ("encoder", "encoder", True, False),
        ("camera-or-recorder", "unknown", False, True),
        ("unknown", "unknown", False, True),
        ("intercom", "intercom", False, False),
        ("access-terminal", "intercom", False, False),
        ("switch", "other", False, False),
        ("software", "software", False, False),
        ("screen", "other", False, False),
        ("other", "other", False, False),
    ],
)
def test_how_each_kind_counts(kind: DeviceKind, in_register: DeviceKind, counted: bool, may_be: bool) -> None:
    assert (register_kind(kind), kind in COUNTED_KINDS, may_be_camera(kind)) == (in_register, counted, may_be)
    assert is_watched(kind) is (counted or may_be or in_register == "intercom")


def test_words_of_the_trade_do_not_outweigh_a_makers_own_name_for_a_model() -> None:
    general = [
        sign("camera-or-recorder", group=group, reply=reply, name="named.word.cctv")
        for group, reply in (("claim", "r1"), ("web", "r2"))
    ]
    controller = sign("door-controller", reply="r3", name="named.hikvision.access-controller")
    assert judged(*general, controller)[:2] == ("other", "likely")
    assert judged(*general, sign("switch", reply="r3", name="named.hikvision.switch"))[:2] == ("switch", "likely")
    assert judged(*general, controller, sign("camera", group="protocol", family="does", reply="r4")).kind == "unknown"


def test_the_makers_name_for_a_model_says_more_than_the_words_that_its_firmware_greets_with() -> None:
    words = [
        sign("camera", name="named.word.camera.network", group=group, reply=group) for group in ("web", "rtsp")
    ]  # Recorders greet so too: one firmware serves both.
    assert judged(*words).kind == "camera"
    assert judged(*words, sign("recorder", name="named.hikvision.nvr", reply="model")).kind == "recorder"
    assert judged(*words, sign("intercom", name="named.dahua.door-station", reply="model")).kind == "intercom"
    assert judged(*words, sign("camera", name="named.hikvision.ipc", reply="model")).grade == "almost-certain"


def test_a_page_that_shows_live_pictures_may_be_a_cameras() -> None:
    (sign,) = [one for one in answer_signs([seen("http", http__stream="/video.mjpg")]) if "shows live pictures" in one.why]
    assert (sign.subject, sign.strength) == ("may-be-camera", "weak")
