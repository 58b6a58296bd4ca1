"""Frames of a network capture unwrapped: link, VLAN tags, IP and its fragments, down to a UDP datagram; TCP is known as such.

Source: IEEE 802.3, 802.1Q; LINKTYPE_ values, www.tcpdump.org/linktypes.html; RFC 791, 8200, 768. Every length is checked: a
frame that breaks off or lies about a length gives nothing.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import NamedTuple

ETHERNET, SLL, SLL2 = 1, 113, 276
LINKS = frozenset({0, ETHERNET, 12, 14, 101, 108, SLL, 228, 229, SLL2})
"""Link types that are read: Ethernet, Linux cooked, bare IP and loopback."""
ARP, IP4, IP6 = 0x0806, 0x0800, 0x86DD
TCP, UDP, GRE = 6, 17, 47
_ERSPAN_2, _ERSPAN_3, _BRIDGED = 0x88BE, 0x22EB, 0x6558
VXLAN_PORT, VXLAN_HEAD_BYTES = 4789, 8
"""Source: RFC 7348."""
_TAGS = frozenset({0x8100, 0x88A8, 0x9100})
_TAGS_LIMIT = 4
_EXTENSIONS = frozenset({0, 43, 60, 135})
_EXTENSIONS_LIMIT = 8
_FRAGMENT = 44

WAITING_LIMIT = 256
"""Datagrams of which only some fragments came yet; the oldest is given up for a newer one."""
DATAGRAM_LIMIT_BYTES = 65_535
FRAGMENTS_LIMIT = 64
"""Of one datagram: 65,535 bytes in Ethernet's frames are 45."""


class Layer(NamedTuple):
    """What a frame carries: the protocol above the link, where it begins, and the sender's MAC address, b"" for none."""

    kind: int
    start: int
    mac: bytes


def unwrap(link: int, frame: bytes) -> Layer | None:
    """The link layer of a frame off; None where it is of no kind that is read, or too short."""
    if link == ETHERNET:
        if len(frame) < 14:
            return None
        kind, at, mac = frame[12] << 8 | frame[13], 14, frame[6:12]
    elif link == SLL:
        if len(frame) < 16:
            return None
        kind, at = frame[14] << 8 | frame[15], 16
        mac = frame[6:12] if frame[4:6] == b"\x00\x06" else b""
    elif link == SLL2:
        if len(frame) < 20:
            return None
        kind, at = frame[0] << 8 | frame[1], 20
        mac = frame[12:18] if frame[11] == 6 else b""
    elif link in LINKS:
        at = 4 if link in (0, 108) else 0
        version = frame[at] >> 4 if len(frame) > at else 0
        return Layer({4: IP4, 6: IP6}.get(version, 0), at, b"")
    else:
        return None
    for _ in range(_TAGS_LIMIT):
        if kind not in _TAGS:
            break
        if at + 4 > len(frame):
            return None
        kind, at = frame[at + 2] << 8 | frame[at + 3], at + 4
    return Layer(kind, at, mac)


class Packet(NamedTuple):
    """One UDP datagram or TCP segment: `start` to `end` of `data` is its header and payload. Addresses are 4 or 16 bytes."""

    protocol: int
    source: bytes
    target: bytes
    hops_left: int
    data: bytes
    start: int
    end: int


@dataclass(slots=True)
class _Pieces:
    parts: dict[int, bytes] = field(default_factory=dict)
    total: int | None = None
    held: int = 0


