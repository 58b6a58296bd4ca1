"""A scan: asks the networks, and meanwhile the hosts that announced themselves, camera makers' neighbours and named ranges.

Cancelling its task is Stop. It never writes to a device, never logs in, and contacts only addresses inside the scope that
answered, are neighbours, or lie in a range that a person named. What a person excluded is never sent anything directly.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import IPv4Network

from camcensus.discovery.account import coverage_of, failed, not_covered
from camcensus.discovery.alone import Alone
from camcensus.discovery.asking import Asking
from camcensus.discovery.book import Book
from camcensus.discovery.card import is_there
from camcensus.discovery.doctor import advise, look_around
from camcensus.discovery.homes import Key
from camcensus.discovery.host import Host
from camcensus.discovery.interruption import ClockWatch
from camcensus.discovery.loss import LOOKS, lossy_networks
from camcensus.discovery.mdns import Mdns
from camcensus.discovery.neighbours import read_neighbours
from camcensus.discovery.pace import LEAST_S, PASSIVE_S, SCAN_S, Turnstile
from camcensus.discovery.probe import Network, Probe
from camcensus.discovery.scope import left_alone, network_of
from camcensus.discovery.ssdp import Ssdp
from camcensus.discovery.sweep import Sweep
from camcensus.discovery.udp import Crowd
from camcensus.discovery.vendor_udp import PROTOCOLS, VendorUdp
from camcensus.discovery.wsdiscovery import WsDiscovery
from camcensus.model import frozen
from camcensus.model.device import Observation
from camcensus.model.scan import Advice, AskedAddress, Coverage, ScanProgress, Scope
from camcensus.model.words import utc_second

QUIET_S = 1.5
"""They have stopped when no new host answered for so long. Late ones are still heard while single hosts are asked."""
MOST_S = 15.0
SETTLE_S = 0.5
"""A host that announced itself is asked so long after: it answers in several protocols, and each tells more of its ports."""
UNSURE_S = 2.6
"""Before this a host is asked only where it speaks as a camera: a printer may show only later that it is one. Services are
browsed for a second time after 1 s, and SSDP answers may take 2 s from its third question."""
SWEEP_AFTER_S = 0.9
"""Most devices have answered the questions to all by then and need no question to them alone."""
BETWEEN_S = 0.02
"""Between makers' questions to all: as many answers at once are more than switches, and small computers, take."""
TICK_S = 0.1
NEIGHBOURS_EVERY_S = 1.0
CARDS_EVERY_S = 0.5
CLOSE_S = 0.3

Event = Observation | ScanProgress | AskedAddress | Coverage


@frozen(kw_only=True)
class ScanOutcome:
    """How a scan ended. Times are UTC, ISO 8601, ending in Z; `stopped_early` where the time limit ended it.

    `repeats` are the networks and addresses where a machine answered that answers at another address too.
    """

    started_at: str
    ended_at: str
    stopped_early: bool
    coverage: tuple[Coverage, ...]
    not_covered: tuple[str, ...]
    advice: tuple[Advice, ...] = ()
    repeats: frozenset[Key] = frozenset()


async def scan(
    scope: Scope,
    emit: Callable[[Event], None],
    *,
    is_camera_mac: Callable[[str], bool],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    watch: ClockWatch | None = None,
) -> ScanOutcome:
    """Looks for devices and emits what is seen as it is seen, on the loop's thread.

    Cancelling ends it within half a second: sockets are closed, coverage so far is emitted, CancelledError continues.
    """
    return await _Scan(scope, emit, is_camera_mac, clock, watch or ClockWatch()).run()


