"""Whatever lies at a path that somebody names, every verb ends with a sentence: it waits for no pipe and replaces no device.

Device nodes are made in a folder of the test's own, never taken from /dev: what replaces one there breaks the computer.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from camcensus.cli import run as run_cli
from camcensus.store.edits import by_hand
from camcensus.store.edits.by_hand import NewRow
from camcensus.tasks.register import verbs as register
from costs import PATIENCE_S
from samples import NOW, body

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")

READS: dict[str, Callable[[Path, Path], list[object]]] = {
    "show": lambda at, odd: ["show", odd],
    "show changes": lambda at, odd: ["show", odd, "--changes-since", "2026-01-01"],
    "show --knowledge": lambda at, odd: ["show", at / "a.camcensus", "--knowledge", odd],
    "import into": lambda at, odd: ["import", odd, at / "list.csv"],
    "import": lambda at, odd: ["import", at / "a.camcensus", odd],
    "identify": lambda at, odd: ["identify", odd],
    "identify into": lambda at, odd: ["identify", at / "macs.csv", "--inventory", odd],
    "report": lambda at, odd: ["report", odd, "--kind", "register", "-o", at / "out.pdf"],
    "export": lambda at, odd: ["export", odd, "--audience", "auditor", "-o", at / "out.camcensus"],
    "passphrase": lambda at, odd: [
        "export", at / "a.camcensus", "--audience", "backup", "--passphrase-file", odd, "-o", at / "b.camcensus-backup",
    ],
    "restore": lambda at, odd: ["backups", at / "a.camcensus", "--restore", odd],
    "restore to": lambda at, odd: ["backups", odd, "--restore", at / "a.camcensus"],
    "newest": lambda at, odd: ["backups", odd, "--newest"],
    "policy": lambda at, odd: ["policy", odd],
    "rollup": lambda at, odd: ["rollup", odd],
    "rollup bodies": lambda at, odd: ["rollup", at / "n.camcensus-rollup", "--bodies", odd],
    "rollup-report": lambda at, odd: ["rollup-report", odd],
    "knowledge update": lambda at, odd: ["knowledge", "update", odd],
}  # fmt: skip
WRITES: dict[str, Callable[[Path, Path], list[object]]] = {
    "show --xlsx": lambda at, odd: ["show", at / "a.camcensus", "--xlsx", odd],
    "show --for": lambda at, odd: ["show", at / "a.camcensus", "--for", "snipe-it", "-o", odd],
    "report": lambda at, odd: ["report", at / "a.camcensus", "--kind", "register", "-o", odd],
    "report --csv": lambda at, odd: ["report", at / "a.camcensus", "--kind", "plan", "-o", at / "p.pdf", "--csv", odd],
    "auditor": lambda at, odd: ["export", at / "a.camcensus", "--audience", "auditor", "-o", odd],
    "supplier": lambda at, odd: ["export", at / "a.camcensus", "--audience", "supplier", "-o", odd],
    "public": lambda at, odd: ["export", at / "a.camcensus", "--audience", "public", "-o", odd],
    "backup": lambda at, odd: ["export", at / "a.camcensus", "--audience", "backup", "--plain", "-o", odd],
    "restore": lambda at, odd: ["backups", odd, "--restore", at / "a.camcensus"],
    "capture": lambda at, odd: ["scan", "--interface", "127.0.0.1", "--passive", "--limit-s", "0.1", "--capture", odd],
}
NODE = "a device like /dev/null"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with register.new_inventory(folder / "a.camcensus", body(), NOW) as inventory:
        inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by="A", now=NOW)
    (folder / "list.csv").write_text("Ref,Purpose\nCAM-001,Door\n")
    (folder / "macs.csv").write_text("MAC,Name\n00:11:22:33:44:55,x\n")
    return folder


@pytest.fixture
def at(sample: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(sample, tmp_path, dirs_exist_ok=True)

    def too_long(*_: object) -> None:
        pytest.fail("it waits")  # no OSError, of which a verb would make a sentence

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(int(PATIENCE_S))
    yield tmp_path
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def ending(verb: str) -> str:
    """A report's file says in its name what it is to be."""
    return ".pdf" if verb == "report" else ".camcensus-backup"


