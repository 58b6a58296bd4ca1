"""Two real networks: a scanner with two cards in one namespace, devices in another, and every frame between them seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from camcensus.discovery.pace import FORBIDDEN_PORTS, MULTICAST_PORTS, PORTS
from camcensus.discovery.probe import LOST, UNPLUGGED, Network
from camcensus.model.scan import Interface
from costs import LONG_S

STATION = Path(__file__).parent / "station.py"
CAMERA_MAC = "3c:ef:8c:00:00:0"
ARP, IPV4, IGMP, TCP, UDP = 0x0806, 0x0800, 2, 6, 17

pytestmark = pytest.mark.namespace


class Station:
    """A program in a network namespace of its own."""

    def __init__(self, *role: str) -> None:
        self._program = subprocess.Popen(
            [sys.executable, str(STATION), *role], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.pid = self._program.pid
        self._is_ready = False

    def wait(self) -> Self:
        """Waits until it is in its own network."""
        if self._is_ready:
            return self
        self._is_ready = True
        line = self._program.stdout.readline() if self._program.stdout else ""
        if "ready" not in line:
            self.end()
            pytest.skip("network namespaces are not allowed here")
        return self

    def ask(self, **order: Any) -> Any:
        self.send(**order)
        return self.receive()

    def ip(self, *arguments: str) -> None:
        subprocess.run(["nsenter", "-t", str(self.pid), "-n", "ip", *arguments], check=True, capture_output=True)

    def send(self, **order: Any) -> None:
        assert self._program.stdin
        self._program.stdin.write(json.dumps(order) + "\n")
        self._program.stdin.flush()

    def receive(self) -> Any:
        assert self._program.stdout
        return json.loads(self._program.stdout.readline())

    def end(self) -> None:
        """Ends it, and waits; a second time does nothing."""
        self._program.terminate()
        self._program.wait(LONG_S)
        for pipe in (self._program.stdin, self._program.stdout):
            if pipe:
                pipe.close()


@pytest.fixture
def stations() -> Iterator[tuple[Station, Station]]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root on Linux")
    scanner, devices = Station("scanner"), Station("devices")
    try:
        scanner.wait()
        devices.wait()
        for number in (1, 2):
            link = ["ip", "link", "add", f"s{number}", "type", "veth", "peer", "name", f"d{number}"]
            try:
                subprocess.run(link, check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError):
                pytest.skip("network cards cannot be made here")
            for station, end, address in ((scanner, f"s{number}", 2), (devices, f"d{number}", 31)):
                subprocess.run(["ip", "link", "set", end, "netns", str(station.pid)], check=True)
                if station is devices:
                    station.ip("link", "set", end, "address", f"{CAMERA_MAC}{number}")
                station.ip("addr", "add", f"10.41.{number}.{address}/24", "brd", "+", "dev", end)
                station.ip("link", "set", end, "up")
        yield scanner, devices
    finally:
        scanner.end()
        devices.end()


def test_both_networks_are_searched_each_on_its_card_and_a_silent_camera_is_found_by_its_mac(
    stations: tuple[Station, Station],
) -> None:
    scanner, devices = stations
    devices.ip("addr", "add", "10.41.2.40/24", "dev", "d2")
    devices.ask(wsd=["10.41.1.31", "10.41.2.31"], web=["10.41.2.40"])
    scanner.ip("neigh", "add", "10.41.2.40", "lladdr", f"{CAMERA_MAC}2", "dev", "s2")
    found = scanner.ask()
    on = {(probe, address): (network, mac) for probe, address, network, mac, _ in found["seen"]}
    assert on["wsdiscovery", "10.41.1.31"][0] == "s1 10.41.1.2/24"
    assert on["wsdiscovery", "10.41.2.31"][0] == "s2 10.41.2.2/24"
    assert on["http", "10.41.1.31"] == ("s1 10.41.1.2/24", f"{CAMERA_MAC}1")
    assert on["neighbour", "10.41.2.40"] == ("s2 10.41.2.2/24", f"{CAMERA_MAC}2")
    assert on["http", "10.41.2.40"] == ("s2 10.41.2.2/24", f"{CAMERA_MAC}2")
    rows = {(probe, network): (sent, received, state) for probe, network, sent, received, state, _ in found["coverage"]}
    assert rows["wsdiscovery", "10.41.1.0/24"] == (12, 9, "done")
    assert rows["sadp", "10.41.2.0/24"] == (3, 0, "done")
    assert rows["neighbour", "10.41.2.0/24"][1] == 2
    frames = {tuple(frame) for frame in devices.ask(report=True)}
    ports = {port for ether, protocol, port in frames if ether == IPV4 and protocol in (TCP, UDP) and port}
    assert ports <= {*PORTS, *MULTICAST_PORTS.values()}
    assert not ports & FORBIDDEN_PORTS
    assert {ether for ether, _, _ in frames} <= {IPV4, ARP}


def test_a_range_on_this_network_skips_addresses_that_the_system_cannot_find(stations: tuple[Station, Station]) -> None:
    scanner, devices = stations
    devices.ip("addr", "add", "10.41.1.5/24", "dev", "d1")
    devices.ask(web=["10.41.1.5"])
    found = scanner.ask(ranges=["10.41.1.0/28"])
    assert found["asked"] == {f"10.41.1.{n}": "answered" if n == 5 else "silent" for n in range(1, 15) if n != 2}
    tcp = [frame for frame in devices.ask(report=True) if frame[1] == TCP]
    assert tcp


def test_listening_only_sends_no_frame_but_the_systems_own_group_membership(stations: tuple[Station, Station]) -> None:
    scanner, devices = stations
    devices.ask(hello=["10.41.1.31"])
    time.sleep(0.3)
    devices.ask(report=True)
    found = scanner.ask(passive=True, limit_s=0.8, ranges=["10.41.1.0/28"])
    assert {(probe, address) for probe, address, *_ in found["seen"]} >= {("wsdiscovery", "10.41.1.31")}
    assert all(sent == 0 for _, _, sent, *_ in found["coverage"])
    assert {tuple(frame) for frame in devices.ask(report=True)} <= {(IPV4, IGMP, 0)}


def test_a_card_that_is_down_is_a_sentence_and_not_a_crash(stations: tuple[Station, Station]) -> None:
    scanner, devices = stations
    scanner.ip("link", "set", "s2", "down")
    devices.ask(wsd=["10.41.1.31"])
    found = scanner.ask()
    assert any(address == "10.41.1.31" for _, address, *_ in found["seen"])
    reasons = {
        reason for probe, network, _, _, state, reason in found["coverage"] if network == "10.41.2.0/24" and state == "blocked"
    }
    assert reasons == {"The network card is not connected: check the cable or Wi-Fi, then search again."}


def test_a_card_that_vanished_says_so_also_where_sending_failed_before_it_was_missed() -> None:
    network = Network(Interface("c2", "10.41.2.2/24"))
    network.tally("ssdp").sent = 3
    network.tally("ssdp").blocked(UNPLUGGED)
    network.tally("mdns").partial("Something else.")
    network.lose()
    assert (network.tally("ssdp").state, network.tally("ssdp").reason) == ("partial", LOST.format("c2"))
    assert network.tally("mdns").reason == "Something else."


def test_a_login_page_that_answers_for_every_address_is_one_row_and_one_sentence(stations: tuple[Station, Station]) -> None:
    scanner, devices = stations
    devices.ip("route", "add", "local", "10.41.1.64/26", "dev", "lo")
    devices.ask(web=["0.0.0.0"])
    found = scanner.ask(ranges=["10.41.1.0/24"])
    shown = {address for probe, address, *_ in found["seen"] if probe == "http"}
    assert len(shown) > 60
    assert [one for one in found["repeats"] if one in shown] == found["repeats"]
    assert len(found["repeats"]) == len(shown) - 1
    assert found["advice"]["one-for-many"][0].startswith(f"One machine answers for {len(shown)} addresses on 10.41.1.0/24")
    assert {"kept-apart", "alone"}.isdisjoint(found["advice"])


def test_cameras_that_are_alike_and_have_each_a_number_of_their_own_stay_rows(stations: tuple[Station, Station]) -> None:
    """A router that answers for others shows what each of them says."""
    scanner, devices = stations
    for number in range(40, 44):
        devices.ip("addr", "add", f"10.41.1.{number}/24", "dev", "d1")
    devices.ask(web=["0.0.0.0"])
    assert scanner.ask(ranges=["10.41.1.32/27"])["repeats"] == []
