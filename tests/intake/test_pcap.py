"""Network captures: what devices said in them is read as a search would have heard it, and nothing else is kept."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import pcaps
from camcensus.discovery.vendor_udp import PROTOCOLS
from camcensus.intake.capture import Intake
from camcensus.intake.lists import read_file
from camcensus.intake.pcap import TCP_ALONE
from camcensus.model.device import Observation
from camcensus.wire import mdns_services
from camcensus.wire.ports import ANSWER_PORTS, QUESTION_PORTS
from camcensus.wire.ssdp import encode_msearch
from camcensus.wire.wsdiscovery import encode_probe, encode_uniview_probe
from pcaps import CAMERA, CAMERA_MAC, CLIENT_MAC, OTHER_MAC, ROUTER_MAC, conversation, said, timed
from wire.recorded import Packet, packet, packets

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
DISCOVERY = [one for name in QUESTION_PORTS if name != "mdns" for one in packets(name)]


def of_bytes(folder: Path, data: bytes, *, cameras: frozenset[str] = frozenset(), name: str = "hour.pcap") -> Intake:
    path = folder / name
    path.write_bytes(data)
    return read_file(path, NOW, is_camera_mac=cameras.__contains__)


def heard(
    folder: Path, frames: Iterable[bytes], *, link: int = 1, cameras: frozenset[str] = frozenset()
) -> tuple[Observation, ...]:
    taken = of_bytes(folder, pcaps.pcap(timed(frames), link=link), cameras=cameras)
    assert taken.problems == ()
    return taken.observations


def replies(observations: Iterable[Observation]) -> list[tuple[str, str, int | None, str | None]]:
    return [(one.probe, one.address, one.port, one.ask) for one in observations if one.probe != "neighbour"]


@pytest.mark.parametrize("recorded", DISCOVERY, ids=str)
def test_answers_are_read_and_questions_are_not(tmp_path: Path, recorded: Packet) -> None:
    port = QUESTION_PORTS[recorded.probe]
    frames = pcaps.fragments(pcaps.udp(recorded.raw, port, 50_000))
    found = heard(tmp_path, (pcaps.ethernet(frame, 0x0800) for frame in frames))
    mine = [one for one in found if one.probe == recorded.probe]
    if recorded.fields is None or recorded.fields.get("wsd.action") == ("Bye",):
        assert mine == []
        return
    assert [(one.address, one.port, one.mac) for one in mine] == [(CAMERA, port, CAMERA_MAC)]
    assert mine[0].reading.fields.items() >= recorded.fields.items()


def test_no_question_of_a_search_is_taken_for_an_answer(tmp_path: Path) -> None:
    questions = [(one.port, one.question("10.0.0.2")) for one in PROTOCOLS]
    questions += [(1900, encode_msearch("ssdp:all")), (3702, encode_uniview_probe("a0b1c2d3-0000-4000-8000-000000000001"))]
    questions += [(3702, encode_probe("a0b1c2d3-0000-4000-8000-000000000001", kind)) for kind in ("nvt", "device", "none")]
    there = [said(data, 50_000, port, address="10.0.0.2", target="10.0.0.255", mac=CLIENT_MAC) for port, data in questions]
    back = [said(data, port, port, address="10.0.0.2", target="10.0.0.255", mac=CLIENT_MAC) for port, data in questions]
    assert heard(tmp_path, [*there, *back]) == ()


def test_a_device_at_255_of_a_larger_network_is_heard(tmp_path: Path) -> None:
    found = heard(tmp_path, [said(packet("dhip", "camera").raw, 37810, address="10.44.0.255")])
    assert replies(found) == [("dhip", "10.44.0.255", 37810, None)]


def test_ports_are_those_of_the_search() -> None:
    assert {one.name: one.reply_port for one in PROTOCOLS if one.reply_port not in (None, one.port)} == dict(ANSWER_PORTS)


def test_an_answer_from_any_port_is_known_by_who_had_asked(tmp_path: Path) -> None:
    asked = said(
        encode_probe("a0b1c2d3-0000-4000-8000-000000000001", "nvt"), 50_000, 3702, address="10.0.0.2", target="239.255.255.250"
    )
    match = next(one for one in packets("wsdiscovery") if one.fields)
    answer = said(match.raw, 49_152, 50_000)
    assert replies(heard(tmp_path, [asked, answer])) == [("wsdiscovery", CAMERA, 49_152, None)]
    assert heard(tmp_path, [answer]) == ()


def test_answers_that_go_to_a_port_of_their_own_are_heard(tmp_path: Path) -> None:
    for probe, port in ANSWER_PORTS.items():
        answer = next(one for one in packets(probe) if one.fields)
        assert replies(heard(tmp_path, [said(answer.raw, 40_000, port, target="255.255.255.255")])) == [
            (probe, CAMERA, 40_000, None)
        ]


LINKS = {
    "tagged": lambda inside: (1, pcaps.ethernet(inside, 0x0800, tags=[(0x8100, 20)])),
    "twice tagged": lambda inside: (1, pcaps.ethernet(inside, 0x0800, tags=[(0x88A8, 5), (0x8100, 20)])),
    "cooked": lambda inside: (113, bytes.fromhex("000000010006") + pcaps.mac_bytes(CAMERA_MAC) + bytes(2) + b"\x08\x00" + inside),
    "cooked 2": lambda inside: (
        276, b"\x08\x00" + bytes(2) + bytes(4) + bytes((0, 1, 0, 6)) + pcaps.mac_bytes(CAMERA_MAC) + bytes(2) + inside,
    ),
    "bare": lambda inside: (101, inside),
    "bare IPv4": lambda inside: (228, inside),
    "loopback": lambda inside: (0, b"\x02\x00\x00\x00" + inside),
    "OpenBSD's loopback": lambda inside: (108, b"\x00\x00\x00\x02" + inside),
}  # fmt: skip


@pytest.mark.parametrize("name", LINKS)
def test_each_kind_of_link_is_unwrapped(tmp_path: Path, name: str) -> None:
    link, frame = LINKS[name](pcaps.ip(pcaps.udp(packet("dhip", "camera").raw, 37810, 50_000), 17))
    (found,) = heard(tmp_path, [frame], link=link)[:1]
    assert (found.probe, found.address) == ("dhip", CAMERA)
    assert found.mac == (CAMERA_MAC if name in ("tagged", "twice tagged", "cooked", "cooked 2") else None)


TUNNELS = {
    "ERSPAN I": lambda inner: (47, b"\x00\x00\x88\xbe" + inner),
    "ERSPAN II": lambda inner: (47, b"\x10\x00\x88\xbe" + bytes(4) + bytes(8) + inner),
    "ERSPAN III": lambda inner: (47, b"\x10\x00\x22\xeb" + bytes(4) + bytes(12) + inner),
    "ERSPAN III with its platform": lambda inner: (47, b"\x10\x00\x22\xeb" + bytes(4) + bytes(11) + b"\x01" + bytes(8) + inner),
    "bridged in GRE": lambda inner: (47, b"\x20\x00\x65\x58" + bytes(4) + inner),
    "VXLAN": lambda inner: (17, pcaps.udp(b"\x08" + bytes(7) + inner, 40_000, 4789)),
}


@pytest.mark.parametrize("name", TUNNELS)
def test_what_a_switch_mirrors_to_another_place_is_unpacked(tmp_path: Path, name: str) -> None:
    inner = said(packet("dhip", "camera").raw, 37810)
    protocol, payload = TUNNELS[name](inner)
    outer = pcaps.ethernet(pcaps.ip(payload, protocol, "10.99.0.1", "10.99.0.2"), 0x0800, ROUTER_MAC)
    found = heard(tmp_path, [outer])
    assert [(one.address, one.mac) for one in found if one.probe == "dhip"] == [(CAMERA, CAMERA_MAC)]
    nested = pcaps.ethernet(pcaps.ip(TUNNELS[name](outer)[1], protocol, "10.99.0.1", "10.99.0.2"), 0x0800, ROUTER_MAC)
    assert heard(tmp_path, [nested]) == ()


def test_ipv6_is_read_also_in_fragments(tmp_path: Path) -> None:
    match = next(one for one in packets("wsdiscovery") if one.fields)
    whole = said(match.raw, 3702, address="fe80::3eef:8cff:fe00:31", target="fe80::2")
    datagram, parts = pcaps.udp(match.raw, 3702, 50_000), []
    for at in range(0, len(datagram), 800):
        more = int(at + 800 < len(datagram))
        piece = bytes((17, 0)) + (at | more).to_bytes(2) + bytes(4) + datagram[at : at + 800]
        parts.append(pcaps.ethernet(pcaps.ip(piece, 44, "fe80::3eef:8cff:fe00:31", "fe80::2"), 0x86DD))
    for frames in ([whole], parts, parts[::-1]):
        found = heard(tmp_path, frames)
        assert replies(found) == [("wsdiscovery", "fe80::3eef:8cff:fe00:31", 3702, None)]
        assert found[0].mac == CAMERA_MAC


def test_fragments_are_joined_in_any_order_and_missing_ones_give_nothing(tmp_path: Path) -> None:
    raw = packet("dhip", "camera").raw
    parts = [pcaps.ethernet(part, 0x0800) for part in pcaps.fragments(pcaps.udp(raw, 37810, 50_000), size=200)]
    assert len(parts) > 3
    assert replies(heard(tmp_path, [*parts[::-1], parts[0]])) == [("dhip", CAMERA, 37810, None)]
    assert heard(tmp_path, parts[:-1]) == ()
    assert heard(tmp_path, parts[1:]) == ()


def test_services_come_as_one_message_for_each(tmp_path: Path) -> None:
    recorded = [
        one for one in packets("mdns") if one.fields and any("_axis" in value for value in one.fields.get("mdns.service", ()))
    ]
    found = heard(tmp_path, [said(recorded[0].raw, 5353, 5353, target="224.0.0.251", hops=255)])
    mine = [one for one in found if one.probe == "mdns"]
    assert len(mine) == 1
    assert mine[0].reading.first("mac") == recorded[0].fields["mac"][0]  # type: ignore[index]
    assert mdns_services.Services().take(mine[0].raw) == (mine[0].raw,)


PAGE = b"HTTP/1.1 200 OK\r\nServer: Boa\r\nContent-Length: 31\r\n\r\n<html><title>IPCamera</title></"


def test_connections_are_passed_over_and_said_where_there_is_nothing_else(tmp_path: Path) -> None:
    frames = conversation(80, b"GET / HTTP/1.1\r\nAuthorization: Basic Zm9v\r\n\r\n", PAGE)
    taken = of_bytes(tmp_path, pcaps.pcap(timed(frames)))
    assert (taken.observations, [one.say for one in taken.problems]) == ((), [TCP_ALONE])
    (found, _) = heard(tmp_path, [*frames, said(packet("dhip", "camera").raw, 37810)])
    assert (found.probe, found.mac) == ("dhip", CAMERA_MAC)


def test_what_is_not_private_is_left_alone(tmp_path: Path) -> None:
    answer = packet("dhip", "camera").raw
    assert heard(tmp_path, [said(answer, 37810, address="93.184.216.34")]) == ()
    assert replies(heard(tmp_path, [said(answer, 37810, 37810, address="93.184.216.34", target="239.255.255.251")])) != []


def test_a_routers_card_is_nobody_elses(tmp_path: Path) -> None:
    answers = [one.raw for one in packets("dhip") if one.fields][:2]
    behind = [
        said(answers[0], 37810, address=f"10.9.0.{number}", mac=ROUTER_MAC, target="10.0.0.2", hops=64)
        for number in range(1, 6)
    ]
    assert {one.mac for one in heard(tmp_path, behind)} == {None}, "a card of many addresses"
    alone = [said(answers[0], 37810, address="10.9.0.1", mac=ROUTER_MAC, hops=63)]
    assert {one.mac for one in heard(tmp_path, alone)} == {None}, "a packet that has passed a router"
    proxy = [pcaps.arp(ROUTER_MAC, f"10.0.0.{number}") for number in range(30, 40)]
    assert {one.mac for one in heard(tmp_path, [*proxy, said(answers[0], 37810, mac=ROUTER_MAC)])} == {None}, (
        "a card that answers for all"
    )
    summary = of_bytes(tmp_path, pcaps.pcap(timed([*proxy, said(answers[0], 37810)]))).heard
    assert summary is not None
    assert summary.spoke == 1, "a router that answers for addresses where nobody is"
    mirrored = [said(answers[0], 37810, mac=ROUTER_MAC, hops=63), said(answers[0], 37810, mac=CAMERA_MAC)]
    assert {one.mac for one in heard(tmp_path, mirrored)} == {CAMERA_MAC}, "seen on both sides of the router"
    told = [said(answers[0], 37810, mac=ROUTER_MAC, hops=64), pcaps.arp(CAMERA_MAC, CAMERA)]
    assert {one.mac for one in heard(tmp_path, told)} == {CAMERA_MAC}, "ARP says whose it is"


def test_an_address_that_went_to_another_device_has_two_cards(tmp_path: Path) -> None:
    first, second = packet("dhip", "camera").raw, packet("dhip", "door-station").raw
    frames = [said(first, 37810), said(second, 37810, mac=OTHER_MAC)]
    assert [one.mac for one in heard(tmp_path, frames) if one.probe == "dhip"] == [CAMERA_MAC, OTHER_MAC]


def test_of_silent_hosts_only_camera_makers_cards_are_kept(tmp_path: Path) -> None:
    asked = [
        pcaps.dhcp_frame(pcaps.dhcp(mac, 3, [(50, bytes((10, 0, 0, 40))), (12, b"Janes-iPhone")]), mac)
        for mac in (CAMERA_MAC, OTHER_MAC)
    ]
    frames = [*asked, pcaps.arp(CAMERA_MAC, "10.0.0.40"), pcaps.arp(OTHER_MAC, "10.0.0.41")]
    assert heard(tmp_path, frames) == ()
    found = heard(tmp_path, frames, cameras=frozenset({CAMERA_MAC}))
    assert [(one.probe, one.address, one.mac) for one in found] == [
        ("neighbour", "10.0.0.40", CAMERA_MAC), ("dhcp", "10.0.0.40", CAMERA_MAC),
    ]  # fmt: skip
    told = heard(tmp_path, [*frames, said(packet("dhip", "camera").raw, 37810, address="10.0.0.41", mac=OTHER_MAC)])
    assert {(one.probe, one.mac) for one in told} == {("dhip", OTHER_MAC), ("neighbour", OTHER_MAC), ("dhcp", OTHER_MAC)}


def test_the_same_reply_counts_once(tmp_path: Path) -> None:
    frames = [said(packet("dhip", "camera").raw, 37810) for _ in range(500)]
    assert replies(heard(tmp_path, frames)) == [("dhip", CAMERA, 37810, None)]


FRAMES = timed([said(packet("dhip", "camera").raw, 37810)], 1)
AT = "2026-11-24T08:01:00.000Z"


@pytest.mark.parametrize(
    "data",
    [
        pcaps.pcap(FRAMES),
        pcaps.pcap(FRAMES, order=">"),
        pcaps.pcap(FRAMES, nano=True),
        pcaps.pcap(FRAMES, order=">", nano=True, snaplen=0),
        pcaps.pcap(FRAMES, modified=True),
        pcaps.pcap(FRAMES, link=0x10000001),
        pcaps.pcapng(FRAMES),
        pcaps.pcapng(FRAMES, ">"),
        gzip.compress(pcaps.pcap(FRAMES), mtime=0),
        gzip.compress(pcaps.pcapng(FRAMES), mtime=0),
        pcaps.section() + pcaps.card(resolution=9) + pcaps.enhanced(FRAMES[0][1], units=10**9),
        pcaps.section() + pcaps.card(resolution=0x80 | 20) + pcaps.enhanced(FRAMES[0][1], units=2**20),
        pcaps.section() + pcaps.card(offset_s=1000) + pcaps.enhanced(FRAMES[0][1], offset_s=1000),
        pcaps.section() + pcaps.card(101) + pcaps.card(1, resolution=3) + pcaps.enhanced(FRAMES[0][1], number=1, units=1000),
        pcaps.section(">") + pcaps.card(order=">") + pcaps.pcapng(FRAMES),
        pcaps.section() + pcaps.block(0x0BAD, bytes(3_000_000)) + pcaps.card() + pcaps.block(5, bytes(9)) + pcaps.enhanced(FRAMES[0][1]),
    ],
)  # fmt: skip
def test_each_form_of_file_gives_the_same(tmp_path: Path, data: bytes) -> None:
    taken = of_bytes(tmp_path, data, name="any.name")
    assert taken.problems == ()
    assert [(one.probe, one.at, one.mac) for one in taken.observations][:1] == [("dhip", AT, CAMERA_MAC)]
    assert taken.heard is not None
    assert (taken.heard.first_at, taken.heard.packets, taken.heard.spoke, taken.heard.announced) == (AT, 1, 1, 1)


def test_a_packet_without_a_time_has_that_of_the_one_before(tmp_path: Path) -> None:
    frame = FRAMES[0][1]
    simple = pcaps.block(3, len(frame).to_bytes(4, "little") + frame)
    later = pcaps.section() + pcaps.card() + pcaps.enhanced(said(b"x", 1, 2)) + simple
    assert of_bytes(tmp_path, later).observations[0].at == AT
    assert of_bytes(tmp_path, pcaps.section() + pcaps.card() + simple).observations[0].at == "2026-11-27T12:00:00.000Z"


def test_a_time_that_is_yet_to_come_is_now(tmp_path: Path) -> None:
    assert of_bytes(tmp_path, pcaps.pcap([(10_000_000.0, FRAMES[0][1])])).observations[0].at == "2026-11-27T12:00:00.000Z"
