from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from camcensus.ui.preferences import Preferences


def test_a_program_on_a_stick_remembers_in_the_folder_that_is_named_for_it(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "settings"))
    Preferences().person = "R. Khan"
    assert Preferences().person == "R. Khan"
    assert (tmp_path / "settings" / "window.ini").is_file()
