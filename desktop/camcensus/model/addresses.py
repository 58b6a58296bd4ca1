"""Network addresses in what people typed and devices sent: found in every form they are written in, and taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from typing import Any, cast

from camcensus.model.blocks import Link, ReportDocument

LEFT_OUT = "(address left out)"

_PLAIN = {0xFF00 + code - 0x20: code for code in range(0x21, 0x7F)}
"""Full-width letters, digits and marks, and what they are taken for."""
_PLAIN |= dict.fromkeys(map(ord, "‐‑‒–—−﹣"), ord("-")) | dict.fromkeys(map(ord, "։׃∶꞉﹕"), ord(":"))
_PLAIN |= dict.fromkeys(map(ord, "․。｡﹒·"), ord(".")) | dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), ord(" "))

_HIDDEN = re.compile("\\\\x[0-9a-f]{2}|\\\\u[0-9a-f]{4}|[\u00ad\u034f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What nobody sees, as it is and as `words.clean` writes it: it may be in the middle of an address."""

_BEFORE, _AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_SPACE = r"[ \t]?"
_MAC_PAIRS = rf"(?:[0-9a-f]{{1,2}}{_SPACE}([:\-._]){_SPACE})(?:[0-9a-f]{{1,2}}{_SPACE}\1{_SPACE}){{4,6}}[0-9a-f]{{1,2}}"
"""Six or eight pairs with one mark between them, a 0 before a single figure left out or not."""
_MAC_SPACED = r"(?:[0-9a-f]{2}[ \t]){5}(?:[0-9a-f]{2}[ \t][0-9a-f]{2}[ \t])?[0-9a-f]{2}"
_MAC_FOURS = r"(?:[0-9a-f]{4}[ \t:\-._]){2,3}[0-9a-f]{4}"
_MAC_SIXES = r"[0-9a-f]{6}[ \t:\-._][0-9a-f]{6}"
_MAC_BARE = r"(?:0x)?(?:[0-9a-f]{12}|[0-9a-f]{16})"
_MAC = re.compile(
    rf"{_BEFORE}(?:{_MAC_PAIRS}|{_MAC_SPACED}|{_MAC_FOURS}|{_MAC_SIXES}|{_MAC_BARE}){_AFTER}", re.IGNORECASE | re.ASCII
)
_MAC_GLUED = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{12})(?![0-9a-f])", re.IGNORECASE | re.ASCII)
"""Twelve figures glued to other letters: "cam_0200000000a1", "IPC-0200000000A1x"."""
_OCTET = r"(?:0{0,2}[0-9]|0?[0-9]{2}|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
_POINT = r"(?:[\[({]?(?:\.|dot)[\])}]?)"
_DOT = rf"{_SPACE}{_POINT}{_SPACE}"
"""Also as people write it who do not want it to be opened: "10[.]77[.]0[.]4", "10 dot 77 dot 0 dot 4"."""
_ANY = rf"(?:{_OCTET}|x{{1,3}}|#{{1,3}}|[*?])"
"""A number, or what is written for any."""
_PRIVATE_B = r"(?:1[6-9]|2[0-9]|3[01])"
_IPV4 = re.compile(
    rf"(?<![0-9A-Za-z.]){_OCTET}(?:{_DOT}{_OCTET}){{3}}(?:/[0-9]{{1,2}})?(?::[0-9]{{1,5}})?(?![0-9A-Za-z]|\.[0-9])",
    re.IGNORECASE | re.ASCII,
)
_IPV4_HOST = re.compile(
    rf"(?<![0-9])(?:(?:(?:10|127)(?:(?:[-_]|{_DOT}){_OCTET}){{2}}|169[-_.]254|172[-_.]{_PRIVATE_B}|192[-_.]168)"
    rf"(?:(?:[-_]|{_DOT}){_ANY}){{1,2}}|10(?:[-_.]{_ANY}){{3}}|10(?:\.{_OCTET}){{1,2}}(?=/[0-9]))(?:/[0-9]{{1,2}})?(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
"""A private address as names of hosts have it, "cam-192-168-1-20", or the beginning of one, "192.168.4.x", "10.77.0/24"."""
_IPV4_TYPED = re.compile(
    rf"(?<![0-9£])(?:192([ ,/])168|172([ ,/]){_PRIVATE_B}|169([ ,/])254)(?:(?:\1|\2|\3){_OCTET}){{2}}(?![0-9])", re.ASCII
)
"""A private address typed with another mark: "192,168,1,20", "192 168 1 20"."""
_IPV6 = re.compile(
    r"(?<![0-9A-Za-z:])[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*(?:\.[0-9]{1,3}){0,3}(?:%[0-9A-Za-z._-]{1,32})?(?:/[0-9]{1,3})?"
    r"(?![0-9A-Za-z])",
    re.IGNORECASE | re.ASCII,
)
_IPV6_HOST = re.compile(r"[0-9a-f-]{2,60}\.ipv6-literal\.net|(?:[0-9a-f]\.){8,32}ip6\.arpa", re.IGNORECASE | re.ASCII)
_LEAST_GROUPS = 3
_PERHAPS = re.compile(
    r"(?:[0-9a-f]{1,4} ?[:._\- ] ?){2}|[0-9a-f]{6}|::|[:.\-_0-9a-f]…"
    r"|[0-9]\.(?:[x*#?]|[0-9]+/)|[0-9] ?[\[({]?(?:\.[\])}]|dot)|(?:192|172|169)[,/]",
    re.IGNORECASE | re.ASCII,
)
"""What every form has: most texts have none of it, and a register of thousands has a hundred thousand texts."""
_CUT = re.compile(
    rf"{_BEFORE}(?:(?:[0-9a-f]{{1,6}}[ ]?(?:[:\-_ ]|{_POINT})[ ]?){{1,7}}[\[({{]?[0-9a-f]{{0,6}}|[0-9a-f]{{4,15}}"
    r"|(?<!£)(?:192|172|169)(?:[,/][0-9]{1,3}){1,3}[,/]?)(?=…$)",
    re.IGNORECASE | re.ASCII,
)
"""The beginning of an address where the text was cut."""


@lru_cache(8192)
def without_addresses(text: str) -> str:
    """The text with "(address left out)" for every IPv4, IPv6 and MAC address in it, whole or the beginning of one.

    For what others read, so a doubtful one goes. A time ("12:30:45"), a date and a version of three numbers stay.
    """
    plain, places = _plain(text)
    if not _PERHAPS.search(plain):
        return text
    for find, is_one in _FORMS:
        parts, at = list[str](), 0
        for found in find.finditer(plain):
            if is_one(found.group()):
                parts += [text[at : places[found.start()]], LEFT_OUT]
                at = places[found.end() - 1] + 1
        if parts:
            text = "".join((*parts, text[at:]))
            plain, places = _plain(text)
    return text


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text in plain letters, without what cannot be seen, and where in the text each letter is."""
    if not _HIDDEN.search(text):
        return text if text.isascii() else text.translate(_PLAIN), range(len(text))
    hidden = {at for found in _HIDDEN.finditer(text) for at in range(found.start(), found.end())}
    places = [at for at in range(len(text)) if at not in hidden]
    return "".join(text[at] for at in places).translate(_PLAIN), places


def _is_ipv6(text: str) -> bool:
    """A whole address, or at least three groups of one, long enough to be no time: "fd12:3456:789a"."""
    bare = re.split("[%/]", text)[0]
    for one in (bare, bare.rstrip(":")):
        try:
            IPv6Address(one)
        except AddressValueError:
            continue
        return any(character.isalnum() for character in one)
    groups = [group for group in bare.split(":") if group]
    return len(groups) >= _LEAST_GROUPS and any(len(group) > 1 + group.isdecimal() for group in groups)


def _is_mac(text: str) -> bool:
    """Not years in a row: "2026 2027 2028"."""
    return not re.fullmatch(r"(?:(?:19|20)[0-9]{2}[ -]?){3,4}", text)


def _has_figure(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _is_one(_: str) -> bool:
    return True


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_IPV6_HOST, _is_one),
    (_IPV6, _is_ipv6),
    (_MAC, _is_mac),
    (_MAC_GLUED, _is_one),
    (_IPV4, _is_one),
    (_IPV4_HOST, _is_one),
    (_IPV4_TYPED, _is_one),
    (_CUT, _has_figure),
)


def without_addresses_in(document: ReportDocument) -> ReportDocument:
    """A report for others with no address in any of its words, whoever wrote them. Links to sources stay."""
    return cast(ReportDocument, _cleared(document))


def _cleared(value: Any) -> Any:
    if isinstance(value, str):
        return without_addresses(value)
    if isinstance(value, Link | bytes):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: new for one in fields(value) if one.init and (new := _cleared(old := getattr(value, one.name))) is not old
        }
        return replace(value, **changed) if changed else value
    if isinstance(value, Sequence):
        cleared = [_cleared(one) for one in value]
        return cleared if any(new is not old for new, old in zip(cleared, value, strict=True)) else value
    return value
