"""Finding emits answers as they come and ends with a result however it ends; captures give the same as the scan that wrote them."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

import pytest

from attribution.small_knowledge import seen, small_knowledge
from camcensus.discovery.interruption import ClockWatch
from camcensus.intake.capture_writer import CaptureWriter
from camcensus.model.device import Observation, Verdict
from camcensus.model.errors import DiskError, IntakeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Interface, ScanProgress, Scope
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.demo import demo_scope, serve_estate
from camcensus.tasks.finding import census, given_files
from camcensus.wire.read import read
from costs import PATIENCE_S
from discovery.looking import STOP_S, WaitedLoop
from samples import NOW, observation, packet, write_capture

SCOPE = Scope((Interface("lo", "127.0.0.1/8"),))


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def reply(number: int, probe: str, name: str) -> Observation:
    raw = packet(name)
    return observation(number, probe=probe, ask=None, port=None, raw=raw, reading=read(probe, None, raw))


def test_the_order_of_arrival_never_changes_a_verdict(knowledge: Knowledge) -> None:
    seen = [reply(1, "dhip", "dhip/camera"), reply(2, "sadp", "sadp/camera"), reply(3, "mdns", "mdns/axis")]
    seen += [reply(1, "http", "http/dahua-hex-realm"), reply(2, "http", "http/hikvision-401")]
    expected = census.judge(seen, knowledge)
    assert len(expected) == 3
    for seed in range(10):
        random.Random(seed).shuffle(seen)
        assert census.judge(seen, knowledge) == expected


def test_verdicts_are_in_order_of_address_as_numbers(knowledge: Knowledge) -> None:
    seen = [
        observation(number, raw=f"HTTP/1.1 200 OK\r\nServer: {number}\r\n\r\n".encode(), mac=None)
        for number in (100, 9, 31, 200, 2)
    ]
    addresses = [verdict.device.addresses[0] for verdict in census.judge(seen, knowledge)]
    assert addresses == ["10.0.0.2", "10.0.0.9", "10.0.0.31", "10.0.0.100", "10.0.0.200"]


def test_a_search_tells_of_answers_as_they_come_and_its_capture_gives_the_same(
    tmp_path: Path, data_dir: Path, knowledge: Knowledge
) -> None:
    events: list[object] = []

    async def work() -> census.Census:
        async with serve_estate(data_dir, 6) as (_, served):
            return await census.find(
                demo_scope(served),
                events.append,
                knowledge=knowledge,
                capture=tmp_path / "a.jsonl.gz",
                allowed_by="A",
                simulation=True,
            )

    found = asyncio.run(work())
    assert not found.scan.stopped_early
    assert (found.scan.allowed_by, found.scan.simulation) == ("A", True)
    assert found.scan.coverage
    told = {event.device.addresses[0]: event for event in events if isinstance(event, Verdict)}
    for verdict in found.verdicts:
        assert told[verdict.device.addresses[0]].attribution == verdict.attribution
    first_told = next(number for number, event in enumerate(events) if isinstance(event, Verdict))
    assert any(isinstance(event, ScanProgress) for event in events[first_told:])
    again, problems = given_files.identify([tmp_path / "a.jsonl.gz"], knowledge, now=NOW)
    assert problems == ()
    assert again.verdicts == found.verdicts


def test_stop_ends_a_search_with_what_was_seen(data_dir: Path, knowledge: Knowledge) -> None:
    async def work() -> tuple[census.Census, float]:
        async with serve_estate(data_dir, 6) as (_, served):
            seen = asyncio.Event()

            def emit(event: object) -> None:
                if isinstance(event, Verdict):
                    seen.set()

            task = asyncio.ensure_future(census.find(demo_scope(served), emit, knowledge=knowledge))
            await asyncio.wait_for(seen.wait(), PATIENCE_S)
            start = asyncio.get_running_loop().time()
            task.cancel()
            found = await task
            return found, asyncio.get_running_loop().time() - start

    found, took_s = asyncio.run(work(), loop_factory=WaitedLoop)
    assert found.scan.stopped_early
    assert found.verdicts
    assert found.scan.started_at <= found.scan.ended_at
    assert took_s <= STOP_S


def test_stop_before_anything_was_seen_gives_an_empty_result(knowledge: Knowledge) -> None:
    async def work() -> census.Census:
        task = asyncio.ensure_future(census.find(SCOPE, lambda _: None, knowledge=knowledge))
        await asyncio.sleep(0.05)
        task.cancel()
        return await task

    found = asyncio.run(work())
    assert found.scan.stopped_early
    assert found.verdicts == ()


def test_sleep_in_the_middle_is_in_the_record_of_the_search(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    slept_s = 0.0

    class Watch(ClockWatch):
        def __init__(self) -> None:
            super().__init__(lambda: time.time() + slept_s, lambda: time.monotonic() + slept_s)

    monkeypatch.setattr("camcensus.discovery.interruption.ClockWatch", Watch)

    async def work() -> census.Census:
        nonlocal slept_s
        task = asyncio.ensure_future(census.find(SCOPE, lambda _: None, knowledge=knowledge))
        await asyncio.sleep(0.05)
        slept_s = 720.0
        await asyncio.sleep(0.4)
        task.cancel()
        return await task

    (advice,) = asyncio.run(work()).scan.advice
    assert "interrupted" in advice.say
    assert "12 minutes" in advice.say


def test_after_a_stop_the_task_goes_on_as_one_that_nobody_cancelled(knowledge: Knowledge) -> None:
    """What is kept after Stop may use time limits of its own: one that ends must say so, not cancel everything."""

    async def search_then_keep() -> tuple[census.Census, int]:
        found = await census.find(SCOPE, lambda _: None, knowledge=knowledge)
        task = asyncio.current_task()
        assert task is not None
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await asyncio.sleep(10)
        return found, task.cancelling()

    async def work() -> tuple[census.Census, int]:
        task = asyncio.ensure_future(search_then_keep())
        await asyncio.sleep(0.05)
        task.cancel()
        return await task

    found, wishes = asyncio.run(work())
    assert found.scan.stopped_early
    assert wishes == 0


def test_a_file_that_is_no_capture_does_not_keep_the_others_from_being_judged(tmp_path: Path, knowledge: Knowledge) -> None:
    write_capture(tmp_path / "good.jsonl", [reply(1, "dhip", "dhip/camera")])
    (tmp_path / "bad.jsonl").write_text("hello\n")
    found, problems = given_files.identify([tmp_path / "bad.jsonl", tmp_path / "good.jsonl"], knowledge, now=NOW)
    assert len(found.verdicts) == 1
    assert [(problem.file, problem.line) for problem in problems] == [("bad.jsonl", None)]
    with pytest.raises(IntakeError):
        given_files.identify([tmp_path / "bad.jsonl"], knowledge, now=NOW)


def test_a_printer_is_named_as_what_it_is_and_not_sent_to_read_a_cameras_label(knowledge: Knowledge) -> None:
    packet = b"HTTP/1.1 200 OK\r\nServer: HP HTTP Server; HP LaserJet\r\n\r\n"
    (verdict,) = census.judge([observation(1, probe="http", raw=packet, reading=read("http", None, packet))], knowledge)
    assert (verdict.description.kind, verdict.description.what) == ("other", "a printer or scanner")
    assert verdict.attribution.reason == (
        "This looks like a printer or scanner, not a camera: its web page comes from the web server of a printer."
    )


def test_replies_that_no_codec_reads_are_counted_by_probe(knowledge: Knowledge) -> None:
    seen = [observation(1, probe="reolink", reading=read("reolink", None, b"MO_I"))]
    assert dict(given_files.unread_probes(seen)) == {"reolink": 1}


def test_a_capture_that_cannot_be_carried_on_does_not_lose_the_search(
    tmp_path: Path, data_dir: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: CaptureWriter, observation: Observation) -> None:
        raise DiskError("The disk is full.")

    monkeypatch.setattr(CaptureWriter, "write", refuse)

    async def work() -> census.Census:
        async with serve_estate(data_dir, 2) as (_, served):
            task = asyncio.ensure_future(
                census.find(demo_scope(served), lambda _: None, knowledge=knowledge, capture=tmp_path / "a.jsonl")
            )
            await asyncio.sleep(2)
            task.cancel()
            return await task

    found = asyncio.run(work())
    assert found.problems == ("The capture is not complete: The disk is full.",)
    assert found.verdicts


def test_two_cameras_on_one_factory_address_are_told_what_to_do() -> None:
    def replies(*macs: str, network: str | None = "eth0 10.0.0.2/24") -> list[Observation]:
        return [
            seen("sadp", address="192.168.1.64", port=37020, network=network, claims_mac=mac, at=f"2026-11-24T10:00:0{number}Z")
            for number, mac in enumerate(macs)
        ]

    two = ("3c:ef:8c:10:20:31", "44:19:b6:10:20:32")
    (said,) = census._same_address(census.judge(replies(*two), small_knowledge()))
    assert said.say.startswith("Two devices have the same address (192.168.1.64)")
    assert census._same_address(census.judge(replies(two[0], two[0]), small_knowledge())) == ()
    assert census._same_address(census.judge(replies(*two, network=None), small_knowledge())) == (), (
        "behind a router it is a forward"
    )
