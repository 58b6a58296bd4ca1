"""The window: which record, roll-up or practice school is open in it, and what follows from opening and closing one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent

from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError
from camcensus.model.later import later
from camcensus.model.words import clean
from camcensus.ui import job, opening, opening_copies, opening_rollup, second_window
from camcensus.ui.dropping import Dropping
from camcensus.ui.keys import WindowKeys
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.dialogs import tell
from camcensus.ui.kit.widgets import announce
from camcensus.ui.menu import Verb, fill_recent
from camcensus.ui.practice import LEAVE, PracticeSchool
from camcensus.ui.preferences import Preferences
from camcensus.ui.record_frame import RecordFrame
from camcensus.ui.session import Session

if TYPE_CHECKING:
    from camcensus.store.exchange_file import reading
    from camcensus.tasks.rollup import marks
    from camcensus.tasks.safekeeping import Offer
else:
    reading, marks = later("camcensus.store.exchange_file.reading"), later("camcensus.tasks.rollup.marks")

STOP_WITHIN_S = 3
"""A search gives up its sockets within a second of being asked; closing waits no longer than this."""


class MainWindow(RecordFrame):
    """The whole window. It owns the session and closes it."""

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__(session, preferences)
        self.practice = PracticeSchool(session, lambda: self.finder)
        self.dropping = Dropping(self, self.open_path)
        opening_verbs = (
            Verb("&Open a record…", ("Ctrl+O",), self.open_record),
            Verb("Open in a second &window…", ("Ctrl+Shift+O",), self.open_beside),
            self.recent,
            Verb("&New record…", ("Ctrl+Shift+N",), self.new_record),
            Verb("New roll-&up, for auditors…", (), self.new_rollup),
            Verb("Look around in a &practice school", (), self.practise),
            None,
        )
        self.keys = WindowKeys(self, opening_verbs, self.save_copy)
        self.recent.aboutToShow.connect(lambda: fill_recent(self.recent, preferences, Path.home(), self._open_again))
        self.start.done.connect(self._begun)
        self.start.open_other.connect(self.open_record)
        self.start.audit.connect(self.new_rollup)
        self.start.practise.connect(self.practise)
        session.hub.backup_wanted.connect(self.open_backup)
        session.hub.practice_wanted.connect(self.practice.search)
        session.hub.going_back.connect(self._go_back)
        session.hub.followed.connect(self._show_record)
        self._show_record()
        if session.inventory is not None:
            self.show_page("home")

    def open_record(self) -> None:
        """Asks for an inventory and opens it."""
        kinds = (
            f"All of Camcensus (*.camcensus *{marks.SUFFIX} *{opening_copies.BACKUP});;{opening_copies.RECORD};;All files (*)"
        )
        file_dialogs.open_file(self, "Open a record or a roll-up", self.open_path, kinds)

    def open_beside(self) -> None:
        """Asks for another record, and opens it in a window of its own; this one stays as it is."""
        kinds = f"{opening_copies.RECORD};;All files (*)"
        file_dialogs.open_file(self, "Open another record in a second window", self._open_path_beside, kinds)

    def _open_path_beside(self, path: Path) -> None:
        if self.session.path is not None and path.resolve() == self.session.path.resolve():
            tell(self, "It is open already", "This record is open in this window. Choose another one.")
        elif not second_window.open_beside(path):
            tell(self, "No second window was opened", "Start Camcensus once more and open the record there.")

    def _open_again(self, path: Path) -> None:
        if not self.open_path(path) and not path.exists():
            self.preferences.forget(path)

    def open_path(self, path: Path) -> bool:
        """Opens an inventory, or says in one sentence why not; what was open stays open."""
        if self._busy():
            return False
        if marks.is_rollup(path) or path.name.endswith(marks.SUFFIX):
            return self.open_rollup(path)
        if reading.is_exchange(path):
            opening_copies.show_exchange(self, path, self.show_defect)
            return False
        if path.suffix == opening_copies.BACKUP:
            self.open_backup(path)
            return False
        had_one = self.session.path is not None
        opened = opening.open_in(self.session, self, path, self._opened)
        if not opened and had_one and self.session.path is None:
            self.session.hub.publish(Changes(settings=True))
            self.show_start()
        return opened

    def open_backup(self, backup: Path | None = None) -> None:
        """Makes a back-up a record again, and opens that."""
        if not self._busy():
            opening_copies.open_backup(self.session, self, backup, self.open_path, self.show_defect)

    def save_copy(self) -> None:
        """Saves a copy of the open record; of one that is only read, the copy is opened."""
        if self.session.inventory is not None:
            opening_copies.save_copy(self.session, self, self.open_path, self.show_defect)

    def _go_back(self, found: Offer) -> None:
        if not self._busy():
            opening.go_back(self.session, self, found, self._opened)

    def open_rollup(self, path: Path) -> bool:
        """Turns the window to a roll-up, and lets the record go; says in one sentence why not."""
        frame = opening_rollup.open_in(self.session, self, path, self.menu)
        if frame is None:
            return False
        self._leave_rollup()
        self.session.close()
        self.session.hub.publish(Changes(settings=True))
        self.audit = frame
        frame.defect.connect(self.show_defect)
        self._faces.addWidget(frame)
        self.show_audit()
        self.keys.for_records(on=False)
        self.preferences.last_inventory = path
        self.setWindowTitle(f"{frame.name} – Camcensus")
        frame.show_page("audit")
        return True

    def new_rollup(self) -> None:
        """Asks where to save a new roll-up, and opens it."""
        if not self._busy():
            opening_rollup.make(self.session, self, self.open_rollup)

    def _leave_rollup(self) -> None:
        if self.audit is not None:
            self.audit.close_rollup()
            self._faces.removeWidget(self.audit)
            self.audit.deleteLater()
            self.audit = None
            self.keys.for_records(on=True)

    def _opened(self) -> None:
        news = self.session.news
        self._begun(page="home")
        if news:
            self.strip.say(news, can_undo=False)
            announce(self, news)

    def new_record(self) -> None:
        """The form of the first run, for another organisation or another building."""
        if not self._busy():
            self.show_start()

    def _busy(self) -> bool:
        """Whether something is at work on the open record; says so."""
        if opening.under_way():
            return True
        if self.searching:
            tell(self, "A search is running", "Stop the search first. What was found so far is saved.")
        elif self.session.waiting:
            tell(self, "Not now", self.session.waiting)
        elif self.audit is not None and self.audit.desk.busy:
            tell(self, "Not now", "The roll-up is being worked on. Stop that first, or wait until it has ended.")
        else:
            return False
        return True

    def practise(self, folder: Path | None = None) -> None:
        """Opens the practice school and searches it live; its record stays only where a folder is named for it."""
        if self._busy():
            return
        try:
            self.practice.begin(folder)
        except CamcensusError as error:
            tell(self, "The practice school did not start", str(error))
            if self.session.inventory is None:
                self.show_start()
            return
        self._begun(page="find")
        self.practice.search()

    def leave_practice(self) -> None:
        """Back to the record that was open last, or to the form of the first run."""
        if self._busy():
            return
        self.session.close()
        self.practice.end()
        self.session.hub.publish(Changes(settings=True))
        path = self.preferences.last_inventory
        if path is None or not self.open_path(path):
            self.show_start()

    def _begun(self, page: str = "find") -> None:
        self._leave_rollup()
        self.show_record()
        simulated = self.session.simulated
        if not simulated:
            self.practice.end()
            if self.session.path is not None:
                self.preferences.last_inventory = self.session.path
        self._show_record()
        self.show_page(page, "form" if page == "find" else None)

    def _show_record(self, _: Changes | None = None) -> None:
        body, now = self.session.body, self.session.clock()
        simulated = self.session.simulated
        name = clean(body.name) if body and body.name else ""
        if simulated:
            name = name.removesuffix(" (simulation)")
        where = "Saved" if self.session.caution else "Saved on this computer"
        note = f"{where}, {now:%H:%M}" if body else "No record is open"
        self.navigation.show_record(name or "Camcensus", note, simulation=simulated)
        if simulated:
            self._notice.say(self.practice.notice, LEAVE, self.leave_practice)
        elif self.session.readonly_reason:
            self._notice.say(self.session.readonly_reason, "Save a copy…", self.save_copy)
        else:
            self._notice.say(self.session.caution or "")
        words = [part for part in (name, "Practice" if simulated else "", "Camcensus") if part]
        self.setWindowTitle(" – ".join(words))
        self.navigation.show_number("checking", self.session.to_check_number())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stops what runs, keeps what was found, closes the record. Not while a file is being opened, which takes seconds."""
        if opening.under_way():
            event.ignore()
            return
        self.preferences.person = self.session.person
        self.preferences.geometry = self.saveGeometry()
        job.stop_all(STOP_WITHIN_S)
        for page in self.built:
            page.end()
        if self.audit is not None:
            self.audit.close_rollup()
        self.session.close()
        self.practice.end()
        super().closeEvent(event)
