"""The Share page: who gets a file, what stays, look before, make it with Cancel, and what it came to; copies are opened as such."""

from __future__ import annotations

import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.pwhash import argon2id
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from camcensus.store import sealed
from camcensus.store.edits import settings
from camcensus.tasks.share.columns import AUDIENCES, COLUMNS, left_out
from camcensus.tasks.share.making import suggested_name
from camcensus.ui.inventory.organisation import OrganisationDialog
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.opening_copies import PassphraseDialog, put_at
from camcensus.ui.record_frame import ENTRIES
from camcensus.ui.share.exchange_dialog import ExchangeDialog
from camcensus.ui.share.page import SharePage
from camcensus.ui.window import MainWindow

PHRASE = "four plain words here"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of this test, and a passphrase that costs as little as libsodium allows."""
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sealed, "OPS", argon2id.OPSLIMIT_MIN)
    monkeypatch.setattr(sealed, "MEMORY_BYTES", argon2id.MEMLIMIT_MIN)


@pytest.fixture
def page(window: MainWindow) -> SharePage:
    window.show_page("share")
    return window.share


def choose(page: SharePage, audience: str) -> None:
    page.choices.audiences.button(AUDIENCES.index(audience)).setChecked(True)  # type: ignore[arg-type]


def made(page: SharePage, qtbot: QtBot, path: Path) -> Path:
    page.save_as(path)
    qtbot.waitUntil(lambda: not page.busy)
    return path


def visible(within: QWidget) -> str:
    return " ".join(one.text() for one in within.findChildren(QLabel) if one.isVisible())


def dialogs(window: MainWindow) -> list[Dialog]:
    return [one for one in window.findChildren(Dialog) if one.isVisible()]


def test_it_is_the_last_entry_and_has_ctrl_9_and_history_ctrl_h(window: MainWindow) -> None:
    assert ENTRIES[-1].name == "share"
    keys = {action.text(): action.shortcut().toString() for action in window.actions()}
    assert (keys["Share and import"], keys["History"], keys["Reports"]) == ("Ctrl+9", "Ctrl+H", "Ctrl+8")
    assert (keys["Home"], keys["Needs checking"], keys["Manufacturers"]) == ("Ctrl+1", "Ctrl+5", "Ctrl+6")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_choice_says_what_goes_and_what_stays(page: SharePage, window: MainWindow, audience: str) -> None:
    choose(page, audience)
    shown = visible(window)
    assert all(f"{one[:1].upper()}{one[1:]}" in shown for one in left_out(audience))  # type: ignore[arg-type]
    assert page.save_button.isEnabled() == (audience != "backup")
    assert page._name() in shown


def test_a_part_is_offered_to_those_who_may_have_one_and_is_in_the_name(page: SharePage) -> None:
    for audience in AUDIENCES:
        choose(page, audience)
        assert page.choices.scope.isVisible() == (audience in ("supplier", "public"))
    choose(page, "supplier")
    page.choices.scope.which.choose("year")
    assert page.choices.part.year is not None
    assert page._name() != suggested_name(page.session.inventory, "supplier", page.session.clock())
    choose(page, "backup")
    assert page.choices.part.is_all


def test_a_file_for_an_auditor_is_made_counted_and_can_be_copied_into_a_letter(
    page: SharePage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = made(page, qtbot, tmp_path / "elm")
    path = path.with_suffix(".camcensus")
    qtbot.waitUntil(lambda: page.shared is not None and page.shared.sha256 in visible(window))
    assert page.shared is not None
    shown = visible(window)
    assert "6 rows of the register, 7 devices" in shown
    page.copy_link.click()
    letter = QGuiApplication.clipboard().text()
    assert page.shared.sha256 in letter
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT made_by FROM export").fetchone() == ("a member of staff",)
    db.close()
    inventory = window.session.inventory
    assert inventory is not None
    assert "file for: our auditor" in inventory.changes(1)[0].say
    made(page, qtbot, path)
    qtbot.waitUntil(page.copy_link.isVisible)


def test_the_page_names_every_column(page: SharePage, window: MainWindow) -> None:
    choose(page, "supplier")
    shown = visible(window)
    for name, columns in COLUMNS["supplier"].items():
        assert f"{name}: {', '.join(columns)}".replace("_", " ") in shown


def test_a_backup_wants_its_passphrase_twice_and_forgets_it(
    page: SharePage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(page, "backup")
    page.choices.first.setText("short")
    page.choices.second.setText("short")
    page.choices.second.textEdited.emit("short")
    assert "At least 10 characters" in visible(window)
    page.choices.first.setText(PHRASE)
    page.choices.second.setText("another one here")
    page.choices.second.textEdited.emit("")
    assert "The two passphrases differ." in visible(window)
    assert not page.save_button.isEnabled()
    page.choices.second.setText(PHRASE)
    page.choices.second.textEdited.emit("")
    assert page.save_button.isEnabled()
    path = made(page, qtbot, tmp_path / "b.camcensus-backup")
    assert path.read_bytes().startswith(sealed.MAGIC)
    assert (page.choices.first.text(), page.choices.second.text()) == ("", "")
    page.choices.plain.setChecked(True)
    assert page.save_button.isEnabled()
    assert "not locked" in visible(window)
    assert made(page, qtbot, tmp_path / "c.camcensus-backup").read_bytes().startswith(b"SQLite format 3")


def test_what_cannot_be_made_is_one_sentence_and_leaves_what_is_there(
    page: SharePage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "letter.zip"
    other.write_bytes(b"a letter")
    choose(page, "public")
    made(page, qtbot, other)
    (dialog,) = dialogs(window)
    assert "is of another kind" in visible(dialog)
    assert other.read_bytes() == b"a letter"
    dialog.close()
    assert zipfile.is_zipfile(made(page, qtbot, tmp_path / "p.zip"))


def test_cancel_leaves_no_file(page: SharePage, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page.save_as(tmp_path / "a.camcensus")
    assert page.cancel_button.isVisible()
    assert page.escape()
    qtbot.waitUntil(lambda: not page.busy)
    assert not (tmp_path / "a.camcensus").exists() or page.shared is not None
    assert "Stopped. No file was made." in visible(window) or page.shared is not None


def test_save_asks_where_with_a_name_for_it(
    page: SharePage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(name).name)
        return str(tmp_path / Path(name).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    page.save()
    qtbot.waitUntil(lambda: page.shared is not None)
    assert asked == ["elm-park-primary-school-2026-11-24.camcensus"]
    assert (tmp_path / asked[0]).is_file()


def test_opening_a_copy_made_for_auditors_says_so_and_shows_it(
    page: SharePage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = made(page, qtbot, tmp_path / "a.camcensus")
    before = window.session.path
    assert not window.open_path(path)
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    (dialog,) = dialogs(window)
    assert isinstance(dialog, ExchangeDialog)
    shown = visible(dialog)
    assert "This is a copy made for auditors on 24 November 2026." in shown
    assert "Not signed; not changed since it was written." in shown
    assert dialog.table.model().rowCount() == 6
    assert window.session.path == before
    dialog.close()
    path.write_bytes(path.read_bytes()[:-4096])
    window.open_path(path)
    qtbot.waitUntil(lambda: any("was not read" in one.windowTitle() for one in dialogs(window)))


def test_a_backup_becomes_a_record_again(page: SharePage, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    choose(page, "backup")
    page.choices.first.setText(PHRASE)
    page.choices.second.setText(PHRASE)
    backup = made(page, qtbot, tmp_path / "b.camcensus-backup")
    window.open_path(backup)
    (dialog,) = dialogs(window)
    assert isinstance(dialog, PassphraseDialog)
    dialog.close()
    new = tmp_path / "again.camcensus"
    put_at(window.session, window, backup, new, "not the passphrase", window.open_path, window.show_defect)
    qtbot.waitUntil(lambda: any("was not opened" in one.windowTitle() for one in dialogs(window)))
    assert not new.exists()
    for one in dialogs(window):
        one.close()
    put_at(window.session, window, backup, new, PHRASE, window.open_path, window.show_defect)
    qtbot.waitUntil(lambda: window.session.path == new)
    assert len(window.session.rows()) == 6


def test_the_official_number_is_asked_for_by_the_kind_of_organisation(window: MainWindow) -> None:
    dialog = OrganisationDialog(window.session, window)
    dialog._official.setText("12")
    dialog._keep_typed("12")
    dialog.accept()
    assert window.session.body is not None
    assert window.session.body.urn is None
    assert "A URN is 5 or 6 digits" in dialog._problem.text()
    dialog._official.setText("123456")
    dialog._counted.setChecked(True)
    dialog.accept()
    body = window.session.body
    assert (body.urn, body.expected_basis) == ("123456", "counted")
    assert window.session.do(settings.set_body(replace(body, type="nhs")))
    again = OrganisationDialog(window.session, window)
    assert again._which == "ods"
    assert window.session.undo()
    assert window.session.undo()
    assert window.session.body.urn is None
