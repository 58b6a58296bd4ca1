"""Pins as they are drawn on a plan: a label with its sign, and a dot where the label is beside its point."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

from camcensus.model import frozen
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.colours import LIGHT
from camcensus.ui.kit.marks import Mark

HALO = 6
_MARGIN = 2


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


def label_size(pin: PinShown) -> QSizeF:
    """How large a pin's label is."""
    wide = theme.px(12) + 4 + QFontMetricsF(theme.font("pill")).horizontalAdvance(pin.label) + 2 * theme.px(9)
    return QSizeF(wide, theme.px(24))


class PinPainter:
    """Draws pins; each label is drawn once and then copied, as 200 of them are many for each frame."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], QPixmap] = {}
        self._sizes: dict[tuple[str, int], QSizeF] = {}

    def size(self, pin: PinShown) -> QSizeF:
        """How large its label is."""
        key = (pin.label, theme.THEME.percent)
        if key not in self._sizes:
            self._sizes[key] = label_size(pin)
        return self._sizes[key]

    def dot_rect(self, point: QPointF) -> QRectF:
        """Where a pin without a label is drawn."""
        side = theme.px(12)
        return QRectF(point.x() - side / 2, point.y() - side / 2, side, side)

    def draw(self, painter: QPainter, pin: PinShown, point: QPointF, label: QRectF, *, current: bool, moving: bool) -> None:
        """A pin at `point`, with its label where that is; of the size of a dot, it is one."""
        line = on_paper("accent" if current else f"{pin.mark.tone}_ink")
        if current:
            halo = on_paper("accent")
            halo.setAlphaF(0.22)
            painter.setPen(QPen(on_paper("accent"), 2, Qt.PenStyle.DashLine) if moving else Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawEllipse(label.center(), label.width() / 2 + HALO, label.width() / 2 + HALO)
        dot = label == self.dot_rect(point)
        if dot or not label.contains(point):
            painter.setPen(QPen(line, 1.5))
            painter.drawLine(QLineF(point, label.center()))
            painter.setPen(QPen(QColor("white"), 1.5))
            painter.setBrush(line)
            painter.drawEllipse(point, theme.px(5 if dot else 4), theme.px(5 if dot else 4))
        if dot:
            return
        ratio = painter.device().devicePixelRatioF()
        key = (pin.label, pin.mark, pin.walked, current, theme.THEME.percent, ratio)
        made = self._made.get(key)
        if made is None:
            if len(self._made) > 2000:
                self._made.clear()
            made = self._made[key] = _label(pin, self.size(pin), line, ratio, current=current)
        painter.drawPixmap(label.topLeft() - QPointF(_MARGIN, _MARGIN), made)


def _label(pin: PinShown, size: QSizeF, colour: QColor, ratio: float, *, current: bool) -> QPixmap:
    whole = size + QSizeF(2 * _MARGIN, 2 * _MARGIN)
    made = QPixmap(round(whole.width() * ratio), round(whole.height() * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = theme.smooth(made)
    rect, ink = QRectF(QPointF(_MARGIN, _MARGIN), size), on_paper(f"{pin.mark.tone}_ink")
    line = QPen(colour, 2 if current else 1.25)
    if not pin.walked:
        line.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(line)
    painter.setBrush(on_paper(f"{pin.mark.tone}_fill"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    glyph, side = theme.px(12), theme.px(9)
    if pin.mark.glyph:
        icons.draw_glyph(painter, pin.mark.glyph, QRectF(rect.left() + side, rect.center().y() - glyph / 2, glyph, glyph), ink)
    painter.setFont(theme.font("pill"))
    painter.setPen(ink)
    words = rect.adjusted(side + glyph + 4, 0, 0, 0)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), pin.label)
    painter.end()
    return made
