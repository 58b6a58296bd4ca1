"""Panasonic's discovery, now i-PRO's (question to UDP 10670, answer to 10669). Only the search is ever built.

Source: the layout published with UniversalScanner: MAC address at 6, from 53 on values as type, length, bytes.
"""

from __future__ import annotations

import ipaddress

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, ipv4_of, mac_of
from camcensus.wire.fields import decode as decode_text

VERSION = 1

_HEADER_BYTES = 53
_VALUES_LIMIT = 256
_ADDRESS, _FULL_NAME, _SHORT_NAME, _FIRMWARE = 0x20, 0xA7, 0xA8, 0xA9


def encode_search(address: str) -> bytes:
    """The search message, 52 bytes. `address` is the IPv4 address it is sent from. Raises ValueError where it is none."""
    own = ipaddress.IPv4Address(address).packed
    return (
        bytes.fromhex("00010000000d000000000000" + "ff" * 6)
        + own
        + bytes.fromhex("00012011" + "1e11231f" + "1e191300" + "00020000" + "00000000" * 2 + "0000ffff" + "0000")
    )


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question."""
    mac = mac_of(data[6:12])
    values = _values(data)
    full, short = (decode_text(values.get(name, b"")).strip("\x00 ") for name in (_FULL_NAME, _SHORT_NAME))
    if mac is None or not (full or short):
        raise WireError("The reply is not an answer in Panasonic's discovery protocol.")
    into = Collector()
    address = values.get(_ADDRESS, b"")
    into.add("panasonic.answer", f"{_FULL_NAME:02x}" if full and len(address) == 4 else None)
    into.add("mac", mac)
    into.add("model", full or short)
    into.add("ipv4", ipv4_of(address))
    into.add("firmware", decode_text(values.get(_FIRMWARE, b"")))
    return into.fields()


def _values(data: bytes) -> dict[int, bytes]:
    """What an answer that breaks off has told so far counts."""
    found: dict[int, bytes] = {}
    at = _HEADER_BYTES
    while at + 4 <= len(data) and len(found) < _VALUES_LIMIT:
        kind, length = int.from_bytes(data[at : at + 2], "big"), int.from_bytes(data[at + 2 : at + 4], "big")
        at += 4
        if at + length > len(data):
            break
        found.setdefault(kind, data[at : at + length])
        at += length
    return found
