"""Cyclic garbage is searched for in the window's thread alone, what is old when nobody waits; large reading makes none young."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from camcensus.tasks.progress import collector_paused
from camcensus.ui import collector
from camcensus.ui.collector import GarbageSearch
from camcensus.ui.job import Job


class Knot:
    """Held by itself alone."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, app: object) -> Iterator[GarbageSearch]:
    """One that finds that much was done."""
    monkeypatch.setattr(collector, "WORTH_S", 0.0)
    monkeypatch.setattr(collector, "QUIET_S", 60.0)
    parent = QObject()
    gc.enable()
    yield GarbageSearch(parent)
    parent.deleteLater()


def old_knot() -> weakref.ref[Knot]:
    knot = Knot()
    gc.freeze()
    gc.unfreeze()  # what is there is old now
    return weakref.ref(knot)


def test_what_is_old_is_searched_when_the_program_stands_still(made: GarbageSearch) -> None:
    tied = old_knot()
    lists = [[number] for number in range(1_000_000)]
    assert lists
    assert tied() is not None, "much that is new begins no search of the old"
    assert made.look()
    assert tied() is None


def test_what_a_window_left_is_taken_apart_in_its_own_thread(made: GarbageSearch) -> None:
    threads: list[threading.Thread] = []
    left = QObject()
    left.knot = left  # type: ignore[attr-defined]
    weakref.finalize(left, lambda: threads.append(threading.current_thread()))
    del left
    much: list[list[int]] = []
    worker = threading.Thread(target=lambda: much.extend([number] for number in range(100_000)))
    worker.start()
    worker.join()
    assert threads == []
    made.look_at_young()
    assert threads == [threading.current_thread()]


def test_nothing_is_searched_while_somebody_waits(made: GarbageSearch, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    tied, go_on = old_knot(), threading.Event()
    job = Job(lambda _: go_on.wait(60)).start()
    assert not made.look(), "a job is at work"
    go_on.set()
    qtbot.waitUntil(lambda: job.ended == "finished")
    monkeypatch.setattr(collector, "QUIET_S", -1.0)
    assert not made.look(), "the window's thread is at work"
    monkeypatch.setattr(collector, "WORTH_S", 1e9)
    monkeypatch.setattr(collector, "LATEST_S", 0.0)
    assert not made.look(), "nothing was done"
    assert tied() is not None
    monkeypatch.setattr(collector, "WORTH_S", 0.0)
    assert made.look(), "it has waited long enough"
    assert tied() is None


def test_what_is_made_while_it_is_paused_counts_as_old() -> None:
    with collector_paused():
        rows = [[number] for number in range(100)]
    young = {id(one) for age in (0, 1) for one in gc.get_objects(age)}
    assert not young & {id(row) for row in rows}
    assert gc.get_freeze_count() == 0
