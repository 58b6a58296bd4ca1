"""Network captures made up from the facts of their formats: frames of devices, and pcap and pcapng files around them.

Source: RFC 791, 768, 9293, 8200, 826; IEEE 802.1Q; draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal

CAMERA_MAC, OTHER_MAC, ROUTER_MAC, CLIENT_MAC = (
    "3c:ef:8c:00:00:31", "00:00:5e:00:53:09", "00:1d:aa:00:00:01", "00:00:5e:00:53:01",
)  # fmt: skip
CAMERA, CLIENT = "10.0.0.31", "10.0.0.2"
BEGAN_S = 1_795_507_260
"""24 November 2026, 08:01 UTC."""
EVERYBODY = "ff:ff:ff:ff:ff:ff"

Frame = tuple[float, bytes]
"""Seconds after the capture began, and the bytes."""


def mac_bytes(mac: str) -> bytes:
    return bytes.fromhex(mac.replace(":", ""))


def ethernet(
    payload: bytes, kind: int, mac: str = CAMERA_MAC, to: str = CLIENT_MAC, tags: Sequence[tuple[int, int]] = ()
) -> bytes:
    """`tags` are (type, VLAN) pairs, the outer first."""
    inside = b"".join(struct.pack(">HH", tag, vlan) for tag, vlan in tags)
    return mac_bytes(to) + mac_bytes(mac) + inside + struct.pack(">H", kind) + payload


def ip(payload: bytes, protocol: int, source: str = CAMERA, target: str = CLIENT, *, hops: int = 64, number: int = 7) -> bytes:
    one, two = ip_address(source).packed, ip_address(target).packed
    if len(one) == 16:
        return struct.pack(">IHBB", 6 << 28, len(payload), protocol, hops) + one + two + payload
    return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), number, 0, hops, protocol, 0) + one + two + payload


def fragments(payload: bytes, source: str = CAMERA, target: str = CLIENT, *, size: int = 1480, number: int = 7) -> list[bytes]:
    """The IPv4 packets of one UDP datagram."""
    one, two = ip_address(source).packed, ip_address(target).packed
    found = []
    for at in range(0, len(payload), size):
        part = payload[at : at + size]
        more = 0x2000 if at + size < len(payload) else 0
        head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(part), number, more | at // 8, 64, 17, 0)
        found.append(head + one + two + part)
    return found


def udp(payload: bytes, source_port: int, target_port: int) -> bytes:
    return struct.pack(">HHHH", source_port, target_port, 8 + len(payload), 0) + payload


def tcp(payload: bytes, source_port: int, target_port: int, number: int = 1, flags: int = 0x18) -> bytes:
    return struct.pack(">HHIIBBHHH", source_port, target_port, number & 0xFFFFFFFF, 1, 0x50, flags, 65_000, 0, 0) + payload


def said(
    payload: bytes, source_port: int, target_port: int = 50_000, *, address: str = CAMERA, target: str = CLIENT, mac: str = CAMERA_MAC,
    hops: int = 64,
) -> bytes:  # fmt: skip
    """One UDP datagram of a device, as an Ethernet frame."""
    packet = ip(udp(payload, source_port, target_port), 17, address, target, hops=hops)
    return ethernet(packet, 0x86DD if ":" in address else 0x0800, mac)


def arp(mac: str, address: str, *, target: str = CLIENT) -> bytes:
    """An ARP answer: this address is at this card."""
    body = struct.pack(">HHBBH", 1, 0x0800, 6, 4, 2) + mac_bytes(mac) + ip_address(address).packed
    return ethernet(body + mac_bytes(CLIENT_MAC) + ip_address(target).packed, 0x0806, mac)


def dhcp(mac: str, kind: int = 3, options: Iterable[tuple[int, bytes]] = (), *, operation: int = 1) -> bytes:
    """A DHCP message of a client (or, with `operation` 2, of a server)."""
    head = struct.pack(">BBBBIHH", operation, 1, 6, 0, 1, 0, 0) + bytes(16) + mac_bytes(mac) + bytes(10 + 64 + 128)
    told = b"".join(bytes((code, len(value))) + value for code, value in ((53, bytes((kind,))), *options))
    return head + bytes.fromhex("63825363") + told + b"\xff"


def dhcp_frame(message: bytes, mac: str) -> bytes:
    return ethernet(ip(udp(message, 68, 67), 17, "0.0.0.0", "255.255.255.255"), 0x0800, mac, EVERYBODY)


@dataclass
class Talk:
    """A TCP connection between a client and a device, as frames."""

    port: int
    address: str = CAMERA
    client: str = CLIENT
    mac: str = CAMERA_MAC
    client_port: int = 50_100
    hops: int = 64
    size: int = 1400
    _numbers: dict[Literal["device", "client"], int] = field(default_factory=lambda: {"device": 4_294_967_000, "client": 1_000})

    def open(self) -> list[bytes]:
        """The three-way handshake."""
        found = [self._frame("client", b"", 0x02), self._frame("device", b"", 0x12)]
        self._numbers = {who: (number + 1) & 0xFFFFFFFF for who, number in self._numbers.items()}
        return [*found, self._frame("client", b"", 0x10)]

    def ask(self, data: bytes) -> list[bytes]:
        return self._pieces("client", data)

    def answer(self, data: bytes) -> list[bytes]:
        return self._pieces("device", data)

    def close(self) -> list[bytes]:
        return [self._frame("device", b"", 0x11), self._frame("client", b"", 0x11)]

    def _pieces(self, who: Literal["device", "client"], data: bytes) -> list[bytes]:
        found = []
        for at in range(0, len(data), self.size):
            part = data[at : at + self.size]
            found.append(self._frame(who, part, 0x18))
            self._numbers[who] = (self._numbers[who] + len(part)) & 0xFFFFFFFF
        return found

    def _frame(self, who: Literal["device", "client"], part: bytes, flags: int) -> bytes:
        kind = 0x86DD if ":" in self.address else 0x0800
        if who == "device":
            segment = tcp(part, self.port, self.client_port, self._numbers[who], flags)
            return ethernet(ip(segment, 6, self.address, self.client, hops=self.hops), kind, self.mac, CLIENT_MAC)
        segment = tcp(part, self.client_port, self.port, self._numbers[who], flags)
        return ethernet(ip(segment, 6, self.client, self.address), kind, CLIENT_MAC, self.mac)


def conversation(port: int, question: bytes, answer: bytes, **others: object) -> list[bytes]:
    """A whole connection with one question and one answer."""
    talk = Talk(port, **others)  # type: ignore[arg-type]
    return [*talk.open(), *talk.ask(question), *talk.answer(answer), *talk.close()]


def timed(frames: Iterable[bytes], every_s: float = 0.01) -> list[Frame]:
    return [(number * every_s, frame) for number, frame in enumerate(frames)]


def pcap(
    frames: Iterable[Frame], *, link: int = 1, order: Literal["<", ">"] = "<", nano: bool = False, modified: bool = False,
    snaplen: int = 262_144,
) -> bytes:  # fmt: skip
    """A pcap file; `modified` with the longer heads of an old Linux tcpdump. Of longer packets than `snaplen` it holds the beginning."""
    magic = 0xA1B23C4D if nano else 0xA1B2CD34 if modified else 0xA1B2C3D4
    parts = [struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, snaplen, link)]
    for at_s, frame in frames:
        whole_s, rest = divmod(round((BEGAN_S + at_s) * 1_000_000), 1_000_000)
        held = frame[: snaplen or None]
        parts.append(struct.pack(order + "IIII", whole_s, rest * (1000 if nano else 1), len(held), len(frame)))
        parts.append((bytes(8) if modified else b"") + held)
    return b"".join(parts)


def block(kind: int, body: bytes, order: str = "<") -> bytes:
    """One pcapng block."""
    padded = body + bytes(-len(body) % 4)
    return struct.pack(order + "II", kind, 12 + len(padded)) + padded + struct.pack(order + "I", 12 + len(padded))


def section(order: str = "<") -> bytes:
    return block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)


def card(
    link: int = 1, order: str = "<", *, resolution: int | None = None, offset_s: int | None = None, snaplen: int = 0
) -> bytes:
    options = b""
    if resolution is not None:
        options += struct.pack(order + "HHB3x", 9, 1, resolution)
    if offset_s is not None:
        options += struct.pack(order + "HHq", 14, 8, offset_s)
    return block(1, struct.pack(order + "HHI", link, 0, snaplen) + options + (bytes(4) if options else b""), order)


def enhanced(
    frame: bytes, at_s: float = 0.0, order: str = "<", *, number: int = 0, units: int = 1_000_000, offset_s: int = 0,
    snaplen: int = 262_144,
) -> bytes:  # fmt: skip
    ticks, held = round((BEGAN_S - offset_s + at_s) * units), frame[: snaplen or None]
    head = struct.pack(order + "IIIII", number, ticks >> 32, ticks & 0xFFFFFFFF, len(held), len(frame))
    return block(6, head + held, order)


def pcapng(frames: Iterable[Frame], order: Literal["<", ">"] = "<", *, snaplen: int = 262_144) -> bytes:
    packets = b"".join(enhanced(frame, at_s, order, snaplen=snaplen) for at_s, frame in frames)
    return section(order) + card(order=order, snaplen=snaplen) + packets
