"""On shares and in copied folders: one file at rest, a kill is recovered from, and a journal laid beside it does no harm."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from camcensus.model.errors import DamagedFileError
from camcensus.store import connecting, whereabouts
from camcensus.store.edits import placing
from camcensus.store.inventory import create_inventory, open_inventory
from camcensus.store.whereabouts import Whereabouts
from samples import NOW, body

SHARE = Whereabouts("network", "nas:/office")

_WRITER = """
import sys, os
from datetime import UTC, datetime
from pathlib import Path
from camcensus.store import connecting, whereabouts
from camcensus.store.whereabouts import Whereabouts
whereabouts.locate = lambda path: Whereabouts("network", "nas:/office")
db = connecting.connect_writing(Path(sys.argv[1]))
db.execute("PRAGMA cache_size = 5")
db.execute("BEGIN IMMEDIATE")
for number in range(int(sys.argv[2])):
    db.execute("INSERT INTO setting (key, value) VALUES (?, ?)", [f"k{number}", "x" * 3000])
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whereabouts, "locate", lambda _: SHARE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.camcensus"
    with create_inventory(path, body(), now=NOW) as inventory:
        inventory.do(placing.add_place("site", "Elm Park", None), by="A", now=NOW)
    return path


def killed_while_writing(path: Path, rows: int) -> None:
    """Leaves a journal: hot where many rows were written, else idle."""
    done = subprocess.run([sys.executable, "-c", _WRITER, str(path), str(rows)], check=False, capture_output=True)
    assert done.returncode < 0, done.stderr


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir())


@pytest.mark.usefixtures("share")
def test_on_a_share_there_is_one_file_and_every_commit_is_synced(path: Path) -> None:
    with open_inventory(path) as inventory:
        inventory.do(placing.add_place("site", "Second", None), by="A", now=NOW)
        assert names(path) == [path.name, f"{path.name}.lock"]
        with inventory.batch() as batch:
            batch.do(placing.add_place("site", "Third", None), by="A", now=NOW)
            assert batch._db.execute("PRAGMA synchronous").fetchone() == (3,)
        inventory.do(placing.add_place("site", "Fourth", None), by="A", now=NOW)
        assert inventory._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert names(path) == [path.name]
    with open_inventory(path) as inventory:
        assert {place.name for place in inventory.places()} == {"Elm Park", "Second", "Third", "Fourth"}


def test_a_file_goes_to_a_share_and_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, (place, mode) in enumerate(((SHARE, "delete"), (Whereabouts("local"), "wal"), (SHARE, "delete"))):
        monkeypatch.setattr(whereabouts, "locate", lambda _, place=place: place)
        with open_inventory(path) as inventory:
            assert inventory._db.execute("PRAGMA journal_mode").fetchone() == (mode,)
            inventory.do(placing.add_place("site", f"Site {number}", None), by="A", now=NOW)
        assert names(path) == [path.name]


@pytest.mark.usefixtures("share")
def test_a_log_left_by_a_kill_is_taken_in_when_the_file_is_opened_on_a_share(path: Path) -> None:
    with open_inventory(path) as inventory:
        inventory._db.execute("PRAGMA journal_mode = WAL").fetchone()
        inventory.do(placing.add_place("site", "In the log", None), by="A", now=NOW)
        copy = path.with_name("b.camcensus")
        shutil.copyfile(path, copy)
        shutil.copyfile(f"{path}-wal", f"{copy}-wal")
    with open_inventory(copy) as inventory:
        assert [place.name for place in inventory.places()] == ["Elm Park", "In the log"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL here")
@pytest.mark.parametrize(("rows", "state"), [(60, "hot"), (1, "idle")])
@pytest.mark.usefixtures("share")
def test_what_a_kill_left_half_written_is_undone(path: Path, rows: int, state: str) -> None:
    killed_while_writing(path, rows)
    assert connecting.state_of(path) == state
    before = {name: (path.parent / name).read_bytes() for name in names(path)}
    with open_inventory(path, readonly=True) as reading:
        assert [place.name for place in reading.places()] == ["Elm Park"]
        assert reading.setting("k0") is None
    assert {name: (path.parent / name).read_bytes() for name in names(path)} == before
    with open_inventory(path) as inventory:
        assert inventory.setting("k0") is None
        assert not connecting.beside(path).exists()
        inventory.do(placing.add_place("site", "Second", None), by="A", now=NOW)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL here")
@pytest.mark.parametrize("rows", [60, 1])
@pytest.mark.parametrize("readonly", [True, False])
def test_a_journal_that_names_a_file_to_be_deleted_is_refused_and_the_file_lives(path: Path, rows: int, readonly: bool) -> None:
    victim = path.with_name("victim.txt")
    victim.write_text("a letter")
    killed_while_writing(path, rows)
    name = str(victim).encode()
    check = sum(byte if byte < 128 else byte - 256 for byte in name) & 0xFFFFFFFF
    with connecting.beside(path).open("ab") as stream:
        stream.write(b"\x40\0\0\1" + name + len(name).to_bytes(4, "big") + check.to_bytes(4, "big") + connecting.MAGIC)
    before = {name: (path.parent / name).read_bytes() for name in names(path)}
    with pytest.raises(DamagedFileError, match="is not ours"):
        open_inventory(path, readonly=readonly)
    assert {name: (path.parent / name).read_bytes() for name in names(path)} == before


@pytest.mark.parametrize(
    ("pages", "sector", "page"),
    [(3, 512, 8192), (3, 512, 4096 + 1), (3, 0, 4096), (3, 100, 4096), (0, 512, 4096), (1 << 31, 512, 4096)],
)
def test_a_journal_of_another_file_is_refused(path: Path, pages: int, sector: int, page: int) -> None:
    numbers = b"".join(number.to_bytes(4, "big") for number in (1, 7, pages, sector, page))
    connecting.beside(path).write_bytes(connecting.MAGIC + numbers + bytes(5000))
    assert connecting.state_of(path) == "foreign"
    with pytest.raises(DamagedFileError, match="is not ours"):
        open_inventory(path)


def test_a_journal_that_is_a_link_or_a_folder_is_refused(path: Path, tmp_path: Path) -> None:
    connecting.beside(path).mkdir()
    assert connecting.state_of(path) == "foreign"
    connecting.beside(path).rmdir()
    if sys.platform != "win32":
        connecting.beside(path).symlink_to(tmp_path / "elsewhere")
        assert connecting.state_of(path) == "foreign"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL here")
@pytest.mark.usefixtures("share")
def test_kills_at_random_moments_on_a_share_lose_nothing_acknowledged(path: Path) -> None:
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; from camcensus.store import whereabouts\n"
        "from camcensus.store.edits.placing import add_place\n"
        "from camcensus.store.inventory import open_inventory; from camcensus.store.whereabouts import Whereabouts\n"
        "whereabouts.locate = lambda path: Whereabouts('network', 'nas:/office')\n"
        "with open_inventory(Path(sys.argv[1])) as inventory:\n"
        "    number = len(inventory.places())\n"
        "    while True:\n"
        "        number += 1\n"
        "        inventory.do(add_place('site', f'Site {number}', None), by='A', now=datetime.now(UTC))\n"
        "        print(number, flush=True)\n"
    )
    for wait_s in (0, 0.01, 0.02, 0.05):
        with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(wait_s)
            writer.kill()
            last = int((first + writer.stdout.read()).split(b"\n")[-2])
        with open_inventory(path) as inventory:
            assert len(inventory.places()) in (last, last + 1)
