"""What is not ours, newer, damaged, read-only or in use is refused in one sentence, and not a byte of it changes."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from camcensus.model.errors import DamagedFileError, DiskError, FileBusyError, NewerFileError, NotOurFileError, StoreError
from camcensus.store import connecting, opening, schema, whereabouts
from camcensus.store.edits import placing
from camcensus.store.inventory import create_inventory, open_inventory
from camcensus.store.lock import FileLock
from samples import NOW, body


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An inventory with one place in it, closed."""
    path = tmp_path / "school.camcensus"
    with create_inventory(path, body(), now=NOW) as inventory:
        inventory.do(placing.add_place("site", "Elm Park", None), by="A", now=NOW)
    return path


def folder_of(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in sorted(path.parent.iterdir())}


def refused(path: Path, error: type[StoreError]) -> str:
    """Opening is refused, for writing and for reading, and the folder stays as it was, byte for byte."""
    before = folder_of(path)
    sentences = set()
    for readonly in (False, True):
        with pytest.raises(StoreError) as caught:
            open_inventory(path, readonly=readonly).close()
        assert type(caught.value) is error
        assert folder_of(path) == before
        sentences.add(str(caught.value))
    assert len(sentences) == 1
    sentence = sentences.pop()
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_new_file_says_what_it_is_and_leaves_nothing_beside_it(path: Path) -> None:
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert path.read_bytes()[68:72] == b"CAMI"


def test_an_open_file_is_in_wal_mode_and_syncs_every_commit(path: Path) -> None:
    with contextlib.closing(connecting.connect_writing(path)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)


@pytest.mark.parametrize("readonly", [False, True])
def test_what_a_strangers_schema_would_call_is_not_trusted(tmp_path: Path, readonly: bool) -> None:
    path = tmp_path / "a.camcensus"
    with contextlib.closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE one (id)")
    db = connecting.connect_readonly(path)[0] if readonly else connecting.connect_writing(path)
    with contextlib.closing(db):
        assert db.execute("PRAGMA trusted_schema").fetchone() == (0,)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"PK\x03\x04" + bytes(200), b"SQLite format 3\0", b"SQLite format 3\0" + bytes(4096), bytes(4096)],
    ids=["empty", "text", "zip", "header only", "zeros after the header", "zeros"],
)
def test_a_file_that_is_not_ours_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.camcensus"
    path.write_bytes(content)
    assert "Camcensus" in refused(path, NotOurFileError)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.camcensus"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE asset (id)")
    connection.close()
    assert "another program" in refused(path, NotOurFileError)


def test_a_copy_made_for_others_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x.camcensus"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {schema.EXCHANGE_ID}")
    connection.execute("CREATE TABLE about (line)")
    connection.close()
    assert "made for others" in refused(path, NotOurFileError)


@pytest.mark.parametrize("kind", ["camcensus.inventory", "camcensus.something-new"])
def test_a_newer_file_is_refused(path: Path, kind: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, 'm9999_from_tomorrow', '2030-01-01')",
        [kind],
    )
    connection.commit()
    connection.close()
    assert "newer Camcensus" in refused(path, NewerFileError)


def spoil(path: Path, column: str) -> None:
    """A text of the list of migrations that is none any more."""
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(f"UPDATE _sqlite_migrations SET {column} = CAST(x'6162fffe' AS TEXT) WHERE id = 1")


@pytest.mark.parametrize("column", ["migration_set", "name"])
def test_an_unreadable_list_of_migrations_is_refused(path: Path, column: str) -> None:
    spoil(path, column)
    assert "damaged" in refused(path, DamagedFileError)


@pytest.mark.parametrize("readonly", [False, True])
def test_when_a_migration_was_is_not_asked(path: Path, readonly: bool) -> None:
    spoil(path, "applied_at")
    with open_inventory(path, readonly=readonly) as inventory:
        assert [place.name for place in inventory.places()] == ["Elm Park"]


