"""Walking round from wherever people are: Cameras, Home, Find and the first run; also with no network and nothing found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.knowledge import Knowledge
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import verbs as register
from camcensus.ui.cameras.photo_round import PhotoRound
from camcensus.ui.cameras.walk_entry import WalkEntry
from camcensus.ui.find import searching
from camcensus.ui.find.searching import Searched
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.preferences import Preferences
from camcensus.ui.session import Session
from camcensus.ui.window import MainWindow
from ui_rows import let_go, settle


def open_dialog[T](window: MainWindow, kind: type[T]) -> T:
    settle(QApplication.instance())
    return next(one for one in window.findChildren(kind) if one.isVisible())  # type: ignore[call-overload,attr-defined,no-any-return]


def sheet_pages(window: MainWindow, qtbot: QtBot) -> int:
    """Pages of the sheet, which is the report that is shown."""
    reports = window.reports
    assert window.page is reports
    assert reports.choices.kind.name == "walkround"
    qtbot.waitUntil(reports.print_button.isEnabled)
    return reports._paper.document.pageCount()


def press(window: MainWindow, words: str) -> None:
    next(one for one in window.page.findChildren(Button) if one.isVisible() and one.text() == words).click()


@pytest.fixture
def empty(app: QApplication, knowledge: Knowledge, data_dir: Path, tmp_path: Path) -> Iterator[MainWindow]:
    session = Session(knowledge, data_dir, clock=lambda: samples.NOW)
    session.create(tmp_path / "empty.camcensus", samples.body())
    made = MainWindow(session, Preferences(tmp_path / "window.ini"))
    made.resize(1280, 800)
    made.show()
    settle(app)
    yield made
    made.close()
    let_go(made)


def test_the_menu_of_cameras_has_the_three_ways(window: MainWindow) -> None:
    window.show_page("cameras")
    menu = window.cameras.walk.menu()
    assert [one.text() for one in menu.actions() if not one.isSeparator()] == [
        "Print walk-round sheet…", "Enter your walk-round notes…", "Match photos to cameras…",
    ]  # fmt: skip
    assert all(one.isEnabled() for one in menu.actions())
    assert window.cameras.walk.button.text() == "Walk round"


def test_typing_in_leads_to_the_sheet(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("cameras")
    window.cameras.walk.type_in()
    entry = open_dialog(window, WalkEntry)
    entry.sheet_button.click()
    settle(QApplication.instance())
    assert not shiboken6.isValid(entry)
    assert sheet_pages(window, qtbot) >= 1


def test_home_and_cameras_offer_it_where_nothing_is_found_yet(empty: MainWindow, qtbot: QtBot) -> None:
    press(empty, "Walk-round sheet")
    assert sheet_pages(empty, qtbot) == 1
    empty.show_page("cameras")
    press(empty, "Walk-round sheet")
    assert sheet_pages(empty, qtbot) == 1


def test_the_first_run_leads_to_it_with_no_network_at_all(empty: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    empty.new_record()
    empty.start._folder = tmp_path / "first"
    empty.start.organisation.setText("Oak School")
    empty.start.walk.click()
    assert sheet_pages(empty, qtbot) == 1
    assert empty.session.body is not None
    assert empty.session.body.name == "Oak School"


def test_after_a_search_that_found_too_few_the_sheet_is_one_button_away(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("find")
    window.finder.live.begin(searching.simulated_scope(), "School network")
    census = Census(scan=samples.scan("ended"), observations=(), verdicts=(samples.verdict(31),))
    window.finder._finished(Searched(census, None))
    settle(QApplication.instance())
    window.finder.live.next.ways["walk-round"].trigger()
    assert sheet_pages(window, qtbot) >= 1


def test_the_channels_of_a_recorder_are_added_after_a_search_and_counted_as_not_confirmed(
    empty: MainWindow, knowledge: Knowledge
) -> None:
    recorder = samples.verdict(35, "recorder", "hikvision", knowledge.version)
    recorder = replace(recorder, description=replace(recorder.description, channels_digital=16))
    census = Census(scan=samples.scan("ended"), observations=(), verdicts=(recorder,))
    inventory = empty.session.inventory
    assert inventory is not None
    changes = register.save_census(inventory, census, knowledge, samples.NOW)
    empty.show_page("find")
    empty.finder.live.begin(searching.simulated_scope(), "School network")
    empty.finder._finished(Searched(census, changes))
    settle(QApplication.instance())
    after = empty.finder.live.next
    assert "We found a recorder with up to 16 channels" in [one.text() for one in after.findChildren(Text)]
    assert empty.finder.live.next_button.text() == "Add 16 channels"
    empty.finder.live.next_button.click()
    settle(QApplication.instance())
    assert empty.page is empty.cameras
    assert (
        "16 cameras and 1 recorder, of these 16 reported by the recorder, not confirmed." in empty.cameras.heading.note.text()
    )
    empty.show_page("home")
    assert any("Of these, 16 reported by the recorder, not confirmed." in one.text() for one in empty.home.findChildren(Text))
    empty.session.undo()
    assert len(empty.session.rows()) == 1


def test_photos_that_are_dropped_on_cameras_are_given_to_rows(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    Image.new("RGB", (80, 60), "grey").save(tmp_path / "one.jpg")
    window.show_page("cameras")
    window.cameras.walk.give_photos([tmp_path / "one.jpg"])
    dialog = open_dialog(window, PhotoRound)
    qtbot.waitUntil(lambda: len(dialog.photos.photos) == 1)
    dialog.reject()
    (tmp_path / "nothing").mkdir()
    window.cameras.walk.give_photos([tmp_path / "nothing"])
    settle(QApplication.instance())
    assert any(one.windowTitle() == "No photos there" for one in window.findChildren(Dialog))
