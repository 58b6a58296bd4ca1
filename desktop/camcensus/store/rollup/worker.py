"""Processes that look at strangers' files one after another: one that hangs or eats memory costs that file, not the roll-up."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import sqlite3
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from camcensus.model.errors import disk_error, shown
from camcensus.model.processes import START_S, not_started, patience
from camcensus.store.rollup.check import HEAP_LIMIT_BYTES, SIZE_LIMIT_BYTES, TIME_S, TIME_S_PER_MB, Inspected, inspect

FOLDER = "camcensus-rollup-"
"""How the folder of private copies begins, in the system's folder for temporary files."""
MEMORY_LIMIT_BYTES = 2 << 30
GRACE_S = 1.0
"""What a process has on top of the time that it gives itself."""
_EACH = 2
"""Files given to a process at a time, so that it never waits."""


@dataclass(slots=True)
class _Process:
    process: Any
    pipe: Any
    given: deque[int] = field(default_factory=deque)
    since_s: float = 0.0
    ready: bool = False


class Inspectors:
    """Some processes and their folder of private copies; a context manager. Files are told of in the order given."""

    def __init__(self, known: frozenset[str], processes: int | None = None) -> None:
        self._known = known
        self._count = processes or max(1, min(4, os.cpu_count() or 1))
        self._processes: list[_Process] = []
        self._spawn = multiprocessing.get_context("spawn")
        try:
            self.folder = Path(tempfile.mkdtemp(prefix=FOLDER))
        except OSError as error:
            raise disk_error(Path(tempfile.gettempdir()), error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for one in self._processes:
            _end(one)
        remove_folder(self.folder)

    def inspect(self, paths: Sequence[Path]) -> Iterator[tuple[Path, Inspected]]:
        """Each file with what it is; the private copy of a sound one is the caller's to remove."""
        waiting = deque(range(len(paths)))
        found: dict[int, Inspected] = {}
        for number, path in enumerate(paths):
            while True:
                self._give(waiting, paths, number)
                if number in found:
                    break
                self._take(found, waiting, paths)
            yield path, found.pop(number)

    def _give(self, waiting: deque[int], paths: Sequence[Path], number: int) -> None:
        """Keep every process busy, but none far ahead of what is taken: copies lie on the disk meanwhile."""
        while len(self._processes) < min(self._count, len(waiting)):
            try:
                self._processes.append(self._start())
            except OSError as error:
                if not self._processes:
                    raise not_started(error) from error
                self._count = len(self._processes)  # the system has room for no more
        while waiting and waiting[0] < number + 2 * _EACH * self._count:
            idle = min(self._processes, key=lambda one: len(one.given))
            if len(idle.given) >= _EACH:
                return
            index = waiting.popleft()
            if not idle.given:
                idle.since_s = time.monotonic()
            idle.given.append(index)
            with contextlib.suppress(OSError):  # it has ended: `_take` sees that
                idle.pipe.send((index, str(paths[index]), str(self._copy(index))))

    def _copy(self, index: int) -> Path:
        return self.folder / f"{index}.copy"

    def _take(self, found: dict[int, Inspected], waiting: deque[int], paths: Sequence[Path]) -> None:
        busy = [one for one in self._processes if one.given]
        left = min(self._left_s(one, paths) for one in busy)
        ready = set(multiprocessing.connection.wait([one.pipe for one in busy], max(0.0, left)))
        for one in busy:
            if one.pipe in ready:
                try:
                    index, inspected = one.pipe.recv()
                except (EOFError, OSError) as error:
                    if not one.ready:
                        raise not_started() from error
                    self._lost(one, found, waiting, paths, "needs more memory than a sound file does")
                    continue
                one.since_s = time.monotonic()
                one.ready = True
                if index is not None:
                    one.given.remove(index)
                    found[index] = inspected
            elif self._left_s(one, paths) <= 0:
                if not one.ready:
                    raise not_started()
                self._lost(one, found, waiting, paths, "takes too long to read")

    def _left_s(self, one: _Process, paths: Sequence[Path]) -> float:
        try:
            size = paths[one.given[0]].lstat().st_size
        except OSError:
            size = 0
        limit = TIME_S + GRACE_S + TIME_S_PER_MB * min(size, SIZE_LIMIT_BYTES) / 1e6
        return one.since_s + limit * patience() + (0 if one.ready else START_S) - time.monotonic()

    def _lost(self, one: _Process, found: dict[int, Inspected], waiting: deque[int], paths: Sequence[Path], why: str) -> None:
        """End a process; the file it was at is refused, the next one is given to another."""
        first = one.given.popleft()
        found[first] = Inspected("refused", "too-slow", f"“{shown(paths[first])}” {why}; ask them to send it again.")
        waiting.extendleft(reversed(one.given))
        _end(one)
        self._copy(first).unlink(missing_ok=True)
        self._processes.remove(one)

    def _start(self) -> _Process:
        ours, theirs = self._spawn.Pipe()
        with theirs:
            process = self._spawn.Process(target=_serve, args=(theirs, self._known), daemon=True)
            process.start()
        return _Process(process, ours, since_s=time.monotonic())


def _end(one: _Process) -> None:
    with contextlib.suppress(OSError):
        one.pipe.close()
    one.process.kill()
    one.process.join(5)


def _serve(pipe: Any, known: frozenset[str]) -> None:
    """What a process does until the other end of the pipe is closed."""
    _limit_memory()
    pipe.send((None, None))
    while True:
        try:
            index, path, copy = pipe.recv()
            pipe.send((index, inspect(Path(path), Path(copy), known)))
        except (EOFError, OSError, KeyboardInterrupt):
            return


def _limit_memory() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one who gives the files
    with contextlib.closing(sqlite3.connect(":memory:")) as any_connection:
        any_connection.execute(f"PRAGMA hard_heap_limit = {HEAP_LIMIT_BYTES}").fetchone()  # of the whole process
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))


def remove_folder(folder: Path) -> None:
    """Remove a folder of private copies, also one that a killed roll-up left; never anything else."""
    if not folder.name.startswith(FOLDER) or folder.parent != Path(tempfile.gettempdir()) or folder.is_symlink():
        return
    with contextlib.suppress(OSError):
        for one in folder.iterdir():
            one.unlink(missing_ok=True)
        folder.rmdir()
