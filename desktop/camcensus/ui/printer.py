"""A finished PDF to a printer: the file itself where the system prints PDFs or the printer is a file, else pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrintEngine, QPrinter
from PySide6.QtWidgets import QLineEdit, QWidget

from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean, count
from camcensus.tasks.files import Written, save_drawn
from camcensus.tasks.printing import PrintChoices, Sides, makes_a_file, print_pdf, system_printing
from camcensus.ui.job import Emit, Job
from camcensus.ui.kit import file_dialogs

PICTURE_DPI = 300
"""At most this many dots an inch where a printer takes pictures only: an A4 page is then 35 MB, and its text is sharp."""
POINTS_OFF = 4
"""Sheets that differ by less are the same: one is measured in millimetres, the other in inches."""
NO_PRINTER = "The printer did not take the job. Save the PDF and print that."
_CUPS_OPTIONS = QPrintEngine.PrintEnginePropertyKey(0xFE00)
"""Where Qt's dialog keeps what a printer can do besides, as name, value, name, value. Source: PPK_CupsOptions of Qt 6."""
_SIDES: dict[QPrinter.DuplexMode, Sides] = {
    QPrinter.DuplexMode.DuplexNone: "one-sided",
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}

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
    choices = choices_of(printer, document)
    chosen = len(pages_of(choices.pages, written.pages))
    whole = f"Nothing was saved: a file always has all {written.pages} pages, and you chose {chosen}. Choose all, or a printer."
    if name := printer.outputFileName():
        if chosen < written.pages:
            failed(whole)
            return
        path = Path(name)
        file_dialogs.remember(path.parent)
        save_as_file(written, path, told, failed)
        return

    async def hand_over(_: Emit) -> bool:
        if await makes_a_file(choices.printer):
            return False
        if system_printing() is not None:
            await print_pdf(written.path, choices)
        return True

    def handed(is_paper: bool) -> None:
        if not is_paper and chosen < written.pages:
            failed(whole)
        elif not is_paper:
            file_dialogs.save_file(
                parent, f"Save: {choices.title}", f"{choices.title}.pdf", "PDF (*.pdf)",
                lambda path: save_as_file(written, path, told, failed),
            )  # fmt: skip
        elif system_printing() is None and not print_pictures(document, printer):
            failed(NO_PRINTER)
        else:
            told(f"Sent to the printer, {count(chosen, 'page')}")

    job = Job(hand_over)
    job.finished.connect(handed)
    job.failed.connect(lambda error: failed(str(error) if isinstance(error, CamcensusError) else NO_PRINTER))
    job.start()


def save_as_file(written: Written, path: Path, told: Told, failed: Told) -> None:
    """Puts our own file, with its tags for screen readers, where a printer would have made one."""
    try:
        made = save_drawn(written, path if path.suffix else path.with_suffix(".pdf"))
    except CamcensusError as error:
        failed(str(error))
        return
    told(f"Saved {clean(made.path.name)}, {count(made.pages, 'page')}")


def choices_of(printer: QPrinter, document: QPdfDocument) -> PrintChoices:
    """What was chosen in the dialog, as the system's printing takes it."""
    pages, sheet, drawn = document.pageCount(), printer.pageLayout().pageSize(), document.pagePointSize(0)
    sides = (min(drawn.width(), drawn.height()), max(drawn.width(), drawn.height()))
    fits = all(abs(one - other) <= POINTS_OFF for one, other in zip(sides, sheet.sizePoints().toTuple(), strict=True))
    ranges = printer.pageRanges()
    if ranges.isEmpty() and printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        ranges = QPageRanges()
        ranges.addRange(printer.fromPage(), min(printer.toPage() or pages, pages))
    more = printer.printEngine().property(_CUPS_OPTIONS)
    words = [str(word) for word in more] if isinstance(more, list) else []
    return PrintChoices(
        printer.printerName(),
        printer.docName(),
        printer.copyCount(),
        printer.collateCopies(),
        ranges.toString(),
        _SIDES.get(printer.duplex()),
        printer.colorMode() == QPrinter.ColorMode.GrayScale,
        sheet.key(),
        not fits,
        tuple(zip(words[::2], words[1::2], strict=False)),
    )


def pages_of(ranges: str, number: int) -> list[int]:
    """The pages that "1-3,5" means, from 1; all of `number` where it is empty."""
    if not ranges:
        return list(range(1, number + 1))
    found = QPageRanges.fromString(ranges)
    return [page for page in range(1, number + 1) if found.contains(page)]


def print_pictures(document: QPdfDocument, printer: QPrinter) -> bool:
    """Sends a picture of each chosen page, as large as its sheet; False where the printer did not take the job."""
    painter = QPainter()
    printer.setFullPage(True)  # a sheet of labels is printed at 100%, whatever the printer's margins
    if not painter.begin(printer):
        return False
    dots = min(PICTURE_DPI, printer.resolution())
    room = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    for at, page in enumerate(pages_of(choices_of(printer, document).pages, document.pageCount())):
        if at:
            printer.newPage()
        points = document.pagePointSize(page - 1)
        scale = min(room.width() / points.width(), room.height() / points.height())
        target = QRectF(0, 0, points.width() * scale, points.height() * scale)
        pixels = QSize(round(points.width() / 72 * dots), round(points.height() / 72 * dots))
        painter.drawImage(target, document.render(page - 1, pixels))
    painter.end()
    return True
