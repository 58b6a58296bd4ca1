"""Every frame that a scanner sends, told by what it is; what is on no list here is a fault.

Written from the protocols' descriptions, not from our own codecs: those would only agree with themselves.
"""

from __future__ import annotations

import os
import re
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address

from costs import LONG_S

TCP_PORTS = frozenset({80, 81, 82, 443, 554, 1984, 2020, 5000, 8000, 8080, 8443, 8554, 8765, 8899, 10554})
"""1984 and 8765 are web pages of programs that record: go2rtc and motionEye."""
NEVER = frozenset({*range(9100, 9108), 502, 102, 44818, 47808, 104, 11112, 2575})
TLS_FIRST = b"\x16\x03"
OPERATIONS = frozenset(
    {
        "GetSystemDateAndTime", "GetServices", "GetCapabilities", "GetScopes", "GetDeviceInformation", "GetHostname",
        "GetNetworkInterfaces",
    }
)  # fmt: skip
HEADERS = frozenset({"host", "user-agent", "accept", "accept-encoding", "connection", "content-type", "content-length", "cseq"})
GROUPS = frozenset({"239.255.255.250", "239.255.255.251", "224.0.0.251", "234.55.55.55", "233.89.188.1"})

_UUID = rb"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_SOAP = rb"(?:<\?xml[^>]*\?>\s*)?<s:Envelope [^>]*><s:Header>.*</s:Header>\s*<s:Body>%s</s:Body></s:Envelope>\s*"
_PROBE = rb"<d:Probe>(?:<d:Types>(?:dn:NetworkVideoTransmitter|tds:Device)</d:Types>)?</d:Probe>"
_UNIVIEW = rb"<tns:UniviewProbe><tns:Types>dn:NetworkVideoTransmitter</tns:Types></tns:UniviewProbe>"

DATAGRAMS: Mapping[int, tuple[str, re.Pattern[bytes]]] = {
    port: (name, re.compile(pattern, re.DOTALL))
    for port, name, pattern in (
        (3702, "WS-Discovery Probe", _SOAP % (rb"(?:" + _PROBE + rb"|" + _UNIVIEW + rb")")),
        (37020, "SADP inquiry", rb"<\?xml[^>]*\?><Probe><Uuid>" + _UUID + rb"</Uuid><Types>inquiry</Types></Probe>"),
        (37810, "DHIP search", rb".\x00{3}DHIP\x00{8}.{16}\{\"method\":\"DHDiscover\.search\",\"params\":\{\"mac\":\"\",\"uni\":1\}\}\n"),
        (5050, "Dahua's older search", rb"\xa3\x01\x00\x01\x00{12}\x02\x00{15}"),
        (7701, "Hanwha search", rb"\x01\x00{261}"),
        (1757, "Bosch search", rb"\x99\x39\xa4\x27.{4}\xff\x00\x06\xde"),
        (10000, "Vivotek's or Foscam's search", rb".\x4a\x5d\x8f\x1c|MO_I\x00{11}\x04\x00{10}\x01"),
        (8600, "VStarcam search", rb"DH\x01\x01"),
        (3600, "360 Vision search", rb"DISCOVER\n"),
        (3956, "GigE Vision discovery", rb"\x42\x11\x00\x02\x00\x00..(?<!\x00\x00)"),
        (4070, "HID discover", rb"discover;013;"),
        (10670, "Panasonic search", rb"\x00\x01\x00\x00.{48}"),
        (2380, "Sony search", rb"\x02ENQ:allinfo\xff\x03"),
        (34569, "Xiongmai search", rb"\xff\x00{13}\xfa\x05\x00{4}"),
        (23456, "TVT search", rb"MHED[\x07-\x09]\x00\x01\x00\x01\x00\x00{130}"),
        (20002, "TP-Link search", rb"\x02\x00\x00\x01\x00{8}.{4}"),
        (10001, "Ubiquiti search", rb"\x01\x00\x00\x00"),
        (1900, "SSDP M-SEARCH", rb"M-SEARCH \* HTTP/1\.1\r\nHOST: 239\.255\.255\.250:1900\r\nMAN: \"ssdp:discover\"\r\n[^\0]*\r\n\r\n"),
        # A question: not a response, no answers, no authority records (those announce or defend a name).
        (5353, "mDNS question", rb"..[\x00-\x7f].\x00[\x01-\x40].{2}\x00\x00.*"),
    )
}  # fmt: skip
"""UDP port -> what may be sent there, whole."""


