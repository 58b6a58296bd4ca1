"""Files that are copies of a record: one made for auditors is shown, a back-up becomes a record again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError
from camcensus.model.later import later
from camcensus.model.words import clean
from camcensus.ui.job import Emit, Job, answer_failure
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog, tell
from camcensus.ui.kit.forms import labelled
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.widgets import Text
from camcensus.ui.own_pen import own_pen
from camcensus.ui.session import Session

if TYPE_CHECKING:
    from camcensus.store import backup_file
    from camcensus.tasks import safekeeping
else:
    backup_file, safekeeping = later("camcensus.store.backup_file"), later("camcensus.tasks.safekeeping")

BACKUP = ".camcensus-backup"
RECORD = "Camcensus record (*.camcensus)"
FILTER = f"Camcensus back-up (*{BACKUP})"

type Then = file_dialogs.Then
type Defect = Callable[[BaseException], None]


def show_exchange(parent: QWidget, path: Path, defect: Defect) -> None:
    """Reads a copy made for auditors in a Job, and shows it; says why not where it cannot be read."""
    from camcensus.tasks.share.view import read_exchange_file
    from camcensus.ui.share.exchange_dialog import ExchangeDialog

    Job(
        lambda _: read_exchange_file(path),
        finished=lambda view: ExchangeDialog(view, parent).show_over(),
        failed=_failing(parent, f"{clean(path.name)} was not read", defect),
    ).start()


def open_backup(session: Session, parent: QWidget, backup: Path | None, then: Then, defect: Defect) -> None:
    """Asks for a back-up where none is named, for its passphrase, and where to put the record; `then` gets the new file."""
    if backup is None:
        again = partial(open_backup, session, parent, then=then, defect=defect)
        file_dialogs.open_file(parent, "Open a back-up", again, f"{FILTER};;All files (*)")
        return
    try:
        locked = backup_file.is_locked(backup)
    except CamcensusError as error:
        tell(parent, f"{clean(backup.name)} was not opened", str(error))
        return
    if not locked:
        _put(session, parent, backup, None, then, defect)
        return
    asked = PassphraseDialog(backup, parent)
    asked.accepted.connect(lambda: _put(session, parent, backup, asked.passphrase.text(), then, defect))
    asked.show_over()


class PassphraseDialog(Dialog):
    """Asks for the passphrase of a back-up."""

    def __init__(self, backup: Path, parent: QWidget) -> None:
        super().__init__(parent, f"{clean(backup.name, 60)} is locked")
        self.passphrase = Field(name="Passphrase")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        fill(
            self.body,
            Text("Type the passphrase that it was made with. Then choose where to save the record."),
            12,
            labelled("Passphrase", self.passphrase),
        )
        self.offer("Cancel", "Open back-up")
        self.passphrase.setFocus()


def _put(session: Session, parent: QWidget, backup: Path, passphrase: str | None, then: Then, defect: Defect) -> None:
    suggested = str(backup.with_name(f"{backup.name.removesuffix(BACKUP)}.camcensus"))

    def put(path: Path) -> None:
        put_at(session, parent, backup, path if path.suffix else path.with_suffix(".camcensus"), passphrase, then, defect)

    file_dialogs.save_file(parent, "Save the record", suggested, RECORD, put)


def put_at(
    session: Session, parent: QWidget, backup: Path, path: Path, passphrase: str | None, then: Then, defect: Defect
) -> None:
    """Makes a back-up a record at `path`, in a Job: the passphrase takes a second. What was there is set aside."""
    now = session.clock()

    def done(said: str) -> None:
        then(path)
        session.hub.publish(Changes(say=said))

    failed = _failing(parent, "The back-up was not opened", defect)
    Job(lambda _: safekeeping.restore(path, backup, now, passphrase), finished=done, failed=failed).start()


def save_copy(session: Session, parent: QWidget, then: Then, defect: Defect) -> None:
    """Asks where, and saves a copy of the open record there; one that is only read is left for its copy, which `then` opens."""
    path = session.path
    if path is not None:

        def save(to: Path) -> None:
            save_copy_at(session, parent, to if to.suffix else to.with_suffix(".camcensus"), then, defect)

        file_dialogs.save_file(parent, "Save a copy", f"{path.stem} copy.camcensus", RECORD, save)


def save_copy_at(session: Session, parent: QWidget, to: Path, then: Then, defect: Defect) -> None:
    """Saves a copy of the open record at a path, in a Job: a large record takes seconds."""
    inventory, now = session.inventory, session.clock()
    if inventory is None:
        return
    only_read = session.readonly_reason is not None

    def work(_: Emit) -> str:
        with own_pen(inventory, now) as pen:
            return safekeeping.save_copy(pen, to, now)

    def done(said: str) -> None:
        if only_read and session.inventory is inventory:
            then(to)
        session.hub.publish(Changes(say=said))

    Job(work, finished=done, failed=_failing(parent, "The copy was not saved", defect)).start()


def _failing(parent: QWidget, title: str, defect: Defect) -> Defect:
    return lambda error: answer_failure(error, partial(tell, parent, title), defect)
