"""What a device says of itself: its kind first, and nothing that nobody said."""

from __future__ import annotations

from typing import Any

import pytest

from attribution.small_knowledge import read_by_person, seen, small_knowledge
from camcensus.attribution.attribute import attribute_device, signs_of_kind
from camcensus.identity.describe import describe
from camcensus.identity.group import group
from camcensus.model.device import Description, Device, Evidence, Key, Observation, Reading, ReportedChannel
from camcensus.wire.read import read
from samples import packet

KNOWLEDGE = small_knowledge()


def only(*observations: Observation) -> Device:
    (device,) = group(observations, KNOWLEDGE)
    return device


def described(*observations: Observation) -> Description:
    device = only(*observations)
    return describe(device, signs_of_kind(device, attribute_device(device, KNOWLEDGE), KNOWLEDGE))


def sign(subject: str, strength: Any = "strong") -> Evidence:
    return Evidence("f", "http", "r", "does", "web", "kind", subject, strength, "x", f"Its page is that of a {subject}.", "src")


@pytest.mark.parametrize(
    ("observations", "kind"),
    [
        ([seen("dhip", kind="recorder", onvif__type="NetworkVideoTransmitter")], "recorder"),
        ([seen("wsdiscovery", onvif__type="NetworkVideoTransmitter"), seen("sadp", kind="recorder")], "recorder"),
        ([seen("dhip", kind="intercom")], "intercom"),
        ([seen("dhip", kind="encoder")], "encoder"),
        ([seen("sadp", kind="camera")], "camera"),
        ([seen("sadp", sadp__answer="ProbeMatch")], "camera-or-recorder"),
        ([seen("wsdiscovery", onvif__type=("Device", "NetworkVideoTransmitter"))], "camera"),
        ([seen("onvif.GetDeviceInformation", onvif__fault="notauthorized")], "camera-or-recorder"),
        ([seen("wsdiscovery", kind="other", onvif__type="PrintDeviceType")], "other"),
        ([seen("upnp", kind="other"), seen("wsdiscovery", onvif__type="NetworkVideoTransmitter")], "unknown"),
        ([seen("sadp", channels__analogue="0", channels__digital="8")], "recorder"),
        ([seen("onvif.GetVideoSources", onvif__video_sources="16")], "recorder"),
        ([seen("onvif.GetVideoSources", onvif__video_sources="4")], "camera-or-recorder"),
        ([seen("upnp", channels__digital="8")], "other"),
        ([seen("sadp", state="broken")], "unknown"),
        ([seen("http", http__server="nginx")], "other"),
        ([seen("rtsp", rtsp__status="404")], "unknown"),
        ([seen("rtsp", rtsp__status="401")], "camera-or-recorder"),
        ([seen("sadp", channels__analogue="0", channels__digital="0")], "other"),
        ([seen("sadp", channels__analogue="0", channels__digital="0"), seen("rtsp", rtsp__status="404")], "camera-or-recorder"),
        ([seen("sadp", channels__digital="0")], "camera-or-recorder"),
        ([seen("dhip", channels__analogue="0", channels__digital="0", kind="access-terminal")], "access-terminal"),
        ([seen("dhip", channels__analogue="0", channels__digital="0", kind="recorder")], "recorder"),
        ([seen("http", http__realm="IP Camera(1)")], "camera-or-recorder"),
        ([read_by_person("label", brand="Axis")], "camera-or-recorder"),
        ([seen("neighbour", mac="3c:ef:8c:00:00:01")], "unknown"),
        ([seen("neighbour", mac="f4:f2:6d:00:00:01")], "other"),
    ],
)
def test_the_kind(observations: list[Observation], kind: str) -> None:
    description = described(*observations)
    assert description.kind == kind
    assert description.kind_reason.endswith(".")


def test_signs_of_kind_count_and_weak_ones_only_after_what_the_device_shows() -> None:
    web = only(seen("http", http__title="x"))
    assert describe(web, (sign("recorder"),)).kind == "recorder"
    assert describe(web, (sign("recorder"),)).kind_reason == "Its page is that of a recorder."
    assert describe(web, (sign("camera", "weak"),)).kind == "camera"
    assert describe(web, (sign("other"),)).kind == "other"
    many = only(seen("onvif.GetVideoSources", onvif__video_sources="16"))
    assert describe(many, (sign("camera", "weak"),)).kind == "recorder"
    assert describe(many, (sign("other"),)).kind == "unknown"