@dataclass(frozen=True)
class Rules:
    """Where this scan may send. `doors` are TCP ports that hosts announce, `pages` what may be fetched there besides "/"."""

    ranges: tuple[IPv4Network, ...]
    exclude: tuple[IPv4Network, ...] = ()
    doors: Mapping[str, frozenset[int]] = field(default_factory=dict)
    pages: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def may_ask(self, address: str) -> bool:
        """Whether an address may be sent something alone."""
        host = IPv4Address(address)
        return any(host in one for one in self.ranges) and not any(host in one for one in self.exclude)


@dataclass
class Audit:
    """What was sent: how often each thing that is allowed, and each fault in words."""

    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    connections: Counter[tuple[str, int]] = field(default_factory=Counter)
    addresses: set[str] = field(default_factory=set)

    @property
    def sent_by_us(self) -> int:
        """Frames that are not the system's own."""
        return sum(number for kind, number in self.kinds.items() if not kind.startswith("system:"))


def audit(frames: Iterable[bytes], rules: Rules) -> Audit:
    """Tells every frame. TCP is put together again and read request by request."""
    found = Audit()
    flows: dict[tuple[str, int, int], dict[int, bytes]] = {}
    starts: dict[tuple[str, int, int], int] = {}
    for frame in frames:
        ether = int.from_bytes(frame[12:14])
        if ether == 0x0806:
            found.kinds["system: ARP"] += 1
        elif ether == 0x86DD:
            _ipv6(frame[14:], found)
        elif ether == 0x0800:
            _ipv4(frame[14:], rules, found, flows, starts)
        else:
            found.faults.append(f"a frame of type {ether:#06x}")
    for (address, port, _source), pieces in flows.items():
        _stream(address, port, _together(pieces, starts.get((address, port, _source))), rules, found)
    return found


def _ipv6(packet: bytes, found: Audit) -> None:
    kind, rest = packet[6], packet[40:]
    to = IPv6Address(packet[24:40])
    if kind == 0:
        kind, rest = rest[0], rest[(rest[1] + 1) * 8 :]
    if kind == 58 and rest[0] in (133, 135, 136, 143):
        found.kinds["system: ND or MLD"] += 1
    elif kind == 17 and int.from_bytes(rest[2:4]) == 3702 and to == IPv6Address("ff02::c"):
        _datagram(str(to), 3702, rest[8:], found)
    else:
        found.faults.append(f"IPv6 to {to}, protocol {kind}")


def _ipv4(
    packet: bytes,
    rules: Rules,
    found: Audit,
    flows: dict[tuple[str, int, int], dict[int, bytes]],
    starts: dict[tuple[str, int, int], int],
) -> None:
    kind, to = packet[9], str(IPv4Address(packet[16:20]))
    rest = packet[(packet[0] & 15) * 4 : int.from_bytes(packet[2:4]) or None]
    if int.from_bytes(packet[6:8]) & 0x3FFF:
        found.faults.append(f"a fragment to {to}")
    elif kind == 2:
        found.kinds["system: IGMP"] += 1
    elif kind == 1 and rest[0] == 3:
        found.kinds["system: ICMP that a port is closed"] += 1
    elif kind == 17:
        all_of = any(to == str(one.broadcast_address) for one in rules.ranges) or to in GROUPS or to == "255.255.255.255"
        if not all_of and not rules.may_ask(to):
            found.faults.append(f"a datagram to {to}")
        else:
            found.addresses.add(to)
            _datagram(to, int.from_bytes(rest[2:4]), rest[8 : int.from_bytes(rest[4:6])], found)
    elif kind == 6:
        _segment(to, rest, rules, found, flows, starts)
    else:
        found.faults.append(f"IP protocol {kind} to {to}")


def _datagram(to: str, port: int, payload: bytes, found: Audit) -> None:
    name, pattern = DATAGRAMS.get(port, ("", re.compile(rb"\Zx")))
    if pattern.fullmatch(payload):
        found.kinds[name] += 1
    else:
        found.faults.append(f"to {to} port {port} by UDP: {payload[:80]!r}")


