"""How a status looks: pills, certainty, and signs beside words. Never by colour alone: each has a glyph and a word."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.model import frozen
from camcensus.model.device import Grade
from camcensus.model.words import clean
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.icons import Glyph
from camcensus.ui.kit.layout import Margins, Part, row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import tip_where_cut

Tone = Literal["listed", "todo", "neutral", "done"]

GRADE_GLYPHS: dict[Grade, Glyph] = {
    "confirmed": "check",
    "almost-certain": "full",
    "likely": "half",
    "possible": "question",
    "conflicting": "differ",
    "unknown": "dash",
}


@frozen
class Mark:
    """What a pill says: words, a glyph and a tone."""

    words: str
    glyph: Glyph | None
    tone: Tone


def paint_pill(painter: QPainter, mark: Mark, left: float, middle: float, limit: float, *, on_selection: bool = False) -> float:
    """Draws a pill 24 high, centred on `middle`, at most `limit` wide; returns its width."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    height, side, glyph = theme.px(24), 10, theme.px(12)
    text_left = side + (glyph + theme.px(8) if mark.glyph else 0)
    font = theme.font("pill")
    metrics = QFontMetricsF(font)
    words = metrics.elidedText(mark.words, Qt.TextElideMode.ElideRight, max(8.0, limit - text_left - side))
    width = min(limit, text_left + metrics.horizontalAdvance(words) + side + 1)
    rect = QRectF(left, middle - height / 2, width, height)
    fill = "base" if on_selection and mark.tone == "todo" else f"{mark.tone}_fill"
    ink = theme.colour(f"{mark.tone}_ink")
    painter.setPen(QPen(ink, 1) if theme.THEME.high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(fill))
    painter.drawRoundedRect(rect, height / 2, height / 2)
    if mark.glyph:
        icons.draw_glyph(painter, mark.glyph, QRectF(left + side, middle - glyph / 2, glyph, glyph), ink)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect.adjusted(text_left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), words)
    painter.restore()
    return width


def paint_certainty(painter: QPainter, grade: Grade, words: str, rect: QRectF) -> None:
    """Draws the glyph and the word of a grade; the unsure ones in secondary ink."""
    painter.save()
    size = theme.px(12)
    sure = grade in ("confirmed", "almost-certain", "likely")
    ink = theme.colour("done_ink" if grade == "confirmed" else "text" if sure else "secondary")
    icons.draw_glyph(painter, GRADE_GLYPHS[grade], QRectF(rect.left(), rect.center().y() - size / 2, size, size), ink)
    painter.setFont(theme.font("body"))
    painter.setPen(theme.colour("text" if sure else "secondary"))
    room = rect.adjusted(size + 8, 0, 0, 0)
    text = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
    painter.restore()


class Pill(QWidget):
    """A status: never a button."""

    spoken_role = QAccessible.Role.StaticText

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self._mark = mark
        self.setAccessibleName(mark.words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_mark(self, mark: Mark) -> None:
        """Says something else."""
        self._mark = mark
        self.setAccessibleName(mark.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        glyph = theme.px(20) if self._mark.glyph else 0
        return QSize(20 + glyph + theme.advance(clean(self._mark.words), "pill") + 2, theme.px(24))

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_pill(QPainter(self), self._mark, 0, self.height() / 2, self.width())
        words = clean(self._mark.words)
        tip_where_cut(self, words, "" if self.width() < self.sizeHint().width() else words)


class SignMark(QWidget):
    """A glyph or icon alone, beside words that say the same."""

    def __init__(
        self,
        glyph: Glyph | None = None,
        ink: str = "text",
        *,
        icon: str | None = None,
        size: int = 12,
        line: int = 20,
    ) -> None:
        super().__init__()
        self._glyph, self._ink, self._icon, self._size, self._line = glyph, ink, icon, size, line
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size), theme.px(self._line))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        size = theme.px(self._size)
        rect = QRectF(0, (theme.px(self._line) - size) / 2, size, size)
        if self._glyph:
            icons.draw_glyph(painter, self._glyph, rect, theme.colour(self._ink))
        elif self._icon:
            icons.draw_icon(painter, self._icon, rect, theme.colour(self._ink))


class BoxedIcon(QWidget):
    """Of a fixed size; the words beside it say the same."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(80, 80)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = theme.smooth(self)
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.setBrush(theme.colour("todo_fill"))
        painter.drawRoundedRect(QRectF(8, 8, 64, 64), 14, 14)
        icons.draw_icon(painter, self._icon, QRectF(24, 24, 32, 32), theme.colour("accent"))


def notice(*parts: Part, ground: str = "nav", sign: QWidget | None = None, margins: Margins = (16, 10, 16, 10)) -> Surface:
    """A strip in a page that says something: a sign, words, and what can be done."""
    strip = Surface(ground, shape="sunken")
    ink = "secondary" if ground == "nav" else ground.replace("_fill", "_ink")
    row(sign or SignMark(icon="info", ink=ink, size=18), *parts, gap=12, margins=margins, of=strip)
    return strip
