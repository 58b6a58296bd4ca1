"""A back-up carries its SHA-256: a changed bit is reported or changes nothing, wherever the file lies."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from bench import big_inventory
from bench.damaged import damage
from camcensus.model.errors import DamagedFileError, DiskError, StoreError
from camcensus.store import backups
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


def without_index_entry(path: Path) -> None:
    """An index of the file misses a row: SQLite's quick check does not look there."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_setting_1'").fetchone()[0]
    data, size = bytearray(path.read_bytes()), 4096
    data[data.index(b"made_at", (page - 1) * size, page * size)] ^= 1
    path.write_bytes(data)


def test_a_flipped_bit_is_reported_or_changes_no_row() -> None:
    done = subprocess.run([sys.executable, BENCH, "60", "17"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("opens", [True, False])
def test_a_changed_row_is_seen_where_it_is_opened_and_where_it_is_put_back(plain: Path, tmp_path: Path, opens: bool) -> None:
    change(plain, "UPDATE place SET name = 'Elm Perk'")
    inventory = tmp_path / "Elm Park.camcensus"
    before = inventory.read_bytes()
    way = partial(open_inventory, plain, readonly=True) if opens else partial(safekeeping.restore, inventory, plain, NOW)
    with pytest.raises(DamagedFileError):
        way()
    assert inventory.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="no such modes here")
def test_a_back_up_is_for_its_owner_alone(plain: Path) -> None:
    assert plain.stat().st_mode & 0o777 == 0o600


def test_what_is_put_back_carries_no_digest_and_can_be_edited_and_backed_up_again(plain: Path, tmp_path: Path) -> None:
    path = tmp_path / "Elm Park.camcensus"
    assert "cannot be checked" not in safekeeping.restore(path, plain, NOW)
    assert path.stat().st_size % 4096 == 0
    with open_inventory(path) as again:
        again.do(placing.add_place("site", "Second", None), by="A", now=NOW)
        made = back_up(again, NOW)
    assert made is not None
    assert backups.is_sound(made.path)


@pytest.mark.parametrize("name", ["", "copy.camcensus"])
def test_a_back_up_that_is_opened_by_itself_is_only_read(plain: Path, name: str) -> None:
    path = plain.with_name(name) if name else plain
    if name:
        shutil.copyfile(plain, path)
    with open_inventory(path) as inventory:
        assert "is a back-up, so it is open for reading only" in str(inventory.readonly_reason)
        with pytest.raises(DiskError):
            inventory.do(placing.add_place("site", "Second", None), by="A", now=NOW)
    assert path.read_bytes() == plain.read_bytes()


def test_one_with_no_checksum_is_put_back_with_the_word_that_it_cannot_be_checked(plain: Path, tmp_path: Path) -> None:
    plain.write_bytes(plain.read_bytes()[:-74])
    said = safekeeping.restore(tmp_path / "Elm Park.camcensus", plain, NOW)
    assert said.endswith("so whether it changed since it was made cannot be checked.")


def test_one_with_an_index_that_misses_a_row_is_not_put_back(plain: Path, tmp_path: Path) -> None:
    plain.write_bytes(plain.read_bytes()[:-74])
    without_index_entry(plain)
    with pytest.raises(DamagedFileError):
        restore_backup(tmp_path / "Elm Park.camcensus", plain, NOW)


@pytest.mark.parametrize("readonly", [True, False])
def test_an_inventory_with_such_an_index_is_not_opened(inventory: Inventory, readonly: bool) -> None:
    inventory.close()
    without_index_entry(inventory.path)
    before = inventory.path.read_bytes()
    with pytest.raises(DamagedFileError, match="is damaged; keep it as it is"):
        open_inventory(inventory.path, readonly=readonly)
    assert inventory.path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no open file")
@pytest.mark.parametrize("how", ["folder renamed", "file deleted", "another put there"])
def test_a_change_is_not_acknowledged_where_the_file_is_gone_from_its_place(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "cameras"
    folder.mkdir()
    path = folder / "Elm Park.camcensus"
    with create_inventory(path, body(), now=NOW) as inventory:
        if how == "folder renamed":
            folder.rename(tmp_path / "moved")
        else:
            path.rename(folder / "moved.camcensus")
        if how == "another put there":
            shutil.copyfile(folder / "moved.camcensus", path)
        with pytest.raises(DiskError, match="is no longer where it was opened, so the change was not saved"):
            inventory.do(placing.add_place("site", "Second", None), by="A", now=NOW)
        if how == "folder renamed":
            (tmp_path / "moved").rename(folder)
            assert inventory.do(placing.add_place("site", "Second", None), by="A", now=NOW).assets is not None


def test_60_damaged_inventories_get_one_answer_each_whoever_opens_them(tmp_path: Path) -> None:
    whole, path, chance, answers = tmp_path / "whole.camcensus", tmp_path / "a.camcensus", random.Random(4), Counter[str]()
    big_inventory.make(whole, 20, places=5).close()
    for _ in range(60):
        damage(whole, path, chance)
        data, said = path.read_bytes(), list[str]()
        for readonly in (True, False):
            path.write_bytes(data)
            try:
                open_inventory(path, readonly=readonly).close()
                said.append("opens")
            except StoreError as error:
                said.append(str(error))
        assert said[0] == said[1]
        answers[said[0]] += 1
        if said[0] == "opens":
            path.write_bytes(data)
            with contextlib.closing(sqlite3.connect(path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert 10 < answers["opens"] < 50
