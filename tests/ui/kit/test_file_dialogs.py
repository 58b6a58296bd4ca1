"""The dialogs for files begin where a person would look: never in the working directory."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog

from camcensus.ui.kit import file_dialogs
from camcensus.ui.preferences import Preferences


@pytest.fixture
def begun(app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "Documents"))
    (tmp_path / "Documents" / "Camcensus").mkdir(parents=True)
    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(file_dialogs, "_last", [Preferences(tmp_path / "window.ini")])
    shown: list[Path] = []

    def choose(_parent: object, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        shown.append(Path(folder))
        return str(tmp_path / "stick" / "list.csv"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return shown


def test_the_first_dialog_begins_in_documents_and_the_next_where_the_last_file_lay(begun: list[Path], tmp_path: Path) -> None:
    taken: list[Path] = []
    file_dialogs.save_file(None, "Save", "register.csv", "CSV (*.csv)", taken.append)
    file_dialogs.open_file(None, "Open", taken.append)
    file_dialogs.save_file(None, "Save", "plan.pdf", "PDF (*.pdf)", taken.append)
    assert begun == [tmp_path / "Documents" / "Camcensus" / "register.csv", tmp_path / "stick", tmp_path / "stick" / "plan.pdf"]
    assert taken == [tmp_path / "stick" / "list.csv"] * 3


def test_where_a_person_cancels_nothing_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []
    for name, nothing in (
        ("getOpenFileName", ("", "")), ("getSaveFileName", ("", "")), ("getOpenFileNames", ([], "")), ("getExistingDirectory", ""),
    ):  # fmt: skip
        monkeypatch.setattr(QFileDialog, name, lambda *_, nothing=nothing: nothing)
    file_dialogs.open_file(None, "Open", taken.append)
    file_dialogs.open_files(None, "Open", taken.append)
    file_dialogs.open_folder(None, "Open", taken.append)
    file_dialogs.save_folder(None, "Save", taken.append)
    file_dialogs.save_file(None, "Save", "plan.pdf", "PDF (*.pdf)", taken.append)
    assert taken == []


def test_what_is_saved_next_lies_beside_a_folder_that_others_filled_and_in_one_that_was_written_into(
    begun: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Path] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda _parent, _title, _folder: str(tmp_path / "stick"))
    file_dialogs.open_folder(None, "Import a folder", taken.append)
    assert file_dialogs.last_folder() == tmp_path
    file_dialogs.save_folder(None, "A folder for the tables", taken.append)
    assert file_dialogs.last_folder() == tmp_path / "stick"


def test_a_folder_that_is_gone_is_forgotten(begun: list[Path], tmp_path: Path) -> None:
    taken: list[Path] = []
    file_dialogs.open_file(None, "Open", taken.append)
    (tmp_path / "stick").rmdir()
    assert file_dialogs.last_folder() == tmp_path / "Documents" / "Camcensus"


def test_no_other_module_asks_the_system_for_a_file() -> None:
    house = Path(file_dialogs.__file__).parent
    asking = [path.name for path in house.rglob("*.py") if "QFileDialog" in path.read_text("utf-8")]
    assert asking == ["file_dialogs.py"]


def test_a_folder_that_may_not_be_looked_into_is_forgotten(
    begun: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Path] = []
    file_dialogs.open_file(None, "Open", taken.append)
    real = os.stat

    def stat(path: object, *more: object, **named: object) -> os.stat_result:
        if str(path) == str(tmp_path / "stick"):
            raise PermissionError
        return real(path, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", stat)
    assert file_dialogs.last_folder() != tmp_path / "stick"


@pytest.mark.parametrize(
    "name", ["St Mary’s / St Paul’s", "../../etc", "/etc/passwd", "C:\\Windows\\x", "a\0b\n\u202ec", " . "]
)
def test_no_name_of_an_organisation_leads_elsewhere(name: str) -> None:
    assert re.fullmatch(r"[\w-]*", file_dialogs.stem_of(name))
