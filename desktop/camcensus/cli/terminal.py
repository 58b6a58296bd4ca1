"""A line of progress on a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

CLEAR = "\r" + " " * 78 + "\r" if sys.platform == "win32" else "\r\x1b[K"
"""Goes back to the beginning of the line and empties it. Windows' consoles may print escape sequences as they are."""


@contextlib.contextmanager
def progress_line(title: str, *, percent: bool = False) -> Iterator[Callable[[int, int], None]]:
    """How far it is, on a terminal only, and the line cleared in the end."""
    shown = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if shown:
            far = f"{100 * done // max(1, total)}%" if percent else f"{done:,} of {total:,}"
            print(f"{CLEAR}{title}: {far}", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        if shown:
            print(CLEAR, end="", file=sys.stderr, flush=True)
