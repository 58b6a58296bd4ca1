"""The "MO_I" discovery of Foscam and of others who use the same board (UDP 10000). Only the search is ever built.

Source: the layout published with UniversalScanner: 23 bytes of head, then what the device is, by turns combined with the eight
bytes from 7 on where byte 6 says so. Many makers' cameras answer so, so it does not tell the maker.
"""

from __future__ import annotations

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, fixed_text, ipv4_of, read_mac

VERSION = 1

_MAGIC = b"MO_I"
_HEAD_BYTES = 23
_ANSWER_BYTES = 0x57
_ANSWER = 1


def encode_search() -> bytes:
    """The search message."""
    return (_MAGIC + bytes(11) + b"\x04").ljust(_HEAD_BYTES, b"\x00") + b"\x00\x00\x00\x01"


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question. The serial number is the MAC address."""
    if len(data) < _ANSWER_BYTES or data[:4] != _MAGIC or data[4] != _ANSWER:
        raise WireError("The reply is not an answer in the MO_I discovery protocol.")
    if data[6]:
        key = data[7:15]
        data = data[:_HEAD_BYTES] + bytes(byte ^ key[number % 8] for number, byte in enumerate(data[_HEAD_BYTES:]))
    into = Collector()
    serial = fixed_text(data, 0x17, 13)
    address = ipv4_of(data[0x39:0x3D])
    if not serial and address is None:
        raise WireError("The answer in the MO_I discovery protocol names no device.")
    into.add("mac", read_mac(serial))
    into.add("name", fixed_text(data, 0x24, 21))
    into.add("ipv4", address)
    port = int.from_bytes(data[0x55:0x57], "big")
    into.add("http_port", str(port) if port else None)
    return into.fields()
