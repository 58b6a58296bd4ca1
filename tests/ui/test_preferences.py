from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QRect
from PySide6.QtWidgets import QApplication

from camcensus.ui.main_window import make_window
from camcensus.ui.preferences import Preferences
from camcensus.ui.window import MainWindow
from ui_rows import let_go, settle


def test_a_program_on_a_stick_remembers_in_the_folder_that_is_named_for_it(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "settings"))
    Preferences().person = "R. Khan"
    assert Preferences().person == "R. Khan"
    assert (tmp_path / "settings" / "window.ini").is_file()


def opened(app: QApplication, data_dir: Path, preferences: Preferences) -> MainWindow:
    """The window as a start of the program shows it."""
    window = make_window(app, data_dir, preferences)
    window.show()
    settle(app)
    return window


def closed(window: MainWindow, place: QRect) -> None:
    """Moves the window there and closes it, as a person does."""
    window.setGeometry(place)
    settle(QApplication.instance())  # type: ignore[arg-type]
    window.close()
    let_go(window)


def test_the_window_comes_back_where_it_was_and_as_large(app: QApplication, data_dir: Path, tmp_path: Path) -> None:
    path, place = tmp_path / "window.ini", QRect(31, 47, 736, 517)
    closed(opened(app, data_dir, Preferences(path)), place)
    again = opened(app, data_dir, Preferences(path))
    assert again.geometry() == place
    again.close()
    let_go(again)


@pytest.mark.parametrize(
    "place",
    [QRect(5_000, 4_000, 736, 517), QRect(-4_000, -3_000, 736, 517), QRect(10, 40, 6_000, 4_000)],
    ids=["right of every screen", "left of every screen", "larger than the screen"],
)
def test_a_window_of_a_screen_that_is_gone_comes_back_on_one_that_is_there(
    app: QApplication, data_dir: Path, tmp_path: Path, place: QRect
) -> None:
    path = tmp_path / "window.ini"
    closed(opened(app, data_dir, Preferences(path)), place)
    again = opened(app, data_dir, Preferences(path))
    screen = again.screen().availableGeometry()
    assert screen.contains(again.geometry().topLeft()), again.geometry()
    assert screen.adjusted(0, 0, 1, 1).contains(again.geometry()), "Qt makes what was larger than the screen a pixel too wide"
    again.close()
    let_go(again)


def test_a_place_that_is_no_place_is_passed_over(app: QApplication, data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    Preferences(path).geometry = QByteArray(b"no place at all")
    window = opened(app, data_dir, Preferences(path))
    assert window.isVisible()
    assert window.geometry().intersects(window.screen().availableGeometry())
    window.close()
    let_go(window)
