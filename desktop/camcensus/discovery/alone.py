"""Questions over UDP to one host alone: where those to all did not reach it, or its answer to them was lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from camcensus.discovery.book import Book
from camcensus.discovery.host import Host
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import Network
from camcensus.discovery.vendor_udp import VendorUdp
from camcensus.discovery.wsdiscovery import WsDiscovery
from camcensus.model import frozen
from camcensus.model.scan import Interface


@frozen
class Alone:
    """Asks by the probes that listen on `networks`; answers arrive there like any other."""

    book: Book
    turnstile: Turnstile
    networks: Sequence[Network]
    wsdiscovery: WsDiscovery
    makers: Sequence[VendorUdp]

    def ask(self, address: str, card: Interface) -> bool:
        """Sends one WS-Discovery question to an address by a card; False where it was not sent."""
        network = self._network_of(card)
        return network is not None and self.wsdiscovery.ask_host(network, address)

    def knock(self, host: Host) -> bool:
        """Sends one WS-Discovery question to a host; False where it was not sent."""
        card = host.interface or self.book.homes.way_to(host.address)
        if card is None or not self.ask(host.address, card):
            return False
        host.knocked_at_s = self.turnstile.now()
        host.sent += 1
        return True

    async def greet(self, host: Host) -> None:
        """Sends a host the makers' questions alone: beyond a router, where those to all did not reach it.

        On this computer's network only those that others with MAC addresses of its block answered, and it did not: where very
        many answer at once, some answers are lost.
        """
        siblings = set() if host.is_beyond or host.announced else self._answered_like(host)
        makers = [one for one in self.makers if one.answers_asker and (host.is_beyond or one.name in siblings)]
        network = self._network_of(host.interface or self.book.homes.way_to(host.address))
        if network is None or not makers:
            return
        ways: list[Callable[[Network, str], bool]] = [maker.ask_host for maker in makers]
        if host.is_beyond:
            ways.append(partial(self.wsdiscovery.ask_host, as_uniview=True))
        for ask in ways:
            await self.turnstile.question()
            host.sent += ask(network, host.address)

    def _answered_like(self, host: Host) -> set[str]:
        """The probes that were heard from others whose MAC addresses begin as this host's does."""
        block = host.mac[:8] if host.mac and self.book.is_camera_mac(host.mac) else None
        others = list(self.book.hosts.values())
        return {probe for one in others if block and one.mac and one.mac[:8] == block for probe in one.heard_by}

    def _network_of(self, card: Interface | None) -> Network | None:
        return next((one for one in self.networks if one.interface == card), None)
