"""Which MAC address is a device's own in a network capture, and which is that of a router in front of it.

Every frame names a sender, and behind a router that is the router. A MAC address is taken for a device's where an ARP message
of the device says so, or where frames come straight from it: with as many hops left as they were sent with, from a card that
few addresses send by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

ADDRESSES_LIMIT = 3
"""A card with more IPv4 addresses than this is a router's, as in `identity.group`."""
KNOWN_LIMIT = 200_000
"""Pairs of card and address that are remembered; a capture with more is of the internet."""
_FIRST_HOPS = (32, 64, 128, 255)
"""What systems send packets with. Source: RFC 1700, "IP time to live"; the defaults of Linux, Windows and routers."""
_FIRST_HOPS_TO_GROUPS = (64, 128, 255)
"""What is for a group is sent with any small number."""
_FAR_HOPS = 16
"""No private network has so many routers in a row: a packet with 100 hops left was sent with 100, not with 128."""


class Cards:
    """Learns from frames as they go by. MAC addresses have six bytes, addresses four or sixteen."""

    def __init__(self) -> None:
        self._known: set[bytes] = set()
        self._of_card: defaultdict[bytes, set[bytes]] = defaultdict(set)
        self._routers: set[bytes] = set()
        self._said_pairs = 0
        self._said: defaultdict[bytes, set[bytes]] = defaultdict(set)
        self._said_by: defaultdict[bytes, set[bytes]] = defaultdict(set)
        self._spoke: set[bytes] = set()

    def see(self, mac: bytes, address: bytes, hops_left: int, *, to_one: bool, private: bool) -> None:
        """One packet: the card that sent its frame, its address, the hops it has left; `to_one` where it is for one host."""
        pair = mac + address
        if pair in self._known or len(self._known) >= KNOWN_LIMIT:
            return
        if private:
            self._spoke.add(address)
            self._known.add(pair)
        if not mac or mac in self._routers or self._is_full:
            return
        first_hops = _FIRST_HOPS if to_one else _FIRST_HOPS_TO_GROUPS
        if not _is_link_local(address) and 0 < _hops(hops_left, first_hops) < _FAR_HOPS:
            self._routers.add(mac)
        elif len(address) == 4:
            held = self._of_card[mac]
            held.add(address)
            if len(held) > ADDRESSES_LIMIT:
                self._routers.add(mac)
                del self._of_card[mac]

    def say(self, mac: bytes, address: bytes) -> None:
        """An ARP message: its sender says that this address is at this card."""
        if self._said_pairs < KNOWN_LIMIT and mac not in self._said[address]:
            self._said_pairs += 1
            self._said[address].add(mac)
            self._said_by[mac].add(address)

    def is_own(self, mac: bytes, address: bytes) -> bool:
        """Whether a card is the own one of what has an address."""
        said = self._said.get(address)
        if said and mac in said:
            return len(self._said_by[mac]) <= ADDRESSES_LIMIT
        return not said and bool(mac) and mac not in self._routers and not self._is_full

    @property
    def _is_full(self) -> bool:
        """Whether there are more cards than can be told apart; from then on only ARP is believed."""
        return len(self._of_card) + len(self._routers) >= KNOWN_LIMIT

    @property
    def spoke(self) -> int:
        """How many private addresses sent anything; what a router says of others by ARP is no word of theirs."""
        said = (address for address, macs in self._said.items() if any(self.is_own(mac, address) for mac in macs))
        return len(self._spoke.union(said))

    def own(self, address: bytes, seen: set[bytes]) -> bytes | None:
        """The only own card of an address among those its frames came by and those ARP names; None where there are two."""
        found = {mac for mac in (*seen, *self._said.get(address, ())) if self.is_own(mac, address)}
        return next(iter(found)) if len(found) == 1 else None

    def neighbours(self) -> Iterator[tuple[bytes, bytes]]:
        """MAC address and IPv4 address of each host whose card is its own."""
        pairs = {(mac, address) for address, macs in self._said.items() for mac in macs}
        pairs |= {(mac, address) for mac, held in self._of_card.items() for address in held}
        return (pair for pair in sorted(pairs) if self.is_own(*pair))


def _hops(left: int, first_hops: tuple[int, ...]) -> int:
    """How many routers a packet has passed, as far as that can be told."""
    return next((first - left for first in first_hops if first >= left), 0)


def _is_link_local(address: bytes) -> bool:
    return address[:2] == b"\xa9\xfe" or (address[0] == 0xFE and address[1] & 0xC0 == 0x80) if address else False
