"""A screen without a monitor, looked at from outside: how long until something is drawn on it, and a picture of it."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from installers.shared.facts import BuildError, CannotBuildHereError, need

SIZE = (1366, 768)
"""A small laptop's."""
PATIENCE_S = 60.0
BARE = 4
"""Colours that a screen without a drawn window may show."""


class Screen:
    """What an X server shows. Qt of .venv looks at it, as a program of its own on that screen."""

    def __init__(self, name: str) -> None:
        os.environ.update(DISPLAY=name, QT_QPA_PLATFORM="xcb")
        self.name = name
        self._app = QGuiApplication.instance() or QGuiApplication(["screen"])

    def wait_drawn(self, begun: float) -> float:
        """Seconds from `begun` (of time.monotonic) to a window that shows more than a few colours. Raises BuildError."""
        while time.monotonic() - begun < PATIENCE_S:
            if self._colours() > BARE:
                return time.monotonic() - begun
            time.sleep(0.01)
        raise BuildError(f"No window was drawn within {PATIENCE_S:.0f} seconds.")

    def wait_empty(self) -> None:
        """Wait until nothing is shown any more. Raises BuildError when something stays."""
        ends = time.monotonic() + PATIENCE_S
        while self._colours() > 1:
            if time.monotonic() > ends:
                raise BuildError("A window stays on the screen although its program was ended.")
            time.sleep(0.05)

    def settle(self) -> None:
        """Wait until what is shown has stayed the same for a second, half a minute at most."""
        ends, before, since = time.monotonic() + 30, None, time.monotonic()
        while time.monotonic() < ends and time.monotonic() - since < 1:
            shown = self._shown()
            if shown != before:
                before, since = shown, time.monotonic()
            time.sleep(0.1)

    def save(self, path: Path) -> Path:
        """Write what is shown as a PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self._shown().save(str(path)):
            raise BuildError(f"{path} could not be written.")
        return path

    def _shown(self) -> QImage:
        return QGuiApplication.primaryScreen().grabWindow(0).toImage()

    def _colours(self) -> int:
        image = self._shown()
        wide, high = image.width(), image.height()
        return len({image.pixel(x, y) for x in range(0, wide, 31) for y in range(0, high, 17)})


_NEEDED = (
    "libxcb-cursor.so.0", "libxcb-xkb.so.1", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxcb-shape.so.0",
    "libxkbcommon-x11.so.0", "libX11-xcb.so.1",
)  # fmt: skip
"""Without one of them Qt ends the process where it should open a screen."""


@contextmanager
def shown_screen(number: int = 87) -> Iterator[Screen]:
    """An X server of our own for as long as the block runs."""
    xvfb = need("Xvfb", "xvfb")
    try:
        for library in _NEEDED:
            ctypes.CDLL(library)
    except OSError as error:
        raise CannotBuildHereError(
            "Qt cannot look at a screen here. Run: sudo apt install libxcb-cursor0 libxcb-xkb1 "
            "libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libx11-xcb1"
        ) from error
    name = f":{number}"
    server = subprocess.Popen(
        [xvfb, name, "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-ac"], stderr=subprocess.DEVNULL
    )
    try:
        socket = Path(f"/tmp/.X11-unix/X{number}")  # noqa: S108 - where X servers have their sockets
        ends = time.monotonic() + 10
        while not socket.exists():
            if server.poll() is not None or time.monotonic() > ends:
                raise BuildError("Xvfb did not start.")
            time.sleep(0.05)
        yield Screen(name)
    finally:
        server.terminate()
        server.wait()
