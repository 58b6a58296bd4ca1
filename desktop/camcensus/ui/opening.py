"""Opening a record from the window, and what is offered where that fails: the back-up, or reading only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from camcensus.model.errors import CamcensusError, DamagedFileError, DiskError, FileBusyError, shown
from camcensus.model.later import later
from camcensus.model.words import clean
from camcensus.ui.job import Emit, Job
from camcensus.ui.kit.dialogs import Dialog, ask, tell
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Opened, Session, look_into

if TYPE_CHECKING:
    from camcensus.tasks import safekeeping
else:
    safekeeping = later("camcensus.tasks.safekeeping")

TOLD_AFTER_MS = 400
_loops: list[QEventLoop] = []
"""What waits for a file that is being opened."""


def open_in(session: Session, parent: QWidget, path: Path, then: Callable[[], None]) -> bool:
    """Opens a record, or says in a sentence why not and what can be done; `then` follows each opening, also a later one."""
    if session.path is not None and not session.readonly_reason and _is_same(session.path, path):
        then()
        return True
    try:
        session.go_on(_looked_into(session, parent, path))
        then()
    except DamagedFileError as error:
        if session.path is not None and _is_same(session.path, path):  # found when it was first shown
            session.close()
        _offer_backup(session, parent, path, str(error), then)
        return False
    except FileBusyError as error:
        _offer_reading(session, parent, path, str(error), then)
        return False
    except CamcensusError as error:
        tell(parent, f"{clean(path.name)} was not opened", str(error))
        return False
    return True


def go_back(session: Session, parent: QWidget, found: safekeeping.Offer, then: Callable[[], None]) -> None:
    """Puts a back-up in the place of the open record and opens it; where that fails, the record as it was is open again."""
    path = session.path
    if path is None:
        return
    session.close()
    said, problem = "", ""
    try:
        said = safekeeping.restore(path, found.backup, session.clock())
    except CamcensusError as error:
        problem = str(error)

    def opened() -> None:
        session.news = said or session.news
        then()
        if problem:
            tell(parent, "The back-up was not opened", problem)

    open_in(session, parent, path, opened)


def under_way() -> bool:
    """Whether a file is being opened."""
    return bool(_loops)


def _looked_into(session: Session, parent: QWidget, path: Path, *, readonly: bool = False) -> Opened:
    """The opened inventory, looked into in a Job: a stranger's file may take seconds. The window is drawn meanwhile, and what a
    person does waits until then. Raises StoreError.
    """
    knowledge, now = session.knowledge, session.clock()

    def work(_: Emit) -> Opened:
        session.ready()
        opened = look_into(path, knowledge, now, readonly=readonly)
        session.back_up_before_closing()
        return opened

    loop, ended = QEventLoop(), list[object]()
    told = Dialog(parent, f"Opening {clean(path.name, 60)}")
    told.body.addWidget(Text("Camcensus is checking the file."))
    soon = QTimer(singleShot=True, interval=TOLD_AFTER_MS)
    soon.timeout.connect(told.open)
    job = Job(work)
    for ending in (job.finished, job.failed):
        ending.connect(ended.append)
        ending.connect(loop.quit)
    job.cancelled.connect(loop.quit)
    _loops.append(loop)
    try:
        soon.start()
        job.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    finally:
        _loops.remove(loop)
        soon.stop()
        told.hide()
        told.deleteLater()
    opened = ended[0] if ended else DiskError(f"Opening “{shown(path)}” was stopped.")
    if isinstance(opened, BaseException):
        raise opened
    assert isinstance(opened, Opened)
    return opened


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names are of one file."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _offer_backup(session: Session, parent: QWidget, path: Path, sentence: str, then: Callable[[], None]) -> None:
    why = "There is no back-up beside it."
    try:
        found = safekeeping.offer(path, session.clock())
    except CamcensusError as error:
        found, why = None, f"Its back-ups could not be checked: {error}"
    if found is None:
        tell(parent, f"{clean(path.name)} is damaged", f"{sentence} {why}")
        return

    def restore() -> None:
        try:
            said = safekeeping.restore(path, found.backup, session.clock())
        except CamcensusError as error:
            tell(parent, "The back-up was not opened", str(error))
            return
        if open_in(session, parent, path, lambda: None):
            session.news = said
            then()

    ask(
        parent,
        f"{clean(path.name)} is damaged",
        f"Your back-up from {found.on}, {found.at:%H:%M}, is here. What was changed after that is not in it. "
        "The damaged file stays beside it under another name.",
        "Open back-up",
        restore,
    )


def _offer_reading(session: Session, parent: QWidget, path: Path, sentence: str, then: Callable[[], None]) -> None:
    def read() -> None:
        try:
            session.go_on(_looked_into(session, parent, path, readonly=True))
        except CamcensusError as error:
            tell(parent, f"{clean(path.name)} was not opened", str(error))
            return
        then()

    ask(parent, f"{clean(path.name)} is open already", sentence, "Open for reading only", read)
