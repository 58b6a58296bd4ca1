"""Vivotek's discovery (UDP 10000). Only the search is ever built.

Source: the layout published with UniversalScanner: a session number, 4a5d8f1c, then values as type, length, bytes.
"""

from __future__ import annotations

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, ipv4_of, mac_of
from camcensus.wire.fields import decode as decode_text

VERSION = 1

_MAGIC = bytes.fromhex("4a5d8f1c")
_LONG_NAME, _MAC, _ADDRESS, _BARE, _SHORT_NAME = 1, 2, 3, 4, 9
"""Type 4 is followed by one byte of value and no length."""


def encode_search(session: int) -> bytes:
    """The search message. `session` is any number of 8 bits; answers repeat it."""
    return bytes((session & 0xFF,)) + _MAGIC


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question, which ends where the values would begin.

    Another maker's protocol shares the port; its messages begin otherwise.
    """
    if data[1:5] != _MAGIC:
        raise WireError("The reply is not in Vivotek's discovery protocol.")
    values = _values(data)
    mac = mac_of(values.get(_MAC, b""))
    short, long = (decode_text(values.get(name, b"").rstrip(b"\x00")) for name in (_SHORT_NAME, _LONG_NAME))
    if mac is None and not short:
        raise WireError("This is a question in Vivotek's discovery protocol, or an answer that names no device.")
    into = Collector()
    into.add("vivotek.answer", _MAGIC.hex() if mac and (short or long) else None)
    into.add("mac", mac)
    into.add("model", short)
    into.add("name", long)
    address = values.get(_ADDRESS, b"")
    into.add("ipv4", ipv4_of(address))
    return into.fields()


def _values(data: bytes) -> dict[int, bytes]:
    """What an answer that breaks off has told so far counts."""
    found: dict[int, bytes] = {}
    at = 5
    while at + 2 <= len(data):
        kind, length = data[at], data[at + 1]
        at += 2
        if kind == 0:
            break
        if kind == _BARE:
            continue
        if at + length > len(data):
            break
        found.setdefault(kind, data[at : at + length])
        at += length
    return found
