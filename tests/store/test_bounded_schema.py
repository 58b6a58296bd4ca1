"""The schema of a stranger's file is read within bounds, whichever kind of file it is, and ours fit them with room to spare."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import camcensus
from camcensus.app import data_dir
from camcensus.model.errors import StoreError
from camcensus.store import opening, private_copy
from camcensus.store.exchange_file.schema import SCHEMA
from camcensus.store.inventory import create_inventory, open_inventory
from camcensus.store.private_copy import open_private_copy, read_schema
from camcensus.store.rollup import file as rollup_file
from camcensus.store.vendors_db import read as knowledge
from samples import NOW, body

MANY = 3_000
NUMBERS = f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {MANY}) SELECT i FROM n)"


def parts(kind: str, name: str, sql: str, root: int = 3) -> str:
    return f"INSERT INTO sqlite_schema SELECT '{kind}', '{name}' || i, '{name}' || i, {root}, {sql} FROM {NUMBERS}"


CROWDS = {
    "tables": parts("table", "t", "'CREATE TABLE t' || i || '(a)'"),
    "views": parts("view", "v", "'CREATE VIEW v' || i || ' AS SELECT 1'", 0),
    "virtual tables": parts("table", "f", "'CREATE VIRTUAL TABLE f' || i || ' USING fts5(a)'", 0),
    "triggers": f"INSERT INTO sqlite_schema SELECT 'trigger', 'r' || i, 'held', 0, "
    f"'CREATE TRIGGER r' || i || ' AFTER INSERT ON held BEGIN DELETE FROM held; END' FROM {NUMBERS}",
    "rows of no kind": parts("thing", "x", "NULL", 0),
}
LONG = {
    "SQL": f"UPDATE sqlite_schema SET sql = sql || '/*{'x' * 50_000}*/' WHERE name = 'held'",
    "name": "INSERT INTO sqlite_schema VALUES ('table', hex(zeroblob(1000000)), 'x', 3, 'CREATE TABLE x(a)')",
    "columns": f"INSERT INTO sqlite_schema VALUES ('table', 'w', 'w', 3, 'CREATE TABLE w({', '.join(f'c{n}' for n in range(300))})')",
    "an expression": f"CREATE TABLE e(a CHECK ({'(' * 150}a{')' * 150}{' + 1' * 150}))",
}
SIZES = f"INSERT INTO sqlite_stat1 SELECT 'held', 'held_a', i || ' 1' FROM {NUMBERS}"


def harm(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE").fetchone()
        db.execute("CREATE TABLE held(a)")
        db.execute("CREATE INDEX held_a ON held(a)")
        db.execute("ANALYZE held")
        db.execute("PRAGMA writable_schema = ON")
        for one in statements:
            db.execute(one)
    return path


def read(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        read_schema(db)


@pytest.mark.parametrize("statement", [*CROWDS.values(), *LONG.values(), SIZES], ids=[*CROWDS, *LONG, "sizes of tables"])
def test_a_schema_that_is_larger_than_any_of_ours_is_refused(tmp_path: Path, statement: str) -> None:
    with pytest.raises(sqlite3.Error):
        read(harm(tmp_path / "theirs.db", statement))


def test_it_says_no_more_than_that_sqlite_has_bounds_while_it_reads(tmp_path: Path) -> None:
    path = harm(tmp_path / "theirs.db", "INSERT INTO held VALUES (hex(zeroblob(1000000)))")
    with closing(sqlite3.connect(path)) as db:
        read_schema(db)
        assert db.execute("SELECT length(a) FROM held").fetchone() == (2_000_000,)
        assert db.execute(f"SELECT count(*) FROM {NUMBERS.replace(str(MANY), '200000')}").fetchone() == (200_000,)
        assert db.execute(f"SELECT 1 /*{'x' * 50_000}*/").fetchone() == (1,)


def inventory(path: Path) -> Path:
    create_inventory(path, body(), now=NOW).close()
    return path


def rollup(path: Path) -> Path:
    rollup_file.open_rollup(path, datetime.now(UTC), make=True).close()
    return path


def vendors(path: Path) -> Path:
    path.write_bytes((data_dir() / "vendors.db").read_bytes())
    return path


def exchange(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(SCHEMA)
    return path


def copied(path: Path) -> None:
    open_private_copy(path, longest_bytes=1 << 20, seconds=5).close()


DOORS: dict[str, tuple[Callable[[Path], Path], Callable[[Path], object]]] = {
    "open": (inventory, lambda path: open_inventory(path).close()),
    "read": (inventory, lambda path: open_inventory(path, readonly=True).close()),
    "roll-up": (rollup, lambda path: rollup_file.open_rollup(path, NOW).close()),
    "read a roll-up": (rollup, lambda path: rollup_file.open_rollup_readonly(path).close()),
    "knowledge": (vendors, lambda path: knowledge.open_knowledge(path).close()),
    "exchange file": (exchange, copied),
}


@pytest.mark.parametrize("door", DOORS)
def test_ours_fit_three_times(tmp_path: Path, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, go = DOORS[door]
    path = make(tmp_path / "ours.camcensus")
    monkeypatch.setattr(private_copy, "STEPS_MOST", private_copy.STEPS_MOST // 3)
    go(path)


@pytest.mark.parametrize("door", DOORS)
def test_every_door_has_bounds(tmp_path: Path, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, go = DOORS[door]
    path = harm(make(tmp_path / "theirs.camcensus"), CROWDS["tables"])
    before, refused = path.read_bytes(), list[str]()

    def seen(connection: sqlite3.Connection) -> None:
        try:
            read_schema(connection)
        except sqlite3.Error as error:
            refused.append(str(error))
            raise

    for module in (opening, rollup_file, knowledge):
        if hasattr(module, "read_schema"):
            monkeypatch.setattr(module, "read_schema", seen)
    for name in ("connecting", "private_copy"):
        monkeypatch.setattr(f"camcensus.store.{name}.read_schema", seen)
    with pytest.raises((StoreError, sqlite3.Error)):
        go(path)
    assert refused
    assert path.read_bytes() == before


OWN = frozenset({"write", "making", "backups", "connecting", "build", "file", "part_check", "worker", "versions",
                 "private_copy", "soundness", "published_file"})  # fmt: skip
"""Modules that open files that they made themselves, or memory, too."""


def test_no_other_module_opens_a_database_without_them() -> None:
    for path in (Path(camcensus.__file__).parent).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for function in [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]:
            calls = [ast.unparse(one.func) for one in ast.walk(function) if isinstance(one, ast.Call)]
            if "sqlite3.connect" in calls and path.stem not in OWN:
                assert "read_schema" in calls, f"{path.name}: {function.name}"
