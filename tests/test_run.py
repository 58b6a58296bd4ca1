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
    with pytest.raises(run.Stop, match=r"apt install python3(\.13)?-venv"):
        run.find_python()
    with pytest.raises(run.Stop, match=r"virtual environments and Qt needs .* apt install python3(\.13)?-venv libegl1$"):
        run.find_python([["libegl1"]])


@pytest.mark.parametrize(
    ("system", "offered", "says"),
    [
        ("linux", "python3.13", r"needs Python 3\.12.*Run: (sudo )?apt install python3\.13 python3\.13-venv$"),
        (
            "linux",
            "",
            r"(?s)needs Python 3\.12.*\(Old Linux 12\).*uv python install 3\.13.*package deb.*apt install \./(dist/)?camcensus_\S*_amd64\.deb$",
        ),
        ("darwin", "", r"needs Python 3\.12.*python\.org"),
    ],
)
def test_without_a_new_python_one_sentence_says_what_helps_on_this_system(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, system: str, offered: str, says: str
) -> None:
    monkeypatch.setattr(run, "candidates", lambda: iter([]))
    monkeypatch.setattr(run.sys, "platform", system)
    monkeypatch.setattr(run.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(run, "output", lambda command: "Package: x" if command[-1] == offered else "")
    monkeypatch.setattr(run, "system_name", lambda: "Old Linux 12")
    with pytest.raises(run.Stop, match=says):
        run.find_python()


def test_a_folder_that_nothing_can_be_written_to_is_one_sentence_before_anything_is_installed(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(run, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(run.tempfile, "TemporaryFile", full)
    monkeypatch.setattr(run, "make_environment", lambda *_: pytest.fail("installed"))
    with pytest.raises(run.Stop, match=r"Nothing can be written to .*Read-only file system"):
        run.ready("run", [], {})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system packages are a matter of Linux")
def test_a_missing_library_is_said_before_anything_is_installed(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setitem(run.LIBRARIES, "window", {"libcamcensus-none.so.9": ["libcamcensus9"]})
    monkeypatch.setattr(run, "install_packages", lambda _packages: False)
    monkeypatch.setattr(run, "make_environment", lambda *_: pytest.fail("installed"))
    with pytest.raises(run.Stop, match="libcamcensus9"):
        run.ready("run", ["window"], {})


PIP = """\
Ignoring pywin32: markers 'sys_platform == "win32"' don't match your environment
Collecting attrs==26.1.0 (from -r requirements.txt (line 1))
  Downloading attrs-26.1.0-py3-none-any.whl (67 kB)
Requirement already satisfied: pluggy==1.7.0 in ./lib (from -r requirements.txt (line 9))
Collecting pyside6-essentials==6.12.0 (from -r requirements.txt (line 596))
  Downloading pyside6_essentials-6.12.0-cp310-abi3-manylinux_2_34_x86_64.whl (84.3 MB)
Installing collected packages: attrs, pyside6-essentials
Successfully installed attrs-26.1.0 pyside6-essentials-6.12.0
"""


def printing(text: str, status: int = 0) -> list[str]:
    return [sys.executable, "-c", f"import sys; print({text!r}); sys.exit({status})"]


def test_each_part_that_is_installed_is_said_as_it_comes(run: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    run.install(printing(PIP), 4)
    assert capfd.readouterr().err.split("\n") == [
        "  1 of 3: attrs",
        "  2 of 3: pluggy",
        "  3 of 3: pyside6-essentials",
        "  fetching 84.3 MB",
        "  unpacking them …",
        "",
    ]


def test_a_silent_pip_is_said_to_be_at_work(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "QUIET_S", 0.05)
    run.install([sys.executable, "-c", "import time; time.sleep(0.4)"], 1)
    assert "still at work" in capfd.readouterr().err


def test_no_package_index_is_one_sentence_and_other_failures_show_the_last_words(
    run: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(run.Stop, match="No package index answers"):
        run.install(printing("ERROR: No version that satisfies the requirement editables==0.6 (from versions: none)", 1), 1)
    assert capfd.readouterr().err == ""
    with pytest.raises(run.Stop, match="Installing failed"):
        run.install(printing("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", 1), 1)
    assert "DO NOT MATCH" in capfd.readouterr().err


def test_the_environment_is_made_without_a_module_of_the_working_folder(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    for name in ("venv", "ensurepip", "importlib", "subprocess"):
        (theirs / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(theirs)
    monkeypatch.setattr(run, "VENV", str(tmp_path / "made"))
    monkeypatch.setattr(run, "install", lambda *_: None)
    run.make_environment(str(tmp_path / "made" / "bin" / "python"), sys.executable, "run")
    assert (tmp_path / "made" / "pyvenv.cfg").exists()
    assert not (tmp_path / "ran").exists()


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
    with pytest.raises(run.Stop, match="apt install libcamcensus9t64"):
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


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a screen")
@pytest.mark.parametrize("words", [[], ["demo"], ["demo", "--auditor"]])
def test_without_a_screen_it_says_so_before_it_installs_anything(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(run, "ready", lambda *_: pytest.fail("something was made ready"))
    with pytest.raises(run.Stop, match="demo --headless"):
        run.main(words)
