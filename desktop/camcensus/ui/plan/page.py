"""Replacement plan: a column for each financial year, the chosen batch beside them, and the total of all of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.changes import Changes
from camcensus.model.plan import Plan
from camcensus.tasks.register.next_step import UNDECIDED
from camcensus.ui.job import answer_failure
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, LinkButton, MenuButton, Opener
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, faces, panel, row
from camcensus.ui.kit.marks import Mark, Pill, SignMark
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.page import EmptyState, Page, PageHeading, fit_pane
from camcensus.ui.plan import shown as plan_shown
from camcensus.ui.plan.actions import PlanActions
from camcensus.ui.plan.batch_pane import WIDTH, BatchPane
from camcensus.ui.plan.cards import years_shown
from camcensus.ui.plan.costs import CostsDialog
from camcensus.ui.plan.planning import PlanDesk
from camcensus.ui.plan.year_board import YearBoard
from camcensus.ui.plan.year_table import YearTable
from camcensus.ui.session import Session

NOTHING, EMPTY, PLAN = 0, 1, 2


class PlanPage(Page):
    """Years at the left, one batch at the right; under 1,100 pixels below them."""

    name = "plan"
    help_page = "plan"
    defect = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.desk, self.actions_ = PlanDesk(session, self), PlanActions(session, self)
        self.ask = Text("")
        self.version = Pill(Mark("Draft", None, "neutral"))
        self._add_menu = Menu(parent=self)
        self.add_button = MenuButton("Add", self._add_menu)
        self.preview_button = Button("Print preview", "primary", then=self.print_out)
        self.board, self.pane, self.table = YearBoard(), BatchPane(), YearTable()
        self.urgent, self.urgent_link = Text("", "body", "listed_ink"), LinkButton("See them", then=self._see_urgent)
        self.unpriced, self.price_link = Text("", "body", "secondary"), LinkButton("Price them", then=self.price_next)
        self.left_out, self.left_out_link = Text("", "body", "secondary"), Opener("Show them")
        self.costs_link, self.signed_link = LinkButton("Usual costs and VAT"), LinkButton("Mark as signed")
        self.state = Text("", "caption", "secondary")
        self._closed = self._was_tight = False
        self._build()
        self._connect()

    def _build(self) -> None:
        heading = PageHeading("Replacement plan", self.add_button, self.preview_button, pill=self.version)
        heading.note.hide()
        self._urgent_part, self._unpriced_part, self._left_out_part = QWidget(), QWidget(), QWidget()
        for part, sign, words, link in (
            (self._urgent_part, SignMark("to", "listed_ink"), self.urgent, self.urgent_link),
            (self._unpriced_part, SignMark("dash", "secondary"), self.unpriced, self.price_link),
            (self._left_out_part, SignMark("dash", "secondary"), self.left_out, self.left_out_link),
        ):
            row(sign, (words, 1, Qt.AlignmentFlag.AlignVCenter), link, gap=12, of=part)
        inside = QWidget()
        column(
            heading,
            4,
            self.ask,
            self.state,
            12,
            (self.board, 1),
            10,
            self._urgent_part,
            self._unpriced_part,
            self._left_out_part,
            8,
            self.table,
            8,
            Flow(self.costs_link, self.signed_link, gap=20),
            margins=(28, 0, 16, 20),
            of=inside,
        )
        self._scroll = Scroll(inside, "Replacement plan")
        self._left = panel(column(self._scroll))
        whole = QWidget()
        self._both = row((self._left, 1), self.pane, gap=0, of=whole)
        find, add = Button("Find cameras", "primary"), Button("Add from list", "primary")
        find.clicked.connect(lambda: self.session.hub.asked_for.emit("find", None))
        add.clicked.connect(self.actions_.add_from_list)
        own, see = Button("Add own line"), Button("See cameras and recorders")
        own.clicked.connect(self.add_own_line)
        see.clicked.connect(lambda: self.session.hub.asked_for.emit("cameras", None))
        self._no_rows = EmptyState(
            "calendar-range", "No cameras yet", "Camcensus plans what you decide to replace. Find your cameras first.", find
        )
        self._no_plan = EmptyState(
            "calendar-range",
            "Nothing is planned yet",
            "Decide in Cameras and recorders what to replace, or choose it from the list here.",
            add,
            own,
            see,
        )
        self._first = {NOTHING: find, EMPTY: add}
        self._changing = (self.add_button, add, own)
        self._faces = faces(self, self._no_rows, self._no_plan, whole)

    def _connect(self) -> None:
        do = self.actions_
        self._add_menu.addAction("From the &list").triggered.connect(do.add_from_list)
        self._add_menu.addAction("A line of your &own").triggered.connect(self.add_own_line)
        self.left_out_link.toggled.connect(lambda _: self._show_years())
        self.signed_link.clicked.connect(do.keep_signed)
        self.costs_link.clicked.connect(lambda: CostsDialog(self.session, self.window()).show_over())
        self.board.chosen.connect(lambda _: self._chosen())
        self.board.opened.connect(self.open_batch)
        self.board.entered.connect(self.enter_batch)
        self.board.carried.connect(do.move)
        self.pane.edited.connect(do.edit)
        self.pane.going.connect(do.move)
        self.pane.leaving.connect(do.take_out)
        self.pane.rows_wanted.connect(do.show_rows)
        self.pane.details_wanted.connect(do.show_details)
        self.pane.needs_wanted.connect(do.show_details)
        self.pane.again_wanted.connect(do.propose_again)
        self.pane.closed.connect(self._close_pane)
        self.desk.ready.connect(self._show)
        self.desk.working.connect(lambda: self._say("Adding up…"))
        self.desk.failed.connect(self._failed)
        self.session.hub.changed.connect(self._take)

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Shows the plan as it is now; `wish` is a batch to begin with, or that people come to decide."""
        if isinstance(wish, str) and wish:
            self.board.current = wish
        self.catch_up()
        if wish == UNDECIDED:
            self.board.to_first()
            self._chosen()

    def start_focus(self) -> QWidget:
        face = self._faces.currentIndex()
        if face != PLAN:
            return self._first[face]
        if not self.board.columns:
            return self.preview_button
        return self.pane.first if self._left.isHidden() else self.board.stop

    def panes(self) -> list[QWidget]:
        if self._faces.currentIndex() != PLAN:
            return [self.start_focus()]
        left: list[QWidget] = [] if self._left.isHidden() else [self.board.stop]
        pane: list[QWidget] = [] if self.pane.isHidden() else [self.pane.first]
        rest: list[QWidget] = [] if self._left.isHidden() else [self.preview_button]
        return [*left, *pane, *rest]

    def escape(self) -> bool:
        """Closes the batch."""
        if self._faces.currentIndex() == PLAN and not self.pane.isHidden():
            self._close_pane()
            return True
        return False

    def set_narrow(self, narrow: bool) -> None:
        self.board.set_stacked(narrow)
        tight = self.tight
        if tight != self._was_tight:
            self._was_tight = self._closed = tight
        below = max(theme.px(160), round(self.height() * 0.45))
        fit_pane(self, self._both, self.pane, WIDTH, below, below, narrow=narrow)
        self._chosen()

    # What a person does here

    def save(self) -> None:
        """The paper, to be printed and saved."""
        self.print_out()

    def print_out(self) -> None:
        """The paper, to be printed and saved; nothing where there is nothing to print."""
        if self._faces.currentIndex() != NOTHING:
            self.session.hub.asked_for.emit("reports", "plan")

    def _see_urgent(self) -> None:
        plan = self.actions_.plan
        if plan is not None:
            self.session.hub.asked_for.emit("cameras", {"more": plan_shown.urgent_filter(plan)})

    def price_next(self) -> None:
        """On to the next batch without a price, at the field where it is typed."""
        plan = self.actions_.plan
        ids = plan_shown.unpriced_ids(plan) if plan is not None else []
        if not ids:
            return
        at = ids.index(self.board.current) + 1 if self.board.current in ids else 0
        self.board.choose(ids[at % len(ids)])
        self.open_batch()
        self.pane.unit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add_own_line(self) -> None:
        """A line of staff's own is chosen, its name ready to be typed over."""
        if made := self.actions_.add_own_line():
            self.board.choose(made)
            self.open_batch()
            self.pane.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.pane.name.selectAll()

    def open_batch(self) -> None:
        """On to the chosen batch; where there is no room for both, in place of the years."""
        was = self._closed or self._left.isHidden()
        self._closed = False
        self._chosen()
        if was and not self.pane.isHidden():
            self.pane.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter_batch(self) -> None:
        """On to the fields of the chosen batch."""
        self.open_batch()
        if not self.pane.isHidden():
            first = self.pane.first if self.pane.first.isEnabled() else self.pane.details_link
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave_out(self) -> None:
        """Takes the chosen batch out of the plan, where the keyboard is on it."""
        if any(column.list.hasFocus() for column in self.board.columns) and self.session.may_edit:
            self.actions_.take_out(self.board.current)

    def _close_pane(self) -> None:
        self._closed = True
        self._chosen()
        self.board.take_keyboard()

    # How

    def _take(self, changes: Changes) -> None:
        if changes == Changes(change_id=changes.change_id):
            return  # a report was written: the plan is what it was
        self.follow()

    def refresh(self) -> None:
        if not self.session.rows():
            self.desk.let_go()
            self.actions_.take(None)
            self._faces.setCurrentIndex(NOTHING)
            return
        if not self.board.columns:
            self._faces.setCurrentIndex(PLAN)
        self.desk.read()

    def _show(self, plan: Plan | None) -> None:
        self._say("")
        self.actions_.take(plan)
        if plan is None:
            self._faces.setCurrentIndex(NOTHING)
            return
        may = self.session.may_edit
        for button in self._changing:
            button.setEnabled(may)
        self.signed_link.setEnabled(may and (plan.version is None or bool(plan.changes)))
        self.ask.setText(plan_shown.ask(plan))
        self.version.set_mark(Mark(plan_shown.version_words(plan), None, "neutral"))
        unpriced, left_out = plan_shown.unpriced_words(plan), plan_shown.left_out_words(plan)
        urgent = plan_shown.urgent_words(plan)
        self.urgent.setText(urgent)
        self._urgent_part.setVisible(bool(urgent))
        self.unpriced.setText(unpriced)
        self._unpriced_part.setVisible(bool(unpriced))
        self.price_link.setEnabled(may)
        self.left_out.setText(left_out)
        self._left_out_part.setVisible(bool(left_out))
        self.table.show_years(plan.years, plan.total)
        self.table.setVisible(bool(plan.years))
        self._faces.setCurrentIndex(PLAN if plan.batches or plan.lines else EMPTY)
        self._show_years()

    def _show_years(self) -> None:
        plan = self.actions_.plan
        if plan is None:
            return
        shown = self.left_out_link.isChecked()
        self.left_out_link.setText("Hide them" if shown else "Show them")
        self.left_out_link.updateGeometry()
        first = not self.board.columns and self.preview_button.hasFocus()
        self.board.show_years(years_shown(plan, left_out=shown))
        if not self.board.current:
            self.board.to_first()
        self._chosen()
        if first:
            self.start_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> None:
        """Shows the chosen batch in the pane, or no pane where none is chosen or it was closed."""
        do, identity = self.actions_, self.board.current
        batch, line = do.batches.get(identity), do.lines.get(identity)
        shown = None
        if do.plan is not None and batch is not None:
            shown = plan_shown.batch_shown(batch, do.plan)
        elif do.plan is not None and line is not None:
            shown = plan_shown.line_shown(line, do.plan)
        if shown is not None:
            self.pane.show_batch(shown, may_edit=self.session.may_edit)
        self.pane.setVisible(shown is not None and not self._closed)
        self._left.setVisible(not (self.tight and not self.pane.isHidden()))

    def _say(self, words: str) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))
        if words:
            announce(self, words)

    def _failed(self, error: BaseException) -> None:
        self._say("")
        answer_failure(error, partial(self.session.hub.troubled.emit, "The plan could not be added up"), self.defect.emit)
