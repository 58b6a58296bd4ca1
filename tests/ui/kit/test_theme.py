from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import get_args

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.bars import CellState, RangeBar, paint_cell
from camcensus.ui.kit.cells import RANGE_BAR, paint_range
from camcensus.ui.kit.colours import CONTROL_CONTRAST, DARK, LIGHT, TEXT_CONTRAST, Tokens, contrast, tokens_of
from camcensus.ui.kit.theme import THEME
from inks import HIGH_CONTRAST, looks

GROUNDS = ("nav", "base", "pane")


PAINTED_WORDS = (
    *((ink, ground) for ink in ("text", "secondary", "placeholder", "accent") for ground in ("base", "nav", "pane", "selection")),
    *((f"{tone}_ink", f"{tone}_fill") for tone in ("listed", "todo", "neutral", "done")),
    ("todo_ink", "base"), ("todo_ink", "selection"), ("text", "nav_current"), ("secondary", "nav_current"),
    ("on_accent", "accent"), ("wrong", "base"), ("wrong", "pane"), ("listed_ink", "base"),
)  # fmt: skip
"""Pairs that are painted in tables, lists, buttons and fields; those of texts are found where they are shown (`inks`)."""
PAINTED_CONTROLS = (
    *((line, ground) for line in ("border", "accent", "scroll") for ground in GROUNDS),
    ("border", "nav_current"), ("border", "selection"), ("accent", "selection"), ("accent", "nav_current"), ("wrong", "base"),
    ("on_accent", "accent"), ("listed_ink", "neutral_fill"), ("listed_ink", "listed_fill"),
    ("bar", "base"), ("bar", "neutral_fill"),
)  # fmt: skip
"""Edges, boxes, marks, the keyboard's ring, handles. What is grey because it cannot be used needs no contrast."""
BESIDE_WORDS = {"hairline", "row_line", "quiet"}
"""Lines that only part, what cannot be used, drawings: nothing is to be read from them."""


def test_no_token_is_left_out_of_the_pairs() -> None:
    named = {token for pair in (*PAINTED_WORDS, *PAINTED_CONTROLS) for token in pair}
    assert {one.name for one in fields(Tokens)} - named - set(GROUNDS) == BESIDE_WORDS


def bar_of_home(painter: QPainter) -> None:
    bar = RangeBar(4, 4, 10, hollow=False)
    bar.resize(100, 20)
    bar.render(painter, QPoint(), QRegion(), QWidget.RenderFlag(0))


def bar_in_table(painter: QPainter) -> None:
    paint_range(painter, (4, 4, 10), 0, 10)


@pytest.mark.parametrize("look", looks())
@pytest.mark.parametrize(("draw", "wide", "on"), [(bar_of_home, 100, "base"), (bar_in_table, RANGE_BAR, "neutral_fill")])
def test_what_is_doubtful_is_seen_on_its_ground_and_beside_what_is_sure(
    app: QApplication, monkeypatch: pytest.MonkeyPatch, look: str, draw: Callable[[QPainter], None], wide: int, on: str
) -> None:
    monkeypatch.setattr(THEME, "tokens", looks()[look])
    image = QImage(100, 20, QImage.Format.Format_RGB32)
    image.fill(theme.colour("base"))
    painter = theme.smooth(image)
    draw(painter)
    painter.end()
    sure, doubtful = round(wide * 0.2), round(wide * 0.6)
    edge = max(contrast(image.pixelColor(doubtful, y).name(), theme.colour(on).name()) for y in range(20))
    assert edge >= CONTROL_CONTRAST
    assert contrast(image.pixelColor(sure, 10).name(), image.pixelColor(doubtful, 10).name()) >= CONTROL_CONTRAST


@pytest.mark.parametrize("look", looks())
@pytest.mark.parametrize("left", [3.0, 3.25, 3.5, 3.75])
def test_what_answered_at_an_address_is_seen_and_told_apart_without_its_colour(
    app: QApplication, monkeypatch: pytest.MonkeyPatch, look: str, left: float
) -> None:
    """Cells share the width of the window, so few begin at a whole pixel."""
    monkeypatch.setattr(THEME, "tokens", looks()[look])
    shapes = {}
    for state in get_args(CellState):
        image = QImage(12, 12, QImage.Format.Format_RGB32)
        image.fill(theme.colour("base"))
        painter = theme.smooth(image)
        paint_cell(painter, state, left, 1)
        painter.end()
        pixels = {(x, y): image.pixelColor(x, y).name() for x in range(12) for y in range(12)}
        clear = {at for at, ink in pixels.items() if contrast(ink, theme.colour("base").name()) >= CONTROL_CONTRAST}
        shapes[state] = frozenset(clear)
    assert all(shapes.values())
    assert len(set(shapes.values())) == len(shapes)


