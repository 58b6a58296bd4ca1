"""Ubiquiti's discovery (UDP 10001), answered by cameras, access points and routers alike. Only the search is ever built.

Source: the layout published with UniversalScanner: version, command, length, then values as type, length (big endian), bytes.
"""

from __future__ import annotations

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, ipv4_of, mac_of
from camcensus.wire.fields import decode as decode_text

VERSION = 2

_HEADER_BYTES = 4
_VALUES_LIMIT = 256
_MAC, _MAC_AND_ADDRESS, _FIRMWARE, _HOSTNAME, _PLATFORM, _MODEL = 0x01, 0x02, 0x03, 0x0B, 0x0C, 0x15
_KINDS = {
    "UVC": "camera", "UNVR": "recorder", "AIRVISION": "recorder",
    **dict.fromkeys(("UAP", "U6", "U7", "US-", "USW", "USF", "USL", "UDM", "UDR", "UXG", "UCG", "UGW", "USG"), "other"),
    **dict.fromkeys(("ER-", "ES-"), "other"),
    **dict.fromkeys(("NBE", "LBE", "PBE", "NANO", "LITEBEAM", "POWERBEAM", "AIRFIBER", "AF-", "UBB"), "other"),
}  # fmt: skip
"""By the beginning of platform and model: access points, switches, routers and radio links answer too.

Their names are more each year, so a name that is not here says nothing.
"""


def encode_search() -> bytes:
    """The search message."""
    return bytes((1, 0, 0, 0))


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question."""
    if len(data) <= _HEADER_BYTES or data[0] not in (1, 2):
        raise WireError("The reply is not an answer in Ubiquiti's discovery protocol.")
    values = _values(data)
    both = values.get(_MAC_AND_ADDRESS, b"")
    mac = mac_of(values.get(_MAC, b"")) or mac_of(both[:6])
    if mac is None:
        raise WireError("The answer in Ubiquiti's discovery protocol carries no MAC address.")
    texts = {kind: decode_text(values.get(kind, b"")).strip("\x00 ") for kind in (_FIRMWARE, _HOSTNAME, _PLATFORM, _MODEL)}
    named = texts[_MODEL] or texts[_PLATFORM]
    into = Collector()
    into.add("ubiquiti.answer", str(data[0]) if named and texts[_FIRMWARE] else None)
    into.add("mac", mac)
    into.add("ipv4", ipv4_of(both[6:]))
    into.add("firmware", texts[_FIRMWARE])
    into.add("hostname", texts[_HOSTNAME])
    into.add("model", named)
    into.add("ubiquiti.platform", texts[_PLATFORM])
    beginnings = [(name, kind) for name, kind in _KINDS.items() if named.upper().startswith(name)]
    into.add("kind", beginnings[0][1] if beginnings else None)
    return into.fields()


def _values(data: bytes) -> dict[int, bytes]:
    """What an answer that breaks off has told so far counts."""
    found: dict[int, bytes] = {}
    at = _HEADER_BYTES
    while at + 3 <= len(data) and len(found) < _VALUES_LIMIT:
        kind, length = data[at], int.from_bytes(data[at + 1 : at + 3], "big")
        at += 3
        if at + length > len(data):
            break
        found.setdefault(kind, data[at : at + length])
        at += length
    return found