class _Scan:
    def __init__(
        self,
        scope: Scope,
        emit: Callable[[Event], None],
        is_camera_mac: Callable[[str], bool],
        clock: Callable[[], datetime],
        watch: ClockWatch,
    ) -> None:
        self.scope = scope
        self.emit = emit
        self.clock = clock
        self.turnstile = Turnstile(scope.pace, left_alone(scope.exclude, scope.allowed))
        self.book = Book(scope, self.turnstile, emit, is_camera_mac, clock)
        every = tuple(network_of(card) for card in scope.interfaces)
        swept = [IPv4Network(text) for text in scope.ranges if not scope.passive]
        self.networks = [
            Network(
                interface=card,
                passive=scope.passive,
                others=tuple(one for one in every if one != network_of(card)),
                exclude=self.turnstile.exclude,
                is_swept=any(one.overlaps(network_of(card)) for one in swept),
            )
            for card in scope.interfaces
        ]
        covered = all(any(network_of(one.interface).subnet_of(named) for named in swept) for one in self.networks)
        self.least_s = min(LEAST_S, self.turnstile.rate.least_s) if covered else LEAST_S
        crowd = Crowd()
        wsdiscovery = WsDiscovery(crowd)
        makers = [VendorUdp(one, crowd, after_s=number * BETWEEN_S) for number, one in enumerate(PROTOCOLS)]
        self.listeners: list[Probe[Network]] = [
            wsdiscovery,
            *makers,
            Ssdp(crowd),
            Mdns(crowd),
        ]
        alone = Alone(self.book, self.turnstile, self.networks, wsdiscovery, makers)
        self.book.nudge = alone.ask
        self.asking = Asking(self.turnstile, self.book.take, emit, alone.knock, alone.greet)
        self.sweep = Sweep(self.book, self.networks, self.asking, look=self._look_within, tell=emit, knock=alone.knock)
        self.listening: dict[int, list[asyncio.Task[None]]] = {}
        self.connected: list[Network] = []
        self.group: asyncio.TaskGroup | None = None
        self.sweeping: list[asyncio.Task[None]] = []
        self.cut_off: set[Host] = set()
        self.settled = False
        self.looks = 0
        self.watch = watch
        self.asked_s = 0.0
        self._table_at_s = self._cards_at_s = float("-inf")

    async def run(self) -> ScanOutcome:
        started = self.clock()
        stopped_early = True
        self.asked_s = self.turnstile.now()
        self.connected = [one for one in self.networks if is_there(one.interface)]
        try:
            for network in self.networks:
                self._begin(network)
            stopped_early = await self._within_limit()
        finally:
            tasks = [task for network in self.networks for task in self._stop(network)]
            tasks += self.asking.stop()
            self.book.end()
            coverage = coverage_of(self.book, self.networks, settled=self.settled, stopped_early=stopped_early)
            for row in coverage:
                self.emit(row)
            if tasks:
                await asyncio.wait(tasks, timeout=CLOSE_S)
        advice = self._advice(coverage)
        return ScanOutcome(
            started_at=utc_second(started),
            ended_at=utc_second(self.clock()),
            stopped_early=stopped_early,
            coverage=coverage,
            not_covered=not_covered(self.book, self.networks),
            advice=advice,
            repeats=frozenset(key for keys in self.book.one_for_many().values() for key in keys[1:]),
        )

    def _advice(self, coverage: tuple[Coverage, ...]) -> tuple[Advice, ...]:
        try:
            around = look_around()
        except Exception:
            return ()  # What this computer says of itself is no reason to lose a search.
        return advise(self.scope, coverage, self.book.findings(self.networks), around)

    def _begin(self, network: Network) -> None:
        """Asks a network, and listens there."""
        self.listening[id(network)] = [asyncio.create_task(self._listen(one, network)) for one in self.listeners]

    def _stop(self, network: Network) -> list[asyncio.Task[None]]:
        """Ends that; the tasks to wait for."""
        tasks = self.listening.pop(id(network), [])
        for task in tasks:
            task.cancel()
        return tasks

    async def _listen(self, probe: Probe[Network], network: Network) -> None:
        try:
            await probe.run(network, self.book.take)
        except Exception as problem:
            network.tally(probe.name).blocked(failed(problem))

    async def _within_limit(self) -> bool:
        """Does everything; True where the time limit ended it."""
        if self.scope.passive:
            await self._listen_only(self.scope.limit_s or PASSIVE_S)
            return False
        stood = 0
        try:
            async with asyncio.timeout(self.scope.limit_s or SCAN_S) as limit, asyncio.TaskGroup() as group:
                self.group = group
                self.sweeping.append(group.create_task(self._sweep()))
                while not self._is_over() or self._looks_again():
                    await self._look(TICK_S if self.book.is_unsure else NEIGHBOURS_EVERY_S)
                    await self._hand_in()
                    self._progress()
                    for sweeping in self.sweeping:
                        if sweeping.done():
                            sweeping.result()
                    await asyncio.sleep(TICK_S)
                    self.watch.look()
                    if len(self.watch.stalls) > stood and not self.settled:
                        for network in self.networks:
                            await self._begin_anew(network)
                    stood = len(self.watch.stalls)
                await self._look(0)
        except TimeoutError:
            if not limit.expired():
                raise
            return True
        return False

    @property
    def _passed_s(self) -> float:
        """Seconds since a network was asked last."""
        return self.turnstile.now() - self.asked_s

    async def _listen_only(self, seconds: float) -> None:
        began_s = self.turnstile.now()
        while (passed := self.turnstile.now() - began_s) < seconds:
            await self._look(NEIGHBOURS_EVERY_S)
            self._tell_progress("Listening", int(passed), max(1, round(seconds)))
            await asyncio.sleep(min(TICK_S, seconds - passed))
        await self._look(0)
        self.settled = True

    async def _sweep(self, network: Network | None = None) -> None:
        """Sweeps the ranges; where a card came back, what is on its network."""
        await asyncio.sleep(SWEEP_AFTER_S if self.networks else 0)
        await self.sweep.run(network.interface if network else None)

    def _is_over(self) -> bool:
        """Whether replies have stopped, and all who are to be asked were."""
        quiet = self.turnstile.now() - max(self.book.last_new_s, self.asked_s) >= QUIET_S
        least = self.least_s if self.networks else 0
        self.settled = self.settled or self._passed_s >= MOST_S or (self._passed_s >= least and (quiet or not self.networks))
        swept = all(one.done() for one in self.sweeping)
        return self.settled and self.asking.is_idle and swept and not any(map(self._is_due, self._hosts()))

    def _looks_again(self) -> bool:
        """Asks once more what stayed silent on networks that lose what is sent, or while this computer stood still.

        False where there is nothing to ask.
        """
        networks = lossy_networks((host.network, host.late) for host in self._hosts() if host.late is not None)
        if self.looks == LOOKS or self.group is None:
            return False
        self.looks += 1
        silent = [
            host
            for host in self._hosts()
            if host.silent_doors and not host.is_other and (host.network in networks or self.watch.stood_still(host.asked_s))
        ]
        for host in silent:
            self.asking.add(host, again=True)
        quiet = self.sweep.quiet(networks, self.watch)
        if quiet:
            self.sweeping.append(self.group.create_task(self.sweep.run_again(quiet)))
        return bool(silent or quiet)

    def _hosts(self) -> list[Host]:
        return list(self.book.hosts.values())

    async def _hand_in(self) -> None:
        due = [host for host in self._hosts() if self._is_due(host)]
        if due:
            await self._look_within(TICK_S * 2)  # Their MAC addresses are known now: they have just answered.
        for host in due:
            self.asking.add(host)

    def _is_due(self, host: Host) -> bool:
        """Whether a host is to be asked now."""
        if host.rounds:
            return self.asking.has_more(host)
        sure = self.book.is_camera(host) and ":" not in host.address
        if not sure and self._passed_s < UNSURE_S and not self.settled:
            return False
        if host.announced:
            waited = self.turnstile.now() - host.heard_at_s >= SETTLE_S
            return waited and not (":" in host.address and self.book.is_heard_otherwise(host))
        return "neighbour" in host.heard_by

    async def _look(self, every_s: float) -> None:
        """Reads the neighbour table, and looks whether the cards are still there; each not more often than it may change."""
        await self._look_within(every_s)
        now = self.turnstile.now()
        if now - self._cards_at_s >= CARDS_EVERY_S:
            self._cards_at_s = now
            for network in self.connected:
                if is_there(network.interface) is not network.lost:
                    continue
                if network.lost:
                    await self._begin_again(network)
                else:
                    network.lose()
                    self.cut_off |= {host for host in self._hosts() if host.busy and host.interface == network.interface}

    async def _begin_again(self, network: Network) -> None:
        """The card is back: its network is asked anew, and so are those that had not answered to the end."""
        await self._begin_anew(network)
        network.come_back()
        for host in self._hosts():
            if host.interface == network.interface and (host in self.cut_off or not host.answered):
                host.forget()
        self.cut_off -= {host for host in self.cut_off if host.interface == network.interface}
        self.settled = False
        if self.group is not None:
            self.sweeping.append(self.group.create_task(self._sweep(network)))

    async def _begin_anew(self, network: Network) -> None:
        """Asks the questions to all of a network again, as in the beginning."""
        stopped = self._stop(network)
        if stopped:
            await asyncio.wait(stopped, timeout=CLOSE_S)
        self.asked_s = self.turnstile.now()
        self._begin(network)

    async def _look_within(self, every_s: float) -> None:
        if self.turnstile.now() - self._table_at_s >= every_s:
            self._table_at_s = self.turnstile.now()
            self.book.learn(await read_neighbours())

    def _progress(self) -> None:
        if self.sweep.total and not (all(one.done() for one in self.sweeping) and self.asking.is_idle):
            ranges = ", ".join(self.scope.ranges)
            done = min(self.sweep.total, self.sweep.silent + self.asking.done)
            self._tell_progress(f"Asking each address of {ranges}", done, self.sweep.total)
        elif self.asking.added and (not self.asking.is_idle or self.settled):
            self._tell_progress("Asking the devices that answered", self.asking.done, self.asking.added)
        elif not self.settled:
            self._tell_progress("Asking the whole network", int(self._passed_s), max(1, round(LEAST_S)))

    def _tell_progress(self, phase: str, done: int, total: int) -> None:
        self.emit(ScanProgress(phase, min(done, total), total, len(self.book.answered)))
