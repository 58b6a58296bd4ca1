"""Times when this computer stood still or slept in a search: what was asked meanwhile is asked again, and sleep is said."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime

from camcensus.model.scan import Advice
from camcensus.model.words import count

STALL_S = 1.0
"""A busy computer looks late by less; one that stood still longer takes answers in time for late ones."""
LEAST_S = 30.0
"""A shorter gap is no sleep."""


def _awake_and_asleep_s() -> float:
    """A clock that nobody can set and that runs while the computer sleeps. Source: clock_gettime of Linux and of macOS."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


class ClockWatch:
    """Told often that the search is alive; where it was not for LEAST_S, `advice` says so."""

    def __init__(self, wall_s: Callable[[], float] = time.time, running_s: Callable[[], float] = _awake_and_asleep_s) -> None:
        self._wall_s, self._running_s = wall_s, running_s
        self._at_wall_s, self._at_running_s, self._looked_s = wall_s(), running_s(), time.monotonic()
        self._noticed: list[Advice] = []
        self.stalls: list[tuple[float, float]] = []

    def look(self) -> None:
        """Compares the clock with how it was at the look before."""
        now_s, gap_s = time.monotonic(), self._running_s() - self._at_running_s
        if gap_s > STALL_S:
            self.stalls.append((self._looked_s, now_s))
        if gap_s > LEAST_S:
            slept = count(max(1, round(gap_s / 60)), "minute")
            at = f"{datetime.fromtimestamp(self._at_wall_s).astimezone():%H:%M}"
            say = f"The search was interrupted at {at} for {slept}: this computer slept."
            then = "Search again with the computer awake: some devices may not have been asked or heard."
            self._noticed.append(Advice("interrupted", say, then))
        self._at_wall_s, self._at_running_s, self._looked_s = self._wall_s(), self._running_s(), now_s

    def advice(self) -> tuple[Advice, ...]:
        """What was noticed so far, in order."""
        return tuple(self._noticed)

    def stood_still(self, asked_s: tuple[float, float]) -> bool:
        """Whether this computer stood still while something was asked, from and until, on the loop's clock."""
        return any(asked_s[0] <= until and since <= asked_s[1] for since, until in self.stalls)
