"""How long the window's thread leaves its events waiting, and what it was doing meanwhile."""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import os
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import IO

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5
LOOK_EVERY_S, LOOK_AFTER_S = 0.008, 0.03
_CALL = re.compile(r'File ".*?([^/"]+)", line (\d+) in (\S+)')
DEEP = 5
NOTED_MS = 60.0
"""Shorter waits are not kept: nobody sees them."""


@dataclass(frozen=True, slots=True)
class Stall:
    """Events waited `ms` by the clock; `where` says what was called.

    `queued_ms` is how long threads of ours, which one of them may have waited for, stood ready to run while other programs had
    the processor, or this computer stood still for others it shares its processors with; `cpu_ms` is what the window's thread itself
    worked meanwhile: on a busy computer the only part that is surely ours; `ours_ms` is what all threads of the program worked.
    """

    step: str
    ms: float
    queued_ms: float
    cpu_ms: float
    where: str = ""
    ours_ms: float = 0.0

    @property
    def own_ms(self) -> float:
        """What the wait would have been on a computer that does nothing else, as far as can be said."""
        return min(self.ms, max(self.ms - self.queued_ms, self.cpu_ms))


class _Entry(ctypes.Structure):
    """One name of a folder. Source: readdir(3), the GNU C library on 64 bits."""

    _fields_ = (
        ("ino", ctypes.c_uint64), ("off", ctypes.c_int64), ("length", ctypes.c_ushort), ("kind", ctypes.c_ubyte),
        ("name", ctypes.c_char * 256),
    )  # fmt: skip


class _Files:
    """Small files read without letting go of Python: at each of the forty calls the window would wait for its turn again, and be
    late by what looks at it."""

    def __init__(self) -> None:
        self._c = ctypes.PyDLL(None)
        self._c.opendir.restype = ctypes.c_void_p
        self._c.readdir.argtypes = self._c.closedir.argtypes = (ctypes.c_void_p,)
        self._c.readdir.restype = ctypes.POINTER(_Entry)
        self._page = ctypes.create_string_buffer(4096)

    def read(self, path: bytes) -> bytes:
        """The first 4,096 bytes; none where it is gone."""
        file = self._c.open(path, os.O_RDONLY)
        if file < 0:
            return b""
        read = self._c.read(file, self._page, len(self._page))
        self._c.close(file)
        return self._page.raw[: max(0, read)]

    def names(self, path: bytes) -> list[bytes]:
        """What lies in a folder, without hidden names."""
        folder, names = self._c.opendir(path), []
        while entry := self._c.readdir(folder):
            names.append(entry.contents.name)
        self._c.closedir(folder)
        return [name for name in names if not name.startswith(b".")]


_FILES = _Files()


def queued_ms() -> dict[bytes, float]:
    """How long each thread of this program stood ready to run; "steal" what other computers took of our processors.

    Source: Linux, Documentation/scheduler/sched-stats.rst, and proc_stat(5); steal is in hundredths of a second.
    """
    found = {}
    for task in _FILES.names(b"/proc/self/task"):
        if words := _FILES.read(b"/proc/self/task/%s/schedstat" % task).split():
            found[task] = int(words[1]) / 1e6
    with contextlib.suppress(ValueError, IndexError):
        found[b"steal"] = int(_FILES.read(b"/proc/stat").split(maxsplit=9)[8]) * 1000 / os.sysconf("SC_CLK_TCK")
    return found


def _times() -> tuple[float, float, float, dict[bytes, float]]:
    return time.perf_counter(), time.thread_time(), time.process_time(), queued_ms()


class Watch(QObject):
    """A timer that should come every 5 ms in the window's thread, and a thread that looks where that one is when it does not.

    `step` is what is done now; `stalls` are the waits over 60 ms, in order.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.step = ""
        self.stalls: list[Stall] = []
        self._main = threading.get_ident()
        self._seen: list[str] = []
        self._ends = False
        self._last = _times()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)
        self._looker = threading.Thread(target=self._look, daemon=True)
        self._looker.start()

    def forget(self) -> None:
        """Starts to count from now: what came before is no part of it."""
        self._last, self._seen = _times(), []

    def stop(self) -> None:
        """Looks no more."""
        self._ends = True
        self._timer.stop()
        self._looker.join(1)

    def _beat(self) -> None:
        now = _times()
        ms = (now[0] - self._last[0]) * 1000 - BEAT_MS
        if ms > NOTED_MS:
            cpu, ours = (now[1] - self._last[1]) * 1000, (now[2] - self._last[2]) * 1000
            queued = sum(ready - self._last[3].get(thread, 0.0) for thread, ready in now[3].items())
            self.stalls.append(Stall(self.step, ms, queued, cpu, _most(self._seen), ours))
        self._last, self._seen = now, []

    def _look(self) -> None:
        with _told() as told:
            while not self._ends:
                time.sleep(LOOK_EVERY_S)
                if time.perf_counter() - self._last[0] >= LOOK_AFTER_S:
                    self._seen.append(self._where(told))

    def _where(self, told: IO[bytes]) -> str:
        """What the window's thread is in. Printed, never held: a frame in another thread's hands keeps its QPainter alive."""
        told.seek(0)
        told.truncate()
        faulthandler.dump_traceback(told)
        told.seek(0)
        mine = told.read().decode("utf-8", "replace").partition(f"{self._main:#018x} ")[2].split("\n\n")[0]
        calls = [f"{name}:{line} {call}" for name, line, call in _CALL.findall(mine)]
        return " < ".join([call for call in calls if not call.startswith("hands.py")][:DEEP])


def _told() -> IO[bytes]:
    """What never waits for a disk: who is looked for while a file is written would wait too, and so would the window."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("told"), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)


def _most(seen: list[str]) -> str:
    """The places that the thread was seen at most often, each with how often."""
    return " / ".join(f"{often}× {where}" for where, often in Counter(seen).most_common(3))
