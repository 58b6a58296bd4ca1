"""A new database file is there whole, or nothing is."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from camcensus.model.errors import DiskError, StoreError
from camcensus.store import making as module
from camcensus.store.making import making


def test_a_file_has_its_name_once_it_is_whole_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new.camcensus"
    with making(path) as draft, contextlib.closing(sqlite3.connect(draft)) as db:
        assert not path.exists()
        assert draft.stat().st_mode & 0o077 == 0
        db.execute("CREATE TABLE thing (id)")
        db.commit()
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT name FROM sqlite_schema").fetchall() == [("thing",)]
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("raised", "seen"),
    [(OSError(28, "x"), DiskError), (sqlite3.OperationalError("disk I/O error"), StoreError), (KeyError("x"), KeyError)],
)
def test_what_goes_wrong_leaves_nothing_behind(tmp_path: Path, raised: Exception, seen: type[Exception]) -> None:
    def fill() -> None:
        with making(tmp_path / "new.camcensus") as draft:
            for suffix in ("-wal", "-shm", "-journal"):
                draft.with_name(draft.name + suffix).touch()
            raise raised

    with pytest.raises(seen):
        fill()
    assert not list(tmp_path.iterdir())


def test_an_older_file_is_replaced_only_by_a_whole_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "copy"
    path.write_text("old", encoding="utf-8")
    with making(path, over=True) as draft:
        draft.write_text("new", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "new"

    def refuse(_: object) -> None:
        raise OSError(5, "x")

    monkeypatch.setattr(module.os, "fsync", refuse)
    with pytest.raises(DiskError), making(path, over=True) as draft:
        draft.write_text("newer", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "new"
