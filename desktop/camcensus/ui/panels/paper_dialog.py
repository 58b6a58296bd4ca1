"""One sheet to look at, then to print or to save: walk-round, questions for the installer, a floor with its pins."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPageLayout, QPainter, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean, count
from camcensus.tasks.files import Written
from camcensus.ui import printing, theme
from camcensus.ui.buttons import Button
from camcensus.ui.focus import FocusRing
from camcensus.ui.job import Job
from camcensus.ui.panels.paper_view import PaperView
from camcensus.ui.session import Session
from camcensus.ui.widgets import announce

PRINT_DPI = 200
"""Resolution at which pages go to a printer that takes pictures only."""


class PaperDialog(QDialog):
    """Draws the sheet in a Job and shows its pages. `draw` writes it to a path, on the connection it is given."""

    defect = Signal(object)

    def __init__(self, session: Session, title: str, draw: printing.Draw, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self._session, self._title, self._draw = session, title, draw
        self._folder = Path(tempfile.mkdtemp(prefix="camcensus-"))
        self.job: Job | None = None
        self._written: Written | None = None
        self.save_button, self.print_button = Button("Save PDF", icon="download"), Button("Print", "primary", "printer")
        self.close_button = Button("Close")
        self.paper = PaperView(f"Preview: {title}", self.close_button, self.save_button, self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.paper)
        self._ring = FocusRing(self)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print_out)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._tidy)
        for button in (self.save_button, self.print_button):
            button.setEnabled(False)

    def sizeHint(self) -> QSize:
        """Most of the window it stands over."""
        over = self.parentWidget()
        room = over.size() if over is not None else QSize(1000, 760)
        return QSize(min(room.width() - 48, theme.px(1000)), room.height() - 48)

    def show_over(self) -> PaperDialog:
        """Opens it over its parent without stopping the program."""
        self.resize(self.sizeHint())
        self.open()
        return self

    def showEvent(self, event: QShowEvent) -> None:
        """Draws as soon as it is seen."""
        super().showEvent(event)
        if self.job is None and self._session.inventory is not None:
            self.paper.state.setText("Drawing…")
            self.job = Job(
                printing.on_own_pen(self._session.inventory, self._session.clock(), self._folder / "sheet.pdf", self._draw)
            )
            self.job.finished.connect(self._drawn)
            self.job.failed.connect(self._failed)
            self.job.start()

    def save(self) -> None:
        """Asks where, and puts the sheet there."""
        body = self._session.body
        stem = re.sub(r"[^\w-]+", "-", f"{body.name if body else ''} {self._title}".strip().casefold()).strip("-")[:80]
        name, _ = QFileDialog.getSaveFileName(
            self, f"Save: {self._title}", f"{stem}-{self._session.clock():%Y-%m-%d}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_as(Path(name))

    def save_as(self, path: Path) -> None:
        """Saves to a path, or says why not and what to do."""
        inventory = self._session.inventory
        if inventory is None:
            return
        try:
            written = self._draw(inventory, path if path.suffix else path.with_suffix(".pdf"))
        except CamcensusError as error:
            self._session.hub.troubled.emit("The PDF was not saved", str(error))
            return
        self._tell(f"Saved {clean(written.path.name)}, {count(written.pages, 'page')}")

    def print_out(self) -> None:
        """Asks for a printer, and prints the pages as they are shown."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        points = self.paper.document.pagePointSize(0)
        wide = points.width() > points.height()
        printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
        printer.setDocName(self._title)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(f"Print: {self._title}")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Sends every page to a printer, each as large as its sheet."""
        document = self.paper.document
        painter = QPainter()
        if not painter.begin(printer):
            self._session.hub.troubled.emit(
                "Nothing was printed", "The printer did not take the job. Save the PDF and print that."
            )
            return
        for page in range(document.pageCount()):
            if page:
                printer.newPage()
            room = QRectF(printer.pageLayout().paintRectPixels(printer.resolution()))
            room.moveTopLeft(QRectF().topLeft())
            points = document.pagePointSize(page)
            scale = min(room.width() / points.width(), room.height() / points.height())
            target = QRectF(0, 0, points.width() * scale, points.height() * scale)
            pixels = QSize(round(points.width() / 72 * PRINT_DPI), round(points.height() / 72 * PRINT_DPI))
            painter.drawImage(target, document.render(page, pixels))
        painter.end()
        self._tell(f"Sent to the printer, {count(document.pageCount(), 'page')}")

    def _tell(self, say: str) -> None:
        """Says what became of the sheet, and logs it: people ask what has changed since their last report."""
        self.paper.state.setText(f"{say}.")
        announce(self, f"{say}.")
        if self._session.readonly_reason is None:
            self._session.note_report(f"{self._title[:1].lower()}{self._title[1:]}", say)

    def _drawn(self, written: Written) -> None:
        self._written = written
        self.paper.load(written.path)
        self.paper.state.setText("")
        for button in (self.save_button, self.print_button):
            button.setEnabled(True)
        self.print_button.setFocus()

    def _failed(self, error: BaseException) -> None:
        self.paper.state.setText("")
        if isinstance(error, CamcensusError):
            self._session.hub.troubled.emit("The sheet could not be drawn", str(error))
        else:
            self.defect.emit(error)
        self.reject()

    def _tidy(self, _: int) -> None:
        self.paper.close_document()
        shutil.rmtree(self._folder, ignore_errors=True)
        self.deleteLater()
