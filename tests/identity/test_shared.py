"""One address with several devices behind it, as behind a router that forwards ports: whose reply is whose."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.small_knowledge import seen, small_knowledge
from camcensus.identity.group import group
from camcensus.identity.shared import announced_ports
from camcensus.model.device import Device, Observation

KNOWLEDGE = small_knowledge()
UUID_A, UUID_B = (f"{number}a7c8f30-6d1e-4b2a-9c55-1f0e2d3c4b5a" for number in (1, 2))
MAC_A, MAC_B = "3c:ef:8c:10:20:31", "44:19:b6:10:20:32"
ONE = seen("wsdiscovery", port=3702, uuid=UUID_A, claims_mac=MAC_A, onvif__xaddr="http://10.0.0.5:8001/onvif/device_service")
TWO = seen("wsdiscovery", port=3702, uuid=UUID_B, claims_mac=MAC_B, onvif__xaddr="http://10.0.0.5:8002/onvif/device_service")


def devices(*observations: Observation) -> list[Device]:
    return list(group(observations, KNOWLEDGE))


def ports(device: Device) -> set[int | None]:
    return {item.port for item in device.observations if item.port != 3702}


def test_a_reply_over_tcp_belongs_to_the_device_that_announced_its_port() -> None:
    found = devices(
        TWO,
        seen("http", port=8001, at="2026-11-24T10:00:09Z", http__status="401"),
        ONE,
        seen("onvif.GetScopes", port=8002, onvif__scope="x"),
        seen("http", port=8002, http__status="200"),
    )
    assert [(device.keys[0].value, ports(device), len(device.observations)) for device in found] == [
        (MAC_A, {8001}, 2),
        (MAC_B, {8002}, 3),
    ]


def test_a_port_that_nobody_announced_is_a_device_of_its_own_and_not_a_neighbours() -> None:
    found = devices(
        ONE, TWO, *(seen(probe, port=port, http__status="401") for probe in ("http", "rtsp") for port in (9000, 9001))
    )
    assert [[str(key) for key in device.keys] for device in found if len(device.keys) == 1] == [
        ["addr:/10.0.0.5:9000"],
        ["addr:/10.0.0.5:9001"],
    ]
    assert sorted(len(device.observations) for device in found) == [1, 1, 2, 2]


def test_replies_on_one_port_are_one_device_also_where_one_of_them_alone_tells_which() -> None:
    found = devices(
        ONE,
        TWO,
        seen("onvif.GetNetworkInterfaces", port=9000, claims_mac=MAC_B),
        seen("http", port=9000, http__status="200"),
    )
    assert [len(device.observations) for device in found] == [1, 3]


def test_a_port_that_two_devices_announce_tells_nothing() -> None:
    two = seen("wsdiscovery", uuid=UUID_B, onvif__xaddr="http://10.0.0.5:8001/")
    found = devices(ONE, two, seen("http", port=8001, http__status="401"))
    assert [len(device.observations) for device in found] == [1, 1, 1]


def test_a_question_answered_by_nobody_in_particular_goes_to_no_neighbour() -> None:
    found = devices(ONE, TWO, seen("dahua-v1", port=5050, dahua_v1__answer="b3"), seen("mdns", port=5353, mdns__instance="x"))
    assert sorted(str(device.keys[0]) for device in found) == ["addr:/10.0.0.5", f"mac:{MAC_A}", f"mac:{MAC_B}"]


def test_what_does_not_differ_is_still_not_joined_where_two_devices_are() -> None:
    found = devices(
        ONE, seen("wsdiscovery", uuid=UUID_B), seen("sadp", claims_mac="44:19:b6:10:20:77", serial="DS-2CD20200101A")
    )
    assert len(found) == 3


def test_a_description_on_an_announced_port_joins_what_announced_it() -> None:
    found = devices(
        seen("ssdp", port=1900, uuid=UUID_A, ssdp__location="http://10.0.0.5:8001/rootdesc.xml"),
        ONE,
        TWO,
        seen("upnp", port=8001, upnp__model="X"),
    )
    assert [len(device.observations) for device in found] == [3, 1]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"onvif__xaddr": "http://10.0.0.5/onvif/device_service"}, {80}),
        ({"onvif__xaddr": "https://10.0.0.5/onvif/device_service"}, {443}),
        ({"onvif__xaddr": "http://192.168.1.64:8000/onvif/device_service"}, set()),
        ({"onvif__xaddr": "http://[::1/onvif"}, set()),
        ({"onvif__xaddr": "http://10.0.0.5:99999999/"}, set()),
        ({"ssdp__location": "http://10.0.0.5:49152/d.xml"}, {49152}),
        ({"http_port": "8080"}, {8080}),
        ({"http_port": "8080", "ipv4": "10.0.0.5"}, {8080}),
        ({"http_port": "8080", "ipv4": "192.168.1.64"}, set()),
        ({"http_port": "-1"}, set()),
    ],
)
def test_a_port_is_announced_at_the_devices_own_address(fields: dict[str, str], expected: set[int]) -> None:
    assert announced_ports(seen("wsdiscovery", **fields)) == expected


POOL = [
    ONE,
    TWO,
    seen("wsdiscovery", at="2026-12-24T10:00:00Z", uuid=UUID_B),
    seen("sadp", claims_mac=MAC_B, http_port="8001"),
    *(
        seen(probe, port=port, at=at, **fields)
        for port in (8001, 8002, 9000)
        for at in ("2026-11-24T10:00:00Z", "2026-12-24T10:00:00Z", "nonsense")
        for probe, fields in (
            ("http", {"http__status": "200"}),
            ("onvif.GetNetworkInterfaces", {"claims_mac": MAC_A}),
            ("onvif.GetDeviceInformation", {"serial": "2K00000PAG00002"}),
        )
    ),
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(POOL), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_changes_whose_reply_is_whose(
    observations: list[Observation], shuffler: random.Random
) -> None:
    other = list(observations)
    shuffler.shuffle(other)
    found = devices(*observations)
    assert found == devices(*other)
    assert sorted(item.id for device in found for item in device.observations) == sorted({item.id for item in observations})


def split(*seen_there: Observation, pages: dict[int, str] | None = None) -> list[set[int | None]]:
    def maker_at(replies: object) -> str | None:
        return (pages or {}).get(next(iter(replies)).port)  # type: ignore[call-overload]

    found = group(seen_there, KNOWLEDGE, maker_at)
    return sorted((ports(device) for device in found), key=str)


def page(port: int, **more: str) -> Observation:
    return seen("http", port=port, http__status="401", **more)


def test_pages_of_three_makers_behind_one_router_are_three_devices_each_with_its_door() -> None:
    found = group(
        [page(8001), page(8002), page(8003), seen("rtsp", port=554)], KNOWLEDGE, lambda told: "abc"[(told[0].port or 0) - 8001]
    )
    assert [str(device.keys[0]) for device in found] == [f"addr:/10.0.0.5:{port}" for port in (8001, 8002, 8003)]
    assert ports(found[0]) == {554, 8001}, "a port that says nothing is not one device more"


def test_cameras_of_one_maker_are_told_apart_by_model_or_serial_number() -> None:
    models = [seen("onvif.GetScopes", port=port, model=f"M{port}") for port in (8001, 8002, 8003)]
    assert split(*models, *map(page, (8001, 8002, 8003)), pages=dict.fromkeys((8001, 8002, 8003), "a")) == [
        {8001},
        {8002},
        {8003},
    ]
    router = {"mac": "44:19:b6:10:20:99"}
    serials = [seen("onvif.GetDeviceInformation", port=port, serial=f"4K01FD2PAJ000{port}", **router) for port in (80, 81)]
    assert split(*serials) == [{80}, {81}], "whatever MAC address the router has"


def test_a_camera_with_web_pages_onvif_and_video_stays_one_device() -> None:
    one = [
        page(80),
        page(443),
        seen("rtsp", port=554),
        *(seen("onvif.GetScopes", port=port, model="M1") for port in (80, 8000)),
    ]
    assert split(*one, pages={80: "a", 443: "a"}) == [{80, 443, 554, 8000}]
    assert split(*one) == [{80, 443, 554, 8000}]


def test_what_a_label_says_or_another_visit_showed_splits_nothing() -> None:
    two = {80: "a", 81: "b"}
    assert len(split(page(80), page(81, at="2027-03-01T10:00:00Z"), pages=two)) == 1
    assert len(split(page(80), page(81), seen("person"), pages=two)) == 1
