"""Choices for the whole plan: how finely it is divided, in which year it begins, and which networks are core."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.plan import LEVEL_WORDS
from camcensus.model.plan_edits import PlanChoices
from camcensus.model.words import clean
from camcensus.planning.years import year_label
from camcensus.store.edits.plan import choose
from camcensus.tasks.register import plan as planning
from camcensus.ui.asset.decide import year_choices
from camcensus.ui.kit.controls import Check, Combo
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import labelled
from camcensus.ui.kit.layout import column, fill, panel
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

NETWORKS_SHOWN = 60


class PlanSettingsDialog(Dialog):
    """One edit for all of it. What staff typed of batches stays."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        lead = "Your own changes to batches are kept."
        super().__init__(parent, "Choices for the plan", lead=lead, width=480)
        self._session = session
        inventory, body = session.inventory, session.body
        kept = inventory.plan_edits().choices if inventory is not None else PlanChoices()
        starts = body.year_starts if body else 4
        self.level, self.first = Combo("Group cameras by"), Combo("First financial year")
        self.level.offer(
            [
                ("Building or room, whichever gives fewer groups", None),
                *((words, level) for level, words in LEVEL_WORDS.items()),
            ]
        )
        self.level.choose(kept.level)
        self.first.offer(year_choices(session, "The year that runs now"))
        kept_first = None if kept.first_year is None else year_label(kept.first_year, starts)
        self.first.setCurrentIndex(max(0, self.first.findData(kept_first)))  # a year that is over: the one that runs now
        self.based = Check("Count makers based in China (our reading) as a reason", on=kept.count_based)
        fill(
            self.body,
            labelled("One batch for each", self.level),
            12,
            labelled("First financial year", self.first),
            16,
            self.based,
            4,
            Text("Listed makers always count. Your decisions stay as they are.", "body", "secondary"),
        )
        self.checks: dict[str, Check] = {}
        networks = planning.networks(inventory) if inventory is not None else ()
        for name in [*networks[:NETWORKS_SHOWN], *sorted(kept.core_networks - set(networks[:NETWORKS_SHOWN]))]:
            self.checks[name] = Check(clean(name, 80), on=name in kept.core_networks)
        if self.checks:
            fill(
                self.body,
                16,
                Text("Core networks", "strong"),
                4,
                Text("Cameras on these come first, as at sensitive places.", "body", "secondary"),
                8,
            )
            inside = panel(column(*self.checks.values(), None, gap=6))
            self.body.addWidget(Scroll(inside, "Core networks"), 1)
        self.offer("Cancel", "Save choices")

    def accept(self) -> None:
        core = [name for name, check in self.checks.items() if check.isChecked()]
        level, first = self.level.currentData(), self.first.currentData()
        based = self.based.isChecked()
        if self._session.do(choose(level=level, first_year_label=first, core_networks=core, count_based=based)):
            super().accept()
