"""The addresses of a named range, in the order they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from camcensus.discovery.scope import network_of
from camcensus.model.scan import Interface


def addresses_of(text: str, cards: tuple[Interface, ...]) -> Iterator[str]:
    """Host addresses of a CIDR, without this computer's own and without the broadcast addresses of its networks."""
    left_out = {card.address.split("/")[0] for card in cards}
    for card in cards:
        network = network_of(card)
        left_out |= {str(network.network_address), str(network.broadcast_address)}
    return (str(address) for address in IPv4Network(text).hosts() if str(address) not in left_out)
