"""Set location with real keys and clicks: how many it takes, what Enter says that it will do, and what is asked first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import samples
from bench import big_inventory
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import placing
from camcensus.ui.asset.location import LocationDialog
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.preferences import Preferences
from camcensus.ui.session import Session
from camcensus.ui.window import MainWindow
from ui_rows import let_go, settle

SITES = [f"Site {number}" for number in range(1, 13)]
CONTROL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """A field filled in, a click and a key are an action each."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.actions = window, list[str]()

    def _now(self) -> QWidget:
        settle(QApplication.instance())
        modal = QApplication.activeModalWidget()
        over = self.window if modal is None else modal
        return over.focusWidget() or over

    def fill_in(self, field: QWidget, text: str) -> None:
        self.actions.append(f"type “{text}”")
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        QTest.keyClicks(field, text)
        settle(QApplication.instance())

    def type(self, text: str) -> None:
        self.actions.append(f"type “{text}”")
        QTest.keyClicks(self._now(), text)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.actions.append(key.name)
        QTest.keyClick(self._now(), key, held)
        settle(QApplication.instance())

    def dialog(self) -> Dialog:
        settle(QApplication.instance())
        return [one for one in self.window.findChildren(Dialog) if one.isVisible()][-1]


@pytest.fixture(scope="module")
def trust_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,000 devices in four subnets, none placed; twelve sites, each with the same rooms."""
    path = tmp_path_factory.mktemp("trust") / "trust.camcensus"
    inventory = big_inventory.make(path, 1000, places=0, decisions=False)
    for site in SITES:
        for room in ("Stage", "Kitchen"):
            names = [site, "Main hall", "Ground floor", room]
            inventory.do(placing.place_named(names), by="Bench", now=samples.NOW)
    inventory.close()
    return path


@pytest.fixture
def hands(app: QApplication, knowledge: Knowledge, data_dir: Path, trust_file: Path, tmp_path: Path) -> Iterator[Hands]:
    path = tmp_path / "trust.camcensus"
    path.write_bytes(trust_file.read_bytes())
    session = Session(knowledge, data_dir, clock=lambda: samples.NOW)
    session.person = "Priya"
    session.open(path)
    window = MainWindow(session, Preferences(tmp_path / "window.ini"))
    window.resize(1366, 768)
    window.show()
    window.show_page("cameras")
    settle(app)
    QTest.keyClick(window, Qt.Key.Key_Shift)
    yield Hands(window)
    window.close()
    let_go(window)
    session.close()


def test_250_are_placed_by_address_in_five_actions(hands: Hands, capsys: pytest.CaptureFixture[str]) -> None:
    window = hands.window
    hands.key(Qt.Key.Key_F, CONTROL)
    hands.type("10.0.2.")
    hands.key(Qt.Key.Key_L, CONTROL)
    asked = hands.dialog()
    assert isinstance(asked, LocationDialog)
    hands.type("site 7/stage")
    assert asked._hint.text() == "Set 250 items to Site 7 › Main hall › Ground floor › Stage."
    hands.key(Qt.Key.Key_Return)
    with capsys.disabled():
        print(f"\nPriya: {len(hands.actions)} actions: {', '.join(hands.actions)}")
    assert len(hands.actions) <= 5
    placed = [row for row in window.session.rows() if row.asset.place_path]
    assert {row.asset.place_path for row in placed} == {("Site 7", "Main hall", "Ground floor", "Stage")}
    assert len(placed) == 250
    assert all(row.addresses[0].startswith("10.0.2.") for row in placed)
    assert len(window.session.places()) == 12 * 5


@pytest.mark.parametrize(("words", "where", "asked"), [
    ("10.0.3.", "search", "Record your decision: 250 items"),
    ("", "search", "Record your decision: CAM-"),
    ("10.0.3.", "list", "Record your decision: CAM-"),
])  # fmt: skip
def test_keys_in_the_search_box_are_for_what_it_found_and_in_the_list_for_what_is_chosen(
    hands: Hands, words: str, where: str, asked: str
) -> None:
    page = hands.window.cameras
    hands.key(Qt.Key.Key_F, CONTROL)
    hands.type(words)
    page.table.clearSelection()
    page.table.selectRow(3)
    if where == "list":
        page.table.setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_D, CONTROL)
    assert hands.dialog().windowTitle().startswith(asked)


def test_a_place_is_not_made_for_many_before_somebody_says_yes(hands: Hands) -> None:
    window, before = hands.window, hands.window.session.places()
    hands.fill_in(window.cameras.search, "10.0.1.")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_L, CONTROL)
    asked = hands.dialog()
    assert isinstance(asked, LocationDialog)
    hands.type("Site 3 > Main hall > Ground floor > Balcony")
    assert asked._hint.text().startswith("Add a new room or area ‘Balcony’ in Site 3 › Main hall › Ground floor, and set 250")
    hands.key(Qt.Key.Key_Return)
    question = hands.dialog()
    assert question.windowTitle() == "Add a new place?"
    assert window.session.places() == before
    hands.key(Qt.Key.Key_Escape)
    assert window.session.places() == before
    assert asked.isVisible()
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return)
    assert not [one for one in window.findChildren(Dialog) if one.isVisible()]
    assert sum(row.asset.place_path[-1:] == ("Balcony",) for row in window.session.rows()) == 250
    assert len(window.session.places()) == len(before) + 1


def test_where_two_places_have_the_name_enter_does_nothing_until_one_is_chosen(hands: Hands, qtbot: QtBot) -> None:
    window = hands.window
    window.cameras.table.setFocus()
    hands.key(Qt.Key.Key_L, CONTROL)
    asked = hands.dialog()
    assert isinstance(asked, LocationDialog)
    hands.type("kitchen")
    assert "12 places are called ‘Kitchen’" in asked._hint.text()
    hands.key(Qt.Key.Key_Return)
    assert asked.isVisible()
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Down)
    assert asked._hint.text() == "Set to Site 2 › Main hall › Ground floor › Kitchen."
    hands.key(Qt.Key.Key_Return)
    paths = [row.asset.place_path for row in window.session.rows() if row.asset.place_path]
    assert paths == [("Site 2", "Main hall", "Ground floor", "Kitchen")]
