"""What is sent: nothing but allow-listed questions, to ports and ranges that may be asked, and nothing while only listening."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address
from pathlib import Path

import pytest

from fleet.running import Fleet, NoNamespacesError
from hostile.audited import search
from hostile.wire import Audit, Rules, audit

RULES = Rules((IPv4Network("10.44.0.0/22"),), (IPv4Network("10.44.0.66/32"),), {"10.44.0.9": frozenset({8999})})
CAMERA, GROUP = "10.44.0.9", "239.255.255.250"


def ipv4(to: str, protocol: int, rest: bytes) -> bytes:
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(rest), 0, 0, 1, protocol, 0, bytes(4), IPv4Address(to).packed)
    return bytes(12) + b"\x08\x00" + head + rest


def udp(to: str, port: int, payload: bytes) -> bytes:
    return ipv4(to, 17, struct.pack(">HHHH", 40_000, port, 8 + len(payload), 0) + payload)


def tcp(to: str, port: int, payload: bytes = b"", *, number: int = 100, flags: int = 0x18, source: int = 40_000) -> bytes:
    return ipv4(to, 6, struct.pack(">HHIIBBHHH", source, port, number, 0, 0x50, flags, 0, 0, 0) + payload)


def syn(to: str, port: int) -> bytes:
    return tcp(to, port, number=99, flags=0x02)


def asked(*payloads: bytes, port: int = 80) -> Audit:
    """One connection with these segments."""
    frames, number = [syn(CAMERA, port)], 100
    for payload in payloads:
        frames.append(tcp(CAMERA, port, payload, number=number))
        number += len(payload)
    return audit(frames, RULES)


def soap(operation: str, more: str = "") -> bytes:
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<s:Envelope xmlns:s="x" xmlns:tds="y"><s:Body>'
        f"<tds:{operation}/></s:Body></s:Envelope>"
    )
    return f"POST /onvif/device_service HTTP/1.1\r\nHost: a\r\n{more}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def packet(name: str) -> bytes:
    return (Path(__file__).parents[1] / "data" / f"{name}.bin").read_bytes()


def test_questions_that_only_read_are_told_by_name() -> None:
    found = asked(soap("GetServices") + soap("GetScopes")[:40], soap("GetScopes")[40:], b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert found.faults == []
    assert {kind: number for kind, number in found.kinds.items() if not kind.startswith("TCP")} == {
        "ONVIF GetServices": 1, "ONVIF GetScopes": 1, "GET of a page": 1,
    }  # fmt: skip
    assert found.connections == {(CAMERA, 80): 1}
    video = asked(b"OPTIONS rtsp://10.44.0.9:8554/ RTSP/1.0\r\nCSeq: 1\r\n\r\n", port=8554)
    assert (video.kinds["RTSP OPTIONS"], video.faults) == (1, [])


@pytest.mark.parametrize(
    "request_",
    [
        soap("SetScopes"), soap("SystemReboot"), soap("CreateUsers"), soap("GetUsers"), soap("GetSystemLog"),
        soap("GetScopes", "Authorization: Digest username=x\r\n"),
        soap("GetScopes").replace(b"/onvif/device_service", b"/onvif/other"),
        soap("GetScopes").replace(b"POST", b"PUT"),
        b"GET /cgi-bin/magicBox.cgi?action=reboot HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nAuthorization: Basic YWRtaW46YWRtaW4=\r\n\r\n",
        b"GET / HTTP/1.1\r\nCookie: a=b\r\n\r\n",
        b"DELETE / HTTP/1.1\r\n\r\n", b"SETUP rtsp://10.44.0.9/ RTSP/1.0\r\n\r\n", b"DESCRIBE rtsp://10.44.0.9/live RTSP/1.0\r\n\r\n",
        b"OPTIONS rtsp://10.44.0.8/ RTSP/1.0\r\n\r\n", b"\x00\x01\x02", b"GET / HTTP/1.1\r\n",
    ],
)  # fmt: skip
def test_whatever_else_is_said_on_a_connection_is_a_fault(request_: bytes) -> None:
    assert asked(request_).faults


def test_a_segment_that_is_missing_is_a_fault() -> None:
    assert audit([syn(CAMERA, 80), tcp(CAMERA, 80, b"GET / HT"), tcp(CAMERA, 80, b"1\r\n\r\n", number=120)], RULES).faults


@pytest.mark.parametrize(
    ("to", "port"),
    [(CAMERA, 9100), (CAMERA, 502), (CAMERA, 22), (CAMERA, 37777), ("10.44.0.66", 80), ("10.45.0.9", 80), ("8.8.8.8", 443)],
)
def test_a_connection_to_another_port_or_place_is_a_fault_by_its_first_packet(to: str, port: int) -> None:
    assert audit([syn(to, port)], RULES).faults == [f"TCP to {to} port {port}"]


def test_a_port_that_the_device_announces_may_be_asked_there_alone() -> None:
    assert audit([syn(CAMERA, 8999)], RULES).faults == []
    assert audit([syn("10.44.0.10", 8999)], RULES).faults


@pytest.mark.parametrize(
    ("name", "port"),
    [
        ("hanwha/question", 7701), ("bosch/question", 1757), ("vivotek/question", 10000), ("panasonic/question", 10670),
        ("sony/question", 2380), ("tvt/question", 23456), ("ubiquiti/question", 10001),
    ],
)  # fmt: skip
def test_makers_questions_as_recorded_are_allowed_at_their_port_and_nowhere_else(name: str, port: int) -> None:
    assert audit([udp("10.44.3.255", port, packet(name))], RULES).faults == []
    assert audit([udp("10.44.3.255", port + 1, packet(name))], RULES).faults
    assert audit([udp("10.44.3.255", port, packet(name) + b"\1")], RULES).faults


@pytest.mark.parametrize(
    ("to", "port", "payload"),
    [
        (GROUP, 37020, b'<?xml version="1.0"?><Probe><Uuid>13A888A9-F1B1-4020-AE9F-05607682D23B</Uuid><Types>update</Types></Probe>'),
        ("10.44.3.255", 37810, bytes(32) + b'{"method":"DHDiscover.setConfig"}\n'),
        ("10.44.3.255", 23456, b"MHED\x08\x00\x01\x00\x03\x00".ljust(140, b"\0")),
        (GROUP, 3702, b'<s:Envelope x="y"><s:Header>a</s:Header><s:Body><d:Bye></d:Bye></s:Body></s:Envelope>'),
        ("224.0.0.251", 5353, bytes.fromhex("000084000000000100000000")),
        ("224.0.0.251", 5353, bytes.fromhex("000000000001000000010000") + b"\1a\0\0\1\0\1"),
        (GROUP, 1900, b"NOTIFY * HTTP/1.1\r\n\r\n"),
        ("10.44.0.9", 53, b"\0"), ("10.44.0.9", 161, b"public"),
    ],
)  # fmt: skip
def test_datagrams_that_write_announce_or_guess_are_faults(to: str, port: int, payload: bytes) -> None:
    assert audit([udp(to, port, payload)], RULES).faults


def test_a_datagram_out_of_range_or_to_what_is_left_alone_is_a_fault() -> None:
    question = packet("ubiquiti/question")
    for to in ("10.45.0.9", "10.44.0.66", "224.0.1.1", "1.1.1.1"):
        assert audit([udp(to, 10001, question)], RULES).faults == [f"a datagram to {to}"]


def test_only_the_systems_own_protocols_beside() -> None:
    arp, other = bytes(12) + b"\x08\x06" + bytes(28), bytes(12) + b"\x88\xcc" + bytes(28)
    mld = bytes(12) + b"\x86\xdd" + bytes(6) + b"\x00\x01" + bytes(16) + IPv6Address("ff02::16").packed
    mld += bytes([58, 0, 5, 2, 0, 0, 1, 0]) + bytes([143, 0])
    found = audit([arp, ipv4("224.0.0.22", 2, b"\x22"), mld], RULES)
    assert (found.faults, found.sent_by_us) == ([], 0)
    assert audit([other], RULES).faults
    assert audit([ipv4("10.44.0.9", 1, b"\x08\0")], RULES).faults
    assert audit([ipv4("10.44.0.9", 47, b"\0")], RULES).faults


@pytest.fixture(scope="module")
def fleet() -> Iterator[Fleet]:
    try:
        with Fleet(6, Path(__file__).parent / "catalogue") as made:
            yield made
    except NoNamespacesError:
        pytest.skip("network namespaces are not allowed here")


@pytest.mark.namespace
@pytest.mark.parametrize("pace", ["gentle", "normal", "fast"])
def test_each_pace_sends_only_what_is_on_the_list(fleet: Fleet, pace: str) -> None:
    left_alone = next(one.device.address for one in fleet.units if one.model == "hikvision")
    ranges = ("--range", "10.44.0.0/27") if pace != "gentle" else ()
    found = search(fleet, "--pace", pace, *ranges, exclude=[f"{left_alone}/32"])
    assert (found.ran.code, found.ran.err, found.lost) == (0, "", 0)
    assert found.audit.faults == []
    assert found.audit.kinds["ONVIF GetDeviceInformation"] >= 3
    assert found.audit.kinds["WS-Discovery Probe"] >= 12
    assert left_alone not in found.audit.addresses
    assert {entry["addresses"][0] for entry in found.document["devices"]} >= {
        one.device.address for one in fleet.units if one.device.truth.kind == "camera"
    }
    forbidden = {(one.device.address, door.port) for one in fleet.units for door in one.device.doors if door.speaks == "raw"}
    assert len(forbidden) == 4
    assert forbidden.isdisjoint(found.audit.connections)
    assert found.at_forbidden_ports == 0
    assert all(device["writes"] == [] and device["failed_logins"] == 0 for device in found.report["devices"].values())


@pytest.mark.namespace
def test_listening_sends_nothing_but_the_systems_membership(fleet: Fleet) -> None:
    found = search(fleet, "--passive", "--limit-s", "2", "--range", "10.44.0.0/27")
    assert (found.ran.code, found.lost) == (0, 0)
    assert found.audit.faults == []
    assert found.audit.sent_by_us == 0, found.audit.kinds
    assert found.audit.kinds["system: IGMP"] > 0
