from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from camcensus.ui.second_window import command_of

RECORD = Path("/records/two words.camcensus")


@pytest.mark.parametrize("python", ["/usr/bin/python3.13", "/opt/x/python", r"C:\x\pythonw.exe"])
def test_a_python_runs_camcensus_with_the_modules_of_this_one(python: str) -> None:
    program, arguments, needs = command_of(RECORD, python.replace("\\", "/"), ["/a", "", "/b"])
    assert program == python.replace("\\", "/")
    assert arguments == ["-m", "camcensus", "open", str(RECORD)]
    assert needs == {"PYTHONPATH": os.pathsep.join(("/a", "/b"))}


def test_our_own_launcher_is_told_the_record_only() -> None:
    assert command_of(RECORD, "/Program Files/Camcensus/Camcensus.exe", ["/a"]) == (
        "/Program Files/Camcensus/Camcensus.exe",
        ["open", str(RECORD)],
        {},
    )


def test_the_command_line_takes_what_it_is_told() -> None:
    program, arguments, needs = command_of(Path("nowhere.camcensus"), sys.executable, sys.path)
    shown = subprocess.run(
        [program, *arguments[:-1], "--help"], env={**os.environ, **needs}, capture_output=True, text=True, check=False
    )
    assert shown.returncode == 0
    assert "inventory" in shown.stdout.casefold()
