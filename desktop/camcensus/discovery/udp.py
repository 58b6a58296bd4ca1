"""UDP on one network card: sockets that send from its address, and receivers that joined the group there.

A datagram beyond what one answer can be is still read whole; a flood is counted and dropped.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import struct
import sys
from collections import Counter, deque
from collections.abc import Callable
from ipaddress import IPv6Address
from types import TracebackType
from typing import Self

from camcensus.discovery.card import tie
from camcensus.discovery.pace import is_excluded
from camcensus.discovery.probe import UNPLUGGED, Network, Tally
from camcensus.discovery.scope import LOOPBACK, network_of
from camcensus.model.scan import Interface

REPLIES_PER_SENDER = 64
"""Replies of one address to one probe that are kept. A recorder that lists all it knows by SSDP sends some 30."""
SENDERS = 5_000
"""Addresses that are heard in one scan: five times a /22."""
BUFFER_BYTES = 1024 * 1024

_IP_MULTICAST_ALL = 49
"""Linux: 0 keeps groups out that other programs joined on other cards. Source: ip(7); not in Python's socket module."""

READ_S, WORK_S = 0.002, 0.004
"""Replies are taken off the sockets for so long, then worked on for so long: a thousand devices answer within half a second,
and what a socket holds meanwhile is some hundred replies."""

LIMITED_BROADCAST = "255.255.255.255"
"""Reaches also a device whose address is of another network. Source: RFC 919, 7."""

Heard = Callable[[bytes, str, int, bool], None]
"""Data, the sender's address and port, and whether it was overheard: it came to a shared port, not to the one that asked."""


class Crowd:
    """Who may still be heard in this scan, and which sockets are our own (their questions come back to our receivers)."""

    def __init__(self) -> None:
        self._replies: Counter[tuple[str, str]] = Counter()
        self._senders: set[str] = set()
        self._own: set[tuple[str, int]] = set()

    def add_own(self, address: str, port: int) -> None:
        """Notes a sending socket of ours."""
        self._own.add((address, port))

    def is_own(self, address: str, port: int) -> bool:
        """Whether a datagram is our own question, come back."""
        return (address, port) in self._own

    def admit(self, probe: str, address: str) -> str | None:
        """None where one more reply may be kept, else one sentence that says why it is dropped."""
        if address not in self._senders:
            if len(self._senders) >= SENDERS:
                return f"More than {SENDERS:,} addresses answered; what came after them was dropped."
            self._senders.add(address)
        self._replies[probe, address] += 1
        if self._replies[probe, address] > REPLIES_PER_SENDER:
            return f"More than {REPLIES_PER_SENDER} replies came from {address}; the rest were dropped."
        return None


class UdpEndpoint:
    """The sockets of one probe on one network card. `heard` gets each reply that is let in.

    Use as `async with`; leaving closes all sockets at once. What fails is noted in the tally and nothing is raised.
    """

    def __init__(self, network: Network, probe: str, crowd: Crowd, heard: Heard | None = None) -> None:
        self.network = network
        self.probe = probe
        self.tally: Tally = network.tally(probe)
        self._crowd = crowd
        self.heard: Heard = heard or _nobody
        self._backlog: deque[tuple[bytes, str, int, bool]] = deque()
        self._due: asyncio.TimerHandle | None = None
        self._senders: list[socket.socket] = []
        self._endpoints: list[asyncio.DatagramTransport] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for endpoint in self._endpoints:
            endpoint.abort()
        if self._due is not None:
            self._due.cancel()
        self.catch_up()

    async def speak(self, port: int = 0, *, sockets: int = 1) -> bool:
        """Opens the socket that sends from the card's address, from `port` where replies come to a fixed one.

        More `sockets` (from other ports) are for many single questions: what goes to addresses that do not exist fills them.
        """
        address = str(_address(self.network))
        if self.network.passive:
            return False
        try:
            made = _sender(self.network.interface, port)
        except OSError as problem:
            if not port:
                self.tally.blocked(say(problem))
                return False
            self.tally.partial(
                f"Another program holds UDP port {port}, so some replies may not arrive: close it and search again."
            )
            return await self.speak()
        self._senders.append(made)
        self._crowd.add_own(address, made.getsockname()[1])
        await self._hear_on(made, self._receiver(overheard=False))
        return sockets <= 1 or await self.speak(sockets=sockets - 1)

    async def listen(self, port: int, group: str | None, *, needed: bool = True) -> bool:
        """Opens a receiver on a port, joined to the group on this card; without a group it hears what is sent to all.

        Where it is not `needed`, failing is not noted.
        """
        problem = await self.try_to_listen(port, group)
        if problem is not None and needed:
            self.tally.blocked(say(problem))
        return problem is None

    async def try_to_listen(self, port: int, group: str | None = None) -> OSError | None:
        """The same; gives the system's refusal, and notes nothing."""
        try:
            made = _receiver(self.network.interface, port, group)
        except OSError as problem:
            return problem
        await self._hear_on(made, self._receiver(overheard=True))
        return None

    def _receiver(self, *, overheard: bool) -> asyncio.DatagramProtocol:
        return _UdpReceiver(self, overheard)

    async def _hear_on(self, made: socket.socket, receiver: asyncio.DatagramProtocol) -> None:
        try:
            transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: receiver, sock=made)
        except BaseException:
            made.close()
            raise
        self._endpoints.append(transport)

    def send(self, data: bytes, address: str, port: int, *, first: int = 0) -> bool:
        """Sends one datagram; False, with the tally's reason, where the system refuses. Sends nothing on a passive network.

        It goes out by the socket number `first`, or the next that takes it; answers come back to the same.
        """
        if not self._senders or self.network.passive or self.network.lost or is_excluded(address, self.network.exclude):
            return False
        try:
            at = first % len(self._senders)
            if not any(_sends(sender, data, (address, port)) for sender in (*self._senders[at:], *self._senders[:at])):
                return False
        except OSError as problem:
            if problem.errno != errno.ENOBUFS:  # The system looks for too many neighbours just now: the caller tries again.
                self.tally.blocked(say(problem))
            return False
        self.tally.sent += 1
        return True

    def broadcast(self) -> tuple[str, ...]:
        """Where what is for all on this network is sent: its directed broadcast address, then the one for any network."""
        network = network_of(self.network.interface)
        if network.prefixlen >= 31:
            return ()
        if network.network_address in LOOPBACK:
            return (str(network.broadcast_address),)
        return (str(network.broadcast_address), LIMITED_BROADCAST)

    def take(self, data: bytes, address: str, port: int, *, overheard: bool) -> None:
        """One datagram: our own and those of other networks are passed over, others counted and handed on."""
        if not data or self._crowd.is_own(address, port) or not self.network.may_be_here(address):
            return
        dropped = self._crowd.admit(self.probe, address)
        if dropped:
            self.tally.partial(dropped)
            return
        self._backlog.append((data, address, port, overheard))
        self._due = self._due or asyncio.get_running_loop().call_later(READ_S, self._work)

    def catch_up(self) -> None:
        """Hands on at once all that waits."""
        while self._backlog:
            self.heard(*self._backlog.popleft())

    def _work(self) -> None:
        """Hands on what waits, for a moment; then the sockets are read again."""
        loop = asyncio.get_running_loop()
        ends_at_s = loop.time() + WORK_S
        try:
            while self._backlog and loop.time() < ends_at_s:
                self.heard(*self._backlog.popleft())
        finally:
            self._due = loop.call_later(READ_S, self._work) if self._backlog else None