def odd_one(at: Path, kind: str, ends: str = ".camcensus-backup") -> Path:
    path = at / f"odd{ends}"
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a link to a pipe":
        os.mkfifo(at / "pipe")
        path.symlink_to(at / "pipe")
    elif kind == NODE:
        if os.geteuid() != 0:
            pytest.skip("only root makes device nodes")
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    elif kind == "a link in a circle":
        path.symlink_to(path)
    elif kind == "a long name":
        return at / ("n" * 590 + ends)
    elif kind == "no name":
        return Path()
    return path


def said(capsys: pytest.CaptureFixture[str], data_dir: Path, argv: list[object]) -> tuple[int, str]:
    status = run_cli([str(one) for one in argv], data_dir=lambda: data_dir, window=lambda *_: 0)
    return status, capsys.readouterr().err


@pytest.mark.parametrize("kind", ["a pipe", "a link to a pipe", "a link in a circle", "a long name", "no name"])
@pytest.mark.parametrize("verb", READS)
def test_what_is_read_and_is_no_file_is_a_sentence(
    at: Path, verb: str, kind: str, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if (verb, kind) in (("restore to", "a link in a circle"), ("identify into", "a link in a circle")):
        pytest.skip("a link is replaced by what is written")
    status, err = said(capsys, data_dir, READS[verb](at, odd_one(at, kind)))
    assert status in (1, 2, 3)
    assert err.strip().endswith(".")
    assert "went wrong in Camcensus" not in err
    assert "refused to print" not in err


@pytest.mark.parametrize("kind", ["a pipe", "a link to a pipe", NODE, "a long name", "no name"])
@pytest.mark.parametrize("verb", WRITES)
def test_what_is_written_goes_onto_no_device_and_no_pipe(
    at: Path, verb: str, kind: str, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = odd_one(at, kind, ending(verb))
    before = path.lstat().st_mode if kind not in ("a long name", "no name") else None
    status, err = said(capsys, data_dir, WRITES[verb](at, path))
    assert status == 3
    assert err.strip().endswith(".")
    assert "went wrong in Camcensus" not in err
    assert "refused to print" not in err
    if before is not None:
        assert path.lstat().st_mode == before


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
@pytest.mark.parametrize("verb", list(WRITES))
def test_a_name_that_is_no_text_is_a_name(at: Path, verb: str, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = at / os.fsdecode(b"caf\xe9" + ending(verb).encode())
    status, err = said(capsys, data_dir, WRITES[verb](at, path))
    assert (status, path.exists()) == (0, True), err


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_an_inventory_whose_name_is_no_text_is_made_backed_up_and_restored(
    at: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = at / os.fsdecode(b"caf\xe9.camcensus")
    assert said(capsys, data_dir, ["identify", at / "macs.csv", "--inventory", path])[0] == 0
    assert said(capsys, data_dir, ["import", path, at / "list.csv"])[0] in (0, 1)
    assert said(capsys, data_dir, ["backups", path, "--newest"])[0] == 0


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root becomes a user without a home")
def test_an_account_without_a_home_reads_and_is_told_where_it_needs_one(at: Path, data_dir: Path) -> None:
    def tried(*argv: object) -> tuple[int, str]:
        done = subprocess.run(
            ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups", sys.executable, "-m", "camcensus", *map(str, argv)],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}, cwd=at, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        return done.returncode, done.stderr

    if shutil.which("setpriv") is None:
        pytest.skip("no setpriv here")
    for folder in (at, *at.parents):
        if folder.stat().st_uid == 0 and folder != Path("/") and folder.name.startswith(("pytest", "test", "popen")):
            folder.chmod(0o755)
    for entry in at.iterdir():
        entry.chmod(0o644)
    assert tried("show", at / "a.camcensus") == (0, "")
    status, err = tried("knowledge", "update", data_dir / "vendors.db")
    assert status == 3
    assert "HOME is not set" in err
