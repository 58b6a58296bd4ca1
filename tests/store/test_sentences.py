"""What SQLite refuses is said in words that help."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from camcensus.store.sentences import explain


def test_a_python_with_an_old_sqlite_is_told_so_and_not_that_the_file_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = sqlite3.OperationalError("unsafe use of json_valid()")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.40.1")
    assert "The SQLite of this Python (3.40.1) is too old" in str(explain(Path("school.camcensus"), refused))
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 50, 0))
    assert "is damaged" in str(explain(Path("school.camcensus"), refused))


def test_a_path_that_sqlite_does_not_open_is_said_to_be_too_long(tmp_path: Path) -> None:
    for length, said in ((200, "cannot be written"), (600, "is too long for an inventory")):
        path = tmp_path.joinpath(*["x" * 99] * (length // 100)) / "gone.camcensus"
        with pytest.raises(sqlite3.OperationalError) as refused:
            sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)
        assert said in str(explain(path, refused.value))
