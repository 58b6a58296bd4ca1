"""Every file that we open for writing beside a file from outside is ours alone, or nothing is written to it."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from camcensus.intake.capture_writer import CaptureWriter
from camcensus.model.errors import CamcensusError, FileBusyError, StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.store.backup_file import write_backup
from camcensus.store.backups import SUMS, back_up, folder_of, is_sound, list_backups, restore_backup
from camcensus.store.beside import SIDE_FILES
from camcensus.store.exchange_file.write import write_exchange
from camcensus.store.files import write_whole
from camcensus.store.inventory import Inventory, create_inventory, open_inventory
from camcensus.store.lock import FileLock
from camcensus.store.rollup.file import open_rollup, open_rollup_readonly
from camcensus.tasks.reports.scope import ReportScope
from camcensus.tasks.share.zip import write_zip
from samples import NOW, body
from store.exchange_file.test_write import fill

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes are laid as on Linux and macOS")

VICTIM = b"a letter that was written yesterday\n"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_bytes(VICTIM)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a stranger sends: an inventory in a folder."""
    folder = tmp_path / "from outside"
    folder.mkdir()
    create_inventory(folder / "a.camcensus", body(), now=NOW).close()
    open_rollup(folder / "a.camcensus-rollup", NOW, make=True).close()
    return folder


def symbolic(at: Path, victim: Path) -> None:
    at.symlink_to(victim)


def hard(at: Path, victim: Path) -> None:
    os.link(victim, at)


def pipe(at: Path, victim: Path) -> None:
    os.mkfifo(at)


def dangling(at: Path, victim: Path) -> None:
    at.symlink_to(victim.with_name("new.txt"))


LAID: tuple[Callable[[Path, Path], None], ...] = (symbolic, hard, pipe, dangling)


@pytest.mark.parametrize("suffix", SIDE_FILES)
@pytest.mark.parametrize("lay", LAID)
@pytest.mark.parametrize("readonly", [False, True])
def test_nothing_is_written_through_what_lies_beside_an_inventory(
    folder: Path, victim: Path, suffix: str, lay: Callable[[Path, Path], None], readonly: bool
) -> None:
    path = folder / "a.camcensus"
    lay(folder / f"{path.name}{suffix}", victim)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"move it away|open again"):
        open_inventory(path, readonly=readonly)
    assert victim.read_bytes() == VICTIM
    assert path.read_bytes() == before
    assert not victim.with_name("new.txt").exists()


@pytest.mark.parametrize("suffix", SIDE_FILES)
@pytest.mark.parametrize("lay", LAID)
def test_nothing_is_written_through_what_lies_beside_a_rollup(
    folder: Path, victim: Path, suffix: str, lay: Callable[[Path, Path], None]
) -> None:
    path = folder / "a.camcensus-rollup"
    lay(folder / f"{path.name}{suffix}", victim)
    for door in (lambda: open_rollup(path, NOW), lambda: open_rollup_readonly(path)):
        with pytest.raises(StoreError):
            door()
    assert victim.read_bytes() == VICTIM
    assert not victim.with_name("new.txt").exists()


@pytest.mark.parametrize("suffix", SIDE_FILES)
@pytest.mark.parametrize("lay", LAID)
@pytest.mark.parametrize("kind", ["a.camcensus", "a.camcensus-rollup"])
@pytest.mark.parametrize("readonly", [False, True])
def test_what_lies_beside_the_file_that_a_link_leads_to_counts(
    folder: Path, victim: Path, suffix: str, lay: Callable[[Path, Path], None], kind: str, readonly: bool
) -> None:
    """SQLite looks for a journal and a log there, not beside the link."""
    (folder / "sub").mkdir()
    real = (folder / kind).rename(folder / "sub" / "real")
    (folder / kind).symlink_to("sub/real")
    lay(real.with_name(f"real{suffix}"), victim)
    opens = {
        ("a.camcensus", False): lambda: open_inventory(folder / kind),
        ("a.camcensus", True): lambda: open_inventory(folder / kind, readonly=True),
        ("a.camcensus-rollup", False): lambda: open_rollup(folder / kind, NOW),
        ("a.camcensus-rollup", True): lambda: open_rollup_readonly(folder / kind),
    }
    with pytest.raises(StoreError):
        opens[kind, readonly]()
    assert victim.read_bytes() == VICTIM
    assert not victim.with_name("new.txt").exists()


