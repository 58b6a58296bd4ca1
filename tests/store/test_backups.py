"""Back-ups are whole, thinned by age, never dropped before a newer one was read back, and going back overwrites nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import sqlite3
import stat
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from camcensus.model import errors
from camcensus.model.errors import DamagedFileError, DiskError, FileBusyError, StoreError
from camcensus.store import backups, making
from camcensus.store.backups import back_up, folder_of, list_backups, newest_sound, restore_backup, to_keep
from camcensus.store.contents import Contents
from camcensus.store.edits import placing
from camcensus.store.inventory import Inventory, create_inventory, open_inventory
from samples import NOW, body

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Elm Park.camcensus"
    with create_inventory(path, body(), now=NOW) as inventory:
        inventory.do(placing.add_place("site", "Elm Park", None), by="A", now=NOW)
    return path


def edit(inventory: Inventory, name: str) -> None:
    inventory.do(placing.add_place("site", name, None), by="A", now=NOW)


def places(path: Path) -> list[str]:
    with open_inventory(path, readonly=True) as reading:
        return sorted(place.name for place in reading.places())


def backed_up(path: Path) -> Path:
    with open_inventory(path) as inventory:
        made = back_up(inventory, NOW)
    assert made is not None
    return made.path


def test_a_backup_is_a_whole_inventory_and_its_sum_is_noted(path: Path) -> None:
    made = backed_up(path)
    assert made.parent.name == "Elm Park.camcensus-backups"
    assert sorted(entry.name for entry in made.parent.iterdir()) == ["Elm Park 2026-11-24 104200Z.camcensus", "SHA256SUMS"]
    assert places(made) == ["Elm Park"]
    assert backups.is_sound(made)


def test_one_is_made_only_of_what_changed_and_on_opening_once_an_hour(path: Path) -> None:
    with open_inventory(path) as inventory:
        assert back_up(inventory, NOW) is not None
        assert back_up(inventory, NOW + 2 * HOUR, closing=True) is None, "nothing has changed"
        os.utime(path, ns=(0, path.stat().st_mtime_ns + 10 * 10**9))
        assert back_up(inventory, NOW + HOUR / 2) is None, "within the hour"
        assert back_up(inventory, NOW + HOUR / 2, closing=True) is not None
    with open_inventory(path) as inventory:
        assert back_up(inventory, NOW + 5 * HOUR) is None, "closing has changed nothing"


def test_two_in_one_second_are_two(path: Path) -> None:
    with open_inventory(path) as inventory:
        first = back_up(inventory, NOW)
        edit(inventory, "Second")
        second = back_up(inventory, NOW, closing=True)
    assert first is not None
    assert second is not None
    assert (places(first.path), places(second.path)) == (["Elm Park"], ["Elm Park", "Second"])
    assert [one.path for one in list_backups(path)] == [second.path, first.path]
    assert backups.is_sound(first.path)


def test_an_edit_just_after_is_seen_as_a_change(path: Path) -> None:
    with open_inventory(path) as inventory:
        back_up(inventory, NOW)
        edit(inventory, "Second")
        made = back_up(inventory, NOW + 2 * HOUR)
    assert made is not None
    assert places(made.path) == ["Elm Park", "Second"]


def test_a_file_that_is_only_read_gets_none(path: Path) -> None:
    with open_inventory(path, readonly=True) as reading:
        assert back_up(reading, NOW, closing=True) is None
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_the_last_ten_a_day_for_a_fortnight_and_a_month_for_a_year_are_kept() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    hourly = [now - number * HOUR for number in range(24 * 800)]
    kept = sorted(to_keep(hourly, now), reverse=True)
    assert kept[:10] == hourly[:10]
    days = {at.date() for at in kept if at > now - 14 * DAY}
    assert len(days) == 15  # fourteen whole days end within the fifteenth
    months = [(at.year, at.month) for at in kept if at <= now - 14 * DAY]
    assert months == [*((2026, month) for month in range(10, 0, -1)), (2025, 12)], "November's is the newest of all"
    assert len(kept) <= 10 + 14 + 12


def test_thinning_in_steps_is_like_thinning_at_once() -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    chance, there = random.Random(3), set[datetime]()
    for _ in range(3_000):
        now += timedelta(hours=chance.choice((1, 1, 2, 5, 9, 40)))
        there = set(to_keep({*there, now}, now))
        assert now in there
        assert len(there) <= 36
    assert max(there) - min(there) > 300 * DAY


def test_nothing_is_dropped_while_the_clock_is_behind() -> None:
    ahead = [NOW + number * DAY for number in range(40, 400)]
    assert to_keep(ahead, NOW) == frozenset(ahead)


def test_old_ones_are_dropped_from_the_folder_and_the_list_of_sums(path: Path) -> None:
    first = backed_up(path)
    for number in range(200, 200 + 30):
        at = NOW - timedelta(days=2 * number)
        shutil.copyfile(first, first.with_name(f"Elm Park {at:%Y-%m-%d %H%M%S}Z.camcensus"))
    (first.parent / "a letter.txt").write_text("stays")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 10 * 10**9))
    with open_inventory(path) as inventory:
        back_up(inventory, NOW + 2 * HOUR)
    left = list_backups(path)
    assert len(left) < 20
    assert left[0].at == NOW + 2 * HOUR
    assert (first.parent / "a letter.txt").exists()
    noted = {line[66:] for line in (first.parent / "SHA256SUMS").read_text().splitlines()}
    assert noted == {"Elm Park 2026-11-24 104200Z.camcensus", "Elm Park 2026-11-24 124200Z.camcensus"}


def test_nothing_is_dropped_where_the_new_one_does_not_read_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = backed_up(path)
    for number in range(200, 230):
        shutil.copyfile(first, first.with_name(f"Elm Park {NOW - timedelta(days=2 * number):%Y-%m-%d %H%M%S}Z.camcensus"))
    before = list_backups(path)
    monkeypatch.setattr(making, "_counts", lambda connection: {"x": id(connection)})
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 10 * 10**9))
    with open_inventory(path) as inventory, pytest.raises(DiskError):
        back_up(inventory, NOW + 2 * HOUR)
    assert list_backups(path) == before


@pytest.mark.parametrize(("code", "say"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "no permission|may not write there")])
def test_a_full_disk_is_a_sentence_and_the_inventory_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, say: str
) -> None:
    with open_inventory(path) as inventory:
        with monkeypatch.context() as patch:
            patch.setattr(making, "sync_folder", lambda _: (_ for _ in ()).throw(OSError(code, "x")))
            with pytest.raises(DiskError, match=say):
                back_up(inventory, NOW)
        edit(inventory, "Second")
    assert places(path) == ["Elm Park", "Second"]
    assert [entry.name for entry in folder_of(path).iterdir() if entry.name.endswith("part")] == []


def test_what_a_kill_left_begun_is_swept_away(path: Path) -> None:
    folder_of(path).mkdir()
    for name in (".Elm Park 2026-11-20 104200Z.camcensus.0a1b2c3d.part", ".Elm Park x.0a1b2c3d.part-journal", "mine.part"):
        (folder_of(path) / name).touch()
    backed_up(path)
    assert {entry.name for entry in folder_of(path).iterdir()} == {
        "mine.part", "SHA256SUMS", "Elm Park 2026-11-24 104200Z.camcensus",
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege here")
def test_a_folder_that_leads_elsewhere_is_not_written_to(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder_of(path).symlink_to(tmp_path / "elsewhere")
    with open_inventory(path) as inventory, pytest.raises(DiskError, match="leads to another folder"):
        back_up(inventory, NOW)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_every_changed_bit_of_a_backup_is_noticed(path: Path) -> None:
    made, chance = backed_up(path), random.Random(11)
    data = made.read_bytes()
    for _ in range(100):
        at = chance.randrange(len(data) * 8)
        changed = bytearray(data)
        changed[at // 8] ^= 1 << at % 8
        made.write_bytes(changed)
        assert not backups.is_sound(made)
    made.write_bytes(data)
    assert backups.is_sound(made)


def test_going_back_sets_the_damaged_file_aside_with_its_log(path: Path) -> None:
    made = backed_up(path)
    with open_inventory(path) as inventory:
        edit(inventory, "Later")
        log = path.with_name(path.name + "-wal").read_bytes()
    path.with_name(path.name + "-wal").write_bytes(log)
    path.write_bytes(b"\xa5" * 9000)
    aside = restore_backup(path, made, NOW).aside
    assert aside is not None
    assert aside.name == "Elm Park damaged 2026-11-24 104200.camcensus"
    assert aside.read_bytes() == b"\xa5" * 9000
    assert aside.with_name(aside.name + "-wal").read_bytes() == log
    assert not path.with_name(path.name + "-wal").exists()
    assert places(path) == ["Elm Park"]
    assert backups.is_sound(made)
    path.write_bytes(b"again")
    second = restore_backup(path, made, NOW).aside
    assert second is not None
    assert second.name == "Elm Park damaged 2026-11-24 104200 (2).camcensus"
    assert aside.read_bytes() == b"\xa5" * 9000


def test_going_back_where_the_file_is_gone(path: Path) -> None:
    made = backed_up(path)
    path.unlink()
    assert restore_backup(path, made, NOW).aside is None
    assert places(path) == ["Elm Park"]


def test_a_backup_that_is_damaged_too_is_passed_over_and_never_put_back(path: Path) -> None:
    older = backed_up(path)
    newer = older.with_name("Elm Park 2026-11-25 104200Z.camcensus")
    newer.write_bytes(older.read_bytes()[:9000])
    assert [one.path for one in list_backups(path)] == [newer, older]
    found = newest_sound(path)
    assert found is not None
    assert found.path == older
    before = path.read_bytes()
    with pytest.raises(DamagedFileError):
        restore_backup(path, newer, NOW)
    assert path.read_bytes() == before


def test_a_backup_that_cannot_be_checked_is_not_said_to_be_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backed_up(path)
    with monkeypatch.context() as full:
        full.setattr(errors, "free_bytes", lambda _: 0)
        with pytest.raises(DiskError, match="free some space"):
            newest_sound(path)
    with monkeypatch.context() as gone:
        gone.setattr(tempfile, "tempdir", str(path.parent / "gone"))
        with pytest.raises(DiskError):
            newest_sound(path)
        assert restore_backup(path, list_backups(path)[0].path, NOW).aside is not None, "it needs room beside the record only"
    assert newest_sound(path) is not None


def test_what_was_checked_is_put_back_also_where_the_file_is_exchanged_meanwhile(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backed_up(path)
    look = Contents.history

    def exchange(contents: Contents) -> object:
        with contextlib.closing(sqlite3.connect(made)) as db, db:
            db.execute("UPDATE place SET name = 'Nobody said so'")
        return look(contents)

    monkeypatch.setattr(Contents, "history", exchange)  # the last look of the check
    restore_backup(path, made, NOW)
    monkeypatch.undo()
    assert places(path) == ["Elm Park"]
    with pytest.raises(DamagedFileError):
        restore_backup(path, made, NOW)


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_copy_with_its_log_or_journal_is_put_back_as_of_its_last_commit(path: Path, tmp_path: Path, mode: str) -> None:
    copy = tmp_path / "other" / "copy.camcensus"
    copy.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA journal_mode = {mode}")
        db.execute("UPDATE place SET name = 'Later'")
        if mode == "delete":  # a change that was cut off after a part of it was in the file
            db.execute("PRAGMA cache_size = 1")
            db.execute("BEGIN")
            db.execute("UPDATE place SET name = 'Never said'")
            db.executemany("INSERT INTO setting VALUES (?, hex(zeroblob(500)))", [[f"x{number}"] for number in range(99)])
        for suffix in ("", "-wal", "-journal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
    assert (b"Never said" in copy.read_bytes()) if mode == "delete" else (b"Later" not in copy.read_bytes())
    before = {one.name: one.read_bytes() for one in copy.parent.iterdir()}
    assert len(before) == 2
    restore_backup(path, copy, NOW)
    assert places(path) == ["Later"]
    assert {one.name: one.read_bytes() for one in copy.parent.iterdir()} == before


def test_a_file_that_is_open_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camcensus.store.lock.WAIT_S", 0.0)
    made = backed_up(path)
    with open_inventory(path), pytest.raises(FileBusyError):
        restore_backup(path, made, NOW)


def test_a_refusal_on_the_way_leaves_a_whole_file_in_its_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, before = backed_up(path), path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "x")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StoreError):
        restore_backup(path, made, NOW)
    assert path.read_bytes() == before
    assert not [entry for entry in path.parent.iterdir() if entry.name.endswith((".part", ".lock"))]


def test_the_set_aside_name_is_also_made_where_a_disk_has_no_second_names(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backed_up(path)

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "x")

    monkeypatch.setattr(os, "link", refuse)
    path.write_bytes(b"damaged")
    aside = restore_backup(path, made, NOW).aside
    assert aside is not None
    assert aside.read_bytes() == b"damaged"


def test_a_backup_can_be_opened_by_itself(path: Path) -> None:
    made = backed_up(path)
    with contextlib.closing(sqlite3.connect(made)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.parametrize(
    "wrong",
    [
        "INSERT OR REPLACE INTO setting VALUES ('own_list', '5')",
        "INSERT OR REPLACE INTO setting VALUES ('own_brands', '[5]')",
        "INSERT OR REPLACE INTO setting VALUES ('costs', '[]')",
        "INSERT INTO running (id, scan, noted_at) VALUES ('r', '{}', '2026-11-24T10:42:00Z')",
        "INSERT INTO plan_version VALUES ('v', 1, '2026-11-24T10:42:00Z', 'A', '', '1', 5, 1, '{}', '{}')",
    ],
)
def test_what_no_page_could_read_takes_no_sound_file_s_place(path: Path, tmp_path: Path, wrong: str) -> None:
    other = tmp_path / "other.camcensus"
    shutil.copyfile(path, other)
    with contextlib.closing(sqlite3.connect(other, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(wrong)
    before = path.read_bytes()
    with pytest.raises(DamagedFileError, match="is damaged"):
        restore_backup(path, other, NOW)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("* damaged *"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_list_of_sums_is_for_its_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        made = backed_up(path)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(entry.stat().st_mode) for entry in (made, made.parent / backups.SUMS)] == [0o600, 0o600]
