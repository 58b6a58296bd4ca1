"""One network under several names, as a laptop gets another address there; and what a search of it says of what it missed."""

from __future__ import annotations

import functools
import ipaddress
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from camcensus.model.scan import ScanRecord

KNOWN_FEWEST = 3
"""So many devices known by their own numbers, and none of them seen, is another network; fewer may all be gone."""


@functools.lru_cache(maxsize=1024)
def subnet_of(network: str | None) -> str:
    """ "eth0 10.0.0.2/24" as "10.0.0.0/24", "10.0.0.0/24" as it is; anything else as it is, None as ""."""
    text = (network or "").rpartition(" ")[2]
    try:
        return str(ipaddress.ip_interface(text).network) if "/" in text else network or ""
    except ValueError:
        return network or ""


def split_address_key(value: str) -> tuple[str, str]:
    """The value of an address key ("eth0 10.0.0.2/24/10.0.0.31:8001") as its network and its address with port."""
    network, _, at = value.rpartition("/")
    return network, at


def place_of(value: str) -> str:
    """How address keys are compared: the subnet and the address, whatever card and laptop saw it."""
    network, at = split_address_key(value)
    return f"{subnet_of(network)}/{at.partition('%')[0]}"


def other_networks(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Subnets where a search saw devices and none of those known there: the same private addresses elsewhere.

    Both are device -> subnet, before and in the search, of devices with a number, device id or serial number of their own.
    """
    known, again = Counter(before.values()), Counter(subnet for device, subnet in before.items() if device in now)
    fresh = {subnet for device, subnet in now.items() if device not in before}
    return {subnet for subnet in fresh if known[subnet] >= KNOWN_FEWEST and not again[subnet]}


_ASKED_ALONE = frozenset({"upnp", "onvif", "http", "tls", "rtsp", "neighbour"})
"""Probes that say nothing of how well a whole network was asked."""


def looked_for(scan: ScanRecord, network: str | None, addresses: Sequence[str], seen_with: Sequence[str] = ()) -> bool:
    """True where a device that was last seen there, and still is, would have been seen by this search again.

    It ran to its end, did not only listen, could ask on that network (for what is behind a router: was given all its
    addresses), and asked as widely as the search that saw the device last: `seen_with` are the ranges of that one.
    """
    if scan.stopped_early or scan.passive:
        return False
    if not network:
        return are_within(addresses, scan.ranges)
    subnet = subnet_of(network)
    if subnet not in {subnet_of(card.network) for card in scan.interfaces}:
        return False
    rows = [row for row in scan.coverage if subnet_of(row.network) == subnet and row.probe not in _ASKED_ALONE]
    if any(row.state != "skipped" for row in rows) and not any(row.state == "done" and row.sent for row in rows):
        return False  # Nothing could be asked of all there, or the network card went away in the middle.
    return not are_within(addresses, seen_with) or are_within(addresses, scan.ranges)


def are_within(addresses: Iterable[str], ranges: Iterable[str]) -> bool:
    """True where there are addresses, and each lies in one of the ranges ("10.0.0.0/24"). IPv6 is asked by no range."""
    parsed = []
    for text in addresses:
        try:
            address = ipaddress.ip_address(text.partition("%")[0])
        except ValueError:
            return False
        if address.version == 4:
            parsed.append(address)
    wide = []
    for text in ranges:
        try:
            wide.append(ipaddress.ip_network(text, strict=False))
        except ValueError:
            continue
    return bool(parsed) and all(any(address in one for one in wide) for address in parsed)
