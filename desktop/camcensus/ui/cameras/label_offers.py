"""What the labels in a round's photos say, read one after the other beside the window's thread, and what the walk leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from shiboken6 import isValid

from camcensus.tasks.register.label_fit import SURE, LabelFit, LabelMatcher, LabelPhoto, can_read_codes, can_read_print
from camcensus.tasks.register.label_walk import fit_by_walk
from camcensus.tasks.register.photo_files import PhotoFile
from camcensus.tasks.register.photo_round import Gift
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.job import Emit, Job

PAUSE_S = 0.05
NO_PRINT = " Print is not read, only codes: see the help."


class LabelOffers(QObject):
    """The fit of each photo that was read. Nothing is given or saved here; `came` is told of each photo.

    What time and place say is worked out when all labels are read, and given to `walked`.
    """

    def __init__(
        self,
        rows: Sequence[AssetRow],
        came: Callable[[Path], None],
        walked: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._matcher, self._tell, self._walked = LabelMatcher(rows), came, walked
        self._fits: dict[Path, LabelFit] = {}
        self._total = 0
        self.job: Job | None = None

    def read(self, photos: Sequence[PhotoFile], wait: Callable[[], bool]) -> None:
        """Reads photos; pauses while `wait` says so: what is looked at comes first."""
        if not can_read_codes():
            return
        matcher, self._total = self._matcher, len(photos)

        async def work(emit: Emit) -> dict[Path, LabelFit]:
            fits: dict[Path, LabelFit] = {}
            for photo in photos:
                while wait():
                    await asyncio.sleep(PAUSE_S)
                looked = matcher.look(photo.path)
                fits[photo.path] = looked.fit
                emit(looked)
                await asyncio.sleep(0)
            return fit_by_walk(photos, fits, matcher.rows)

        self.job = Job(work, progressed=self._came, finished=self._walk_came)
        self.job.start()

    def stop(self) -> None:
        """No more."""
        if self.job is not None:
            self.job.cancel()

    def fit(self, path: Path) -> LabelFit:
        """What is known of a photo by now."""
        return self._fits.get(path, LabelFit())

    def words(self, path: Path) -> str:
        """What the label of a photo says, or how far the reading is, in a sentence."""
        if not can_read_codes():
            return "Codes on labels cannot be read here: zxing-cpp is not installed."
        if path in self._fits:
            return self._fits[path].said or f"No code could be read in this photo.{'' if can_read_print() else NO_PRINT}"
        return f"Reading labels: {len(self._fits)} of {self._total}…" if self._total else ""

    def sure(self, path: Path) -> str | None:
        """The row that a photo's label fits by what one camera alone has."""
        fit = self.fit(path)
        return fit.asset if fit.by in SURE else None

    def hinted(self, path: Path) -> str | None:
        """The row that a photo may be of: by its model, or by time and place."""
        fit = self.fit(path)
        return fit.asset if fit.by not in SURE else None

    def gift(self, path: Path, to: str, *, looked: bool) -> Gift:
        """A photo given to a row, with what its label says of that row; a row that was chosen against the label gets none.

        What was read from print, or of codes that may be of two labels, goes with it only where somebody `looked` at it.
        """
        fit = self.fit(path)
        if fit.asset not in (None, to):
            return Gift(path, to)
        if looked:
            return Gift(path, to, fit.hint or fit.reading)
        return Gift(path, to, None if fit.reading is not None and fit.reading.from_print else fit.reading)

    def _came(self, values: Sequence[object]) -> None:
        for value in values:
            if isinstance(value, LabelPhoto) and isValid(self):
                self._fits[value.path] = value.fit
                self._tell(value.path)

    def _walk_came(self, found: dict[Path, LabelFit]) -> None:
        if found and isValid(self):
            self._fits.update(found)
            self._walked()
