"""Processes: how long one that looks at strangers' files may take to start, what is said where not, and open sockets."""

from __future__ import annotations

import contextlib
import os
import sys

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


def raise_limit(sockets: int) -> None:
    """Allows this process so many sockets and some more, as far as the system lets it: macOS allows 256 by itself."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = sockets + 512
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
