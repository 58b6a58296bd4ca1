"""GigE Vision's discovery (UDP 3956), which machine vision and thermal cameras answer. Only the search is ever built.

Source: the layout published with UniversalScanner: 8 bytes of head (status 0, acknowledgement 3), then MAC address, addresses,
maker, model, version, serial number and the name that a person gave.
"""

from __future__ import annotations

import struct

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, fixed_text, ipv4_of, mac_of

VERSION = 1

_SIZE_BYTES = 0x100
_DISCOVERY, _ANSWER = 0x0002, 0x0003
_KEY, _FLAGS = 0x42, 0x11
"""The flags ask for an answer, which may come by broadcast."""


def encode_search(number: int) -> bytes:
    """The search message. `number` is any number of 16 bits but 0; answers repeat it."""
    return struct.pack(">BBHHH", _KEY, _FLAGS, _DISCOVERY, 0, number & 0xFFFF or 1)


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question."""
    mac = mac_of(data[0x12:0x18])
    if len(data) < _SIZE_BYTES or data[:4] != struct.pack(">HH", 0, _ANSWER) or mac is None:
        raise WireError("The reply is not an answer in GigE Vision's discovery protocol.")
    into = Collector()
    into.add("kind", "camera")
    into.add("mac", mac)
    into.add("ipv4", ipv4_of(data[0x2C:0x30]))
    into.add("manufacturer", fixed_text(data, 0x50, 32))
    into.add("model", fixed_text(data, 0x70, 32))
    into.add("firmware", fixed_text(data, 0x90, 32))
    into.add("serial", fixed_text(data, 0xE0, 16))
    into.add("name", fixed_text(data, 0xF0, 16))
    return into.fields()
