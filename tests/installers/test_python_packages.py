"""The wheel and the source archive: what is in them, and that the same sources give the same bytes."""

from __future__ import annotations

import os
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT
from installers.shared.budget import MB, check_size
from installers.shared.facts import BuildError, epoch, version
from installers.shared.wheel import build_source, build_wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


def test_a_wheel_carries_the_program_and_its_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    inside = {name.removeprefix("camcensus/data/") for name in names if name.startswith("camcensus/data/")}
    sources = {"vendors.db"} | {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and not {"__pycache__", "vendors"} & set(path.parts)  # vendors.db is built from the second
    }
    assert inside == sources
    modules = {path.relative_to(ROOT / "desktop").as_posix() for path in (ROOT / "desktop").rglob("*.py")}
    assert {name for name in names if name.endswith(".py") and not name.startswith("camcensus/data/")} == modules
    others = {name for name in names if not name.startswith("camcensus/")}
    assert {name.partition("/")[0] for name in others} == {f"camcensus-{version()}.dist-info"}


def test_a_wheel_says_its_version_its_licence_and_how_it_is_started(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        folder = f"camcensus-{version()}.dist-info"
        said = packed.read(f"{folder}/METADATA").decode()
        starts = packed.read(f"{folder}/entry_points.txt").decode()
        assert packed.read(f"{folder}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    assert f"\nVersion: {version()}\n" in said
    assert "\nLicense-Expression: Apache-2.0\n" in said
    assert "camcensus = camcensus.app:main" in starts


def test_a_wheel_is_within_its_budget(wheel: Path) -> None:
    check_size("wheel", wheel)


def test_a_file_of_30_mb_is_over_every_budget_that_a_landing_holds(wheel: Path, tmp_path: Path) -> None:
    more = os.urandom(30 * MB)
    large = Path(shutil.copy(wheel, tmp_path))
    with zipfile.ZipFile(large, "a") as packed:
        packed.writestr("camcensus/data/more.bin", more)
    with pytest.raises(BuildError, match=r"is over its budget \(packed\)"):
        check_size("wheel", large)
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "more.bin").write_bytes(more)
    with (tree / "as it is").open("wb") as installed:
        installed.truncate(165 * MB)
    with pytest.raises(BuildError, match=r"is over its budget \(installed\)"):
        check_size("deb", wheel, tree)


def test_another_folder_gives_the_same_bytes_and_so_does_the_source_archive(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = build_source(tmp_path)
    with tarfile.open(source) as packed:
        packed.extractall(tmp_path / "other", filter="data")
    (copy,) = (tmp_path / "other").iterdir()
    for name in ("vendors.db", "LICENSE", "CHANGELOG.md", "run.py", "installers/requirements.txt", "resources/schema"):
        assert (copy / name).exists(), name
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch()))
    again = build_wheel(tmp_path / "again", sources=copy)
    assert again.read_bytes() == wheel.read_bytes()
