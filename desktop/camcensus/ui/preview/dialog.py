"""One paper of no record to look at, then to print or to save: the report of a roll-up."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Self

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from camcensus.model.words import clean, count
from camcensus.tasks.files import Written
from camcensus.ui.job import answer_failure
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import most_of_window
from camcensus.ui.kit.focus import FocusRing, ReadByTab
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.widgets import announce
from camcensus.ui.preview.desk import PaperDesk
from camcensus.ui.preview.view import PaperView
from camcensus.ui.printer import ask_printer, print_paper
from camcensus.ui.session import Session


class PaperDialog(ReadByTab, QDialog):
    """Shows the pages that `desk` draws; who draws them says where they are saved."""

    defect = Signal(object)

    def __init__(self, session: Session, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self._session, self._title = session, title
        self._shown = False
        for keys, do in (("Ctrl+S", self.save), ("Ctrl+P", self.print_out)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self.desk = PaperDesk(session, self)
        self.desk.drawn.connect(self._drawn)
        self.desk.saved.connect(self._saved)
        self.desk.failed.connect(self._failed)
        self.save_button = Button("Save PDF", icon="download", then=self.save)
        self.print_button = Button("Print", "primary", "printer", then=self.print_out)
        self.close_button = Button("Close", then=self.reject)
        self.paper = PaperView(f"Preview: {title}", self.close_button, self.save_button, self.print_button)
        column(self.paper, of=self)
        self._ring = FocusRing(self)
        self.finished.connect(self._tidy)
        for button in (self.save_button, self.print_button):
            button.setEnabled(False)

    def show_over(self) -> Self:
        """Opens it over its parent without stopping the program."""
        self.resize(self.sizeHint())
        self.open()
        return self

    def sizeHint(self) -> QSize:
        return most_of_window(self.parentWidget(), (48, 48), 1000)

    def save(self) -> None:
        """Asks where, and puts the sheet there, as soon as it is drawn."""
        raise NotImplementedError

    def save_as(self, path: Path) -> None:
        """Saves what is shown to a path, or says why not and what to do."""
        self.desk.save(path if path.suffix else path.with_suffix(".pdf"))

    def print_out(self) -> None:
        """Asks for a printer, and prints the pages as they are shown."""
        if self.desk.written is None or self.desk.drawing:
            return
        printer = ask_printer(self, self._title, self.paper.document)
        if printer is not None:
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Prints the sheet that is shown."""
        if self.desk.written is not None:
            failed = partial(self._session.hub.troubled.emit, "Nothing was printed")
            print_paper(self, self.desk.written, self.paper.document, printer, self._tell, failed)

    def _saved(self, kept: Written) -> None:
        self._tell(f"Saved {clean(kept.path.name)}, {count(kept.pages, 'page')}")

    def _tell(self, say: str) -> None:
        """Says what became of the sheet."""
        self.paper.state.setText(f"{say}.")
        announce(self, f"{say}.")

    def _drawn(self, written: Written) -> None:
        self.paper.load(written.path)
        self.paper.state.setText("")
        for button in (self.save_button, self.print_button):
            button.setEnabled(True)
        if not self._shown:  # later the keyboard stays where another choice was made
            self.print_button.setFocus()
        self._shown = True

    def _failed(self, what: str, error: BaseException) -> None:
        self.paper.state.setText("")
        title = "The PDF was not saved" if what == "save" else "The sheet could not be drawn"
        answer_failure(error, partial(self._session.hub.troubled.emit, title), self.defect.emit)
        if what == "draw":
            self.reject()

    def _tidy(self, _: int) -> None:
        self.paper.close_document()
        self.desk.close()
        self.deleteLater()
