"""TVT's discovery (groups 234.55.55.55 and 234.55.55.56, UDP 23456), spoken by all its rebrands. Only the search is ever built.

Source: answers published by users: 240 bytes, "MHED", version, 1, command; texts and numbers at fixed places. Command 3 sets a
device's network; it does not exist here.
"""

from __future__ import annotations

import struct

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, add_firmware, fixed_text, ipv4_of, mac_of

VERSION = 1

_MAGIC = b"MHED"
_VERSION = 8
_QUESTION_BYTES = 140
_ANSWER_BYTES = 240
_LEAST_BYTES = 0x34
"""Up to the end of the addresses."""
_SEARCH, _ANSWER = 1, 2
_NEUTRAL = frozenset({"", "customer", "neutral", "none"})
"""What devices for other brands give as class of vendor."""
_KINDS = {"IPC": "camera", "IPCAMERA": "camera", "NVR": "recorder", "DVR": "recorder", "XVR": "recorder"}


def encode_search() -> bytes:
    """The search message."""
    return (_MAGIC + struct.pack("<HHH", _VERSION, 1, _SEARCH)).ljust(_QUESTION_BYTES, b"\x00")


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question.

    An answer that breaks off counts as far as it goes.
    """
    if len(data) < _LEAST_BYTES or data[:4] != _MAGIC:
        raise WireError("The reply is not in TVT's discovery protocol.")
    mac = mac_of(data[0x20:0x26])
    if data[8:10] not in (b"\x02\x00", b"\x00\x02") or mac is None:
        raise WireError("This is a question or another message in TVT's discovery protocol; it names no device.")
    into = Collector()
    sort, model = fixed_text(data, 0x0C, 20), fixed_text(data, 0xC4, 16)
    firmware, vendor = fixed_text(data, 0x9C, 40), fixed_text(data, 0xD4, 28)
    into.add("tvt.answer", "MHED" if model and len(data) >= _ANSWER_BYTES else None)
    into.add("mac", mac)
    into.add("ipv4", ipv4_of(data[0x28:0x2C]))
    into.add("serial", fixed_text(data, 0x8C, 16))
    into.add("model", model)
    add_firmware(into, firmware)
    into.add("tvt.device_type", sort)
    into.add("tvt.vendor", vendor)
    into.add("manufacturer", None if vendor.lower() in _NEUTRAL else vendor)
    into.add("kind", _KINDS.get(sort.upper()))
    return into.fields()
