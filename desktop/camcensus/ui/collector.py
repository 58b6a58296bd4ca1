"""Python's search for cyclic garbage, kept in the window's thread.

By itself it begins in whichever thread made something last: a worker would take apart what is Qt's and the window's, and the
program with it. And it stops every thread: with a large register or list for a quarter of a second and more, in which a key,
a frame of scrolling or an edit waits. What is young is searched every second; what is old, once the program has stood still.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

from camcensus.ui import job

YOUNG_EVERY_S = 1
EVERY_S = 20
QUIET_S = 0.2
"""Less work than this of the window's thread in EVERY_S: nobody types, scrolls or looks at anything new."""
WORTH_S = 1.0
"""Work of the whole program since the last search that can have left something."""
LATEST_S = 1800.0
"""So long it waits at most: then it searches whoever waits, for there may be much."""


class GarbageSearch(QObject):
    """Takes the search over, from now on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._here_s, self._searched_s, self._at_s = time.thread_time(), 0.0, time.monotonic()
        for every_s, search in ((YOUNG_EVERY_S, self.look_at_young), (EVERY_S, self.look)):
            timer = QTimer(self)
            timer.timeout.connect(search)
            timer.start(every_s * 1000)

    def look_at_young(self) -> None:
        """Searches what is young, if there is as much of it as Python itself would search at."""
        (young, middle, _), (most, middle_most, _) = gc.get_count(), gc.get_threshold()
        if young > most:
            gc.collect(1 if middle > middle_most else 0)

    def look(self) -> bool:
        """Searches, if much was done since and nobody waits, or not for LATEST_S; whether it did."""
        here_s, self._here_s = self._here_s, time.thread_time()
        waits = job.any_running() or self._here_s - here_s > QUIET_S
        if time.process_time() - self._searched_s < WORTH_S or (waits and time.monotonic() - self._at_s < LATEST_S):
            return False
        gc.collect()
        self._here_s, self._searched_s, self._at_s = time.thread_time(), time.process_time(), time.monotonic()
        return True
