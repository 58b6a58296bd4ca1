from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from camcensus.ui.kit import icons
from camcensus.ui.kit.icons import Glyph

ROOT = Path(__file__).resolve().parents[3]
ICONS = sorted(path.stem for path in (ROOT / "resources" / "icons").glob("*.svg"))


def ink(draw: object) -> int:
    """Pixels that are not empty after drawing into 24 by 24."""
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw(painter)  # type: ignore[operator]
    painter.end()
    return sum(QColor.fromRgba(image.pixel(x, y)).alpha() > 0 for x in range(24) for y in range(24))


def test_the_icons_and_their_licence_are_those_that_are_used() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "desktop" / "camcensus" / "ui").rglob("*.py"))
    assert [name for name in ICONS if f'"{name}"' not in source] == []
    named = set(re.findall(r'icon="([a-z0-9-]+)"', source))
    assert named <= set(ICONS)
    assert "ISC License" in (ROOT / "resources" / "icons" / "LICENSE.lucide.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something(app: QApplication, name: str) -> None:
    assert ink(lambda painter: icons.draw_icon(painter, name, QRectF(0, 0, 24, 24), QColor("black"))) > 20


def test_every_status_glyph_draws_something_of_its_own(app: QApplication) -> None:
    seen = set()
    for glyph in get_args(Glyph):
        amount = ink(lambda painter, glyph=glyph: icons.draw_glyph(painter, glyph, QRectF(0, 0, 24, 24), QColor("black")))
        assert amount > 20
        seen.add((glyph, amount))
    assert len({amount for _, amount in seen}) == len(get_args(Glyph))


def test_the_program_has_a_mark_at_every_size_that_title_and_task_bars_ask_for(app: QApplication) -> None:
    icons.use_icons(ROOT / "resources" / "icons")
    mark = icons.app_icon()
    assert sorted(size.width() for size in mark.availableSizes()) == sorted(icons.APP_ICON_SIZES)
    smallest = mark.pixmap(16, 16).toImage()
    colours = {smallest.pixelColor(x, y).name() for x in range(16) for y in range(16)}
    assert {"#0b5cad", "#ffffff"} <= colours
