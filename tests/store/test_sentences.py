"""What SQLite refuses is said in words that help."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from camcensus.model.errors import DiskError
from camcensus.store.sentences import explain, explained


def test_a_python_with_an_old_sqlite_is_told_so_and_not_that_the_file_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = sqlite3.OperationalError("unsafe use of json_valid()")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.40.1")
    assert "The SQLite of this Python (3.40.1) is too old" in str(explain(Path("school.camcensus"), refused))
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 50, 0))
    assert "is damaged" in str(explain(Path("school.camcensus"), refused))


@pytest.mark.skipif(os.name == "nt", reason="SQLite on Windows takes longer paths")
def test_a_path_that_is_too_long_is_said_to_be_so_and_a_folder_that_is_locked_too(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 240) / ("x" * 240)
    deep.mkdir(parents=True)
    for folder, sentence in (
        (deep, r"^“i\.camcensus” lies too deep: its path takes \d{3} bytes .* may take 504; move it"),
        (tmp_path / "none", "cannot be written: it or its folder is read-only; copy it"),
    ):
        path = folder / "i.camcensus"
        with pytest.raises(DiskError, match=sentence), explained(path):
            sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)
