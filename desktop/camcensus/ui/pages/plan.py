"""Replacement plan: the choices at the left, the paper itself at the right, with Save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from camcensus.model.changes import Changes
from camcensus.model.plan import Plan
from camcensus.tasks import paper
from camcensus.tasks.files import Written
from camcensus.tasks.register import Inventory
from camcensus.ui import printing
from camcensus.ui.buttons import Button
from camcensus.ui.job import Emit, Job
from camcensus.ui.pages.page import EmptyState
from camcensus.ui.pages.paper_page import PaperPage
from camcensus.ui.panels.costs import CostsDialog
from camcensus.ui.panels.paper_view import PaperView
from camcensus.ui.panels.plan_choices import PlanChoices
from camcensus.ui.paper_desk import Progress
from camcensus.ui.pictures import ThreeSteps
from camcensus.ui.session import Session

SUMMED_AT_ONCE = 2000
"""Rows whose plan is summed up before the page is shown: a quarter of a second."""


class PlanPage(PaperPage):
    """The choices at the left, the paper at the right."""

    name = "plan"
    help_page = "plan"
    settle_ms = 250
    not_saved, not_drawn = "The plan was not saved", "The plan could not be drawn"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._unsummed = True
        self._sum_job: Job | None = None
        self.save_button = Button("Save PDF", "primary", "download")
        self.save_button.clicked.connect(self.save)
        self.choices = PlanChoices()
        self.choices.changed.connect(self._settle.start)
        self.choices.costs_wanted.connect(lambda: CostsDialog(session, self.window()).show_over())
        find = Button("Find cameras", "primary")
        find.clicked.connect(lambda: session.hub.asked_for.emit("find", None))
        self._empty = EmptyState(
            ThreeSteps(), "No cameras yet", "A plan needs something to plan. Search your network first.", find
        )
        self.lay_out(self.choices, PaperView("Preview of the replacement plan", self.save_button), self._empty)
        session.hub.changed.connect(self._take)
        self._take(Changes(settings=True))

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Draws the paper if anything has changed since."""
        del wish
        self._sum()
        if self._stale:
            self._settle.start()

    def start_focus(self) -> QWidget:
        """Save, or the button of the empty page."""
        return self._empty.findChildren(Button)[0] if self._faces.currentIndex() else self.save_button

    def panes(self) -> list[QWidget]:
        """Choices, paper."""
        return [self.choices.costs_button, self.view] if not self._faces.currentIndex() else [self.start_focus()]

    # Drawing and saving

    @property
    def title(self) -> str:
        """One report, always the same."""
        return "Replacement plan"

    def draw(self) -> None:
        """Draws the paper in a Job; a newer wish replaces an older one."""
        session = self.session
        if session.inventory is None or not session.rows():
            return
        self._settle.stop()
        self._stale = False
        self._paper.state.setText("Drawing…")
        knowledge, audience, now = session.knowledge, self.choices.audience, session.clock()

        def work(pen: Inventory, to: Path, progress: Progress) -> Written:
            return paper.write_report(
                pen, knowledge, "plan", to, audience=audience, data_dir=session.data_dir, now=now, progress=progress
            )

        self.desk.draw(work)

    def save(self) -> None:
        """Asks where, and puts the paper that is shown there."""
        if self.desk.written is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, "Save the replacement plan", f"{self._stem('replacement-plan')}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_as(Path(name))

    def _take(self, changes: Changes) -> None:
        if changes == Changes(change_id=changes.change_id):
            return  # a report was written: the paper says what it said
        self._stale = self._unsummed = True
        if self.isVisible():
            self._sum()
            if self.session.rows():
                self._settle.start()

    def _sum(self) -> None:
        """Sums up the plan beside the paper, where that has changed; of a large register in a Job, as it takes seconds."""
        if not self._unsummed:
            return
        self._unsummed = False
        session, rows = self.session, self.session.rows()
        inventory, knowledge, now = session.inventory, session.knowledge, session.clock()
        self._faces.setCurrentIndex(0 if rows else 1)
        if inventory is None or not rows:
            return
        if len(rows) <= SUMMED_AT_ONCE:
            self.choices.show_plan(paper.plan(inventory, knowledge, now))
            return

        async def work(_: Emit) -> Plan:
            with printing.own_pen(inventory, now) as reader:
                return paper.plan(reader, knowledge, now)

        self._sum_job = Job(work)
        self._sum_job.finished.connect(self.choices.show_plan)
        self._sum_job.failed.connect(lambda error: self._failed("draw", error))
        self._sum_job.start()
