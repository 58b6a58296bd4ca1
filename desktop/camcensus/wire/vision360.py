"""360 Vision's discovery (UDP 3600). Only the search is ever built.

Source: the layout published with UniversalScanner: "DISCOVER TYPE=IPDOME KEY='00:11:22:33:44:55' ID=1234567890".
"""

from __future__ import annotations

import re

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_mac
from camcensus.wire.fields import decode as decode_text

VERSION = 1

_QUESTION = b"DISCOVER\n"
_TEXT_LIMIT = 1024
_PAIR = re.compile(r"""\b([A-Za-z_][A-Za-z0-9_]{0,40})=(?:'([^']*)'|"([^"]*)"|(\S*))""")


def encode_search() -> bytes:
    """The search message."""
    return _QUESTION


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question."""
    text = decode_text(data[:_TEXT_LIMIT])
    values = {found[1].upper(): found[2] or found[3] or found[4] or "" for found in _PAIR.finditer(text)}
    mac = read_mac(values.get("KEY"))
    if not text.startswith("DISCOVER ") or mac is None or not values.get("TYPE"):
        raise WireError("The reply is not an answer in 360 Vision's discovery protocol.")
    into = Collector()
    into.add("mac", mac)
    into.add("model", values.get("TYPE"))
    into.add("serial", values.get("ID"))
    return into.fields()
