"""What a search sees of a host, written short: packets as devices send them, read by the codecs, at an address and a time."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, replace

from camcensus.model.device import Observation
from camcensus.wire.read import read
from labelled.packets import ADDRESS, Packet

LAN = "eth0 10.0.0.2/24"
"""The network of most cases; hosts beyond a router have None."""


@dataclass(frozen=True, slots=True)
class Host:
    """What answered at one address of one network in one search."""

    address: str
    packets: tuple[Packet, ...]
    network: str | None = LAN


def host(address: str, *packets: Packet, network: str | None = LAN) -> Host:
    """What answered at `address`."""
    return Host(address, packets, network)


def observations(found: Host, at: str) -> list[Observation]:
    """The replies of a host as observations; `at` is "2026-11-24T10:00" and each reply comes a second after the one before."""
    return [_observation(found, packet, f"{at}:{second:02d}Z") for second, packet in enumerate(found.packets)]


def _observation(found: Host, packet: Packet, at: str) -> Observation:
    raw = _readdressed(packet, found.address)
    plain = Observation(
        probe=packet.probe, address=found.address, at=at, raw=raw, ask=packet.ask, network=found.network, port=packet.port,
        mac=packet.mac,
    )  # fmt: skip
    return replace(plain, reading=read(packet.probe, packet.ask, raw))


def _readdressed(packet: Packet, address: str) -> bytes:
    """The packet with the address that it speaks of; a DHIP header carries the length of what follows."""
    if packet.probe != "dhip":
        return packet.raw.replace(ADDRESS.encode(), address.encode())
    body = packet.raw[32:].replace(ADDRESS.encode(), address.encode())
    return struct.pack("<I4sIIIIII", 32, b"DHIP", 0, 0, len(body), 0, len(body), 0) + body


def listed(mac: str, **told: str) -> Packet:
    """A row of a list that a person brought: a MAC address, and what else stands there."""
    return Packet("list", json.dumps({"kind": "table"} | told).encode(), mac=mac)


def at_port(packet: Packet, port: int) -> Packet:
    """The packet as the answer of another port."""
    return replace(packet, port=port)
