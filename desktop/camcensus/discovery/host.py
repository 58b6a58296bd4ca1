"""One host that is asked directly: what it announced, how much time it has had, and a conversation with one of its ports."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from camcensus.discovery.exchange import ExchangeOutcome, HttpConnection, connect
from camcensus.discovery.pace import EXCHANGE_S, GUESSES, HOST_S, TLS_PORTS, Turnstile
from camcensus.discovery.probe import Reply, ServedPort, Tally
from camcensus.model.device import RAW_LIMIT_BYTES
from camcensus.model.scan import Interface

DOORS_LIMIT = 4
"""Announced ports of one kind that are asked. A camera announces one or two; a thousand would be an attack."""
LEAST_S = 0.1
SLOW_S = 2.0
"""Who takes longer to answer has the time of a patient pace."""


@dataclass(slots=True, kw_only=True, eq=False)
class Host:
    """An address to ask. `alive` where something was heard from it; `is_other` once it is known to be a printer or the like.

    `mac` is what the neighbour table says. `network` is where it lives, as observations name it ("" behind a router); the same
    address on two networks is two hosts. `interface` is the card it is reached by, None behind a router. `heard_at_s` is when
    it was first heard, `knocked_at_s` when one WS-Discovery question went to it alone, on the loop's clock. `sent` counts
    connections, questions and datagrams to it; `begun` its connections, refused ones too, and `opened` those that it took.
    `most` is how many it may have in all once it took one (None: any number), `closed` the ports where it refused. `late` is
    whether it answered anything only when that was sent again, None where it was not seen yet how soon it answers;
    `silent_doors` are ports that it was asked at in vain; `is_slow` whether it answered late. `asked_s` is when it was
    asked last, from and until.
    """

    address: str
    turnstile: Turnstile
    tally: Callable[[str], Tally]
    network: str = ""
    interface: Interface | None = None
    mac: str | None = None
    announced: bool = False
    alive: bool = False
    is_other: bool = False
    heard_by: set[str] = field(default_factory=set)
    doors: dict[ServedPort, None] = field(default_factory=dict)
    web_doors: list[ServedPort] = field(default_factory=list)
    tried: set[tuple[str, int, str]] = field(default_factory=set)
    """What was asked already: probe, port and path. A port that is announced later is asked then, and no other again."""
    has_scopes: bool = False
    heard_at_s: float = 0.0
    knocked_at_s: float = float("-inf")
    sent: int = 0
    begun: int = 0
    opened: int = 0
    most: int | None = None
    closed: set[int] = field(default_factory=set)
    late: bool | None = None
    is_slow: bool = False
    silent_doors: list[ServedPort] = field(default_factory=list)
    onvif_door: ServedPort | None = None
    spent_s: float = 0.0
    waited_s: float = 0.0
    refused: bool = False
    answered: bool = False
    asked_s: tuple[float, float] = (0.0, 0.0)
    rounds: int = 0
    busy: bool = False
    doors_asked: int = 0
    """How often it was handed in to be asked, whether it waits or is asked just now, and how many doors it had then."""

    def reply(self, probe: str, port: int, answer: ExchangeOutcome, ask: str | None = None) -> Reply:
        """What it sent in an exchange, as it is kept."""
        return Reply(
            probe=probe, address=self.address, port=port, raw=answer.raw, interface=self.interface, ask=ask, cut=answer.cut
        )  # fmt: skip

    def offered(self, *kinds: str) -> list[ServedPort]:
        """The doors of these kinds that it announced, in order, DOORS_LIMIT at most."""
        return [door for door in self.doors if door.kind in kinds][:DOORS_LIMIT]

    def forget(self) -> None:
        """Makes it a host that was not asked yet; what it announced stays."""
        self.tried.clear()
        self.closed.clear()
        self.silent_doors.clear()
        self.rounds, self.doors_asked, self.spent_s, self.waited_s = 0, 0, 0.0, 0.0
        self.begun = self.opened = 0
        self.knocked_at_s = float("-inf")
        self.onvif_door = None

    @property
    def has_plain_page(self) -> bool:
        """Whether a web page without TLS was found."""
        return any(door.kind == "http" for door in self.web_doors)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: the network it lives on and its address."""
        return (self.network, self.address)

    @property
    def host_s(self) -> float:
        """Seconds that exchanges with this host may take in all."""
        return HOST_S if self.is_slow else min(HOST_S, self.turnstile.rate.host_s)

    @property
    def left_s(self) -> float:
        """Seconds that exchanges with this host may still take, fewer where it took connections and said nothing."""
        return min(self.host_s - self.spent_s, self.turnstile.rate.silent_s - self.waited_s)

    @property
    def is_beyond(self) -> bool:
        """Whether a router lies between: no question to all reaches it, and no neighbour table has its MAC address."""
        return self.interface is None

    @property
    def may_connect(self) -> bool:
        """Whether one more connection may be begun. A port that refuses costs the host nothing, so those alone do not count."""
        return self.most is None or not self.opened or self.begun - len(self.closed) < self.most

    def may_guess(self, port: int) -> bool:
        """Whether a port that it did not announce may be tried: fewer once it took connections, so that some are left."""
        return port not in self.closed and (not self.opened or self.begun - len(self.closed) < GUESSES)

    def answers(self, *, late: bool) -> None:
        """Notes how soon it answered: at once, or only what was sent again."""
        self.late = late or bool(self.late)

    def began(self, port: int, outcome: str | None, *, late: bool = False) -> None:
        """Counts a connection to a port: it was taken (None), or how it failed."""
        self.begun += 1
        self.opened += outcome is None
        if outcome == "refused":
            self.closed.add(port)
        if outcome in (None, "refused"):
            self.answers(late=late)

    def first_time(self, probe: str, port: int, path: str = "") -> bool:
        """Whether this was not asked yet; from now on it was."""
        if (probe, port, path) in self.tried:
            return False
        self.tried.add((probe, port, path))
        return True

    def talk(self, probe: str, port: int, *, tls: bool | None = None) -> Conversation:
        """A conversation with one port; `tls` None decides by the port."""
        return Conversation(self, probe, port, port in TLS_PORTS if tls is None else tls)


