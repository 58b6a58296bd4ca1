"""The one look of the program, in type and sizes: follows the system's colour scheme, contrast and the user's text size."""

from __future__ import annotations

import sys
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPaintDevice, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from camcensus.ui.kit.colours import DARK, LIGHT, palette_of, tokens_of

Role = Literal["display", "title", "heading", "strong", "body", "caption", "head", "pill"]
Choice = Literal["system", "light", "dark"]

TEXT_PERCENTS = (100, 115, 130, 150, 175, 200)
MOTION = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)
"""What Qt moves; nothing of ours does."""
LARGE_PERCENT = 150
"""Text sizes a person can choose. 200% is what WCAG 2.2, 1.4.4 asks for."""

_TYPE: dict[Role, tuple[float, int, int]] = {
    "display": (21, 600, 32),
    "title": (18, 600, 32),
    "heading": (12, 600, 24),
    "strong": (10, 600, 20),
    "body": (10, 400, 20),
    "caption": (9, 400, 16),
    "head": (9, 600, 16),
    "pill": (9, 500, 16),
}
"""Role: points, weight, line pitch in pixels at 100%."""


class Theme(QObject):
    """The one look of the program. `changed` follows a new colour scheme, contrast or text size."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.percent = 100
        self.choice: Choice = "system"
        self.high_contrast = self.still = False
        self._moving: tuple[Qt.UIEffect, ...] = ()
        self.family = "Noto Sans"

    def start(self, app: QApplication, fonts: Path) -> None:
        """Sets style, fonts and palette, and follows the system from now on."""
        app.setStyle("Fusion")
        self.family = _family(fonts)
        _font.cache_clear()
        _width.cache_clear()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self.apply, Qt.ConnectionType.UniqueConnection)
        wishes = hints.accessibility()
        wishes.contrastPreferenceChanged.connect(self.apply, Qt.ConnectionType.UniqueConnection)
        wishes.motionPreferenceChanged.connect(self.apply, Qt.ConnectionType.UniqueConnection)
        self._moving = tuple(one for one in MOTION if app.isEffectEnabled(one)) or self._moving
        self.apply()

    def palette_changed(self, palette: QPalette) -> None:
        """Follows another of the system's palettes of high contrast, which changes neither scheme nor preference."""
        if self.high_contrast and tokens_of(palette) != self.tokens:
            self.apply()

    def choose(self, choice: Choice) -> None:
        """Light, dark, or as the system says."""
        self.choice = choice
        self.apply()

    def resize(self, percent: int) -> None:
        """Text at `percent` of its usual size, kept within 100 and 200."""
        self.percent = max(TEXT_PERCENTS[0], min(TEXT_PERCENTS[-1], percent))
        self.apply()

    def step(self, by: int) -> None:
        """The next larger (1) or smaller (-1) text size."""
        nearest = min(range(len(TEXT_PERCENTS)), key=lambda at: abs(TEXT_PERCENTS[at] - self.percent))
        self.resize(TEXT_PERCENTS[max(0, min(len(TEXT_PERCENTS) - 1, nearest + by))])

    @property
    def large(self) -> bool:
        """Whether the text is so large that things are below one another, and heights no longer grow with it."""
        return self.percent >= LARGE_PERCENT

    @property
    def dark(self) -> bool:
        """Whether the dark colours are wanted."""
        if self.choice != "system":
            return self.choice == "dark"
        hints = QGuiApplication.styleHints()
        return hints.colorScheme() == Qt.ColorScheme.Dark

    def apply(self) -> None:
        """Takes up the current scheme, contrast and size. In high contrast the system's palette is left alone."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        hints = app.styleHints()
        wishes = hints.accessibility()
        self.high_contrast = wishes.contrastPreference() == Qt.ContrastPreference.HighContrast
        self.still = wishes.motionPreference() == Qt.MotionPreference.ReducedMotion
        for effect in self._moving:
            app.setEffectEnabled(effect, not self.still)
        if self.high_contrast:
            app.setPalette(QPalette())
            self.tokens = tokens_of(app.palette())
        else:
            self.tokens = DARK if self.dark else LIGHT
            app.setPalette(palette_of(self.tokens))
        app.setFont(font("body"))
        for widget in app.allWidgets():
            refresh(widget)
        self.changed.emit()


THEME = Theme()


def smooth(on: QPaintDevice) -> QPainter:
    """A painter that draws round things smoothly."""
    painter = QPainter(on)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def fill_with(painter: QPainter, ink: str) -> None:
    """What is drawn from now on is filled with a colour, and has no edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink))


