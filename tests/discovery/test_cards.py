"""Network cards that make it hard: two on networks with the same addresses, one that vanishes, one that speaks IPv6."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from camcensus.discovery.pace import PORTS
from camcensus.discovery.vendor_udp import PROTOCOLS
from costs import PATIENCE_S
from discovery.test_networks import CAMERA_MAC, TCP, Station

pytestmark = pytest.mark.namespace

Join = Callable[[Station, str, str, Station, str, str], None]


@pytest.fixture
def made() -> Iterator[Callable[..., Station]]:
    """Makes stations and ends them."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root on Linux")
    stations: list[Station] = []

    def make(*role: str) -> Station:
        stations.append(Station(*role))
        return stations[-1]

    yield make
    for one in stations:
        one.end()


def join(scanner: Station, card: str, address: str, devices: Station, other: str, its_address: str) -> None:
    """A cable between two stations."""
    scanner.wait()
    devices.wait()
    try:
        subprocess.run(["ip", "link", "add", card, "type", "veth", "peer", "name", other], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("network cards cannot be made here")
    for station, end, at in ((scanner, card, address), (devices, other, its_address)):
        subprocess.run(["ip", "link", "set", end, "netns", str(station.pid)], check=True)
        if station is devices:
            station.ip("link", "set", end, "address", f"{CAMERA_MAC}{other[-1]}")
        if at:
            station.ip("addr", "add", at, "brd", "+", "dev", end)
        station.ip("link", "set", end, "up")


def command(scanner: Station, *options: str) -> subprocess.Popen[str]:
    """The command line's search at a station, on all its cards."""
    words = [sys.executable, "-m", "camcensus", "scan", "--json", "--pace", "fast", *options]
    return subprocess.Popen(
        ["nsenter", "-t", str(scanner.pid), "-n", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def document_of(program: subprocess.Popen[str]) -> dict[str, Any]:
    out, err = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 0, err
    return json.loads(out)  # type: ignore[no-any-return]


def rows_of(document: dict[str, Any]) -> list[list[str]]:
    return sorted(entry["addresses"] for entry in document["devices"])


def an_id(number: int) -> str:
    return f"{number}a7c8f30-6d1e-4b2a-9c55-1f0e2d3c4b5a"


def test_a_camera_on_each_of_two_networks_is_a_row_and_one_that_is_on_both_is_one_too(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "10.41.1.31/24")
    join(scanner, "c2", "10.41.2.2/24", devices, "e2", "10.41.2.32/24")
    devices.ip("addr", "add", "10.41.1.40/24", "dev", "e1")
    devices.ip("addr", "add", "10.41.2.40/24", "dev", "e2")
    ids = {"10.41.1.31": an_id(1), "10.41.2.32": an_id(2), "10.41.1.40": an_id(3), "10.41.2.40": an_id(3)}
    devices.ask(wsd=list(ids), ids=ids)
    document = document_of(command(scanner))
    assert rows_of(document) == [["10.41.1.31"], ["10.41.1.40", "10.41.2.40"], ["10.41.2.32"]]
    networks = {entry["addresses"][0]: entry["network"] for entry in document["devices"]}
    assert networks["10.41.1.31"] == "c1 10.41.1.2/24"
    assert networks["10.41.2.32"] == "c2 10.41.2.2/24"
    assert [row["state"] for row in document["scan"]["coverage"] if row["probe"] == "wsdiscovery"] == ["done", "done"]


def test_two_cards_on_one_network_do_not_double_what_is_there(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "")
    join(scanner, "c2", "10.41.1.3/24", devices, "e2", "")
    try:
        devices.ip("link", "add", "br0", "address", f"{CAMERA_MAC}7", "type", "bridge")
    except subprocess.CalledProcessError:
        pytest.skip("bridges cannot be made here")
    for port in ("e1", "e2"):
        devices.ip("link", "set", port, "master", "br0")
    for number in (31, 32):
        devices.ip("addr", "add", f"10.41.1.{number}/24", "brd", "+", "dev", "br0")
    devices.ip("link", "set", "br0", "up")
    ids = {"10.41.1.31": an_id(1), "10.41.1.32": an_id(2)}
    devices.ask(wsd=list(ids), ids=ids)
    document = document_of(command(scanner))
    assert {card["name"] for card in document["scan"]["interfaces"]} == {"c1", "c2"}
    assert rows_of(document) == [["10.41.1.31"], ["10.41.1.32"]]


def test_a_card_that_vanishes_makes_no_row_missing_that_it_would_have_seen(
    made: Callable[..., Station], tmp_path: Path
) -> None:
    scanner, first, second = made("scanner"), made("devices"), made("devices")
    kept = ("--inventory", str(tmp_path / "a.camcensus"))
    join(scanner, "c1", "10.41.1.2/24", first, "e1", "10.41.1.31/24")
    join(scanner, "c2", "10.41.2.2/24", second, "e2", "10.41.2.32/24")
    first.ask(wsd=["10.41.1.31"], ids={"10.41.1.31": an_id(1)})
    second.ask(wsd=["10.41.2.32"], ids={"10.41.2.32": an_id(2)})
    assert rows_of(document_of(command(scanner, *kept))) == [["10.41.1.31"], ["10.41.2.32"]]
    second.end()  # Its end of the cable goes with it, and so does the card.
    quiet = made("devices")
    join(scanner, "c2", "10.41.2.2/24", quiet, "e2", "10.41.2.32/24")
    quiet.ask()
    searching = command(scanner, *kept)
    while searching.poll() is None and not any(port == 3702 for _, _, port in quiet.ask(report=True)):
        time.sleep(0.05)
    quiet.end()
    document = document_of(searching)
    assert rows_of(document) == [["10.41.1.31"]]
    assert "what had not answered when the network card c2 went away" in document["scan"]["not_covered"]
    assert document["scan"]["stopped_early"] is False
    shown = subprocess.run(
        [sys.executable, "-m", "camcensus", "show", kept[1], "--json"], capture_output=True, text=True, check=True
    )
    statuses = {tuple(one["addresses"]): one["asset"]["status"] for one in json.loads(shown.stdout)["devices"]}
    assert statuses == {("10.41.1.31",): "present", ("10.41.2.32",): "present"}


def test_one_address_on_two_cards_is_two_devices_each_asked_on_its_card(made: Callable[..., Station]) -> None:
    scanner, first, second = made("scanner"), made("devices"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", first, "e1", "10.41.1.31/24")
    join(scanner, "c2", "10.41.1.3/24", second, "e2", "10.41.1.31/24")
    first.ask(wsd=["10.41.1.31"])
    second.ask(wsd=["10.41.1.31"])
    found = scanner.ask()
    seen = {(probe, network): mac for probe, _, network, mac, _ in found["seen"]}
    for probe in ("http", "neighbour"):
        assert seen[probe, "c1 10.41.1.2/24"] == f"{CAMERA_MAC}1"
        assert seen[probe, "c2 10.41.1.3/24"] == f"{CAMERA_MAC}2"
    assert {network for probe, _, network, *_ in found["seen"] if probe == "wsdiscovery"} == {
        "c1 10.41.1.2/24",
        "c2 10.41.1.3/24",
    }


def test_a_card_that_vanishes_keeps_what_was_found_and_coverage_says_so(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "10.41.1.31/24")
    join(scanner, "c2", "10.41.2.2/24", devices, "e2", "10.41.2.31/24")
    devices.ask(wsd=["10.41.1.31", "10.41.2.31"])
    scanner.send(least_s=4.0)
    while not any(frame[1:] == [TCP, 80] for frame in devices.ask(report=True)):
        time.sleep(0.05)
    time.sleep(0.5)
    scanner.ip("link", "del", "c2")
    found = scanner.receive()
    assert {address for _, address, *_ in found["seen"]} == {"10.41.1.31", "10.41.2.31"}
    rows = {(probe, network): (state, reason) for probe, network, _, _, state, reason in found["coverage"]}
    lost = "The network card c2 went away during the search; what was found before is kept: connect it and search again."
    assert rows["wsdiscovery", "10.41.2.0/24"] == ("partial", lost)
    assert rows["wsdiscovery", "10.41.1.0/24"] == ("done", None)
    assert "what had not answered when the network card c2 went away" in found["not_covered"]
    assert found["advice"]["card-lost"] == ["The network card c2 went away during the search.", "Connect it and search again."]


def test_a_device_without_an_ipv4_address_is_found_by_link_local_ipv6(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner", "ipv6"), made("devices", "ipv6")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "")
    time.sleep(0.3)
    devices.ask(wsd6=["e1"])
    found = scanner.ask()
    seen = {(probe, address): network for probe, address, network, *_ in found["seen"]}
    own = "fe80::3eef:8cff:fe00:1"
    assert seen["wsdiscovery", own] == "c1 10.41.1.2/24"
    assert seen["http", own] == "c1 10.41.1.2/24"
    sent = {probe: sent for probe, network, sent, *_ in found["coverage"] if network == "10.41.1.0/24"}
    assert sent["wsdiscovery-ipv6"] == 12


def test_a_device_with_both_kinds_of_address_is_asked_at_one(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner", "ipv6"), made("devices", "ipv6")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "10.41.1.31/24")
    time.sleep(0.3)
    devices.ask(wsd=["10.41.1.31"], wsd6=["e1"])
    found = scanner.ask()
    own = "fe80::3eef:8cff:fe00:1"
    assert {address for probe, address, *_ in found["seen"] if probe == "wsdiscovery"} == {"10.41.1.31", own}
    assert {address for probe, address, *_ in found["seen"] if probe == "http"} == {"10.41.1.31"}


def test_what_is_to_be_left_alone_gets_no_frame_of_its_own(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "10.41.1.31/24")
    devices.ip("addr", "add", "10.41.1.5/24", "dev", "e1")
    devices.ask(wsd=["10.41.1.31"], web=["10.41.1.5"])
    found = scanner.ask(ranges=["10.41.1.0/28"], exclude=["10.41.1.31", "10.41.1.4/30"])
    # It answered the question to all, so it is listed; nothing more.
    assert {(probe, address) for probe, address, *_ in found["seen"]} <= {
        ("wsdiscovery", "10.41.1.31"),
        ("neighbour", "10.41.1.31"),
    }
    assert set(found["asked"]) == {f"10.41.1.{n}" for n in (1, 3, 8, 9, 10, 11, 12, 13, 14)}
    assert not [frame for frame in devices.ask(report=True) if frame[1] == 6]
    assert "10.41.1.31/32, 10.41.1.4/30, which you asked this search to leave alone" in found["not_covered"]


def test_what_is_to_be_left_alone_is_not_asked_by_ipv6_either(made: Callable[..., Station]) -> None:
    """Windows, also in medical devices, answers WS-Discovery by an IPv6 address that does not tell its IPv4 address."""
    scanner, devices = made("scanner", "ipv6"), made("devices", "ipv6")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "10.41.1.31/24")
    time.sleep(0.3)
    devices.ask(wsd6=["e1"])
    found = scanner.ask(exclude=["10.41.1.31"])
    own = "fe80::3eef:8cff:fe00:1"
    assert {probe for probe, address, *_ in found["seen"] if address == own} - {"neighbour"} == {"wsdiscovery"}
    assert not found["asked"]
    assert "more about devices that answered by IPv6, because they may be among those to be left alone" in found["not_covered"]


def test_behind_a_router_a_few_ports_tell_which_addresses_exist(made: Callable[..., Station]) -> None:
    scanner, devices = made("scanner"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "10.41.1.31/24")
    devices.ip("addr", "add", "10.42.0.5/32", "dev", "lo")
    devices.ip("addr", "add", "10.42.0.6/32", "dev", "lo")
    scanner.ip("route", "add", "10.42.0.0/28", "via", "10.41.1.31")
    devices.ask(web=["10.42.0.5"])
    found = scanner.ask(ranges=["10.42.0.0/28"])
    assert found["asked"].pop("10.41.1.31") == "refused"  # The router itself: its MAC address is a camera maker's here.
    assert found["asked"] == {f"10.42.0.{n}": {5: "answered", 6: "refused"}.get(n, "silent") for n in range(1, 15)}
    assert {(probe, address, network) for probe, address, network, *_ in found["seen"] if network is None} == {
        ("http", "10.42.0.5", None)
    }
    ports = {port for _, protocol, port in devices.ask(report=True) if protocol == TCP}
    assert ports <= set(PORTS)


def test_behind_a_router_those_that_exist_are_asked_once_what_makers_devices_answer_to_one_asker(
    made: Callable[..., Station],
) -> None:
    scanner, devices = made("scanner"), made("devices")
    join(scanner, "c1", "10.41.1.2/24", devices, "e1", "10.41.1.31/24")
    for host in (5, 6):
        devices.ip("addr", "add", f"10.42.0.{host}/32", "dev", "lo")
    scanner.ip("route", "add", "10.42.0.0/28", "via", "10.41.1.31")
    devices.ask(dhip=["10.42.0.5"], web=["10.42.0.6"])
    found = scanner.ask(ranges=["10.42.0.0/28"])
    assert ["dhip", "10.42.0.5", None, None, 37810] in found["seen"]
    assert ["http", "10.42.0.6", None, None, 80] in found["seen"]
    sent = {(probe, network): sent for probe, network, sent, *_ in found["coverage"]}
    alone = {one.name: 2 for one in PROTOCOLS if one.answers_asker}  # To two devices, and none to the addresses of nobody.
    groups = {one.name: one.rounds * (len(one.asks) + 2 * one.broadcast) for one in PROTOCOLS}
    assert {name: sent[name, "10.41.1.0/24"] for name in groups} == {name: groups[name] + alone.get(name, 0) for name in groups}
