"""What happened to the open record, read in a Job when somebody looks at it and held until something changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from camcensus.identity.history import RegisterHistory
from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError
from camcensus.tasks.register import history
from camcensus.ui.job import Emit, Job
from camcensus.ui.own_pen import own_pen
from camcensus.ui.session import Session


class PastBook(QObject):
    """Holds the history of the open record. `came` tells that it was read, `failed` carries a sentence or a defect.

    Belongs to the window's thread. `want` reads it where it is not there; a change lets it go, and who looks wants it again.
    """

    came = Signal()
    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._read_of: object = None
        self._job: Job | None = None
        self._stale = False
        self.past: RegisterHistory | None = None
        session.hub.changed.connect(self._forget)

    @property
    def reading(self) -> bool:
        """Whether it is being read."""
        return self._job is not None

    def want(self) -> None:
        """Reads the history where it is not held; `came` follows, at once where it is."""
        inventory = self._session.inventory
        if self.past is not None and self._read_of is inventory:
            self.came.emit()
            return
        if self._job is not None or inventory is None:
            return
        now = self._session.clock()

        def work(_: Emit) -> RegisterHistory:
            with own_pen(inventory, now) as reader:
                return history.read(reader)

        self._stale, self._read_of = False, inventory
        self._job = Job(work, finished=self._take, failed=self._fail, cancelled=lambda: self._fail(None)).start()

    def _take(self, past: object) -> None:
        self._job = None
        if self._stale or self._read_of is not self._session.inventory:
            self.want()
        elif isinstance(past, RegisterHistory):
            self.past = past
            self.came.emit()

    def _fail(self, error: object) -> None:
        self._job = None
        if error is not None:
            self.failed.emit(error)

    def _forget(self, _: Changes) -> None:
        self.past, self._stale = None, True


def past_book(session: Session) -> PastBook:
    """The one book of a session."""
    return session.findChild(PastBook) or PastBook(session)


def sentence_of(error: object) -> str | None:
    """What to tell staff; None for a defect of ours."""
    return str(error) if isinstance(error, CamcensusError) else None
