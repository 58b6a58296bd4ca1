"""Processes of our own that look at strangers' files: how long they may take to start, and what is said where one does not."""

from __future__ import annotations

import os

from camcensus.model.errors import NotStartedError
from camcensus.model.words import clean

START_S = 30.0
"""What a new process may take until it is ready, on a busy computer."""


def patience() -> float:
    """How many times longer than on an idle computer something may take by the clock."""
    try:
        return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    except (AttributeError, OSError):  # Windows tells no load
        return 2.0


def not_started(error: OSError | None = None) -> NotStartedError:
    """What is said where the system refuses a process with this error, or one ends before it is ready: no file is to blame."""
    why = f" ({clean(error.strerror, 80)})" if error is not None and error.strerror else ""
    return NotStartedError(
        f"This computer did not start the part of Camcensus that reads such files{why}. Close other programs and try again; "
        "if that does not help, ask IT whether something blocks it."
    )
