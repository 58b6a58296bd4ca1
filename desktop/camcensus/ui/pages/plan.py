"""Replacement plan: what it comes to, your own costs, who will see it, and the paper itself with Save."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QFrame, QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError
from camcensus.model.plan import Plan
from camcensus.model.words import clean, count, pounds
from camcensus.tasks import paper
from camcensus.tasks.files import Written
from camcensus.ui import printing, theme
from camcensus.ui.controls import Button, Combo, IconButton, Radio
from camcensus.ui.job import Job
from camcensus.ui.pages.page import EmptyState, Page
from camcensus.ui.panels.costs import CostsDialog
from camcensus.ui.parts import Line, Scroll, SlimBar, Surface, column, row
from camcensus.ui.pictures import ThreeSteps
from camcensus.ui.session import Session
from camcensus.ui.widgets import Text, announce

COLUMN = 296
ZOOMS: tuple[tuple[str, float], ...] = (
    ("Fit width", 0),
    ("Whole page", -1),
    ("75 %", 0.75),
    ("100 %", 1.0),
    ("150 %", 1.5),
    ("200 %", 2.0),
)
AUDIENCES: tuple[tuple[str, paper.Audience, str], ...] = (
    ("Us only", "internal", "Nothing is left out."),
    ("A supplier", "supplier", "Network addresses, serial numbers and staff names are left out."),
    ("The public", "public", "Locations, network details, people and notes are left out."),
)
REPLACING = ("replace", "replace-with-recorder")
SETTLE_MS = 250
"""Several changes in a row draw the paper once."""


def ask(plan: Plan) -> str:
    """ "We are asking for £9,640 (excluding VAT) over 2 years to replace 17 of 42 cameras and 1 of 2 recorders."."""
    going = [item for item in plan.items if item.option in REPLACING]
    if not going:
        return "Nothing is decided for replacement yet. Record decisions in Cameras and recorders."
    cameras = sum(item.kind == "camera" for item in going)
    recorders = sum(item.kind == "recorder" for item in going)
    others = len(going) - cameras - recorders
    parts = [f"{cameras} of {count(plan.cameras_all, 'camera')}"] if cameras else []
    parts += [f"{recorders} of {count(plan.recorders_all, 'recorder')}"] if recorders else []
    parts += [count(others, "other item")] if others else []
    shares = " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]
    years = f" over {count(len(plan.years), 'year')}" if plan.years else ""
    if not plan.total.total:
        return f"{shares} are to be replaced or removed{years}. Nothing is priced yet."
    return f"We are asking for {pounds(plan.total.total)} (excluding VAT){years} to replace {shares}."


class Paper(QPdfView):
    """The pages on the colour of the desk, so that white paper can be seen in light and dark."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.retheme()

    def retheme(self) -> None:
        """Takes up new colours."""
        palette = self.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, theme.colour("hairline"))
        self.setPalette(palette)


