from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camcensus.store.edits import placing
from camcensus.ui.cameras.walk_entry import WalkEntry
from camcensus.ui.go_to import SHOWN, Goal, GoToDialog, found
from camcensus.ui.window import MainWindow
from ui_rows import settle

CTRL = Qt.KeyboardModifier.ControlModifier


def goal(name: str, words: str = "") -> Goal:
    return Goal(name, "", f"{name} {words}".casefold(), lambda: None)


def names(goals: list[Goal], typed: str) -> list[str]:
    return [one.name for one in found(goals, typed)[0]]


def test_what_is_named_so_comes_before_what_only_has_the_words() -> None:
    goals = [goal("Gate", "beside the hall"), goal("Dining hall"), goal("Hall 2"), goal("Hall"), goal("Playground")]
    assert names(goals, "hall") == ["Hall", "Hall 2", "Dining hall", "Gate"]
    assert names(goals, "HALL  beside") == ["Gate"]
    assert names(goals, "nowhere") == []
    assert names(goals, "") == [one.name for one in goals]


@pytest.mark.parametrize("sign", [" > ", " › ", "/", ", ", " => ", ": ", " | "])
def test_what_parts_the_names_of_a_place_is_no_word_to_find(sign: str) -> None:
    rooms = [goal(f"Room {room}", f"site 1 block {block} floor 0 room {room}") for block in (10, 1) for room in (10, 1)]
    found = names(rooms, f"Block 1{sign}Floor 0")
    assert len(found) == 4
    assert names(rooms, f"Floor 0{sign}Room 1") == ["Room 1", "Room 1", "Room 10", "Room 10"]
    assert names(rooms, f"Block 1{sign}Floor 2") == []


def test_of_many_the_first_are_shown_and_all_are_counted() -> None:
    shown, number = found([goal(f"CAM-{at}") for at in range(500)], "cam")
    assert (len(shown), number) == (SHOWN, 500)


def ask(window: MainWindow, qtbot: QtBot, typed: str) -> GoToDialog:
    window.keys.go_to()
    (dialog,) = (one for one in window.findChildren(GoToDialog) if one.isVisible())
    qtbot.keyClicks(dialog.field, typed)
    return dialog


def test_ctrl_k_goes_to_a_camera_by_its_address_whatever_was_filtered(window: MainWindow, qtbot: QtBot) -> None:
    window.cameras.search.setText("no such thing")
    window.show_page("home")
    row = next(one for one in window.session.rows() if "10.0.0.33" in one.addresses)
    dialog = ask(window, qtbot, "10.0.0.33")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    settle(QApplication.instance())
    assert window.page is window.cameras
    assert [one.asset.id for one in window.cameras.selected()] == [row.asset.id]


def test_a_camera_that_is_new_since_the_page_was_seen_is_found(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("home")
    one = window.session.rows()[0].asset.id
    site = window.session.do(placing.add_place("site", "Quarry", None)).made  # type: ignore[union-attr]
    window.session.do(placing.set_place([one], site))
    dialog = ask(window, qtbot, "quarry")
    assert dialog.model.rows[0].name == "Quarry"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert [row.asset.id for row in window.cameras.selected()] == [one]


def test_a_report_and_a_way_of_walking_round_are_found(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ask(window, qtbot, "foi")
    assert [one.name for one in dialog.model.rows] == ["FOI answers"]
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.page is window.reports
    assert window.reports.choices.kind.name == "foi"
    dialog = ask(window, qtbot, "walk-round notes")
    assert [one.name for one in dialog.model.rows] == ["Enter your walk-round notes"]
    settle(QApplication.instance())
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    (notes,) = (one for one in window.findChildren(WalkEntry) if one.isVisible())
    notes.reject()


def test_a_page_and_a_command_are_found_and_nothing_that_cannot_be_done(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ask(window, qtbot, "replacement")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.page is window.plan
    dialog = ask(window, qtbot, "your organisation")
    assert [one.name for one in dialog.model.rows] == ["Your organisation"]
    dialog.field.setText("no such thing at all")
    assert dialog.goal is None
    assert not dialog.go_button.isEnabled()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.reject()


def test_every_page_is_found_once(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ask(window, qtbot, "")
    goals = [one for one in dialog._goals if not one.note.startswith("Command")]
    pages = [one.name for one in goals if one.note == "Page"]
    assert len(pages) == len(set(pages)) == len(window.pages)
    commands = [one.name for one in dialog._goals if one.note.startswith("Command")]
    assert not set(commands) & set(pages) - {"Settings"}
    dialog.reject()
