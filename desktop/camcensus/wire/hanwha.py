"""Hanwha's discovery, formerly Samsung's (question to UDP 7701, answer to 7711). Only the search is ever built.

Source: the layout published with UniversalScanner: 262 bytes; 0b at 0; MAC address, address and model as text.
"""

from __future__ import annotations

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, fixed_text, read_ipv4, read_mac, split_url

VERSION = 1

_SIZE_BYTES = 262
_LEAST_BYTES = 0x77
"""Up to the end of the model."""
_QUESTION, _ANSWER = 0x01, 0x0B


def encode_search() -> bytes:
    """The search message."""
    return bytes((_QUESTION,)) + bytes(_SIZE_BYTES - 1)


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question."""
    mac = read_mac(fixed_text(data, 0x13, 18))
    if len(data) < _LEAST_BYTES or data[0] != _ANSWER or mac is None:
        raise WireError("The reply is not an answer in Hanwha's discovery protocol.")
    into = Collector()
    model = fixed_text(data, 0x6D, 10)
    if model and len(data) >= _SIZE_BYTES:
        into.add("hanwha.answer", f"{_ANSWER:02x}")
    into.add("mac", mac)
    into.add("ipv4", read_ipv4(fixed_text(data, 0x25, 16)))
    into.add("model", model)
    link = split_url(fixed_text(data, 0x85, 39))
    into.add("http_port", str(link[2] or 80) if link and link[0] == "http" else None)
    return into.fields()
