"""run.py: finds a Python that works, and stays readable to old ones."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n" + body + "\n")
    path.chmod(0o755)
    return path


def test_an_old_python_can_read_it() -> None:
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 8))


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for Pythons")
def test_shims_that_do_not_run_and_old_pythons_are_passed_over(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = program(tmp_path / "shims", "python3.13", "echo 'python3.13: command not found' >&2; exit 127")
    old = program(tmp_path / "old", "python3", "echo 3 11 1")
    bare = program(tmp_path / "bare", "python3.12", "echo 3 12 0")
    good = program(tmp_path / "good", "python3.14", "echo 3 14 1")
    monkeypatch.setattr(run, "candidates", lambda: iter([str(shim), str(old), str(bare), str(good)]))
    assert run.find_python() == str(good)


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for Pythons")
def test_a_python_without_venv_is_named_with_the_line_to_run(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = program(tmp_path / "bare", "python3.13", "echo 3 13 0")
    monkeypatch.setattr(run, "candidates", lambda: iter([str(bare)]))
    monkeypatch.setattr(run, "install_packages", lambda _packages: False)
    with pytest.raises(run.Stop, match=r"sudo apt install python3(\.13)?-venv"):
        run.find_python()


def test_no_python_at_all_is_one_sentence(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "candidates", lambda: iter([]))
    with pytest.raises(run.Stop, match=r"needs Python 3\.12"):
        run.find_python()


@pytest.mark.parametrize("words", [["--hostle"], ["hostile"], ["--hostile", "more"]])
def test_a_word_that_check_does_not_know_is_wrong(words: list[str]) -> None:
    done = subprocess.run([sys.executable, ROOT / "run.py", "check", *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert words[-1] in done.stderr


def test_this_python_is_one_that_works(run: ModuleType) -> None:
    assert run.works(sys.executable)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system packages are a matter of Linux")
def test_missing_libraries_are_named_with_the_line_to_run(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(run.LIBRARIES, "window", {"libcamcensus-none.so.9": ["libcamcensus9t64", "libcamcensus9"]})
    monkeypatch.setattr(run, "install_packages", lambda _packages: False)
    with pytest.raises(run.Stop, match="sudo apt install libcamcensus9t64"):
        run.system_packages(["window"], {})


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt", "requirements-build.txt"])
def test_the_lock_pins_every_file_by_hash_and_names_no_host(name: str) -> None:
    text = (ROOT / "installers" / name).read_text()
    entries = re.split(r"\n(?=[a-z])", text.strip())
    assert all(re.match(r"^[a-z0-9-]+==[^ ]+", entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


def test_hooks_before_a_commit_run_each_step_of_the_check_and_fetch_nothing(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    steps: list[list[str]] = []
    monkeypatch.setattr(subprocess, "call", lambda step, **_: steps.append(step) or 0)
    assert run.check(".venv/bin/python") == 0
    entries = re.findall(r"^ +entry: (.+)$", hooks, re.M)
    for step in steps:
        command = " ".join(step).removesuffix(" .")
        assert any(entry.startswith(command) for entry in entries), command
    assert re.findall(r"^  - repo: (.+)$", hooks, re.M) == ["local"]
    assert "://" not in hooks
