"""Lucide line icons and our own status glyphs, drawn straight on the painter in any colour and at any size."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from camcensus.ui.kit import theme

Glyph = Literal["listed", "based", "to", "question", "dash", "check", "full", "half", "differ"]

APP_ICON_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)

_FOLDER: list[Path] = []


def use_icons(folder: Path) -> None:
    """Tells where the SVG files are."""
    _FOLDER[:] = [folder]
    _renderer.cache_clear()


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer | None:
    if not _FOLDER:
        return None
    try:
        text = (_FOLDER[0] / f"{name}.svg").read_text("utf-8")
    except OSError:
        return None
    text = text.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(text.encode()))


def draw_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draws an icon into `rect`; the stroke is a little heavier where the icon is small."""
    stroke = 1.9 if rect.width() <= 16 else 1.75 if rect.width() < 24 else 1.6
    renderer = _renderer(name, colour.name(), stroke)
    if renderer is not None:
        renderer.render(painter, rect)


def app_icon() -> QIcon:
    """The mark of the program itself, in its own colours, for the title bar and the task bar."""
    made = QIcon()
    renderer = _renderer("camcensus", "", 2)
    if renderer is None:
        return made
    for size in APP_ICON_SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made


def draw_glyph(painter: QPainter, glyph: Glyph, rect: QRectF, ink: QColor) -> None:
    """Draws a status glyph on a 12 by 12 grid scaled into `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 12, rect.height() / 12)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    line = QPen(ink, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if glyph == "listed":
        _polygon(painter, (6, 1.2), (11.4, 10.6), (0.6, 10.6))
    elif glyph == "full":
        painter.drawEllipse(QPointF(6, 6), 5, 5)
    elif glyph == "half":
        painter.setPen(QPen(ink, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(6, 6), 4.4, 4.4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPie(QRectF(1.3, 1.3, 9.4, 9.4), 90 * 16, 180 * 16)
    elif glyph == "question":
        _question(painter, ink)
    else:
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in _STROKES[glyph]:
            path = QPainterPath(QPointF(*stroke[0]))
            for point in stroke[1:]:
                path.lineTo(QPointF(*point))
            painter.drawPath(path)
    painter.restore()


_STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "dash": (((2, 6), (10, 6)),),
    "based": (((6, 1), (11, 6), (6, 11), (1, 6), (6, 1)),),
    "check": (((1.6, 6.4), (4.6, 9.4), (10.4, 3)),),
    "to": (((1, 6), (11, 6)), ((7.4, 2.4), (11, 6), (7.4, 9.6))),
    "differ": (((1.8, 4), (10.2, 4)), ((1.8, 8), (10.2, 8)), ((8.2, 1.2), (3.8, 10.8))),
}


def _polygon(painter: QPainter, *points: tuple[float, float]) -> None:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    path.closeSubpath()
    painter.setPen(
        QPen(painter.brush().color(), 0.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.drawPath(path)


def _question(painter: QPainter, ink: QColor) -> None:
    letter = QFont(theme.THEME.family)
    letter.setPixelSize(12)
    letter.setWeight(QFont.Weight.Bold)
    painter.setFont(letter)
    painter.setPen(ink)
    painter.drawText(QRectF(-2, -3, 16, 18), Qt.AlignmentFlag.AlignCenter, "?")
