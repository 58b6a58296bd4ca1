"""A scan: asks the networks, then the hosts that announced themselves, then camera makers' neighbours, then named ranges.

Cancelling its task is Stop. It never writes to a device, never logs in, and contacts only addresses inside the scope that
answered, are neighbours, or lie in a range that a person named.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from camcensus.discovery.account import coverage_of, not_covered
from camcensus.discovery.book import Book
from camcensus.discovery.host import Host
from camcensus.discovery.inquiry import Inquiry
from camcensus.discovery.mdns import Mdns
from camcensus.discovery.neighbours import read_neighbours
from camcensus.discovery.pace import PASSIVE_S, SCAN_S, Turnstile
from camcensus.discovery.probe import Network, Probe
from camcensus.discovery.ranges import addresses_of
from camcensus.discovery.ssdp import Ssdp
from camcensus.discovery.udp import Crowd
from camcensus.discovery.vendor_udp import PROTOCOLS, VendorUdp
from camcensus.discovery.wsdiscovery import WsDiscovery
from camcensus.model.observation import Observation
from camcensus.model.scan import Asked, Coverage, ScanProgress, Scope
from camcensus.model.words import stamp

LEAST_S = 6.0
"""Replies to questions asked of all are waited for at least so long; zeroconf asks again after 1 and 3 seconds."""
QUIET_S = 2.0
"""They have stopped when no new host answered for so long. Late ones are still heard while single hosts are asked."""
MOST_S = 15.0
TICK_S = 0.1
NEIGHBOURS_EVERY_S = 1.0
ARP_WAIT_S = 2.5
"""How long the system may take to find out whether an address on this network exists: it asks three times, 1 s apart."""
CLOSE_S = 0.3

Event = Observation | ScanProgress | Asked | Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOutcome:
    """How a scan ended. Times are UTC, ISO 8601, ending in Z; `stopped_early` where the time limit ended it."""

    started_at: str
    ended_at: str
    stopped_early: bool
    coverage: tuple[Coverage, ...]
    not_covered: tuple[str, ...]


async def scan(
    scope: Scope,
    emit: Callable[[Event], None],
    *,
    is_camera_mac: Callable[[str], bool],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> ScanOutcome:
    """Looks for devices and emits what is seen as it is seen, on the loop's thread.

    Cancelling ends it within half a second: sockets are closed, coverage so far is emitted, CancelledError goes on.
    """
    return await _Scan(scope, emit, is_camera_mac, clock).run()


def failed(problem: Exception) -> str:
    """What coverage says of a defect of ours: one probe's failure does not lose what the others saw."""
    return f"This part of the search failed ({type(problem).__name__}): the rest went on; please report it."


