"""A copy of a record that can only be read is saved and opened; what was open lately is offered again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.errors import DiskError, PolicyError
from camcensus.store.edits import placing
from camcensus.tasks import safekeeping
from camcensus.tasks.register import verbs as register
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.preferences import MOST_RECENT, Preferences
from camcensus.ui.window import MainWindow


def test_the_copy_of_a_record_that_is_only_read_is_opened_and_can_be_edited(
    window: MainWindow, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window.session.open(record, readonly=True)
    rows = len(window.session.rows())
    assert window._notice.isVisible()
    assert window._notice.button.text() == "Save a copy…"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "mine"), ""))
    window._notice.button.click()
    copy = tmp_path / "mine.camcensus"
    qtbot.waitUntil(lambda: window.session.path == copy)
    assert window.session.readonly_reason is None
    assert len(window.session.rows()) == rows
    window.session.do(placing.set_place_named([window.session.rows()[0].asset.id], ["Only in the copy"]))
    assert [place.name for place in window.session.places()] == ["Only in the copy"]
    with register.open_inventory(record, samples.NOW, readonly=True) as inventory:
        assert [place.name for place in inventory.places()] == []


def test_a_copy_of_a_record_that_is_edited_leaves_that_record_open(
    window: MainWindow, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "copy.camcensus"), ""))
    window.save_copy()
    qtbot.waitUntil(lambda: "Saved a copy" in window.strip._words.text())
    assert window.session.path == record
    with register.open_inventory(tmp_path / "copy.camcensus", samples.NOW) as inventory:
        assert inventory.readonly_reason is None


def test_a_copy_never_takes_the_place_of_its_record_and_sets_other_files_aside(record: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.camcensus"
    other.write_bytes(b"what was there")
    with register.open_inventory(record, samples.NOW, readonly=True) as inventory:
        with pytest.raises(DiskError, match="the record itself"):
            safekeeping.save_copy(inventory, record, samples.NOW)
        said = safekeeping.save_copy(inventory, other, samples.NOW)
    assert "is now" in said
    assert [path.read_bytes() for path in tmp_path.glob("other damaged*")] == [b"what was there"]


def test_a_copy_goes_only_where_the_policy_allows_files(record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PolicyError("Your IT team allows files only in C:.")

    monkeypatch.setattr(safekeeping, "refuse_folder", refuse)
    with register.open_inventory(record, samples.NOW) as inventory, pytest.raises(PolicyError):
        safekeeping.save_copy(inventory, tmp_path / "copy.camcensus", samples.NOW)
    assert not (tmp_path / "copy.camcensus").exists()


def test_files_that_were_open_lately_come_newest_first_and_are_opened_again(
    window: MainWindow, record: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    second = tmp_path / "a & b.camcensus"
    second.write_bytes(record.read_bytes())
    assert window.open_path(second)
    assert window.open_path(record)
    window.recent.aboutToShow.emit()
    words = [action.text() for action in window.recent.actions()]
    assert [word.split("    ")[0] for word in words] == ["&1  elm-park.camcensus", "&2  a && b.camcensus"]
    window.recent.actions()[1].trigger()
    assert window.session.path == second
    window.open_path(record)
    second.unlink()
    window.recent.aboutToShow.emit()
    window.recent.actions()[1].trigger()
    shown = [dialog for dialog in window.findChildren(Dialog) if dialog.isVisible()]
    assert len(shown) == 1
    shown[0].findChild(QPushButton).click()
    assert window.preferences.recent == (record,)


def test_only_the_newest_are_remembered(tmp_path: Path) -> None:
    kept = Preferences(tmp_path / "window.ini")
    for number in range(MOST_RECENT + 4):
        kept.last_inventory = tmp_path / f"{number}.camcensus"
    kept.last_inventory = tmp_path / "9.camcensus"
    again = Preferences(tmp_path / "window.ini").recent
    assert [path.stem for path in again] == ["9", "11", "10", "8", "7", "6", "5", "4"]
