"""Where files for others are made: one at a time, in a Job, with progress and Cancel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from camcensus.tasks.progress import Progress
from camcensus.tasks.share import making as share
from camcensus.ui.job import Job
from camcensus.ui.own_pen import own_pen
from camcensus.ui.session import Session


class ShareDesk(QObject):
    """`made` carries a Shared, `failed` the error."""

    progressed = Signal(int, int)
    made = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether a file is being made."""
        return self.job is not None

    def make(self, path: Path, wish: share.ShareWish, passphrase: str | None) -> None:
        """Makes the file; the passphrase is held for as long as that takes."""
        knowledge, inventory, now = self._session.knowledge, self._session.inventory, self._session.clock()
        if inventory is None or self.busy:
            return

        def work(tell: Progress) -> share.Shared:
            with own_pen(inventory, now) as pen:
                return share.share(pen, knowledge, path, wish, now, passphrase=passphrase, progress=tell)

        job = self.job = Job.counting(work)
        # Slots of this object end with it, where a job still tells after the window is gone.
        job.progressed.connect(self._told)
        job.finished.connect(self._finished)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._cancelled)
        job.start()

    def cancel(self) -> None:
        """Stops it; no file is left, and an older one stays."""
        if self.job is not None:
            self.job.cancel()

    def _told(self, events: tuple[tuple[int, int], ...]) -> None:
        self.progressed.emit(*events[-1])

    def _finished(self, result: object) -> None:
        self.job = None
        self.made.emit(result)

    def _failed(self, error: BaseException) -> None:
        self.job = None
        self.failed.emit(error)

    def _cancelled(self) -> None:
        self.job = None
        self.stopped.emit()
