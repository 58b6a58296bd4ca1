"""The sweep of named ranges: first which addresses exist at all, then those are asked.

On a network of this computer one WS-Discovery question goes to each address, and the neighbour table tells whether anybody is
there. Behind a router a few ports are tried, and a refusal shows a host too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

from camcensus.discovery.asking import Asking
from camcensus.discovery.book import Book
from camcensus.discovery.exchange import ExchangeOutcome, connect
from camcensus.discovery.homes import Key
from camcensus.discovery.host import Host
from camcensus.discovery.interruption import ClockWatch
from camcensus.discovery.pace import KNOCK_PORTS
from camcensus.discovery.probe import Network
from camcensus.discovery.ranges import addresses_of
from camcensus.discovery.scope import LOOPBACK, network_of
from camcensus.model.processes import raise_limit
from camcensus.model.scan import AskedAddress, Interface

ARP_WAIT_S = 1.5
"""How long the system may take to find out whether an address on this network exists: it asks at once, then each second."""
TABLE_EVERY_S = 0.2
PATIENCE_S = 8.0
"""How long room for one more neighbour is waited for."""
LOOKED_FOR_S = 3.1
"""How long Linux keeps the place of a neighbour that does not answer, one of 1,024. Source: ip-sysctl, gc_thresh3."""
NEIGHBOURS = 1022
"""Neighbours that the system may hold before the search waits: further questions would be dropped without a word."""
TRIES = 2
LATE_S = 0.5
"""A neighbour that is there answers the system's first question at once; one that answers later was asked again, after 1 s."""
CROWDED_TRIES = 7
"""The same where the system has many neighbours: a full table drops without a word what is sent to a new one, and lets go of
those that were quiet for 5 s. Source: Linux, neigh_forced_gc."""


