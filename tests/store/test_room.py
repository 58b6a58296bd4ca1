"""A disk without room is said before a large file is begun, with what is needed and what there is; nothing is written."""

from __future__ import annotations

import shutil
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest

from camcensus.model.errors import DiskError, StoreError
from camcensus.store import connecting
from camcensus.store.backup_file import write_backup
from camcensus.store.backups import back_up, folder_of, restore_backup
from camcensus.store.inventory import Inventory, create_inventory
from samples import NOW, body

Usage = namedtuple("Usage", ("total", "used", "free"))
SAID = r"needs about \d MB and its disk has 0 kB free, so it was not written; free some space and try again\.$"


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    def fill(free: int) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - free, free))

    return fill


@pytest.fixture
def inventory(tmp_path: Path) -> Inventory:
    return create_inventory(tmp_path / "Elm Park.camcensus", body(), now=NOW)


def test_a_back_up_is_not_begun(inventory: Inventory, full: Callable[[int], None], tmp_path: Path) -> None:
    with inventory:
        full(0)
        with pytest.raises(DiskError, match=SAID):
            back_up(inventory, NOW)
        assert list(folder_of(inventory.path).iterdir()) == []
        with pytest.raises(DiskError, match=SAID):
            write_backup(inventory, tmp_path / "b.camcensus-backup", None, lambda: None)
        assert not (tmp_path / "b.camcensus-backup").exists()
        full(10**8)
        assert back_up(inventory, NOW) is not None


def test_going_back_leaves_all_as_it_is(inventory: Inventory, full: Callable[[int], None]) -> None:
    with inventory:
        made = back_up(inventory, NOW)
    assert made is not None
    before = inventory.path.read_bytes()
    full(0)
    with pytest.raises(DiskError, match=SAID):
        restore_backup(inventory.path, made.path, NOW)
    assert inventory.path.read_bytes() == before
    assert sorted(entry.name for entry in inventory.path.parent.iterdir()) == [
        "Elm Park.camcensus", "Elm Park.camcensus-backups",
    ]  # fmt: skip


def test_a_disk_that_will_not_say_keeps_nobody_from_trying(inventory: Inventory, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise OSError

    monkeypatch.setattr(shutil, "disk_usage", refuse)
    with inventory:
        assert back_up(inventory, NOW) is not None


@pytest.mark.parametrize(("suffix", "many"), [("-wal", True), ("-wal", False), ("-journal", True)])
def test_a_log_that_is_too_large_is_not_copied(
    inventory: Inventory, full: Callable[[int], None], tmp_path: Path, suffix: str, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory.close()
    monkeypatch.setattr(shutil, "copyfile", lambda *_: pytest.fail("it was copied"))
    monkeypatch.setattr(connecting, "state_of", lambda _: "hot" if suffix == "-journal" else "none")
    beside = inventory.path.with_name(inventory.path.name + suffix)
    with beside.open("wb") as log:
        log.truncate(connecting.LARGEST_SIDE_BYTES + 5 * inventory.path.stat().st_size if many else 1000)
    full(0)
    with pytest.raises(
        StoreError, match="is larger than any that Camcensus makes" if many else r"Elm Park\.camcensus” needs about"
    ):
        connecting.connect_readonly(inventory.path)
