"""One version, one change log, and a list of parts that leaves nothing out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest

import camcensus
from conftest import ROOT
from installers import release
from installers.shared import changelog, facts
from installers.shared.facts import BuildError, version
from installers.shared.icon import draw_icon
from installers.shared.licences import write_licences
from installers.shared.parts import LEFT_OUT, locked, parts
from installers.shared.sbom import write_sbom
from installers.shared.tidy import compile_tree, settle, write_checksums, write_hash_list, zip_tree

DAY = date(2026, 11, 24)
CPYTHON = {"CPython": "3.13.5", "SQLite": "3.46.1", "OpenSSL": "3.0.15"}


def test_the_version_stands_in_one_place() -> None:
    assert version() == camcensus.__version__
    stated = re.compile(rf"(?<![\d.]){re.escape(version())}(?![\d.])")
    tracked = subprocess.run(
        ["git", "ls-files", "*.py", "*.toml", "installers"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    if not tracked:
        pytest.skip("no git here")
    elsewhere = [
        name
        for name in tracked.splitlines()
        if not name.startswith(("tests/", "resources/", "installers/requirements"))
        and stated.search((ROOT / name).read_text(encoding="utf-8", errors="replace").replace(f"camcensus {version()}", ""))
    ]
    assert elsewhere == ["desktop/camcensus/__init__.py"]


def test_unreleased_becomes_the_version_and_its_day() -> None:
    text = "# Changes\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.9.0 - 2026-01-02\n\n- Old.\n"
    new = changelog.cut(text, "1.0.0", DAY)
    assert new.startswith("# Changes\n\n## Unreleased\n\n## 1.0.0 - 2026-11-24\n\n### Added\n\n- A thing.\n\n## 0.9.0")
    assert changelog.newest(text) == "0.9.0"
    assert changelog.newest(new) == "1.0.0"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("# Changes\n", "no “## Unreleased”"),
        ("\n## Unreleased\n\n### Added\n\n## 0.9.0 - 2026-01-02\n\n- Old.\n", "nothing of what is new"),
        ("\n## Unreleased\n\n- New.\n\n## 1.0.0 - 2026-01-02\n", "not newer than"),
    ],
)
def test_what_cannot_be_cut_is_a_sentence(text: str, why: str) -> None:
    with pytest.raises(BuildError, match=why):
        changelog.cut(text, "1.0.0", DAY)


def test_our_own_change_log_can_be_cut() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.newest(changelog.cut(text, "99.0.0", DAY)) == "99.0.0"


def test_a_release_names_its_python_for_windows_and_hands_it_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    handed: list[dict[str, list[str]]] = []
    monkeypatch.setattr(release, "build_all", lambda _out, options: handed.append(dict(options)) or 0)
    monkeypatch.setattr(release, "changed", lambda: False)
    monkeypatch.setattr(release.changelog, "newest", lambda _: version())
    monkeypatch.setattr(release.advisories, "too_old", lambda *_: None)
    monkeypatch.setattr(release, "contact", lambda: "help@camcensus.example")
    out = ["--out", str(tmp_path / "dist")]
    assert release.main(out) == 3
    assert "too old for a release" in capsys.readouterr().err
    assert not (tmp_path / "dist").exists()
    assert release.main([*out, "--python-zip", "p.zip", "--python-sha256", "ab", "--timestamp-url", "http://t"]) == 0
    assert release.main([*out, "--draft"]) == 0
    words = ["--python-zip", str(tmp_path / "p.zip"), "--python-sha256", "ab", "--timestamp-url", "http://t"]
    assert handed == [{"windows": words}, {"windows": []}]
    from installers.windows.build import _options

    assert _options().parse_args(words).python_sha256 == "ab"


def test_a_release_without_a_contact_is_refused_and_a_draft_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "build_all", lambda _out, _options: 0)
    monkeypatch.setattr(release, "changed", lambda: False)
    monkeypatch.setattr(release.changelog, "newest", lambda _: version())
    monkeypatch.setattr(release.advisories, "too_old", lambda *_: None)
    monkeypatch.setattr(release, "contact", lambda: "")
    words = ["--out", str(tmp_path / "dist"), "--python-zip", "p.zip", "--python-sha256", "ab"]
    assert release.main(words) == 3
    assert "release.toml names no contact" in capsys.readouterr().err
    assert release.main([*words, "--draft"]) == 0


@pytest.mark.parametrize(
    ("stated", "taken"), [("", True), ("help@camcensus.example", True), ("help", False), ("a@b", False), ("a b@c.org", False)]
)
def test_the_contact_of_a_release_is_an_address_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stated: str, taken: bool
) -> None:
    (tmp_path / "installers").mkdir()
    (tmp_path / "installers" / "release.toml").write_text(f'contact = "{stated}"\n', encoding="utf-8")
    monkeypatch.setattr(facts, "ROOT", tmp_path)
    if taken:
        assert facts.contact() == stated
        return
    with pytest.raises(BuildError, match="no address"):
        facts.contact()


def test_sums_are_of_the_final_files_and_never_of_themselves(tmp_path: Path) -> None:
    for name in ("a.deb", "b.zip", "SHA256SUMS", "SHA256SUMS.minisig"):
        (tmp_path / name).write_text("what was there before")
    (tmp_path / "camcensus-1.2.3-offline").mkdir()
    assert release.main(["--sums", "--out", str(tmp_path)]) == 0
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "a.deb: OK\nb.zip: OK\n")
    assert not (tmp_path / "SHA256SUMS.minisig").exists()
    assert release.main(["--sums", "--out", str(tmp_path / "none")]) == 3


@pytest.mark.parametrize("platform", ["python", "linux", "windows", "macos"])
def test_the_list_of_parts_has_each_locked_package_with_its_hashes_and_licence(tmp_path: Path, platform: str) -> None:
    path = write_sbom(tmp_path, platform, CPYTHON)
    said = json.loads(path.read_text(encoding="utf-8"))
    listed = {one["name"]: one for one in said["components"]}
    names = re.findall(r"^([a-z0-9-]+)==", (ROOT / "installers" / "requirements.txt").read_text(encoding="utf-8"), re.M)
    wanted = set(names) - (LEFT_OUT if platform != "python" else set())
    assert len(wanted) > 25
    assert wanted <= listed.keys()
    assert (LEFT_OUT & listed.keys()) == (LEFT_OUT if platform == "python" else set())
    for one in locked(platform):
        entry = listed[one.name]
        assert entry["version"] == one.version == metadata.version(one.name)
        assert [item["content"] for item in entry["externalReferences"][0]["hashes"]] == sorted(one.hashes)
        assert entry["licenses"]
    assert {one.name for one in parts(platform, CPYTHON)} <= listed.keys()
    assert said["metadata"]["component"]["version"] == version()
    assert path.read_bytes() == write_sbom(tmp_path, platform, CPYTHON).read_bytes()


def test_a_part_whose_version_nobody_says_stops_the_build() -> None:
    with pytest.raises(BuildError, match="CPython"):
        parts("linux", {})


def test_each_installed_package_brings_a_licence_text(tmp_path: Path) -> None:
    packages = Path(str(metadata.distribution("reportlab").locate_file("")))
    only = tmp_path / "packages"
    only.mkdir()
    for one in locked("linux"):
        for folder in packages.glob("*.dist-info"):
            name = folder.name.removesuffix(".dist-info").rpartition("-")[0].replace("_", "-").lower()
            if name == one.name:
                (only / folder.name).symlink_to(folder)
    out = tmp_path / "licences"
    write_licences(only, parts("linux", CPYTHON), ROOT / "LICENSE", out, "linux")
    overview = (out / "LICENCES.txt").read_text(encoding="utf-8")
    for one in locked("linux"):
        assert f"{one.name} {one.version}" in overview
        assert any((out / one.name).iterdir())
    assert "  libxml2 " in overview, "what a package carries stands below it"
    assert "in python-calamine, by " in overview
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (out / "pyside6-essentials" / "LGPL-3.0.txt").read_text()


def test_the_same_files_give_the_same_zip_and_the_same_sums(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        tree = tmp_path / name
        (tree / "sub").mkdir(parents=True)
        for inside in ("b", "a") if name == "one" else ("a", "b"):
            (tree / "sub" / inside).write_text(inside)
        settle(tree, 1_764_000_000)
        zip_tree(tree, tmp_path / f"{name}.zip", 1_764_000_000, "camcensus/")
        write_hash_list(tree, tmp_path / f"{name}.sha256", "/usr/")
        made.append(((tmp_path / f"{name}.zip").read_bytes(), (tmp_path / f"{name}.sha256").read_text()))
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert packed.namelist() == ["camcensus/sub/a", "camcensus/sub/b"]
    assert made[0][1].splitlines()[0].endswith("  /usr/sub/a")
    sums = write_checksums(tmp_path, ["two.zip", "one.zip"]).read_text().splitlines()
    assert [line.split("  ")[1] for line in sums] == ["one.zip", "two.zip"]


def test_the_mark_is_drawn_in_the_size_that_is_asked_for(tmp_path: Path) -> None:
    data = draw_icon(48, tmp_path / "icon.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (48, 48)


def test_compiled_modules_hold_no_time_and_another_python_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "module.py").write_text("def f():\n    raise ValueError\n")
    made = []
    for moment in (1_764_000_000, 1_765_000_000):
        settle(tmp_path / "one", moment)
        compile_tree(tmp_path / "one", "/usr/lib/one", Path(sys.executable), sys.version_info[:2])
        (compiled,) = (tmp_path / "one").rglob("*.pyc")
        made.append(compiled.read_bytes())
    assert made[0] == made[1]
    assert b"/usr/lib/one/module.py" in made[0]
    with pytest.raises(BuildError, match=r"Python 3\.1 has to compile"):
        compile_tree(tmp_path / "one", "/usr/lib/one", Path(sys.executable), (3, 1))
