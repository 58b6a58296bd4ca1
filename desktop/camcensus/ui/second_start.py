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
_RINGS, _COMES = 1.0, 2.0
"""Times of the lock file, in seconds since 1970: its window is asked to come forward, and does."""


def _time_of(lock: Path) -> float | None:
    try:
        return lock.stat().st_mtime
    except OSError:
        return None


def answer_second_starts(window: QWidget, record: Callable[[], Path | None]) -> QTimer:
    """Come forward whenever another Camcensus of this person asks for it; `record` gives the one that is open."""

    def look() -> None:
        path = record()
        lock = None if path is None else FileLock(path).path
        if lock is not None and _time_of(lock) == _RINGS:
            os.utime(lock, (_COMES, _COMES))
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
        os.utime(lock.path, (_RINGS, _RINGS))
    except OSError:  # another person's lock file, or it has just been removed
        return False
    end = time.monotonic() + ANSWERS_WITHIN_S
    while _time_of(lock.path) == _RINGS and time.monotonic() < end:
        time.sleep(0.05)
    return _time_of(lock.path) == _COMES  # a lock that was let go is no answer
