"""Pictures of floors as people have them: PNG and JPEG as they are, of a PDF its first page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtPdf import QPdfDocument

from camcensus.intake.pictures import read_picture
from camcensus.model.disk import disk_error, shown
from camcensus.model.errors import IntakeError
from camcensus.model.pictures import Picture

FILE_LIMIT_BYTES = 64 << 20
LONG_SIDE_PIXELS = 2400
"""Of a page of a PDF: an A3 sheet at 145 dots an inch, enough to read room names."""


def read_plan(path: Path) -> Picture:
    """The picture in a file, upright and without what a camera notes in it. Raises IntakeError, one sentence."""
    try:
        if path.stat().st_size > FILE_LIMIT_BYTES:
            raise IntakeError(f"“{shown(path)}” is larger than {FILE_LIMIT_BYTES >> 20} MiB; save it smaller, then add it.")
        data = path.read_bytes()
    except OSError as error:
        raise IntakeError(str(disk_error(path, error))) from error
    return read_picture(_first_page(data, shown(path)) if data[:1024].lstrip().startswith(b"%PDF") else data, "plan")


def _first_page(data: bytes, name: str) -> bytes:
    """Page 1 of a PDF as PNG."""
    device = QBuffer()
    device.setData(data)
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(device)
    if document.status() != QPdfDocument.Status.Ready or document.pageCount() < 1:
        raise IntakeError(f"“{name}” cannot be read as a PDF, or asks for a password; save the page as a picture instead.")
    points = document.pagePointSize(0)
    long_side = max(points.width(), points.height(), 1.0)
    size = QSize(
        max(1, round(points.width() / long_side * LONG_SIDE_PIXELS)),
        max(1, round(points.height() / long_side * LONG_SIDE_PIXELS)),
    )
    page = document.render(0, size)
    white = QImage(size, QImage.Format.Format_RGB32)
    white.fill(0xFFFFFFFF)
    if page.isNull():
        raise IntakeError(f"The first page of “{name}” cannot be drawn; save it as a picture instead.")
    painter = QPainter(white)
    painter.drawImage(0, 0, page)
    painter.end()
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(out, b"png").write(white)
    return bytes(out.data().data())
