"""A search of a fleet of 50: all found, nothing twice, nothing harmed. The large ones are in tests/bench/fleet.py."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from camcensus.demo.estate import read_toml
from camcensus.discovery.pace import FORBIDDEN_PORTS, KNOCK_PORTS, MULTICAST_PORTS, PORTS
from camcensus.discovery.sent import questions_beyond
from fleet.catalogue import COUNTED, PROXY_MAC, REPEATER, WIDE, draw_fleet, load_fleet
from fleet.judge import judge
from fleet.running import Drawn, Fleet, NoNamespacesError
from hostile.faults import Faults

pytestmark = pytest.mark.namespace


def search(fleet: Fleet, folder: Path, *more: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "camcensus", "scan", "--interface", fleet.address, "--pace", "fast", "--json", *more]
    ran = fleet.run(command, environment={"CAMCENSUS_DATA": str(folder)})
    assert ran.code == 0, ran.err
    return json.loads(ran.out)["devices"]  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Fleet, list[dict[str, Any]], dict[str, Any]]]:
    """A fleet, what a search with a sweep said of it, and what the fleet counted meanwhile."""
    try:
        with Fleet(50) as fleet:
            rows = search(fleet, tmp_path_factory.mktemp("data"), "--range", fleet.range)
            yield fleet, rows, fleet.report()
    except NoNamespacesError:
        pytest.skip("network namespaces cannot be made here")


Searched = tuple[Fleet, list[dict[str, Any]], dict[str, Any]]


def test_every_camera_and_recorder_is_found_once_and_nothing_else_is_counted(searched: Searched) -> None:
    fleet, rows, _ = searched
    score = judge(fleet.units, rows, swept=True)
    assert score.expected > 35
    assert score.found == score.expected, score.missed
    assert (score.lost, score.decoys, score.strangers, score.doubled, score.merged) == ((), (), (), (), ())
    assert score.wrong_kind == ()


def test_makers_are_right_and_none_is_wrong_for_certain(searched: Searched) -> None:
    fleet, rows, _ = searched
    score = judge(fleet.units, rows, swept=True)
    assert score.wrong_certain == ()
    assert score.wrong == ()
    assert score.share_right >= 0.97, score.unnamed


def test_nothing_is_harmed(searched: Searched) -> None:
    _, _, counted = searched
    devices = counted["devices"]
    assert sum(row["failed_logins"] for row in devices.values()) == 0
    assert [row["writes"] for row in devices.values() if row["writes"]] == []
    assert max(row["open_at_once"] for row in devices.values()) <= 2
    assert sum(row["raw_bytes"] for row in devices.values()) == 0
    assert counted["requests"]["onvif GetSystemDateAndTime"] > 30


def test_only_listed_ports_are_asked_and_those_that_devices_announce(searched: Searched) -> None:
    fleet, _, counted = searched
    announced = {door.port for one in fleet.units for door in one.device.doors if door.speaks != "raw"}
    asked = {int(port) for port in counted["cable"]["tcp_ports"]}
    assert 80 in asked
    assert asked <= {*PORTS, *KNOCK_PORTS, *announced}
    assert not asked & FORBIDDEN_PORTS
    assert {int(port) for port in counted["cable"]["udp_ports"]} == set(MULTICAST_PORTS.values())
    assert {int(port) for port in counted["cable"]["udp_to_one"]} <= {3702, *questions_beyond()}


def test_on_loopback_the_same_fleet_is_found_too(tmp_path: Path) -> None:
    with Fleet(20, loopback=True) as fleet:
        score = judge(fleet.units, search(fleet, tmp_path), swept=False)
        counted = fleet.report()
    assert score.found == score.expected > 12, score.missed
    assert (score.decoys, score.doubled, score.merged, score.wrong_certain) == ((), (), (), ())
    assert not any(row["failed_logins"] or row["writes"] for row in counted["devices"].values())


@pytest.mark.parametrize("size", [50, 250, 1000])
def test_a_fleet_has_the_proportions_of_a_real_estate(size: int) -> None:
    units = load_fleet(size)
    counted = [one for one in units if one.counts]
    assert len(units) == size
    assert 0.8 < len(counted) / size < 0.9
    assert len({one.device.truth.manufacturer for one in counted} - {None}) >= 15
    assert len({one.device.truth.brand for one in counted if one.device.truth.manufacturer in ("hikvision", "dahua")}) >= 5
    if size >= 250:
        silent = [one for one in counted if all(speaker.protocol != "wsdiscovery" for speaker in one.device.speakers)]
        assert 0.08 < len(silent) / len(counted) < 0.15
        wrong = [one for one in counted if isinstance(one.device.sending, Faults) or one.model in ("twins", "moved")]
        assert 0.05 < len(wrong) / len(counted) < 0.1
    others = Counter(one.device.truth.kind for one in units if one.device.truth.kind not in COUNTED)
    assert set(others) == {"other"}
    assert max(Counter(one.device.address for one in units).values()) == 1


# -- fleets that a seed draws


def test_a_seed_draws_the_same_fleet_again_and_another_seed_another() -> None:
    assert draw_fleet(250, 7) == draw_fleet(250, 7)
    assert [one.device.address for one in draw_fleet(250, 7)] != [one.device.address for one in draw_fleet(250, 8)]


@pytest.mark.parametrize(("size", "seed"), [(60, 1), (250, 2), (250, 3), (1000, 4)])
def test_a_drawn_fleet_has_every_kind_and_each_number_once(size: int, seed: int) -> None:
    units = draw_fleet(size, seed)
    assert len(units) == size
    assert len({one.device.address for one in units}) == size
    macs = [one.device.mac for one in units if one.behind is None]
    assert len(set(macs)) == len(macs)
    if size >= 250:
        assert {one.device.truth.kind for one in units} >= {
            *COUNTED,
            "other",
            "switch",
            "screen",
            "access-terminal",
            "software",
        } - {"encoder"}
        models = {one.model for one in units}
        assert {table["id"] for path in WIDE.glob("*.toml") for table in read_toml(path)["model"]} - models == {REPEATER}
        recorders = {one.device.truth.manufacturer for one in units if one.device.truth.kind == "recorder"}
        assert len(recorders - {None}) >= 15


def test_a_share_of_the_endpoint_ids_is_doubled() -> None:
    plain, doubled = (
        Counter(one.device.values.get("uuid") for one in draw_fleet(250, 5, doubled=share)) for share in (0.0, 0.05)
    )
    assert len(plain) - len(doubled) >= 4


ASKING = """
import socket, sys
for address in sys.argv[1:]:
    try:
        socket.create_connection((address, 80), 2).close()
        print("opens")
    except OSError as error:
        print(type(error).__name__)
    print(*(line.split()[3] for line in open("/proc/net/arp") if line.startswith(address + " ")))
