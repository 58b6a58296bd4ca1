"""Sony's discovery (UDP 2380). Only the search is ever built.

Source: the layout published with UniversalScanner: 02, then "KEY:value" lines that end in ff, then 03.
"""

from __future__ import annotations

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_ipv4, read_mac
from camcensus.wire.fields import decode as decode_text

VERSION = 1

_START, _END, _LINE_END = b"\x02", b"\x03", b"\xff"
_LINES_LIMIT = 128


def encode_search() -> bytes:
    """The search message: all of what is told without a login."""
    return _START + b"ENQ:allinfo" + _LINE_END + _END


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question."""
    if not data.startswith(_START):
        raise WireError("The reply is not in Sony's discovery protocol.")
    lines = (decode_text(line).partition(":") for line in data[1:].split(_LINE_END, _LINES_LIMIT)[:_LINES_LIMIT])
    values = {name.strip().upper(): value.strip("\x03\x00 ") for name, colon, value in lines if colon}
    if not values.get("MODEL") or "ENQ" in values:
        raise WireError("This is a question or another message in Sony's discovery protocol; it names no device.")
    into = Collector()
    mac = read_mac(values.get("MAC"))
    into.add("sony.answer", "allinfo" if mac and read_ipv4(values.get("IPADR")) else None)
    into.add("mac", mac)
    into.add("serial", values.get("SERIAL"))
    into.add("model", values.get("MODEL"))
    into.add("firmware", values.get("SOFTVERSION"))
    into.add("ipv4", read_ipv4(values.get("IPADR")))
    return into.fields()
