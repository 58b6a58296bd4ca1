"""The window: navigation at the left, one page at a time, and the keys that work on all of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean
from camcensus.tasks.rollup.marks import SUFFIX as ROLLUP
from camcensus.tasks.rollup.marks import is_rollup
from camcensus.tasks.safekeeping import Offer
from camcensus.tasks.share.view import is_exchange
from camcensus.ui import job, opening, opening_copies, opening_rollup, second_window
from camcensus.ui.cameras.page import CamerasPage
from camcensus.ui.dropping import Doors, Dropping
from camcensus.ui.find.page import FindPage
from camcensus.ui.go_to import GoToDialog, camera_goals, command_goals, page_goals, place_goals
from camcensus.ui.help.places import HelpKey, place_of
from camcensus.ui.help.window import show_help
from camcensus.ui.history.page import HistoryPage
from camcensus.ui.home.page import HomePage
from camcensus.ui.inventory.organisation import OrganisationDialog
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.dialogs import tell, tell_defect
from camcensus.ui.kit.focus import FocusRing, ReadByTab
from camcensus.ui.kit.layout import column, panel, row, stack_widget
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.room import Room
from camcensus.ui.kit.theme import THEME
from camcensus.ui.kit.widgets import announce
from camcensus.ui.manufacturers.page import ManufacturersPage
from camcensus.ui.menu import Verb, add_appearance, add_keys, add_verbs, fill_recent
from camcensus.ui.navigation import Entry, Navigation, keys_of
from camcensus.ui.needs_checking.page import NeedsCheckingPage
from camcensus.ui.page import Page
from camcensus.ui.places.page import PlacesPage
from camcensus.ui.plan.page import PlanPage
from camcensus.ui.practice import LEAVE, PracticeSchool
from camcensus.ui.preferences import Preferences
from camcensus.ui.reports.page import ReportsPage
from camcensus.ui.session import Session
from camcensus.ui.settings.page import SettingsPage
from camcensus.ui.share.page import SharePage
from camcensus.ui.start.page import StartPage
from camcensus.ui.strip import LastingNotice, UndoStrip

if TYPE_CHECKING:
    from camcensus.ui.audit_frame import AuditFrame

ENTRIES = (
    Entry("home", "Home", "house"),
    Entry("find", "Find cameras", "radar", gap=True),
    Entry("cameras", "Cameras and recorders", "cctv"),
    Entry("places", "Places", "map-pin"),
    Entry("checking", "Needs checking", "clipboard-check"),
    Entry("history", "History", "history", keys="Ctrl+H"),
    Entry("manufacturers", "Manufacturers", "factory", gap=True),
    Entry("plan", "Replacement plan", "calendar-range"),
    Entry("reports", "Reports", "file-text"),
    Entry("share", "Share and import", "share-2"),
)
SETTINGS = Entry("settings", "Settings", "settings")
EDGES, TITLE_BAR = 8, 40
"""Pixels that a window's edges take beside it, and its title above, on the systems we know."""
NO_GOALS = frozenset((*(entry.title for entry in ENTRIES), "&Go to…", "Stop, clear or close", "Next pane", "Pane before"))
"""Keys that are no commands to go to."""
STOP_WITHIN_S = 3
"""A search gives up its sockets within a second of being asked; closing waits no longer than this."""


