"""What each device sends, read by our codecs, is what its file says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from camcensus.demo.estate import SimDevice, load_estate
from camcensus.model.device import Reading
from camcensus.wire.read import read

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "demo"
DEVICES = load_estate(FOLDER, 60).devices
MOMENT = {
    **dict.fromkeys(("year", "month", "day", "hour", "minute", "second"), "12"),
    "nonce": "0123456789abcdef0123456789abcdef",
    "message_id": "0a0b0c0d-0000-4000-8000-000000000001",
    "http_date": "Tue, 24 Nov 2026 10:40:00 GMT",
    "relates_to": "uuid:0a0b0c0d-0000-4000-8000-000000000002",
    "cseq": "1",
    "st": "upnp:rootdevice",
    "port_web": "8080",
    "port_rtsp": "8554",
}
WRONG = "science-room"


def answers(device: SimDevice) -> Iterator[tuple[str, str | None, bytes]]:
    """Probe, ask and bytes of all that a device can say."""
    values = {**device.values, **MOMENT, "address": device.address}
    for speaker in device.speakers:
        probe = "wsdiscovery" if speaker.protocol == "uniview" else speaker.protocol
        yield probe, None, speaker.reply.render(values)
    for door in device.doors:
        for ask, reply in door.answers.items():
            raw = reply.render(values)
            if ask.startswith("onvif."):
                yield ask, None, raw.split(b"\r\n\r\n", 1)[1]
            else:
                yield ("upnp" if ask.endswith(".xml") else door.speaks), ask, raw
        for reply in (door.otherwise, door.refused):
            if reply is not None:
                yield door.speaks, "GET /nothing", reply.render(values)


def readings(device: SimDevice) -> dict[str, list[Reading]]:
    found: dict[str, list[Reading]] = {}
    for probe, ask, raw in answers(device):
        body = raw.split(b"\r\n\r\n", 1)[1] if probe == "upnp" else raw
        found.setdefault(probe, []).append(read(probe, ask, body))
    return found


def said(device: SimDevice, field: str) -> set[str]:
    return {value for many in readings(device).values() for reading in many for value in reading.all(field)}


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.id)
def test_every_answer_is_read(device: SimDevice) -> None:
    for probe, many in readings(device).items():
        for reading in many:
            broken = device.id.startswith(WRONG) and probe in ("dhip", "onvif.GetSystemDateAndTime", "onvif.GetServices")
            assert reading.state == ("broken" if broken else "read"), (probe, reading.problem)


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.id)
def test_what_it_says_agrees_with_its_file(device: SimDevice) -> None:
    values = device.values
    if device.id.startswith(WRONG):
        return
    assert said(device, "mac") <= {device.mac}
    assert said(device, "serial") <= {values.get("serial")}
    assert said(device, "ipv4") - {"169.254.31.7"} <= {device.address}
    assert said(device, "uuid") <= {values.get("uuid"), f"00010010-0001-1020-8000-{values['mac_plain']}"}
    assert said(device, "kind") <= {device.truth.kind}
    if device.truth.channels:
        assert said(device, "channels.digital") == {str(device.truth.channels)}


def test_the_kinds_that_a_protocol_tells_are_told() -> None:
    told = {device.id: said(device, "kind") for device in DEVICES[:26]}
    assert told["server-cupboard-recorder"] == {"recorder"}
    assert told["sports-hall-recorder"] == {"recorder"}
    assert told["front-gate-intercom"] == {"intercom"}
    assert told["office-printer"] == told["files"] == {"other"}
    assert told["main-entrance"] == {"camera"}


def test_rebrands_carry_their_makers_signs_and_their_own_names() -> None:
    devices = {device.id: device for device in DEVICES}
    honeywell, lorex, trendnet, nameless = (
        devices[name] for name in ("playground-north", "sports-hall", "hall-stage", "hall-rear")
    )
    assert {
        "onvif://www.onvif.org/name/Honeywell",
        "onvif://www.onvif.org/extension/unique_identifier",
        "onvif://www.onvif.org/extension/Honeywell_mask/37777",
    } <= said(honeywell, "onvif.scope")
    assert said(honeywell, "onvif.manufacturer") == {"Honeywell"}
    assert not said(honeywell, "dhip.answer")
    assert said(lorex, "dhip.answer") == {"client.notifyDevInfo"}
    assert said(lorex, "dhip.vendor") == {"Lorex"}
    assert {"extxsd=http://www.onvifext.com/onvif/ext/ver10/schema"} <= said(trendnet, "xml.prefix")
    assert "http://www.hikvision.com/2011/event/topics" not in said(trendnet, "xml.namespace")
    assert said(trendnet, "onvif.manufacturer") == {"TRENDnet"}
    assert "onvif://www.onvif.org/manufacturer/NONE" in said(nameless, "onvif.scope")


def test_a_camera_that_was_never_set_up_says_so() -> None:
    devices = {device.id: device for device in DEVICES}
    assert said(devices["boiler-house"], "activated") == {"false"}
    assert said(devices["main-entrance"], "activated") == {"true"}
    assert said(devices["playing-field"], "cloud") == {"on"}


def test_nobody_can_name_the_camera_in_the_kitchen_corridor() -> None:
    device = next(device for device in DEVICES if device.id == "kitchen-corridor")
    text = b" ".join(raw for _, _, raw in answers(device)).lower()
    for maker in (b"hik", b"dahua", b"uniview", b"axis", b"hanwha", b"bosch", b"login to", b"unique_identifier", b"register_"):
        assert maker not in text
