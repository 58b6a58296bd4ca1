"""Ctrl+C and a polite kill: what they do before, while and after a search runs."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any

from camcensus.model.later import later

if TYPE_CHECKING:
    import asyncio
else:
    asyncio = later("asyncio")

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """Keeps a wish to stop until there is a search that it can end; a search is asked to stop, never torn down.

    From `hold` on nothing is interrupted in the middle: a search that was not begun ends at its first step, and what was found
    is still kept and printed; who asks twice ends it at once. `release` gives the signals back, for commands that have no
    result so far.
    """

    def __init__(self) -> None:
        self._asked = False
        self._cancel: Callable[[], object] | None = None
        self._before: dict[signal.Signals, Any] = {}

    @property
    def asked(self) -> bool:
        """Whether a stop was asked for: for work that looks between two of its steps."""
        return self._asked

    def hold(self, *, at_once: bool = False) -> None:
        """Take the signals, to remember a wish or to interrupt at once; nothing outside the main thread: Python allows none."""
        for number in _SIGNALS:
            with contextlib.suppress(ValueError, OSError):
                before = signal.signal(number, signal.default_int_handler if at_once else self._ask)
                self._before.setdefault(number, before)

    def tick(self, _done: int, _of: int) -> None:
        """For work that can be ended between two steps. Raises KeyboardInterrupt where a stop was asked for."""
        if self._asked:
            raise KeyboardInterrupt

    def release(self) -> None:
        """Give the signals back. Raises KeyboardInterrupt where a stop was asked for meanwhile and nothing has taken it."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}
        if self._asked and self._cancel is None:
            self._asked = False
            raise KeyboardInterrupt

    def end(self) -> None:
        """Give the signals back at the end of a command, whatever was asked for."""
        self._asked = False
        self.release()

    async def until[T](self, work: Callable[[], Any]) -> T:
        """The result of the work; a stop cancels it after its first step. Raises KeyboardInterrupt where there is none then."""
        task = asyncio.ensure_future(work())
        loop = asyncio.get_running_loop()
        self._cancel = lambda: loop.call_soon_threadsafe(task.cancel)
        if self._asked:
            self._cancel()
        try:
            return await task  # type: ignore[no-any-return]
        except asyncio.CancelledError:
            raise KeyboardInterrupt from None
        finally:
            self._cancel = None

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt  # asked twice: at once, whatever is lost
        self._asked = True
        if self._cancel is not None:
            self._cancel()
