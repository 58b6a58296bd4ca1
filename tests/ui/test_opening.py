"""A damaged record offers its back-up; one that is open elsewhere offers reading; a share is said. Nothing is overwritten."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import sys
import threading
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.errors import DamagedFileError
from camcensus.store import backups, connecting, whereabouts
from camcensus.store.contents import Contents
from camcensus.store.edits import placing
from camcensus.store.whereabouts import Whereabouts
from camcensus.tasks import safekeeping
from camcensus.tasks.register import verbs as register
from camcensus.ui import main_window
from camcensus.ui import opening as opening_in_window
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.main_window import OpensFiles
from camcensus.ui.session import Opened
from camcensus.ui.window import MainWindow
from ui_rows import settle


@pytest.fixture
def other(record: Path, tmp_path: Path) -> Path:
    """A second record, with a back-up of yesterday."""
    path = tmp_path / "Main block.camcensus"
    shutil.copy(record, path)
    with register.open_inventory(path, samples.NOW) as inventory:
        backups.back_up(inventory, samples.NOW)
    return path


def visible(within: QWidget) -> str:
    return "\n".join(text.text() for text in within.findChildren(Text) if text.isVisible())


def dialog_of(window: MainWindow) -> Dialog:
    shown = [dialog for dialog in window.findChildren(Dialog) if dialog.isVisible()]
    assert len(shown) == 1
    return shown[0]


def press(dialog: Dialog, name: str) -> None:
    button = next(button for button in dialog.findChildren(QPushButton) if button.text() == name)
    assert button.isDefault()
    button.click()


def test_a_damaged_record_opens_from_its_backup_and_is_kept_aside(
    window: MainWindow, other: Path, app: QApplication, qtbot: QtBot
) -> None:
    damaged = b"\xa5" * 12_000
    other.write_bytes(other.read_bytes()[:100] + damaged)
    before = window.session.path
    assert not window.open_path(other)
    assert window.session.path == before
    dialog = dialog_of(window)
    assert dialog.windowTitle() == "Main block.camcensus is damaged"
    assert "Your back-up from 24 November 2026" in visible(dialog)
    press(dialog, "Open back-up")
    settle(app)
    assert window.session.path == other
    assert len(window.session.rows()) == 6
    aside = [entry for entry in other.parent.iterdir() if "damaged" in entry.name]
    assert [entry.read_bytes()[100:] for entry in aside] == [damaged]
    assert aside[0].name in visible(window.strip)


@pytest.mark.parametrize(("day", "hours"), [("9999-12-31 235959", 2), ("0001-01-01 000000", -2)])
def test_a_back_up_of_a_day_that_is_none_here_is_offered_like_others(
    window: MainWindow, other: Path, day: str, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = backups.list_backups(other)[0].path
    there.rename(there.with_name(f"{other.stem} {day}Z{other.suffix}"))
    now = samples.NOW.astimezone(timezone(timedelta(hours=hours)))
    assert [offer.at.year for offer in safekeeping.list_backups(other, now)] == [int(day[:4])]
    monkeypatch.setattr(window.session, "clock", lambda: now)
    other.write_bytes(other.read_bytes()[:100] + b"\xa5" * 12_000)
    assert not window.open_path(other)
    assert f" {int(day[:4])}" in visible(dialog_of(window))


def test_the_window_starts_though_the_last_record_brings_out_a_mistake_of_ours(
    window: MainWindow, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[BaseException] = []
    started: list[bool] = []

    def broken(_: Path) -> bool:
        raise OverflowError("a mistake of ours")

    monkeypatch.setattr(window, "open_path", broken)
    monkeypatch.setattr(window, "show_start", lambda: started.append(True))
    monkeypatch.setattr(sys, "excepthook", lambda _, error, __: said.append(error))
    main_window._begin(window, other, demo=False)
    assert started == [True]
    assert [type(error) for error in said] == [OverflowError]


def test_damage_that_shows_only_when_it_is_read_offers_the_back_up_too(
    window: MainWindow, other: Path, app: QApplication, qtbot: QtBot
) -> None:
    with contextlib.closing(sqlite3.connect(other)) as db:
        db.execute("UPDATE judgement SET answer = CAST(replace(answer, 'camera', 'cam' || CAST(x'c328ff' AS TEXT)) AS TEXT)")
        db.commit()
        db.execute("PRAGMA journal_mode = DELETE").fetchone()
    before = window.session.path
    with qtbot.captureExceptions():
        assert not window.open_path(other)
    titles = [dialog.windowTitle() for dialog in window.findChildren(Dialog) if dialog.isVisible()]
    assert "Main block.camcensus is damaged" in titles
    assert window.session.path == before


def test_the_window_is_drawn_while_a_file_is_opened_and_takes_no_second_one(
    window: MainWindow, other: Path, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, beats, seconds = opening_in_window.look_into, list[str](), list[bool]()

    def slow(*given: object, **named: object) -> Opened:
        threading.Event().wait(0.8)
        return real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(opening_in_window, "look_into", slow)
    before = window.session.path
    beat = QTimer(window, interval=20)
    beat.timeout.connect(
        lambda: beats.append("".join(one.windowTitle() for one in window.findChildren(Dialog) if one.isVisible()))
    )
    beat.timeout.connect(lambda: seconds.append(window.open_path(other)))
    beat.timeout.connect(window.close)
    beat.start()
    assert window.open_path(other)
    beat.stop()
    assert len(beats) > 5
    assert beats[-1] == "Opening Main block.camcensus"
    assert not any(seconds)
    assert window.session.path == other != before
    settle(app)
    assert not [one for one in window.findChildren(Dialog) if one.isVisible()]


def test_what_is_found_wrong_beside_the_window_leaves_nothing_open(
    window: MainWindow, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise DamagedFileError("It cannot be read.")

    before = window.session.path
    monkeypatch.setattr(register, "rows", broken)
    assert not window.open_path(other)
    assert window.session.path == before
    monkeypatch.undo()
    with register.open_inventory(other, samples.NOW) as inventory:  # nobody holds its lock
        assert inventory.readonly_reason is None


def test_what_is_found_wrong_when_the_window_goes_on_leaves_nothing_open(
    window: MainWindow, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise DamagedFileError("It cannot be read.")

    def leave(inventory: register.Inventory) -> None:
        inventory._db.close()
        monkeypatch.setattr(connecting, "connect_writing", broken)

    before = window.session.path
    monkeypatch.setattr(register.Inventory, "leave_thread", leave)
    assert not window.open_path(other)
    assert window.session.path == before
    monkeypatch.undo()
    with register.open_inventory(other, samples.NOW) as inventory:  # nobody holds its lock
        assert inventory.readonly_reason is None


def test_not_now_changes_nothing(window: MainWindow, other: Path) -> None:
    other.write_bytes(bytes(9000))
    before = {entry.name: entry.read_bytes() for entry in other.parent.iterdir() if entry.is_file()}
    assert not window.open_path(other)
    dialog_of(window).reject()
    assert {entry.name: entry.read_bytes() for entry in other.parent.iterdir() if entry.is_file()} == before


def test_a_damaged_record_without_a_backup_is_said(window: MainWindow, other: Path) -> None:
    shutil.rmtree(backups.folder_of(other))
    other.write_bytes(other.read_bytes()[:-4096])
    damaged = other.read_bytes()
    assert not window.open_path(other)
    said = visible(dialog_of(window))
    assert "is damaged; keep it as it is" in said
    assert "There is no back-up beside it." in said
    assert other.read_bytes() == damaged


def test_back_ups_that_cannot_be_checked_for_want_of_room_are_not_said_to_be_none(
    window: MainWindow, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.write_bytes(other.read_bytes()[:-4096])
    monkeypatch.setattr("camcensus.model.errors.free_bytes", lambda _: 0)
    assert not window.open_path(other)
    said = visible(dialog_of(window))
    assert "There is no back-up" not in said
    assert "Its back-ups could not be checked" in said
    assert "free some space and try again" in said


def test_a_record_that_is_open_elsewhere_says_by_whom_and_offers_reading(
    window: MainWindow, other: Path, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("camcensus.store.lock.WAIT_S", 0.0)
    with register.open_inventory(other, samples.NOW):
        assert not window.open_path(other)
        dialog = dialog_of(window)
        assert dialog.windowTitle() == "Main block.camcensus is open already"
        assert "process " in visible(dialog)
        press(dialog, "Open for reading only")
        settle(app)
        assert window.session.path == other
        assert window.session.readonly_reason == "This inventory was opened for reading only."
        assert "opened for reading only" in visible(window)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Whereabouts("network", r"\\srv01\office"), r"is on a network share (\\srv01\office)"),
        (Whereabouts("synchronised", "OneDrive"), "is in a folder that OneDrive copies"),
    ],
)
def test_a_record_on_a_share_or_in_a_copied_folder_is_said_at_the_top(
    window: MainWindow, other: Path, app: QApplication, monkeypatch: pytest.MonkeyPatch, place: Whereabouts, words: str
) -> None:
    monkeypatch.setattr(safekeeping, "locate", lambda _: place)
    monkeypatch.setattr(whereabouts, "locate", lambda _: place)
    assert window.open_path(other)
    settle(app)
    assert words in visible(window)
    assert "on this computer" not in visible(window).replace(words, "").replace("or keep it on a disk of this computer", "")
    assert window.session.readonly_reason is None


def test_the_back_up_of_what_is_left_is_made_beside_the_window(
    window: MainWindow, record: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_path(record)
    window.session.ready()
    window.session.do(placing.set_place_named([window.session.rows()[0].asset.id], ["Another hall"]))
    made: list[str] = []
    copy = Contents.copy_to

    def told(contents: Contents, to: Path) -> None:
        made.append(threading.current_thread().name)
        copy(contents, to)

    monkeypatch.setattr(Contents, "copy_to", told)
    assert window.open_path(other)
    assert set(made) == {"camcensus-job"}


def test_opening_makes_a_backup_where_one_is_due_and_a_refusal_is_said(
    window: MainWindow, other: Path, app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.open_path(other)
    window.session.close()
    shutil.rmtree(backups.folder_of(other))
    assert window.open_path(other)
    qtbot.waitUntil(lambda: len(backups.list_backups(other)) == 1)
    window.session.close()
    shutil.rmtree(backups.folder_of(other))
    backups.folder_of(other).write_text("a file in the way")
    said: list[str] = []
    window.session.hub.troubled.connect(lambda title, sentence: said.append(f"{title}: {sentence}"))
    assert window.open_path(other)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("No back-up was made: “")
    dialog_of(window).reject()
    assert len(window.session.rows()) == 6


def test_a_search_that_was_cut_off_is_kept_when_the_record_is_opened_and_said_once(
    window: MainWindow, other: Path, app: QApplication
) -> None:
    with register.open_inventory(other, samples.NOW) as inventory:
        inventory.note_seen(samples.scan("cut"), [samples.observation(99)], samples.NOW)
    assert window.open_path(other)
    settle(app)
    assert "The search of 24 November 2026 was cut off; what it had seen is kept (1 answer)." in visible(window.strip)
    last = window.session.last_scan()
    assert last is not None
    assert (last.id, last.stopped_early) == ("cut", True)
    window.session.close()
    assert window.open_path(other)
    assert "was cut off" not in visible(window)


def test_opening_the_record_that_is_open_goes_home(window: MainWindow, record: Path) -> None:
    window.show_page("cameras")
    inventory = window.session.inventory
    assert window.open_path(record.parent / "." / record.name)
    assert window.session.inventory is inventory
    assert window.page is window.home


def test_a_file_that_the_system_hands_to_the_running_program_is_opened(
    window: MainWindow, other: Path, app: QApplication
) -> None:
    given = OpensFiles(window)
    app.installEventFilter(given)
    try:
        app.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(other))))
    finally:
        app.removeEventFilter(given)
    settle(app)
    assert window.session.path == other
