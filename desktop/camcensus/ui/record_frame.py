"""A record in the window: navigation at the left, one page at a time, what was just done, and the form of the first run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, SignalInstance
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from camcensus.model.changes import Changes
from camcensus.ui.kit.dialogs import tell, tell_defect
from camcensus.ui.kit.focus import FocusRing, ReadByTab
from camcensus.ui.kit.layout import column, panel, row, stack
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.room import Room
from camcensus.ui.kit.theme import THEME
from camcensus.ui.kit.widgets import announce
from camcensus.ui.navigation import Entry, Navigation
from camcensus.ui.page import Page
from camcensus.ui.preferences import Preferences
from camcensus.ui.session import Session
from camcensus.ui.strip import LastingNotice, UndoStrip

if TYPE_CHECKING:
    from camcensus.ui.audit_frame import AuditFrame
    from camcensus.ui.cameras.page import CamerasPage
    from camcensus.ui.find.page import FindPage
    from camcensus.ui.history.page import HistoryPage
    from camcensus.ui.home.page import HomePage
    from camcensus.ui.manufacturers.page import ManufacturersPage
    from camcensus.ui.needs_checking.page import NeedsCheckingPage
    from camcensus.ui.places.page import PlacesPage
    from camcensus.ui.plan.page import PlanPage
    from camcensus.ui.reports.page import ReportsPage
    from camcensus.ui.settings.page import SettingsPage
    from camcensus.ui.share.page import SharePage

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
"""Pixels that a window's edges take beside it, and its title above."""

