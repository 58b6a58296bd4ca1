"""The window while a roll-up is open: its own pages at the left, its own keys; nothing of a record is in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from camcensus.model.words import clean, count
from camcensus.tasks.rollup.marks import SUFFIX
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.audit.page import AuditPage
from camcensus.ui.kit.dialogs import tell
from camcensus.ui.kit.layout import row
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.room import Room
from camcensus.ui.manufacturers.page import ManufacturersPage
from camcensus.ui.navigation import Entry, Navigation, keys_of
from camcensus.ui.page import Page
from camcensus.ui.session import Session

ENTRIES = (
    Entry("audit", "Audit roll-up", "clipboard-check"),
    Entry("manufacturers", "Manufacturers", "factory", gap=True),
)


class AuditFrame(QWidget):
    """Owns the desk of one roll-up; `close_rollup` lets the file go. Raises StoreError where it cannot be opened."""

    defect = Signal(object)

    def __init__(self, session: Session, path: Path, menu: Menu) -> None:
        super().__init__()
        self.session = Session(session.knowledge, session.data_dir, clock=session.clock, parent=self)
        self.desk = AuditDesk(self.session, path, self)
        self.audit = AuditPage(self.session, self.desk)
        self.manufacturers = ManufacturersPage(self.session)
        self.pages: dict[str, Page] = {page.name: page for page in (self.audit, self.manufacturers)}
        self.navigation = Navigation(ENTRIES, menu)
        self._stack = QStackedWidget()
        for page in self.pages.values():
            self._stack.addWidget(page)
        self._room = Room(self._stack)
        row(self.navigation, (self._room, 1), gap=0, of=self)
        self.navigation.chosen.connect(self.show_page)
        self.audit.defect.connect(self.defect)
        self.session.hub.troubled.connect(lambda title, say: tell(self, title, say))
        self.session.hub.asked_for.connect(self.show_page)
        self.desk.changed.connect(self._show_name)
        self._add_keys()
        self._show_name()

    @property
    def name(self) -> str:
        """What the roll-up is called: its file's name."""
        return clean(self.desk.path.name.removesuffix(SUFFIX), 80)

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
        self.navigation.show_page(name)
        self._stack.setCurrentWidget(page)
        page.enter(wish)
        self._room.fit()
        if not self.navigation.list.hasFocus() and self.isVisible():
            page.start_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> list[QWidget]:
        """Where F6 goes."""
        return [self.navigation.list, *self.page.panes()]

    def to_search_box(self) -> None:
        """The search box of the page in view."""
        box = self.audit.search if self.page is self.audit else self.manufacturers.list.search
        if self.page is self.audit:
            self.audit.to_search()
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    def close_rollup(self) -> None:
        """Stops what is done to it, and lets the file go."""
        self.desk.close()

    def _show_name(self) -> None:
        figures = self.desk.figures
        note = f"{count(figures.totals.answered, 'record')}, read-only" if figures is not None else "Read-only"
        self.navigation.show_record(self.name, note, simulation=bool(self.desk.figures and self.desk.figures.simulation))

    def _add_keys(self) -> None:
        verbs: list[tuple[str, Callable[[], object]]] = [
            (keys_of(ENTRIES, entry), partial(self.show_page, entry.name)) for entry in ENTRIES
        ]
        verbs += [("Ctrl+F", self.to_search_box)]
        for keys, do in verbs:
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, do=do: do())
            self.addAction(action)
