"""Draws ground-floor.png, the floor plan of the simulated school: python resources/demo/draw_floor_plan.py

The picture is made here, from the numbers below, and is CC0 1.0 like the rest of this folder.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QImage, QPainter, QPainterPath, QPen, QPolygonF

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 1600, 1000

GROUND, FLOOR, PASSAGE = QColor("#eff3f6"), QColor("#ffffff"), QColor("#f6f8fa")
WALL, INNER, FINE, WORDS, GREEN = QColor("#262d36"), QColor("#38414c"), QColor("#9aa4af"), QColor("#4a5562"), QColor("#e6eee4")

OUTLINE = [
    (80, 150),
    (1255, 150),
    (1255, 345),
    (1530, 345),
    (1530, 620),
    (1105, 620),
    (1105, 740),
    (730, 740),
    (730, 865),
    (80, 865),
]

# Name, left, top, right, bottom.
ROOMS = [
    ("Year 3", 80, 150, 280, 345),
    ("Year 4", 280, 150, 480, 345),
    ("Year 5", 480, 150, 680, 345),
    ("Year 6", 680, 150, 880, 345),
    ("Library", 880, 150, 1105, 345),
    ("Science", 1105, 150, 1255, 345),
    ("Nursery", 80, 420, 280, 620),
    ("Year 1", 280, 420, 455, 620),
    ("Year 2", 455, 420, 630, 620),
    ("Toilets", 630, 420, 730, 520),
    ("Server", 630, 520, 730, 620),
    ("Hall", 730, 420, 1105, 740),
    ("Dining", 1105, 420, 1355, 620),
    ("Kitchen", 1355, 420, 1530, 620),
    ("Staff room", 80, 695, 280, 865),
    ("Head", 280, 695, 430, 865),
    ("Office", 430, 695, 555, 865),
    ("Entrance", 555, 620, 730, 865),
]
PASSAGES = [(80, 345, 1530, 420), (80, 620, 555, 695)]

# Doors: hinge x, wall y, into the room above (-1) or below (1); all in walls that run left to right.
DOORS = [
    (215, 345, -1), (415, 345, -1), (615, 345, -1), (815, 345, -1), (915, 345, -1), (1200, 345, -1),
    (215, 420, 1), (390, 420, 1), (565, 420, 1), (660, 420, 1), (880, 420, 1), (1180, 420, 1), (1395, 420, 1),
    (130, 695, 1), (330, 695, 1), (480, 695, 1), (665, 620, -1),
]  # fmt: skip

# Windows: from x, y to x, y.
WINDOWS = [
    *((left + 40, 150, right - 40, 150) for _, left, top, right, _ in ROOMS if top == 150),
    (80, 460, 80, 580), (80, 735, 80, 830), (115, 865, 245, 865), (310, 865, 400, 865), (455, 865, 530, 865),
    (1150, 620, 1310, 620), (800, 740, 1040, 740), (1530, 460, 1530, 570),
]  # fmt: skip

LABELS = [("North playground", 400, 75), ("Corridor", 780, 383), ("Corridor", 400, 658), ("Front gate", 642, 982)]


def main() -> None:
    """Draws the picture and writes it beside this file."""
    app = QGuiApplication.instance() or QGuiApplication([])
    for font in (HERE.parent / "fonts").glob("*.ttf"):
        QFontDatabase.addApplicationFont(str(font))
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont("Noto Sans")
    font.setPixelSize(22)
    painter.setFont(font)
    _grounds(painter)
    _building(painter)
    _words(painter)
    painter.end()
    if not image.save(str(HERE / "ground-floor.png")):
        raise SystemExit("The picture could not be written.")
    del app


def _grounds(painter: QPainter) -> None:
    painter.setPen(QPen(FINE, 2))
    for x in range(860, 1461, 75):
        painter.drawLine(x, 880, x, 975)
    painter.drawLine(860, 975, 1460, 975)
    painter.setPen(QPen(FINE, 2, Qt.PenStyle.DashLine))
    for x in (605, 680):
        painter.drawLine(x, 870, x, 955)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(GREEN)
    painter.drawRoundedRect(QRectF(320, 895, 230, 80), 6, 6)
    painter.setBrush(FLOOR)
    painter.setPen(QPen(FINE, 2))
    painter.drawRect(QRectF(80, 900, 190, 75))
    for x in range(104, 260, 24):
        painter.drawLine(x, 908, x, 922)


def _building(painter: QPainter) -> None:
    painter.setBrush(FLOOR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in OUTLINE]))
    painter.setBrush(PASSAGE)
    for left, top, right, bottom in PASSAGES:
        painter.drawRect(QRectF(left, top, right - left, bottom - top))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(INNER, 4))
    for _, left, top, right, bottom in ROOMS:
        painter.drawRect(QRectF(left, top, right - left, bottom - top))
    painter.setPen(QPen(WALL, 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in OUTLINE]))
    for hinge, wall, into in DOORS:
        _door(painter, hinge, wall, into)
    # The openings between the passages, the entrance and the front door have no door leaf to swing.
    painter.setPen(QPen(PASSAGE, 6))
    painter.drawLine(555, 632, 555, 683)
    painter.setPen(QPen(FLOOR, 8))
    painter.drawLine(605, 865, 680, 865)
    for x1, y1, x2, y2 in WINDOWS:
        painter.setPen(QPen(WALL, 9))
        painter.drawLine(x1, y1, x2, y2)
        painter.setPen(QPen(FLOOR, 5))
        painter.drawLine(x1, y1, x2, y2)
        painter.setPen(QPen(WALL, 1))
        painter.drawLine(x1, y1, x2, y2)
    painter.setPen(QPen(FINE, 2))
    painter.drawRect(QRectF(1010, 470, 75, 220))  # the stage
    for x in (1150, 1220, 1290):
        painter.drawRoundedRect(QRectF(x - 22, 545, 44, 54), 4, 4)


def _door(painter: QPainter, hinge: int, wall: int, into: int) -> None:
    width = 36
    painter.setPen(QPen(FLOOR, 6))
    painter.drawLine(hinge, wall, hinge + width, wall)
    path = QPainterPath(QPointF(hinge, wall))
    path.lineTo(hinge, wall + into * width)
    path.arcTo(QRectF(hinge - width, wall - width, 2 * width, 2 * width), -90 * into, 90 * into)
    painter.setPen(QPen(FINE, 2))
    painter.drawPath(path)


def _words(painter: QPainter) -> None:
    painter.setPen(WORDS)
    centred = Qt.AlignmentFlag.AlignCenter
    for name, left, top, right, bottom in ROOMS:
        painter.drawText(QRectF(left, top, right - left, bottom - top), centred, name)
    boxes = [*LABELS, ("Bike shelter", 175, 945), ("Nature garden", 435, 935), ("Car park", 1160, 850)]
    for text, x, y in boxes:
        painter.drawText(QRectF(x - 200, y - 20, 400, 40), centred, text)
    small = QFont(painter.font())
    small.setPixelSize(16)
    painter.setFont(small)
    note = "Elm Park Primary School, ground floor. A simulation: there is no such school."
    painter.drawText(QRectF(900, 20, 680, 30), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
    painter.save()
    painter.translate(36, 520)
    painter.rotate(-90)
    painter.drawText(QRectF(-100, -14, 200, 28), centred, "Nursery gate")
    painter.restore()


if __name__ == "__main__":
    main()