class Joiner:
    """Reads IP, joining fragments; holds at most WAITING_LIMIT datagrams of which some are missing."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[tuple[bytes, bytes, bytes, int], _Pieces] = OrderedDict()

    def ip4(self, frame: bytes, at: int) -> Packet | None:
        """The datagram or segment in an IPv4 packet; None for all else, and for a fragment until the last has come."""
        if at + 20 > len(frame) or frame[at] >> 4 != 4:
            return None
        protocol = frame[at + 9]
        if protocol not in (TCP, UDP):
            return None
        head, length = (frame[at] & 0x0F) * 4, frame[at + 2] << 8 | frame[at + 3]
        # A length of 0 is what a network card that cuts segments up itself leaves in its own computer's packets.
        said = at + length if length else len(frame)
        end = min(said, len(frame))  # The capture may hold the packet's beginning only.
        if head < 20 or end < at + head:
            return None
        source, target = frame[at + 12 : at + 16], frame[at + 16 : at + 20]
        offset = (frame[at + 6] & 0x1F) << 8 | frame[at + 7]
        more = frame[at + 6] & 0x20
        if offset or more:
            if said > len(frame):
                return None
            key = (source, target, frame[at + 4 : at + 6], protocol)
            whole = self._join(key, offset * 8, bool(more), frame[at + head : end])
            return None if whole is None else Packet(protocol, source, target, frame[at + 8], whole, 0, len(whole))
        return Packet(protocol, source, target, frame[at + 8], frame, at + head, end)

    def ip6(self, frame: bytes, at: int) -> Packet | None:
        """The same of an IPv6 packet, its extension headers passed over."""
        if at + 40 > len(frame) or frame[at] >> 4 != 6:
            return None
        protocol, hops = frame[at + 6], frame[at + 7]
        source, target = frame[at + 8 : at + 24], frame[at + 24 : at + 40]
        length = frame[at + 4] << 8 | frame[at + 5]
        end = min(at + 40 + length, len(frame)) if length else len(frame)
        start = at + 40
        for _ in range(_EXTENSIONS_LIMIT):
            if protocol in (TCP, UDP):
                return Packet(protocol, source, target, hops, frame, start, end)
            if start + 8 > end:
                return None
            if protocol == _FRAGMENT:
                field_ = frame[start + 2] << 8 | frame[start + 3]
                key = (source, target, frame[start + 4 : start + 8], frame[start])
                whole = self._join(key, field_ & 0xFFF8, bool(field_ & 1), frame[start + 8 : end])
                if whole is None or frame[start] not in (TCP, UDP):
                    return None
                return Packet(frame[start], source, target, hops, whole, 0, len(whole))
            if protocol not in _EXTENSIONS:
                return None
            protocol, start = frame[start], start + 8 + frame[start + 1] * 8
        return None

    def _join(self, key: tuple[bytes, bytes, bytes, int], offset: int, more: bool, part: bytes) -> bytes | None:
        pieces = self._waiting.get(key)
        if pieces is None:
            if len(self._waiting) >= WAITING_LIMIT:
                self._waiting.popitem(last=False)
            pieces = self._waiting[key] = _Pieces()
        if not more:
            pieces.total = offset + len(part)
        pieces.held += len(part) if offset not in pieces.parts else 0
        pieces.parts.setdefault(offset, part)
        if pieces.held > DATAGRAM_LIMIT_BYTES or len(pieces.parts) > FRAGMENTS_LIMIT:
            del self._waiting[key]
            return None
        if pieces.total is None or pieces.held < pieces.total:
            return None
        del self._waiting[key]
        whole, at = bytearray(), 0
        for start in sorted(pieces.parts):
            if start != at:
                return None  # They overlap, or one is missing: no honest sender does that.
            whole += pieces.parts[start]
            at = len(whole)
        return bytes(whole)


def mirrored(frame: bytes, at: int) -> bytes | None:
    """The Ethernet frame in a GRE packet in which a switch sends on what it mirrors (ERSPAN, all three types); None for others.

    Source: RFC 2784, 2890; draft-foschiano-erspan.
    """
    if at + 24 > len(frame) or frame[at + 9] != GRE:
        return None
    start = at + (frame[at] & 0x0F) * 4
    flags, kind = frame[start], int.from_bytes(frame[start + 2 : start + 4])
    start += 4 + 4 * sum(bool(flags & one) for one in (0x80, 0x20, 0x10))
    if kind == _ERSPAN_2 and flags & 0x10:
        start += 8
    elif kind == _ERSPAN_3 and start + 12 <= len(frame):
        start += 20 if frame[start + 11] & 1 else 12
    elif kind not in (_ERSPAN_2, _BRIDGED):
        return None
    return frame[start:] or None


def ports_of(packet: Packet) -> tuple[int, int, int] | None:
    """Source port, target port and where the payload of a datagram begins; None where the header breaks off, and of TCP."""
    data, start = packet.data, packet.start
    if packet.protocol != UDP or start + 8 > packet.end:
        return None
    return data[start] << 8 | data[start + 1], data[start + 2] << 8 | data[start + 3], start + 8


def arp_sender(frame: bytes, at: int) -> tuple[bytes, bytes] | None:
    """MAC and IPv4 address that the sender of an ARP message gives as its own; None for a probe, which has no address yet."""
    if at + 28 > len(frame) or struct.unpack_from(">HHBB", frame, at) != (1, IP4, 6, 4):
        return None
    mac, address = frame[at + 8 : at + 14], frame[at + 14 : at + 18]
    return None if address == b"\x00\x00\x00\x00" or mac[0] & 1 or not any(mac) else (mac, address)