@pytest.mark.parametrize(
    ("subject", "kind", "what"),
    [
        ("printer", "other", "a printer or scanner"),
        ("file-store", "other", "a file store (NAS)"),
        ("router", "other", "a router, switch or access point"),
        ("phone", "other", "a telephone"),
        ("media-player", "other", "a television, speaker or media player"),
        ("computer", "other", "a computer"),
        ("access-terminal", "access-terminal", None),
        ("doorbell", "intercom", "a doorbell"),
        ("recorder", "recorder", None),
    ],
)
def test_what_is_no_camera_is_named_as_what_it_is(subject: str, kind: str, what: str | None) -> None:
    description = describe(only(seen("http", http__title="x")), (sign(subject),))
    assert (description.kind, description.what) == (kind, what)
    assert description.kind_reason == f"Its page is that of a {subject}."


def test_a_door_station_by_its_own_protocol_is_named_more_closely_by_a_sign() -> None:
    door = only(seen("dhip", kind="intercom"))
    assert describe(door).kind_reason == "It says that it is a door station or access terminal."
    assert describe(door, (sign("access-terminal"),)).kind == "access-terminal"


def test_a_firm_sign_of_another_thing_counts_before_a_weak_one_of_a_camera_and_disagrees_with_a_cameras_protocol() -> None:
    signs = (sign("camera", "weak"), sign("printer"))
    assert describe(only(seen("http", http__title="x")), signs).kind == "other"
    told = describe(only(seen("sadp", sadp__answer="ProbeMatch")), signs)
    assert (told.kind, told.kind_grade) == ("unknown", "conflicting")
    assert {one.subject for one in told.kind_evidence if not one.supports} == {"printer"}


def test_what_is_said_is_taken_from_who_knows_best_and_newest() -> None:
    description = described(
        seen("wsdiscovery", model="scope model", name="Hall", manufacturer="Honeywell"),
        seen("dhip", model="IPC-1", firmware="2.800.1", at="2026-11-24T10:00:00Z", serial="2K00000PAG00002"),
        seen("dhip", model="IPC-1", firmware="2.800.2", firmware_date="2025-03-01", at="2026-11-25T10:00:00Z"),
        seen("http", ask="GET /", http__status="401"),
        Observation(probe="isapi.System/deviceInfo", address="10.0.0.5", at="2026-11-24T10:00:00Z"),
        seen("neighbour", mac="3c:ef:8c:00:00:01", at="2026-11-20T10:00:00Z"),
    )
    assert description.claimed_manufacturer == "Honeywell"
    assert description.claimed_model == description.model == "IPC-1"
    assert (description.firmware, description.firmware_date) == ("2.800.2", "2025-03-01")
    assert (description.name, description.serial) == ("Hall", "2K00000PAG00002")
    assert description.probes_answered == ("dhip", "http", "isapi.System/deviceInfo", "wsdiscovery")
    assert description.probes_unread == ("isapi.System/deviceInfo",)
    assert (description.first_seen, description.last_seen) == ("2026-11-20T10:00:00Z", "2026-11-25T10:00:00Z")


def test_the_model_a_person_read_is_the_model_and_no_claim() -> None:
    description = described(
        seen("upnp", model="X"),
        read_by_person("label", model="old", at="2026-01-01"),
        read_by_person("label", model="H4W2PER3"),
    )
    assert (description.model, description.claimed_model) == ("H4W2PER3", "X")
    assert description.probes_answered == ("upnp",)


def test_a_serial_number_that_a_person_read_or_a_list_has_is_shown_where_the_device_told_none() -> None:
    typed = read_by_person("register", serial="SN-88231")
    assert described(typed).serial == "SN-88231"
    assert described(seen("list", mac="3c:ef:8c:00:00:01", list__serial="7L0"), typed).serial == "SN-88231"
    assert described(seen("list", mac="3c:ef:8c:00:00:01", list__serial="7L0")).serial == "7L0"
    assert described(seen("dhip", serial="2K00000PAG00002"), typed).serial == "2K00000PAG00002"


def test_what_nobody_said_is_none() -> None:
    description = described(seen("http", http__status="200", model=" "))
    assert description.model is None
    assert description.serial is None
    assert description.firmware is None
    assert description.activated is None
    assert description.channels_analogue is None
    assert (description.cloud_state, description.cloud_seen) == ("unknown", None)