class PlanPage(Page):
    """The choices at the left, the paper at the right."""

    name = "plan"
    help_page = "plan"
    defect = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._folder = Path(tempfile.mkdtemp(prefix="camcensus-"))
        self._number = 0
        self._stale = True
        self.job: Job | None = None
        self._written: Written | None = None
        self._document = QPdfDocument(self)
        self.view = Paper(self)
        self.view.setDocument(self._document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setPageSpacing(12)
        self.view.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.view.setAccessibleName("Preview of the replacement plan")
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.draw)
        self._choices = self._make_choices()
        self._paper = self._make_paper()
        find = Button("Find cameras", "primary")
        find.clicked.connect(lambda: session.hub.asked_for.emit("find", None))
        self._empty = EmptyState(
            ThreeSteps(), "No cameras yet", "A plan needs something to plan. Search your network first.", find
        )
        whole = QWidget()
        both = QHBoxLayout(whole)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self._choices)
        both.addWidget(self._paper, 1)
        self._faces = QStackedLayout(self)
        self._faces.addWidget(whole)
        self._faces.addWidget(self._empty)
        session.hub.changed.connect(self._take)
        self._take(Changes(settings=True))

    def _make_choices(self) -> Surface:
        self._ask = Text("")
        self._years = QGridLayout()
        self._years.setHorizontalSpacing(8)
        self._years.setVerticalSpacing(4)
        self._years.setColumnStretch(0, 1)
        self._unpriced = Text("", "caption", "secondary")
        self._costs = QGridLayout()
        self._costs.setHorizontalSpacing(8)
        self._costs.setVerticalSpacing(4)
        self._costs.setColumnStretch(0, 1)
        self.costs_button = Button("Change costs", icon="pound-sterling")
        self.costs_button.clicked.connect(lambda: CostsDialog(self.session, self.window()).show_over())
        self._audience = QButtonGroup(self)
        self._left_out = Text("", "caption", "secondary")
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(24, 24, 12, 20)
        layout.setSpacing(0)
        layout.addWidget(Text("Replacement plan", "title"))
        layout.addSpacing(8)
        layout.addWidget(self._ask)
        layout.addSpacing(12)
        layout.addLayout(self._years)
        layout.addSpacing(6)
        layout.addWidget(self._unpriced)
        for title, part in (("What one costs, excluding VAT", self._costs), ("Who will see it?", None)):
            layout.addSpacing(14)
            layout.addWidget(Line())
            layout.addSpacing(14)
            layout.addWidget(Text(title, "strong"))
            layout.addSpacing(8)
            if part is not None:
                layout.addLayout(part)
                layout.addSpacing(10)
                layout.addLayout(row(self.costs_button, None))
        for at, (words, _, _) in enumerate(AUDIENCES):
            choice = Radio(words)
            choice.setChecked(at == 0)
            self._audience.addButton(choice, at)
            layout.addWidget(choice)
            layout.addSpacing(4)
        layout.addSpacing(4)
        layout.addWidget(self._left_out)
        layout.addStretch(1)
        self._audience.idToggled.connect(self._choose_audience)
        self._left_out.setText(AUDIENCES[0][2])
        pane = Surface("base", lines="r")
        pane.setLayout(column(Scroll(body, "Choices for the plan")))
        return pane

    def _make_paper(self) -> QWidget:
        self._back, self._on = IconButton("chevron-left", "Page before"), IconButton("chevron-right", "Next page")
        self._back.clicked.connect(lambda: self._turn(-1))
        self._on.clicked.connect(lambda: self._turn(1))
        self._page = Text("", "body", wrap=False)
        self._zoom = Combo("Size of the preview")
        for words, factor in ZOOMS:
            self._zoom.addItem(words, factor)
        self._zoom.currentIndexChanged.connect(self._scale)
        self.save_button = Button("Save PDF", "primary", "download")
        self.save_button.clicked.connect(self.save)
        self._state = Text("", "body", "secondary", wrap=False)
        bar = Surface("base", lines="b")
        tools = QHBoxLayout(bar)
        tools.setContentsMargins(20, 12, 24, 12)
        tools.setSpacing(8)
        for tool in (self._back, self._page, self._on, 8, self._zoom, 8, self._state):
            tools.addSpacing(tool) if isinstance(tool, int) else tools.addWidget(tool)
        tools.addStretch(1)
        tools.addWidget(self.save_button)
        navigator = self.view.pageNavigator()
        navigator.currentPageChanged.connect(self._show_page)
        whole = Surface("nav")
        layout = column(bar)
        layout.addWidget(self.view, 1)
        whole.setLayout(layout)
        return whole

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Draws the paper if anything has changed since."""
        del wish
        if self._stale:
            self._settle.start()

    def start_focus(self) -> QWidget:
        """Save, or the button of the empty page."""
        return self._empty.findChildren(Button)[0] if self._faces.currentIndex() else self.save_button

    def panes(self) -> list[QWidget]:
        """Choices, paper."""
        return [self.costs_button, self.view] if not self._faces.currentIndex() else [self.start_focus()]

    def set_narrow(self, narrow: bool) -> None:
        """The choices keep room to be read."""
        del narrow
        self._choices.setFixedWidth(min(round(self.width() * 0.45), theme.px(COLUMN)))
        self._zoom.setVisible(not self.tight)
        self._state.setVisible(not self.tight)

    # Drawing and saving

    @property
    def audience(self) -> paper.Audience:
        """Who will see it."""
        return AUDIENCES[max(0, self._audience.checkedId())][1]

    def draw(self) -> None:
        """Draws the paper in a Job; a newer wish replaces an older one."""
        inventory = self.session.inventory
        if inventory is None or not self.session.rows():
            return
        if self.job is not None and self.job.running:
            self._stale = True
            return
        self._stale = False
        self._number += 1
        self._state.setText("Drawing…")
        work = printing.draw_plan(
            inventory,
            self.session.knowledge,
            self._folder / f"plan-{self._number}.pdf",
            audience=self.audience,
            data_dir=self.session.data_dir,
            now=self.session.clock(),
        )
        self.job = Job(work)
        self.job.finished.connect(self._drawn)
        self.job.failed.connect(self._failed)
        self.job.start()

    def save(self) -> None:
        """Asks where, and puts the paper that is shown there."""
        if self._written is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "Save the replacement plan", self._suggested(), "PDF (*.pdf)")
        if name:
            self.save_as(Path(name))

    def save_as(self, path: Path) -> None:
        """Saves to a path, or says why not and what to do."""
        inventory = self.session.inventory
        if inventory is None:
            return
        path = path if path.suffix else path.with_suffix(".pdf")
        try:
            written = paper.write_report(
                inventory,
                self.session.knowledge,
                "plan",
                path,
                audience=self.audience,
                data_dir=self.session.data_dir,
                now=self.session.clock(),
            )
        except CamcensusError as error:
            self.session.hub.troubled.emit("The plan was not saved", str(error))
            return
        say = f"Saved {clean(path.name)}, {count(written.pages, 'page')}."
        self._state.setText(say)
        announce(self, say)

    def close_folder(self) -> None:
        """Removes the previews; for the end of the program."""
        self._document.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _suggested(self) -> str:
        body = self.session.body
        name = re.sub(r"[^\w-]+", "-", (body.name if body else "").strip().casefold()).strip("-")[:60] or "camcensus"
        return f"{name}-replacement-plan-{self.session.clock():%Y-%m-%d}.pdf"

    def _drawn(self, written: Written) -> None:
        self._written = written
        self._document.load(str(written.path))
        self._state.setText("")
        self._show_page(0)
        self._scale()
        for old in self._folder.glob("plan-*.pdf"):
            if old != written.path:
                old.unlink(missing_ok=True)
        if self._stale:
            self._settle.start()

    def _failed(self, error: BaseException) -> None:
        self._state.setText("")
        if isinstance(error, CamcensusError):
            self.session.hub.troubled.emit("The plan could not be drawn", str(error))
        else:
            self.defect.emit(error)

    def _take(self, _: Changes) -> None:
        inventory = self.session.inventory
        rows = self.session.rows()
        self._faces.setCurrentIndex(0 if rows else 1)
        self._stale = True
        if inventory is None or not rows:
            return
        plan = paper.plan(inventory, self.session.knowledge, self.session.clock())
        self._ask.setText(ask(plan))
        _fill(self._years, [(year.year, pounds(year.total)) for year in plan.years], ("Total", pounds(plan.total.total)))
        unpriced = [item for item in plan.items if item.total is None and item.option in REPLACING]
        self._unpriced.setText(f"Not priced yet: {count(len(unpriced), 'item')}, left out of the total." if unpriced else "")
        self._unpriced.setVisible(bool(unpriced))
        costs = plan.costs
        lines = [
            ("A camera", costs.camera_unit),
            ("Fitting it", costs.camera_fitting),
            ("A recorder", costs.recorder_unit),
            ("Fitting it", costs.recorder_fitting),
        ]
        named = [(name, pounds(pence) if pence is not None else "Not priced") for name, pence in lines]
        _fill(self._costs, [*named, ("Contingency", f"{costs.contingency_percent} %")], None)
        if self.isVisible():
            self._settle.start()

    def _choose_audience(self, at: int, on: bool) -> None:
        if on:
            self._left_out.setText(AUDIENCES[at][2])
            self._settle.start()

    def _turn(self, by: int) -> None:
        navigator = self.view.pageNavigator()
        page = max(0, min(self._document.pageCount() - 1, navigator.currentPage() + by))
        navigator.jump(page, navigator.currentLocation(), navigator.currentZoom())

    def _show_page(self, page: int) -> None:
        pages = self._document.pageCount()
        self._page.setText(f"Page {page + 1} of {pages}" if pages else "")
        self._back.setEnabled(page > 0)
        self._on.setEnabled(page + 1 < pages)

    def _scale(self, *_: object) -> None:
        factor = float(self._zoom.currentData())
        if factor > 0:
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            self.view.setZoomFactor(factor)
        else:
            self.view.setZoomMode(QPdfView.ZoomMode.FitInView if factor else QPdfView.ZoomMode.FitToWidth)


def _fill(grid: QGridLayout, lines: list[tuple[str, str]], total: tuple[str, str] | None) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for at, (name, amount) in enumerate([*lines, *([total] if total and lines else [])]):
        last = total is not None and at == len(lines)
        grid.addWidget(Text(name, "strong" if last else "body", wrap=False), at, 0)
        grid.addWidget(Text(amount, "strong" if last else "body", wrap=False, align=Qt.AlignmentFlag.AlignRight), at, 1)
