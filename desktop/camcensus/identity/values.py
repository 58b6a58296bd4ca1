"""Which values can tell a device apart from others, and which are junk."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from camcensus.model.device import Observation
from camcensus.model.knowledge import Knowledge

SERIAL_FEWEST_CHARACTERS = 8
"""Shorter serials are counters or defaults; makers' own layouts have 12 to 45 characters."""
SERIAL_MOST_CHARACTERS = 64
TAIL_FEWEST_CHARACTERS = 9
"""Hikvision's own number is nine digits, or a letter and eight, at the end of the long form."""
LONG_FEWEST_CHARACTERS = 24
"""Model, date, region and number together; shorter serials that end alike are of two devices."""
CARDS_LIMIT = 8
"""No box has more network cards that a maker numbered together."""
UUID_FEWEST_CHARACTERS = 16
UUID_MOST_CHARACTERS = 80
"""A UUID has 36; UPnP's "Upnp-BasicDevice-1_0-ACCC8E000001" a few more. Longer values are not used as identity."""

_RUNS = ("0123456789abcdefghijklmnopqrstuvwxyz", "1234567890", "9876543210")
_HOME_NETWORK = re.compile(r"192168[0-9]{2,6}")
"""192.168.2.61 as a serial; the device may have moved since. Serials that begin so by chance have other layouts."""


def is_usable_mac(mac: str, knowledge: Knowledge | None) -> bool:
    """True for the number of one network card: not zero, not a group address, not one character repeated, not known junk."""
    digits = mac.replace(":", "").lower()
    if len(digits) != 12 or not re.fullmatch(r"[0-9a-f]{12}", digits) or (knowledge is not None and knowledge.is_junk_mac(mac)):
        return False
    return len(set(digits)) > 2 and not int(digits[:2], 16) & 1 and not _is_run(digits)


def is_made_up_mac(mac: str) -> bool:
    """True for a locally administered number: set by software, and the same or another after each start."""
    return bool(int(mac[:2], 16) & 2)


def is_usable_uuid(uuid: str) -> bool:
    """True for an endpoint id that can be one device's: long enough, not "unknown", not zeros or one character repeated."""
    plain = re.sub(r"[^0-9a-z]", "", uuid.lower())
    return UUID_FEWEST_CHARACTERS <= len(uuid) <= UUID_MOST_CHARACTERS and len(set(plain)) > 2 and not _is_run(plain)


def is_usable_serial(serial: str, observation: Observation, knowledge: Knowledge | None) -> bool:
    """True for a serial number of 8 characters or more that no other device will show.

    Reolink answers ONVIF with its address without dots; others with their model, or a default such as 0123456789.
    """
    plain = plain_serial(serial)
    if not SERIAL_FEWEST_CHARACTERS <= len(serial) <= SERIAL_MOST_CHARACTERS or len(plain) < SERIAL_FEWEST_CHARACTERS:
        return False
    junk = knowledge.junk_serials if knowledge is not None else frozenset[str]()
    if {serial, serial.lower(), plain} & junk or len(set(plain)) <= 2 or _is_run(plain):
        return False
    if plain in {plain_serial(model) for model in observation.reading.all("model")}:
        return False
    return not (plain.isdigit() and _is_address(plain, observation))


def plain_serial(serial: str) -> str:
    """How serial numbers are compared: letters and digits only, in small letters."""
    return re.sub(r"[^0-9a-z]", "", serial.lower())


def same_serial(one: str, two: str) -> bool:
    """True for one serial number in two forms: Hikvision's firmware gives it with the model before it, or without."""
    short, long = sorted((plain_serial(one), plain_serial(two)), key=len)
    if short == long:
        return True
    return len(short) >= TAIL_FEWEST_CHARACTERS and len(long) >= LONG_FEWEST_CHARACTERS and long.endswith(short)


def are_of_one_box(one: str, two: str) -> bool:
    """True for two MAC addresses that one maker gives to the cards of one box: they follow each other closely."""
    return one[:15] == two[:15] and abs(int(one[15:], 16) - int(two[15:], 16)) <= CARDS_LIMIT


def are_of_two_boxes(one: str, two: str) -> bool:
    """True for two MAC addresses of one registered block that are far apart; of two blocks they may be cable and wireless."""
    return one[:8] == two[:8] and one != two and not are_of_one_box(one, two)


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
    """The MAC address at the end of an endpoint id, where it is from a block that we follow; a hint, never an identity."""
    digits = re.sub(r"[^0-9a-f]", "", uuid.lower())[-12:]
    if len(digits) != 12:
        return None
    mac = ":".join(digits[at : at + 2] for at in range(0, 12, 2))
    block = knowledge.block_of(mac)
    followed = block is not None and block.subject is not None
    return mac if followed and is_usable_mac(mac, knowledge) and not is_made_up_mac(mac) else None
