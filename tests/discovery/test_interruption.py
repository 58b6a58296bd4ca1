"""A search notices that the computer slept or stood still; a busy computer and a clock that was set are neither."""

from __future__ import annotations

import time

import pytest

from camcensus.discovery.interruption import ClockWatch

AT_S = time.mktime((2026, 11, 24, 10, 41, 0, 0, 0, -1))


class Clocks:
    """Both clocks, to be moved by hand."""

    def __init__(self) -> None:
        self.wall_s, self.running_s = AT_S, 5_000.0
        self.watch = ClockWatch(lambda: self.wall_s, lambda: self.running_s)

    def move(self, running_s: float, wall_s: float) -> None:
        self.running_s += running_s
        self.wall_s += wall_s
        self.watch.look()


def test_sleep_is_said_with_when_it_began_and_how_long_it_was() -> None:
    clocks = Clocks()
    clocks.move(0.3, 0.3)
    clocks.move(720, 720)
    clocks.move(0.3, 0.3)
    (advice,) = clocks.watch.advice()
    assert advice.topic == "interrupted"
    assert advice.say == "The search was interrupted at 10:41 for 12 minutes: this computer slept."
    assert advice.next.startswith("Search again")


@pytest.mark.parametrize("step_s", [3600, -7200, -10 * 365 * 86400])
def test_a_clock_that_was_set_is_no_sleep(step_s: float) -> None:
    clocks = Clocks()
    clocks.move(0.3, 0.3 + step_s)
    assert (clocks.watch.advice(), clocks.watch.stalls) == ((), [])


def test_a_stall_of_over_a_second_is_known_and_not_spoken_of() -> None:
    clocks = Clocks()
    for seconds in (0.9, 1.1, 0.2, 10.0):
        clocks.move(seconds, seconds)
    assert (len(clocks.watch.stalls), clocks.watch.advice()) == (2, ())


def test_a_busy_computer_and_a_corrected_clock_are_not_spoken_of() -> None:
    clocks = Clocks()
    for running_s, wall_s in ((25, 25), (1, 20), (1, -20)):
        clocks.move(running_s, wall_s)
    assert clocks.watch.advice() == ()
