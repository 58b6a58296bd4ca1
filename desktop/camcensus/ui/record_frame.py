"""A record in the window: navigation at the left, one page at a time, what was just done, and the form of the first run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from camcensus.model.changes import Changes
from camcensus.ui.cameras.page import CamerasPage
from camcensus.ui.find.page import FindPage
from camcensus.ui.history.page import HistoryPage
from camcensus.ui.home.page import HomePage
from camcensus.ui.inventory.organisation import OrganisationDialog
from camcensus.ui.kit.dialogs import tell, tell_defect
from camcensus.ui.kit.focus import FocusRing, ReadByTab
from camcensus.ui.kit.layout import column, panel, row, stack
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.room import Room
from camcensus.ui.kit.theme import THEME
from camcensus.ui.kit.widgets import announce
from camcensus.ui.manufacturers.page import ManufacturersPage
from camcensus.ui.navigation import Entry, Navigation
from camcensus.ui.needs_checking.page import NeedsCheckingPage
from camcensus.ui.page import Page
from camcensus.ui.places.page import PlacesPage
from camcensus.ui.plan.page import PlanPage
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


class RecordFrame(ReadByTab, QWidget):
    """The window without what opens and closes: a session's pages. A roll-up's may stand in their place."""

    spoken_role = QAccessible.Role.Window

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self.session = session
        self.preferences = preferences
        session.person = session.person or preferences.person
        self.setWindowTitle("Camcensus")
        self.resize(self.sizeHint())
        self.setMinimumSize(720, 480)
        self.menu = Menu(parent=self)
        self.recent = Menu("Open recen&t", self)
        self.audit: AuditFrame | None = None
        """What is shown in place of a record's pages while a roll-up is open."""
        self.navigation = Navigation(ENTRIES, self.menu, SETTINGS)
        self.home, self.finder = HomePage(session), FindPage(session)
        self.cameras, self.manufacturers, self.plan = CamerasPage(session), ManufacturersPage(session), PlanPage(session)
        self.cameras.use_columns_of(preferences)
        self.places, self.checking = PlacesPage(session), NeedsCheckingPage(session)
        self.history, self.reports, self.share = HistoryPage(session), ReportsPage(session), SharePage(session)
        self.settings = SettingsPage(session, preferences)
        self.finder.start_form.use_pace_of(preferences)
        every = (
            self.home, self.finder, self.cameras, self.places, self.checking, self.history, self.manufacturers, self.plan,
            self.reports, self.share, self.settings,
        )  # fmt: skip
        self.pages: dict[str, Page] = {page.name: page for page in every}
        self.start = StartPage(session, self.recent)
        self._stack = QStackedWidget()
        for each in self.pages.values():
            self._stack.addWidget(each)
        self._notice = LastingNotice()
        self.strip = UndoStrip()
        self._room = Room(self._stack)
        right = column(self._notice, (self._room, 1))
        self.navigation.hold(self.strip)
        self._record = panel(row(self.navigation, (right, 1), gap=0))
        self._faces = stack(self._record, self.start)
        column(self._faces, of=self)
        self._ring = FocusRing(self)
        self.navigation.chosen.connect(self.show_page)
        self.strip.undo.connect(session.undo)
        files, stale = self.cameras.files, self.cameras.stale
        for part in (self.finder, self.plan, self.history, self.reports, self.share, self.settings, files, stale):
            part.defect.connect(self.show_defect)
        self.share.choices.register_wanted.connect(files.import_register)
        session.hub.changed.connect(self._changed)
        session.hub.troubled.connect(lambda title, sentence: tell(self, title, sentence))
        session.hub.asked_for.connect(self.show_page)

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize() - QSize(EDGES, TITLE_BAR)
        return QSize(1280, 800).boundedTo(room)

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

    def show_record(self) -> None:
        """The pages of the record, in place of the form of the first run or of a roll-up."""
        self._faces.setCurrentWidget(self._record)

    def show_audit(self) -> None:
        """The pages of the open roll-up."""
        if self.audit is not None:
            self._faces.setCurrentWidget(self.audit)

    @property
    def shows_record(self) -> bool:
        """Whether a page of the record is in view."""
        return self._faces.currentWidget() is self._record

    @property
    def shows_start(self) -> bool:
        """Whether the form of the first run is in view."""
        return self._faces.currentWidget() is self.start

    def show_record_page(self, name: str) -> None:
        """A page of the record, also while the form of the first run is shown."""
        self.show_record()
        self.show_page(name)

    def show_start(self) -> None:
        """The form of the first run."""
        self.start.recent.setVisible(bool(self.preferences.recent))
        self._faces.setCurrentWidget(self.start)
        self.start.organisation.setFocus(Qt.FocusReason.OtherFocusReason)

    def change_organisation(self) -> None:
        """The organisation's name, kind and financial year."""
        if self.session.inventory is not None:
            OrganisationDialog(self.session, self).show_over()

    def show_defect(self, error: BaseException) -> None:
        """Says that the program itself is wrong."""
        tell_defect(self, error)

    def _changed(self, changes: Changes) -> None:
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
