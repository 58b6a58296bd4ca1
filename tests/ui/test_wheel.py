"""A wheel scrolls and changes nothing: real wheel events over every field of every page and dialog, with and without the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from bench import screenshots
from camcensus.ui.find import searching
from camcensus.ui.kit.controls import Combo, DateField
from camcensus.ui.kit.theme import THEME
from camcensus.ui.main_window import make_window
from camcensus.ui.preferences import Preferences
from camcensus.ui.window import MainWindow
from ui_rows import let_go

NOTCH = 120
SCROLLED = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)
"""What Qt changes by a wheel where nobody says no."""


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(searching, "interfaces", lambda: screenshots.CARDS)
    made = make_window(qapp, data_dir, Preferences(tmp_path / "window.ini"))
    made.show()
    yield made
    made.close()
    let_go(made)
    THEME.choice, THEME.percent = "light", 100
    THEME.apply()


def turn(field: QWidget, notches: int) -> None:
    middle = field.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(field.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, notches * NOTCH),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)


def state_of(field: QWidget) -> object:
    match field:
        case QComboBox():
            return field.currentText()
        case QAbstractSpinBox() | QLineEdit():
            return field.text()
        case QAbstractButton():
            return field.isChecked(), field.text()
        case QTabBar():
            return field.currentIndex()
        case QAbstractSlider() if not isinstance(field, QScrollBar):
            return field.value()
    return None


def changed_by_wheel(within: QWidget) -> tuple[int, list[str]]:
    """How many fields were tried, and those that changed."""
    fields = [one for one in within.findChildren(QWidget) if one.isVisible()]
    before = {one: state_of(one) for one in fields}
    tried = [one for one in fields if isinstance(one, SCROLLED) and not isinstance(one, QScrollBar)]
    for field in tried:
        for notches in (1, -1, -1):
            turn(field, notches)
        field.setFocus()
        turn(field, -1)
        turn(field, -2)
    return len(tried), [f"{type(one).__name__} {one.accessibleName()}" for one, was in before.items() if state_of(one) != was]


def tried_in(window: MainWindow, states: dict[str, Callable[[MainWindow], None]]) -> tuple[int, list[str]]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    number, found = 0, []
    for name, prepare in states.items():
        prepare(window)
        screenshots.settle(app, window, 0.02)
        dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
        for place in dialogs or [window]:
            tried, changed = changed_by_wheel(place)
            number += tried
            found += [f"{name}: {one}" for one in changed]
        for dialog in dialogs:
            dialog.close()
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    return number, found


def test_a_wheel_changes_no_field_of_any_page_or_dialog(window: MainWindow, tmp_path: Path) -> None:
    school = screenshots.make_estate("demo", tmp_path / "demo")
    quiet = {name: one for name, one in screenshots.states(school).items() if not name.startswith("find-")}
    number, found = tried_in(window, screenshots.pages(school) | quiet)
    assert not found, found
    assert number > 55, number
    number, found = tried_in(window, screenshots.states_of_rollup(screenshots.make_estate("audit", tmp_path / "audit")))
    assert not found, found
    assert number > 5, number


def test_a_list_that_was_opened_scrolls_and_is_chosen_from_by_a_click(app: QApplication) -> None:
    combo = Combo("Year", [(str(year), year) for year in range(2000, 2040)])
    combo.show()
    combo.showPopup()
    bar = combo.view().verticalScrollBar()
    turn(combo.view().viewport(), -3)
    assert bar.value() > 0, "the open list scrolls"
    assert combo.currentText() == "2000"
    combo.hidePopup()
    combo.close()


def test_what_qt_changes_by_a_wheel_is_the_kits() -> None:
    """A form that took Qt's own would bring the wheel back."""
    room = Path(__file__).resolve().parents[2] / "desktop" / "camcensus" / "ui"
    plain = (
        "QComboBox(",
        "SpinBox(",
        "QDateEdit(",
        "QTimeEdit(",
        "QDateTimeEdit(",
        "QSlider(",
        "QDial(",
        "QTabBar(",
        "QTabWidget(",
    )
    texts = {path: path.read_text("utf-8") for path in room.rglob("*.py")}
    assert not [
        (path.name, name) for path, text in texts.items() for name in plain if name in text.replace(f"_NoWheel, {name}", "")
    ]
    assert issubclass(DateField, QAbstractSpinBox)