class _Scan:
    def __init__(
        self, scope: Scope, emit: Callable[[Event], None], is_camera_mac: Callable[[str], bool], clock: Callable[[], datetime]
    ) -> None:
        self.scope = scope
        self.emit = emit
        self.clock = clock
        self.turnstile = Turnstile(scope.pace)
        self.book = Book(scope, self.turnstile, emit, is_camera_mac, clock)
        self.networks = [Network(card, scope.passive) for card in scope.interfaces]
        self.inquiry = Inquiry()
        crowd = Crowd()
        self.wsdiscovery = WsDiscovery(crowd)
        self.listeners: list[Probe[Network]] = [
            self.wsdiscovery,
            *(VendorUdp(one, crowd) for one in PROTOCOLS),
            Ssdp(crowd),
            Mdns(crowd),
        ]
        self.settled = False
        self.asked: set[str] = set()
        self._table_at_s = float("-inf")

    async def run(self) -> ScanOutcome:
        started = self.clock()
        tasks: list[asyncio.Task[None]] = []
        stopped_early = True
        try:
            tasks += [asyncio.create_task(self._listen(one, network)) for network in self.networks for one in self.listeners]
            stopped_early = await self._within_limit()
        finally:
            for task in tasks:
                task.cancel()
            coverage = coverage_of(self.book, self.networks, settled=self.settled, stopped_early=stopped_early)
            for row in coverage:
                self.emit(row)
            if tasks:
                await asyncio.wait(tasks, timeout=CLOSE_S)
        return ScanOutcome(
            started_at=stamp(started),
            ended_at=stamp(self.clock()),
            stopped_early=stopped_early,
            coverage=coverage,
            not_covered=not_covered(self.book, self.networks),
        )

    async def _listen(self, probe: Probe[Network], network: Network) -> None:
        try:
            await probe.run(network, self.book.take)
        except Exception as problem:
            network.tally(probe.name).blocked(failed(problem))

    async def _within_limit(self) -> bool:
        """Does everything; True where the time limit ended it."""
        if self.scope.passive:
            await self._wait("Listening", self.scope.limit_s or PASSIVE_S, self.scope.limit_s or PASSIVE_S)
            self.settled = True
            return False
        try:
            async with asyncio.timeout(self.scope.limit_s or SCAN_S) as limit:
                if self.networks:
                    await self._wait("Asking the whole network", LEAST_S, MOST_S)
                self.settled = True
                await self._ask_announced()
                await self._ask_each("Asking devices with a camera maker's network number", self._camera_neighbours())
                await self._ask_ranges()
                await self._ask_announced()
                await self._look_at_neighbours(now=True)
        except TimeoutError:
            if not limit.expired():
                raise
            return True
        return False

    async def _wait(self, phase: str, least_s: float, most_s: float) -> None:
        """Listens until replies stop: `least_s` at least and `most_s` at most."""
        began = self.turnstile.now()
        while (passed := self.turnstile.now() - began) < most_s:
            if passed >= least_s and self.turnstile.now() - self.book.last_new_s >= QUIET_S:
                break
            await self._look_at_neighbours()
            self._progress(phase, int(passed), max(1, round(least_s)))
            await asyncio.sleep(min(TICK_S, most_s - passed))
        await self._look_at_neighbours(now=True)

    async def _ask_announced(self) -> None:
        """Asks the hosts that announced themselves, until no more do."""
        while waiting := [host for host in self.book.hosts.values() if host.announced and host.address not in self.asked]:
            await self._ask_each("Asking the devices that answered", waiting)
            await self._look_at_neighbours(now=True)

    def _camera_neighbours(self) -> list[Host]:
        return [host for host in self.book.hosts.values() if host.address not in self.asked]

    async def _ask_ranges(self) -> None:
        for text in self.scope.ranges:
            addresses = [address for address in addresses_of(text, self.scope.interfaces) if address not in self.asked]
            hosts = (self.book.host(address, self.book.card_of(address)) for address in addresses)
            await self._ask_each(f"Asking each address of {text}", hosts, len(addresses), sweep=True)

    async def _ask_each(self, phase: str, hosts: Iterable[Host], total: int | None = None, *, sweep: bool = False) -> None:
        """Asks many hosts, as many at once as the pace allows."""
        if total is None:
            hosts = list(hosts)
            total = len(hosts)
        waiting = iter(hosts)
        done = 0

        async def work() -> None:
            nonlocal done
            for host in waiting:
                if host.address not in self.asked:
                    self.asked.add(host.address)
                    await self._ask(host, sweep)
                done += 1
                self._progress(phase, done, total)

        if total:
            self._progress(phase, 0, total)
            workers = [asyncio.create_task(work()) for _ in range(min(total, self.turnstile.rate.workers))]
            try:
                await asyncio.gather(*workers)
            finally:
                for worker in workers:
                    worker.cancel()

    async def _ask(self, host: Host, sweep: bool) -> None:
        if await self._may_exist(host) or not sweep:
            try:
                await self.inquiry.run(host, self.book.take)
            except Exception as problem:
                host.tally("http").partial(failed(problem))
        if host.answered or host.announced:
            self.emit(Asked(host.address, "answered"))
        else:
            self.emit(Asked(host.address, "refused" if host.refused else "silent"))

    async def _may_exist(self, host: Host) -> bool:
        """Sends one WS-Discovery question to a host not heard in it; False where the system then finds no such neighbour."""
        if host.is_other or "wsdiscovery" in host.heard_by:
            return True
        network = next((one for one in self.networks if one.interface == host.interface), next(iter(self.networks), None))
        await self.turnstile.moment()
        if network is None or not self.wsdiscovery.ask_host(network, host.address) or host.interface is None:
            return True
        ends_at = self.turnstile.now() + ARP_WAIT_S
        while self.turnstile.now() < ends_at:
            await asyncio.sleep(TICK_S * 3)
            await self._look_at_neighbours(every_s=TICK_S * 3)
            if host.alive or self.book.macs.get(host.address, "") is not None:
                return True
        return False

    async def _look_at_neighbours(self, *, now: bool = False, every_s: float = NEIGHBOURS_EVERY_S) -> None:
        if now or self.turnstile.now() - self._table_at_s >= every_s:
            self._table_at_s = self.turnstile.now()
            self.book.learn(await read_neighbours())

    def _progress(self, phase: str, done: int, total: int) -> None:
        self.emit(ScanProgress(phase, min(done, total), total, len(self.book.answered)))