@pytest.mark.parametrize("look", looks())
def test_every_pair_that_is_painted_can_be_told_apart(look: str) -> None:
    tokens = looks()[look]
    measured = {(one, other): contrast(getattr(tokens, one), getattr(tokens, other)) for one, other in PAINTED_WORDS}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < TEXT_CONTRAST} == {}
    measured = {(one, other): contrast(getattr(tokens, one), getattr(tokens, other)) for one, other in PAINTED_CONTROLS}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < CONTROL_CONTRAST} == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_controls_have_the_contrast_that_the_rules_ask_for(tokens: Tokens) -> None:
    for ground in (*GROUNDS, "selection", "nav_current"):
        assert contrast(tokens.text, getattr(tokens, ground)) >= 7
        assert contrast(tokens.secondary, getattr(tokens, ground)) >= 4.5
    for ground in GROUNDS:
        assert contrast(tokens.placeholder, getattr(tokens, ground)) >= 4.5
        assert contrast(tokens.border, getattr(tokens, ground)) >= 3
        assert contrast(tokens.accent, getattr(tokens, ground)) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    for tone in ("listed", "todo", "neutral", "done"):
        assert contrast(getattr(tokens, f"{tone}_ink"), getattr(tokens, f"{tone}_fill")) >= 7


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_no_colour_is_red(tokens: Tokens) -> None:
    for item in fields(tokens):
        red, green, blue = QColor(getattr(tokens, item.name)).getRgb()[:3]
        assert not (red > 150 and green < 60 and blue < 60), item.name


def test_a_choice_of_colours_is_followed_at_once(app: QApplication) -> None:
    THEME.choose("dark")
    assert app.palette().color(QPalette.ColorRole.Window).name() == DARK.base.lower()
    THEME.choose("light")
    assert app.palette().color(QPalette.ColorRole.Window).name() == LIGHT.base.lower()


def test_the_system_is_followed_where_nobody_chose(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    class Hints:
        def colorScheme(self) -> Qt.ColorScheme:
            return Qt.ColorScheme.Dark

    monkeypatch.setattr(theme.QGuiApplication, "styleHints", staticmethod(Hints))
    THEME.choice = "system"
    assert THEME.dark
    THEME.choice = "light"
    assert not THEME.dark


def test_high_contrast_leaves_the_systems_palette_alone(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    class Contrast:
        def contrastPreference(self) -> Qt.ContrastPreference:
            return Qt.ContrastPreference.HighContrast

        def motionPreference(self) -> Qt.MotionPreference:
            return Qt.MotionPreference.ReducedMotion

    class Hints:
        def accessibility(self) -> Contrast:
            return Contrast()

    monkeypatch.setattr(QApplication, "styleHints", staticmethod(Hints))
    THEME.apply()
    assert THEME.high_contrast
    system = app.palette().color(QPalette.ColorRole.Window).name()
    assert {THEME.tokens.base, THEME.tokens.nav, THEME.tokens.listed_fill} == {system}
    assert not app.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
    monkeypatch.undo()
    THEME.apply()
    assert not THEME.high_contrast
    assert THEME.tokens == LIGHT


def test_text_grows_to_two_hundred_per_cent_and_no_further(app: QApplication) -> None:
    usual = theme.font("body").pointSizeF()
    THEME.resize(500)
    assert THEME.percent == 200
    assert theme.font("body").pointSizeF() == pytest.approx(2 * usual)
    assert theme.px(32) == 64
    THEME.step(-1)
    assert THEME.percent == 175
    THEME.resize(10)
    assert THEME.percent == 100


def test_the_four_weights_come_with_the_program(app: QApplication) -> None:
    assert THEME.family in ("Noto Sans", "Segoe UI", "Segoe UI Variable Text")
    assert theme.advance("Cameras and recorders", "strong") > theme.advance("Cameras and recorders", "body")


def test_another_palette_of_high_contrast_is_followed(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    applied: list[None] = []
    monkeypatch.setattr(THEME, "apply", lambda: applied.append(None))
    THEME.palette_changed(HIGH_CONTRAST[0])
    assert not applied
    monkeypatch.setattr(THEME, "high_contrast", True)
    monkeypatch.setattr(THEME, "tokens", tokens_of(HIGH_CONTRAST[0]))
    THEME.palette_changed(HIGH_CONTRAST[0])
    assert not applied
    THEME.palette_changed(HIGH_CONTRAST[1])
    assert applied == [None]
