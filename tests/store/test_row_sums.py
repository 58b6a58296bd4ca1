"""A back-up carries checksums over its own rows: a changed bit is reported or changes nothing, wherever the file lies."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from camcensus.model.errors import DamagedFileError
from camcensus.store import backups, row_sums
from camcensus.store.backup_file import write_backup
from camcensus.store.backups import back_up, restore_backup
from camcensus.store.edits import placing
from camcensus.store.inventory import Inventory, create_inventory, open_inventory
from camcensus.tasks import safekeeping
from samples import NOW, body

BENCH = Path(__file__).resolve().parents[1] / "bench" / "bitflips.py"


@pytest.fixture
def inventory(tmp_path: Path) -> Inventory:
    made = create_inventory(tmp_path / "Elm Park.camcensus", body(), now=NOW)
    made.do(placing.add_place("site", "Elm Park", None), by="A", now=NOW)
    return made


@pytest.fixture
def plain(inventory: Inventory, tmp_path: Path) -> Path:
    path = tmp_path / "Elm Park.camcensus-backup"
    with inventory:
        write_backup(inventory, path, None, lambda: None)
    return path


def change(path: Path, sql: str) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)


def test_a_flipped_bit_is_reported_or_changes_no_row() -> None:
    done = subprocess.run([sys.executable, BENCH, "60", "17"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE place SET name = 'Elm Perk'", "place"),
        ("UPDATE setting SET value = 'x' WHERE key = 'made_at'", "setting"),
        ("DELETE FROM change", "change"),
        ("UPDATE place SET name = CAST(x'456cff' AS TEXT)", "place"),
        ("DELETE FROM setting WHERE key = 'row_sums'", "row_sums"),
        ("UPDATE setting SET key = 'row_sumz' WHERE key = 'row_sums'", "row_sums"),
        ("UPDATE setting SET value = '[]' WHERE key = 'row_sums'", "row_sums"),
    ],
)
def test_a_changed_row_is_not_put_back_and_its_table_is_named(plain: Path, tmp_path: Path, sql: str, named: str) -> None:
    change(plain, sql)
    inventory = tmp_path / "Elm Park.camcensus"
    before = inventory.read_bytes()
    with pytest.raises(DamagedFileError, match=rf"as it was written; these parts of it changed: {named}\."):
        safekeeping.restore(inventory, plain, NOW)
    assert inventory.read_bytes() == before


def test_a_rolling_backup_is_checked_without_the_list_of_sums_beside_it(inventory: Inventory) -> None:
    with inventory:
        made = back_up(inventory, NOW)
    assert made is not None
    (made.path.parent / "SHA256SUMS").unlink()
    assert backups.is_sound(made.path)
    change(made.path, "UPDATE place SET name = 'Elm Perk'")
    assert not backups.is_sound(made.path)


@pytest.mark.skipif(os.name == "nt", reason="no such modes here")
def test_a_back_up_is_for_its_owner_alone(plain: Path) -> None:
    assert plain.stat().st_mode & 0o777 == 0o600


def test_what_is_put_back_carries_no_checksums_and_can_be_edited_and_backed_up_again(plain: Path, tmp_path: Path) -> None:
    path = tmp_path / "Elm Park.camcensus"
    said = safekeeping.restore(path, plain, NOW)
    assert "cannot be checked" not in said
    assert row_sums.source_bytes(path) is None
    with open_inventory(path) as again:
        again.do(placing.add_place("site", "Second", None), by="A", now=NOW)
        made = back_up(again, NOW)
    assert made is not None
    assert backups.is_sound(made.path)


@pytest.mark.parametrize("where", [str, lambda path: f"{path}.copy.camcensus"])
def test_a_backup_that_is_opened_and_edited_by_itself_drops_its_checksums(plain: Path, where: Callable[[Path], str]) -> None:
    path = Path(where(plain))
    if path != plain:
        shutil.copyfile(plain, path)
    with open_inventory(path, readonly=True):
        pass
    assert row_sums.differing(path) == ()
    with open_inventory(path) as inventory:
        inventory.do(placing.add_place("site", "Second", None), by="A", now=NOW)
    assert row_sums.differing(path) is None
    assert backups.is_sound(path)


def test_a_backup_of_before_is_put_back_with_the_word_that_it_cannot_be_checked(plain: Path, tmp_path: Path) -> None:
    change(plain, "DELETE FROM setting WHERE key = 'row_sums'")
    change(plain, "PRAGMA user_version = 0")
    said = safekeeping.restore(tmp_path / "Elm Park.camcensus", plain, NOW)
    assert said.endswith("so whether it changed since cannot be checked.")


def test_one_with_an_index_that_misses_a_row_is_not_put_back(plain: Path, tmp_path: Path) -> None:
    change(plain, "PRAGMA writable_schema = ON")
    with contextlib.closing(sqlite3.connect(plain, isolation_level=None)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_setting_1'").fetchone()[0]
    data, size = bytearray(plain.read_bytes()), 4096
    at = data.index(b"made_at", (page - 1) * size, page * size)
    data[at] ^= 1
    plain.write_bytes(data)
    with pytest.raises(DamagedFileError):
        restore_backup(tmp_path / "Elm Park.camcensus", plain, NOW)