def _segment(
    to: str,
    rest: bytes,
    rules: Rules,
    found: Audit,
    flows: dict[tuple[str, int, int], dict[int, bytes]],
    starts: dict[tuple[str, int, int], int],
) -> None:
    source, port, number = struct.unpack(">HHI", rest[:8])
    flags, payload = rest[13], rest[(rest[12] >> 4) * 4 :]
    if not rules.may_ask(to) or port in NEVER or not (port in TCP_PORTS or port in rules.doors.get(to, ())):
        found.faults.append(f"TCP to {to} port {port}")
        return
    found.addresses.add(to)
    key = (to, port, source)
    if flags & 0x02:
        if key not in starts or starts[key] != number + 1:
            found.connections[to, port] += 1
            starts[key] = number + 1
            if key in flows:  # The system gives a source port again for another connection.
                _stream(to, port, _together(flows.pop(key), None), rules, found)
        found.kinds["TCP that begins a connection"] += 1
    else:
        found.kinds["TCP of a connection"] += 1
    if payload:
        flows.setdefault(key, {})[number] = payload


def _together(pieces: Mapping[int, bytes], start: int | None) -> bytes:
    """The stream from its segments; repeated ones once."""
    at = min(pieces) if start is None else start
    whole = b""
    while (piece := pieces.get(at & 0xFFFFFFFF)) is not None:
        whole += piece
        at += len(piece)
    return whole if len(whole) == sum(map(len, pieces.values())) else whole + b"\0 segments are missing"


def _stream(address: str, port: int, data: bytes, rules: Rules, found: Audit) -> None:
    if data.startswith(TLS_FIRST):
        found.kinds["TLS"] += 1
        return
    while data:
        kind, data = _request(address, data, rules)
        if kind.startswith("fault"):
            found.faults.append(f"to {address} port {port}: {kind}")
            return
        found.kinds[kind] += 1


def _request(address: str, data: bytes, rules: Rules) -> tuple[str, bytes]:
    """What the first request is, and the rest."""
    head, end, rest = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    words = lines[0].split(" ")
    if not end or len(words) != 3 or not fields.keys() <= HEADERS:
        return f"fault: {data[:120]!r}", b""
    method, target, version = words
    if version == "RTSP/1.0":
        own = re.fullmatch(rf"rtsp://{re.escape(address)}(?::\d+)?/", target)
        return (f"RTSP {method}" if own and method in ("OPTIONS", "DESCRIBE") else f"fault: {lines[0]}"), rest
    if method == "GET" and "content-length" not in fields:
        allowed = target == "/" or target in rules.pages.get(address, ())
        return ("GET of a page" if allowed else f"fault: {lines[0]}"), rest
    length = int(fields.get("content-length", "-1"))
    body, rest = rest[: max(length, 0)], rest[max(length, 0) :]
    soap = re.fullmatch(
        rb'<\?xml version="1\.0" encoding="UTF-8"\?>\s*<s:Envelope [^>]*><s:Body><tds:(\w+)(?:/>|>(.*)</tds:\1>)</s:Body></s:Envelope>',
        body,
        re.DOTALL,
    )
    where = target == "/onvif/device_service" or target in rules.pages.get(address, ())
    if method == "POST" and where and soap and soap[1].decode() in OPERATIONS and b"password" not in body.lower():
        return f"ONVIF {soap[1].decode()}", rest
    return f"fault: {lines[0]} {body[-120:]!r}", b""


class Capture(threading.Thread):
    """Every frame that goes out of a network namespace, from `with` on. `lost` counts what the system could not hand over."""

    def __init__(self, namespace: str) -> None:
        super().__init__(daemon=True)
        self.frames: list[bytes] = []
        self.lost = 0
        self._namespace = namespace
        self._ready, self._end = threading.Event(), threading.Event()

    def __enter__(self) -> Capture:
        self.start()
        self._ready.wait(LONG_S)
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self.join(LONG_S)

    def run(self) -> None:
        """Reads frames, in a thread that has moved to the namespace."""
        place = os.open(self._namespace, os.O_RDONLY)
        os.setns(place, os.CLONE_NEWNET)
        os.close(place)
        every, out = 3, 4
        with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(every)) as receiver:
            receiver.setsockopt(socket.SOL_SOCKET, 33, 64 << 20)  # SO_RCVBUFFORCE
            receiver.settimeout(0.2)
            self._ready.set()
            quiet = False
            while not (self._end.is_set() and quiet):
                try:
                    frame, (card, _, kind, *_) = receiver.recvfrom(65_535)
                except TimeoutError:
                    quiet = True
                    continue
                if kind == out and card != "lo":
                    self.frames.append(frame)
            self.lost = struct.unpack("II", receiver.getsockopt(263, 6, 8))[1]  # SOL_PACKET, PACKET_STATISTICS
