"""What a piece of work costs, told so that a slow or busy computer fails no test; speed itself is measured in tests/bench."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

PATIENCE_S = 600.0
"""How long a program that a test starts is waited for: one that hangs takes as long, and none that only has to wait its turn."""
LONG_S = 20.0
"""Of the clock: what comes at once is there long before; what a test guards against waits longer still."""


def cpu_s(work: Callable[[], object], tries: int = 3) -> float:
    """The least that `work` cost in so many tries: seconds of this thread's own computing.

    The garbage collector is off meanwhile: a whole collection over what earlier tests left behind is not the work's cost.
    """
    return min(_once(work) for _ in range(tries))


def _once(work: Callable[[], object]) -> float:
    collects = gc.isenabled()
    gc.disable()
    try:
        began = time.thread_time()
        work()
        return time.thread_time() - began
    finally:
        if collects:
            gc.enable()
