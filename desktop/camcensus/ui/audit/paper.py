"""The report of a roll-up: drawn in a Job, looked at, saved and printed as it was drawn."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from camcensus.tasks.files import Written
from camcensus.tasks.progress import Progress
from camcensus.tasks.reports.rollup import write_rollup_pdf
from camcensus.tasks.rollup.figures import lists_of, read_figures
from camcensus.tasks.rollup.taking import open_for_reading
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.kit import file_dialogs
from camcensus.ui.preview.dialog import PaperDialog
from camcensus.ui.session import Session

TITLE = "Audit roll-up"


class AuditPaper(PaperDialog):
    """As every sheet, but that it is drawn from a roll-up; the desk gives no record."""

    def __init__(self, session: Session, desk: AuditDesk, parent: QWidget) -> None:
        super().__init__(session, TITLE, parent)
        self._rollup, self._lists = desk.path, desk.chosen
        self.desk.progressed.connect(lambda at, of: self.paper.state.setText(f"Drawing, {at:,} of {of:,}…"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.desk.written is None and not self.desk.drawing:
            self.paper.state.setText("Adding up and drawing…")
            rollup, data_dir, now = self._rollup, self._session.data_dir, self._session.clock()
            lists = self._lists
            self.desk.draw_apart(lambda to, progress: draw(rollup, data_dir, now, lists, to, progress))

    def save(self) -> None:
        stem = file_dialogs.stem_of(self._rollup.stem, 80) or "audit"
        name = f"{stem}-{self._session.clock():%Y-%m-%d}.pdf"
        file_dialogs.save_file(self, "Save the report", name, "PDF (*.pdf)", self.save_as)


def draw(path: Path, data_dir: Path, now: datetime, lists: tuple[str, ...], to: Path, progress: Progress) -> Written:
    """Reads every table under these lists and draws the report, on a connection of the calling thread."""
    with open_for_reading(path, data_dir) as rollup:
        figures = read_figures(rollup, lists_of(rollup, lists), now.date().isoformat())
        return write_rollup_pdf(rollup, figures, to, data_dir=data_dir, now=now, progress=progress)