"""
REPEATED = """
import re, socket, sys, time
asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asking.settimeout(0.2)
asking.sendto(b'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" '
              b'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><e:Header><a:MessageID>uuid:1</a:MessageID></e:Header>'
              b'<e:Body><d:Probe/></e:Body></e:Envelope>', (sys.argv[1], 3702))
until, links = time.monotonic() + 2, set()
while time.monotonic() < until:
    try:
        links |= set(re.findall(rb"XAddrs>http://([0-9.]+)", asking.recv(65536)))
    except TimeoutError:
        continue
print(len(links - {sys.argv[1].encode()}))
"""


def said(drawn: Drawn, program: str, *arguments: str, model: str = "") -> list[str]:
    """What a program at the scanner's end prints; the address of a model's first unit is its last argument."""
    try:
        with Fleet(60, drawn=drawn) as fleet:
            last = [one.device.address for one in fleet.units if one.model == model][:1]
            ran = fleet.run([sys.executable, "-c", program, *arguments, *last])
            return ran.out.split()
    except NoNamespacesError:
        pytest.skip("network namespaces cannot be made here")


@pytest.mark.parametrize("layout", ["local", "router", "two-cards", "proxy-arp"])
def test_a_device_answers_on_each_ground(layout: str) -> None:
    assert said(Drawn(6, layout), ASKING, model="printer")[0] == "opens"


def test_a_router_that_answers_for_all_lets_nobody_answer() -> None:
    assert said(Drawn(6, "proxy-arp"), ASKING, "10.44.2.9") == ["TimeoutError", PROXY_MAC]
    assert PROXY_MAC not in said(Drawn(6, "local"), ASKING, "10.44.2.9")


def test_the_repeater_says_what_others_say() -> None:
    links = int(said(Drawn(6, repeats=20), REPEATED, model=REPEATER)[0])
    assert links >= 15
