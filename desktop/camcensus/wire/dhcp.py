"""What a device says of itself when it asks for an address (DHCP, UDP 67): its MAC address, name and class.

Source: RFC 2131 (message), RFC 2132 (options 12, 50, 53, 60), RFC 4702 (option 81). Only what clients send is read: an answer
names the server.
"""

from __future__ import annotations

import re

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, ipv4_of, mac_of
from camcensus.wire.fields import decode as decode_text

VERSION = 1

_REQUEST, _ETHERNET = 1, 1
_REQUESTS = 3
_COOKIE = bytes.fromhex("63825363")
_OPTIONS_AT = 240
_PAD, _END = 0, 255
_HOST_NAME, _REQUESTED, _MESSAGE, _CLASS, _FULL_NAME = 12, 50, 53, 60, 81
_AXIS = re.compile(r"AXIS,[^,]{1,60},([^,]{1,60}),([0-9.]{1,30})")
"""What Axis devices are, their model and firmware. Source: recog, dhcp_vendor_class.xml."""
_FROM_CLIENTS = frozenset({1, 3, 4, 7, 8})
"""DISCOVER, REQUEST, DECLINE, RELEASE, INFORM. Source: RFC 2132, 9.6."""


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of a request. Raises WireError for a server's answer and for all that is no DHCP message."""
    if len(data) < _OPTIONS_AT or data[236:240] != _COOKIE:
        raise WireError("The message is not one of DHCP.")
    options = _options(data)
    kind = int.from_bytes(options.get(_MESSAGE, b"")[:1])
    if data[0] != _REQUEST or kind not in _FROM_CLIENTS:
        raise WireError("This is a DHCP server's answer; it names no device.")
    mac = mac_of(data[28:34]) if (data[1], data[2]) == (_ETHERNET, 6) else None
    if mac is None:
        raise WireError("The DHCP request has no MAC address.")
    into = Collector()
    into.add("mac", mac)
    into.add("hostname", _text(options.get(_HOST_NAME, b"")), _text(options.get(_FULL_NAME, b"")[3:]))
    vendor_class = _text(options.get(_CLASS, b""))
    into.add("dhcp.vendor_class", vendor_class)
    told = _AXIS.fullmatch(vendor_class)
    into.add("model", told[1] if told else None)
    into.add("firmware", told[2] if told else None)
    # What is asked for with REQUEST was offered before; with DISCOVER it is only what the device had once.
    asked = options.get(_REQUESTED, b"") if kind == _REQUESTS else b""
    into.add("ipv4", ipv4_of(data[12:16]) or ipv4_of(asked))
    return into.fields()


def _options(data: bytes) -> dict[int, bytes]:
    """Each option's bytes; one that is given in parts is joined. Source: RFC 3396."""
    found: dict[int, bytes] = {}
    at = _OPTIONS_AT
    while at < len(data) and data[at] != _END:
        if data[at] == _PAD:
            at += 1
            continue
        if at + 2 > len(data) or at + 2 + data[at + 1] > len(data):
            raise WireError("The DHCP message breaks off inside an option.")
        found[data[at]] = found.get(data[at], b"") + data[at + 2 : at + 2 + data[at + 1]]
        at += 2 + data[at + 1]
    return found


def _text(value: bytes) -> str:
    return decode_text(value.split(b"\x00")[0])
