"""Where an address lives: routers, two cards on one network, equal addresses on two, and what changes in mid-search."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from camcensus.discovery.homes import OWN_ADDRESSES, Homes
from camcensus.model.scan import Interface, Scope
from discovery.test_cards import command, document_of, join, made
from discovery.test_networks import CAMERA_MAC, UDP, Station

assert made
ONE, TWO, OTHER = Interface("c1", "10.0.0.2/24", 1), Interface("c2", "10.0.0.3/24", 2), Interface("c3", "10.0.9.2/24", 3)
LONG_S = 5.0
"""How long a search waits for late answers where a test changes the network meanwhile, or the computer may be busy."""
A, B = "3c:ef:8c:10:20:31", "44:19:b6:21:00:0a"


def homes(*cards: Interface, ranges: tuple[str, ...] = ()) -> Homes:
    return Homes(Scope(interfaces=cards, ranges=ranges))


def test_a_host_in_a_named_range_beyond_a_router_lives_there_whatever_card_it_was_heard_on() -> None:
    found = homes(ONE, ranges=("10.7.0.0/24", "10.0.0.0/24"))
    assert found.of("10.7.0.5", ONE) is found.of("10.7.0.5", None) is None
    assert found.of("10.0.0.5", ONE) is found.of("10.0.0.5", None) is ONE


def test_an_address_of_no_network_in_scope_stays_with_the_card_that_heard_it() -> None:
    found = homes(ONE, OTHER)
    assert found.of("192.168.1.108", ONE) is ONE
    assert found.of("192.168.1.108", OTHER) is OTHER
    assert found.of("fe80::1", OTHER) is OTHER


def test_equal_addresses_behind_other_mac_addresses_are_two_hosts() -> None:
    found = homes(ONE, TWO)
    assert not found.is_sure("10.0.0.5", TWO)
    found.learn(ONE, {"10.0.0.5": A})
    found.learn(TWO, {"10.0.0.5": B})
    assert found.is_sure("10.0.0.5", TWO)
    assert (found.of("10.0.0.5", ONE), found.of("10.0.0.5", TWO)) == (ONE, TWO)
    assert not found.are_one(ONE, TWO)


def test_one_mac_address_at_one_address_shows_that_two_cards_are_on_one_network() -> None:
    found = homes(ONE, TWO)
    found.learn(ONE, {"10.0.0.5": A})
    found.learn(TWO, {"10.0.0.5": A, "10.0.0.6": B})
    assert found.are_one(ONE, TWO)
    assert found.of("10.0.0.5", TWO) is ONE
    assert found.of("10.0.0.6", TWO) is ONE


def test_overlapping_networks_of_other_sizes_are_told_apart_too() -> None:
    wide = Interface("c4", "10.0.1.9/22", 4)
    found = homes(wide, ONE)
    found.learn(wide, {"10.0.0.5": A})
    found.learn(ONE, {"10.0.0.5": B})
    assert (found.of("10.0.0.5", wide), found.of("10.0.0.5", ONE)) == (wide, ONE)
    assert found.of("10.0.2.5", wide) is wide


def test_what_was_decided_for_an_address_stays() -> None:
    found = homes(ONE, TWO)
    assert found.of("10.0.0.5", TWO) is TWO
    found.learn(ONE, {"10.0.0.5": A})
    found.learn(TWO, {"10.0.0.5": A})
    assert found.of("10.0.0.5", TWO) is TWO


def test_a_mac_address_at_many_addresses_is_no_hosts_own() -> None:
    found = homes(ONE)
    found.learn(ONE, {f"10.0.0.{number}": A for number in range(10, 10 + OWN_ADDRESSES)})
    assert found.own_mac(ONE.network, "10.0.0.10") == A
    found.learn(ONE, {"10.0.0.99": A, "10.0.0.50": B})
    assert found.own_mac(ONE.network, "10.0.0.10") is None
    assert found.own_mac(ONE.network, "10.0.0.50") == B


def test_what_is_beyond_a_router_is_asked_by_the_card_that_leads_there() -> None:
    here = Interface("lo", "127.0.0.1/32", 9)
    assert homes(ONE, here).way_to("127.7.0.5") is here
    assert homes(ONE, OTHER).way_to("127.7.0.5") is ONE


@pytest.mark.namespace
def test_cameras_behind_a_router_are_one_host_each(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "10.41.1.31/24")
    far = ["10.42.0.5", "10.42.0.6"]
    for address in far:
        devices.ip("addr", "add", f"{address}/32", "dev", "lo")
    scanner.ip("route", "add", "10.42.0.0/28", "via", "10.41.1.31")
    devices.ask(far=far)
    found = scanner.ask(ranges=["10.42.0.0/28"], least_s=LONG_S)
    assert {(probe, address, network) for probe, address, network, *_ in found["seen"]} >= {
        (probe, address, None) for probe in ("wsdiscovery", "http") for address in far
    }
    assert not [one for one in found["seen"] if one[1] in far and one[2]]
    assert Counter(address for address, _, _ in found["each_asked"])[far[0]] == 1


def _wait_for(devices: Station, protocol: int, port: int) -> None:
    """Waits until the search has sent something to a port there."""
    while not any(frame[1:] == [protocol, port] for frame in devices.ask(report=True)):
        time.sleep(0.05)


def _bridge(devices: Station, *ports: str) -> None:
    try:
        devices.ip("link", "add", "br0", "address", f"{CAMERA_MAC}7", "type", "bridge")
    except subprocess.CalledProcessError:
        pytest.skip("bridges cannot be made here")
    for port in ports:
        devices.ip("link", "set", port, "master", "br0")
    devices.ip("link", "set", "br0", "up")


@pytest.mark.namespace
def test_two_cards_on_one_network_ask_each_host_once(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "")
    join(scanner, "c2", "10.41.1.3/24", devices, "e2", "")
    _bridge(devices, "e1", "e2")
    for number in (5, 6, 7):
        devices.ip("addr", "add", f"10.41.1.{number}/24", "brd", "+", "dev", "br0")
    devices.ask(wsd=["10.41.1.5", "10.41.1.6"], web=["10.41.1.7"])
    found = scanner.ask(ranges=["10.41.1.0/28"])
    asked = Counter(address for address, outcome, _ in found["each_asked"] if outcome == "answered")
    assert asked == {"10.41.1.5": 1, "10.41.1.6": 1, "10.41.1.7": 1}
    assert {network for _, _, network, *_ in found["seen"]} == {"c1 10.41.1.2/24"}


@pytest.mark.namespace
def test_a_router_that_answers_for_a_whole_range_makes_no_devices_and_hides_none(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "10.41.1.31/24")
    devices.ip("addr", "add", "10.41.1.200/32", "dev", "lo")
    devices.ip("link", "add", "d0", "type", "veth", "peer", "name", "d9")
    for end in ("d0", "d9"):
        devices.ip("link", "set", end, "up")
    devices.ip("route", "add", "10.41.1.128/25", "dev", "d0")
    _proxy(devices, "e1")
    devices.ask(web=["10.41.1.200"])
    document = document_of(command(scanner, "--range", "10.41.1.192/27"))
    assert [entry["addresses"] for entry in document["devices"] if entry["addresses"] != ["10.41.1.31"]] == [["10.41.1.200"]]


def _proxy(station: Station, card: str) -> None:
    words = [
        "nsenter",
        "-t",
        str(station.pid),
        "-n",
        "sysctl",
        "-qw",
        f"net.ipv4.conf.{card}.proxy_arp=1",
        "net.ipv4.ip_forward=1",
    ]
    if subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("the system's settings cannot be changed here")


@pytest.mark.namespace
def test_a_card_that_comes_back_is_asked_again_and_the_search_says_so(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "10.41.1.31/24")
    join(scanner, "c2", "10.41.2.2/24", devices, "e2", "10.41.2.31/24")
    devices.ask(wsd=["10.41.1.31"])
    scanner.send(least_s=LONG_S)
    _wait_for(devices, UDP, 3702)
    scanner.ip("link", "set", "c2", "down")
    time.sleep(2.0)
    devices.ask(wsd=["10.41.2.31"])
    scanner.ip("link", "set", "c2", "up")
    found = scanner.receive()
    assert {(probe, address) for probe, address, *_ in found["seen"]} >= {
        ("wsdiscovery", "10.41.2.31"),
        ("http", "10.41.2.31"),
    }
    rows: dict[tuple[str, str], Any] = {(probe, network): state for probe, network, _, _, state, _ in found["coverage"]}
    assert rows["wsdiscovery", "10.41.2.0/24"] == "done"
