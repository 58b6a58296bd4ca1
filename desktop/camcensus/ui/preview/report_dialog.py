"""A report over the page it belongs to: who will see it, the paper itself, Save and Print. Choices are kept as in Reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from camcensus.model.errors import CamcensusError
from camcensus.model.words import long_date
from camcensus.tasks.files import Written
from camcensus.tasks.progress import Progress
from camcensus.tasks.register.verbs import Inventory
from camcensus.tasks.reports import catalogue as reports
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.preview.dialog import PaperDialog
from camcensus.ui.session import Session


class ReportDialog(PaperDialog):
    """Draws a report for whoever is chosen to see it, with progress; closing it stops the drawing."""

    def __init__(self, session: Session, kind: reports.ReportKind, parent: QWidget) -> None:
        self.csv_button = Button("Save CSV", then=self.save_table)
        super().__init__(session, kind.title, parent=parent, more=(self.csv_button,) if kind.csv is not None else ())
        self.kind = kind
        self.audience = Combo("Who will see it?", ((reports.AUDIENCE_WORDS[name], name) for name in kind.audiences))
        inventory = session.inventory
        self._choices = reports.choices_kept(inventory, kind) if inventory is not None else reports.Choices()
        self.audience.choose(self._choices.audience)
        self.version = Combo("Which version")
        self.version.addItem("As it is now", None)
        made = inventory.plan_versions() if inventory is not None and "version" in kind.options else ()
        self.version.offer((f"As signed on {long_date(one.made_at)}", one.number) for one in made)
        if not made:
            self.version.hide()
        self._left_out = Text(kind.left_out[self._choices.audience], "body", "secondary")
        bar = Surface("base", lines="b")
        parts = Flow(Text("Who will see it?", wrap=False), self.audience, self.version, self._left_out, gap=12)
        column(parts, margins=(20, 10, 24, 10), of=bar)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.setSpacing(0)
        whole.insertWidget(0, bar)
        for combo in (self.audience, self.version):
            combo.activated.connect(lambda _: self._choose())
        self.desk.progressed.connect(self._progressed)

    def write(self, pen: Inventory, to: Path, progress: Progress) -> Written:
        """Writes the report for whoever is chosen to see it; called in the thread that draws."""
        return self.kind.write(self._making(pen, to, progress))

    def save_table(self) -> None:
        """Asks where, and writes the report's table there as CSV."""
        csv = self.kind.csv
        if csv is None:
            return

        def save(path: Path) -> None:
            to_csv = path if path.suffix else path.with_suffix(".csv")
            self.desk.write(lambda pen, to, progress: csv(self._making(pen, to, progress)), to_csv)

        title = f"Save the table: {self.kind.title}"
        file_dialogs.save_file(self, title, f"{self._suggested()}.csv", "CSV (*.csv)", save)

    def _making(self, pen: Inventory, to: Path, progress: Progress) -> reports.Making:
        session = self._session
        return reports.Making(
            inventory=pen, knowledge=session.knowledge, path=to, data_dir=session.data_dir, now=session.clock(),
            choices=self._choices, progress=progress,
        )  # fmt: skip

    def _choose(self) -> None:
        self._choices = replace(self._choices, audience=self.audience.currentData(), version=self.version.currentData())
        self._left_out.setText(self.kind.left_out[self._choices.audience])
        for button in (self.save_button, self.print_button):
            button.setEnabled(False)
        inventory = self._session.inventory
        if inventory is not None and not inventory.readonly and not self._session.waiting:
            try:
                reports.save_choices(inventory, self.kind, self._choices)
            except CamcensusError as error:
                self._session.hub.troubled.emit("Your choices were not saved", str(error))
        self.draw()

    def _progressed(self, done: int, of: int) -> None:
        if self.desk.drawing and of:
            self.paper.state.setText(f"Drawing, {min(99, round(100 * done / of))}%")
