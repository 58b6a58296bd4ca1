"""Network numbers (MAC) and addresses in the forms in which lists and people write them."""

from __future__ import annotations

import ipaddress
import re

_SEPARATED = re.compile(
    r"[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}([.:-])[0-9a-f]{4}\2[0-9a-f]{4}|[0-9a-f]{6}[:-]?[0-9a-f]{6}"
    r"|(?:[0-9a-f]{2} ){5}[0-9a-f]{2}",
    re.I,
)
_CLIENT_ID = re.compile(r"01[-:.]?((?:[0-9a-f][-:.]?){12})", re.I)
"""A DHCP client id: hardware type 1 (Ethernet), then the number. Source: RFC 2132, 9.14."""


def mac_in(text: str) -> str | None:
    """The network number that a cell or word is, lower case with colons; None for all else, for groups and for zeros."""
    text = text.strip().strip("'\"{}")
    found = text if _SEPARATED.fullmatch(text) else None
    if found is None:
        named = _CLIENT_ID.fullmatch(text)
        if named is None:
            return None
        found = named[1]
    digits = re.sub(r"[^0-9a-f]", "", found.lower())
    if len(digits) != 12 or digits == "0" * 12 or int(digits[:2], 16) & 1:
        return None
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def address_in(text: str) -> str:
    """The IP address that a cell is, "" where it is none, or one of no single device."""
    try:
        address = ipaddress.ip_address(text.strip().strip("'\""))
    except ValueError:
        return ""
    return "" if address.is_unspecified or address.is_multicast or address.is_loopback else str(address)


def mac_of_ipv6(address: str) -> str | None:
    """The MAC address that a link-local IPv6 address is made from, None where it is not. Source: RFC 4291, appendix A."""
    try:
        packed = ipaddress.IPv6Address(address.partition("%")[0]).packed
    except ValueError:
        return None
    if packed[:2] != b"\xfe\x80" or packed[11:13] != b"\xff\xfe":
        return None
    return bytes((packed[8] ^ 2, *packed[9:11], *packed[13:])).hex(":")
