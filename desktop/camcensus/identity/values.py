"""Which values can tell a device apart from others, and which are junk."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation

SERIAL_FEWEST_CHARACTERS = 8
"""Shorter serials are counters or defaults; makers' own layouts have 12 to 45 characters."""
SERIAL_MOST_CHARACTERS = 64
UUID_FEWEST_CHARACTERS = 16
UUID_MOST_CHARACTERS = 80
"""A UUID has 36; UPnP's "Upnp-BasicDevice-1_0-ACCC8E000001" a few more. Longer values are not used as identity."""

_RUNS = ("0123456789abcdefghijklmnopqrstuvwxyz", "1234567890", "9876543210")
_HOME_NETWORK = re.compile(r"192168[0-9]{2,6}")
"""192.168.2.61 as a serial; the device may have moved since. Serials that begin so by chance have other layouts."""


def is_usable_mac(mac: str, knowledge: Knowledge) -> bool:
    """True for the number of one network card: not zero, not a group address, not one character repeated, not known junk."""
    digits = mac.replace(":", "").lower()
    if len(digits) != 12 or not re.fullmatch(r"[0-9a-f]{12}", digits) or mac.lower() in knowledge.junk_macs:
        return False
    return len(set(digits)) > 2 and not int(digits[:2], 16) & 1 and not _is_run(digits)


def is_made_up_mac(mac: str) -> bool:
    """True for a locally administered number: set by software, and the same or another after each start."""
    return bool(int(mac[:2], 16) & 2)


def is_usable_uuid(uuid: str) -> bool:
    """True for an endpoint id that can be one device's: long enough, not "unknown", not zeros or one character repeated."""
    plain = re.sub(r"[^0-9a-z]", "", uuid.lower())
    return UUID_FEWEST_CHARACTERS <= len(uuid) <= UUID_MOST_CHARACTERS and len(set(plain)) > 2 and not _is_run(plain)


def is_usable_serial(serial: str, observation: Observation, knowledge: Knowledge) -> bool:
    """True for a serial number of 8 characters or more that no other device will show.

    Reolink answers ONVIF with its address without dots; others with a default such as 0123456789.
    """
    plain = re.sub(r"[^0-9a-z]", "", serial.lower())
    if not SERIAL_FEWEST_CHARACTERS <= len(serial) <= SERIAL_MOST_CHARACTERS or len(plain) < SERIAL_FEWEST_CHARACTERS:
        return False
    if {serial, serial.lower()} & knowledge.junk_serials or len(set(plain)) <= 2 or _is_run(plain):
        return False
    return not (plain.isdigit() and _is_address(plain, observation))


def _is_run(plain: str) -> bool:
    """True for "0123456789", "12345678", "123456789abc"."""
    return any(plain in run + run[:10] for run in _RUNS)


def _is_address(digits: str, observation: Observation) -> bool:
    """True for the digits of an address of the device: the one it answered from, those it claims, and those it links to."""
    addresses = {observation.address, *observation.reading.all("ipv4")}
    for link in observation.reading.all("onvif.xaddr")[:16]:
        try:
            addresses.add(urlsplit(link).hostname or "")
        except ValueError:
            continue
    if digits in {address.replace(".", "") for address in addresses}:
        return True
    return _HOME_NETWORK.fullmatch(digits) is not None


def uuid_tail(uuid: str, knowledge: Knowledge) -> str | None:
    """The network number at the end of an endpoint id, where it is from a block that we follow; a hint, never an identity."""
    digits = re.sub(r"[^0-9a-f]", "", uuid.lower())[-12:]
    if len(digits) != 12:
        return None
    mac = ":".join(digits[at : at + 2] for at in range(0, 12, 2))
    block = knowledge.block_of(mac)
    followed = block is not None and block.subject is not None
    return mac if followed and is_usable_mac(mac, knowledge) and not is_made_up_mac(mac) else None
