"""Where reports are drawn for one view: in a Job, with progress and Cancel; what was drawn is what is saved and printed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from camcensus.model import frozen
from camcensus.tasks.files import Written, save_drawn
from camcensus.tasks.progress import Progress
from camcensus.tasks.register import verbs as register
from camcensus.ui.job import Job
from camcensus.ui.own_pen import own_pen
from camcensus.ui.session import Session

type DrawWithProgress = Callable[[register.Inventory, Path, Progress], Written]
"""Writes a file of an open inventory to a path, telling how far it is; what progress raises ends it."""
type DrawApart = Callable[[Path, Progress], Written]
"""The same of something else than the open inventory."""


@frozen
class _Apart:
    """A drawing that wants no record."""

    draw: DrawApart


class PaperDesk(QObject):
    """Draws one paper at a time; a newer wish replaces an older one. Nothing is written in the window's thread.

    `drawn` and `saved` carry a Written, `failed` what was being done ("draw" or "save") and the error, `stopped` follows
    `cancel`. A save that is asked for while the paper is drawn is done when it is there.
    """

    progressed = Signal(int, int)
    drawn = Signal(object)
    saved = Signal(object)
    failed = Signal(str, object)
    stopped = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = Path(tempfile.mkdtemp(prefix="camcensus-"))
        self._number = 0
        self._closed = False
        self._wanted: DrawWithProgress | _Apart | None = None
        self._save_to: Path | None = None
        self.job: Job | None = None
        self.saving: Job | None = None
        self.written: Written | None = None

    @property
    def drawing(self) -> bool:
        """Whether a paper is on its way."""
        return self.job is not None

    def draw(self, draw: DrawWithProgress | _Apart) -> None:
        """Draws a paper, in place of the one that is on its way."""
        if self._closed:
            return
        if self.job is not None:
            self._wanted = draw
            self.job.cancel()
            return
        self._number += 1
        self.job = self._start(draw, self._folder / f"paper-{self._number}.pdf")
        self.job.progressed.connect(self._progress)  # methods, not lambdas: Qt forgets them with the desk
        self.job.finished.connect(self._drawn)
        self.job.failed.connect(self._over)
        self.job.cancelled.connect(self._over)

    def draw_apart(self, draw: DrawApart) -> None:
        """Draws a paper that is of no record; what it is of, `draw` opens itself."""
        self.draw(_Apart(draw))

    def cancel(self) -> None:
        """Stops the drawing; what was drawn before stays."""
        self._wanted = self._save_to = None
        if self.job is not None:
            self.job.cancel()

    def save(self, path: Path) -> None:
        """Puts the paper, as it was drawn, at `path`; `saved` or `failed` follows."""
        if self.job is not None:
            self._save_to = path
        elif self.written is not None:
            drawn = self.written
            self.write(_Apart(lambda to, _progress: save_drawn(drawn, to)), path)

    def close(self) -> None:
        """Lets everything go; for the end of the view."""
        self._closed = True
        self.cancel()
        if self.job is not None:  # What it still tells would come to a view that is gone.
            for signal in (self.job.progressed, self.job.failed, self.job.cancelled):
                signal.disconnect()
        shutil.rmtree(self._folder, ignore_errors=True)

    def write(self, draw: DrawWithProgress | _Apart, path: Path) -> None:
        """Writes another file, such as a table, straight to `path`; `saved` or `failed` follows."""
        self.saving = self._start(draw, path)
        self.saving.finished.connect(self.saved)
        self.saving.failed.connect(lambda error: self.failed.emit("save", error))

    def _start(self, draw: DrawWithProgress | _Apart, path: Path) -> Job:
        inventory, now = self._session.inventory, self._session.clock()

        def make(progress: Progress) -> Written | None:
            if isinstance(draw, _Apart):
                return draw.draw(path, progress)
            if inventory is None:
                return None
            with own_pen(inventory, now) as pen:
                return draw(pen, path, progress)

        return Job.counting(make).start()

    def _drawn(self, written: Written) -> None:
        self.job = None
        if self._closed:
            return
        if self._wanted is not None:
            self._next()
            return
        self.written = written
        self.drawn.emit(written)
        for old in self._folder.glob("paper-*.pdf"):
            if old != written.path:
                old.unlink(missing_ok=True)
        if self._save_to is not None:
            path, self._save_to = self._save_to, None
            self.save(path)

    def _progress(self, events: tuple[tuple[int, int], ...]) -> None:
        self.progressed.emit(*events[-1])

    def _over(self, error: BaseException | None = None) -> None:
        self.job = None
        if self._closed:
            return
        if self._wanted is not None:
            self._next()
        elif error is None:
            self.stopped.emit()
        else:
            self._save_to = None
            self.failed.emit("draw", error)

    def _next(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.draw(wanted)
