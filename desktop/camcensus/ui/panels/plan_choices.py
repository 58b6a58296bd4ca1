"""The choices beside the plan: what it comes to, what one costs you, and who will see it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from camcensus.model.plan import Plan
from camcensus.model.words import count, pounds
from camcensus.tasks import paper
from camcensus.ui import theme
from camcensus.ui.buttons import Button
from camcensus.ui.controls import Radio
from camcensus.ui.parts import Line, Scroll, Surface, column, row
from camcensus.ui.widgets import Text

AUDIENCES: tuple[tuple[str, paper.Audience, str], ...] = (
    ("Us only", "internal", "Nothing is left out."),
    ("A supplier", "supplier", "Network addresses, serial numbers and staff names are left out."),
    ("The public", "public", "Locations, network details, people and notes are left out."),
)
REPLACING = ("replace", "replace-with-recorder")


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
        return f"{shares} are to be replaced{years}. Nothing is priced yet."
    return f"We are asking for {pounds(plan.total.total)} (excluding VAT){years} to replace {shares}."


class PlanChoices(Surface):
    """`changed` follows another audience; `costs_wanted` is the button for the person's own figures."""

    changed = Signal()
    costs_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", lines="r", parent=parent)
        self._ask = Text("")
        self._years, self._costs = _sums(), _sums()
        self._unpriced = Text("", "caption", "secondary")
        self.costs_button = Button("Change costs", icon="pound-sterling")
        self.costs_button.clicked.connect(self.costs_wanted)
        self._audience = QButtonGroup(self)
        self._left_out = Text(AUDIENCES[0][2], "caption", "secondary")
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
        _section(layout, "What one costs, excluding VAT")
        layout.addLayout(self._costs)
        layout.addSpacing(10)
        layout.addLayout(row(self.costs_button, None))
        _section(layout, "Who will see it?")
        for at, (words, _, _) in enumerate(AUDIENCES):
            choice = Radio(words)
            choice.setChecked(at == 0)
            self._audience.addButton(choice, at)
            layout.addWidget(choice)
            layout.addSpacing(4)
        layout.addSpacing(4)
        layout.addWidget(self._left_out)
        layout.addStretch(1)
        self._audience.idToggled.connect(self._choose)
        self.setLayout(column(Scroll(body, "Choices for the plan")))

    @property
    def audience(self) -> paper.Audience:
        """Who will see it."""
        return AUDIENCES[max(0, self._audience.checkedId())][1]

    def show_plan(self, plan: Plan) -> None:
        """What the plan comes to as it stands."""
        self._ask.setText(ask(plan))
        _fill(self._years, [(year.year, pounds(year.total)) for year in plan.years], ("Total", pounds(plan.total.total)))
        unpriced = [item for item in plan.items if item.total is None and item.option in REPLACING]
        self._unpriced.setText(f"Not priced yet: {count(len(unpriced), 'item')}, left out of the total." if unpriced else "")
        self._unpriced.setVisible(bool(unpriced))
        costs = plan.costs
        lines = (
            ("A camera", costs.camera_unit),
            ("Fitting it", costs.camera_fitting),
            ("A recorder", costs.recorder_unit),
            ("Fitting it", costs.recorder_fitting),
        )
        named = [(name, pounds(pence) if pence is not None else "Not priced") for name, pence in lines]
        _fill(self._costs, [*named, ("Contingency", f"{costs.contingency_percent} %")], None)

    def _choose(self, at: int, on: bool) -> None:
        if on:
            self._left_out.setText(AUDIENCES[at][2])
            self.changed.emit()


def _sums() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    return grid


def _section(layout: QVBoxLayout, title: str) -> None:
    layout.addSpacing(14)
    layout.addWidget(Line())
    layout.addSpacing(14)
    layout.addWidget(Text(title, "strong"))
    layout.addSpacing(8)


def _fill(grid: QGridLayout, lines: list[tuple[str, str]], total: tuple[str, str] | None) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for at, (name, amount) in enumerate([*lines, *([total] if total and lines else [])]):
        role: theme.Role = "strong" if total is not None and at == len(lines) else "body"
        grid.addWidget(Text(name, role, wrap=False), at, 0)
        grid.addWidget(Text(amount, role, wrap=False, align=Qt.AlignmentFlag.AlignRight), at, 1)
