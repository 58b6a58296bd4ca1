"""Photos from files to pictures on the screen, beside the window's thread, and never more in memory than is looked at."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from camcensus.model.errors import IntakeError
from camcensus.tasks.photo_files import PhotoFile, in_order, look_at, when_taken
from camcensus.ui.job import Emit, Job

THUMB_PIXELS = 120
LARGE_PIXELS = 1600
HELD = 6
"""Large pictures in memory: the one that is shown, those beside it, and a few before; 46 MB at most."""
AT_ONCE = 2


def image_of(path: Path, longest_pixels: int) -> QImage:
    """A picture for the screen. Raises IntakeError."""
    seen = look_at(path, longest_pixels)
    return QImage(seen.rgb, seen.width, seen.height, seen.width * 3, QImage.Format.Format_RGB888).copy()


def ordering(paths: Sequence[Path]) -> Callable[[Emit], Awaitable[object]]:
    """Emits the photos in order of time (a list), then (number, thumbnail or None, problem) of each; unopened files last."""

    async def work(emit: Emit) -> None:
        photos: list[PhotoFile] = []
        unread: list[PhotoFile] = []
        for path in paths:
            try:
                photos.append(when_taken(path))
            except IntakeError:
                unread.append(PhotoFile(path, "", False))
            await asyncio.sleep(0)
        order = [*in_order(photos), *unread]
        emit(order)
        for at, photo in enumerate(order):
            try:
                emit((at, image_of(photo.path, THUMB_PIXELS), ""))
            except IntakeError as error:
                emit((at, None, str(error)))
            await asyncio.sleep(0)

    return work


class LargePictures(QObject):
    """The large pictures by number: asked for, they come when they are ready; those beside it are made ready too."""

    ready = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: list[Path] = []
        self._held: OrderedDict[int, QImage] = OrderedDict()
        self._wanted: list[int] = []
        self._jobs: dict[int, Job] = {}

    def set_paths(self, paths: Sequence[Path]) -> None:
        """Other photos."""
        self._paths = list(paths)
        self._held.clear()

    def image(self, at: int) -> QImage | None:
        """The picture where it is ready, and asks for it and its neighbours where they are not."""
        self._wanted = [one for one in (at, at + 1, at - 1) if 0 <= one < len(self._paths)]
        self._start()
        if at in self._held:
            self._held.move_to_end(at)
        return self._held.get(at)

    def stop(self) -> None:
        """Nothing more is wanted."""
        self._wanted = []

    def _start(self) -> None:
        for at in self._wanted:
            if at in self._held or at in self._jobs or len(self._jobs) >= AT_ONCE:
                continue
            path = self._paths[at]

            async def work(_: Emit, path: Path = path) -> QImage:
                return image_of(path, LARGE_PIXELS)

            job = Job(work)
            self._jobs[at] = job
            job.finished.connect(lambda image, at=at: self._came(at, image))
            job.failed.connect(lambda _, at=at: self._came(at, QImage()))
            job.cancelled.connect(lambda at=at: self._jobs.pop(at, None))
            job.start()

    def _came(self, at: int, image: QImage) -> None:
        self._jobs.pop(at, None)
        self._held[at] = image
        while len(self._held) > HELD:
            self._held.popitem(last=False)
        self._start()
        self.ready.emit(at)
