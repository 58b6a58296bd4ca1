"""Readers that are written in other languages run in a process of their own, with limits: what kills one kills no Camcensus.

Spreadsheets, pictures and pages of PDFs come from anybody, and their readers are native code: one that is led astray asks for
all memory, never comes to an end, or takes its process with it. `apart` gives the work to a process that waits for such work,
and ends it where it goes over its limits; the next work starts a new one. It is our own, since no library we know bounds one
call's memory and time and keeps the process for the next (a pool of `concurrent.futures` breaks whole when one dies).
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from camcensus.model.errors import IntakeError
from camcensus.model.processes import START_S, not_started, patience

TIME_S = 5.0
"""Processor time for one piece of work, unless it names more."""
MEMORY_BYTES = 400 << 20
"""Memory for one piece of work beside what the process has already."""
ITSELF_BYTES = 20 << 20
"""What lies in memory of a process beside its work. What its libraries take and earlier work left counts as the work's."""
LOOK_S = 0.02
"""How often is looked at what lies in its memory."""
GRACE_S = 1.0
SPENT_BYTES = 128 << 20
"""A process that still holds so much more after its work than at its start ends: what readers leave behind adds up."""


class OverLimitError(Exception):
    """The work took too long, needed too much memory, or took its process with it."""


class _OverMemoryError(OverLimitError):
    """More lay in the memory of its process than may."""


