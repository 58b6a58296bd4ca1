"""Cameras and recorders: the register, searched and filtered, with the details of the row that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QItemSelection, QPoint, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from camcensus.model.changes import Changes
from camcensus.tasks.reading import may_be_read
from camcensus.tasks.register import AssetRow
from camcensus.ui import phrases, theme
from camcensus.ui.buttons import Button
from camcensus.ui.controls import Combo, Field
from camcensus.ui.models.asset_model import COLUMNS, DEFAULT_COLUMNS, AssetModel, Wanted
from camcensus.ui.pages.page import EmptyState, Heading, Page
from camcensus.ui.panels.decide import DecisionDialog, LocationDialog
from camcensus.ui.panels.detail import WIDTH, DetailPane
from camcensus.ui.panels.label import LabelDialog
from camcensus.ui.panels.sign_in import SignInDialog
from camcensus.ui.panels.stale import StaleStrip
from camcensus.ui.parts import Surface, row
from camcensus.ui.pictures import NoMatch, ThreeSteps
from camcensus.ui.session import Session
from camcensus.ui.table import Table
from camcensus.ui.widgets import Text

ONLY_WORDS = {"listed": "Any listed maker", "checking": "Needs checking"}


class CamerasPage(Page):
    """The list at the left, one device at the right; under 1,100 pixels below it."""

    name = "cameras"
    help_page = "cameras"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model = AssetModel(session.knowledge, self)
        self.report_button = Button("Make report", icon="file-text")
        self.report_button.clicked.connect(lambda: session.hub.asked_for.emit("plan", None))
        self.heading = Heading("Cameras and recorders", self.report_button)
        self.search = Field("Search location, maker, ref", "search", name="Search location, maker, ref")
        self.place, self.maker, self.decision = Combo("Location", 136), Combo("Made by", 124), Combo("Decision", 124)
        self.clear_button = Button("Clear", "quiet")
        self.clear_button.hide()
        self.table = Table(COLUMNS, "Cameras and recorders")
        self.table.setModel(self.model)
        self.pane = DetailPane(session)
        self.pane.setFixedWidth(WIDTH)
        self.pane.hide()
        self.stale = StaleStrip(session)
        self._closed = False
        self._counts = Text("", "body", "secondary", wrap=False)
        self.location_button = Button("Set location")
        self.decision_button = Button("Set decision")
        self.details_button = Button("Details")
        self.details_button.hide()
        self._was_tight = False
        self._build()
        self._connect()
        for at, column in enumerate(COLUMNS):
            self.table.setColumnHidden(at, column.name not in DEFAULT_COLUMNS)
        session.hub.changed.connect(self._take)
        self._take(Changes(settings=True))

    def _build(self) -> None:
        chosen = row(self.place, self.maker, self.decision, self.clear_button)
        filters = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        filters.setSpacing(8)
        filters.addWidget(self.search, 1)
        filters.addLayout(chosen)
        filters.setContentsMargins(32, 14, 24, 12)
        inset = QVBoxLayout()
        inset.setContentsMargins(32, 0, 24, 0)
        inset.setSpacing(12)
        inset.addWidget(self.heading)
        inset.addWidget(self.stale)
        find = Button("Find cameras", "primary")
        find.clicked.connect(lambda: self.session.hub.asked_for.emit("find", None))
        unfilter = Button("Clear search", "primary")
        unfilter.clicked.connect(self.clear_filters)
        bring = Button("Import a list…")
        bring.clicked.connect(lambda: self.session.hub.asked_for.emit("find", "import"))
        self._nothing = EmptyState(ThreeSteps(), "No cameras yet", "Search your network, or import a list.", find, bring)
        self._no_match = EmptyState(NoMatch(), "No matches", "No row of the register has all of these.", unfilter)
        listing = QWidget()
        table_room = QVBoxLayout(listing)
        table_room.setContentsMargins(20, 0, 0, 0)
        table_room.addWidget(self.table)
        self._middle = QStackedLayout()
        for widget in (listing, self._no_match, self._nothing):
            self._middle.addWidget(widget)
        foot = Surface("base", lines="t")
        bar = QHBoxLayout(foot)
        bar.setContentsMargins(32, 9, 24, 9)
        bar.setSpacing(8)
        bar.addWidget(self._counts, 1)
        bar.addWidget(self.details_button)
        bar.addWidget(self.location_button)
        bar.addWidget(self.decision_button)
        self._list_side = QWidget()
        left = QVBoxLayout(self._list_side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(inset)
        left.addLayout(filters)
        left.addLayout(self._middle, 1)
        left.addWidget(foot)
        self._foot, self._filters = foot, filters
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(0)
        self._both.addWidget(self._list_side, 1)
        self._both.addWidget(self.pane)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        for combo in (self.place, self.maker, self.decision):
            combo.currentIndexChanged.connect(self._filter)
        self.clear_button.clicked.connect(self.clear_filters)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self.table.opened.connect(self._open)
        head = self.table.horizontalHeader()
        head.setSortIndicatorShown(True)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        head.sortIndicatorChanged.connect(self._sort)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._choose_columns)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._row_menu)
        self.pane.closed.connect(self._close_pane)
        self.details_button.clicked.connect(self._open)
        self.pane.decide.connect(self.record_decision)
        self.pane.locate.connect(self.set_location)
        self.pane.wrong.connect(self.this_is_wrong)
        self.pane.sign_in.connect(self.sign_in)
        self.location_button.clicked.connect(self.set_location)
        self.decision_button.clicked.connect(self.record_decision)

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Shows what another page asked for: only listed, only what needs checking, only undecided, or one asset."""
        if isinstance(wish, Mapping):
            only = str(wish.get("only", ""))
            self.clear_filters()
            if only == "undecided":
                self.decision.setCurrentIndex(max(0, self.decision.findData(phrases.NOT_DECIDED.words)))
            elif wish.get("maker"):
                self.maker.setCurrentIndex(max(0, self.maker.findData(str(wish["maker"]))))
            elif only:
                self.maker.setCurrentIndex(max(0, self.maker.findData(f"only:{only}")))
            if wish.get("asset"):
                self.select([str(wish["asset"])])
        if not self.table.selectionModel().hasSelection() and self.model.rowCount() and not self._closed:
            self.table.selectRow(0)

    def start_focus(self) -> QWidget:
        """The list, or the button of the empty page."""
        return self.table if self.model.total else self._nothing.findChildren(Button)[0]

    def panes(self) -> list[QWidget]:
        """Filters, list, details."""
        return [self.search, self.table, *([self.pane.record_button] if self.pane.isVisible() else [])]

    def escape(self) -> bool:
        """Clears the search first, then closes the details."""
        if self.search.text() or self.clear_button.isVisible():
            self.clear_filters()
            return True
        if self.pane.isVisible():
            self._close_pane()
            return True
        return False

    def set_narrow(self, narrow: bool) -> None:
        """Details below the list where the window is small for its text."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._both.direction() != direction:
            self._both.setDirection(direction)
        tight = self.tight
        if tight != self._was_tight:
            self._was_tight = self._closed = tight
            self._chosen()
        across = QBoxLayout.Direction.LeftToRight
        self._filters.setDirection(QBoxLayout.Direction.TopToBottom if tight else across)
        self.report_button.setVisible(bool(self.model.total) and not tight)
        self.details_button.setVisible(tight or self._closed)
        self.pane.set_edge("t" if narrow else "l")
        if tight:
            self.pane.setMinimumSize(0, 0)
            self.pane.setMaximumSize(16_777_215, 16_777_215)
        elif narrow:
            self.pane.setMinimumWidth(0)
            self.pane.setMaximumWidth(16_777_215)
            taken = 0 if self.stale.isHidden() else self.stale.sizeHint().height() // 2 + theme.px(12)
            self.pane.setFixedHeight(max(theme.px(150), round(self.height() * 0.42) - taken))
        else:
            self.pane.setMinimumHeight(0)
            self.pane.setMaximumHeight(16_777_215)
            self.pane.setFixedWidth(theme.px(WIDTH) if theme.THEME.percent < 130 else round(WIDTH * 1.3))

    # What a person does here

    def select(self, asset_ids: list[str]) -> None:
        """Chooses rows by id."""
        self.table.clearSelection()
        for asset_id in asset_ids:
            at = self.model.row_of(asset_id)
            if at >= 0:
                flags = self.table.selectionModel().SelectionFlag
                index = self.model.index(at, 0)
                self.table.selectionModel().select(index, flags.Select | flags.Rows)
                self.table.selectionModel().setCurrentIndex(index, flags.NoUpdate)
                self.table.scrollTo(index)

    def selected(self) -> list[AssetRow]:
        """The rows that are chosen, in the order shown."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [item.row for item in map(self.model.at, rows) if item is not None]

    def record_decision(self) -> None:
        """Opens the decision window for what is chosen."""
        if rows := self.selected():
            DecisionDialog(self.session, rows, self.window()).show_over()

    def set_location(self) -> None:
        """Opens the location window for what is chosen."""
        if rows := self.selected():
            LocationDialog(self.session, rows, self.window()).show_over()

    def this_is_wrong(self) -> None:
        """Opens the window for what the label says."""
        rows = self.selected()
        if len(rows) == 1 and rows[0].asset.device is not None:
            LabelDialog(self.session, rows[0], self.window()).show_over()

    def sign_in(self) -> None:
        """Opens the window for a login, for what is chosen of it that can be read with one."""
        rows = [item for item in self.selected() if may_be_read(item)]
        if rows and not self.session.simulated:
            dialog = SignInDialog(self.session, rows, self.window())
            dialog.defect.connect(self.stale.defect)
            dialog.show_over()

    def mark_removed(self) -> None:
        """Marks what is chosen as no longer here, or as here again where all of it was so marked. Nothing is deleted."""
        rows = self.selected()
        if rows and self.session.readonly_reason is None:
            removed = all(item.asset.status == "removed" for item in rows)
            self.session.set_status([item.asset.id for item in rows], "present" if removed else "removed")

    def clear_filters(self) -> None:
        """Shows everything again."""
        self.search.clear()
        for combo in (self.place, self.maker, self.decision):
            combo.setCurrentIndex(0)

    # How

    def _take(self, _: Changes) -> None:
        chosen = [item.asset.id for item in self.selected()]
        self.model.set_rows(self.session.rows(), self.session.knowledge)
        _offer(self.place, "All locations", [(text, text) for text in self.model.choices("place")])
        only = [(words, f"only:{name}") for name, words in ONLY_WORDS.items()] if self.model.total else []
        _offer(self.maker, "Any maker", [*only, *((text, text) for text in self.model.choices("maker"))])
        _offer(self.decision, "Any decision", [(text, text) for text in self.model.choices("decision")])
        self._filter()
        self.select(chosen)
        self.stale.refresh()
        self._show_note()
        self.set_narrow(self.narrow)
        self._chosen()

    def _show_note(self) -> None:
        scan, now = self.session.last_scan(), self.session.clock()
        here = [item.asset.kind for item in self.session.rows() if item.asset.status != "removed"]
        searched = f" Last search {phrases.when(scan.ended_at, now)}." if scan else ""
        self.heading.note.setText(f"{phrases.counted(here)}.{searched}" if here else "Nothing has been found yet.")
        self.report_button.setVisible(bool(here) and not self.tight)

    def _filter(self) -> None:
        maker = str(self.maker.currentData() or "")
        wanted = Wanted(self.search.text(), str(self.place.currentData() or ""), maker, str(self.decision.currentData() or ""))
        if maker.startswith("only:"):
            wanted = replace(wanted, maker="", only=maker.removeprefix("only:"))
        chosen = [item.asset.id for item in self.selected()]
        self.model.want(wanted)
        self.select(chosen)
        filtered = wanted != Wanted()
        self.clear_button.setVisible(filtered)
        empty = 2 if not self.model.total else 1 if not self.model.rowCount() else 0
        self._middle.setCurrentIndex(empty)
        if self.search.text():
            self._no_match.title.setText(f"No matches for ‘{self.search.text()}’")
        self._foot.setVisible(bool(self.model.total))
        for widget in (self.search, self.place, self.maker, self.decision):
            widget.setVisible(bool(self.model.total))
        self._chosen()

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        chosen = [item.asset.id for item in self.selected()]
        self.model.sort(section, order)
        self.select(chosen)

    def _chosen(self, *_: QItemSelection) -> None:
        rows = self.selected()
        number = f" · {len(rows)} selected" if rows else ""
        self._counts.setText(f"{self.model.rowCount()} of {self.model.total} shown{number}")
        may = bool(rows) and self.session.readonly_reason is None
        self.location_button.setEnabled(may)
        self.decision_button.setEnabled(may)
        current = self.model.at(self.table.currentIndex().row())
        one = current.row if current is not None and current.row in rows else rows[0] if rows else None
        open_pane = one is not None and not self._closed
        self.pane.setVisible(open_pane)
        self._list_side.setVisible(not (open_pane and self.tight))
        self.details_button.setVisible(self._closed or self.tight)
        self.details_button.setEnabled(one is not None)
        if open_pane and one is not None:
            self.pane.show_row(one)

    def _open(self) -> None:
        self._closed = False
        self._chosen()
        if self.pane.isVisible():
            self.pane.record_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_pane(self) -> None:
        self._closed = True
        self._chosen()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_columns(self, at: QPoint) -> None:
        menu = QMenu(self)
        for section, column in enumerate(COLUMNS):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.table.isColumnHidden(section))
            action.setEnabled(section > 0)
            action.toggled.connect(lambda on, section=section: self.table.show_column(section, on=on))
        menu.popup(self.table.horizontalHeader().mapToGlobal(at))

    def _row_menu(self, at: QPoint) -> None:
        rows = self.selected()
        if not rows:
            return
        menu = QMenu(self)
        menu.addAction("Set location…", self.set_location).setEnabled(self.location_button.isEnabled())
        menu.addAction("Record decision…", self.record_decision).setEnabled(self.decision_button.isEnabled())
        wrong = menu.addAction("This is wrong…", self.this_is_wrong)
        wrong.setEnabled(self.decision_button.isEnabled() and len(rows) == 1 and rows[0].asset.device is not None)
        signing = menu.addAction("Sign in to read more…", self.sign_in)
        readable = any(may_be_read(item) for item in rows) and not self.session.simulated
        signing.setEnabled(self.decision_button.isEnabled() and readable)
        removed = all(item.asset.status == "removed" for item in rows)
        menu.addAction("Here again" if removed else "No longer here", self.mark_removed).setEnabled(
            self.decision_button.isEnabled()
        )
        menu.popup(self.table.viewport().mapToGlobal(at))


def _offer(combo: Combo, every: str, choices: list[tuple[str, str]]) -> None:
    """Fills a filter and keeps what was chosen, where it still exists."""
    before = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    combo.addItem(every, "")
    for words, data in choices:
        combo.addItem(words, data)
    combo.setCurrentIndex(max(0, combo.findData(before)))
    combo.blockSignals(False)
