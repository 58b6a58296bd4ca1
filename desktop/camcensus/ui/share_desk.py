"""Where files for others are made: one at a time, in a Job, with progress and Cancel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance

from camcensus.tasks import share
from camcensus.tasks.register import Inventory
from camcensus.ui import printing
from camcensus.ui.job import Emit, Job
from camcensus.ui.session import Session

type Tell = Callable[[int, int], None]


class _Stopped(Exception):
    """Somebody asked the work to stop."""


class ShareDesk(QObject):
    """`made` carries a Shared, `shown` the previews, `failed` what was being done ("save" or "show") and the error."""

    progressed = Signal(int, int)
    made = Signal(object)
    shown = Signal(object)
    failed = Signal(str, object)
    stopped = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether a file is being made, or looked at beforehand."""
        return self.job is not None

    def make(self, path: Path, wish: share.ShareWish, passphrase: str | None) -> None:
        """Makes the file; the passphrase is held for as long as that takes."""
        knowledge, now = self._session.knowledge, self._session.clock()

        def work(pen: Inventory, tell: Tell) -> object:
            return share.share(pen, knowledge, path, wish, now, passphrase=passphrase, progress=tell)

        self._start("save", work, self.made)

    def preview(self, wish: share.ShareWish) -> None:
        """Reads what would be in the file."""
        knowledge, now = self._session.knowledge, self._session.clock()
        self._start("show", lambda pen, tell: share.preview(pen, knowledge, wish, now, tell), self.shown)

    def cancel(self) -> None:
        """Stops it; no file is left, and an older one stays."""
        if self.job is not None:
            self.job.cancel()

    def _start(self, what: str, work: Callable[[Inventory, Tell], object], then: SignalInstance) -> None:
        inventory, now = self._session.inventory, self._session.clock()
        if inventory is None or self.busy:
            return
        holder: list[Job] = []

        def do(emit: Emit) -> object:
            def tell(done: int, of: int) -> None:
                if holder[0].cancel_wanted:
                    raise _Stopped
                emit((done, of))

            try:
                with printing.own_pen(inventory, now) as pen:
                    return work(pen, tell)
            except _Stopped:
                return None

        async def run(emit: Emit) -> object:
            made = await asyncio.to_thread(do, emit)
            if made is None:
                raise asyncio.CancelledError
            return made

        def over() -> None:
            self.job = None

        job = self.job = Job(run)
        holder.append(job)
        job.progressed.connect(lambda events: self.progressed.emit(*events[-1]))
        for signal in (job.finished, job.failed, job.cancelled):
            signal.connect(over)
        job.finished.connect(then)
        job.failed.connect(lambda error: self.failed.emit(what, error))
        job.cancelled.connect(self.stopped)
        job.start()
