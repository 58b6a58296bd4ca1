"""Saving a round's photos: all that were given become one change."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from camcensus.model.changes import Changes
from camcensus.model.words import count
from camcensus.tasks.progress import Progress
from camcensus.tasks.register import photo_files
from camcensus.tasks.register.alike import do
from camcensus.tasks.register.verbs import HandRow, Inventory
from camcensus.ui.job import Job
from camcensus.ui.session import Session

WAITING = "Saving photos. Wait a moment, then do it again."


class PhotoSaving(QObject):
    """`saved` gives the Changes, None where no photo was saved, and a sentence of files that could not be read."""

    said = Signal(str)
    saved = Signal(object, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether it is saving."""
        return self.job is not None and self.job.running

    def save(self, gifts: Sequence[photo_files.Gift], new: Mapping[str, HandRow], broken: Sequence[Path]) -> None:
        """In a Job: each is read, stripped and put away one after the other."""
        session, unread = self._session, list(broken)
        by, knowledge, now = session.by, session.knowledge, session.clock()

        def work(pen: Inventory, progress: Progress) -> Changes:
            with tempfile.TemporaryDirectory(prefix="camcensus-") as folder:
                kept, more = photo_files.put_away(gifts, Path(folder), lambda done: progress(done, len(gifts)))
                unread.extend(path for path in more if path not in broken)
                edit = photo_files.save_round(knowledge, kept, new)
                return do(pen, knowledge, edit, by=by, now=now) if kept else Changes()

        def ended(changes: Changes | None) -> None:
            self.saved.emit(changes if changes and changes.change_id else None, photo_files.unread_words(unread))

        self.job = session.beside("No photo was saved", WAITING, work, ended)
        if self.job is not None:
            told = count(len(gifts), "photo")
            self.job.progressed.connect(lambda values: self.said.emit(f"Saving {values[-1][0]} of {told}…"))
