from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Awaitable, Callable

import pytest
from pytestqt.qtbot import QtBot

from camcensus.ui.job import Emit, Job, stop_all


class Endings:
    """Counts how often a job ended, and how."""

    def __init__(self, job: Job) -> None:
        self.seen: list[str] = []
        self.values: list[object] = []
        job.finished.connect(lambda value: self._note("finished", value))
        job.failed.connect(lambda error: self._note("failed", error))
        job.cancelled.connect(lambda: self._note("cancelled", None))

    def _note(self, how: str, value: object) -> None:
        self.seen.append(how)
        self.values.append(value)


def sleeping(seconds: float, result: object = "done") -> Callable[[Emit], Awaitable[object]]:
    async def work(_: Emit) -> object:
        await asyncio.sleep(seconds)
        return result

    return work


def test_a_result_reaches_the_thread_the_job_was_made_in(qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    job = Job(sleeping(0.01, 42))
    endings = Endings(job)
    job.finished.connect(lambda _: threads.append(threading.current_thread()))
    job.start()
    qtbot.waitUntil(lambda: bool(endings.seen))
    assert endings.seen == ["finished"]
    assert endings.values == [42]
    assert threads == [threading.main_thread()]
    assert not job.running


def test_an_error_of_the_work_is_handed_over_as_it_is(qtbot: QtBot) -> None:
    async def work(_: Emit) -> object:
        raise ValueError("no such network")

    job = Job(work)
    endings = Endings(job)
    job.start()
    qtbot.waitUntil(lambda: bool(endings.seen))
    assert endings.seen == ["failed"]
    assert isinstance(endings.values[0], ValueError)


def test_progress_comes_in_order_in_few_signals_and_before_the_end(qtbot: QtBot) -> None:
    async def work(emit: Emit) -> object:
        for number in range(500):
            emit(number)
            if number % 50 == 0:
                await asyncio.sleep(0.03)
        return None

    job = Job(work)
    endings = Endings(job)
    batches: list[tuple[object, ...]] = []
    job.progressed.connect(lambda values: batches.append(values) or (endings.seen and pytest.fail("progress after the end")))
    job.start()
    qtbot.waitUntil(lambda: bool(endings.seen))
    assert [value for batch in batches for value in batch] == list(range(500))
    assert len(batches) <= 11, "more than one for each time that the work waited, and one at the end"


def test_cancelling_before_the_start_ends_once_and_runs_nothing(qtbot: QtBot) -> None:
    ran: list[int] = []

    async def work(_: Emit) -> object:
        ran.append(1)
        return None

    job = Job(work)
    endings = Endings(job)
    job.cancel()
    job.start()
    qtbot.waitUntil(lambda: bool(endings.seen))
    assert (endings.seen, ran) == (["cancelled"], [])


def test_cancelling_after_the_end_changes_nothing(qtbot: QtBot) -> None:
    job = Job(sleeping(0))
    endings = Endings(job)
    job.start()
    qtbot.waitUntil(lambda: bool(endings.seen))
    job.cancel()
    job.cancel()
    qtbot.wait(30)
    assert endings.seen == ["finished"]


def test_work_that_turns_a_cancel_into_a_result_is_finished(qtbot: QtBot) -> None:
    async def work(_: Emit) -> object:
        try:
            await asyncio.sleep(600)
        except asyncio.CancelledError:
            return "what was found so far"
        return None

    job = Job(work)
    endings = Endings(job)
    job.start()
    qtbot.wait(50)
    job.cancel()
    qtbot.waitUntil(lambda: bool(endings.seen))
    assert (endings.seen, endings.values) == (["finished"], ["what was found so far"])


def test_three_hundred_jobs_cancelled_at_random_moments_end_once_each(qtbot: QtBot) -> None:
    dice = random.Random(7)

    async def work(emit: Emit) -> object:
        for number in range(4):
            emit(number)
            await asyncio.sleep(0.001)
        return None

    all_endings: list[Endings] = []
    jobs: list[Job] = []
    for number in range(300):
        job = Job(work)
        all_endings.append(Endings(job))
        jobs.append(job)
        if number % 10 == 0:
            job.cancel()
        job.start()
        delay = dice.random() * 0.012
        threading.Timer(delay, job.cancel).start()
        if number % 25 == 0:
            qtbot.wait(1)
    qtbot.waitUntil(lambda: all(endings.seen for endings in all_endings))
    qtbot.wait(30)
    assert all(len(endings.seen) == 1 for endings in all_endings)
    assert {how for endings in all_endings for how in endings.seen} == {"finished", "cancelled"}
    assert not any(job.running for job in jobs)
    assert not Job._alive


def test_the_end_of_the_program_waits_for_every_thread(qtbot: QtBot) -> None:
    jobs = [Job(sleeping(600)) for _ in range(5)]
    for job in jobs:
        job.start()
    stop_all()
    assert all(job.wait(0) for job in jobs)
    qtbot.waitUntil(lambda: not any(job.running for job in jobs))
