"""The pace, measured where connections are let through, each of which arrives; and the ports that are never asked."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence

import pytest

from camcensus.discovery.exchange import ExchangeOutcome, connect
from camcensus.discovery.host import Host
from camcensus.discovery.pace import FORBIDDEN_PORTS, PORTS, RATES, Turnstile, may_ask
from camcensus.discovery.probe import Tally
from camcensus.model.errors import DiscoveryError
from camcensus.model.scan import Pace
from discovery.servers import http, tcp


def most_in_a_second(moments: Sequence[float]) -> int:
    return max(sum(start <= other < start + 0.99 for other in moments) for start in moments)


def host(address: str, turnstile: Turnstile) -> Host:
    return Host(address=address, turnstile=turnstile, tally=lambda _: Tally())


class NotedTurnstile(Turnstile):
    """Notes when each connection was let through: a server that is busy may see two of them closer together."""

    def __init__(self, pace: Pace) -> None:
        super().__init__(pace)
        self.passed: list[float] = []

    async def moment(self) -> None:
        await super().moment()
        self.passed.append(self.now())


async def ask_all(pace: Pace, addresses: list[str]) -> tuple[list[float], int]:
    """When each connection was let through, seconds, every one of which arrived; and how many were open at most."""
    async with tcp(lambda _: http(b"hello", length=False), host="0.0.0.0") as served:
        turnstile = NotedTurnstile(pace)

        async def one(address: str) -> None:
            async with host(address, turnstile).talk("http", served.port, tls=False) as conversation:
                assert (await conversation.ask(b"GET / HTTP/1.1\r\n\r\n")).outcome == "answered"

        await asyncio.gather(*(one(address) for address in addresses))
        assert len(served.accepted) == len(turnstile.passed)
        return turnstile.passed, served.most_open


def test_gentle_opens_at_most_20_a_second_over_all_hosts() -> None:
    passed, _ = asyncio.run(ask_all("gentle", [f"127.77.9.{n}" for n in range(1, 26)]))
    assert len(passed) == 25
    assert most_in_a_second(passed) <= 20


def test_gentle_opens_one_a_second_to_one_host() -> None:
    passed, most_open = asyncio.run(ask_all("gentle", ["127.77.9.1"] * 3))
    gaps = [later - earlier for earlier, later in itertools.pairwise(passed)]
    assert min(gaps) >= 0.98
    assert most_open <= 2


@pytest.mark.parametrize("pace", RATES)
def test_what_is_late_is_made_up_for_and_yet_no_second_has_more_than_the_pace(pace: Pace) -> None:
    async def run() -> list[float]:
        turnstile = Turnstile(pace)
        passed = []
        for number in range(RATES[pace].per_second * 2 if pace == "fast" else 45):
            await turnstile.moment()
            passed.append(turnstile.now())
            if number % 7 == 0:
                await asyncio.sleep(0.03)  # Others have the loop for a while.
        return passed

    passed = asyncio.run(run())
    assert max(sum(start <= other < start + 1.0 for other in passed) for start in passed) <= RATES[pace].per_second
    gaps = [later - earlier for earlier, later in itertools.pairwise(passed)]
    assert min(gaps) < 1.0 / RATES[pace].per_second


def test_normal_opens_at_most_100_a_second() -> None:
    passed, _ = asyncio.run(ask_all("normal", [f"127.77.9.{n}" for n in range(1, 116)]))
    assert most_in_a_second(passed) <= 100


@pytest.mark.parametrize("pace", ["normal", "fast"])
def test_a_host_has_at_most_two_connections_open(pace: Pace) -> None:
    async def run() -> int:
        async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(0.05)
            writer.write(http(b"hello"))
            await writer.drain()
            await reader.read()

        async with tcp(slow) as served:
            turnstile = Turnstile(pace)

            async def one() -> None:
                async with host("127.0.0.1", turnstile).talk("http", served.port, tls=False) as conversation:
                    await conversation.ask(b"GET / HTTP/1.1\r\n\r\n")

            await asyncio.gather(*(one() for _ in range(12)))
            assert len(served.accepted) == 12
            return served.most_open

    assert asyncio.run(run()) == 2


def test_the_rates_are_the_contracts() -> None:
    assert {pace: (rate.per_second, rate.host_gap_s) for pace, rate in RATES.items()} == {
        "gentle": (20, 1.0),
        "normal": (100, 0.0),
        "fast": (1000, 0.0),
    }


def test_ports_of_printers_controllers_and_clinics_are_never_asked_even_when_announced() -> None:
    assert not FORBIDDEN_PORTS & set(PORTS)
    for port in [9100, 9103, 9107, 502, 102, 44818, 47808, 104, 11112, 2575, 0, 65536, -1]:
        assert not may_ask(port)

    async def run() -> None:
        async with tcp(lambda _: http(b"printing"), port=9100) as served:
            answer = await connect("127.0.0.1", 9100)
            assert isinstance(answer, ExchangeOutcome)
            assert answer.outcome == "blocked"
            with pytest.raises(DiscoveryError):
                async with Turnstile("fast").turn("127.0.0.1", 9100):
                    pass
            assert served.accepted == []

    asyncio.run(run())