class Sweep:
    """Looks for hosts in the ranges of a scope and hands those that exist to `asking`.

    `look` reads the system's neighbour table into the book. Cancelling `run` stops it.
    """

    def __init__(
        self,
        book: Book,
        networks: list[Network],
        asking: Asking,
        *,
        look: Callable[[float], Awaitable[None]],
        tell: Callable[[AskedAddress], None],
        knock: Callable[[Host], bool],
    ) -> None:
        self._book = book
        self._turnstile = book.turnstile
        self._networks = {one.interface.network: one for one in networks}
        self._asking = asking
        self._look = look
        self._tell = tell
        self._knock = knock
        self._places = asyncio.Semaphore(self._turnstile.rate.looking)
        self._gate = asyncio.Lock()
        self._unanswered: dict[Host, float] = {}
        self._quiet: list[Host] = []
        self.total = 0
        self.silent = 0

    async def run(self, only: Interface | None = None) -> None:
        """Looks at each address of each range once; `only` at those on the network of a card that came back."""
        if not self._book.scope.ranges:
            return
        raise_limit(self._turnstile.rate.looking * 2)
        targets = [host for host in self._targets() if only in (None, host.interface)]
        self.total += len(targets)
        await self._look_at(targets)

    def quiet(self, networks: set[str], watch: ClockWatch) -> list[Host]:
        """The addresses where nobody was found on networks of this computer, or while this computer stood still."""
        return [
            host
            for host in self._quiet
            if host.key not in self._book.hosts
            and ((host.interface and host.network in networks) or watch.stood_still(host.asked_s))
        ]

    async def run_again(self, quiet: list[Host]) -> None:
        """Looks once more at addresses where nobody was found."""
        self._quiet = [host for host in self._quiet if host not in quiet]
        self.silent -= len(quiet)
        await self._look_at(quiet)

    async def _look_at(self, targets: list[Host]) -> None:
        async with asyncio.TaskGroup() as group:
            for host in targets:
                if not self._is_way(host.interface, host.address):  # Both cards are on one network, as it turned out meanwhile.
                    self.total -= 1
                    continue
                await self._places.acquire()
                group.create_task(self._one(host))

    def _targets(self) -> Iterator[Host]:
        seen: set[Key] = set()
        for card in self._ways():
            for text in self._book.scope.ranges:
                for address in addresses_of(text, self._book.scope.interfaces):
                    key = (card.network if card else "", address)
                    if key in seen or not self._turnstile.may_touch(address) or not self._is_way(card, address):
                        continue
                    seen.add(key)
                    yield self._book.hosts.get(key) or self._book.unheard(address, card)

    def _ways(self) -> tuple[Interface | None, ...]:
        """The cards to ask on, one after the other, and last what lies beyond a router."""
        return (*self._book.scope.interfaces, None)

    def _is_way(self, card: Interface | None, address: str) -> bool:
        """Whether an address is asked on a card: where two are on one network, on the first of them."""
        cards = self._book.homes.cards_of(address)
        if card is None or card not in cards:
            return card is None and not cards
        return not any(self._book.homes.are_one(one, card) for one in cards[: cards.index(card)])

    async def _one(self, host: Host) -> None:
        began_s = self._turnstile.now()
        try:
            exists = host.alive or await (self._is_there(host) if host.interface else self._is_reachable(host))
        finally:
            self._places.release()
        if not exists:
            host.asked_s = (began_s, self._turnstile.now())
            if host.key not in self._book.hosts:
                self.silent += 1
                self._quiet.append(host)
                self._tell(AskedAddress(host.address, "silent", host.network or None, host.sent))
            return
        host = self._book.meet(host)
        if not host.announced and not host.rounds:  # One that announced itself is asked when it has told all its ports.
            self._asking.add(host)

    async def _is_there(self, host: Host) -> bool:
        """Whether a host on this network exists. It has to answer where a router answers for it or the system does not say."""
        assert host.interface is not None
        if self._networks[host.interface.network].lost:
            return False
        if network_of(host.interface).subnet_of(LOOPBACK):
            return await self._is_asked(host)
        is_neighbour = None
        tried = 0
        while is_neighbour is None and tried < (CROWDED_TRIES if self._is_crowded(host.interface) else TRIES):
            tried += 1
            if await self._is_asked(host):
                is_neighbour = await self._is_neighbour(host)
        if is_neighbour is False or self._book.is_alive(host.key):
            return self._book.is_alive(host.key)
        if is_neighbour is None or self._book.homes.is_routers(host.network, host.address):
            return await self._is_reachable(host)
        return True

    def _is_crowded(self, card: Interface) -> bool:
        """Whether the system's table may be full: other programs and virtual networks have neighbours in it too."""
        return self._book.homes.known_on(card) > NEIGHBOURS // 2

    async def _is_asked(self, host: Host) -> bool:
        """Sends one question as soon as the system has room for one more neighbour; False where it never has."""
        async with self._gate:
            ends_at = self._turnstile.now() + PATIENCE_S
            while self._turnstile.now() < ends_at:
                await self._turnstile.question()
                if self._has_room(host) and self._knock(host):
                    self._unanswered[host] = self._turnstile.now()
                    return True
                await asyncio.sleep(TABLE_EVERY_S / 2)
        return False

    def _has_room(self, host: Host) -> bool:
        now = self._turnstile.now()
        for one, at_s in list(self._unanswered.items()):  # In the order in which they were asked.
            if at_s > now - LOOKED_FOR_S:
                break
            del self._unanswered[one]
        known = self._book.homes.known_on(host.interface) if host.interface else 0
        return len(self._unanswered) < max(NEIGHBOURS - known, self._turnstile.rate.looking // 4)

    async def _is_neighbour(self, host: Host) -> bool | None:
        """Whether the system finds a neighbour that it was just asked to send to; None where it does not say."""
        asked_s = unknown_s = self._turnstile.now()
        homes = self._book.homes
        while self._turnstile.now() < asked_s + ARP_WAIT_S:
            await asyncio.sleep(TABLE_EVERY_S)
            read_s = self._turnstile.now() - TABLE_EVERY_S  # The table may have been read so long ago.
            await self._look(TABLE_EVERY_S)
            if self._book.is_alive(host.key) or homes.is_known(*host.key):
                self._unanswered.pop(host, None)
                host.answers(late=unknown_s > asked_s + LATE_S)
                return True
            unknown_s = max(asked_s, read_s)
        return False if homes.is_empty(*host.key) else None

    async def _is_reachable(self, host: Host) -> bool:
        """Tries a few ports, two at once; True at the first answer, also a refusal."""
        if host.knocked_at_s < 0:
            await self._turnstile.question()
            self._knock(host)
        ports = list(KNOCK_PORTS)
        while ports:
            both, ports = ports[:2], ports[2:]
            if any(await asyncio.gather(*(self._answers(host, port) for port in both))):
                return True
            if self._book.is_alive(host.key):
                return True
        return False

    async def _answers(self, host: Host, port: int) -> bool:
        async with self._turnstile.turn(host.address, port):
            host.tally("http").sent += 1
            host.sent += 1
            line = await connect(host.address, port, card=host.interface, connect_s=self._turnstile.rate.connect_s)
            host.began(port, line.outcome if isinstance(line, ExchangeOutcome) else None, late=line.late)
        if isinstance(line, ExchangeOutcome):
            return line.outcome == "refused"
        line.close()
        return True
