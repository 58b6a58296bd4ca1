"""Taking newer knowledge of makers and lists from a signed file: which file, what happens, and how many answers change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

import camcensus
from camcensus.model.errors import CamcensusError, NoUpdateKeyError
from camcensus.model.words import clean, count
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.knowledge import updates
from camcensus.tasks.register import verbs as register
from camcensus.ui.job import Emit, Job
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.bars import Progress
from camcensus.ui.kit.buttons import Button, Fold
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine
from camcensus.ui.kit.layout import column, panel, row, stack
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.own_pen import own_pen
from camcensus.ui.session import Session

LEAD = (
    "An update is two files in one folder: vendors.db, and vendors.db.minisig, which shows who made it. It is checked "
    "before it is opened. Nothing is fetched from anywhere, and what you have stays until the new one is in place."
)
KEY_WORDS = "Only if the publisher of the update gave you a key (a .pub file), and you trust them."


class UpdateDialog(Dialog):
    """Chooses a file, takes it as a Job, and says what came of it. `taken` tells the new file; `defect` a defect of ours."""

    taken = Signal(object)
    defect = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, "Install an update from a file", width=600, lead=LEAD)
        self._session = session
        self._file: Path | None = None
        self._key: Path | None = None
        self.job: Job | None = None
        self.file_button = Button("Choose vendors.db…")
        self.file_button.clicked.connect(lambda: _ask(self, "Choose an update", "Knowledge (*.db)", self.use_file))
        self._file_words = Text("No file is chosen.", "body", "secondary")
        self._fold = Fold("Check it with another key")
        self.key_button = Button("Choose the key…", then=lambda: _ask(self, "Choose a key", "Public key (*.pub)", self.use_key))
        self._key_words = Text("The keys that came with Camcensus are used.", "body", "secondary")
        self._problem = MissingLine("body")
        self._faces = stack(self._form(), self._outcome())
        self.body.addWidget(self._faces, 1)
        self.go = self.offer("Cancel", "Install update")
        self.go.setEnabled(False)

    def _form(self) -> QWidget:
        keys = QWidget()
        inside = row(self.key_button, (self._key_words, 1), gap=12)
        column(Text(KEY_WORDS, "caption", "secondary"), 6, inside, of=keys)
        keys.hide()
        self._fold.toggled.connect(keys.setVisible)
        chosen = row(self.file_button, (self._file_words, 1), gap=12)
        return panel(column(chosen, self._fold, keys, self._problem, None, gap=10))

    def _outcome(self) -> QWidget:
        self._bar = Progress("How far the update is")
        self._said = Text("Checking the file.")
        return panel(column(self._bar, 10, self._said, None))

    def use_file(self, path: Path) -> None:
        """The update that was chosen."""
        self._file = path
        self._file_words.setText(clean(str(path), 300))
        self._problem.hide()
        self.go.setEnabled(True)

    def use_key(self, path: Path) -> None:
        """The key that was chosen."""
        self._key = path
        self._key_words.setText(clean(str(path), 300))

    @property
    def running(self) -> bool:
        """Whether a file is being looked at."""
        return self.job is not None and self.job.running

    def accept(self) -> None:
        if self._faces.currentIndex() == 1 and not self.running:
            super().accept()
            return
        file, key, session = self._file, self._key, self._session
        if file is None or self.running:
            return
        data_dir, now = session.data_dir, session.clock()
        self._bar.set_part(0, 1)
        self._said.setText("Checking the file.")
        self._faces.setCurrentIndex(1)
        self.go.setEnabled(False)
        self.cancel_button.hide()
        inventory, old = session.inventory, session.knowledge

        def take(_: Emit) -> tuple[updates.InstalledUpdate, str]:
            taken = updates.take_update(file, data_dir, app=camcensus.__version__, now=now, key=key)
            if inventory is None:
                return taken, ""
            try:
                with own_pen(inventory, now) as reader:
                    number = len(register.would_change(reader, old, load_knowledge(taken.path)))
            except CamcensusError:  # the update is in use, whatever is wrong with the register
                return taken, ""
            return taken, f"{count(number, 'answer')} in your register would change. Re-check on Cameras and recorders."

        self.job = Job(take, finished=self._finished, failed=self._failed).start()

    def _finished(self, told: tuple[updates.InstalledUpdate, str]) -> None:
        taken, changes = told
        self._bar.set_part(1, 1)
        self._said.setText(" ".join(filter(None, [taken.say, changes, *taken.notices])))
        announce(self, self._said.text())
        self.taken.emit(taken.path)
        self._end("Close")

    def _failed(self, error: BaseException) -> None:
        self._faces.setCurrentIndex(0)
        self.cancel_button.show()
        self._end("Install update")
        if isinstance(error, CamcensusError):
            keyless = isinstance(error, NoUpdateKeyError)
            self._fold.setChecked(self._fold.isChecked() or keyless)
            self._problem.say(clean(KEYLESS if keyless else str(error), 600))
            announce(self, self._problem.text())
        else:
            self.defect.emit(error)

    def _end(self, words: str) -> None:
        self.go.setText(words)
        self.go.setEnabled(True)
        self.go.setFocus()

    def reject(self) -> None:
        """Does nothing while a file is put in place: that takes a second."""
        if not self.running:
            super().reject()


KEYLESS = (
    "This Camcensus carries no key for updates yet. Choose the publisher’s key, or use the facts that "
    "comes with a newer Camcensus."
)


def _ask(parent: QWidget, title: str, kinds: str, then: file_dialogs.Then) -> None:
    file_dialogs.open_file(parent, title, then, f"{kinds};;All files (*)")
