"""Cameras and recorders: the register, searched and filtered, with the details of the row that is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from camcensus.model.words import count, kinds_in_words
from camcensus.tasks.register.channels import unconfirmed_words
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui import phrases
from camcensus.ui.asset.chosen_rows import ChosenRows
from camcensus.ui.asset.columns import AT, COLUMNS, DEFAULT_COLUMNS
from camcensus.ui.asset.detail import WIDTH, DetailPane
from camcensus.ui.asset.model import AssetModel
from camcensus.ui.cameras.actions import RegisterActions, ShownDevice
from camcensus.ui.cameras.columns import ShownColumns
from camcensus.ui.cameras.files import RegisterFiles
from camcensus.ui.cameras.filters import RegisterFilters
from camcensus.ui.cameras.foot import RegisterFoot
from camcensus.ui.cameras.stale import StaleStrip
from camcensus.ui.cameras.walk_round import WalkRound
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.copying import add_copying, chosen_rows
from camcensus.ui.kit.layout import column, panel, row, stack, turn
from camcensus.ui.kit.room import least_height
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import announce
from camcensus.ui.page import EmptyState, Page, PageHeading, fit_pane, pane_width
from camcensus.ui.session import Session

WARMED_AT_ONCE = 400
"""Rows made ready for searching in one go, between two events: a millisecond or two."""

BESIDE_TABLE = 28
"""Pixels beside the columns: the edge at the left and the scroll bar."""
PANE_FIRST = 100
"""The details take all that they may have before the list gets more than it needs."""

WITH_FILES = 960
"""Width of the window, at 100% text, from which the head also imports and exports; the menu always does."""
REF_WIDTH = 280
"""No ref is cut: their column is as wide as the longest one, up to this at 100% text."""


class CamerasPage(Page):
    """The list at the left, one device at the right; below it where both have no room."""

    name = "cameras"
    help_page = "cameras"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.model = AssetModel(session.knowledge, self)
        self.report_button = Button("Make report", then=self.make_report)
        self.files = RegisterFiles(session, self)
        self.walk = WalkRound(session, self)
        self.heading = PageHeading(
            "Cameras and recorders", self.walk.button, self.files.import_button, self.files.export_button, self.report_button
        )
        self.table = Table(COLUMNS, "Cameras and recorders", model=self.model)
        self.columns = ShownColumns(self.table)
        self.filters = RegisterFilters(session, self.model, self.columns.fill)
        self.search, self.place = self.filters.search, self.filters.place
        self.maker, self.decision = self.filters.maker, self.filters.decision
        self.chosen = ChosenRows(self.table, self.model)
        self.pane = DetailPane(session)
        self.pane.setFixedWidth(WIDTH)
        self.pane.hide()
        self.stale = StaleStrip(session)
        self.walk.defect.connect(self.stale.defect)
        self.actions_ = RegisterActions(session, self)
        self._of_shown = RegisterActions(session, ShownDevice(self.pane, self.stale, self.chosen))
        self._closed = False
        self._again = True
        self.foot = RegisterFoot(self.actions_)
        self.foot.details_button.clicked.connect(self._open)
        self._was_tight = False
        self._build()
        self._connect()
        session.hub.changed.connect(self.follow)
        self.catch_up()

    def _build(self) -> None:
        inset = column(self.heading, self.stale, gap=12, margins=(32, 0, 24, 0))
        find = Button("Find cameras", "primary", then=lambda: self.session.hub.asked_for.emit("find", None))
        unfilter = Button("Clear search", "primary")
        unfilter.clicked.connect(self.filters.clear)
        bring = Button("Import a list…", then=self.session.hub.lists_wanted)
        by_hand = Button("Add a row by hand…")
        by_hand.clicked.connect(self.actions_.add_by_hand)
        sheet = Button("Walk-round sheet")
        sheet.clicked.connect(self.walk.print_sheet)
        say = "Search your network, walk round, import a list, or type what a search cannot find."
        self._nothing = EmptyState("cctv", "No cameras yet", say, find, sheet, bring, by_hand)
        self._no_match = EmptyState("search", "No matches", "Nothing matches this search and these filters.", unfilter)
        listing = panel(column(self.table, margins=(20, 0, 0, 0)))
        self._middle = stack(listing, self._no_match, self._nothing)
        self._list_side = panel(column(inset, self.filters, (self._middle, 1), self.foot))
        self._both = row((self._list_side, 1), (self.pane, PANE_FIRST), gap=0, of=self)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.search.returnPressed.connect(self._choose_found)
        self.chosen.changed.connect(self._chosen)
        self.table.opened.connect(self._open)
        head = self.table.horizontalHeader()
        head.setSortIndicatorShown(True)
        self.table.sort_by(0, Qt.SortOrder.AscendingOrder)
        self.table.ordered.connect(self.model.sort)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda _: self.columns.popup())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._row_menu)
        self.pane.closed.connect(self._close_pane)
        self.pane.decide.connect(self._of_shown.record_decision)
        self.pane.wrong.connect(self._of_shown.this_is_wrong)
        self.pane.sign_in.connect(self._of_shown.sign_in)
        self.pane.edit.connect(self._of_shown.edit)
        self.pane.channels.connect(self._of_shown.add_channels)
        self.table.edited.connect(self.actions_.edit)

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Shows what another page asked for: only listed, only what needs checking, only undecided, or these assets."""
        self.catch_up()
        if isinstance(wish, Mapping):
            self.filters.want_only(**{name: str(wish.get(name, "")) for name in ("only", "maker", "more", "place")})
            if assets := wish.get("assets") or [asset for asset in (wish.get("asset"),) if asset]:
                self.chosen.choose(list(assets))
        if not self.table.selectionModel().hasSelection() and self.model.rowCount() and not self._closed:
            self.table.selectRow(0)

    def start_focus(self) -> QWidget:
        return self.table if self.model.total else self._nothing.findChildren(Button)[0]

    def panes(self) -> list[QWidget]:
        return [self.search, self.table, *([self.pane.record_button] if self.pane.isVisible() else [])]

    def escape(self) -> bool:
        """Clears the search first, then closes the details."""
        if self.filters.active:
            self.filters.clear()
            return True
        if self.pane.isVisible():
            self._close_pane()
            return True
        return False

    @property
    def narrow(self) -> bool:
        """Also where the usual columns have no room beside the details."""
        beside = self.width() - pane_width(WIDTH) - BESIDE_TABLE
        return super().narrow or beside < self.table.least_width(AT[name] for name in DEFAULT_COLUMNS)

    def set_narrow(self, narrow: bool) -> None:
        tight = self.tight
        if tight != self._was_tight:
            self._was_tight = self._closed = tight
            self._chosen()
        turn(self.filters.line, down=tight)
        longest = max((one.row.asset.ref for one in self.model.every), key=len, default="")
        self.table.set_least({AT["ref"]: min(theme.advance(longest, "body") + 24, theme.px(REF_WIDTH))})
        self._show_head()
        self.foot.details_button.setVisible(tight or self._closed)
        fit_pane(self, self._both, self.pane, WIDTH, theme.px(150), self._spared(), narrow=narrow)

    def _spared(self) -> int:
        """What the list can spare for details below it: no line above it is squeezed."""
        spared = self.height() - least_height(self._list_side)
        return max(theme.px(150), min(spared, round(self.height() * 0.42)))

    def event(self, event: QEvent) -> bool:
        """A notice that comes above the list takes its height from the details."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and self.narrow and not self.tight:
            self.pane.setMaximumHeight(self._spared())
        return done

    # What a person does here

    def selected(self) -> list[AssetRow]:
        """The rows that are chosen, in the order shown."""
        return self.chosen.rows()

    def make_report(self) -> None:
        """Asks for the asset register of what is chosen; of all where it is one row, which is what a page opens with."""
        several = len(self.session.chosen) > 1
        self.session.hub.asked_for.emit("reports", {"kind": "register", "which": "assets" if several else "all"})

    def record_decision(self) -> None:
        """Opens the decision window for what is chosen; from the search box, for all that it found."""
        self._choose_found_from_search()
        self.actions_.record_decision()

    def leave_out(self) -> None:
        """Marks what is chosen as no longer here."""
        self.actions_.mark_removed()

    def set_location(self) -> None:
        """Opens the location window for what is chosen; from the search box, for all that it found."""
        self._choose_found_from_search()
        self.actions_.set_location()

    # How

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catch_up()

    def refresh(self) -> None:
        self._again = True
        session = self.session
        vendors = {one.id: one for one in session.inventory.vendors()} if session.inventory is not None else {}
        with self.chosen.quiet():
            self.model.set_rows(session.rows(), session.knowledge, vendors, session.clock().date(), session.place_paths())
            self.filters.refresh()
        self._filter()
        self.stale.refresh()
        self._show_note()
        self.set_narrow(self.narrow)
        self._chosen()
        QTimer.singleShot(0, self._warm)

    def _warm(self) -> None:
        if self.model.warm(WARMED_AT_ONCE):
            QTimer.singleShot(0, self._warm)

    def _show_note(self) -> None:
        scan, now = self.session.last_scan(), self.session.clock()
        said = kinds_in_words(self.session.counts.kinds)
        searched = f" Last search {phrases.when(scan.ended_at, now)}." if scan else ""
        unseen = unconfirmed_words(item.asset for item in self.session.rows())
        more = f", of these {unseen}" if unseen else ""
        self.heading.note.setText(f"{said}{more}.{searched}" if said else "Nothing has been found yet.")
        self._show_head()

    def _filter(self) -> None:
        with self.chosen.quiet():
            self.model.want(self.filters.wanted)
        self._middle.setCurrentIndex(2 if not self.model.total else 1 if not self.model.rowCount() else 0)
        if self.search.text():
            self._no_match.title.setText(f"No matches for ‘{self.search.text()}’")
        else:
            self._no_match.title.setText("No matches")
        self.foot.setVisible(bool(self.model.total))
        self._chosen()

    def _choose_found(self) -> None:
        """Enter in the search: all that it found, ready for what is done with them; a screen reader says how many."""
        if self.search.text() and self.model.rowCount():
            self.table.selectAll()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self.table, f"{count(self.model.rowCount(), 'item')} selected.")

    def _choose_found_from_search(self) -> None:
        if self.search.hasFocus():
            self._choose_found()

    def _show_head(self) -> None:
        """What the head offers: in a small window as much as has room beside its title; the menu has it all."""
        offered: list[QWidget] = [self.walk.button]
        wide, fits = not self.tight and theme.at_100(self.window().width()) >= WITH_FILES, True
        for button, anyhow in (
            (self.report_button, not self.tight),
            (self.files.export_button, wide),
            (self.files.import_button, wide),
        ):
            fits = fits and self.heading.room_for(*offered, button) <= self.width() - 56
            button.setVisible(bool(self.model.total) and (fits or anyhow))
            offered += [button] if fits else []
        self.files.import_button.setEnabled(self.session.readonly_reason is None)

    def _chosen(self) -> None:
        places = chosen_rows(self.table)
        items = [item for item in map(self.model.at, places) if item is not None]
        self.session.chosen = tuple(item.row.asset.id for item in items)
        self.foot.say(self.model.rowCount(), self.model.total, len(items))
        self.foot.offer(bool(places) and self.session.readonly_reason is None)
        current = self.model.at(self.table.currentIndex().row())
        first = self.model.at(places[0]) if places else None
        shown = current if current is not None and self.table.currentIndex().row() in places else first
        one = shown.row if shown is not None else None
        open_pane = one is not None and not self._closed
        if open_pane and one is not None:
            self.pane.show_row(one, again=self._again, among=len(items))
            self._again = False
        self.pane.setVisible(open_pane)
        self._list_side.setVisible(not (open_pane and self.tight))
        self.foot.details_button.setVisible(self._closed or self.tight)
        self.foot.details_button.setEnabled(one is not None)

    def _open(self) -> None:
        self._closed = False
        self._chosen()
        if self.pane.isVisible():
            self.pane.record_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_pane(self) -> None:
        self._closed = True
        self._chosen()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_menu(self, at: QPoint) -> None:
        menu = self.actions_.menu()
        self.walk.fill(menu)
        menu.addSeparator()
        add_copying(menu, self.table, self.table.pointed_at(at))
        menu.popup(self.table.viewport().mapToGlobal(at))