def test_a_junk_serial_is_not_shown() -> None:
    assert described(seen("onvif.GetDeviceInformation", "192.168.2.61", serial="192168261")).serial is None


def test_channels_and_states() -> None:
    description = described(
        seen("sadp", channels__analogue="4", channels__digital="12", activated="false", cloud="off"),
        seen("isapi.x", cloud="able"),
    )
    assert (description.channels_analogue, description.channels_digital) == (4, 12)
    assert description.activated is False
    assert (description.cloud_state, description.cloud_seen) == ("off", "sadp")
    assert described(seen("sadp", cloud="off"), seen("tvt", cloud="on")).cloud_state == "on"
    assert described(seen("sadp", channels__digital="99999999999999")).channels_digital is None


def test_the_cameras_behind_a_recorder_are_its_word_by_number_and_the_newest_list_counts() -> None:
    def told(at: str, *channels: str) -> Observation:
        return Observation(
            probe="isapi.ContentMgmt/InputProxy/channels", address="10.0.0.4", at=at, raw=at.encode(),
            reading=Reading("read", {"isapi.channel": channels}, "isapi/2"),
        )  # fmt: skip

    old = told("2026-11-24T10:00:00Z", '{"id": "9"}')
    new = told(
        "2026-11-24T11:00:00Z", '{"id": "2", "protocol": "ONVIF", "model": " "}', '{"id": "1", "model": "DS-1", "serial": "S"}',
        '{"id": "1", "model": "twice"}', '{"id": "0"}', '{"id": "x"}', '{"id": "99999"}', '["id"]', "no JSON", '{"id": 3}',
    )  # fmt: skip
    device = Device((Key("mac", "58:50:ed:00:00:12"),), ("10.0.0.4",), None, None, (new, old))
    assert describe(device).reported_channels == (
        ReportedChannel(1, model="DS-1", serial="S"),
        ReportedChannel(2, manufacturer="ONVIF"),
    )


def read_as(probe: str, name: str) -> Observation:
    raw = packet(name)
    at = "2026-11-24T10:00:00Z"
    return Observation(probe=probe, address="10.0.0.4", at=at, raw=raw, ask=None, reading=read(probe, None, raw))


def test_a_recorder_for_both_sorts_reports_its_analogue_and_its_digital_channels_apart() -> None:
    replies = (
        read_as("isapi.System/capabilities", "isapi/capabilities-recorder"),
        read_as("isapi.System/Video/inputs/channels", "isapi/inputs"),
        read_as("isapi.ContentMgmt/InputProxy/channels", "isapi/channels"),
    )
    found = describe(Device((Key("mac", "58:50:ed:00:00:12"),), ("10.0.0.4",), None, None, replies))
    assert (found.kind, found.channels_analogue, found.channels_digital) == ("recorder", 4, 3)
    # Nothing is plugged into the second input.
    assert [(one.number, one.name, one.analogue) for one in found.reported_channels] == [
        (1, "Gate", False),
        (1, "Gate", True),
        (2, "Hall", False),
        (3, None, False),
        (3, "Hall", True),
    ]


def test_the_sensor_of_a_camera_is_no_channel_of_a_recorder() -> None:
    replies = (
        read_as("isapi.System/deviceInfo", "isapi/camera"),
        read_as("isapi.System/Video/inputs/channels", "isapi/inputs"),
    )
    found = describe(Device((Key("mac", "58:50:ed:00:00:11"),), ("10.0.0.4",), None, None, replies))
    assert (found.kind, found.channels_analogue, found.reported_channels) == ("camera", None, ())


def test_what_a_dahua_recorder_has_written_down_of_its_cameras_is_reported_by_it() -> None:
    replies = (
        read_as("dahua-cgi.getConfig", "dahua-cgi/remote-device"),
        read_as("dahua-cgi.getProductDefinition", "dahua-cgi/channels"),
    )
    found = describe(Device((Key("mac", "3c:ef:8c:00:00:12"),), ("10.0.0.4",), None, None, replies))
    assert found.channels_digital == 16
    assert [(one.number, one.name, one.manufacturer, one.model) for one in found.reported_channels] == [
        (1, "Gate", "Dahua2", "IPC-HDW1025C"),
        (8, "Yard", "Onvif", "DS-2CD1143G0-I"),
    ]
    assert found.model is None  # Theirs are not its own.
