"""A second start on a record that is open in a window here brings that window to the front.

Own code: Qt's local sockets come with its network module, which the window never loads. The lock file's time is the bell.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from camcensus.store.lock import FileLock

ANSWERS_WITHIN_S = 2.0
_LOOKS_EVERY_MS = 500
_RINGS = 1.0
"""The time of the lock file, in seconds since 1970, that asks its window to come forward."""


def _is_asked(lock: Path) -> bool:
    try:
        return lock.stat().st_mtime == _RINGS
    except OSError:
        return False


def answer_second_starts(window: QWidget, record: Callable[[], Path | None]) -> QTimer:
    """Come forward whenever another Camcensus of this person asks for it; `record` gives the one that is open."""

    def look() -> None:
        path = record()
        lock = None if path is None else FileLock(path).path
        if lock is not None and _is_asked(lock):
            os.utime(lock)
            window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
            window.raise_()
            window.activateWindow()

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(_LOOKS_EVERY_MS)
    return timer


def brought_forward(path: Path) -> bool:
    """Whether a window of this person on this computer has the record at `path` open, and came forward."""
    lock = FileLock(path)
    process = lock.process()
    if process in (None, os.getpid()):
        return False
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(process)
    try:
        before = lock.path.stat().st_mtime
        os.utime(lock.path, (_RINGS, _RINGS))
        end = time.monotonic() + ANSWERS_WITHIN_S
        while _is_asked(lock.path) and time.monotonic() < end:
            time.sleep(0.05)
        came = not _is_asked(lock.path)
        if not came:
            os.utime(lock.path, (before, before))
    except OSError:  # another person's lock file, or it has just been removed
        return False
    return came
