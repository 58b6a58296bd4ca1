"""Dahua's old discovery (UDP 5050). Only the search is ever built.

Source: the layout published with UniversalScanner: 120 bytes (b3; u8 at 2 and u16 at 0x14 give the lengths of what follows;
type at 0x28; address at 0x38), then 17 characters of MAC address and the model, then "Key:value" lines.
"""

from __future__ import annotations

import struct

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, add_firmware, ipv4_of, read_mac
from camcensus.wire.fields import decode as decode_text

VERSION = 1

_HEADER_BYTES = 120
_MAC_CHARACTERS = 17
_ANSWER = 0xB3
_QUESTION = 0xA3


def encode_search() -> bytes:
    """The search message, 32 bytes."""
    return bytes((_QUESTION, 1, 0, 1)) + bytes(12) + b"\x02" + bytes(15)


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question."""
    if len(data) < _HEADER_BYTES or data[0] != _ANSWER:
        raise WireError("The reply is not an answer in Dahua's old discovery protocol.")
    length_2 = data[2]
    (length_3,) = struct.unpack_from("<H", data, 0x14)
    section_2 = decode_text(data[_HEADER_BYTES : _HEADER_BYTES + length_2])
    section_3 = decode_text(data[_HEADER_BYTES + length_2 : _HEADER_BYTES + length_2 + length_3])
    mac = read_mac(section_2[:_MAC_CHARACTERS])
    if mac is None:
        raise WireError("The answer in Dahua's old discovery protocol carries no MAC address.")
    into = Collector()
    into.add("dahua-v1.answer", "b3")
    into.add("mac", mac)
    into.add("ipv4", ipv4_of(data[0x38:0x3C]))
    device_type = decode_text(data[0x28:0x38].split(b"\x00")[0])
    into.add("model", section_2[_MAC_CHARACTERS:].split("\x00")[0], None if section_2[_MAC_CHARACTERS:] else device_type)
    values = dict(_pairs(section_3))
    into.add("serial", values.get("SerialNo"))
    into.add("name", values.get("Name"))
    add_firmware(into, values.get("Version"))
    return into.fields()


def _pairs(text: str) -> list[tuple[str, str]]:
    lines = (line.partition(":") for line in text.replace("\r\n", "\n").split("\n")[:64])
    return [(name.strip(), value.strip("\x00 ")) for name, colon, value in lines if colon]
