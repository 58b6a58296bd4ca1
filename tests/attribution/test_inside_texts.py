"""MAC addresses, serial numbers, model numbers and brands' names inside a reply's texts: what each says, and what none says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attribution.small_knowledge import says, seen, small_knowledge
from camcensus.attribution.attribute import attribute
from camcensus.attribution.match import match
from camcensus.attribution.names import is_of_camera
from camcensus.model.device import Attribution
from camcensus.model.knowledge import Brand
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import judge
from camcensus.tasks.finding.judging import ref_prefix

SHIPPED = load_knowledge(Path(__file__).resolve().parents[2] / "vendors.db")
SMALL = small_knowledge(
    fingerprints=(says("model.dahua", "model", "^IPC-H[A-Z]{2}[0-9]", "dahua"),),
    brand_entries={"line": Brand("line", "Line", common_word=True)},
    kind_patterns=SHIPPED.kind_patterns,
)


def answer(*replies: Any) -> tuple[str | None, str]:
    found: Attribution = attribute(replies, SMALL)
    return found.manufacturer, found.grade


@pytest.mark.parametrize(
    "reply",
    [
        seen("http", http__realm="AXIS_ACCC8E000001"),
        seen("rtsp", rtsp__realm="accc8e000001"),
        seen("wsdiscovery", uuid="12345678-1234-1234-1234-accc8e000001"),
        seen("wsdiscovery", onvif__scope="onvif://www.onvif.org/maker/mac/accc8e000001"),
        seen("onvif.GetHostname", hostname="cam-accc8e000001"),
        seen("tls", tls__subject="CN=accc8e000001,O=Nobody"),
        seen("http", address="fe80::aecc:8eff:fe00:1", http__status="200"),
        seen("wsdiscovery", onvif__xaddr="http://[fe80::aecc:8eff:fe00:1]/onvif/device_service"),
    ],
    ids=lambda reply: reply.probe,
)
def test_a_number_inside_a_text_says_as_much_as_one_in_a_field(reply: Any) -> None:
    assert answer(reply) == ("axis", "likely")


def test_a_number_of_a_block_that_we_do_not_follow_says_nothing() -> None:
    assert match([seen("http", http__realm="f4f26d000001"), seen("http", http__title="deadbeefcafe")], SMALL) == ()


@pytest.mark.parametrize("field", ["name", "mdns__instance", "upnp__friendly_name"])
def test_a_number_that_staff_may_have_typed_is_weak(field: str) -> None:
    (sign,) = match([seen("mdns", **{field: "hall accc8e000001"})], SMALL)
    assert (sign.group, sign.strength) == ("mac", "weak")
    assert answer(seen("mdns", **{field: "hall accc8e000001"})) == (None, "possible")


def test_the_number_of_a_homekit_accessory_is_none() -> None:
    assert match([seen("mdns", mdns__txt=("id=AC:CC:8E:00:00:01", "ci=17"))], SMALL) == ()


def test_the_neighbours_number_and_the_same_in_a_text_are_one_cause() -> None:
    number = "ac:cc:8e:00:00:01"
    replies = [seen("http", http__realm="AXIS_ACCC8E000001", mac=number), seen("neighbour", mac=number)]
    assert answer(*replies) == ("axis", "likely")


@pytest.mark.parametrize(
    ("field", "text", "given"),
    [
        ("http__title", "Welcome to Hikvision", (None, "possible")),
        ("http__title", "HIKVISION network camera", ("hikvision", "likely")),
        ("http__title", "Dahua IPC-HDW1234", ("dahua", "likely")),
        ("http__realm", "IPC-HDW1234", ("dahua", "likely")),
        ("http__title", "Gate IPC-HDW1234", (None, "possible")),
        ("http__title", "Gate1 IPC-HDW1234", (None, "possible")),
        ("http__title", "IPC-HDW1234 HOME", ("dahua", "likely")),
        ("http__server", "Dahua/2.1", ("dahua", "likely")),
        ("http__realm", "DahuaLogin camera", ("dahua", "likely")),
        ("onvif__scope", "onvif://www.onvif.org/hardware/Dahua%20Dome", ("dahua", "likely")),
        ("onvif__scope", "onvif://www.onvif.org/name/Dahua%20Dome", (None, "possible")),
        ("http__copyright", "2019 Dahua Technologies", ("dahua", "likely")),
        ("http__realm", "dahua", ("dahua", "likely")),
        ("http__realm", "Dahua login", ("dahua", "likely")),  # a login window speaks of its own device
        ("http__title", "Dahua login", (None, "possible")),
        ("http__title", "Dahua WR-12B HOME", ("dahua", "likely")),  # the name and a product code
        ("http__title", "Dahua 1.2.3", ("dahua", "likely")),
        ("http__title", "My Dahua WR-12B", (None, "unknown")),  # no name of a product
        ("http__title", "Hikvision CCTV policy", (None, "unknown")),
        ("http__title", "Why we replaced our Dahua NVR", (None, "unknown")),
        ("ssdp__server", "Linux/3.8.8, UPnP/1.0, ZheJiang Dahua Technology CO.,LTD. Upnp SDK", ("dahua", "likely")),
        ("ssdp__server", "Linux/3.8.8, UPnP/1.0, Dahua Upnp SDK", (None, "possible")),
        ("sdp__session", 'Session streamed by "Dahua RTSP Server"', ("dahua", "likely")),
        ("sdp__session", "Session streamed by Dahua", ("dahua", "likely")),
        ("mdns__instance", "Dahua WR-12B", (None, "possible")),  # staff can type it
        ("http__realm", "Line WR-12B", (None, "unknown")),  # a common word
        ("mdns__instance", "Hikvision camera of the hall", (None, "possible")),
        ("http__title", "Line of cameras", (None, "unknown")),  # a common word
        ("http__title", "Hikvisionary camera", (None, "unknown")),  # no word of its own
        ("http__title", "Camera viewer for Hikvision and Dahua", (None, "unknown")),  # two names say nothing firm
    ],
)
def test_a_brands_word_in_a_text(field: str, text: str, given: tuple[str | None, str]) -> None:
    assert answer(seen("http", **{field: text})) == given


def test_a_word_and_what_a_fingerprint_says_of_the_same_text_are_one_sign() -> None:
    knowledge = small_knowledge(fingerprints=(says("title.axis", "http.title", "^AXIS", "axis"),))
    assert [sign.fingerprint for sign in match([seen("http", http__title="AXIS M1014 network camera")], knowledge)] == [
        "title.axis"
    ]


@pytest.mark.parametrize(
    ("title", "of_camera", "kind"),
    [
        ("Welcome to Hikvision", False, "unknown"),
        ("Hikvision", False, "camera-or-recorder"),
        ("Hikvision network camera", True, "camera"),
        ("Uniview Home", False, "other"),
        ("Uniview Video", False, "unknown"),
    ],
)
def test_a_word_alone_is_no_sign_of_a_camera_but_where_its_maker_makes_nothing_else_it_may_be_one(
    title: str, of_camera: bool, kind: str
) -> None:
    reply = seen("http", http__title=title)
    (sign,) = [sign for sign in match([reply], SMALL) if sign.role == "brand"]
    assert is_of_camera(sign) is of_camera
    (verdict,) = judge([reply], SMALL)
    assert verdict.description.kind == kind
    assert (ref_prefix(verdict) is not None) is (kind != "other")


def test_what_sends_video_and_names_a_maker_of_cameras_is_a_camera_or_recorder() -> None:
    (verdict,) = judge([seen("rtsp", sdp__session="Uniview Home")], SMALL)
    assert verdict.description.kind == "camera-or-recorder"


def test_the_video_service_of_axis_names_axis_only_with_a_number_of_axis() -> None:
    service = {"mdns__service": "_axis-video._tcp.local."}
    door = seen("mdns", mdns__instance="Doorstation - abc123", mdns__txt="macaddress=1CCAE3000001", **service)
    camera = seen("mdns", mdns__instance="Gate", mdns__txt="macaddress=ACCC8E000001", **service)
    assert attribute([door], SHIPPED).manufacturer is None
    assert attribute([camera], SHIPPED).manufacturer == "axis"


@pytest.mark.parametrize(
    ("field", "text", "maker"),
    [
        ("http__title", "Hanwha Techwin QNO-8080R-0123", "hanwha"),
        ("http__title", "HIKVISION DS-2CD2032-I", "hikvision"),
        ("http__realm", "DS-2CD2032-I", "hikvision"),
        ("rtsp__realm", "TP-Link IP-Camera", "tp-link"),
        ("rtsp__realm", "tp-link ip-camera", "tp-link"),
        ("http__realm", "588fcf123456", "hikvision"),
        ("http__title", "Milesight Network Camera", "milesight"),
        ("http__realm", "210235UEC3Q200000001", "uniview"),
    ],
)
def test_texts_of_real_devices(field: str, text: str, maker: str) -> None:
    found = attribute([seen("http", **{field: text})], SHIPPED)
    assert found.manufacturer is not None, found.reason
    assert SHIPPED.root_of(found.manufacturer) == maker


@pytest.mark.parametrize(
    "title",
    [
        "Ubuntu 24.04 LTS", "Juan's page", "The Stanley room", "Mercury – the school's paper", "Axis of the mill", "Zeus print server",
        "Apache2 Default Page", "Level one", "SyncThru Web Service", "Umbrella term", "Night owl reading club",
    ],
)  # fmt: skip
def test_words_of_everyday_name_no_maker(title: str) -> None:
    assert attribute([seen("http", http__title=title)], SHIPPED).manufacturer is None
