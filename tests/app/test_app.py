"""Where the program finds its data, and that a missing folder is a sentence."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from camcensus import app
from camcensus.model.errors import KnowledgeError


def _package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = folder / "desktop" / "camcensus"
    package.mkdir(parents=True)
    monkeypatch.setattr(app, "__file__", str(package / "app.py"))
    return package


def test_a_checkout_has_its_data_at_the_root(data_dir: Path) -> None:
    assert app.data_dir() == data_dir


def test_an_installed_package_carries_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _package(tmp_path, monkeypatch)
    (tmp_path / "resources" / "schema").mkdir(parents=True)
    assert app.data_dir() == tmp_path
    (package / "data" / "resources" / "schema").mkdir(parents=True)
    assert app.data_dir() == package / "data"


def test_data_that_is_nowhere_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _package(tmp_path, monkeypatch)
    with pytest.raises(KnowledgeError, match="install it again"):
        app.data_dir()
    assert app.main(["identify", "x"]) == 3
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a screen")
@pytest.mark.parametrize(
    ("screen", "library", "said"),
    [(None, "libc.so.6", "there is no screen here"), (":0", "libnot-there.so.0", "(libnot-there.so.0 is missing)")],
)
def test_no_screen_and_no_library_for_it_are_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], screen: str | None, library: str, said: str
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if screen is not None:
        monkeypatch.setenv("DISPLAY", screen)
    monkeypatch.setattr(app, "_XCB_CURSOR", library)
    for words in ([], ["demo"]):
        assert app.main(words) == 3
        error = capsys.readouterr().err
        assert said in error
        assert error.count("\n") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a screen")
def test_a_screen_that_does_not_answer_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        ctypes.CDLL("libxcb.so.1")
    except OSError:
        pytest.skip("libxcb is not on this system")
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":771")
    monkeypatch.setattr(app, "_XCB_CURSOR", "libc.so.6")
    assert app.main([]) == 3
    error = capsys.readouterr().err
    assert "does not answer" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(("words", "status"), [(["identify", "nothing.jsonl"], 3), (["--version"], 0)])
def test_a_program_without_a_console_shows_its_sentence_and_only_where_something_went_wrong(
    words: list[str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(app, "_show", shown.append)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert app.main(words) == status
    assert len(shown) == (1 if status else 0)
    assert all("nothing.jsonl" in text and "\n" not in text for text in shown)


def test_the_window_opens_on_the_inventory_that_is_named_and_else_on_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path | None] = []
    monkeypatch.setattr(app, "_window", lambda inventory, _data, _demo: asked.append(inventory) or 0)
    monkeypatch.chdir(tmp_path)
    assert app.main(["open", "school.camcensus"]) == 0
    assert app.main([]) == 0
    assert app.main(["open"]) == 0
    assert asked == [tmp_path / "school.camcensus", None, None]


def test_the_packages_that_are_named_are_those_that_a_checkout_installs() -> None:
    source = (Path(__file__).parents[2] / "run.py").read_text(encoding="utf-8")
    for package in app._PACKAGES.split():
        assert f'"{package}"' in source


@pytest.mark.parametrize(
    ("program", "is_ours"),
    [
        (r"C:\Users\Sam\AppData\Local\Programs\Camcensus\Camcensus.exe", True),
        (r"C:\Users\Sam\AppData\Local\Programs\Camcensus\bin\camcensus.exe", True),
        (r"D:\stick\CCTV.exe", True),
        (r"C:\Users\Sam\DOWNLO~1\CAMCEN~1.EXE", True),
        (r"C:\Python313\python.exe", False),
        (r"C:\venv\Scripts\pythonw.exe", False),
        ("/usr/lib/camcensus/bin/python3", False),
    ],
)
def test_our_own_program_starts_its_workers_without_python_code(program: str, is_ours: bool, data_dir: Path) -> None:
    """Camcensus.exe runs `-m camcensus` whatever its words: a worker started with -c would be a wrong argument to it."""
    code = f"""
import sys
sys.executable = {program!r}
from camcensus import app
app.main(["knowledge", "show", "Axis"])
from multiprocessing import spawn
print("", "started:", *spawn.get_command_line(pipe_handle=7)[1:], sep="\\n")
"""
    environment = {**os.environ, "PYTHONPATH": str(data_dir / "desktop")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    words = done.stdout.partition("\nstarted:\n")[2].splitlines()
    assert words == ["--multiprocessing-fork", "pipe_handle=7"] if is_ours else "-c" in words
