"""What switches print: `show mac address-table` (Cisco), `show mac-address` (HP, Aruba), and the like; also `netsh dhcp`.

No two makers print alike, and one maker's versions differ; all print one MAC address and one port a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from camcensus.intake.rows import ListRow, ListRows, address_in, mac_in

_HEADING = re.compile(r"\bmac[ _-]*addr|(?:hardware|physical) addr|unique id|internet address", re.I)
_PORT = re.compile(
    r"(?:[A-Za-z][A-Za-z-]{0,24})?[0-9]{1,4}(?:/[0-9]{1,4}){1,3}(?:[.:][0-9]{1,4})?"
    r"|(?:Gi|Fa|Te|Eth|Po|Trk|lag|bridge-aggregation|port-channel|[A-L])[0-9]{1,3}",
    re.I,
)
_NEARLY = re.compile(
    r"[0-9a-f]{2}(?:[:-][0-9a-f]{0,3}){4,6}|[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{0,5}|[0-9a-f]{6}-[0-9a-f]{0,7}", re.I
)
_OWN = re.compile(r"\b(?:CPU|Self|Switch|Management|Drop|igmp)\b", re.I)
"""Numbers of the switch itself."""
WORDS_LIMIT = 16


def looks_like_one(lines: Sequence[str]) -> bool:
    """Whether a line is a heading that names MAC addresses, and one below it holds exactly one, or a damaged one."""
    heading = next((number for number, line in enumerate(lines) if _HEADING.search(line)), None)
    return heading is not None and any(_number_in(line) is not None or _has_damaged(line) for line in lines[heading + 1 :])


def read_switch_table(lines: Sequence[str]) -> ListRows:
    """The MAC addresses, each with its port, and its address where the table has one; the switch's own are left out."""
    rows = ListRows()
    for number, line in enumerate(lines, 1):
        mac = _number_in(line)
        if mac is None and _has_damaged(line):
            rows.leave_out(number)
        if mac is None or _OWN.search(line):
            continue
        words = [word for word in line.replace(",", " ").split() if mac_in(word) is None]
        port = next((word for word in reversed(words) if _PORT.fullmatch(word)), None)
        address = next((found for word in words if (found := address_in(word)) and not found.startswith("255.")), "")
        rows.add(ListRow(mac=mac, address=address, hangs_at=port))
    return rows


def _has_damaged(line: str) -> bool:
    return any(map(_is_damaged, line.split()[:WORDS_LIMIT]))


def _is_damaged(word: str) -> bool:
    """True for a word that was a MAC address before it lost or gained digits."""
    digits = len(re.sub(r"[:.-]", "", word))
    return bool(_NEARLY.fullmatch(word)) and digits != 12 and not address_in(word)


def _number_in(line: str) -> str | None:
    """The one MAC address in a line of few words; None where there is none, or where it is prose or code."""
    words = line.replace(",", " ").split()
    if len(words) > WORDS_LIMIT or not re.fullmatch(r"[\w\s.:/*+()\-,]*", line):
        return None
    found = [mac for word in words if (mac := mac_in(word)) is not None]
    return found[0] if len(found) == 1 else None
