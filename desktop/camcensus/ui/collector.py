"""Python's search through everything there is for cyclic garbage, kept for when nobody waits.

It stops every thread, at a moment of its own choosing: with a large register or list for a quarter of a second and more, in
which a key, a frame of scrolling or an edit waits. What is young is searched as ever; what is old, once the program has stood
still.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

from camcensus.ui import job

EVERY_S = 20
QUIET_S = 0.2
"""Less work than this of the window's thread in EVERY_S: nobody types, scrolls or looks at anything new."""
WORTH_S = 1.0
"""Work of the whole program since the last search that can have left something."""
LATEST_S = 1800.0
"""So long it waits at most: then it searches whoever waits, for there may be much."""
NEVER = 1 << 30


class GarbageSearch(QObject):
    """Takes the search over, from now on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, NEVER)
        self._here_s, self._searched_s, self._at_s = time.thread_time(), 0.0, time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_S * 1000)

    def look(self) -> bool:
        """Searches, if much was done since and nobody waits, or not for LATEST_S; whether it did."""
        here_s, self._here_s = self._here_s, time.thread_time()
        waits = job.any_running() or self._here_s - here_s > QUIET_S
        if time.process_time() - self._searched_s < WORTH_S or (waits and time.monotonic() - self._at_s < LATEST_S):
            return False
        gc.collect()
        self._here_s, self._searched_s, self._at_s = time.thread_time(), time.process_time(), time.monotonic()
        return True
