"""Replies of a search as the frames that a capture of it would hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pcaps
from camcensus.model.device import Observation
from camcensus.wire.mdns_services import Services
from camcensus.wire.ports import QUESTION_PORTS
from pcaps import CLIENT, ROUTER_MAC

BEYOND_HOPS = 63
"""Left of the 64 of a device behind a router."""


def can_be_captured(one: Observation) -> bool:
    """Whether a reply comes by over UDP, or as ARP."""
    if one.reading.state == "broken":
        return False
    if one.probe == "mdns" and not Services().take(one.raw):
        return False  # Of a service that no search browses.
    return one.probe in ("neighbour", *QUESTION_PORTS)


def frames_of(observations: Iterable[Observation]) -> list[bytes]:
    """The frames of replies, in order."""
    return [frame for one in observations for frame in _frames(one)]


def _frames(one: Observation) -> Sequence[bytes]:
    mac, hops = (one.mac, 64) if one.mac else (ROUTER_MAC, BEYOND_HOPS)
    client = "fe80::2" if ":" in one.address else CLIENT
    if one.probe == "neighbour":
        return [pcaps.arp(mac, one.address)] if one.mac and ":" not in one.address else []
    port = one.port if one.port is not None else QUESTION_PORTS[one.probe]
    target = "224.0.0.251" if one.probe == "mdns" else client
    datagram = pcaps.udp(one.raw, port, QUESTION_PORTS[one.probe] if one.probe != "dhip" else 50_000)
    packets = (
        pcaps.fragments(datagram, one.address, target)
        if ":" not in one.address
        else [pcaps.ip(datagram, 17, one.address, client)]
    )
    kind = 0x86DD if ":" in one.address else 0x0800
    return [pcaps.ethernet(_with_hops(packet, hops), kind, mac) for packet in packets]


def _with_hops(packet: bytes, hops: int) -> bytes:
    at = 8 if packet[0] >> 4 == 4 else 7
    return packet[:at] + bytes((hops,)) + packet[at + 1 :]
