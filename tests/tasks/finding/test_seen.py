"""What a search saw is on the disk while it runs, is kept once when it ends, and is kept after a kill as stopped early."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import samples
from camcensus.discovery import scan as discovery
from camcensus.model.device import Observation
from camcensus.model.errors import DiskError
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Coverage, Interface, Scope
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding import census, seen
from camcensus.tasks.register import verbs as register
from camcensus.wire.read import read
from costs import LONG_S
from samples import NETWORK, NOW, body

SCOPE = Scope((Interface("eth0", "10.0.0.2/24"),))


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        yield made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "EVERY_S", 0.02)


def answers(count: int) -> list[Observation]:
    raw = samples.packet("dhip/camera")
    return [
        samples.observation(number, probe="dhip", ask=None, port=37810, raw=raw, mac=f"3c:ef:8c:00:00:{number:02x}",
                            reading=read("dhip", None, raw))
        for number in range(1, count + 1)
    ]  # fmt: skip


def searching(monkeypatch: pytest.MonkeyPatch, came: list[Observation], then: Callable[[], Any]) -> None:
    """A search that gives these answers, then waits for `then`."""

    async def scan(_scope: Scope, emit: Callable[[object], None], **_: Any) -> Any:
        emit(Coverage("dhip", NETWORK, 1, len(came), "done"))
        for one in came:
            emit(one)
        await asyncio.sleep(0)
        return await then()

    monkeypatch.setattr(discovery, "scan", scan)


def wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.usefixtures("quick")
def test_answers_are_on_the_disk_before_the_search_ends_and_kept_once_when_it_has(
    inventory: Inventory, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = answers(3)

    async def look() -> Any:
        while sum(len(one.observations) for one in inventory.unfinished()) < 3:
            await asyncio.sleep(0.01)
        (running,) = inventory.unfinished()
        assert running.observations == tuple(came)
        assert running.scan.coverage == (Coverage("dhip", NETWORK, 1, 3, "done"),)
        assert running.scan.allowed_by == "R. Khan"
        assert inventory.scans() == ()
        assert inventory.assets() == ()
        raise asyncio.CancelledError

    searching(monkeypatch, came, look)
    found = asyncio.run(
        census.find(
            SCOPE,
            lambda _: None,
            knowledge=knowledge,
            allowed_by="R. Khan",
            seen=seen.SavedAsSeen(inventory),
            clock=lambda: NOW,
        )
    )
    register.save_census(inventory, found, knowledge, NOW)
    assert inventory.unfinished() == ()
    assert len(inventory.scans()) == 1
    assert len(inventory.assets()) == 1, "three answers of one camera"
    assert register.finish_unfinished(inventory, knowledge, NOW) is None


def test_a_search_that_was_cut_off_is_kept_as_stopped_early(inventory: Inventory, knowledge: Knowledge) -> None:
    record = samples.scan("cut", knowledge_version=knowledge.version)
    came = answers(4)
    inventory.note_seen(record, came[:3], NOW)
    inventory.note_seen(replace(record, coverage=()), came[3:], samples.LATER)
    said = register.finish_unfinished(inventory, knowledge, samples.LATER)
    assert said == ("The search of 24 November 2026 was cut off; what it had seen is kept (4 answers). 1 device seen, 1 new.")
    (scan,) = inventory.scans()
    assert (scan.id, scan.stopped_early, scan.not_covered) == ("cut", True, (seen.CUT_OFF,))
    assert scan.ended_at == "2026-12-01T09:00:00Z"
    assert {one.id for one in inventory.observations()} == {one.id for one in came}
    assert len(inventory.assets()) == 1
    assert inventory.unfinished() == ()
    assert register.finish_unfinished(inventory, knowledge, NOW) is None


def test_what_was_kept_after_all_is_not_kept_again(inventory: Inventory, knowledge: Knowledge) -> None:
    record = samples.scan("late", knowledge_version=knowledge.version)
    inventory.keep(record, (), (), NOW)
    inventory.note_seen(record, answers(2), NOW)
    assert inventory.unfinished() == ()
    assert register.finish_unfinished(inventory, knowledge, NOW) is None
    assert len(inventory.scans()) == 1


def test_a_file_that_is_only_read_is_left_as_it_is(inventory: Inventory, knowledge: Knowledge, tmp_path: Path) -> None:
    inventory.note_seen(samples.scan(knowledge_version=knowledge.version), answers(1), NOW)
    with register.open_inventory(inventory.path, NOW, readonly=True) as reading:
        assert register.finish_unfinished(reading, knowledge, NOW) is None
        assert len(reading.unfinished()) == 1


@pytest.mark.usefixtures("quick")
def test_a_disk_that_refuses_ends_the_putting_away_and_not_the_search(
    inventory: Inventory, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DiskError("The disk is full; free some space and try again.")

    monkeypatch.setattr(Inventory, "note_seen", refuse)
    keeper = seen.SavedAsSeen(inventory)

    async def look() -> Any:
        while keeper.problem is None:
            await asyncio.sleep(0.01)
        raise asyncio.CancelledError

    searching(monkeypatch, answers(2), look)
    found = asyncio.run(census.find(SCOPE, lambda _: None, knowledge=knowledge, seen=keeper, clock=lambda: NOW))
    assert len(found.observations) == 2
    assert found.problems == (
        "What was found is not on the disk before the search ends: The disk is full; free some space and try again.",
    )


def test_no_more_than_a_batch_waits_and_nothing_is_written_after_the_end(inventory: Inventory) -> None:
    keeper = seen.SavedAsSeen(inventory)
    keeper.now_as(samples.scan("one"))
    came = answers(seen.MOST + 5)
    for one in came:
        keeper.take(one)
    wait_for(lambda: bool(inventory.unfinished()))
    keeper.end()
    (running,) = inventory.unfinished()
    assert running.observations == tuple(came[: seen.MOST])
    keeper.take(came[0])
    assert len(inventory.unfinished()[0].observations) == seen.MOST
