"""The practice school: simulated cameras on this computer alone, with a record in a folder that goes when it is left."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from camcensus.ui.session import Session

if TYPE_CHECKING:
    from camcensus.ui.find.page import FindPage

NOTICE = "This is a practice school on this computer. No camera here is real."
PASSING = " What you do here is deleted when you leave it."
LEAVE = "Leave the practice school"


class PracticeSchool:
    """Opens the practice school in a session, and searches it. Who opens another record calls `end` afterwards."""

    def __init__(self, session: Session, finder: Callable[[], FindPage]) -> None:
        self._session, self._finder = session, finder
        self._folder: Path | None = None

    @property
    def notice(self) -> str:
        """What is above each page of it."""
        return NOTICE + (PASSING if self._folder is not None else "")

    def begin(self, folder: Path | None = None) -> None:
        """Makes its record and lets go of what was open. In a `folder` that is named it stays. Raises StoreError, DemoError."""
        from camcensus.ui.find import searching

        session = self._session
        own = None if folder is not None else Path(tempfile.mkdtemp(prefix="camcensus-practice-"))
        try:
            made = searching.simulated_record(session.data_dir, folder or own or Path(), session.clock())
        except BaseException:
            _remove(own)
            raise
        session.take(made)
        self.end()
        self._folder = own

    def search(self) -> None:
        """Serves its cameras on loopback, and searches for them; the first time its staff's notes and decisions follow."""
        from camcensus.ui.find import searching

        session, inventory = self._session, self._session.inventory
        if inventory is None:
            return
        set_up_record = not session.rows()
        work = searching.simulate(
            session.data_dir, inventory, session.knowledge, clock=session.clock, set_up_record=set_up_record
        )
        self._finder().run(searching.simulated_scope(), work, "the practice school")

    def end(self) -> None:
        """Deletes its record, which is closed by now."""
        _remove(self._folder)
        self._folder = None


def _remove(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