def test_an_inventory_has_one_lock_by_whatever_name_it_is_opened(folder: Path) -> None:
    (folder / "link.camcensus").symlink_to("a.camcensus")
    with open_inventory(folder / "link.camcensus") as inventory:
        assert inventory.path.name == "a.camcensus"
        back_up(inventory, NOW, closing=True)
        with pytest.raises(FileBusyError):
            open_inventory(folder / "a.camcensus")
    assert list_backups(folder / "a.camcensus")


@pytest.mark.parametrize("lay", LAID)
def test_a_capture_is_added_to_no_file_of_another_name(folder: Path, victim: Path, lay: Callable[[Path, Path], None]) -> None:
    for name in ("a.jsonl", "a.jsonl.gz"):
        victim.write_bytes(b"")  # what is empty is no other kind of file
        lay(folder / name, victim)
        with pytest.raises(CamcensusError):
            CaptureWriter(folder / name)
        assert victim.read_bytes() == b""
        assert not victim.with_name("new.txt").exists()


def test_a_file_that_is_set_aside_takes_no_name_that_leads_elsewhere(
    folder: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "a.camcensus"
    with open_inventory(path) as inventory:
        back_up(inventory, NOW, closing=True)
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError("a disk without second names")))
    laid = folder / f"a damaged {NOW:%Y-%m-%d %H%M%S}.camcensus"
    laid.symlink_to(victim.with_name("new.txt"))
    aside = restore_backup(path, list_backups(path)[0].path, NOW).aside
    assert aside is not None
    assert aside != laid
    assert not victim.with_name("new.txt").exists()


def watch_drafts(monkeypatch: pytest.MonkeyPatch, lay: Callable[[Path], None]) -> list[Path]:
    """Somebody who watches a folder called "out…", and does something to each draft as soon as it has a name."""
    opened, laid = os.open, list[Path]()

    def watched(path: str | Path, flags: int, mode: int = 0o777, **more: int) -> int:
        handle = opened(path, flags, mode, **more)
        if str(path).endswith(".part") and Path(path).parent.name.startswith("out"):
            lay(Path(path))
            laid.append(Path(path))
        return handle

    monkeypatch.setattr(os, "open", watched)
    return laid


def saves(inventory: Inventory, folder: Path) -> list[Callable[[], object]]:
    """All that is written for others."""
    return [
        lambda: write_whole(folder / "letter.txt", b"text"),
        lambda: write_backup(inventory, folder / "a.camcensus-backup", None, lambda: None),
        lambda: write_exchange(folder / "out.camcensus", fill),
        lambda: write_zip(inventory, Knowledge(version="1"), folder / "out.zip", "public", NOW, scope=ReportScope()),
    ]


