"""A finished PDF to a printer, as pictures of its pages; where the printer is a file, our own file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QTimer
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QLineEdit, QWidget

from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean, count
from camcensus.tasks.files import Written, save_drawn
from camcensus.ui.kit import file_dialogs

PICTURE_DPI = 300
"""At most this many dots an inch: an A4 page is then 35 MB, and its text is sharp."""
NO_PRINTER = "The printer did not take the job. Save the PDF and print that."
FILE_PRINTERS = ("Microsoft Print to PDF",)
"""Printers that make a file: ours, which screen readers can read, is saved in its place."""
_FILE_FIELD = "filename"
"""In Qt's own dialog, which begins in the home folder else. Source: qprintwidget.ui of Qt 6."""

type Told = Callable[[str], object]
"""What became of it: a sentence without its full stop, or why nothing was printed."""


def ask_printer(parent: QWidget, title: str, document: QPdfDocument) -> QPrinter | None:
    """Asks for a printer, with the sheet the right way round; None where the person thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    points = document.pagePointSize(0)
    wide = points.width() > points.height()
    upright = points.transposed() if wide else points
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(QPageSize(upright, QPageSize.Unit.Point), turned, QMarginsF()))
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"Print: {title}")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, document.pageCount())
    suggested = file_dialogs.last_folder() / f"{title}.pdf"
    for field in dialog.findChildren(QLineEdit, _FILE_FIELD):
        field.setText(str(suggested))
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_paper(parent: QWidget, written: Written, document: QPdfDocument, printer: QPrinter, told: Told, failed: Told) -> None:
    """Prints a paper that was drawn; one of `told` and `failed` follows, but neither where a person chose no file.

    A file has all pages: whoever chose some of them for one is told so, and nothing is saved that shows more than was meant.
    """
    pages = pages_of(printer, written.pages)
    name = printer.outputFileName()
    if not name and printer.printerName() not in FILE_PRINTERS:
        print_pictures(parent, document, printer, pages, told, failed)
    elif len(pages) < written.pages:
        failed(
            f"Nothing was saved: a file always has all {written.pages} pages, and you chose {len(pages)}. "
            "Choose all, or a printer."
        )
    elif name:
        file_dialogs.remember(Path(name).parent)
        save_as_file(written, Path(name), told, failed)
    else:
        title = printer.docName()
        file_dialogs.save_file(
            parent, f"Save: {title}", f"{title}.pdf", "PDF (*.pdf)", lambda path: save_as_file(written, path, told, failed)
        )


def save_as_file(written: Written, path: Path, told: Told, failed: Told) -> None:
    """Puts our own file, with its tags for screen readers, where a printer would have made one."""
    try:
        made = save_drawn(written, path if path.suffix else path.with_suffix(".pdf"))
    except CamcensusError as error:
        failed(str(error))
        return
    told(f"Saved {clean(made.path.name)}, {count(made.pages, 'page')}")


def pages_of(printer: QPrinter, number: int) -> list[int]:
    """The pages that were chosen in the dialog, from 1; all of `number` where none were."""
    ranges = printer.pageRanges()
    if ranges.isEmpty() and printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        ranges = QPageRanges()
        ranges.addRange(printer.fromPage(), printer.toPage() or number)
    return [page for page in range(1, number + 1) if ranges.isEmpty() or ranges.contains(page)]


def print_pictures(
    parent: QWidget, document: QPdfDocument, printer: QPrinter, pages: Sequence[int], told: Told, failed: Told
) -> None:
    """Sends a picture of each chosen page, as large as its sheet, one page in each turn of the window's events."""
    painter, waiting = QPainter(), list(pages)
    printer.setFullPage(True)  # a sheet of labels is printed at 100%, whatever the printer's margins
    if not painter.begin(printer):
        failed(NO_PRINTER)
        return
    dots = min(PICTURE_DPI, printer.resolution())
    room = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))

    def draw() -> None:
        page = waiting.pop(0) - 1
        points = document.pagePointSize(page)
        scale = min(room.width() / points.width(), room.height() / points.height())
        pixels = QSize(round(points.width() / 72 * dots), round(points.height() / 72 * dots))
        painter.drawImage(QRectF(0, 0, points.width() * scale, points.height() * scale), document.render(page, pixels))
        if waiting:
            printer.newPage()
            QTimer.singleShot(0, parent, draw)
        else:
            painter.end()
            told(f"Sent to the printer, {count(len(pages), 'page')}")

    draw()
