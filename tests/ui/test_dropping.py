"""A file that is dropped anywhere on the window goes where it belongs, with one question where that is not plain."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from camcensus.store.edits import placing
from camcensus.ui.cameras.import_register import RegisterDialog
from camcensus.ui.cameras.photo_round import PhotoRound
from camcensus.ui.dropping import ONE_KIND
from camcensus.ui.find.import_list import ImportDialog
from camcensus.ui.find.page import FindPage
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.widgets import Text
from camcensus.ui.settings.knowledge_update import UpdateDialog
from camcensus.ui.window import MainWindow
from conftest import ROOT

PHOTO = ROOT / "resources" / "help" / "pictures" / "cameras.png"


def drop(window: MainWindow, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl("https://example.invalid/a.csv"), *(QUrl.fromLocalFile(str(path)) for path in paths)])
    event = QDropEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    return window.dropping.eventFilter(window, event)  # Qt sends drops of a real drag only


def shown[T: Dialog](window: MainWindow, kind: type[T]) -> list[T]:
    return [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]


def words(window: MainWindow) -> str:
    (dialog,) = shown(window, Dialog)
    return "\n".join(text.text() for text in dialog.findChildren(Text))


def answer(window: MainWindow, name: str) -> None:
    (dialog,) = shown(window, Dialog)
    next(button for button in dialog.findChildren(QPushButton) if button.text() == name).click()


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "cameras.csv"
    path.write_text("Ref,Location,IP,MAC\nCAM-001,Hall,10.0.0.5,3c:ef:8c:00:00:31\n", "utf-8")
    return path


def looked_at(dialog: Dialog) -> tuple[str, ...]:
    """The names of the files that a dialog has read; none until it has."""
    if isinstance(dialog, ImportDialog):
        return () if dialog.running or dialog.look is None else dialog.look.names
    assert isinstance(dialog, RegisterDialog)
    name, found, _ = dialog.title.text().partition(": 1 row")
    return (name,) if found else ()


def taken(window: MainWindow, qtbot: QtBot) -> list[str]:
    """The names of the photos in the one dialog that matches them, which is closed."""
    (photos,) = shown(window, PhotoRound)
    qtbot.waitUntil(lambda: photos.photos.photos != [])
    names = sorted(one.name for one in photos.photos.photos)
    close(photos, qtbot)
    return names


def close(dialog: Dialog | RegisterDialog | PhotoRound | ImportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not getattr(dialog, "running", False))
    dialog.reject()


def test_a_record_is_opened_from_any_page(window: MainWindow, record: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(record, tmp_path / "other.camcensus"))
    window.show_page("plan")
    assert drop(window, other)
    assert window.session.path == other


LEASES = "lease 10.0.0.31 {\n  starts 5 2026/11/20 07:00:00;\n  hardware ethernet 3c:ef:8c:00:00:31;\n}\n"
WHOSE = "Host,IP,Manufacturer,MAC address\nGate,10.0.0.5,Dahua,3c:ef:8c:00:00:31\n"


@pytest.mark.parametrize("page", ["find", "cameras", "share"])
@pytest.mark.parametrize(
    ("text", "asked", "kind"),
    [
        ("Ref,Location,IP,MAC\nCAM-001,Hall,10.0.0.5,3c:ef:8c:00:00:31\n", None, RegisterDialog),
        (LEASES, None, ImportDialog),
        (WHOSE, "Every device", ImportDialog),
        (WHOSE, "Cameras and recorders", RegisterDialog),
    ],
    ids=["register", "leases", "network", "cameras"],
)
def test_one_button_looks_at_the_list_and_asks_only_what_it_cannot_tell(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, page: str, text: str,
    asked: str | None, kind: type[Dialog],
) -> None:  # fmt: skip
    path = tmp_path / "ours.txt"
    path.write_text(text, "utf-8")
    monkeypatch.setattr(file_dialogs, "open_files", lambda _parent, _title, then, _kinds: then([path]))
    window.show_page(page)
    bring = next(one for one in window.page.findChildren(QPushButton) if one.text() == "Import a list…")
    bring.click()
    if asked is not None:
        qtbot.waitUntil(lambda: bool(shown(window, Dialog)))
        assert "Only cameras and recorders, or every device" in words(window)
        answer(window, asked)
    qtbot.waitUntil(lambda: bool(shown(window, kind)))
    (dialog,) = shown(window, kind)
    qtbot.waitUntil(lambda: looked_at(dialog) != ())
    assert looked_at(dialog) == ("ours.txt",)
    close(dialog, qtbot)


def test_several_registers_are_imported_one_by_one(window: MainWindow, sheet: Path, tmp_path: Path, qtbot: QtBot) -> None:
    drop(window, sheet, Path(shutil.copy(sheet, tmp_path / "more.csv")))
    qtbot.waitUntil(lambda: bool(shown(window, Dialog)))
    assert "Import each register of cameras by itself." in words(window)


def test_during_a_search_a_list_waits(window: MainWindow, sheet: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window.show_page("find")
    monkeypatch.setattr(FindPage, "running", property(lambda _: True))
    leases = sheet.with_name("dhcpd.leases")
    leases.write_text(LEASES)
    drop(window, leases)
    qtbot.waitUntil(lambda: bool(shown(window, Dialog)))
    assert "Then drop these files again." in words(window)
    assert shown(window, ImportDialog) == []
    monkeypatch.undo()


def test_a_record_that_is_dropped_on_find_cameras_is_opened(window: MainWindow, record: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(record, tmp_path / "other.camcensus"))
    window.show_page("find", "form")
    assert [one for one in (window.finder, window.cameras) if one.acceptDrops()] == []
    drop(window, other)
    assert window.session.path == other


def test_a_folder_of_photos_goes_to_cameras(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "photos").mkdir()
    shutil.copy(PHOTO, tmp_path / "photos")
    window.show_page("history")
    drop(window, tmp_path / "photos")
    assert window.page is window.cameras
    assert taken(window, qtbot) == ["cameras.png"]


def test_lists_and_captures_go_to_find_cameras(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    leases, capture = tmp_path / "dhcpd.leases", tmp_path / "hour.pcap"
    leases.write_text("lease 10.0.0.9 {\n  hardware ethernet 3c:ef:8c:00:00:39;\n}\n")
    capture.write_bytes(b"\xd4\xc3\xb2\xa1" + bytes(20))
    window.show_page("history")
    drop(window, leases, capture)
    qtbot.waitUntil(lambda: bool(shown(window, ImportDialog)))
    assert window.page is window.finder
    (dialog,) = shown(window, ImportDialog)
    qtbot.waitUntil(lambda: looked_at(dialog) != ())
    assert sorted(looked_at(dialog)) == ["dhcpd.leases", "hour.pcap"]
    close(dialog, qtbot)


def test_a_picture_is_a_photo_and_in_places_a_plan(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.show_page("home")
    drop(window, PHOTO)
    assert window.page is window.cameras
    assert taken(window, qtbot) == ["cameras.png"]
    window.show_page("home")
    drop(window, PHOTO, Path(shutil.copy(PHOTO, tmp_path / "second.png")))
    assert taken(window, qtbot) == ["cameras.png", "second.png"]
    window.show_page("places")
    drop(window, PHOTO)
    assert "add or choose the floor" in words(window)
    answer(window, "Close")
    window.session.do(placing.set_place_named([window.session.rows()[0].asset.id], ["Elm Park"]))
    window.places.enter()
    window.places.list.choose(window.session.places()[0].id)
    drop(window, PHOTO)
    qtbot.waitUntil(lambda: window.session.places()[0].picture is not None)


def test_knowledge_goes_to_settings(window: MainWindow) -> None:
    drop(window, ROOT / "vendors.db")
    assert window.page is window.settings
    (dialog,) = shown(window, UpdateDialog)
    assert dialog.go.isEnabled()
    dialog.reject()


def test_what_does_not_go_together_or_is_unknown_is_said(window: MainWindow, sheet: Path, tmp_path: Path) -> None:
    drop(window, sheet, PHOTO)
    assert ONE_KIND in words(window)
    answer(window, "Close")
    (tmp_path / "setup.exe").write_bytes(b"MZ")
    drop(window, tmp_path / "setup.exe")
    assert "Camcensus reads its own records" in words(window)
    answer(window, "Close")


def test_without_a_record_only_files_of_ours_are_taken(window: MainWindow, sheet: Path, record: Path) -> None:
    window.session.close()
    window.show_start()
    drop(window, sheet)
    assert "Then drop these files again." in words(window)
    answer(window, "Close")
    drop(window, record)
    assert window.session.path == record
    assert window.shows_record


def test_a_record_that_is_only_read_takes_nothing(window: MainWindow, sheet: Path, record: Path) -> None:
    window.session.open(record, readonly=True)
    drop(window, sheet)
    assert "Nothing can be changed" in words(window)
    answer(window, "Close")


def test_words_that_are_dragged_are_left_alone(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("not a file")
    event = QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    assert not window.dropping.eventFilter(window, event)


def test_the_first_run_begins_with_a_spreadsheet(
    window: MainWindow, sheet: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "open_files", lambda _parent, _title, then, _kinds: then([sheet]))
    window.new_record()
    window.start._folder = tmp_path / "first"
    window.start.organisation.setText("Oak School")
    window.start.bring.click()
    qtbot.waitUntil(lambda: bool(shown(window, RegisterDialog)))
    (dialog,) = shown(window, RegisterDialog)
    qtbot.waitUntil(lambda: looked_at(dialog) != ())
    assert window.session.body is not None
    assert (window.session.body.name, looked_at(dialog)) == ("Oak School", ("cameras.csv",))
    close(dialog, qtbot)
