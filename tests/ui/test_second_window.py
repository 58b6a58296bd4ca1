from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.errors import FileBusyError
from camcensus.store.edits import tagging
from camcensus.tasks.register import verbs as register
from camcensus.ui.second_window import command_of
from camcensus.ui.window import MainWindow
from costs import PATIENCE_S

RECORD = Path("/records/two words.camcensus")


@pytest.mark.parametrize("python", ["/usr/bin/python3.13", "/opt/x/python", r"C:\x\pythonw.exe"])
def test_a_python_runs_camcensus_with_the_modules_of_this_one(python: str) -> None:
    program, arguments, needs = command_of(RECORD, python.replace("\\", "/"), ["/a", "", "/b"])
    assert program == python.replace("\\", "/")
    assert arguments == ["-P", "-m", "camcensus", "open", str(RECORD)]
    assert needs == {"PYTHONPATH": os.pathsep.join(("/a", "/b"))}


def test_our_own_launcher_is_told_the_record_only() -> None:
    assert command_of(RECORD, "/Program Files/Camcensus/Camcensus.exe", ["/a"]) == (
        "/Program Files/Camcensus/Camcensus.exe",
        ["open", str(RECORD)],
        {},
    )


def test_the_command_line_takes_what_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "camcensus.py").write_text("raise SystemExit(7)", "utf-8")  # No modules of the working folder.
    program, arguments, needs = command_of(Path("nowhere.camcensus"), sys.executable, sys.path)
    shown = subprocess.run(
        [program, *arguments[:-1], "--help"],
        env={**os.environ, **needs},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0
    assert "inventory" in shown.stdout.casefold()


@pytest.mark.skipif(os.name == "nt", reason="the lock of another program is looked at as Linux has it")
def test_another_record_is_open_in_a_second_window_while_the_first_is_edited(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "oak-trust.camcensus"
    register.new_inventory(other, samples.body("Oak Trust"), samples.NOW).close()
    program, arguments, needs = command_of(other, sys.executable, sys.path)
    own = {"QT_QPA_PLATFORM": "offscreen", "CAMCENSUS_DATA": str(tmp_path / "data"), "HOME": str(tmp_path)}
    with subprocess.Popen([program, *arguments], env={**os.environ, **needs, **own}, stderr=subprocess.DEVNULL) as second:
        try:
            qtbot.waitUntil(lambda: is_busy(other))
            assert second.poll() is None
            first = window.session.rows()[0]
            assert window.session.do(tagging.decide([first.asset.id], "replace", why="old"))
            assert window.session.rows()[0].asset.decision is not None
        finally:
            second.terminate()
            second.wait(PATIENCE_S)
    with register.open_inventory(other, samples.NOW) as left:
        assert left.body.name == "Oak Trust"
        assert left.assets() == ()


def is_busy(path: Path) -> bool:
    """Whether another program has it."""
    try:
        register.open_inventory(path, samples.NOW).close()
    except FileBusyError:
        return True
    return False