def _nobody(data: bytes, address: str, port: int, overheard: bool) -> None:
    """Hears nothing: set before the first socket is opened."""


class _UdpReceiver(asyncio.DatagramProtocol):
    """One socket of a UdpEndpoint. A refusal from a host asked directly says only that it does not speak this protocol."""

    def __init__(self, endpoint: UdpEndpoint, overheard: bool) -> None:
        self._endpoint = endpoint
        self._overheard = overheard

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._endpoint.take(data, addr[0].partition("%")[0], addr[1], overheard=self._overheard)


def _address(network: Network) -> str:
    return network.interface.address.split("/")[0]


def _sends(sender: socket.socket, data: bytes, to: tuple[str, int]) -> bool:
    """False where the socket is full just now."""
    try:
        sender.sendto(data, to)
    except BlockingIOError:
        return False
    return True


def _sender(card: Interface, port: int) -> socket.socket:
    address = card.address.split("/")[0]
    made = _udp()
    try:
        tie(made, card)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        made.bind((address, port))
    except BaseException:
        made.close()
        raise
    return made


def _receiver(card: Interface, port: int, group: str | None) -> socket.socket:
    address = card.address.split("/")[0]
    made = _udp()
    try:
        tie(made, card)
        # Linux and macOS deliver to the group bound, so nothing else comes in; Windows wants the wildcard.
        made.bind((group if group and sys.platform != "win32" else "", port))
        if group:
            if sys.platform == "linux":
                made.setsockopt(socket.IPPROTO_IP, _IP_MULTICAST_ALL, 0)
            membership = struct.pack("4s4s", socket.inet_aton(group), socket.inet_aton(address))
            made.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
    except BaseException:
        made.close()
        raise
    return made


def _udp() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if sys.platform == "darwin":
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
    made.setblocking(False)
    return made


def say(problem: OSError) -> str:
    """One sentence for staff about what the system refused, and what to do."""
    code = problem.errno
    if code == errno.EHOSTUNREACH and sys.platform == "darwin":
        return "macOS refused: allow Camcensus under System Settings, Privacy & Security, Local Network, then search again."
    if code in (errno.EACCES, errno.EPERM):
        return "This computer's firewall or rules refused: ask IT to allow Camcensus, then search again."
    if code in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENODEV, errno.EADDRNOTAVAIL):
        return UNPLUGGED
    if code == errno.EADDRINUSE:
        return "Another program holds the port that replies come to: close other camera tools, then search again."
    if code in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
        return "This computer is short of memory or connections: close other programs, then search again."
    return f"The system refused ({problem.strerror or type(problem).__name__}): try again, and ask IT if it stays."


# UDP over IPv6 on one network card, link-local only: nothing passes a router, and replies name the card.

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
