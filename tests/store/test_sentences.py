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