AHEAD_MS = 100
"""From one page that is built ahead to the next. The first is the register's, which is empty while a large one is opened."""


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
        from camcensus.ui.start.page import StartPage

        self.start = StartPage(session, self.recent)
        self._stack = QStackedWidget()
        self._ahead = QTimer(self)
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
        self.strip.undo.connect(session.take_back)
        session.hub.followed.connect(self._changed)
        session.hub.troubled.connect(lambda title, sentence: tell(self, title, sentence))
        session.hub.asked_for.connect(self.show_page)

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize() - QSize(EDGES, TITLE_BAR)
        return QSize(1280, 800).boundedTo(room)

    def _put[P: Page](self, page: P, *defects: SignalInstance) -> P:
        """Puts a page that was just built with the others; `defects` are how it says that the program itself is wrong."""
        self._stack.addWidget(page)
        for defect in defects:
            defect.connect(self.show_defect)
        return page

    @cached_property
    def home(self) -> HomePage:
        """How many, and what to do next."""
        from camcensus.ui.home.page import HomePage

        return self._put(HomePage(self.session))

    @cached_property
    def finder(self) -> FindPage:
        """The search."""
        from camcensus.ui.find.page import FindPage

        page = FindPage(self.session)
        return self._put(page, page.defect)

    @cached_property
    def cameras(self) -> CamerasPage:
        """The register."""
        from camcensus.ui.cameras.page import CamerasPage

        page = CamerasPage(self.session)
        page.use_columns_of(self.preferences)
        return self._put(page, page.files.defect, page.stale.defect)

    @cached_property
    def places(self) -> PlacesPage:
        """Sites, buildings, floors and rooms, with their plans."""
        from camcensus.ui.places.page import PlacesPage

        return self._put(PlacesPage(self.session))

    @cached_property
    def checking(self) -> NeedsCheckingPage:
        """What somebody has to look at."""
        from camcensus.ui.needs_checking.page import NeedsCheckingPage

        return self._put(NeedsCheckingPage(self.session))

    @cached_property
    def history(self) -> HistoryPage:
        """What happened."""
        from camcensus.ui.history.page import HistoryPage

        page = HistoryPage(self.session)
        return self._put(page, page.defect)

    @cached_property
    def manufacturers(self) -> ManufacturersPage:
        """Makers and brands."""
        from camcensus.ui.manufacturers.page import ManufacturersPage

        return self._put(ManufacturersPage(self.session))

    @cached_property
    def plan(self) -> PlanPage:
        """The replacement plan."""
        from camcensus.ui.plan.page import PlanPage

        page = PlanPage(self.session)
        return self._put(page, page.defect)

    @cached_property
    def reports(self) -> ReportsPage:
        """Papers about the record."""
        from camcensus.ui.reports.page import ReportsPage

        page = ReportsPage(self.session)
        return self._put(page, page.defect)

    @cached_property
    def share(self) -> SharePage:
        """Files for others, and what others bring."""
        from camcensus.ui.share.page import SharePage

        page = SharePage(self.session)
        return self._put(page, page.defect)

    @cached_property
    def settings(self) -> SettingsPage:
        """What a person chooses."""
        from camcensus.ui.settings.page import SettingsPage

        page = SettingsPage(self.session, self.preferences)
        return self._put(page, page.defect)

    def build_ahead(self) -> None:
        """Builds the others, too, one after another once the window is there: nobody who comes to one waits for it.

        What they work with is loaded beside the window's thread.
        """
        self._loading = Thread(target=_load_beside)
        self._ahead.timeout.connect(self._build_next)
        self._ahead.start(AHEAD_MS)

    def _build_next(self) -> None:
        built = {page.name for page in self.built}
        missing = next((name for name in ("cameras", *PAGES) if name not in built), None)
        if self.isVisible() and self._loading.ident is None:
            self._loading.start()
        elif missing is None:
            self._ahead.stop()
        elif self.isVisible() and not self._loading.is_alive():
            self._ahead.stop()  # one that cannot be built says so once, and again when somebody wants it
            module = f"camcensus.ui.{_ROOM.get(missing, missing)}.page"
            if module in sys.modules:
                PAGES[missing](self)
            else:  # by itself: nobody who types waits for both
                import_module(module)
            self._ahead.start(AHEAD_MS)

    @property
    def built(self) -> list[Page]:
        """The pages that are there by now."""
        return [page for at in range(self._stack.count()) if isinstance(page := self._stack.widget(at), Page)]

    @property
    def searching(self) -> bool:
        """Whether a search is under way."""
        return "finder" in vars(self) and self.finder.running

    @property
    def pages(self) -> dict[str, Page]:
        """Every page by its name."""
        return {name: page_of(self) for name, page_of in PAGES.items()}

    @property
    def page(self) -> Page:
        """The page in view."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else self.home

    def show_page(self, name: str, wish: object = None) -> None:
        """Brings a page into view."""
        page_of = PAGES.get(name)
        if page_of is None:
            return
        page = page_of(self)
        self.strip.hide()
        self.navigation.show_page(name)
        self._stack.setCurrentWidget(page)
        page.enter(wish)
        self._room.fit()
        if not self.navigation.list.hasFocus() and self.isVisible():
            page.start_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self) -> None:
        """The pages of the record, in place of the form of the first run or of a roll-up."""
        was_here = self.navigation.list.hasFocus()
        self._faces.setCurrentWidget(self._record)
        if not was_here:  # Qt gives the keyboard to the first it finds; it is the page's
            self.navigation.list.clearFocus()

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
            from camcensus.ui.inventory.organisation import OrganisationDialog

            OrganisationDialog(self.session, self).show_over()

    def show_lists(self) -> None:
        """The lists of makers that the organisation uses."""
        from camcensus.ui.inventory.lists import ListsDialog

        ListsDialog(self.session, parent=self).show_over()

    def show_defect(self, error: BaseException) -> None:
        """Says that the program itself is wrong."""
        tell_defect(self, error)

    def _changed(self, changes: Changes) -> None:
        if changes.say and self.page.name != "find":
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
        for page in (*self.built, *(self.audit.pages.values() if self.audit is not None else ())):
            page.set_narrow(page.narrow)


_ROOM = {"checking": "needs_checking"}
BESIDE = (
    "camcensus.tasks.share.making",
    "camcensus.tasks.reports.catalogue",
    "camcensus.tasks.imports.staff_register",
    "camcensus.tasks.demo",
)
"""What the pages work with, loaded beside the window's thread. Nothing of Qt's: PySide makes a class when it is first named,
and two threads that come to the same one end the program."""


def _load_beside() -> None:
    for name in BESIDE:
        import_module(name)


PAGES: dict[str, Callable[[RecordFrame], Page]] = {
    "home": lambda frame: frame.home,
    "find": lambda frame: frame.finder,
    "cameras": lambda frame: frame.cameras,
    "places": lambda frame: frame.places,
    "checking": lambda frame: frame.checking,
    "history": lambda frame: frame.history,
    "manufacturers": lambda frame: frame.manufacturers,
    "plan": lambda frame: frame.plan,
    "reports": lambda frame: frame.reports,
    "share": lambda frame: frame.share,
    "settings": lambda frame: frame.settings,
}
