"""What an IT team takes along is whole, checks itself, and is the same each time it is made."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

import camcensus
from costs import PATIENCE_S

SCRIPT = "installers/offline/build.py"
V = camcensus.__version__


def build(data_dir: Path, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(data_dir / SCRIPT), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    for name in (f"camcensus_{V}_amd64.deb", f"Camcensus-{V}-win64-setup.exe", f"camcensus-{V}-windows-files.sha256"):
        (folder / name).write_bytes(name.encode())
    (folder / f"Camcensus-{V}-win64-setup.exe.minisig").write_text("signed")
    for name in ("camcensus_0.0.1_amd64.deb", "notes.txt", f"camcensus-{V}.tar.gz"):
        (folder / name).write_bytes(b"not this")
    return folder


def test_it_holds_what_was_built_of_this_version_the_knowledge_the_papers_and_sums_that_hold(
    data_dir: Path, dist: Path, tmp_path: Path
) -> None:
    more, policy = tmp_path / "letter.pdf", tmp_path / "ours.toml"
    more.write_bytes(b"%PDF-")
    policy.write_text('contact = "IT desk"\n[search]\nallowed_ranges = ["10.20.0.0/16"]')
    made = build(data_dir, "--out", dist, "--with", more, "--policy", policy)
    assert (made.returncode, made.stderr) == (0, "")
    packed, tree = map(Path, made.stdout.splitlines())
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        names = {name.partition("/")[2] for name in archive.namelist()}
        assert {name.partition("/")[0] for name in archive.namelist()} == {f"camcensus-{V}-offline"}
    assert names == {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    assert names == {
        "READ ME FIRST.txt", "IT.md", "IT notice.pdf", "LICENSE.txt", "SHA256SUMS", "knowledge/vendors.db", "policy/policy.toml",
        "policy/policy-template.toml", "policy/policy.schema.json", "installers/letter.pdf", f"installers/camcensus_{V}_amd64.deb",
        f"installers/Camcensus-{V}-win64-setup.exe", f"installers/Camcensus-{V}-win64-setup.exe.minisig",
        f"installers/camcensus-{V}-windows-files.sha256",
    }  # fmt: skip
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tree, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout.count(": OK")) == (0, len(names) - 1)
    notice = "".join(page.extract_text() for page in PdfReader(tree / "IT notice.pdf").pages)
    assert "10.20.0.0/16" in notice
    text = (tree / "READ ME FIRST.txt").read_text("utf-8")
    assert "was found sound" in text
    assert not re.search(r"\{\w*\}|\{\{", text)
    before = packed.read_bytes()
    assert build(data_dir, "--out", dist, "--with", more, "--policy", policy).returncode == 0
    assert packed.read_bytes() == before


def test_it_takes_this_version_by_each_name_that_it_has_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from installers.offline import build as offline

    monkeypatch.setattr(offline, "version", lambda: "1.2.0rc1")
    ours = {
        "Camcensus-1.2.0rc1-win64-setup.exe", "camcensus-1.2.0rc1-py3-none-any.whl", "camcensus_1.2.0~rc1_amd64.deb",
        "camcensus-1.2.0~rc1-1.x86_64.rpm",
    }  # fmt: skip
    final = {name.replace("~rc1", "").replace("rc1", "") for name in ours}
    for name in (*ours, *final, "Camcensus-11.2.0-win64-setup.exe", "camcensus_11.2.0_amd64.deb", "other-1.2.0_amd64.deb"):
        (tmp_path / name).touch()
    assert {path.name for path in offline.installers_in(tmp_path)} == ours
    monkeypatch.setattr(offline, "version", lambda: "1.2.0")
    assert {path.name for path in offline.installers_in(tmp_path)} == final
    text = offline.READ_ME.format(version="1.2.0rc1", linux="1.2.0~rc1", knowledge="", signed="", policy="")
    assert all(name in text for name in ours if not name.endswith(".whl"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--with", "no/such/file"), "There is no file no/such/file"),
        (("--policy", "bad.toml"), "has “serach”, which Camcensus does not know"),
        (("--from", "empty"), f"holds no installer of Camcensus {V}"),
        (("--knowledge", "bad.toml"), "."),
    ],
)
def test_what_is_missing_is_one_sentence(
    data_dir: Path, dist: Path, tmp_path: Path, words: tuple[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text("[serach]")
    (tmp_path / "empty").mkdir()
    made = build(data_dir, "--out", dist, *words)
    assert (made.returncode, made.stdout) == (3, "")
    assert says in made.stderr
    assert "Traceback" not in made.stderr
    assert not (dist / f"camcensus-{V}-offline").exists()
