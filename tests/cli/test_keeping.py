"""Commands that write an inventory: where it lies unsafely is said, a back-up is made, and a damaged file names its back-up."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

import samples
from camcensus import cli
from camcensus.store import backups
from camcensus.store.inventory import create_inventory
from camcensus.store.lock import FileLock
from samples import NOW, body

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        status = cli.run([str(one) for one in arguments], data_dir=lambda: data_dir, window=lambda *_: 0)
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    path = tmp_path / "arp.csv"
    path.write_text("ip,mac\n10.0.0.31,3c:ef:8c:00:00:31\n10.0.0.32,bc:ad:28:00:00:32\n")
    return path


@pytest.fixture
def path(tmp_path: Path, run: Run, listing: Path) -> Path:
    """An inventory that a command made, with the back-up that it made at its end."""
    path = tmp_path / "Elm Park.camcensus"
    assert run("identify", listing, "--inventory", path)[0] == 0
    return path


def test_a_command_that_writes_leaves_a_backup_and_one_that_reads_does_not(path: Path, run: Run) -> None:
    (made,) = backups.list_backups(path)
    assert backups.is_sound(made.path)
    assert run("show", path)[0] == 0
    assert backups.list_backups(path) == (made,)
    status, out, err = run("backups", path)
    assert (status, err) == (0, "")
    assert out.endswith(f"  {made.path}\n")


def test_a_damaged_file_names_its_backup_and_goes_back_to_it(path: Path, run: Run) -> None:
    before = run("show", path)[1]
    path.write_bytes(path.read_bytes()[:9000])
    status, _, err = run("show", path)
    assert status == 3
    assert f"“{path.name}” is damaged; your back-up from " in err
    assert f"in the folder “{path.name}-backups”." in err
    status, out, _ = run("backups", path, "--newest")
    assert status == 0
    assert "The file that was there is now “Elm Park damaged" in out
    assert run("show", path)[1] == before


def test_a_file_of_zeros_names_its_backup_too(path: Path, run: Run) -> None:
    path.write_bytes(bytes(path.stat().st_size))
    assert "is damaged; your back-up from " in run("show", path)[2]


def test_a_named_backup_is_put_back_and_a_damaged_one_refused(path: Path, run: Run) -> None:
    (made,) = backups.list_backups(path)
    assert run("backups", path, "--restore", made.path)[0] == 0
    made.path.write_bytes(made.path.read_bytes() + b"x")
    before = path.read_bytes()
    status, _, err = run("backups", path, "--restore", made.path)
    assert (status, path.read_bytes()) == (3, before)
    assert "not as it was written" in err
    status, _, err = run("backups", path, "--newest")
    assert status == 3
    assert "no back-up" in err


def test_where_there_are_none_it_says_so(tmp_path: Path, run: Run) -> None:
    create_inventory(tmp_path / "a.camcensus", body(), now=NOW).close()
    assert run("backups", tmp_path / "a.camcensus") == (0, "", "There are no back-ups of “a.camcensus”.\n")


def test_a_folder_that_is_copied_elsewhere_is_said_on_stderr(tmp_path: Path, run: Run, listing: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    status, out, err = run("identify", listing, "--inventory", tmp_path / "Dropbox" / "a.camcensus", "--json")
    assert status == 0
    assert "is in a folder that Dropbox copies" in err
    assert "Dropbox" not in out
    assert sorted(entry.name for entry in (tmp_path / "Dropbox").iterdir()) == ["a.camcensus", "a.camcensus-backups"]


def test_a_backup_that_cannot_be_made_is_said_and_the_work_is_done(path: Path, run: Run, listing: Path) -> None:
    backups.list_backups(path)[0].path.unlink()
    (backups.folder_of(path) / backups.SUMS).unlink()
    backups.folder_of(path).rmdir()
    backups.folder_of(path).write_text("a file in the way")
    status, _, err = run("identify", listing, "--inventory", path)
    assert status == 0
    assert err.count("No back-up was made: ") == 1


def test_a_search_that_was_cut_off_is_kept_by_the_next_command(tmp_path: Path, run: Run, listing: Path) -> None:
    path = tmp_path / "a.camcensus"
    with create_inventory(path, body(), now=NOW) as inventory:
        inventory.note_seen(samples.scan("cut"), [samples.observation(31)], NOW)
    assert "what it had seen is not shown yet" in run("show", path)[2]
    status, _, err = run("identify", listing, "--inventory", path)
    assert status == 0
    assert "The search of 24 November 2026 was cut off; what it had seen is kept (1 answer)" in err
    assert "was cut off" not in run("identify", listing, "--inventory", path)[2]
    assert run("show", path)[2] == ""


def test_an_import_that_no_backup_can_come_before_is_not_done(path: Path, run: Run, listing: Path) -> None:
    backups.list_backups(path)[0].path.unlink()
    (backups.folder_of(path) / backups.SUMS).unlink()
    backups.folder_of(path).rmdir()
    backups.folder_of(path).write_text("a file in the way")
    register, before = path.parent / "list.csv", path.read_bytes()
    register.write_text("IP address,MAC address,Model,Location\n10.0.0.9,00:40:8c:01:02:09,P3245,Hall\n")
    assert run("import", path, register, "--dry-run")[0] == 0
    status, out, err = run("import", path, register)
    assert (status, out, path.read_bytes()) == (3, "", before)
    assert err.startswith("Nothing was imported, because no back-up could be made before it: ")
    backups.folder_of(path).unlink()
    assert run("import", path, register)[0] == 0


def test_a_full_disk_is_said_to_be_full(path: Path, run: Run, listing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(FileLock, "acquire", full)
    status, _, err = run("identify", listing, "--inventory", path)
    assert status == 3
    assert err.startswith("The disk is full")
    assert err.endswith("so the inventory is open for reading only. Nothing was saved; free some space and try again.\n")
