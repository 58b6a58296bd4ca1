"""Asking many hosts, as many at once as the pace allows; each once, and again only at ports that it announced meanwhile."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from camcensus.discovery.account import failed
from camcensus.discovery.host import Host
from camcensus.discovery.inquiry import Inquiry
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import Emit
from camcensus.model.scan import AskedAddress

ANSWER_S = 0.6
"""How long the answer to a WS-Discovery question to one host may take. Source: WS-Discovery, APP_MAX_DELAY, and the way."""
ROUNDS = 3
"""How often a host that continues announcing ports is asked at the new ones."""


class Asking:
    """The hosts to ask. `knock` sends one a WS-Discovery question, `greet` the makers' own; answers arrive like any other."""

    def __init__(
        self, turnstile: Turnstile, take: Emit, tell: Callable[[AskedAddress], None], knock: Callable[[Host], bool],
        greet: Callable[[Host], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._inquiry = Inquiry()
        self._turnstile = turnstile
        self._take = take
        self._tell = tell
        self._knock = knock
        self._greet_by_makers = greet
        self._waiting: deque[tuple[Host, bool]] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self.added = 0
        self.done = 0

    def has_more(self, host: Host) -> bool:
        """Whether a host that was asked has announced ports since, and may be asked at these."""
        return 0 < host.rounds < ROUNDS and not host.busy and len(host.doors) > host.doors_asked

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being asked and nobody waits."""
        return not self._workers

    def add(self, host: Host, *, again: bool = False) -> None:
        """Asks a host when its turn comes; `again` only at the ports that stayed silent."""
        self.added += host.rounds == 0
        host.rounds += 1
        host.busy = True
        self._waiting.append((host, again))
        if len(self._workers) < self._turnstile.rate.workers:
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    def stop(self) -> tuple[asyncio.Task[None], ...]:
        """Cancels all that is under way; the tasks to wait for."""
        self._waiting.clear()
        for worker in self._workers:
            worker.cancel()
        return tuple(self._workers)

    async def _work(self) -> None:
        while self._waiting:
            host, again = self._waiting.popleft()
            host.doors_asked = len(host.doors)
            began_s = self._turnstile.now()
            await self._ask(host, again=again)
            host.asked_s = (began_s, self._turnstile.now())
            host.busy = False

    async def _ask(self, host: Host, *, again: bool) -> None:
        try:
            if again:
                await self._inquiry.run_again(host, self._take)
            else:
                await self._greet(host)
                if host.rounds == 1 and not host.is_other:
                    await self._greet_by_makers(host)
                await self._inquiry.run(host, self._take)
        except Exception as problem:
            host.tally("http").partial(failed(problem))
        self.done += host.rounds == 1
        if host.rounds == 1 or again:
            network = host.network or None
            if host.answered or host.announced:
                self._tell(AskedAddress(host.address, "answered", network, host.sent))
            else:
                self._tell(AskedAddress(host.address, "refused" if host.refused else "silent", network, host.sent))

    async def _greet(self, host: Host) -> None:
        """One WS-Discovery question to a host that has not answered in it: it may tell its ports, and spares it the others."""
        if host.is_other or ":" in host.address or "wsdiscovery" in host.heard_by:
            return
        if host.knocked_at_s < 0:
            await self._turnstile.question()
            if not self._knock(host):
                return
        if not host.announced:
            ends_at_s = host.knocked_at_s + ANSWER_S
            while "wsdiscovery" not in host.heard_by and (left := ends_at_s - self._turnstile.now()) > 0:
                await asyncio.sleep(min(left, 0.1))
        host.doors_asked = len(host.doors)
