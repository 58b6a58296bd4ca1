"""What every command shares: how it ends, what it says, and the knowledge it is given."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from camcensus.model.later import later
from camcensus.model.words import clean

if TYPE_CHECKING:
    from camcensus.model.knowledge import Knowledge

DONE, REFUSED, WRONG, COULD_NOT = 0, 1, 2, 3
DataDir = Callable[[], Path]
Window = Callable[[Path | None, Path, bool], int]


class Wrong(Exception):
    """Arguments that cannot be used; one sentence."""


def say(sentence: object, status: int) -> int:
    """Print a sentence on stderr, where that takes it; gives the status back, which says the same."""
    try:
        print(sentence, file=sys.stderr, flush=True)
    except OSError:
        print_no_more(sys.stderr)
    return status


def print_no_more(stream: Any) -> None:
    """What is still to be printed goes nowhere, so that the interpreter does not complain at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def now() -> datetime:
    return datetime.now(UTC)


def who() -> str:
    """Whose name stands with what a command changes."""
    try:
        return f"{getpass.getuser()}, by the command line"
    except (OSError, KeyError, ImportError):
        return "by the command line"


def load(arguments: argparse.Namespace, data_dir: DataDir) -> Knowledge:
    """As `load_with_path`; says where the knowledge is old."""
    from camcensus.tasks.knowledge.updates import age_notice

    knowledge, _ = load_with_path(arguments, data_dir)
    if (old := age_notice(knowledge.version, now().date())) is not None:
        print(old, file=sys.stderr)
    return knowledge


def load_with_path(arguments: argparse.Namespace, data_dir: DataDir) -> tuple[Knowledge, Path]:
    """The knowledge base that --knowledge names, checked as a stranger's, else the newest there is; and its file."""
    from camcensus.store.vendors_db.read import load_knowledge
    from camcensus.store.vendors_db.updates import load_brought
    from camcensus.tasks.knowledge.updates import knowledge_in_use

    if arguments.knowledge:
        return load_brought(arguments.knowledge), arguments.knowledge
    used = knowledge_in_use(data_dir())
    if used.problem:
        print(used.problem, file=sys.stderr)
    return load_knowledge(used.path), used.path


def print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


def pairs(given: list[str], like: str = "--map “Location 2=room_or_area”") -> dict[str, str]:
    """What options say of columns or cells, before and after the equals sign: heading or letter -> field. Raises Wrong."""
    found = {}
    for pair in given:
        column, equals, name = pair.rpartition("=")
        if not equals or not column.strip() or not name.strip():
            raise Wrong(f"“{clean(pair, 60)}” does not say what a column is; write it like {like}.")
        found[column.strip()] = name.strip().lower()
    return found


def open_window(arguments: argparse.Namespace, data_dir: DataDir, window: Window) -> int:
    """The window, on the inventory that “open” names, else on the last one or the first-run steps."""
    named: Path | None = getattr(arguments, "inventory", None)
    return window(None if named is None else named.resolve(), data_dir(), False)


# A line of progress on a terminal.

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


# An option of a command in one line: its name, what it does, and what it takes.

PATHS = ("FILE", "DIR", "INVENTORY")


def option(made: argparse._ActionsContainer, name: str, words: str, takes: str = "", **more: Any) -> None:
    """One that is there or not, or `takes` a text; of a FILE ("FILE.csv" too), DIR or INVENTORY it is a Path."""
    if not takes:
        made.add_argument(name, action="store_true", help=words)
        return
    kind = Path if takes.partition(".")[0] in PATHS else str
    made.add_argument(name, type=kind, metavar=takes, help=words, **more)


# Ctrl+C and a polite kill: what they do before, while and after a search runs.

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
