"""A long piece of work in a thread of its own, with exactly one ending: finished, failed or cancelled."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, Literal

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from camcensus.model.errors import CamcensusError
from camcensus.model.later import later
from camcensus.tasks.progress import Progress

if TYPE_CHECKING:
    import asyncio
else:
    asyncio = later("asyncio")

type Emit = Callable[[object], None]
type Tell = Callable[..., object]

REPORT_EVERY_S = 0.1
"""Progress reaches the window at most ten times a second, however fast the work reports it."""


class _JobStoppedError(Exception):
    """Somebody asked the work to stop."""


class Job(QObject):
    """Runs `work(emit)` in one daemon thread, and awaits what it gives where that is a coroutine.

    `progressed` carries a tuple of what was emitted since the last time, in order. All signals are sent in the thread the job
    was made in. `cancel` works at any moment, also before `start` and after the end. A job is kept alive until it has ended.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    _came = Signal(object)
    _over = Signal(str, object)

    _alive: ClassVar[set[Job]] = set()

    def __init__(self, work: Callable[[Emit], object], **told: Tell | SignalInstance) -> None:
        """`work` is a function, or a coroutine's; `told` are what the signals call, by their names: `finished=…, failed=…`."""
        super().__init__()
        for name, call in told.items():
            getattr(self, name).connect(call)
        self._work = work
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[object] | None = None
        self._cancel_wanted = False
        self._waiting: list[object] = []
        self._thread: threading.Thread | None = None
        self.ended: Literal["", "finished", "failed", "cancelled"] = ""
        self._came.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._over.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @property
    def cancel_wanted(self) -> bool:
        """Whether somebody asked it to stop; work that does not wait for anything looks here, from its own thread."""
        return self._cancel_wanted

    @property
    def running(self) -> bool:
        """Whether the job was started and its ending has not been told yet."""
        return self._thread is not None and not self.ended

    @classmethod
    def counting(cls, work: Callable[[Progress], object | None]) -> Job:
        """A job of work that waits for nothing: in a thread of its own, progress gets out while it lasts.

        `progressed` carries what it tells, and telling ends it once somebody asked; it was stopped too where it gives None.
        """

        def run(emit: Emit) -> object | None:
            def progress(done: int, of: int) -> None:
                if job.cancel_wanted:
                    raise _JobStoppedError
                emit((done, of))

            try:
                return work(progress)
            except _JobStoppedError:
                return None

        async def whole(emit: Emit) -> object:
            made = await asyncio.to_thread(run, emit)
            if made is None:
                raise asyncio.CancelledError
            return made

        job = cls(whole)
        return job

    def start(self) -> Job:
        """Starts the thread; a second call does nothing. Gives itself."""
        if self._thread is None:
            Job._alive.add(self)
            self._thread = threading.Thread(target=self._run, name="camcensus-job", daemon=True)
            self._thread.start()
        return self

    def cancel(self) -> None:
        """Asks the work to stop. It may still finish, if it was done already or turns a cancel into a result."""
        with self._lock:
            self._cancel_wanted = True
            loop, task = self._loop, self._task
            if loop is not None and task is not None and not loop.is_closed():
                loop.call_soon_threadsafe(task.cancel)

    def wait(self, timeout_s: float) -> bool:
        """Waits for the thread itself, without events; True when it has ended."""
        if self._thread is not None:
            self._thread.join(timeout_s)
            return not self._thread.is_alive()
        return True

    def _run(self) -> None:
        try:
            result = asyncio.run(self._main())
        except asyncio.CancelledError:
            ending: tuple[str, object] = ("cancelled", None)
        except BaseException as error:
            ending = ("failed", error)
        else:
            ending = ("finished", result)
        with self._lock:
            self._loop = self._task = None
        self._flush()
        self._send(self._over, *ending)

    async def _main(self) -> object:
        loop = asyncio.get_running_loop()
        task: asyncio.Task[object] = asyncio.ensure_future(self._whole())
        with self._lock:
            self._loop, self._task = loop, task
            if self._cancel_wanted:
                task.cancel()
        return await task

    async def _whole(self) -> object:
        made = self._work(self._emit)
        return await made if isinstance(made, Awaitable) else made

    def _emit(self, value: object) -> None:
        with self._lock:
            first = not self._waiting
            self._waiting.append(value)
            loop = self._loop
        if first and loop is not None:
            loop.call_soon_threadsafe(loop.call_later, REPORT_EVERY_S, self._flush)

    def _flush(self) -> None:
        with self._lock:
            values, self._waiting = tuple(self._waiting), []
        if values:
            self._send(self._came, values)

    @staticmethod
    def _send(signal: SignalInstance, *values: object) -> None:
        try:
            signal.emit(*values)
        except RuntimeError:  # the program is closing and Qt's half of the job is gone
            return

    @Slot(object)
    def _pass_on(self, values: object) -> None:
        if not self.ended:
            self.progressed.emit(values)

    @Slot(str, object)
    def _end(self, how: str, value: object) -> None:
        if self.ended:
            return
        Job._alive.discard(self)
        if how == "finished":
            self.ended = "finished"
            self.finished.emit(value)
        elif how == "failed":
            self.ended = "failed"
            self.failed.emit(value)
        else:
            self.ended = "cancelled"
            self.cancelled.emit()
        self.deleteLater()  # Qt keeps what signals call, unseen by the garbage collector: a dialog would stay


def answer_failure(error: BaseException, say: Callable[[str], object], defect: Callable[[BaseException], object]) -> None:
    """Says in a sentence what did not work; what is wrong with the program itself goes to `defect`."""
    if isinstance(error, CamcensusError):
        say(str(error))
    else:
        defect(error)


def any_running() -> bool:
    """Whether any job is at work."""
    return bool(Job._alive)


def stop_all(timeout_s: float = 3) -> None:
    """Cancels every job and waits for their threads; for the end of the program."""
    jobs = tuple(Job._alive)
    for job in jobs:
        job.cancel()
    for job in jobs:
        job.wait(timeout_s)