class _Worker:
    """One process and the pipe to it. Raises NotStartedError."""

    def __init__(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        try:
            self.pipe, theirs = spawn.Pipe()
            with theirs:
                self.process = spawn.Process(target=_serve, args=(theirs,), daemon=True)
                self.process.start()
        except OSError as error:
            raise not_started(error) from error
        try:
            if self.pipe.poll(START_S * patience()):
                self.pipe.recv()
                return
        except (EOFError, OSError):
            pass
        self.end()
        raise not_started()

    def wait(self, most_s: float, most_bytes: int) -> None:
        """Until it answers. Raises OverLimitError where that takes longer, or more lies in its memory, whoever reserved it."""
        end_s = time.monotonic() + most_s
        while not self.pipe.poll(LOOK_S):
            if _in_memory_bytes(self.process.pid) > most_bytes:
                raise _OverMemoryError
            if time.monotonic() > end_s:
                raise OverLimitError

    def end(self) -> None:
        """End the process at once."""
        with contextlib.suppress(OSError):
            self.pipe.close()
        self.process.kill()
        self.process.join(5)


_worker: _Worker | None = None
_turn = threading.Lock()
_is_worker = False


def apart[**P, T](work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What `work`, a function of a module, gives for these values, within TIME_S and MEMORY_BYTES. See `apart_within`."""
    return apart_within(TIME_S, MEMORY_BYTES, work, *given, **named)


def apart_within[**P, T](time_s: float, memory_bytes: int, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """The same, with limits of its own.

    Raises OverLimitError, NotStartedError, and the IntakeError that `work` raises; nothing else of it.
    """
    if _is_worker:
        return work(*given, **named)
    with _turn:
        is_fresh = _worker is None
        try:
            kind, result = _done(time_s, memory_bytes, work, given, named)
        except _OverMemoryError:
            if is_fresh:
                raise
            kind, result = _done(time_s, memory_bytes, work, given, named)  # what earlier work left is no fault of it
    if kind == "done":
        return result  # type: ignore[no-any-return]
    if kind == "intake":
        raise IntakeError(result)
    raise OverLimitError


def _done(time_s: float, memory_bytes: int, *work: object) -> tuple[str, Any]:
    """How the work ended, and what it gave. Raises OverLimitError, NotStartedError."""
    try:
        worker = _begin((time_s, memory_bytes, *work))
        worker.wait((time_s + GRACE_S) * patience(), memory_bytes + ITSELF_BYTES)
        kind, result, is_spent = worker.pipe.recv()
    except (EOFError, OSError) as error:
        _drop()
        raise OverLimitError from error
    except BaseException:  # also Ctrl+C: the answer would be taken for the next work's
        _drop()
        raise
    if is_spent:
        _drop()
    return kind, result


def _begin(work: tuple[object, ...]) -> _Worker:
    """The process that has begun the work. One that ended before, killed for the memory of another, say, is no fault of it."""
    global _worker  # noqa: PLW0603 – one process is kept for all
    for _ in range(2):
        if _worker is None or not _worker.process.is_alive():
            _worker = _Worker()
        with contextlib.suppress(EOFError, OSError):
            _worker.pipe.send(work)
            if _worker.pipe.poll(START_S * patience()):
                _worker.pipe.recv()
                return _worker
        _drop()
    raise OverLimitError


def _drop() -> None:
    global _worker  # noqa: PLW0603
    if _worker is not None:
        _worker.end()
    _worker = None


atexit.register(_drop)


def _serve(pipe: Any) -> None:
    """What the process does until the other end of the pipe is closed."""
    global _is_worker  # noqa: PLW0603
    _is_worker = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one who gives the work
    _be_quiet()
    _give_back()
    pipe.send(None)
    at_start = _own_bytes()
    while True:
        try:
            time_s, memory_bytes, work, given, named = pipe.recv()
            _limit(time_s, memory_bytes)
            pipe.send(None)
        except (EOFError, OSError, MemoryError, KeyboardInterrupt):
            return
        answer: tuple[str, Any]
        try:
            answer = ("done", work(*given, **named))
        except IntakeError as error:
            answer = ("intake", str(error))
        except BaseException:  # a reader raises whatever a broken file makes it stumble over, a panic of Rust among it
            answer = ("over", None)
        try:
            given, named = (), {}
            pipe.send((*answer, _own_bytes() > at_start + SPENT_BYTES))
        except (OSError, MemoryError):
            return


def _be_quiet() -> None:
    """Nothing reaches stderr: readers print traces there when they fail."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 2)
        os.close(nowhere)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("per_process_time", ctypes.c_int64), ("per_job_time", ctypes.c_int64), ("flags", wintypes.DWORD),
            ("least", ctypes.c_size_t), ("most", ctypes.c_size_t), ("active", wintypes.DWORD), ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD), ("scheduling", wintypes.DWORD),
        )  # fmt: skip

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t),
        )  # fmt: skip

    _job: list[int] = []

    def _own_bytes() -> int:
        return 0

    def _in_memory_bytes(_process: int | None) -> int:
        """The job object limits all of it."""
        return 0

    def _give_back() -> None:
        """Windows does by itself."""

    def _limit(_time_s: float, memory_bytes: int) -> None:
        """A job object that holds this process alone; time is kept by the one who waits. Source: Windows, "Job Objects"."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        if not _job:
            _job.append(kernel.CreateJobObjectW(None, None) or 0)
            kernel.AssignProcessToJobObject(wintypes.HANDLE(_job[0]), wintypes.HANDLE(kernel.GetCurrentProcess()))
        limits = _Extended()
        limits.basic.flags = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
        limits.process_memory = memory_bytes + (200 << 20)
        kernel.SetInformationJobObject(wintypes.HANDLE(_job[0]), 9, ctypes.byref(limits), ctypes.sizeof(limits))
else:
    import resource

    def _give_back() -> None:
        """Whatever is larger than a megabyte goes back to the system once it is let go: pictures leave gaps in what is kept.

        Source: mallopt(3), M_MMAP_THRESHOLD, which otherwise grows to 32 MB. Not every system has it.
        """
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(-3, 1 << 20)

    def _limit(time_s: float, memory_bytes: int) -> None:
        """So much processor time and memory more than the process has used by now.

        Of memory what can be written counts: the reader of PDF reserves much more than it uses. Source: proc(5), setrlimit(2).
        """
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        _set(resource.RLIMIT_CORE, 0)
        _set(resource.RLIMIT_CPU, int(used + time_s + 1))
        if held := _held_bytes():
            _set(resource.RLIMIT_DATA, held + memory_bytes)

    def _held_bytes() -> int:
        """What can be written of this process, 0 where the system does not say: also what it reserved and does not use."""
        return _statm()[5] * resource.getpagesize()

    def _own_bytes() -> int:
        """What of that lies in memory now, 0 where the system does not say."""
        held = _statm()
        return (held[1] - held[2]) * resource.getpagesize()

    def _in_memory_bytes(process: int | None) -> int:
        """All that lies in memory of a process, 0 where the system does not say."""
        return _statm(process)[1] * resource.getpagesize()

    def _statm(process: int | str | None = "self") -> list[int]:
        """Pages of a process. Source: proc(5), /proc/pid/statm: in all, resident, shared, text, lib, data, dt."""
        with contextlib.suppress(OSError, ValueError), open(f"/proc/{process}/statm", "rb") as held:  # noqa: PTH123
            return [int(pages) for pages in held.read().split()]
        return [0] * 7

    def _set(what: int, soft: int) -> None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (soft, resource.getrlimit(what)[1]))
