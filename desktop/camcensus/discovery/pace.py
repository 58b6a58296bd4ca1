"""How fast, how many at once, which ports, and what is never touched. The one place where these are set.

Source: the outside contract, "Reach and pace". Old camera firmware hangs when many connections are opened to it, PLCs and
medical devices have been stopped by scanners, and printers print what they receive: hence the small numbers and the short list.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from ipaddress import IPv4Address, IPv4Network

from camcensus.model import frozen
from camcensus.model.errors import DiscoveryError
from camcensus.model.scan import Pace
from camcensus.wire.ports import QUESTION_PORTS

HTTP_PORTS = (80, 443, 8000, 8080, 8899, 2020, 5000, 8443, 81, 82)
"""Asked for a web page and, where one answers, for ONVIF; most often used first."""
TLS_PORTS = frozenset({443, 8443})
RTSP_PORTS = (554, 8554, 10554)
GUESSED_PORTS = (554, 80, 443, 2020, 8000, 8899, 8080, 8554, 81, 82, 5000, 8443, 10554)
"""The order in which a host that announced nothing is asked: what only shows video first, then what is used most often."""
PROGRAM_PORTS = (8765, 1984)
"""Web pages of programs that show or record pictures, for a host that refused all of the ports above: no more than a refusal is
to be lost there. Source: motionEye, extra/motioneye.conf.sample; go2rtc, internal/api/README.md.
"""
PORTS = (*HTTP_PORTS, *RTSP_PORTS, *PROGRAM_PORTS)
"""Every TCP port that is asked without having been announced by the device itself."""
KNOCK_PORTS = (80, 554, 443, 8000)
"""Tried behind a router, where no neighbour table tells whether an address exists: any answer, also a refusal, shows a host."""

SHORT_HTTP_PORTS = (80, 8000, 8080)
SHORT_RTSP_PORTS = (554, 8554)
"""The few that a host which announced itself is asked besides the ports it announced."""

MULTICAST_PORTS = QUESTION_PORTS
"""The UDP port of each question that goes to a whole network."""

FORBIDDEN_PORTS = frozenset({*range(9100, 9108), 502, 102, 44818, 47808, 104, 11112, 2575})
"""Never asked, also when a device announces them: printers' raw ports, PLCs (Modbus, S7, EtherNet/IP, BACnet), DICOM, HL7."""

EXCHANGE_S = 4.0
"""Longest exchange: connecting, sending and reading one answer, together."""
CONNECT_S = 2.0
HOST_S = 12.0
"""Longest time spent in exchanges with one host; waiting for its turn is not counted."""
LEAST_S = 5.0
"""Replies to questions asked of all are waited for at least so long: devices that answer after 3.5 s and more are real."""
SCAN_S = 15 * 60.0
PASSIVE_S = 60.0
OPEN_PER_HOST = 2
CONNECTIONS = 9
"""Connections to one host in one search, counted from the first that it takes: old firmware keeps each for a while."""
GUESSES = 6
"""The most of these at ports that it did not announce, so that some are left for those that it announces later."""


@frozen
class Rate:
    """New connections a second over all hosts, and as many questions to one host by UDP; seconds between two new connections to
    one host; hosts worked on at once; addresses looked for at once; and the longest a connection may take to open, an exchange,
    all exchanges with one host, and those in which it took the connection and said nothing, seconds. `least_s` is how long late
    answers to questions to all are waited for where each address of the network is asked too.
    """

    per_second: float
    host_gap_s: float
    workers: int
    looking: int
    connect_s: float = CONNECT_S
    exchange_s: float = EXCHANGE_S
    host_s: float = HOST_S
    silent_s: float = HOST_S
    least_s: float = LEAST_S


RATES: dict[Pace, Rate] = {
    "gentle": Rate(20, 1.0, 40, 60),
    "normal": Rate(100, 0.0, 100, 200),
    "fast": Rate(1000, 0.0, 400, 800, connect_s=1.2, exchange_s=3.5, host_s=5.5, silent_s=3.6, least_s=3.0),
}
"""Linux holds 1,024 neighbours, unanswered ones included: fewer are looked for at once. Source: ip-sysctl, gc_thresh3."""
CREDIT_S = 0.02
"""How far a pace may catch up after the system woke us late, as it does by some milliseconds each time."""
ON_THE_WIRE_S = 0.03
"""How much later than its moment a connection may begin. Both are taken off the pace, so that no second has more than it."""


def is_excluded(address: str, exclude: Iterable[IPv4Network]) -> bool:
    """Whether an address is in one of the networks that are not to be touched, or may be.

    An IPv6 address does not tell which IPv4 address its device has, so where anything is to be left alone it is too.
    """
    networks = tuple(exclude)
    if not networks:
        return False
    try:
        host = IPv4Address(address)
    except ValueError:
        return True
    return any(host in network for network in networks)


def may_ask(port: int) -> bool:
    """Whether a TCP port may be asked at all."""
    return 0 < port < 65536 and port not in FORBIDDEN_PORTS


class Turnstile:
    """Lets connections through at the pace: `async with turnstile.turn(address)` holds one of the host's two places.

    Questions to one host by UDP wait for `question`, which lets as many through.
    """

    def __init__(self, pace: Pace, exclude: Iterable[str] = ()) -> None:
        self.rate = RATES[pace]
        self.exclude = tuple(IPv4Network(text) for text in exclude)
        self._gap_s = (1.0 + CREDIT_S + ON_THE_WIRE_S) / self.rate.per_second
        self._connections, self._questions = _Lane(), _Lane()
        self._hosts: dict[str, _Host] = defaultdict(_Host)

    @asynccontextmanager
    async def turn(self, address: str, port: int) -> AsyncIterator[None]:
        """One new connection to a host, while it is open. Raises DiscoveryError for a port or a host that is never asked."""
        if not self.may_touch(address):
            raise DiscoveryError(f"{address} is on the list of addresses that are not to be touched.")
        if not may_ask(port):
            raise DiscoveryError(f"Port {port} is never asked, because it may belong to a printer or a controller.")
        host = self._hosts[address]
        async with host.places:
            async with host.gate:
                await _wait_until(host.last + self.rate.host_gap_s)
                await self.moment()
                host.last = _now()
            yield

    def now(self) -> float:
        """The loop's clock, seconds."""
        return _now()

    async def moment(self) -> None:
        """Waits until the next connection over all hosts may start; first come, first served."""
        await self._connections.wait(self._gap_s)

    async def question(self) -> None:
        """Waits until the next question to one host by UDP may go out; first come, first served."""
        await self._questions.wait(self._gap_s)

    def may_touch(self, address: str) -> bool:
        """Whether an address may be sent anything directly: False where a person said not to touch it."""
        return not is_excluded(address, self.exclude)


class _Lane:
    """What goes out one after the other, a gap apart."""

    def __init__(self) -> None:
        self._last = float("-inf")
        self._gate = asyncio.Lock()

    async def wait(self, gap_s: float) -> None:
        async with self._gate:
            due = self._last + gap_s
            await _wait_until(due)
            self._last = max(due, _now() - CREDIT_S)


class _Host:
    def __init__(self) -> None:
        self.places = asyncio.Semaphore(OPEN_PER_HOST)
        self.gate = asyncio.Lock()
        self.last = float("-inf")


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _wait_until(moment_s: float) -> None:
    while (left := moment_s - _now()) > 0:
        await asyncio.sleep(left)