@pytest.mark.parametrize("page", [1, 2, 5, 9])
def test_a_damaged_file_is_refused(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    start = 100 if page == 1 else (page - 1) * 4096
    data[start : start + 2000] = b"\xa5" * 2000
    path.write_bytes(data)
    assert "damaged" in refused(path, DamagedFileError)


def test_a_file_cut_short_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    assert "damaged" in refused(path, DamagedFileError)


def test_a_file_with_more_behind_its_last_page_is_refused(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(bytes(4096))
    with pytest.raises(DamagedFileError):
        open_inventory(path)


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    assert "no file “gone.camcensus”" in refused(tmp_path / "gone.camcensus", DiskError)
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(NotOurFileError, match="not a file"):
        open_inventory(folder)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(NotOurFileError, match="not a file"):
            open_inventory(tmp_path / "pipe")


def test_a_journal_laid_beside_the_file_is_not_followed(path: Path) -> None:
    path.with_name(path.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(500))
    assert "is not ours" in refused(path, DamagedFileError)


def test_a_second_opening_is_refused_while_the_first_lasts_and_reading_is_not(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("camcensus.store.lock.WAIT_S", 0.0)
    with open_inventory(path) as first:
        first.do(placing.add_place("site", "Second", None), by="A", now=NOW)
        with pytest.raises(FileBusyError, match="another Camcensus"):
            open_inventory(path)
        with open_inventory(path, readonly=True) as reading:
            assert [place.name for place in reading.places()] == ["Elm Park", "Second"]
    with open_inventory(path) as again:
        assert not again.readonly


def test_reading_leaves_no_trace(path: Path) -> None:
    before = folder_of(path)
    with open_inventory(path, readonly=True) as reading:
        assert len(reading.places()) == 1
        assert folder_of(path) == before
    assert folder_of(path) == before


def test_the_lock_of_a_process_that_was_killed_is_free(path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from camcensus.store.lock import FileLock\n"
        "lock = FileLock(Path(sys.argv[1])); assert lock.acquire(); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        mine = FileLock(path)
        assert not mine.acquire(0.0)
        assert mine.holder().startswith(f"process {holder.pid} on ")
        holder.kill()
        holder.wait()
        assert mine.acquire(5.0)
        mine.release()


def test_two_locks_never_hold_at_once(tmp_path: Path) -> None:
    locks = [FileLock(tmp_path / "a") for _ in range(3)]
    for _ in range(20):
        assert [lock.acquire(0.0) for lock in locks] == [True, False, False]
        locks[0].release()
        locks = [*locks[1:], locks[0]]
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def readonly_folder(path: Path) -> Iterator[Path]:
    """The inventory's folder under a read-only mount: tests may run as root, whom permissions do not stop."""
    if sys.platform != "linux" or os.geteuid() != 0:
        if os.name == "nt":
            pytest.skip("folders have no read-only mode here")
        path.parent.chmod(0o555)
        path.chmod(0o444)
        yield path
        path.parent.chmod(0o755)
        return
    mounted = subprocess.run(["mount", "--bind", path.parent, path.parent], check=False, capture_output=True).returncode == 0
    again = ["mount", "-o", "remount,bind,ro", path.parent]
    if not mounted or subprocess.run(again, check=False, capture_output=True).returncode:
        if mounted:
            subprocess.run(["umount", path.parent], check=True)
        pytest.skip("this system allows no mounts")
    yield path
    subprocess.run(["umount", path.parent], check=True)


def test_a_readonly_folder_is_opened_for_reading(readonly_folder: Path) -> None:
    before = folder_of(readonly_folder)
    with open_inventory(readonly_folder) as inventory:
        assert inventory.readonly_reason is not None
        assert "for reading only" in inventory.readonly_reason
        assert [place.name for place in inventory.places()] == ["Elm Park"]
        with pytest.raises(DiskError):
            inventory.do(placing.add_place("site", "No", None), by="A", now=NOW)
    assert folder_of(readonly_folder) == before
    with pytest.raises(DiskError, match="read-only"):
        create_inventory(readonly_folder.with_name("b.camcensus"), body(), now=NOW)


def test_edits_that_lie_in_the_log_are_read_also_where_nothing_can_be_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_inventory(path) as inventory:
        inventory.do(placing.add_place("site", "In the log", None), by="A", now=NOW)
        copy = path.with_name("copied while open.camcensus")
        shutil.copyfile(path, copy)
        shutil.copyfile(f"{path}-wal", f"{copy}-wal")
    monkeypatch.setattr(os, "access", lambda *_: False)
    before = folder_of(copy)
    with open_inventory(copy) as reading:
        assert [place.name for place in reading.places()] == ["Elm Park", "In the log"]
    assert folder_of(copy) == before


def test_a_file_with_a_log_that_nobody_has_open_is_read_without_a_trace(path: Path) -> None:
    with open_inventory(path) as inventory:
        inventory.do(placing.add_place("site", "In the log", None), by="A", now=NOW)
        copy = path.with_name("copied while open.camcensus")
        shutil.copyfile(path, copy)
        shutil.copyfile(f"{path}-wal", f"{copy}-wal")
    before = folder_of(copy)
    with open_inventory(copy, readonly=True) as reading:
        assert [place.name for place in reading.places()] == ["Elm Park", "In the log"]
    assert folder_of(copy) == before


def test_a_file_is_never_made_over_another(path: Path) -> None:
    before = folder_of(path)
    with pytest.raises(DiskError, match="there already"):
        create_inventory(path, body(), now=NOW)
    assert folder_of(path) == before


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="does not exist"):
        create_inventory(tmp_path / "none" / "a.camcensus", body(), now=NOW)


@pytest.fixture
def with_tomorrows_migration() -> Iterator[Callable[[Callable[[Database], None]], None]]:
    """Registers a further migration for one test."""
    known = list(schema.MIGRATIONS._migrations)

    def register(step: Callable[[Database], None]) -> None:
        schema.MIGRATIONS(name="m9999_tomorrow")(step)  # type: ignore[type-var]

    yield register
    schema.MIGRATIONS._migrations[:] = known


@pytest.mark.parametrize("readonly", [False, True])
def test_an_older_file_is_refused_and_left_as_it_is(
    path: Path, with_tomorrows_migration: Callable[[Callable[[Database], None]], None], readonly: bool
) -> None:
    before = path.read_bytes()
    with_tomorrows_migration(lambda db: db.execute("ALTER TABLE place ADD COLUMN note TEXT"))
    with pytest.raises(StoreError, match="older Camcensus"):
        open_inventory(path, readonly=readonly)
    assert path.read_bytes() == before


def test_every_table_is_strict(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        ).fetchall()
    loose = {name for name, strict in rows if not strict}
    assert loose == {"sqlite_schema", "sqlite_sequence", "_sqlite_migrations"}


def test_in_a_copied_folder_the_lock_file_of_another_computer_counts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camcensus.store.lock.WAIT_S", 0.0)
    lock = path.with_name(path.name + ".lock")
    lock.write_text("812 OFFICE-PC r.khan\n")
    with open_inventory(path):
        pass  # on a disk of this computer a lock file that nobody holds is left from a kill
    assert not lock.exists()
    lock.write_text("812 OFFICE-PC r.khan\n")
    copied = whereabouts.Whereabouts("synchronised", "OneDrive")
    monkeypatch.setattr("camcensus.store.inventory.locate", lambda _: copied)
    with pytest.raises(FileBusyError, match=r"on another computer \(process 812 on OFFICE-PC, user r\.khan\).*delete the file"):
        open_inventory(path)
    assert lock.read_text() == "812 OFFICE-PC r.khan\n"
    with open_inventory(path, readonly=True) as reading:
        assert len(reading.places()) == 1
    lock.write_text(f"812 {platform.node()} r.khan\n")
    with open_inventory(path) as inventory:
        assert not inventory.readonly


@pytest.mark.parametrize(
    "content", [b"", b"x", b"\xff\xfe", b"812", b"-1 X", "٣ X".encode(), b"9" * 5000, b"7 <b>x</b> \x1b[2J\n"]
)
def test_a_lock_file_with_anything_in_it_gives_a_sentence(path: Path, content: bytes) -> None:
    lock = FileLock(path)
    lock.path.write_bytes(content)
    assert lock.holder().isprintable()
    assert len(lock.holder()) < 150
    assert lock.acquire(0.0)
    lock.release()


def test_a_roll_up_is_not_opened_as_an_inventory_and_is_named(tmp_path: Path) -> None:
    from camcensus.store.rollup.file import open_rollup

    path = tmp_path / "national.camcensus-rollup"
    open_rollup(path, NOW, make=True).close()
    before = path.read_bytes()
    with pytest.raises(NotOurFileError, match="roll-up of many organisations"):
        opening.check_header(path)
    assert path.read_bytes() == before


def test_a_file_that_is_exchanged_once_it_was_checked_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = opening.check_contents

    def exchange(which: Path) -> None:
        checked(which)
        which.unlink()
        with contextlib.closing(sqlite3.connect(which)) as db:
            db.execute("CREATE TABLE other (a TEXT)")
            db.commit()

    monkeypatch.setattr(opening, "check_contents", exchange)
    with pytest.raises(StoreError), open_inventory(path, readonly=True) as inventory:
        inventory.assets()
