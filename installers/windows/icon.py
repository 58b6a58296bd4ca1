"""The program's mark as a Windows icon, drawn from its SVG at every size."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path

from installers.shared.facts import BuildError
from installers.shared.icon import MARK, draw_icon

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


SIDE_PIXELS = (328, 628)
"""Twice what the setup's first page shows at 100 %, so that it is sharp on a finer screen."""
COLOUR = "#0b5cad"
"""The ground of the mark."""


def write_side(path: Path) -> Path:
    """Write the picture at the side of the setup's first and last page: the mark on its own colour, a 24-bit BMP."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    width, height = SIDE_PIXELS
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(COLOUR))
    painter = QPainter(image)
    QSvgRenderer(str(MARK)).render(painter, QRectF(width / 2 - 100, 150, 200, 200))
    painter.end()
    if not image.save(str(path), "BMP"):
        raise BuildError(f"{path.name} could not be drawn from {MARK.name}.")
    return path


def write_ico(path: Path) -> Path:
    """Write the mark as an .ico, one PNG a size, each drawn for itself. Source: ICONDIR; PNG inside since Windows Vista."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = [draw_icon(size, Path(folder) / f"{size}.png").read_bytes() for size in SIZES]
    head = struct.pack("<HHH", 0, 1, len(SIZES))
    at = len(head) + 16 * len(SIZES)
    for size, picture in zip(SIZES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    path.write_bytes(head + b"".join(pictures))
    return path
