"""The sweep of a range: how many neighbours are looked for at once, and what the system does not tell of an address."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from camcensus.discovery import sweep as room
from camcensus.discovery.asking import Asking
from camcensus.discovery.book import Book
from camcensus.discovery.host import Host
from camcensus.discovery.interruption import ClockWatch
from camcensus.discovery.loss import LOOKS, lossy_networks
from camcensus.discovery.neighbours import Neighbour
from camcensus.discovery.pace import RATES, Turnstile
from camcensus.discovery.probe import Network
from camcensus.discovery.sweep import Sweep
from camcensus.model.device import Observation
from camcensus.model.scan import AskedAddress, Interface, Scope

CARD = Interface("c1", "10.0.0.2/24", 1)
MAC = "3c:ef:8c:00:00:0{}"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "NEIGHBOURS", 10)
    monkeypatch.setattr(room, "LOOKED_FOR_S", 0.3)
    monkeypatch.setattr(room, "ARP_WAIT_S", 0.1)
    monkeypatch.setattr(room, "TABLE_EVERY_S", 0.02)
    monkeypatch.setattr(room, "LATE_S", 0.0)
    monkeypatch.setitem(RATES, "fast", replace(RATES["fast"], looking=8))


class Table:
    """A system's neighbour table: `there` are those that answer; others stand in it unanswered while `lists` is true.

    There is no room for the addresses in `full_for` until they were asked so often. Those in `late` stand in it only when it
    was read so often since they were asked; of those in `lost` the first so many questions or answers get lost.
    """

    def __init__(
        self,
        *there: str,
        lists: bool = True,
        full_for: Mapping[str, int] | None = None,
        late: Mapping[str, int] | None = None,
        lost: Mapping[str, int] | None = None,
    ) -> None:
        self.late, self.lost = late or {}, lost or {}
        self.reads: Counter[str] = Counter()
        self.there = there
        self.lists = lists
        self.full_for = full_for or {}
        self.asked: list[tuple[float, str]] = []

    def rows(self) -> tuple[Neighbour, ...]:
        found = []
        self.reads.update(address for _, address in self.asked)
        for _, address in self.asked:
            times = sum(one == address for _, one in self.asked)
            if times <= self.full_for.get(address, 0):
                continue
            is_late = self.reads[address] <= self.late.get(address, 0)
            is_heard = address in self.there and not is_late and times > self.lost.get(address, 0)
            mac = MAC.format(self.there.index(address)) if is_heard else None
            if mac or self.lists:
                found.append(Neighbour(address, mac, "c1"))
        return tuple(found)


def swept(
    table: Table, range_: str, is_reachable: Callable[[Host], bool] = lambda _: False
) -> tuple[Sweep, list[AskedAddress], list[str]]:
    """What a sweep told, and who was handed on to be asked."""
    told: list[AskedAddress] = []
    asked: list[str] = []

    async def work() -> Sweep:
        seen: list[Observation] = []
        turnstile = Turnstile("fast")
        scope = Scope(interfaces=(CARD,), ranges=(range_,), pace="fast")
        book = Book(scope, turnstile, seen.append, lambda _: False, lambda: datetime.now(UTC))

        def knock(host: Host) -> bool:
            host.knocked_at_s = turnstile.now()
            table.asked.append((turnstile.now(), host.address))
            return True

        async def look(_: float) -> None:
            book.learn(table.rows())

        async def greet(_: Host) -> None:
            """Nobody here lives beyond a router."""

        asking = Asking(turnstile, book.take, told.append, knock, greet)

        def add(host: Host, *, again: bool = False) -> None:
            asked.append(host.address)

        asking.add = add  # type: ignore[method-assign]
        made = Sweep(book, [Network(CARD, is_swept=True)], asking, look=look, tell=told.append, knock=knock)

        async def is_there(host: Host) -> bool:
            return is_reachable(host)

        made._is_reachable = is_there  # type: ignore[method-assign]
        await made.run()
        for _ in range(LOOKS):
            answers = [(host.network, host.late) for host in book.hosts.values() if host.late is not None]
            await made.run_again(made.quiet(lossy_networks(answers), ClockWatch()))
        return made

    return asyncio.run(work()), told, asked


def test_no_more_unanswered_neighbours_are_made_than_the_system_holds() -> None:
    table = Table("10.0.0.9", "10.0.0.40")
    _, told, asked = swept(table, "10.0.0.0/26")
    assert sorted(asked) == ["10.0.0.40", "10.0.0.9"]
    assert len(told) == 62 - 1 - 2
    assert {one.outcome for one in told} == {"silent"}
    moments = [at for at, _ in table.asked]
    assert all(sum(at <= other < at + 0.28 for other in moments) <= 10 + len(table.there) for at in moments)


def test_an_address_of_which_the_system_says_nothing_has_to_answer_itself() -> None:
    table = Table(lists=False)
    _, told, asked = swept(table, "10.0.0.0/29", lambda host: host.address == "10.0.0.5")
    assert asked == ["10.0.0.5"]
    assert {one.address for one in told} == {"10.0.0.1", "10.0.0.3", "10.0.0.4", "10.0.0.6"}
    assert max(sum(address == one for _, one in table.asked) for _, address in table.asked) == room.TRIES


def test_an_address_for_which_a_full_table_had_no_room_is_asked_until_there_is() -> None:
    there = [f"10.0.0.{n}" for n in range(3, 10)]
    late = Table(*there, full_for={"10.0.0.9": 4})
    assert sorted(swept(late, "10.0.0.0/28")[2]) == there


def test_where_a_neighbour_had_to_be_asked_again_the_silent_ones_are_looked_at_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "ARP_WAIT_S", 0.5)
    there = [f"10.0.0.{n}" for n in range(3, 8)]
    table = Table(*there, late={"10.0.0.3": 2}, lost={"10.0.0.6": 1, "10.0.0.7": 2})
    sweep, told, asked = swept(table, "10.0.0.0/28")
    assert sorted(asked) == there
    assert sweep.silent + len(there) == sweep.total
    assert {one.address for one in told[-sweep.silent :]}.isdisjoint(there)


def test_where_all_neighbours_answer_at_once_no_address_is_looked_at_twice() -> None:
    table = Table("10.0.0.3", "10.0.0.4", lost={"10.0.0.4": 1})
    _, _, asked = swept(table, "10.0.0.0/28")
    assert asked == ["10.0.0.3"]
    assert max(sum(address == one for _, one in table.asked) for _, address in table.asked) == 1
