"""What a piece of work may cost, so wide that no slow or busy computer fails a test; speed itself is measured in tests/bench."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_S = 600.0
"""How long a program that a test starts is waited for: one that hangs takes as long, and none that only has to wait its turn."""
LONG_S = 20.0
"""What comes at once is there long before, twenty times and more; what a test guards against takes longer still."""


def soon[T](work: Callable[[], T]) -> T:
    """What `work` gives; it may take LONG_S of this thread's own computing, which only what runs away takes."""
    began = time.thread_time()
    gave = work()
    assert time.thread_time() - began < LONG_S
    return gave