def test_a_draft_that_is_swapped_for_a_link_meanwhile_is_not_followed(
    folder: Path, victim: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lay(draft: Path) -> None:
        draft.unlink()
        draft.symlink_to(victim)

    (tmp_path / "out").mkdir()
    with open_inventory(folder / "a.camcensus") as inventory:
        laid = watch_drafts(monkeypatch, lay)
        for save in saves(inventory, tmp_path / "out"):
            with contextlib.suppress(StoreError):
                save()
    assert len(laid) == 4
    assert victim.read_bytes() == VICTIM


def test_a_folder_that_is_swapped_for_a_link_meanwhile_is_a_sentence(
    folder: Path, victim: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lay(draft: Path) -> None:
        draft.parent.rename(draft.parent.with_name(f"away {draft.name}"))
        draft.parent.symlink_to(victim.parent, target_is_directory=True)

    with open_inventory(folder / "a.camcensus") as inventory:
        laid = watch_drafts(monkeypatch, lay)
        for number in range(4):
            (tmp_path / f"out-{number}").mkdir()
            with pytest.raises(StoreError):
                saves(inventory, tmp_path / f"out-{number}")[number]()
    assert len(laid) == 4
    assert victim.read_bytes() == VICTIM
    assert [one.name for one in victim.parent.iterdir() if one.is_file()] == [victim.name]


@pytest.mark.parametrize("lay", LAID)
def test_a_lock_laid_after_the_look_is_not_followed_either(
    folder: Path, victim: Path, lay: Callable[[Path, Path], None]
) -> None:
    lock = FileLock(folder / "a.camcensus")
    lay(lock.path, victim)
    with pytest.raises(StoreError):
        lock.acquire(0)
    lock.release()
    assert victim.read_bytes() == VICTIM
    assert os.path.lexists(lock.path)
    assert not victim.with_name("new.txt").exists()
    if lay is pipe:
        assert lock.holder() == "another program"


@pytest.mark.parametrize("lay", LAID)
def test_sums_that_lead_elsewhere_are_neither_read_nor_written_through(
    folder: Path, victim: Path, lay: Callable[[Path, Path], None]
) -> None:
    path = folder / "a.camcensus"
    folder_of(path).mkdir()
    lay(folder_of(path) / SUMS, victim)
    with open_inventory(path) as inventory:
        if lay is pipe:
            with pytest.raises(StoreError, match="device or a pipe"):
                back_up(inventory, NOW, closing=True)
        else:
            back_up(inventory, NOW, closing=True)
    assert victim.read_bytes() == VICTIM
    assert not victim.with_name("new.txt").exists()
    assert list_backups(path)
    assert is_sound(list_backups(path)[0].path)


def test_a_device_or_a_pipe_is_not_taken_for_a_place_to_save(tmp_path: Path) -> None:
    at = tmp_path / "register.pdf"
    os.mkfifo(at)
    for save in (lambda: write_whole(at, b"text"), lambda: CaptureWriter(at)):
        with pytest.raises(CamcensusError, match="device or a pipe"):
            save()
    assert stat.S_ISFIFO(at.stat().st_mode)


def test_what_we_make_is_for_its_owner_alone(folder: Path) -> None:
    path = folder / "a.camcensus"
    with open_inventory(path) as inventory:
        back_up(inventory, NOW, closing=True)
        made = [path, folder / "a.camcensus.lock", *(one.path for one in list_backups(path)), folder / "a.camcensus-rollup"]
        assert {stat.S_IMODE(one.stat().st_mode) for one in made} == {0o600}
    assert stat.S_IMODE(folder_of(path).stat().st_mode) == 0o700


def test_an_inventory_that_is_another_file_too_is_open_for_reading_only(folder: Path, tmp_path: Path) -> None:
    """What is written would be in the file of the other name, beside which there is no lock."""
    hard(tmp_path / "other.camcensus", folder / "a.camcensus")
    with open_inventory(folder / "a.camcensus") as inventory:
        assert inventory.readonly_reason == (
            "“a.camcensus” is one file with another of another name, so the inventory is open for reading only."
        )


def test_no_inventory_is_put_in_the_place_of_what_a_link_leads_to(folder: Path, victim: Path, tmp_path: Path) -> None:
    with open_inventory(folder / "a.camcensus") as inventory:
        back_up(inventory, NOW, closing=True)
    made = list_backups(folder / "a.camcensus")[0].path
    symbolic(folder / "b.camcensus", victim)
    with pytest.raises(StoreError, match="is a link to a file that is no inventory"):
        restore_backup(folder / "b.camcensus", made, NOW)
    assert (victim.read_bytes(), sorted(victim.parent.iterdir())) == (VICTIM, sorted([victim, folder]))
    symbolic(tmp_path / "mine.camcensus", folder / "a.camcensus")
    assert restore_backup(tmp_path / "mine.camcensus", made, NOW).aside is not None
