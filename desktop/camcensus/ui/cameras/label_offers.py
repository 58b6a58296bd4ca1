"""What the labels in a round's photos say, read one after the other beside the window's thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from shiboken6 import isValid

from camcensus.tasks.register.photo_files import SURE, Gift, LabelFit, LabelMatcher, LabelPhoto, PhotoFile, can_read_codes
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.job import Emit, Job

PAUSE_S = 0.05


class LabelOffers(QObject):
    """The fit of each photo that was read. Nothing is given or saved here; `came` is told of each photo."""

    def __init__(self, rows: Sequence[AssetRow], came: Callable[[Path], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matcher, self._tell = LabelMatcher(rows), came
        self._fits: dict[Path, LabelFit] = {}
        self._total = 0
        self.job: Job | None = None

    def read(self, photos: Sequence[PhotoFile], wait: Callable[[], bool]) -> None:
        """Reads photos; pauses while `wait` says so: what is looked at comes first."""
        if not can_read_codes():
            return
        matcher, self._total = self._matcher, len(photos)

        async def work(emit: Emit) -> None:
            for photo in photos:
                while wait():
                    await asyncio.sleep(PAUSE_S)
                emit(matcher.look(photo.path))
                await asyncio.sleep(0)

        self.job = Job(work, progressed=self._came).start()

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
            return self._fits[path].said or "No code could be read in this photo."
        return f"Reading labels: {len(self._fits)} of {self._total}…" if self._total else ""

    def sure(self, path: Path) -> str | None:
        """The row that a photo's label fits by what one camera alone has."""
        fit = self.fit(path)
        return fit.asset if fit.by in SURE else None

    def gift(self, path: Path, to: str) -> Gift:
        """A photo given to a row, with what its label says of that row; a row that was chosen against the label gets none."""
        fit = self.fit(path)
        return Gift(path, to, fit.reading if fit.asset in (None, to) else None)

    def _came(self, values: Sequence[object]) -> None:
        for value in values:
            if isinstance(value, LabelPhoto) and isValid(self):
                self._fits[value.path] = value.fit
                self._tell(value.path)
