"""MAC addresses and IP addresses in the forms in which lists, people and devices write them."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote

_SEPARATED = re.compile(
    r"[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}([.:-])[0-9a-f]{4}\2[0-9a-f]{4}|[0-9a-f]{6}[:-]?[0-9a-f]{6}"
    r"|(?:[0-9a-f]{2} ){5}[0-9a-f]{2}",
    re.I,
)
_CLIENT_ID = re.compile(r"01[-:.]?((?:[0-9a-f][-:.]?){12})", re.I)
"""A DHCP client id: hardware type 1 (Ethernet), then the number. Source: RFC 2132, 9.14."""


def mac_in(text: str) -> str | None:
    """The MAC address that a cell or word is, lower case with colons; None for all else, for groups and for zeros."""
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


TEXT_LIMIT_CHARACTERS = 1024
"""Longest part of a text that is looked through for MAC addresses."""
NUMBERS_LIMIT = 16
"""Most MAC addresses of one text; a device names one or two of its own."""
_WITHIN = re.compile(
    r"(?<![0-9a-f])(?<![0-9a-f]{2}[:-])(?P<pairs>[0-9a-f]{2}(?P<mark>[:_-])(?:[0-9a-f]{2}(?P=mark)){4}[0-9a-f]{2})(?!(?P=mark)?[0-9a-f])"
    r"|(?<![0-9a-f.])(?P<fours>[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})(?![0-9a-f.])"
    r"|(?P<named>mac(?:[ _-]?addr(?:ess)?)?[ =:/_-]{1,2})?(?<![0-9a-z])(?P<whole>[0-9a-f]{12})(?![0-9a-z])"
    r"|(?<![0-9a-f])(?P<head>[0-9a-f]{8}-[0-9a-f]{4})-[0-9a-f]{4}-[0-9a-f]{4}-(?P<tail>[0-9a-f]{12})(?![0-9a-f])"
    r"|(?<![0-9a-f:])(?P<address>[0-9a-f:]{5,32}ff:fe[0-9a-f]{2}:[0-9a-f]{1,4})(?![0-9a-f:])",
    re.I,
)


def macs_within(text: str) -> tuple[str, ...]:
    """MAC addresses that may be inside a text, lower case with colons, in order; whether a block is registered says the caller.

    Found are six pairs with one mark between, "aabb.ccdd.eeff", twelve digits that are alone, the first and the last twelve
    of a UUID, and what an IPv6 address was made from (EUI-64). Twelve decimal digits count only after the word "mac": else they
    are a serial number. Groups and zeros are left out.
    """
    text = text[:TEXT_LIMIT_CHARACTERS]
    if "%" in text:
        text = unquote(text, errors="replace")
    found: dict[str, None] = {}
    for match in _WITHIN.finditer(text):
        for name in ("pairs", "fours", "whole", "head", "tail", "address"):
            part = match[name]
            if part is None or (name in ("whole", "head", "tail") and part.replace("-", "").isdigit() and not match["named"]):
                continue
            mac = mac_of_ipv6(part) if name == "address" else mac_in(re.sub(r"[^0-9a-f]", "", part, flags=re.I))
            if mac is not None:
                found.setdefault(mac)
        if len(found) >= NUMBERS_LIMIT:
            break
    return tuple(found)[:NUMBERS_LIMIT]


def mac_of_ipv6(text: str) -> str | None:
    """The MAC address that an IPv6 address was made from (modified EUI-64), None for all else. Source: RFC 4291, appendix A."""
    try:
        packed = ipaddress.IPv6Address(text.partition("%")[0]).packed[8:]
    except ValueError:
        return None
    if packed[3:5] != b"\xff\xfe":
        return None
    return mac_in(bytes((packed[0] ^ 2, *packed[1:3], *packed[5:])).hex())
