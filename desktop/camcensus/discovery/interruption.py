"""Sleep and clock changes in the middle of a search: noticed, and said in its log entry."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime

from camcensus.model.scan import Advice
from camcensus.model.words import count

LEAST_S = 30.0
"""A shorter gap is a busy computer, and a smaller step of the clock its daily correction."""
SAID_AT_MOST = 10


def _awake_and_asleep_s() -> float:
    """A clock that nobody can set and that runs while the computer sleeps. Source: clock_gettime of Linux and of macOS."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


class ClockWatch:
    """Told often that the search is alive; where it was not for LEAST_S, or somebody set the clock, `advice` says so."""

    def __init__(self, wall_s: Callable[[], float] = time.time, running_s: Callable[[], float] = _awake_and_asleep_s) -> None:
        self._wall_s, self._running_s = wall_s, running_s
        self._at_wall_s, self._at_running_s = wall_s(), running_s()
        self._noticed: list[Advice] = []

    def look(self) -> None:
        """Compare the clocks with how they were at the look before."""
        wall_s, running_s = self._wall_s(), self._running_s()
        gap_s = running_s - self._at_running_s
        step_s = wall_s - self._at_wall_s - gap_s
        if gap_s > LEAST_S:
            self._notice(
                "interrupted",
                f"The search was interrupted at {_clock_time(self._at_wall_s)} for {_spoken(gap_s)}: this computer slept.",
                "Search again with the computer awake: some devices may not have been asked or heard.",
            )
        if abs(step_s) > LEAST_S:
            way = "forward" if step_s > 0 else "back"
            self._notice(
                "clock-set",
                f"This computer’s clock was set {way} by {_spoken(abs(step_s))} during the search, at {_clock_time(wall_s)}.",
                "Check the clock: the times of this search may be wrong.",
            )
        self._at_wall_s, self._at_running_s = wall_s, running_s

    def advice(self) -> tuple[Advice, ...]:
        """What was noticed so far, in order."""
        return tuple(self._noticed)

    def _notice(self, topic: str, say: str, then: str) -> None:
        if len(self._noticed) < SAID_AT_MOST:
            self._noticed.append(Advice(topic, say, then))


def _clock_time(wall_s: float) -> str:
    try:
        return f"{datetime.fromtimestamp(wall_s).astimezone():%H:%M}"
    except (OSError, OverflowError, ValueError):
        return "an unknown time"


def _spoken(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 90:
        return count(round(seconds), "second")
    if minutes < 120:
        return count(minutes, "minute")
    return count(minutes // 60, "hour") if minutes < 2880 else count(minutes // 1440, "day")
