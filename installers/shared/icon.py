"""The program's mark as pictures, drawn from its one SVG by Qt."""

from __future__ import annotations

import os
from pathlib import Path

from installers.shared.facts import ROOT, BuildError

MARK = ROOT / "resources" / "icons" / "camcensus.svg"


def draw_icon(size: int, path: Path) -> Path:
    """Write the mark as a square PNG of so many pixels, with nothing behind it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(MARK))
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not renderer.isValid() or not image.save(str(path), "PNG"):
        raise BuildError(f"{path.name} could not be drawn from {MARK.name}.")
    return path
