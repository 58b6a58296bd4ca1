"""Devices of different makers that show one id, in numbers: none is taken for another, and a camera with two cards stays one.

The seed is a new one each time; a failure names it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import drawn
from camcensus.identity.group import group
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from identity.hosts_seen import LAN, Host, host, observations
from labelled.packets import Packet, info, interfaces, neighbour, wsd

PAIRS = 400
SERIAL_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
AT = "2026-11-24T10:00"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def blocks(knowledge: Knowledge) -> dict[str, list[str]]:
    """Maker at the top of its ownership path -> prefixes of its MAC addresses."""
    found: dict[str, list[str]] = defaultdict(list)
    for block in knowledge.macs.values():
        if block.role == "manufacturer" and block.subject is not None and len(block.prefix) == 6:
            found[knowledge.root_of(block.subject)].append(block.prefix)
    return {maker: sorted(found[maker]) for maker in sorted(found)}


def modules(knowledge: Knowledge) -> list[str]:
    """Prefixes of who makes no cameras, such as makers of wireless cards. Addresses given locally are no card's own."""
    of_others = (block.prefix for block in knowledge.macs.values() if block.subject is None and len(block.prefix) == 6)
    return sorted(prefix for prefix in of_others if not int(prefix[1], 16) & 2)


def mac_of(prefix: str, draw: Random) -> str:
    return bytes((*bytes.fromhex(prefix), *draw.randbytes(3))).hex(":")


def an_id(draw: Random) -> str:
    text = draw.randbytes(16).hex()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-9{text[17:20]}-{text[20:]}"


def a_serial(draw: Random) -> str:
    return "".join(draw.choices(SERIAL_LETTERS, k=draw.choice((9, 12, 15, 20))))


def camera(address: str, maker: str, model: str, *, mac: str | None, uuid: str | None, serial: str, claims: bool) -> Host:
    packets: list[Packet] = [neighbour(mac)] if mac else []
    if uuid:
        packets.append(wsd(f"name/{maker}", f"hardware/{model}", uuid=uuid, xaddr=f"http://{address}/onvif/device_service"))
    if serial:
        packets.append(info(maker, model, "5.6", serial))
    if mac and claims:
        packets.append(interfaces(mac))
    return host(address, *packets, network=LAN if mac else None)


def pairs(draw: Random, known: dict[str, list[str]]) -> Iterator[tuple[str, list[Host]]]:
    """Two live devices of two makers that show one endpoint id, one serial or both, and what they are."""
    for _ in range(PAIRS):
        makers = draw.sample(sorted(known), 2)
        shares_id, shares_serial = draw.choice(((True, False), (False, True), (True, True)))
        uuid, serial = an_id(draw), a_serial(draw)
        near = draw.random() < 0.7
        yield (
            " and ".join(makers),
            [
                camera(
                    f"10.0.0.{31 + number}",
                    maker,
                    f"{maker[:3].upper()}-{draw.randrange(100, 999)}{'AB'[number]}",
                    mac=mac_of(draw.choice(known[maker]), draw) if near else None,
                    uuid=uuid if shares_id else an_id(draw) if draw.random() < 0.5 else None,
                    serial=serial if shares_serial else a_serial(draw) if draw.random() < 0.3 else "",
                    claims=draw.random() < 0.3,
                )
                for number, maker in enumerate(makers)
            ],
        )


def test_no_two_devices_of_different_makers_are_taken_for_one(knowledge: Knowledge) -> None:
    seed = drawn.seed()
    merged = [
        who
        for who, hosts in pairs(Random(seed), blocks(knowledge))
        if len(group([one for found in hosts for one in observations(found, AT)], knowledge)) != 2
    ]
    assert merged == [], f"seed {seed}"


def test_cable_and_wireless_card_of_one_camera_are_one_device(knowledge: Knowledge) -> None:
    seed = drawn.seed()
    draw, known, others = Random(seed), blocks(knowledge), modules(knowledge)
    doubled = []
    for maker in known:
        cable = mac_of(draw.choice(known[maker]), draw)
        last = int(cable[-2:], 16)
        beside = f"{cable[:-2]}{last + 1 if last < 255 else last - 1:02x}"
        model, uuid, serial = f"{maker[:3].upper()}-{draw.randrange(1000)}W", an_id(draw), a_serial(draw)
        for wireless, shown in (
            (mac_of(draw.choice(known[maker]), draw), (uuid, serial)),
            (mac_of(draw.choice(others), draw), (uuid, "")),
            (mac_of(draw.choice(others), draw), (None, serial)),
            (beside, (uuid, "")),
        ):
            hosts = [
                camera(address, maker, model, mac=mac, uuid=shown[0], serial=shown[1], claims=False)
                for address, mac in (("10.0.0.31", cable), ("10.0.0.32", wireless))
            ]
            if wireless[:8] == cable[:8] and wireless is not beside:
                continue  # Far apart in one block: two devices of a series.
            if len(group([one for found in hosts for one in observations(found, AT)], knowledge)) != 1:
                doubled.append((maker, cable, wireless))
    assert doubled == [], f"seed {seed}"