class Conversation:
    """Questions to one port, over one connection as long as the host keeps it open. Use as `async with`."""

    def __init__(self, host: Host, probe: str, port: int, tls: bool) -> None:
        self.host = host
        self.port = port
        self.tls = tls
        self._tally = host.tally(probe)
        self._held = AsyncExitStack()
        self._line: HttpConnection | None = None
        self._began_s = 0.0
        self.guard: Callable[[HttpConnection], Awaitable[bool]] | None = None
        """Looks at each new connection before anything is sent on it; where it says False, nothing is."""
        self.guarded = False
        self.note: Callable[[bytes], None] = lambda _: None
        """Is told each question before it is sent."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        await self._hang_up()

    @property
    def line(self) -> HttpConnection | None:
        """The connection, which the host may have closed; None before the first."""
        return self._line

    @property
    def is_open(self) -> bool:
        """Whether another question may go over the same connection."""
        return self._line is not None and self._line.open

    def count_for(self, probe: str) -> Self:
        """Counts the questions from now on as those of a probe."""
        self._tally = self.host.tally(probe)
        return self

    async def is_kept(self) -> bool:
        """Whether the host leaves the connection open for another question; many close it without saying so."""
        return self._line is not None and await self._line.stays_open()

    async def ask(self, question: bytes, *, limit_bytes: int = RAW_LIMIT_BYTES, once: bool = False) -> ExchangeOutcome:
        """One question, one answer, at the pace and within what time the host has left. Raises nothing but to be cancelled.

        `once` never sends it a second time, since a login may not be tried twice; it goes on a new connection.
        """
        self.note(question)
        if once:
            await self._hang_up()
        was_open = self._line is not None and self._line.open
        answer = await self._ask(question, limit_bytes)
        if was_open and answer.outcome == "refused":
            # The host closed between two questions, as HTTP/1.1 allows; the question goes out on a new connection, once.
            answer = await self._ask(question, limit_bytes)
        host = self.host
        if answer.outcome == "answered":
            self._tally.received += 1
            host.alive = host.answered = True
        elif answer.outcome == "refused":
            host.alive = host.refused = True
        elif answer.outcome == "blocked":
            self._tally.blocked(
                "This computer could not open connections: check its network card and firewall, then search again."
            )
        return answer

    async def begin(self) -> None:
        """Opens a connection where none is open, and asks nothing yet."""
        if not self.is_open and isinstance(line := await self._open(), HttpConnection):
            line.hold()

    async def _ask(self, question: bytes, limit_bytes: int) -> ExchangeOutcome:
        host, loop = self.host, asyncio.get_running_loop()
        line, began = self._line, loop.time()
        if line is None or not line.open:
            opened = await self._open()
            if isinstance(opened, ExchangeOutcome):
                return opened
            line, began = opened, self._began_s
        elif host.left_s < LEAST_S:
            return self._took_too_long()
        else:
            self._count()
        answer = await line.ask(question, limit_bytes=limit_bytes, within_s=self._within_s)
        spent_s = loop.time() - began
        host.spent_s += spent_s
        host.waited_s += spent_s if answer.outcome == "silent" else 0.0
        host.is_slow = host.is_slow or (answer.outcome == "answered" and spent_s > SLOW_S)
        return answer

    async def _open(self) -> HttpConnection | ExchangeOutcome:
        """A new connection, looked at by the guard; else why there is none."""
        host, loop = self.host, asyncio.get_running_loop()
        if host.left_s < LEAST_S:
            return self._took_too_long()
        if not host.may_connect:
            return ExchangeOutcome(outcome="silent")
        await self._hang_up()
        await self._held.enter_async_context(host.turnstile.turn(host.address, self.port))
        self._count()
        self._began_s = loop.time()
        line = await connect(
            host.address, self.port, tls=self.tls, card=host.interface, within_s=self._within_s,
            connect_s=host.turnstile.rate.connect_s,
        )  # fmt: skip
        host.began(self.port, line.outcome if isinstance(line, ExchangeOutcome) else None, late=line.late)
        if isinstance(line, ExchangeOutcome):
            host.spent_s += loop.time() - self._began_s
            await self._hang_up()
            return line
        self._line = line
        if self.guard is not None and not await self.guard(line):
            self.guarded = True
            await self._hang_up()
            return ExchangeOutcome(outcome="silent")
        return line

    def _took_too_long(self) -> ExchangeOutcome:
        self._tally.partial(f"{self.host.address} took too long to answer and was asked no further.")
        return ExchangeOutcome(outcome="silent")

    @property
    def _within_s(self) -> float:
        longest_s = EXCHANGE_S if self.host.is_slow else self.host.turnstile.rate.exchange_s
        return min(EXCHANGE_S, longest_s, self.host.left_s)

    def _count(self) -> None:
        self._tally.sent += 1
        self.host.sent += 1

    async def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        await self._held.aclose()
