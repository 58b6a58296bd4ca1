"""Replacement plan: the choices at the left, the paper itself at the right, with Save."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QWidget

from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError
from camcensus.model.plan import Plan
from camcensus.model.words import clean, count
from camcensus.tasks import paper
from camcensus.tasks.files import Written
from camcensus.tasks.register import Inventory
from camcensus.ui import printing, theme
from camcensus.ui.buttons import Button
from camcensus.ui.job import Emit, Job
from camcensus.ui.pages.page import EmptyState, Page
from camcensus.ui.panels.costs import CostsDialog
from camcensus.ui.panels.paper_view import PaperView
from camcensus.ui.panels.plan_choices import PlanChoices
from camcensus.ui.paper_desk import PaperDesk, Progress
from camcensus.ui.pictures import ThreeSteps
from camcensus.ui.session import Session
from camcensus.ui.widgets import announce

COLUMN = 296
SETTLE_MS = 250
"""Several changes in a row draw the paper once."""
SUMMED_AT_ONCE = 2000
"""Rows whose plan is summed up before the page is shown: a quarter of a second."""


class PlanPage(Page):
    """The choices at the left, the paper at the right."""

    name = "plan"
    help_page = "plan"
    defect = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._stale = self._unsummed = True
        self._sum_job: Job | None = None
        self.desk = PaperDesk(session, self)
        self.desk.drawn.connect(self._drawn)
        self.desk.progressed.connect(self._progressed)
        self.desk.stopped.connect(self._stopped)
        self.desk.saved.connect(self._saved)
        self.desk.failed.connect(self._failed)
        self.save_button = Button("Save PDF", "primary", "download")
        self.save_button.clicked.connect(self.save)
        self._paper = PaperView("Preview of the replacement plan", self.save_button)
        self.view = self._paper.view
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.draw)
        self.choices = PlanChoices()
        self.choices.changed.connect(self._settle.start)
        self.choices.costs_wanted.connect(lambda: CostsDialog(session, self.window()).show_over())
        find = Button("Find cameras", "primary")
        find.clicked.connect(lambda: session.hub.asked_for.emit("find", None))
        self._empty = EmptyState(
            ThreeSteps(), "No cameras yet", "A plan needs something to plan. Search your network first.", find
        )
        whole = QWidget()
        both = QHBoxLayout(whole)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self.choices)
        both.addWidget(self._paper, 1)
        self._faces = QStackedLayout(self)
        self._faces.addWidget(whole)
        self._faces.addWidget(self._empty)
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

    def escape(self) -> bool:
        """Stops the drawing."""
        if not self.desk.drawing:
            return False
        self._stale = True
        self.desk.cancel()
        return True

    def set_narrow(self, narrow: bool) -> None:
        """The choices keep room to be read."""
        del narrow
        self.choices.setFixedWidth(min(round(self.width() * 0.45), theme.px(COLUMN)))
        self._paper.set_tight(self.tight)

    # Drawing and saving

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
        name, _ = QFileDialog.getSaveFileName(self, "Save the replacement plan", self._suggested(), "PDF (*.pdf)")
        if name:
            self.save_as(Path(name))

    def save_as(self, path: Path) -> None:
        """Saves the paper as it is drawn, or says why not and what to do."""
        if self._stale:
            self.draw()
        self.desk.save(path if path.suffix else path.with_suffix(".pdf"))

    def close_folder(self) -> None:
        """Removes the previews; for the end of the program."""
        self._paper.close_document()
        self.desk.close()

    def _suggested(self) -> str:
        body = self.session.body
        name = re.sub(r"[^\w-]+", "-", (body.name if body else "").strip().casefold()).strip("-")[:60] or "camcensus"
        return f"{name}-replacement-plan-{self.session.clock():%Y-%m-%d}.pdf"

    def _drawn(self, written: Written) -> None:
        self._paper.load(written.path)
        self._paper.state.setText("")

    def _progressed(self, done: int, of: int) -> None:
        if self.desk.drawing and of:
            self._paper.state.setText(f"Drawing, {min(99, round(100 * done / of))} %")

    def _stopped(self) -> None:
        self._paper.state.setText("Stopped.")

    def _saved(self, written: Written) -> None:
        say = f"Saved {clean(written.path.name)}, {count(written.pages, 'page')}"
        self._paper.state.setText(f"{say}.")
        announce(self, f"{say}.")
        if self.session.readonly_reason is None:
            self.session.note_report("replacement plan", say)

    def _failed(self, what: str, error: BaseException) -> None:
        self._paper.state.setText("")
        if isinstance(error, CamcensusError):
            title = "The plan was not saved" if what == "save" else "The plan could not be drawn"
            self.session.hub.troubled.emit(title, str(error))
        else:
            self.defect.emit(error)

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
