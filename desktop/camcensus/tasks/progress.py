"""Long work: its progress, given often enough that it can be stopped, and no search for garbage meanwhile."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator, Sequence

Progress = Callable[[int, int], None]
"""Called with what is done, and of how much. What it raises ends the work: that is how it is cancelled."""

EVERY = 100
"""Rows between two calls: a whole answer takes up to a millisecond to build."""


def halves(progress: Progress | None) -> tuple[Progress | None, Progress | None]:
    """Progress for the first half of a piece of work, and for the second."""
    if progress is None:
        return None, None
    tell = progress
    return lambda done, of: tell(done, 2 * of), lambda done, of: tell(of + done, 2 * of)


def begun(progress: Progress | None, done: int = 0) -> None:
    """Between two steps whose length nobody knows: nothing more is done than to let it be stopped."""
    if progress is not None:
        progress(done, max(1, done))


def counted_off[T](rows: Sequence[T], progress: Progress | None) -> Iterator[T]:
    """The rows one after the other; says how many are done."""
    for done, row in enumerate(rows):
        if progress is not None and done % EVERY == 0:
            progress(done, len(rows))
        yield row


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """No search for cyclic garbage: thousands of rows or answers make none, and looking through them again takes long.

    What was made meanwhile counts as old afterwards: the next search of what is young does not go through all of it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        if was_on:
            gc.enable()
