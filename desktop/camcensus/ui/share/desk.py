"""Where files for others are made: one at a time, in a Job, with progress and Cancel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance

from camcensus.tasks.progress import Progress
from camcensus.tasks.register.verbs import Inventory
from camcensus.tasks.share import making as share
from camcensus.ui.job import Job
from camcensus.ui.own_pen import own_pen
from camcensus.ui.session import Session


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
        self._what, self._then = "", self.made

    @property
    def busy(self) -> bool:
        """Whether a file is being made, or looked at beforehand."""
        return self.job is not None

    def make(self, path: Path, wish: share.ShareWish, passphrase: str | None) -> None:
        """Makes the file; the passphrase is held for as long as that takes."""
        knowledge, now = self._session.knowledge, self._session.clock()

        def work(pen: Inventory, tell: Progress) -> object:
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

    def _start(self, what: str, work: Callable[[Inventory, Progress], object], then: SignalInstance) -> None:
        inventory, now = self._session.inventory, self._session.clock()
        if inventory is None or self.busy:
            return

        def do(tell: Progress) -> object:
            with own_pen(inventory, now) as pen:
                return work(pen, tell)

        job = self.job = Job.counting(do)
        self._what, self._then = what, then
        # Slots of this object end with it, where a job still tells after the window is gone.
        job.progressed.connect(self._told)
        job.finished.connect(self._finished)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._cancelled)
        job.start()

    def _told(self, events: tuple[tuple[int, int], ...]) -> None:
        self.progressed.emit(*events[-1])

    def _finished(self, result: object) -> None:
        self.job = None
        self._then.emit(result)

    def _failed(self, error: BaseException) -> None:
        self.job = None
        self.failed.emit(self._what, error)

    def _cancelled(self) -> None:
        self.job = None
        self.stopped.emit()
