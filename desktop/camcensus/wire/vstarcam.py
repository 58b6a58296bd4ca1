"""VStarcam's discovery and that of many cheap cameras like it (UDP 8600). Only the search is ever built.

Source: the layout published with UniversalScanner: 44480108, addresses as text, the MAC address, serial, name and version.
Many makers' cameras answer so, so it does not tell the maker.
"""

from __future__ import annotations

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, fixed_text, mac_of, read_ipv4

VERSION = 1

_QUESTION, _ANSWER = bytes.fromhex("44480101"), bytes.fromhex("44480108")
_LEAST_BYTES = 0x5A
"""Up to the end of the MAC address."""
_READ = ((0, 0x9C), (0xCC, 0xEC))
"""What is known of the answer. Somewhere in the rest some firmware sends the user's name and password."""


def encode_search() -> bytes:
    """The search message."""
    return _QUESTION


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question."""
    mac = mac_of(data[0x54:0x5A])
    if len(data) < _LEAST_BYTES or data[:4] != _ANSWER or mac is None:
        raise WireError("The reply is not an answer in VStarcam's discovery protocol.")
    into = Collector()
    into.add("mac", mac)
    into.add("ipv4", read_ipv4(fixed_text(data, 0x04, 16)))
    into.add("serial", fixed_text(data, 0x5C, 32))
    into.add("name", fixed_text(data, 0x7C, 32))
    into.add("firmware", fixed_text(data, 0xCC, 32))
    return into.fields()


def redact(raw: bytes) -> bytes:
    """The answer with all blanked by "*" that is not known to be harmless, the same length; zeros stay."""
    kept = bytearray(raw if raw[:4] == _ANSWER else b"")
    for number, byte in enumerate(kept):
        if byte and not any(start <= number < end for start, end in _READ):
            kept[number] = ord("*")
    return bytes(kept) or raw
