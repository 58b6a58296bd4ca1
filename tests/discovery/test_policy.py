"""Outside the allowed ranges nothing is sent, whatever answers there: over sockets on loopback, and between two real networks."""

from __future__ import annotations

import json
import subprocess
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from camcensus.discovery.scope import left_alone
from discovery import packets
from discovery.looking import Looked, look, run
from discovery.servers import Served
from discovery.test_networks import CAMERA_MAC, Station, stations  # noqa: F401
from discovery.test_scan import CAM, OTHER, camera, device


def test_what_answers_from_outside_is_listed_and_never_contacted() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Served, Served, list[bytes]]:
        served, other = await camera(stack, CAM), await camera(stack, OTHER)
        heard = await device(stack, CAM, packets.FAULT)  # It asks for another layout, which would be sent to it alone.
        await device(stack, OTHER, packets.probe_match(f"http://{OTHER}:18080/onvif/device_service"))
        looked = await look(ranges=("127.77.2.8/29",), allowed=(f"{OTHER}/32",))
        return looked, served, other, [data for data, _ in heard.heard]

    looked, served, other, questions = run(work)  # type: ignore[misc]
    assert served.accepted == []
    assert other.accepted
    assert not any(b"\n" not in one for one in questions)
    assert {one.address for one in looked.asked} == {OTHER}
    assert any(
        "anything outside 127.77.2.11/32, which the IT team's policy allows" in one for one in looked.outcome.not_covered
    )


def test_what_is_left_alone_without_a_policy_is_what_was_excluded() -> None:
    assert left_alone(["10.0.0.5/32"]) == ("10.0.0.5/32",)
    assert "192.168.0.0/16" in left_alone([], ["10.0.0.0/8"])
    assert "10.0.0.0/8" not in left_alone([], ["10.0.0.0/8"])


@pytest.mark.namespace
def test_a_card_outside_gets_no_frame_and_its_neighbours_are_not_asked(
    stations: tuple[Station, Station],  # noqa: F811
    tmp_path: Path,
) -> None:
    scanner, devices = stations
    policy = tmp_path / "policy.toml"
    policy.write_text('[search]\nallowed_ranges = ["10.41.1.0/24"]\nnever_ask = ["10.41.1.40/32"]')
    for card, address in (("d1", "10.41.1.40/24"), ("d2", "10.41.2.40/24")):
        devices.ip("addr", "add", address, "dev", card)
    devices.ask(wsd=["10.41.1.31", "10.41.2.31"], web=["10.41.1.40", "10.41.2.40"])
    for number in (1, 2):
        scanner.ip("neigh", "add", f"10.41.{number}.40", "lladdr", f"{CAMERA_MAC}{number}", "dev", f"s{number}")
    before = received(devices, "d2")
    found = scanner.ask(policy=str(policy))
    assert received(devices, "d2") == before
    assert {address for _, address, *_ in found["seen"] if not address.startswith("10.41.1.")} == set()
    assert "10.41.1.31" in found["asked"]
    assert "10.41.1.40" not in found["asked"]
    assert {network for _, network, *_ in found["coverage"]} == {"10.41.1.0/24"}
    assert any(
        one.startswith("this computer's other networks (Another network, 10.41.2.2/24") for one in found["not_covered"]
    ), found["not_covered"]
    refused = scanner.ask(policy=str(policy), ranges=["10.41.2.0/28"])
    assert "10.41.2.0/28 is outside the ranges that may be searched here (10.41.1.0/24)" in refused["error"]
    assert received(devices, "d2") == before


def received(station: Station, card: str) -> int:
    """Frames that came to a card so far."""
    words = ["nsenter", "-t", str(station.pid), "-n", "ip", "-j", "-s", "link", "show", "dev", card]
    told = json.loads(subprocess.run(words, check=True, capture_output=True).stdout)
    return int(told[0]["stats64"]["rx"]["packets"])
