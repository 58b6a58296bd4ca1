"""Progress of a drawing, given often enough that it can be stopped."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with what is done, and of how much. What it raises ends the drawing: that is how it is cancelled."""

EVERY = 200
"""Beats between two calls."""


class Pulse:
    """Counts small steps of equal length, more or less, and tells `progress` of some of them."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress
        self._done = self._total = 0

    def begin(self, total: int) -> None:
        """A drawing of about so many steps begins."""
        self._done, self._total = 0, max(1, total)
        self._tell()

    def beat(self) -> None:
        """One step is done."""
        self._done += 1
        if self._done % EVERY == 0:
            self._tell()

    def end(self) -> None:
        """All is done, whatever was counted."""
        self._done = self._total
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)
