"""Which replies come from one box: over addresses, protocols and time, with junk and routers in the way."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.small_knowledge import seen, small_knowledge
from camcensus.identity.group import group
from camcensus.identity.hosts import CLUSTERS_LIMIT
from camcensus.identity.values import is_usable_mac, is_usable_serial, is_usable_uuid, uuid_tail
from camcensus.model.device import Device, Observation

KNOWLEDGE = small_knowledge()
UUID_A, UUID_B, UUID_C = (f"{number}a7c8f30-6d1e-4b2a-9c55-1f0e2d3c4b5a" for number in (1, 2, 3))
MAC_A, MAC_B = "3c:ef:8c:10:20:31", "44:19:b6:10:20:32"
SERIAL = "2K00000PAG00002"


def devices(*observations: Observation) -> tuple[Device, ...]:
    return group(observations, KNOWLEDGE)


def keys(device: Device) -> list[str]:
    return [str(key) for key in device.keys]


def test_lines_of_one_address_are_one_device() -> None:
    (device,) = devices(
        seen("wsdiscovery", uuid=UUID_A),
        seen("http", http__status="401"),
        seen("dhip", serial=SERIAL, claims_mac=MAC_A),
        seen("neighbour", mac=MAC_A),
    )
    assert keys(device) == [f"mac:{MAC_A}", f"uuid:{UUID_A}", f"serial:dahua:{SERIAL}", "addr:/10.0.0.5"]
    assert device.mac == MAC_A
    assert len(device.observations) == 4


def test_a_number_that_more_network_cards_say_than_one_box_has_is_a_firmwares() -> None:
    def cameras(number: int) -> tuple[Device, ...]:
        return devices(*(
            one for card in range(number) for one in (
                seen("neighbour", f"10.0.0.{card}", network="eth0 10.0.0.9/24", mac=f"3c:ef:8c:10:20:3{card}"),
                seen("onvif.GetDeviceInformation", f"10.0.0.{card}", network="eth0 10.0.0.9/24", port=80, serial=SERIAL),
            )
        ))  # fmt: skip

    assert [len(cameras(number)) for number in (1, 2, 3, 4)] == [1, 1, 3, 4]


def test_one_address_in_two_networks_is_two_devices() -> None:
    found = devices(seen("http", network="eth0 10.0.0.2/24"), seen("http", network="eth1 10.0.0.2/24"))
    assert [keys(device) for device in found] == [["addr:eth0 10.0.0.2/24/10.0.0.5"], ["addr:eth1 10.0.0.2/24/10.0.0.5"]]
    assert [device.network for device in found] == ["eth0 10.0.0.2/24", "eth1 10.0.0.2/24"]


def test_two_endpoint_ids_at_one_address_show_two_devices() -> None:
    found = devices(seen("wsdiscovery", uuid=UUID_A, model="X"), seen("wsdiscovery", uuid=UUID_B, model="X"))
    assert [device.keys[0].value for device in found] == [UUID_A, UUID_B]


def test_two_numbers_at_one_address_show_two_devices() -> None:
    assert len(devices(seen("neighbour", mac=MAC_A), seen("neighbour", mac=MAC_B))) == 2
    assert len(devices(seen("sadp", claims_mac=MAC_A), seen("sadp", claims_mac=MAC_B))) == 2


def test_an_endpoint_id_that_changes_at_each_start_leaves_one_device_where_the_number_is_the_same() -> None:
    (device,) = devices(seen("wsdiscovery", uuid=UUID_A, mac=MAC_A), seen("wsdiscovery", uuid=UUID_B, mac=MAC_A))
    assert keys(device)[:3] == [f"mac:{MAC_A}", f"uuid:{UUID_A}", f"uuid:{UUID_B}"]


def test_ids_of_other_kinds_do_not_split_a_device() -> None:
    assert len(devices(seen("wsdiscovery", uuid=UUID_A), seen("upnp", uuid=UUID_B), seen("sadp", uuid=UUID_C))) == 1


def test_replies_without_identity_go_to_the_device_that_answered_nearest_in_time() -> None:
    found = devices(
        seen("wsdiscovery", at="2026-01-01T10:00:00Z", uuid=UUID_A),
        seen("http", at="2026-01-01T10:00:05Z", http__status="200"),
        seen("wsdiscovery", at="2026-09-01T10:00:00Z", uuid=UUID_B),
        seen("rtsp", at="2026-09-01T09:59:00Z", rtsp__status="401"),
    )
    assert [[item.probe for item in device.observations] for device in found] == [
        ["wsdiscovery", "http"],
        ["rtsp", "wsdiscovery"],
    ]


def test_parts_with_other_kinds_of_identity_join_the_nearest_device_they_can_belong_to() -> None:
    found = devices(
        seen("wsdiscovery", at="2026-01-01T10:00:00Z", uuid=UUID_A),
        seen("sadp", at="2026-01-01T10:00:01Z", claims_mac=MAC_A),
        seen("wsdiscovery", at="2026-09-01T10:00:00Z", uuid=UUID_B),
        seen("sadp", at="2026-09-01T10:00:01Z", claims_mac=MAC_B),
    )
    assert [keys(device)[:2] for device in found] == [[f"mac:{MAC_A}", f"uuid:{UUID_A}"], [f"mac:{MAC_B}", f"uuid:{UUID_B}"]]


@pytest.mark.parametrize(
    "shared",
    [{"uuid": UUID_A, "serial": SERIAL}, {"claims_mac": MAC_A}, {"mac": MAC_A}],
    ids=["uuid and serial", "claimed number", "neighbour number"],
)
def test_one_device_on_two_addresses_is_one(shared: dict[str, str]) -> None:
    (device,) = devices(
        seen("wsdiscovery", "10.0.0.5", network="eth0 10.0.0.2/24", **shared),
        seen("wsdiscovery", "192.168.7.9", network="wlan0 192.168.7.2/24", **shared),
    )
    assert device.addresses == ("10.0.0.5", "192.168.7.9")
    assert device.network == "eth0 10.0.0.2/24"


def test_protocols_on_several_addresses_are_tied_by_different_keys() -> None:
    (device,) = devices(
        seen("wsdiscovery", "10.0.0.5", uuid=UUID_A, claims_mac=MAC_A),
        seen("dhip", "10.0.0.6", claims_mac=MAC_A, serial=SERIAL),
        seen("onvif.GetDeviceInformation", "fe80::1", serial=SERIAL),
    )
    assert device.addresses == ("10.0.0.5", "10.0.0.6", "fe80::1")


@pytest.mark.parametrize("shared", [{"uuid": UUID_A}, {"serial": SERIAL}], ids=["uuid", "serial"])
def test_one_claimed_value_alone_joins_no_two_addresses_that_answer_at_once(shared: dict[str, str]) -> None:
    found = devices(seen("wsdiscovery", "10.0.0.5", **shared), seen("wsdiscovery", "10.0.0.6", **shared))
    assert len(found) == 2
    assert [key.kind for device in found for key in device.keys] == ["addr", "addr"]
    (moved,) = devices(
        seen("wsdiscovery", "10.0.0.5", **shared), seen("wsdiscovery", "10.0.0.6", at="2026-11-25T10:00:00Z", **shared)
    )
    assert moved.addresses == ("10.0.0.5", "10.0.0.6")


def test_link_local_ipv6_beside_ipv4_is_no_second_address() -> None:
    (device,) = devices(seen("wsdiscovery", "10.0.0.5", uuid=UUID_A), seen("wsdiscovery", "fe80::1", uuid=UUID_A))
    assert device.addresses == ("10.0.0.5", "fe80::1")


def test_wifi_and_cable_of_one_device_share_its_endpoint_id_and_its_model() -> None:
    module = "f4:f2:6d:10:20:30"
    cable = seen("wsdiscovery", "10.0.0.5", uuid=UUID_A, mac=MAC_A, model="C1")
    (device,) = devices(cable, seen("wsdiscovery", "10.0.0.6", uuid=UUID_A, mac=module, model="C1"))
    assert {key.value for key in device.keys if key.kind == "mac"} == {MAC_A, module}
    assert len(devices(cable, seen("wsdiscovery", "10.0.0.6", uuid=UUID_A, mac=module, model="C2"))) == 2
    assert len(devices(cable, seen("wsdiscovery", "10.0.0.6", uuid=UUID_A, mac="3c:ef:8c:99:00:01", model="C1"))) == 2


def test_numbers_of_two_makers_are_two_devices_whatever_else_they_share() -> None:
    shared = {"uuid": UUID_A, "serial": SERIAL, "model": "C1"}
    found = devices(seen("wsdiscovery", "10.0.0.5", mac=MAC_A, **shared), seen("wsdiscovery", "10.0.0.6", mac=MAC_B, **shared))
    assert [device.mac for device in found] == [MAC_A, MAC_B]


def test_an_answer_in_a_makers_own_protocol_tells_it_from_anothers_number() -> None:
    shared = {"uuid": UUID_A, "serial": SERIAL}
    found = devices(
        seen("wsdiscovery", "10.0.0.5", **shared),
        seen("sadp", "10.0.0.5"),
        seen("wsdiscovery", "10.0.0.6", mac=MAC_A, **shared),
    )
    assert len(found) == 2


def test_a_host_that_claims_anothers_number_is_not_that_one_where_its_own_is_of_another_maker() -> None:
    found = devices(
        seen("sadp", "10.0.0.5", mac=MAC_A, claims_mac=MAC_A), seen("wsdiscovery", "10.0.0.6", mac=MAC_B, claims_mac=MAC_A)
    )
    assert sorted(device.addresses for device in found) == [("10.0.0.5",), ("10.0.0.6",)]
    behind_an_extender = seen("wsdiscovery", "10.0.0.6", mac="f4:f2:6d:00:00:07", claims_mac=MAC_A)
    assert len(devices(seen("wsdiscovery", "10.0.0.5", mac=MAC_A), behind_an_extender)) == 1


def _match(address: str, uuid: str, at: str, **more: str) -> Observation:
    return seen("wsdiscovery", address, uuid=uuid, onvif__xaddr=f"http://{at}/onvif/device_service", **more)


def test_a_host_that_repeats_what_others_said_speaks_for_them() -> None:
    cameras = [_match(f"10.0.0.{number}", uuid, f"10.0.0.{number}") for number, uuid in ((5, UUID_A), (6, UUID_B), (7, UUID_C))]
    repeated = [replace(one, address="10.0.0.99", mac="f4:f2:6d:10:20:30") for one in cameras]
    found = devices(*cameras, *repeated, seen("http", "10.0.0.99", http__title="proxy"))
    assert [device.addresses for device in found] == [("10.0.0.99",), ("10.0.0.5",), ("10.0.0.6",), ("10.0.0.7",)]
    assert [device.keys[0].value for device in found[1:]] == [UUID_A, UUID_B, UUID_C]
    assert all(device.mac is None for device in found[1:])


def test_a_repeated_device_that_names_a_stale_address_is_still_the_one_that_shows_its_id() -> None:
    cameras = [
        _match("10.0.0.5", UUID_A, "10.0.0.5"),
        _match("10.0.0.6", UUID_B, "10.0.0.6"),
        _match("10.0.0.7", UUID_C, "10.0.0.250"),
    ]
    repeated = [replace(one, address="10.0.0.99", mac="f4:f2:6d:10:20:30") for one in cameras]
    found = devices(*cameras, *repeated, seen("http", "10.0.0.99", http__title="proxy"))
    assert [device.addresses for device in found] == [("10.0.0.99",), ("10.0.0.5",), ("10.0.0.6",), ("10.0.0.7",)]
    assert UUID_C not in {key.value for key in found[0].keys}


def test_a_camera_that_also_repeats_another_keeps_its_own_name() -> None:
    own, other = _match("10.0.0.5", UUID_A, "10.0.0.5"), _match("10.0.0.6", UUID_B, "10.0.0.6")
    found = devices(own, other, replace(other, address="10.0.0.5"))
    assert [(device.addresses, device.keys[0].value) for device in found] == [(("10.0.0.5",), UUID_A), (("10.0.0.6",), UUID_B)]


def test_a_proxy_may_tell_of_hosts_that_say_nothing_of_themselves() -> None:
    silent = [seen("http", f"10.0.0.{number}", http__status="401") for number in (5, 6)]
    told = [_match("10.0.0.99", UUID_A, "10.0.0.5"), _match("10.0.0.99", UUID_B, "10.0.0.6")]
    found = devices(*silent, *told)
    assert [(device.addresses, device.keys[0].value) for device in found] == [(("10.0.0.5",), UUID_A), (("10.0.0.6",), UUID_B)]


def test_a_second_card_that_names_the_first_is_the_same_device() -> None:
    first = _match("10.0.0.5", UUID_A, "10.0.0.5", mac=MAC_A)
    (device,) = devices(first, replace(first, address="10.0.0.6", mac="f4:f2:6d:10:20:30"))
    assert device.addresses == ("10.0.0.5", "10.0.0.6")


def test_an_ipv6_address_made_from_a_network_number_shows_it() -> None:
    (device,) = devices(seen("neighbour", mac=MAC_A), seen("http", "fe80::3eef:8cff:fe10:2031%eth0"))
    assert device.addresses == ("10.0.0.5", "fe80::3eef:8cff:fe10:2031%eth0")


def test_a_routers_number_in_front_of_hosts_is_no_identity() -> None:
    found = devices(
        *(
            seen("wsdiscovery", f"10.0.0.{number}", uuid=uuid, mac=MAC_A)
            for number, uuid in ((5, UUID_A), (6, UUID_B), (7, UUID_C))
        )
    )
    assert len(found) == 3
    assert all(device.mac is None for device in found)
    assert not any(key.kind == "mac" for device in found for key in device.keys)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"serial": SERIAL}, {"serial": "4M00000PAA00001"}),
        ({"claims_mac": "3c:ef:8c:00:00:07"}, {"claims_mac": "3c:ef:8c:00:00:08"}),
        ({"model": "DS-1"}, {"model": "DS-2"}),
    ],
)
def test_other_differences_behind_one_neighbour_number_show_a_router_too(one: dict[str, str], two: dict[str, str]) -> None:
    assert len(devices(seen("onvif.X", "10.0.0.5", mac=MAC_A, **one), seen("onvif.X", "10.0.0.6", mac=MAC_A, **two))) == 2


def test_a_router_by_its_own_description_is_not_the_one_camera_behind_it() -> None:
    router = seen("upnp", mac=MAC_A, upnp__device_type="urn:schemas-upnp-org:device:InternetGatewayDevice:1")
    found = devices(router, seen("wsdiscovery", address="10.0.0.6", mac=MAC_A, uuid=UUID_A))
    assert [device.addresses for device in found] == [("10.0.0.5",), ("10.0.0.6",)]
    television = seen("upnp", mac=MAC_A, upnp__device_type="urn:schemas-upnp-org:device:MediaRenderer:1")
    assert len(devices(television, seen("wsdiscovery", address="10.0.0.6", mac=MAC_A, uuid=UUID_A))) == 1


def test_a_router_by_its_search_answer_alone_is_told_from_the_camera_behind_it() -> None:
    router = seen("ssdp", mac=MAC_A, ssdp__st="urn:schemas-upnp-org:device:InternetGatewayDevice:1")
    assert len(devices(router, seen("wsdiscovery", address="10.0.0.6", mac=MAC_A, uuid=UUID_A))) == 2


def test_two_pages_by_two_servers_behind_one_number_are_two_devices() -> None:
    page = seen("http", mac=MAC_A, port=80, http__title="Vigor Login Page", http__server="DrayTek/Vigor")
    other = seen("http", "10.0.0.6", mac=MAC_A, port=80, http__title="WEB SERVICE", http__server="nginx")
    assert len(devices(page, other)) == 2
    same_server = seen("http", "10.0.0.6", mac=MAC_A, port=80, http__title="AXIS 10.0.0.6", http__server="DrayTek/Vigor")
    assert len(devices(page, same_server)) == 1
    other_port = seen("http", "10.0.0.6", mac=MAC_A, port=8080, http__title="WEB SERVICE", http__server="nginx")
    assert len(devices(page, other_port)) == 1


def test_many_addresses_of_one_number_in_a_day_are_a_router_and_over_the_years_one_device() -> None:
    same_day = [seen("http", f"10.0.0.{number}", mac=MAC_A) for number in range(1, 7)]
    assert len(devices(*same_day)) == 6
    years = [seen("http", f"10.0.0.{number}", at=f"202{number}-11-24T10:00:00Z", mac=MAC_A) for number in range(1, 7)]
    assert len(devices(*years)) == 1
    told_apart_by_nothing = [seen("wsdiscovery", f"10.0.0.{number}", mac=MAC_A, uuid=UUID_A) for number in range(1, 7)]
    assert len(devices(*told_apart_by_nothing)) == 1


def test_an_endpoint_id_that_is_a_firmwares_constant_is_no_identity() -> None:
    found = devices(
        seen("wsdiscovery", "10.0.0.5", uuid=UUID_A, serial=SERIAL),
        seen("wsdiscovery", "10.0.0.6", uuid=UUID_A, serial="4M00000PAA00001"),
    )
    assert [device.keys[0].kind for device in found] == ["serial", "serial"]


def test_a_value_on_many_hosts_at_once_is_no_identity() -> None:
    assert len(devices(*(seen("upnp", f"10.0.1.{number}", serial="SN-DEFAULT-77") for number in range(1, 30)))) == 29


@pytest.mark.parametrize(
    "serial",
    ["0123456789", "00000000", "XXXXXXXXXX", "12345678", "1234567890", "1234567", "default1", "DEFAULT1", "", "S" * 65],
)
def test_junk_serials_do_not_merge(serial: str) -> None:
    found = devices(seen("upnp", "10.0.0.5", serial=serial), seen("upnp", "10.0.0.6", serial=serial))
    assert len(found) == 2
    assert not any(key.kind == "serial" for device in found for key in device.keys)


def test_a_serial_that_is_the_address_without_dots_is_junk() -> None:
    for reply in (
        seen("onvif.GetDeviceInformation", "192.168.2.61", serial="192168261"),
        seen("onvif.GetDeviceInformation", "10.0.0.5", serial="192168261"),
        seen("onvif.GetDeviceInformation", "10.250.17.61", serial="102501761"),
        seen("onvif.GetDeviceInformation", "10.0.0.5", serial="102501761", ipv4="10.250.17.61"),
        seen("onvif.GetDeviceInformation", "10.0.0.5", serial="102501761", onvif__xaddr="http://10.250.17.61:8000/onvif/"),
        seen("onvif.GetDeviceInformation", "10.0.0.5", serial="192168261", onvif__xaddr="http://[::1"),
    ):
        assert not is_usable_serial(reply.reading.fields["serial"][0], reply, KNOWLEDGE)
    bosch = seen("onvif.GetDeviceInformation", serial="044500000000000011")
    assert is_usable_serial("044500000000000011", bosch, KNOWLEDGE)


@pytest.mark.parametrize(
    "mac", ["00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "11:11:11:11:11:11", "01:00:5e:00:00:fb", "00:11:22:33:44:55", "nonsense"]
)
def test_junk_numbers_do_not_merge(mac: str) -> None:
    assert not is_usable_mac(mac, KNOWLEDGE)
    assert len(devices(seen("neighbour", "10.0.0.5", mac=mac), seen("neighbour", "10.0.0.6", mac=mac))) == 2


def test_a_number_made_up_by_software_is_shown_and_never_merges() -> None:
    found = devices(
        seen("neighbour", "10.0.0.5", mac="02:42:ac:11:00:02"), seen("neighbour", "10.0.0.6", mac="02:42:ac:11:00:02")
    )
    assert len(found) == 2
    assert [(key.kind, key.trust) for key in found[0].keys] == [("mac", "weak"), ("addr", "weak")]


@pytest.mark.parametrize("uuid", ["unknown", "00000000-0000-0000-0000-000000000000", "", "x" * 81, "1234"])
def test_junk_endpoint_ids_do_not_merge(uuid: str) -> None:
    assert not is_usable_uuid(uuid)
    assert len(devices(seen("wsdiscovery", "10.0.0.5", uuid=uuid), seen("wsdiscovery", "10.0.0.6", uuid=uuid))) == 2


def test_the_tail_of_an_endpoint_id_is_a_hint_where_its_block_is_followed() -> None:
    tail = "aa85c000-0000-11b3-8000-3cef8c1fe385"
    assert uuid_tail(tail, KNOWLEDGE) == "3c:ef:8c:1f:e3:85"
    assert uuid_tail("aa85c000-0000-11b3-8000-f4f26d1fe385", KNOWLEDGE) is None
    (device,) = devices(seen("wsdiscovery", uuid=tail))
    assert [(key.kind, key.trust) for key in device.keys] == [("uuid", "strong"), ("mac", "weak"), ("addr", "weak")]
    other = "bb85c000-6324-11b3-819e-3cef8c1fe385"
    assert len(devices(seen("wsdiscovery", uuid=tail), seen("wsdiscovery", "10.0.0.6", uuid=other))) == 2


def test_a_serial_is_kept_under_the_maker_whose_protocol_carried_it() -> None:
    (device,) = devices(
        seen("onvif.GetDeviceInformation", serial=SERIAL, manufacturer="Axis"),
        seen("dhip", serial=SERIAL, manufacturer="Honeywell"),
    )
    assert "serial:dahua:" + SERIAL in keys(device)
    (claimed,) = devices(seen("onvif.GetDeviceInformation", serial=SERIAL, manufacturer="Axis"))
    assert "serial:axis:" + SERIAL in keys(claimed)
    (nobody,) = devices(seen("onvif.GetDeviceInformation", serial=SERIAL, manufacturer="Nobody"))
    assert "serial:unknown:" + SERIAL in keys(nobody)


def test_a_host_that_shows_more_identities_than_any_box_has_is_one_host() -> None:
    flood = [seen("wsdiscovery", uuid=f"{number:08x}-6d1e-4b2a-9c55-1f0e2d3c4b5a") for number in range(1, CLUSTERS_LIMIT + 20)]
    assert len(devices(*flood)) == 1


def invented(count: int, *, mac: str | None = None, **more: object) -> list[Observation]:
    """Replies of a device that makes up an endpoint id for each; its number is known from the third one on."""
    return [
        seen(
            "wsdiscovery",
            at=f"2026-11-24T10:00:{number:02d}Z",
            uuid=f"{number:08x}-6d1e-4b2a-9c55-1f0e2d3c4b5a",
            onvif__xaddr="http://10.0.0.5/onvif/device_service",
            **({"mac": mac} if mac and number > 2 else {}),
            **more,
        )
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [3, 9, 43])
def test_a_device_that_invents_an_endpoint_id_for_each_reply_is_one_and_is_known_by_its_number(count: int) -> None:
    (device,) = devices(*invented(count, mac=MAC_A), seen("neighbour", mac=MAC_A), seen("http", port=80, http__status="401"))
    assert keys(device) == [f"mac:{MAC_A}", "addr:/10.0.0.5"]
    assert len(device.observations) == count + 2


def test_it_is_one_by_its_address_where_no_number_is_known_also_where_one_reply_has_the_real_id() -> None:
    (device,) = devices(*invented(9), seen("onvif.GetEndpointReference", port=80, uuid=UUID_A))
    assert keys(device) == [f"uuid:{UUID_A}", "addr:/10.0.0.5"]


def test_endpoint_ids_that_come_with_different_services_or_serials_or_on_different_days_are_several_devices() -> None:
    uuids = [f"{number:08x}-6d1e-4b2a-9c55-1f0e2d3c4b5a" for number in range(1, 7)]
    ports = [seen("wsdiscovery", uuid=one, onvif__xaddr=f"http://10.0.0.5:{8000 + n}/") for n, one in enumerate(uuids)]
    assert len(devices(*ports)) == 6
    behind = [seen("wsdiscovery", uuid=one, onvif__xaddr=f"http://192.168.1.{n}/") for n, one in enumerate(uuids)]
    assert len(devices(*behind)) == 6
    serials = [seen("wsdiscovery", uuid=one, serial=f"2K0000{n}PAG00002") for n, one in enumerate(uuids)]
    assert len(devices(*serials)) == 6
    days = [seen("wsdiscovery", at=f"2026-11-0{n + 1}T10:00:00Z", uuid=one) for n, one in enumerate(uuids)]
    assert len(devices(*days)) == 6


def test_a_persons_reading_without_a_network_belongs_to_the_one_network_that_has_the_address() -> None:
    label = seen("person", person__basis="label", person__brand="Axis")
    one = seen("http", network="eth0 10.0.0.2/24", http__status="200")
    two = seen("http", network="eth1 10.0.0.2/24", http__status="200")
    (device,) = devices(one, label)
    assert (device.network, len(device.observations)) == ("eth0 10.0.0.2/24", 2)
    assert len(devices(one, two, label)) == 3


def test_an_observation_given_twice_counts_once() -> None:
    reply = seen("wsdiscovery", uuid=UUID_A)
    (device,) = devices(reply, reply)
    assert device.observations == (reply,)


def test_no_observations_are_no_devices() -> None:
    assert devices() == ()


POOL = [
    seen(probe, address, at=f"2026-11-2{day}T10:00:00Z", **fields)
    for address in ("10.0.0.5", "10.0.0.6", "fe80::1")
    for day, (probe, fields) in enumerate(
        [
            ("wsdiscovery", {"uuid": UUID_A}),
            ("wsdiscovery", {"uuid": UUID_B, "claims_mac": MAC_A}),
            ("sadp", {"claims_mac": MAC_B, "serial": SERIAL}),
            ("neighbour", {"mac": MAC_A}),
            ("http", {"http__status": "200"}),
            ("onvif.GetDeviceInformation", {"serial": SERIAL, "model": "M"}),
            ("wsdiscovery", {"uuid": UUID_C, "mac": MAC_B}),
        ]
    )
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(POOL), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_changes_the_devices(observations: list[Observation], shuffler: random.Random) -> None:
    other = list(observations)
    shuffler.shuffle(other)
    found = devices(*observations)
    assert found == devices(*other)
    assert sorted(item.id for device in found for item in device.observations) == sorted({item.id for item in observations})
    strong = [key for device in found for key in device.keys if key.trust == "strong"]
    assert len(strong) == len(set(strong))
