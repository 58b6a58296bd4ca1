"""Work on the open record for a Job, on a connection of its own; and paper to a printer, every page as large as its sheet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from camcensus.tasks.files import Written
from camcensus.tasks.register import verbs as register
from camcensus.ui.job import Emit

type Draw = Callable[[register.Inventory, Path], Written]
"""Writes a PDF of an open inventory to a path."""


def own_pen(inventory: register.Inventory, now: datetime) -> register.Inventory:
    """The same record on a connection that belongs to the calling thread; a context manager. Raises StoreError."""
    if inventory.readonly_reason is None:
        return inventory.batch()
    return register.open_inventory(inventory.path, now, readonly=True)


def on_own_pen(inventory: register.Inventory, now: datetime, path: Path, draw: Draw) -> Callable[[Emit], Awaitable[object]]:
    """Draws to `path` on a connection that belongs to the Job's thread."""

    async def work(_: Emit) -> Written:
        with own_pen(inventory, now) as pen:
            return draw(pen, path)

    return work


PRINT_DPI = 200
"""Resolution at which pages go to a printer that takes pictures only."""
NO_PRINTER = "The printer did not take the job. Save the PDF and print that."


def ask_printer(parent: QWidget, title: str, document: QPdfDocument) -> QPrinter | None:
    """Asks for a printer, with the sheet the right way round; None where the person thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    points = document.pagePointSize(0)
    wide = points.width() > points.height()
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"Print: {title}")
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_pages(document: QPdfDocument, printer: QPrinter) -> bool:
    """Sends every page to a printer; False where it did not take the job."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
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
    return True
