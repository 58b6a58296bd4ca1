"""SSDP (UDP 1900): M-SEARCH, and the answers and announcements. Source: UPnP Device Architecture 1.1, chapter 1."""

from __future__ import annotations

import re

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_uuid
from camcensus.wire.fields import decode as decode_text
from camcensus.wire.http import HEADERS_LIMIT

VERSION = 1


def encode_msearch(st: str, mx: int = 2) -> bytes:
    """M-SEARCH for a search target ("ssdp:all", "upnp:rootdevice"), answers spread over `mx` seconds, 1 to 5.

    Raises ValueError for what cannot are in a request.
    """
    if not re.fullmatch(r"[!-~]{1,200}", st) or not 1 <= mx <= 5:
        raise ValueError("a search target or wait that cannot stand in a request")
    return (
        f'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: {mx}\r\nST: {st}\r\n\r\n'
    ).encode("ascii")


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of a search answer or NOTIFY. Raises WireError, also for an overheard M-SEARCH."""
    lines = decode_text(data[: 64 * 1024]).lstrip().replace("\r\n", "\n").split("\n")
    if not re.match(r"HTTP/1\.[01]\s+200\b|NOTIFY\s+\*", lines[0], re.I):
        raise WireError("This is an SSDP question or no SSDP message; it names no device.")
    into = Collector()
    for line in lines[1 : 1 + HEADERS_LIMIT]:
        name, colon, value = line.partition(":")
        field = {"server": "ssdp.server", "st": "ssdp.st", "nt": "ssdp.st", "usn": "ssdp.usn", "location": "ssdp.location"}.get(
            name.strip().lower()
        )
        if not colon or field is None:
            continue
        into.add(field, value)
        if field == "ssdp.usn":
            into.add("uuid", read_uuid(value))
    return into.fields()
