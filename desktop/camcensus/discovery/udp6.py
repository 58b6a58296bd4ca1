"""UDP over IPv6 on one network card, link-local only: nothing passes a router, and replies name the card."""

from __future__ import annotations

import socket
import struct
import sys
from ipaddress import IPv6Address

from camcensus.discovery.card import tie
from camcensus.discovery.pace import is_excluded
from camcensus.discovery.probe import Network
from camcensus.discovery.scope import LOOPBACK, network_of
from camcensus.discovery.udp import BUFFER_BYTES, Crowd, Heard, UdpEndpoint
from camcensus.model.scan import Interface

NO_IPV6 = "This network card has no IPv6 address of its own, so nothing was asked by IPv6."


class UdpEndpoint6(UdpEndpoint):
    """The sockets of one probe on one card by IPv6; counted apart from those by IPv4."""

    def __init__(self, network: Network, probe: str, crowd: Crowd, heard: Heard | None = None) -> None:
        super().__init__(network, f"{probe}-ipv6", crowd, heard)

    @property
    def can(self) -> bool:
        """Whether the card can have IPv6 at all."""
        card = self.network.interface
        return socket.has_ipv6 and bool(card.index) and not network_of(card).subnet_of(LOOPBACK)

    async def speak(self, port: int = 0, *, sockets: int = 1) -> bool:
        """Opens the socket that sends; without IPv6 here the tally says that this was skipped."""
        del sockets
        if self.network.passive:
            return False
        return await self._open(port, None, sender=True)

    async def listen(self, port: int, group: str | None, *, needed: bool = True) -> bool:
        """Opens a receiver on a port, joined to the group on this card. A card without IPv6 is never a failure."""
        del needed
        return await self._open(port, group, sender=False)

    async def _open(self, port: int, group: str | None, *, sender: bool) -> bool:
        try:
            if not self.can:
                raise OSError(NO_IPV6)
            made = _socket6(self.network.interface, port, group)
        except OSError:
            self._skip()
            return False
        if sender:
            self._senders.append(made)
        await self._hear_on(made, self._receiver(overheard=not sender))
        return True

    def send(self, data: bytes, address: str, port: int, *, first: int = 0) -> bool:
        """Sends one datagram to a link-local address or group on this card; False where the system refuses, and to a single
        address where anything is to be left alone. There is one socket, whichever is to be the `first`.
        """
        del first
        if not self._senders or self.network.passive or self.network.lost:
            return False
        if not IPv6Address(address).is_multicast and is_excluded(address, self.network.exclude):
            return False
        try:
            self._senders[0].sendto(data, (address, port, 0, self.network.interface.index))
        except OSError:
            if not self.tally.sent:
                self._skip()
            return False
        self.tally.sent += 1
        return True

    def _skip(self) -> None:
        self.tally.state, self.tally.reason = "skipped", NO_IPV6


def _socket6(card: Interface, port: int, group: str | None) -> socket.socket:
    made = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sys.platform == "darwin":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        tie(made, card)
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, card.index)
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 1)
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_LOOP, 0)
        made.setblocking(False)
        is_wild = group is None or sys.platform == "win32"
        made.bind(("::", port) if is_wild else (group, port, 0, card.index))
        if group:
            membership = socket.inet_pton(socket.AF_INET6, group) + struct.pack("@I", card.index)
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, membership)
    except BaseException:
        made.close()
        raise
    return made