def draw_amount(painter: QPainter, left: float, middle: float, sure: float, high: float, *, ink: str, tint: str) -> None:
    """A bar 8 pixels high: full as far as it is sure, from there to `high` outlined, so that no colour tells alone."""
    if high > sure:
        painter.setPen(QPen(colour(ink), 1.4))
        painter.setBrush(colour(tint))
        painter.drawRoundedRect(QRectF(left + 0.7, middle - 3.3, max(1.4, high - 1.4), 6.6), 3.3, 3.3)
    if sure:
        fill_with(painter, ink)
        painter.drawRoundedRect(QRectF(left, middle - 4, sure, 8), 4, 4)


def write(
    painter: QPainter,
    room: QRectF,
    words: str,
    role: Role = "body",
    ink: str = "text",
    *,
    fit: float | None = None,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> float:
    """One line in the middle of a room, cut where it is wider than `fit` (else the room); returns the width it takes."""
    painter.setFont(font(role))
    painter.setPen(colour(ink))
    metrics = QFontMetricsF(painter.font())
    text = metrics.elidedText(words, elide, room.width() if fit is None else fit)
    painter.drawText(room, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)
    return metrics.horizontalAdvance(text)


def width_of(words: str, role: Role) -> float:
    """How wide words are, in parts of a pixel."""
    return _width(words, role, THEME.family, THEME.percent)


@lru_cache(4096)
def _width(words: str, role: Role, family: str, percent: int) -> float:
    """Layouts ask for the same words again and again."""
    return QFontMetricsF(_font(role, family, percent)).horizontalAdvance(words)


def unless_large(pixels: int, otherwise: int) -> int:
    """Pixels at 100% text that grow with it; `otherwise`, as it is, where the text is large."""
    return otherwise if THEME.large else px(pixels)


def at_100(pixels: int) -> float:
    """As many pixels as they would be at 100% text: what room there is for words."""
    return pixels * 100 / THEME.percent


def refresh(widget: QWidget) -> None:
    """Lets one widget take up new tokens: its `retheme` where it has one, then layout and paint again."""
    retheme = getattr(widget, "retheme", None)
    if callable(retheme):
        retheme()
    widget.updateGeometry()
    widget.update()


def colour(name: str) -> QColor:
    """The colour of a token, by its field name."""
    return QColor(getattr(THEME.tokens, name))


def px(pixels: float) -> int:
    """A height or width that must grow with the text."""
    return round(pixels * THEME.percent / 100)


def pitch(role: Role) -> int:
    """Distance between lines of a role, in pixels."""
    return px(_TYPE[role][2])


def font(role: Role, *, underline: bool = False) -> QFont:
    """The font of a role at the user's text size. Tabular figures come with the families we use."""
    made = QFont(_font(role, THEME.family, THEME.percent))
    if underline:
        made.setUnderline(True)
    return made


@cache
def _font(role: Role, family: str, percent: int) -> QFont:
    points, weight, _ = _TYPE[role]
    made = QFont(family)
    made.setStyleHint(QFont.StyleHint.SansSerif)
    made.setPointSizeF(points * percent / 100 * (96 / 72 if sys.platform == "darwin" else 1))
    made.setWeight(QFont.Weight(weight))
    return made


def advance(text: str, role: Role) -> int:
    """Width of a line of text in pixels, rounded up."""
    return int(width_of(text, role)) + 1


def _family(fonts: Path) -> str:
    """Segoe UI on Windows; elsewhere the Noto Sans that comes with the program."""
    if sys.platform == "win32":
        for name in ("Segoe UI Variable Text", "Segoe UI"):
            if name in QFontDatabase.families():
                return name
    for path in sorted(fonts.glob("*.ttf")) + sorted(fonts.glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))
    return "Noto Sans" if "Noto Sans" in QFontDatabase.families() else QGuiApplication.font().family()
