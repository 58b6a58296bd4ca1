"""Pictures that an inventory holds may come from anybody: they are decoded beside the window, and only as PNG or JPEG."""

from __future__ import annotations

import io
import re
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import camcensus.ui
from camcensus.ui.photo_loading import show_soon

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="red"/></svg>'


def written(kind: str, size: tuple[int, int]) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind)
    return stream.getvalue()


def shown(data: bytes, longest_pixels: int, qtbot: QtBot) -> QImage:
    came: list[tuple[QImage, threading.Thread]] = []
    show_soon(data, longest_pixels, lambda image: came.append((image, threading.current_thread())))
    assert not came
    qtbot.waitUntil(lambda: bool(came))
    assert came[0][1] is threading.main_thread()
    return came[0][0]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_comes_no_larger_than_it_is_looked_at(app: QApplication, qtbot: QtBot, kind: str) -> None:
    image = shown(written(kind, (400, 300)), 100, qtbot)
    assert (image.width(), image.height()) == (100, 75)


@pytest.mark.parametrize("data", [SVG, written("TIFF", (64, 64)), written("GIF", (64, 64)), b"%PDF-1.7", b""])
def test_what_qt_would_draw_and_we_never_keep_is_not_drawn(app: QApplication, qtbot: QtBot, data: bytes) -> None:
    assert shown(data, 100, qtbot).isNull()


def test_a_picture_that_unpacks_to_all_memory_stays_empty(app: QApplication, qtbot: QtBot) -> None:
    assert shown(
        written("PNG", (64, 64)).replace(b"IHDR\0\0\0@\0\0\0@", b"IHDR\0\x0f\xff\xff\0\x0f\xff\xff"), 100, qtbot
    ).isNull()


def test_no_page_lets_qt_guess_what_bytes_are() -> None:
    guess = re.compile(r"\bfromData\(|\bloadFromData\(|\bQImageReader\b|QImage\([a-z.]*data\)")
    for module in Path(camcensus.ui.__path__[0]).rglob("*.py"):
        assert not guess.search(module.read_text("utf-8")), module.name
