"""HID's discovery of door controllers (UDP 4070). Only the search is ever built; what answers opens doors and is no camera.

Source: nmap's hid-evo-discover (discovered;length;MAC;name;address;1;model;version;date;), and answers published by users.
"""

from __future__ import annotations

import re

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_ipv4, read_mac
from camcensus.wire.fields import decode as decode_text

VERSION = 1

_QUESTION = b"discover;013;"
_TEXT_LIMIT = 1024
_LEAST_PARTS = 8


def encode_search() -> bytes:
    """The search message."""
    return _QUESTION


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question."""
    parts = decode_text(data[:_TEXT_LIMIT]).split(";")
    mac = read_mac(parts[2]) if len(parts) >= _LEAST_PARTS else None
    if parts[0] != "discovered" or mac is None:
        raise WireError("The reply is not an answer in HID's discovery protocol.")
    into = Collector()
    into.add("kind", "other")
    into.add("mac", mac)
    into.add("hostname", parts[3])
    into.add("ipv4", read_ipv4(parts[4]))
    into.add("model", parts[6])
    into.add("firmware", parts[7])
    built = re.fullmatch(r"(0[1-9]|1[0-2])/(0[1-9]|[12][0-9]|3[01])/(20[0-9]{2})", parts[8] if len(parts) > 8 else "")
    into.add("firmware_date", f"{built[3]}-{built[1]}-{built[2]}" if built else None)
    return into.fields()
