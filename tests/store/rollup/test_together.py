"""What is written together is on the disk when it is saved; a part of it that fails takes nothing else back."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from camcensus.store.rollup.file import RollUpFile, open_rollup

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


def write(file: RollUpFile, key: str, *, fails: bool = False) -> None:
    with suppress(ZeroDivisionError), file.writing():
        file.set(key, "1")
        if fails:
            raise ZeroDivisionError


def written(path: Path) -> list[str]:
    with open_rollup(path, NOW) as file:
        rows = file.connection.execute("SELECT key FROM setting WHERE length(key) = 1 ORDER BY key").fetchall()
    return [key for (key,) in rows]


def test_a_part_that_fails_takes_nothing_else_back(tmp_path: Path) -> None:
    path = tmp_path / "n.camcensus-rollup"
    with open_rollup(path, NOW, make=True) as file, file.together() as save:
        write(file, "a")
        write(file, "b", fails=True)
        save()
        write(file, "c", fails=True)
        write(file, "d")
    assert written(path) == ["a", "d"]


def test_what_was_written_before_it_ended_early_stays(tmp_path: Path) -> None:
    path = tmp_path / "n.camcensus-rollup"
    with open_rollup(path, NOW, make=True) as file, suppress(KeyboardInterrupt), file.together():
        write(file, "a")
        with file.writing():
            file.set("b", "1")
            raise KeyboardInterrupt
    assert written(path) == ["a"]


def test_after_a_kill_there_is_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "n.camcensus-rollup"
    file = open_rollup(path, NOW, make=True)
    with suppress(sqlite3.ProgrammingError), file.together() as save:
        write(file, "a")
        save()
        write(file, "b")
        file.connection.close()
    file.close()
    assert written(path) == ["a"]
