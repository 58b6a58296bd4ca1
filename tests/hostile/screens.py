"""A screen without a monitor, with a window manager on it where one is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator

SIZE = (1366, 768)
MANAGERS = ("openbox", "xfwm4", "marco", "metacity", "matchbox-window-manager", "icewm", "fluxbox", "twm")


def own_display() -> str:
    """A display that no other process has: left to choose, Xvfb in another network takes over the same socket in /tmp."""
    return f":{100 + os.getpid() % 50_000}"


@contextlib.contextmanager
def screen(size: tuple[int, int] = SIZE) -> Iterator[str]:
    """The environment turned to a screen of our own for as long as the block runs; what it is, in a few words.

    Without Xvfb windows are drawn in memory only, which is said.
    """
    server, manager = shutil.which("Xvfb"), next((name for name in MANAGERS if shutil.which(name)), None)
    before = {name: os.environ.get(name) for name in ("DISPLAY", "QT_QPA_PLATFORM")}
    started: list[subprocess.Popen[bytes]] = []
    try:
        if server is not None:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            ours, theirs = os.pipe()
            shown = ["-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp", "-ac"]
            command = [server, own_display(), "-displayfd", str(theirs), *shown]
            started.append(subprocess.Popen(command, pass_fds=[theirs], **quiet))  # type: ignore[call-overload]
            os.close(theirs)
            with os.fdopen(ours, encoding="ascii") as told:
                number = told.readline().strip()
            if not number:
                raise RuntimeError("Xvfb did not start.")
            os.environ |= {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
            if manager is not None:
                started.append(subprocess.Popen([manager], **quiet))  # type: ignore[call-overload]
                time.sleep(1)
            yield f"Xvfb, {manager or 'no window manager'}"
        else:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
            yield "drawn in memory only, as Xvfb is not installed"
    finally:
        for program in reversed(started):
            program.terminate()
            program.wait()
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)