class MainWindow(ReadByTab, QWidget):
    """The whole window. It owns the session and closes it."""

    spoken_role = QAccessible.Role.Window

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self.session = session
        self.preferences = preferences
        session.person = session.person or preferences.person
        self.setWindowTitle("Camcensus")
        self.resize(self.sizeHint())
        self.setMinimumSize(720, 480)
        self._menu = Menu(parent=self)
        self.audit: AuditFrame | None = None
        """What is shown in place of a record's pages while a roll-up is open."""
        self.navigation = Navigation(ENTRIES, self._menu, SETTINGS)
        self.home, self.finder = HomePage(session), FindPage(session)
        self.cameras, self.manufacturers, self.plan = CamerasPage(session), ManufacturersPage(session), PlanPage(session)
        self.cameras.use_columns_of(preferences)
        self.places, self.checking = PlacesPage(session), NeedsCheckingPage(session)
        self.history, self.reports, self.share = HistoryPage(session), ReportsPage(session), SharePage(session)
        self.settings = SettingsPage(session, preferences)
        self.finder.start_form.use_pace_of(preferences)
        self.practice = PracticeSchool(session, self.finder)
        every = (
            self.home, self.finder, self.cameras, self.places, self.checking, self.history, self.manufacturers, self.plan,
            self.reports, self.share, self.settings,
        )  # fmt: skip
        self.pages: dict[str, Page] = {page.name: page for page in every}
        self._recent = Menu("Open recen&t", self)
        self._recent.aboutToShow.connect(lambda: fill_recent(self._recent, preferences, Path.home(), self._open_again))
        self.start = StartPage(session, self._recent)
        self._stack = QStackedWidget()
        for each in self.pages.values():
            self._stack.addWidget(each)
        self._notice = LastingNotice()
        self.strip = UndoStrip()
        self._room = Room(self._stack)
        right = column(self._notice, (self._room, 1))
        self.navigation.notes.addWidget(self.strip)
        self._frame = panel(row(self.navigation, (right, 1), gap=0))
        self._faces = stack_widget(self._frame, self.start)
        column(self._faces, of=self)
        self._ring = FocusRing(self)
        doors = Doors(
            session, self.finder, self.cameras, self.places, self.settings, page=lambda: self.page.name,
            audit=lambda: self.audit, show_page=self._bring, open_path=self.open_path, new_rollup=self.new_rollup,
        )  # fmt: skip
        self.dropping = Dropping(self, doors)
        HelpKey(self, self._show_help)
        self._fill_menu()
        self.navigation.chosen.connect(self.show_page)
        self.strip.undo.connect(session.undo)
        self.start.done.connect(self._begun)
        self.start.open_other.connect(self.open_record)
        self.start.audit.connect(self.new_rollup)
        self.start.practise.connect(self.practise)
        files, stale = self.cameras.files, self.cameras.stale
        for part in (self.finder, self.plan, self.history, self.reports, self.share, self.settings, files, stale):
            part.defect.connect(self.show_defect)
        self.share.choices.register_wanted.connect(files.import_register)
        self.share.choices.backup_wanted.connect(self.open_backup)
        self.settings.go_back.connect(self._go_back)
        session.hub.changed.connect(self._changed)
        session.hub.troubled.connect(lambda title, sentence: tell(self, title, sentence))
        session.hub.asked_for.connect(self.show_page)
        self._show_record()
        self.show_page("home")

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize() - QSize(EDGES, TITLE_BAR)
        return QSize(1280, 800).boundedTo(room)

    # Pages

    @property
    def page(self) -> Page:
        """The page in view."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def show_page(self, name: str, wish: object = None) -> None:
        """Brings a page into view."""
        page = self.pages.get(name)
        if page is None:
            return
        self.strip.hide()
        self.navigation.show_page(name)
        self._stack.setCurrentWidget(page)
        page.enter(wish)
        self._room.fit()
        if not self.navigation.list.hasFocus() and self.isVisible():
            page.start_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring(self, name: str) -> None:
        """A page of the record, also while the form of the first run is shown."""
        self._faces.setCurrentWidget(self._frame)
        self.show_page(name)

    def show_start(self) -> None:
        """The form of the first run."""
        self.start.recent.setVisible(bool(self.preferences.recent))
        self._faces.setCurrentWidget(self.start)
        self.start.organisation.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_defect(self, error: BaseException) -> None:
        """Says that the program itself is wrong."""
        tell_defect(self, error)

    # Records

    def open_record(self) -> None:
        """Asks for an inventory and opens it."""
        kinds = f"All of Camcensus (*.camcensus *{ROLLUP} *{opening_copies.BACKUP});;{opening_copies.RECORD};;All files (*)"
        name = file_dialogs.open_file(self, "Open a record or a roll-up", kinds)
        if name:
            self.open_path(Path(name))

    def open_beside(self) -> None:
        """Asks for another record, and opens it in a window of its own; this one stays as it is."""
        name = file_dialogs.open_file(self, "Open another record in a second window", f"{opening_copies.RECORD};;All files (*)")
        if not name:
            return
        path = Path(name)
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
        if is_rollup(path) or path.name.endswith(ROLLUP):
            return self.open_rollup(path)
        if is_exchange(path):
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
        frame = opening_rollup.open_in(self.session, self, path, self._menu)
        if frame is None:
            return False
        self._leave_rollup()
        self.session.close()
        self.session.hub.publish(Changes(settings=True))
        self.audit = frame
        frame.defect.connect(self.show_defect)
        self._faces.addWidget(frame)
        self._faces.setCurrentWidget(frame)
        self._for_records(on=False)
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
            self._for_records(on=True)

    def _for_records(self, *, on: bool) -> None:
        """Shows or hides what can be done with a record only, with its keys."""
        for action in self._of_records:
            action.setVisible(on)

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
        if self.finder.running:
            tell(self, "A search is running", "Stop the search first. What was found so far is saved.")
        elif self.session.waiting:
            tell(self, "Not now", self.session.waiting)
        elif self.audit is not None and self.audit.desk.busy:
            tell(self, "Not now", "The roll-up is being worked on. Stop that first, or wait until it has ended.")
        else:
            return False
        return True

    def change_organisation(self) -> None:
        """The organisation's name, kind and financial year."""
        if self.session.inventory is not None:
            OrganisationDialog(self.session, self).show_over()

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
        self._faces.setCurrentWidget(self._frame)
        simulated = self.session.simulated
        self.finder.simulate = self.practice.search if simulated else None
        if not simulated:
            self.practice.end()
            if self.session.path is not None:
                self.preferences.last_inventory = self.session.path
        self._show_record()
        self.show_page(page, "form" if page == "find" else None)

    def _show_record(self) -> None:
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
        self.navigation.show_number(self.checking.name, self.session.to_check_number())

    # Keys and menu

    def _fill_menu(self) -> None:
        add_verbs(
            self,
            self._menu,
            [
                Verb("&Open a record…", ("Ctrl+O",), self.open_record),
                Verb("Open in a second &window…", ("Ctrl+Shift+O",), self.open_beside),
                self._recent,
                Verb("&New record…", ("Ctrl+Shift+N",), self.new_record),
                Verb("New roll-&up, for auditors…", (), self.new_rollup),
                Verb("Look around in a &practice school", (), self.practise),
                None,
            ],
        )
        self._of_records = add_verbs(
            self,
            self._menu,
            [
                Verb("&Go to…", ("Ctrl+K",), self.go_to),
                Verb("&Import a register…", (), self.cameras.files.import_register),
                Verb("&Export the register…", ("Ctrl+E",), self.cameras.files.export),
                Verb("Save a cop&y…", (), self.save_copy),
                None,
                Verb("Your or&ganisation…", (), self.change_organisation),
                Verb("Lists you &use…", (), self.manufacturers.choose_lists),
                Verb("&Settings", ("Ctrl+,",), partial(self.show_page, SETTINGS.name)),
                None,
                Verb("&Undo", ("Ctrl+Z",), self.session.undo),
                Verb("&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), self.session.redo),
                None,
            ],
        )
        add_appearance(self, self._menu, self.preferences)
        self._menu.addSeparator()
        add_verbs(
            self,
            self._menu,
            [
                Verb("&Help", ("F1",), self.show_help),
                Verb("&About Camcensus", (), lambda: self._show_help(self, "about")),
                None,
                Verb("&Quit", ("Ctrl+Q",), self.close),
            ],
        )
        pages = [Verb(entry.title, (keys_of(ENTRIES, entry),), partial(self.show_page, entry.name)) for entry in ENTRIES]
        self._of_records += add_keys(
            self,
            [
                *pages,
                Verb("Search", ("F5",), self._start_search),
                Verb("Search box", ("Ctrl+F",), self._to_search_box),
                Verb("Set location", ("Ctrl+L",), lambda: self._on_cameras(self.cameras.set_location)),
                Verb("Record decision", ("Ctrl+D",), lambda: self._on_cameras(self.cameras.record_decision)),
                Verb("Add a row by hand", ("Ctrl+N",), self._add_by_hand),
                Verb("No longer here, or out of the plan", ("Del",), self._leave_out),
                Verb("Save the paper", ("Ctrl+S",), self._save),
                Verb("Print the report", ("Ctrl+P",), self._print),
                Verb("Save and next", ("Ctrl+Return", "Ctrl+Enter"), self._save_and_next),
            ],
        )
        add_keys(
            self,
            [
                Verb("Stop, clear or close", ("Esc",), self._escape),
                Verb("Next pane", ("F6",), lambda: self._next_pane(1)),
                Verb("Pane before", ("Shift+F6",), lambda: self._next_pane(-1)),
            ],
        )

    def go_to(self) -> None:
        """Asks for a camera, a place, a page or a command, and goes there."""
        if self._faces.currentWidget() is not self._frame:
            return
        self.cameras.take_up()
        goals = [
            *page_goals((*ENTRIES, SETTINGS), self.show_page),
            *place_goals(self.session, self.show_page),
            *camera_goals(self.cameras.model, self.show_page),
            *command_goals(action for action in self.actions() if action.text() not in NO_GOALS),
        ]
        GoToDialog(goals, self).show_over()

    def show_help(self) -> None:
        """The help for what has the keyboard, or for the page in view."""
        page = self.audit.page if self.audit is not None else self.page
        on_start = self._faces.currentWidget() is self.start
        self._show_help(self, "start" if on_start else place_of(QApplication.focusWidget()) or page.help_page)

    def _show_help(self, over: QWidget, place: str) -> None:
        show_help(over, self.session.data_dir / "resources" / "help", place)

    def _start_search(self) -> None:
        if self._faces.currentWidget() is self._frame:
            self.show_page("find")
            self.finder.search_again()

    def _escape(self) -> None:
        if self._faces.currentWidget() is self.start:
            if self.audit is not None:
                self._faces.setCurrentWidget(self.audit)
            elif self.session.inventory is not None:
                self._faces.setCurrentWidget(self._frame)
        elif self.audit is not None:
            self.audit.page.escape()
        elif not self.page.escape() and self.finder.running and self.page is not self.finder:
            self.show_page("find")

    def _to_search_box(self) -> None:
        box = self.manufacturers.list.search
        if self.page is self.checking and not self.checking.queue.isHidden():
            box = self.checking.queue.search
        elif self.page is not self.manufacturers:
            self.show_page("cameras")
            box = self.cameras.search
        elif box.isHidden() or self.manufacturers.list.isHidden():
            self.manufacturers.escape()
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    def _on_cameras(self, verb: object) -> None:
        if self.page is self.cameras and callable(verb):
            verb()

    def _leave_out(self) -> None:
        if self.page is self.plan:
            self.plan.take_out()
        else:
            self._on_cameras(self.cameras.mark_removed)

    def _add_by_hand(self) -> None:
        self.show_page("cameras")
        self.cameras.add_by_hand()

    def _save(self) -> None:
        if self.page is self.plan:
            self.plan.save()
        elif self.page is self.reports:
            self.reports.save()
        elif self.page is self.share:
            self.share.save()

    def _print(self) -> None:
        if self.page is self.reports:
            self.reports.print_out()
        elif self.page is self.plan:
            self.plan.print_out()

    def _save_and_next(self) -> None:
        if self.page is self.checking:
            self.checking.save_and_next()

    def _next_pane(self, by: int) -> None:
        stops = self.audit.stops() if self.audit is not None else [self.navigation.list, *self.page.panes()]
        focus = QApplication.focusWidget()
        at = next((at for at, stop in enumerate(stops) if focus is stop or (focus and stop.isAncestorOf(focus))), 0)
        stops[(at + by) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    # What happens

    def _changed(self, changes: Changes) -> None:
        self._show_record()
        if changes.say and self._stack.currentWidget() is not self.finder:
            self.strip.say(changes.say, can_undo=self._can_undo(changes))
            announce(self, changes.say)

    def _can_undo(self, changes: Changes) -> bool:
        """Whether what was just done is the newest line of the log, and can be taken back."""
        inventory = self.session.inventory
        newest = next(iter(inventory.changes(1)), None) if inventory is not None else None
        return newest is not None and newest.id == changes.change_id and newest.can_undo

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            THEME.palette_changed(QApplication.palette())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for page in (*self.pages.values(), *(self.audit.pages.values() if self.audit is not None else ())):
            page.set_narrow(page.narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stops what runs, keeps what was found, closes the record. Not while a file is being opened, which takes seconds."""
        if opening.under_way():
            event.ignore()
            return
        self.preferences.person = self.session.person
        self.preferences.geometry = self.saveGeometry()
        job.stop_all(STOP_WITHIN_S)
        self.reports.close_folder()
        if self.audit is not None:
            self.audit.close_rollup()
        self.session.close()
        self.practice.end()
        super().closeEvent(event)
