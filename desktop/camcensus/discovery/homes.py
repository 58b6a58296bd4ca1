"""Where an address lives: on the network of one of this computer's cards, or beyond a router. Decided here and nowhere else.

What the system's neighbour table says of addresses is kept here too: it tells two cards on one network from two networks
with the same addresses, a router that answers for others from a device, and an address that went to another device.
"""

from __future__ import annotations

import contextlib
import socket
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from ipaddress import IPv4Network

from camcensus.discovery.scope import may_contact, network_of, networks_of
from camcensus.model.scan import Interface, Scope

Key = tuple[str, str]
"""The network as observations name it (a card's, "" beyond a router), and the address: on two networks one is two hosts."""

OWN_ADDRESSES = 3
"""A MAC address that the table has for more addresses than this is a router's, which answers for others (proxy ARP)."""


class Homes:
    """Addresses, and the cards on whose networks they live."""

    def __init__(self, scope: Scope) -> None:
        self._cards = scope.interfaces
        self._ranges = networks_of(scope.ranges)
        self._macs: dict[Key, str] = {}
        self._empty: set[Key] = set()
        self._known: Counter[str] = Counter()
        self._holders: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._one_wire: dict[frozenset[str], bool] = {}
        self._decided: dict[Key, Interface] = {}
        self._overlaps = any(
            network_of(one).overlaps(network_of(two)) for at, one in enumerate(self._cards) for two in self._cards[at + 1 :]
        )
        self.cards_of = cache(self._cards_of)

    def _cards_of(self, address: str) -> tuple[Interface, ...]:
        """The cards whose network an address is in; none beyond a router."""
        return tuple(card for card in self._cards if may_contact(address, [network_of(card)]))

    def of(self, address: str, heard_on: Interface | None) -> Interface | None:
        """The card on whose network the host lives that was heard on a card; None beyond a router.

        Link-local IPv6 is of the card it was heard on, and so is an address that belongs to no network in scope. Where two
        cards share a network, the first of them has all that is there; the same address on two networks stays apart.
        """
        if ":" in address or (heard_on is None and not self._cards):
            return heard_on
        cards = self.cards_of(address)
        if not cards:
            return None if heard_on is None or may_contact(address, self._ranges) else heard_on
        if heard_on not in cards:
            return cards[0]
        if heard_on is cards[0] or len(cards) == 1:
            return heard_on
        key = (heard_on.network, address)
        if key not in self._decided:
            self._decided[key] = next(one for one in cards if one is heard_on or self._is_same(one, heard_on, address))
        return self._decided[key]

    def is_sure(self, address: str, heard_on: Interface | None) -> bool:
        """Whether `of` would not answer otherwise once the neighbour table is read again."""
        if not self._overlaps or heard_on is None or ":" in address:
            return True
        cards = self.cards_of(address)
        if heard_on not in cards or (heard_on.network, address) in self._decided:
            return True
        before = cards[: cards.index(heard_on)]
        mac = self._macs.get((heard_on.network, address))
        return all(
            frozenset((one.network, heard_on.network)) in self._one_wire or (mac and self._macs.get((one.network, address)))
            for one in before
        )

    def are_one(self, one: Interface, two: Interface) -> bool:
        """Whether two cards are known to be on one network, where asking on one of them is enough."""
        return self._one_wire.get(frozenset((one.network, two.network)), False)

    def _is_same(self, one: Interface, two: Interface, address: str) -> bool:
        its, other = self._macs.get((one.network, address)), self._macs.get((two.network, address))
        return its == other if its and other else self.are_one(one, two)

    def way_to(self, address: str) -> Interface | None:
        """The card by which the system sends to an address beyond a router; the first where it does not say."""
        own = ""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unsent, contextlib.suppress(OSError):
            unsent.connect((address, 9))  # sends nothing: it only has the system choose
            own = unsent.getsockname()[0]
        return next((card for card in self._cards if card.address.split("/")[0] == own), next(iter(self._cards), None))

    def learn(self, card: Interface, table: Mapping[str, str | None]) -> None:
        """Takes what the neighbour table has for a card."""
        for address, mac in table.items():
            key = (card.network, address)
            was = self._macs.get(key)
            if mac is None:
                self._empty.add(key)
                continue
            self._empty.discard(key)
            if mac == was:
                continue
            self._known[card.network] += was is None
            self._macs[key] = mac
            self._holders[card.network, mac].add(address)
            if was is not None:
                self._holders[card.network, was].discard(address)
            for other in self.cards_of(address) if self._overlaps else ():
                its = self._macs.get((other.network, address))
                if other is not card and its and not self.is_routers(card.network, address):
                    pair = frozenset((card.network, other.network))
                    self._one_wire[pair] = self._one_wire.get(pair, False) or its == mac

    def is_known(self, network: str, address: str) -> bool:
        """Whether the system has found this neighbour."""
        return (network, address) in self._macs and (network, address) not in self._empty

    def is_empty(self, network: str, address: str) -> bool:
        """Whether the system looked for this neighbour and nobody answered."""
        return (network, address) in self._empty

    def is_routers(self, network: str, address: str) -> bool:
        """Whether the MAC address that the table has for an address is that of a router, which answers for others."""
        mac = self._macs.get((network, address))
        if mac is None:
            return False
        return len(self._holders[network, mac]) > OWN_ADDRESSES

    def own_mac(self, network: str, address: str) -> str | None:
        """The MAC address of a host, None where it is not known or only a router's in front of it."""
        return None if self.is_routers(network, address) else self._macs.get((network, address))

    def has_mac(self, mac: str) -> bool:
        """Whether a neighbour with an IPv4 address has this MAC address."""
        return any(holder == mac and addresses for (_, holder), addresses in self._holders.items())

    def known_on(self, card: Interface) -> int:
        """How many neighbours of a card have a MAC address."""
        return self._known[card.network]


def network_in(ranges: Sequence[str], address: str) -> str:
    """The named range that an address is in, else the address."""
    return next((text for text in ranges if may_contact(address, [IPv4Network(text)])), address)
