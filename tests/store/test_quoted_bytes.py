"""SQLite's own sentence quotes what it could not read: where that is no text, each kind of file is damaged, and says so."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from camcensus.model.errors import DamagedFileError
from camcensus.store.exchange_file.reading import reading_exchange
from camcensus.store.exchange_file.schema import SCHEMA_VERSION
from camcensus.store.inventory import open_inventory
from camcensus.store.rollup.file import open_rollup, open_rollup_readonly
from camcensus.store.schema import APPLICATION_ID, EXCHANGE_ID, ROLLUP_ID
from samples import NOW


def read_exchange(path: Path) -> None:
    with reading_exchange(path):
        pass


DOORS: dict[str, tuple[int, Callable[[Path], object]]] = {
    "inventory": (APPLICATION_ID, open_inventory),
    "inventory, to read": (APPLICATION_ID, lambda path: open_inventory(path, readonly=True)),
    "exchange file": (EXCHANGE_ID, read_exchange),
    "roll-up": (ROLLUP_ID, lambda path: open_rollup(path, NOW)),
    "roll-up, to read": (ROLLUP_ID, open_rollup_readonly),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("what", [b"CREATE TABLE", b"place (id", b"tableplaceplace"])
def test_what_is_no_text_in_a_schema_is_a_sentence(tmp_path: Path, door: str, what: bytes) -> None:
    kind, look = DOORS[door]
    path = tmp_path / "theirs.camcensus"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id = {kind}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION if kind == EXCHANGE_ID else 0}")
        db.execute("CREATE TABLE place (id)")
    data = path.read_bytes()
    assert what in data
    path.write_bytes(data.replace(what, what[:-3] + b"\xff" + what[-2:]))
    with pytest.raises(DamagedFileError):
        look(path)
