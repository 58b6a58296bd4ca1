"""Pins as they are drawn on a plan: a label with its sign at the spot, or a dot where a label would cover another."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from camcensus.model import frozen
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.colours import LIGHT
from camcensus.ui.kit.marks import Mark

HALO = 6


@frozen
class PinShown:
    """One pin: `x` and `y` from 0 to 1 of the picture. `words` is what a screen reader says of it."""

    asset: str
    label: str
    mark: Mark
    x: float
    y: float
    walked: bool
    words: str


def on_paper(name: str) -> QColor:
    """A plan is white paper in the dark too, so what is drawn on it keeps the colours of the light."""
    return QColor(getattr(LIGHT, name))


class PinItem(QGraphicsItem):
    """A pin of the same size however near the plan is. One that is being `placed` has its label above the spot."""

    def __init__(self, pin: PinShown, *, placed: bool = False) -> None:
        super().__init__()
        self.pin = pin
        self.is_dot = self.is_current = self.is_moving = False
        self._placed = placed
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)

    def label(self) -> QRectF:
        """Where its label is, or its dot, about the spot."""
        wide, high = float(theme.px(12)), theme.px(12)
        if not self.is_dot or self.is_current:
            wide += 4 + theme.width_of(self.pin.label, "pill") + 2 * theme.px(9)
            high = theme.px(24)
        return QRectF(-wide / 2, -high / 2 - (theme.px(24) if self._placed else 0), wide, high)

    def show_as(self, *, is_dot: bool, is_current: bool, is_moving: bool) -> None:
        """Draws it otherwise; the chosen one is above the others."""
        self.prepareGeometryChange()
        self.is_dot, self.is_current, self.is_moving = is_dot, is_current, is_moving
        self.setZValue(int(is_current))

    def boundingRect(self) -> QRectF:
        half = self.label().width() / 2 + HALO + 2
        return QRectF(-half, -half, 2 * half, 2 * half).united(self.label())

    def paint(self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        label, ink = self.label(), on_paper(f"{self.pin.mark.tone}_ink")
        line = on_paper("accent") if self.is_current else ink
        if self.is_current:
            halo = on_paper("accent")
            halo.setAlphaF(0.22)
            painter.setPen(QPen(on_paper("accent"), 2, Qt.PenStyle.DashLine) if self.is_moving else Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawEllipse(QPointF(), label.width() / 2 + HALO, label.width() / 2 + HALO)
        if self._placed or (self.is_dot and not self.is_current):
            painter.setPen(QPen(QColor("white"), 1.5))
            painter.setBrush(line)
            painter.drawEllipse(QPointF(), theme.px(5), theme.px(5))
            if not self._placed:
                return
        edge = QPen(line, 2 if self.is_current else 1.25)
        edge.setStyle(Qt.PenStyle.SolidLine if self.pin.walked else Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(on_paper(f"{self.pin.mark.tone}_fill"))
        painter.drawRoundedRect(label, label.height() / 2, label.height() / 2)
        glyph, side = theme.px(12), theme.px(9)
        if self.pin.mark.glyph:
            box = QRectF(label.left() + side, label.center().y() - glyph / 2, glyph, glyph)
            icons.draw_glyph(painter, self.pin.mark.glyph, box, ink)
        painter.setFont(theme.font("pill"))
        painter.setPen(ink)
        words = label.adjusted(side + glyph + 4, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.pin.label)
