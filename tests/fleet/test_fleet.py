"""A search of a fleet of 50: all found, nothing twice, nothing harmed. The large ones are in tests/bench/fleet.py."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from camcensus.discovery.pace import FORBIDDEN_PORTS, KNOCK_PORTS, MULTICAST_PORTS, PORTS
from fleet.catalogue import COUNTED, load_fleet
from fleet.judge import judge
from fleet.running import Fleet, NoNamespacesError

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
    assert {int(port) for port in counted["cable"]["udp_to_one"]} <= {3702}


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
        wrong = [one for one in counted if one.device.faults.faults or one.model in ("twins", "moved")]
        assert 0.05 < len(wrong) / len(counted) < 0.1
    others = Counter(one.device.truth.kind for one in units if one.device.truth.kind not in COUNTED)
    assert set(others) == {"other"}
    assert max(Counter(one.device.address for one in units).values()) == 1
