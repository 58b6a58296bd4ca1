"""A second window for another record: a Camcensus of its own, so that each has its lock and neither waits for the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from PySide6.QtCore import QProcess, QProcessEnvironment


def command_of(path: Path, executable: str, places: Sequence[str]) -> tuple[str, list[str], Mapping[str, str]]:
    """The program, its arguments and what it needs in its environment, to open `path` in a window of its own.

    A Python is told to run Camcensus, and looks for modules where this one does (`places`), never in the folder that it is
    started in; our own launcher does both itself.
    """
    if PurePath(executable).stem.casefold().startswith("python"):
        modules = os.pathsep.join(one for one in places if one)
        return executable, ["-P", "-m", "camcensus", "open", str(path)], {"PYTHONPATH": modules}
    return executable, ["open", str(path)], {}


def open_beside(path: Path) -> bool:
    """Starts it; False where it could not be started."""
    program, arguments, needs = command_of(path, sys.executable, sys.path)
    process = QProcess()
    environment = QProcessEnvironment.systemEnvironment()
    for name, value in needs.items():
        environment.insert(name, value)
    process.setProcessEnvironment(environment)
    process.setProgram(program)
    process.setArguments(arguments)
    started = process.startDetached()
    return bool(started[0] if isinstance(started, tuple) else started)
